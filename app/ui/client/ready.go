package client

import (
	"context"
	"time"

	"hashiya/app/annotation"
)

// ahead is how many articles of each project are kept on the device before
// they are opened: some days of work.
const ahead = 50

// readyEvery is how often the next articles are looked after without a nudge.
const readyEvery = 10 * time.Minute

// Ready says how many of the next articles can be worked on offline.
type Ready struct{ Have, Of int }

// Ready returns how much of the user's queue is on this device; zero until it
// was counted.
func (c *Client) Ready() Ready {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ready
}

func (c *Client) keepReady(ctx context.Context, p *Workplace) {
	for ctx.Err() == nil {
		c.makeReady(ctx, p)
		select {
		case <-ctx.Done():
		case <-p.fetch:
		case <-c.Clock.After(readyEvery):
		}
	}
}

func (c *Client) makeReady(ctx context.Context, p *Workplace) {
	projects, err := p.Outbox.Projects(ctx)
	if err != nil {
		return
	}
	var r Ready
	for _, project := range projects {
		// What could not be fetched is missing in the count below.
		_ = p.Outbox.Prefetch(ctx, project.ID, ahead)
		_, _ = p.Outbox.Suggestions(ctx, project.ID)
		list, err := p.Store.Articles(ctx, project.ID)
		if err != nil {
			continue
		}
		of := 0
		for _, a := range list {
			if of == ahead || a.Status == annotation.Done || a.Status == annotation.Skipped {
				continue
			}
			of++
			if _, err := p.Store.Article(ctx, project.ID, a.ID); err == nil {
				r.Have++
			}
		}
		r.Of += of
	}
	c.mu.Lock()
	if ctx.Err() == nil {
		c.ready = r
	}
	c.mu.Unlock()
	c.changed()
}
