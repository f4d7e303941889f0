package client

import (
	"context"
	stdsync "sync"

	"hashiya/app/annotation"
	"hashiya/app/desk"
	"hashiya/app/sync"
	"hashiya/app/wire"
)

// Workplace is what exists while somebody is signed in on this device, also
// offline: one database per user, and the outbox over it.
type Workplace struct {
	User   string
	Store  sync.Store
	Outbox *sync.Outbox
	stop   context.CancelFunc
	done   chan struct{} // closed once everything has come to rest
	fetch  chan struct{} // bring articles to this device now
}

// Workplace returns the user's database and outbox; nil for nobody, and while
// it is being opened (Watch tells).
func (c *Client) Workplace() *Workplace {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.place
}

// Nudge makes the outbox try now, and brings new articles to this device.
func (c *Client) Nudge() {
	if p := c.Workplace(); p != nil {
		p.Outbox.Nudge()
		select {
		case p.fetch <- struct{}{}:
		default:
		}
	}
	c.changed()
}

// enter makes me the user of this device: another user's workplace is closed
// and me's opened. The zero Me leaves nobody. save: also for the next start and
// the other tabs.
func (c *Client) enter(me wire.Me, save bool) {
	c.mu.Lock()
	c.entering++
	turn := c.entering
	old := c.place
	stays := old != nil && old.User == me.Name
	c.me = me
	if !stays {
		c.place, c.saving, c.unsaved, c.trouble, c.ready = nil, 0, nil, nil, Ready{}
	}
	ctx := c.ctx
	c.mu.Unlock()

	if save {
		c.Browser.SaveUser(me)
	}
	if stays {
		c.Nudge()
		return
	}
	if old != nil {
		old.close()
	}
	c.changed()
	if me.Name == "" {
		return
	}

	store, err := c.OpenStore(ctx, me.Name)
	if err != nil {
		c.mu.Lock()
		if c.entering == turn {
			c.trouble = err
		}
		c.mu.Unlock()
		c.changed()
		return
	}
	p := c.newWorkplace(ctx, me.Name, store)
	c.mu.Lock()
	late := c.entering != turn
	if !late {
		c.place = p
	}
	c.mu.Unlock()
	if late {
		p.close()
		return
	}
	c.AskStorage()
	c.changed()
}

// Reopen tries again to open the database that State.Trouble is about.
func (c *Client) Reopen() { go c.enter(c.Me(), false) }

func (c *Client) newWorkplace(ctx context.Context, user string, store sync.Store) *Workplace {
	ctx, stop := context.WithCancel(ctx)
	p := &Workplace{User: user, Store: store, stop: stop, done: make(chan struct{}), fetch: make(chan struct{}, 1)}
	p.Outbox = sync.New(sync.Config{
		Store: store, Remote: &own{server: c.Remote(user), user: user, clock: c.Clock, heard: c.heard}, Clock: c.Clock, Leader: c.Leader(user),
	})
	p.Outbox.SetOnline(c.Browser.Online())
	p.Outbox.Subscribe(func(sync.State) { c.changed() })
	p.Outbox.Watch(c.dataChanged)
	var wg stdsync.WaitGroup
	wg.Go(func() { p.Outbox.Run(ctx) })
	wg.Go(func() { c.keepReady(ctx, p) })
	go func() {
		wg.Wait()
		close(p.done)
	}()
	return p
}

func (p *Workplace) close() {
	p.stop()
	<-p.done
	p.Store.Close()
}

// counted is the store that an open article writes to: by way of the outbox,
// which counts an op as waiting before anybody could take it for saved on the
// server.
type counted struct {
	sync.Store
	outbox *sync.Outbox
}

func (c counted) Append(ctx context.Context, drafts []annotation.Op) ([]annotation.Op, error) {
	return c.outbox.Append(ctx, drafts)
}

// Ops returns where an open article keeps its ops.
func (w *Workplace) Ops() desk.Store { return counted{w.Store, w.Outbox} }
