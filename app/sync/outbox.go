package sync

import (
	"context"
	"errors"
	"maps"
	"slices"
	stdsync "sync"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/wire"
)

// Config is what an Outbox works with. Random and Logf may be nil.
type Config struct {
	Store  Store
	Remote Remote
	Clock  Clock
	Leader Leader
	Random func() float64                   // in [0,1), for the jitter of retries; nil: math/rand
	Logf   func(format string, args ...any) // for developers; what users should know is in State
}

// Outbox brings the ops of one user's Store to the server and back. One runs
// in every tab; the one that leads talks to the server. Safe for concurrent
// use.
type Outbox struct {
	store  Store
	remote Remote
	clock  Clock
	leader Leader
	random func() float64
	logf   func(format string, args ...any)

	appended  signal // there may be something to push
	pushNow   signal // push, also in the middle of a pause
	followNow signal // connect, also in the middle of a pause
	lists     signal // stale is not empty
	tell      signal // State may have changed
	stored    signal // the Store has changed

	counting stdsync.Mutex // one count at a time: an older one never overwrites a newer one

	mu        stdsync.Mutex
	counts    Counts
	countErr  error
	leading   bool
	link      Link // while not leading: what the leading tab shares
	pushErr   error
	followErr error
	lastSync  time.Time
	log       string // while leading: identity of the server's log, as Link has it
	hint      bool
	cramped   bool
	stale     map[string]bool // projects whose lists the server has changed
	states    map[int]func(State)
	watchers  map[int]func()
	next      int
}

// New returns an Outbox that does nothing before Run.
func New(c Config) *Outbox {
	o := &Outbox{
		store: c.Store, remote: c.Remote, clock: c.Clock, leader: c.Leader, random: c.Random, logf: c.Logf,
		appended: newSignal(), pushNow: newSignal(), followNow: newSignal(), lists: newSignal(), tell: newSignal(), stored: newSignal(),
		hint:  true,
		stale: map[string]bool{}, states: map[int]func(State){}, watchers: map[int]func(){},
	}
	if o.random == nil {
		o.random = defaultRandom
	}
	if o.logf == nil {
		o.logf = func(string, ...any) {}
	}
	return o
}

// Run works until ctx ends, and returns ctx's error when all has come to rest.
// Call it once.
func (o *Outbox) Run(ctx context.Context) error {
	var wg stdsync.WaitGroup
	wg.Go(func() { o.notify(ctx) })
	wg.Go(func() { o.watchStore(ctx) })
	pause := backoff{random: o.random}
	for ctx.Err() == nil {
		if err := o.leader.Lead(ctx, o.lead); ctx.Err() == nil {
			o.logf("sync: this tab no longer leads: %v", err)
			o.sleep(ctx, pause.next())
		}
	}
	wg.Wait()
	return ctx.Err()
}

func (o *Outbox) lead(ctx context.Context) error {
	o.readLink(ctx)
	o.set(func() {
		o.leading, o.pushErr, o.followErr = true, nil, nil
		o.lastSync, o.log = o.link.LastSync, o.link.Log
	})
	defer o.set(func() { o.leading = false })
	o.doubt(ctx)
	var wg stdsync.WaitGroup
	wg.Go(func() { o.pushLoop(ctx) })
	wg.Go(func() { o.followLoop(ctx) })
	wg.Go(func() { o.refreshLoop(ctx) })
	wg.Wait()
	return ctx.Err()
}

