// Package client is the signed-in app behind the screens: who is here, the
// database on this device, the outbox, and what the browser offers. It is wired
// by hand in the browser's main.
package client

import (
	"context"
	"maps"
	"slices"
	stdsync "sync"
	"time"

	"hashiya/app/sync"
	"hashiya/app/ui/i18n"
	"hashiya/app/wire"
)

// Parts is what main wires together.
type Parts struct {
	Remote    func(user string) sync.Remote // the server, for work of that user
	Account   sync.Account
	People    People
	Corpus    Corpus
	Clock     sync.Clock
	Browser   Browser
	OpenStore func(ctx context.Context, user string) (sync.Store, error)
	Leader    func(user string) sync.Leader
	Version   string // of the app
}

// Client is the app's state across screens. Safe for concurrent use.
type Client struct {
	Parts

	mu       stdsync.Mutex
	ctx      context.Context
	me       wire.Me
	entering int // counts user changes, so that a slow one can't undo a later one
	place    *Workplace
	trouble  error // why the database on this device can't be opened
	prefs    Prefs
	saving   int
	unsaved  error
	ready    Ready
	storage  Storage
	skew     time.Duration // see State
	skewSeen bool
	outdated bool

	state, data, retry, writing watchers

	written bool // an answer to StartUpdate

	onUI func(fn func())
}

// New returns the client with the preferences and the user of this device.
// Nothing runs before Start.
func New(p Parts) *Client {
	return &Client{Parts: p, ctx: context.Background(), prefs: p.Browser.LoadPrefs().normal(), me: p.Browser.LoadUser()}
}

// Start opens the known user's database and runs its outbox until ctx ends. It
// returns at once; where nobody is known it waits for a sign-in.
func (c *Client) Start(ctx context.Context) {
	c.mu.Lock()
	c.ctx = ctx
	me := c.me
	c.mu.Unlock()

	c.Browser.OnOnline(func(online bool) {
		if p := c.Workplace(); p != nil {
			p.Outbox.SetOnline(online)
		}
		if online {
			c.Nudge()
		}
	})
	c.Browser.OnVisible(func(visible bool) {
		if visible {
			c.Nudge()
		}
	})
	c.Browser.OnUser(func(me wire.Me) { go c.enter(me, false) })
	c.Browser.OnUpdate(c.changed)
	c.Browser.OnInstallable(c.changed)
	if me.Name != "" {
		go c.enter(me, false)
	}
}

// Me returns who works on this device; the zero Me for nobody. The session on
// the server may have ended all the same: see State.
func (c *Client) Me() wire.Me {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.me
}

// Lang returns the language of the interface.
func (c *Client) Lang() i18n.Lang { return c.Prefs().Lang }

// Prefs returns the preferences of this device.
func (c *Client) Prefs() Prefs {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.prefs
}

// SetPrefs changes the preferences, keeps them and puts them into force.
func (c *Client) SetPrefs(change func(p *Prefs)) {
	c.mu.Lock()
	change(&c.prefs)
	c.prefs = c.prefs.normal()
	p := c.prefs
	c.mu.Unlock()
	c.Browser.SavePrefs(p)
	c.changed()
}

// Watch calls fn, on no particular goroutine, after the sync state, the
// preferences, the user, the workplace or the browser's offers changed.
// fn must not block.
func (c *Client) Watch(fn func()) (cancel func()) { return c.state.add(fn) }

// WatchData calls fn in the same way after something in the user's database
// changed: read again what is on the screen, from Workplace().Store.
func (c *Client) WatchData(fn func()) (cancel func()) { return c.data.add(fn) }

// OnRetry calls fn when the user wants written again what this device's disk
// refused, until cancel.
func (c *Client) OnRetry(fn func()) (cancel func()) { return c.retry.add(fn) }

// Retry is the user's wish to write again what the disk refused.
func (c *Client) Retry() { c.retry.tell() }

func (c *Client) changed()     { c.state.tell() }
func (c *Client) dataChanged() { c.data.tell() }

// watchers is who wants to be told.
type watchers struct {
	mu   stdsync.Mutex
	fns  map[int]func()
	next int
}

func (w *watchers) add(fn func()) (cancel func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.fns == nil {
		w.fns = map[int]func(){}
	}
	id := w.next
	w.next++
	w.fns[id] = fn
	return func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		delete(w.fns, id)
	}
}

func (w *watchers) tell() {
	w.mu.Lock()
	fns := slices.Collect(maps.Values(w.fns))
	w.mu.Unlock()
	for _, fn := range fns {
		fn()
	}
}

// SetUI tells how to run something on the UI goroutine: what is on the screen
// says it when it is put there.
func (c *Client) SetUI(dispatch func(fn func())) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.onUI = dispatch
}

// OnUI runs fn on the UI goroutine soon, for bridges that the browser calls
// outside of it. It does not block. Before the first screen fn is dropped.
func (c *Client) OnUI(fn func()) {
	c.mu.Lock()
	dispatch := c.onUI
	c.mu.Unlock()
	if dispatch != nil {
		dispatch(fn)
	}
}
