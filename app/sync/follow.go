package sync

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"hashiya/app/wire"
)

// silence is how long a live connection may show no sign of life: more than
// two of the server's heartbeats, which come every 25 s.
const silence = 60 * time.Second

var errSilent = fmt.Errorf("%w: the live connection has been silent for %v", ErrOffline, silence)

func (o *Outbox) followLoop(ctx context.Context) {
	pause := backoff{random: o.random}
	for {
		lived, err := o.follow(ctx)
		if ctx.Err() != nil {
			return
		}
		o.set(func() { o.followErr = err })
		if err != nil {
			o.logf("sync: live events: %v", err)
		}
		if lived {
			pause.reset()
		}
		if o.sleep(ctx, pause.next(), o.followNow) {
			pause.reset()
		}
	}
}

// follow stays on one live connection and reports whether it came to be, and
// this device could keep what it brought.
func (o *Outbox) follow(ctx context.Context) (lived bool, err error) {
	if err := o.meet(ctx); err != nil {
		return false, err
	}
	after, err := o.store.Cursor(ctx)
	if err != nil {
		return false, err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	life := newSignal()
	go func() {
		for o.sleep(ctx, silence, life) {
		}
		cancel(errSilent)
	}()
	err = o.remote.Events(ctx, after, func(events []wire.Event, cursor uint64) error {
		life.raise()
		o.alive()
		if len(events) == 0 && cursor == after {
			lived = true
			return nil
		}
		if cursor < after {
			// A copy of the data folder was put back, which no backup tells of.
			if err := o.recheck(ctx); err != nil {
				return err
			}
		}
		err := o.withRoom(ctx, nil, func() error { return o.store.Receive(ctx, events, cursor) })
		if lived = err == nil; !lived {
			return err
		}
		after = cursor
		o.outdate(events)
		return nil
	})
	if errors.Is(context.Cause(ctx), errSilent) {
		err = errSilent
	}
	return lived, err
}

// alive notes that the live connection is there.
func (o *Outbox) alive() {
	o.set(func() {
		o.followErr = nil
		o.lastSync = o.clock.Now()
		if unreached(o.pushErr) {
			o.pushNow.raise()
		}
		if len(o.stale) > 0 {
			o.lists.raise()
		}
	})
}

// outdate notes which lists have to be fetched again.
func (o *Outbox) outdate(events []wire.Event) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, e := range events {
		if e.Changed != nil {
			o.stale[e.Changed.Project] = true
			o.lists.raise()
		}
	}
}

// refreshPause keeps an import of many articles from fetching a list for each.
const refreshPause = time.Second

// refreshLoop fetches changed lists into the Store, where every tab finds them.
func (o *Outbox) refreshLoop(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-o.lists:
		}
		o.mu.Lock()
		projects := slices.Sorted(maps.Keys(o.stale))
		clear(o.stale)
		o.mu.Unlock()
		if err := o.refresh(ctx, projects); err != nil && ctx.Err() == nil {
			o.logf("sync: fetching changed lists: %v", err)
			o.mu.Lock()
			for _, p := range projects {
				o.stale[p] = true
			}
			o.mu.Unlock()
		}
		o.sleep(ctx, refreshPause)
	}
}

// refresh fetches the lists that are in the Store; nobody looked at the others.
func (o *Outbox) refresh(ctx context.Context, projects []string) error {
	if _, err := o.store.Projects(ctx); err == nil {
		if _, err := o.fetchProjects(ctx); err != nil {
			return err
		}
	}
	for _, p := range projects {
		if _, err := o.store.Articles(ctx, p); err != nil {
			continue
		}
		if _, err := o.fetchArticles(ctx, p); err != nil {
			return err
		}
	}
	return nil
}