// doubt has all lists in the Store fetched again: a browser that ended between
// news of a list and the list has moved its cursor past the news.
func (o *Outbox) doubt(ctx context.Context) {
	projects, err := o.store.Projects(ctx)
	if err != nil {
		return // none was ever fetched
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, p := range projects {
		o.stale[p.ID] = true
	}
	o.lists.raise()
}

// State returns what the sync line should say now.
func (o *Outbox) State() State {
	o.mu.Lock()
	defer o.mu.Unlock()
	l := o.linkLocked()
	s := State{
		Online: !l.Offline && o.hint, SignedOut: l.SignedOut, Failure: l.Failure, FailureCode: l.Code, LastSync: l.LastSync, Cramped: o.cramped,
		Waiting: o.counts.Waiting, WaitingSince: o.counts.WaitingSince,
		Refused: o.counts.Refused,
	}
	// A quarantined op waits to be sent again under another name.
	s.Waiting += o.counts.Quarantined
	if o.countErr != nil {
		s.Failure = o.countErr.Error()
	}
	return s
}

func (o *Outbox) linkLocked() Link {
	if !o.leading {
		return o.link
	}
	l := Link{LastSync: o.lastSync, Log: o.log}
	for _, err := range []error{o.followErr, o.pushErr} {
		if err == nil {
			continue
		}
		l.Failure, l.Code = err.Error(), ""
		if problem := (*wire.Problem)(nil); errors.As(err, &problem) {
			l.Code = problem.Code
		}
		l.Offline = l.Offline || errors.Is(err, ErrOffline)
		l.SignedOut = l.SignedOut || errors.Is(err, ErrSignedOut)
	}
	return l
}

// Append is Store.Append, and State counts the ops before it returns. Where the
// device has no room for them, copies of articles give way.
func (o *Outbox) Append(ctx context.Context, drafts []annotation.Op) (ops []annotation.Op, err error) {
	err = o.withRoom(ctx, drafts, func() (err error) {
		ops, err = o.store.Append(ctx, drafts)
		return err
	})
	if err == nil {
		o.recount(ctx)
	}
	return ops, err
}

// Nudge makes the outbox try now: the user asked for it, came back, or signed
// in.
func (o *Outbox) Nudge() {
	o.pushNow.raise()
	o.followNow.raise()
}

// SetOnline tells what the browser believes of the network. It is a hint:
// going online makes the outbox try now, being offline keeps it from nothing.
func (o *Outbox) SetOnline(online bool) {
	o.set(func() { o.hint = online })
	if online {
		o.Nudge()
	}
}

// Subscribe calls fn after State changed, until cancel. Calls come one after
// the other, from Run; fn must not block.
func (o *Outbox) Subscribe(fn func(State)) (cancel func()) {
	return subscribe(o, o.states, fn)
}

// Watch calls fn soon after anything in the Store changed, by this tab, another
// one or the server, until cancel: read again what is on the screen, from the
// Store (the outbox has fetched changed lists into it already). Calls come one
// after the other, from Run; fn must not block.
func (o *Outbox) Watch(fn func()) (cancel func()) {
	return subscribe(o, o.watchers, fn)
}

func subscribe[F any](o *Outbox, to map[int]F, fn F) (cancel func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	id := o.next
	o.next++
	to[id] = fn
	return func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		delete(to, id)
	}
}

func subscribers[F any](o *Outbox, of map[int]F) []F {
	o.mu.Lock()
	defer o.mu.Unlock()
	var fns []F
	for _, id := range slices.Sorted(maps.Keys(of)) {
		fns = append(fns, of[id])
	}
	return fns
}

// linkAge is how much older than the truth the other tabs' LastSync may be:
// sharing every heartbeat would be a write each.
const linkAge = 30 * time.Second

// notify tells subscribers and the other tabs.
func (o *Outbox) notify(ctx context.Context) {
	var told State
	var shared Link
	for {
		select {
		case <-ctx.Done():
			return
		case <-o.stored:
			for _, fn := range subscribers(o, o.watchers) {
				fn()
			}
		case <-o.tell:
			if s := o.State(); s != told {
				told = s
				for _, fn := range subscribers(o, o.states) {
					fn(s)
				}
			}
			o.share(ctx, &shared)
		}
	}
}

func (o *Outbox) share(ctx context.Context, shared *Link) {
	o.mu.Lock()
	l, leading := o.linkLocked(), o.leading
	o.mu.Unlock()
	old := *shared
	if l.LastSync.Sub(old.LastSync) < linkAge {
		old.LastSync = l.LastSync
	}
	if !leading || old == l {
		return
	}
	if err := o.store.PutLink(ctx, l); err != nil {
		o.logf("sync: sharing the state with other tabs: %v", err)
		return
	}
	*shared = l
}

func (o *Outbox) watchStore(ctx context.Context) {
	for {
		o.recount(ctx)
		o.readLink(ctx)
		o.stored.raise()
		o.appended.raise()
		select {
		case <-ctx.Done():
			return
		case <-o.store.Changed():
		}
	}
}

func (o *Outbox) readLink(ctx context.Context) {
	l, err := o.store.Link(ctx)
	if err != nil {
		if ctx.Err() == nil {
			o.logf("sync: reading what the leading tab knows: %v", err)
		}
		return
	}
	o.set(func() { o.link = l })
}

func (o *Outbox) recount(ctx context.Context) {
	o.counting.Lock()
	defer o.counting.Unlock()
	c, err := o.store.Counts(ctx)
	if ctx.Err() != nil {
		return
	}
	o.set(func() {
		if o.countErr = err; err == nil {
			o.counts = c
		}
	})
}

// set changes fields under the lock, and tells.
func (o *Outbox) set(change func()) {
	o.mu.Lock()
	change()
	o.mu.Unlock()
	o.tell.raise()
}

// sleep waits for d, for one of the signals, or for ctx's end, and reports
// whether a signal ended it.
func (o *Outbox) sleep(ctx context.Context, d time.Duration, wake ...signal) (woken bool) {
	var on signal
	if len(wake) > 0 {
		on = wake[0]
	}
	select {
	case <-ctx.Done():
	case <-on:
		return true
	case <-o.clock.After(d):
	}
	return false
}
