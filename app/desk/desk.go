// Package desk is the article that somebody is working on: the fold of its
// ops, the changes that are on their way to this device's disk, and undo.
package desk

import (
	"context"
	"sync"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/article"
)

// Store keeps ops on this device. Append is not idempotent; when it returns
// nil, the ops are on the disk. Package sync's Store is one.
type Store interface {
	Append(ctx context.Context, drafts []annotation.Op) ([]annotation.Op, error)
	Ops(ctx context.Context, project, article string) ([]annotation.Op, error)
	Device(ctx context.Context) (string, error)
}

// Desk holds one article's layer. Every change shows in Layer at once and goes
// to the store in the order made, one after the other. Safe for concurrent use.
type Desk struct {
	store   Store
	project string
	article article.Article
	scheme  int
	now     func() time.Time
	changed func()

	mu       sync.Mutex
	required func(scheme int) []string
	device   string // whose ops the history has
	fold     annotation.Fold
	history  *annotation.History
	queue    []act // not on the disk yet, the oldest first
	writing  bool
	failed   error
	idle     *sync.Cond
	workID   string
	snapshot *annotation.Layer

	takingBack sync.Mutex
	atStore    sync.Mutex // between asking the store and taking in its answer
}

// act is what one gesture of the user changes.
type act struct {
	action, undoes string
	changes        []annotation.Change
	scheme         int // the version under which it was done
}

// Open reads the layer of an article from the store. changed is called, on no
// particular goroutine and without locks held, after anything in the layer or
// in Saving or Failure changed; it must not block.
func Open(ctx context.Context, store Store, project string, a article.Article, scheme int, now func() time.Time, changed func()) (*Desk, error) {
	d := &Desk{store: store, project: project, article: a, scheme: scheme, now: now, changed: changed, workID: annotation.NewID()}
	d.idle = sync.NewCond(&d.mu)
	if err := d.load(ctx); err != nil {
		return nil, err
	}
	return d, nil
}

func (d *Desk) load(ctx context.Context) error {
	d.atStore.Lock()
	defer d.atStore.Unlock()
	return d.read(ctx)
}

// read takes in what the store has, and lets go of what it has no more: ops that
// the server refused, and those that got the device's new id.
func (d *Desk) read(ctx context.Context) error {
	device, err := d.store.Device(ctx)
	if err != nil {
		return err
	}
	ops, err := d.store.Ops(ctx, d.project, d.article.ID)
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	var now annotation.Fold
	now.Add(ops...)
	news := d.fold.Add(ops...)
	gone := d.fold.Len() > now.Len()
	if gone {
		d.fold = now
	}
	if d.history == nil || news || gone || device != d.device {
		d.device = device
		var own []annotation.Op
		for _, o := range ops {
			if o.Device == device {
				own = append(own, o)
			}
		}
		d.history = annotation.NewHistory(own)
		d.snapshot = nil
	}
	return nil
}

// Refresh takes in ops that came into the store by another way: from the
// server or another tab.
func (d *Desk) Refresh(ctx context.Context) error {
	if err := d.load(ctx); err != nil {
		return err
	}
	d.changed()
	return nil
}

// SetScheme has what is done from now on count as said under that version of
// the scheme. required tells the targets that a version requires, which the
// layer is held to; nil: none does.
func (d *Desk) SetScheme(version int, required func(version int) []string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.scheme, d.required, d.snapshot = version, required, nil
}

// Article returns the article on the desk.
func (d *Desk) Article() *article.Article { return &d.article }

// Layer returns what the screen should show: all that is on the disk with all
// that is on its way there. The result is shared; don't alter it.
func (d *Desk) Layer() *annotation.Layer {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.snapshot == nil {
		var pending []annotation.Change
		for _, a := range d.queue {
			pending = append(pending, a.changes...)
		}
		l := d.fold.LayerWith(pending)
		if d.required != nil {
			l.Hold(d.required(d.statusUnder()))
		}
		d.snapshot = &l
	}
	return d.snapshot
}

// statusUnder returns the version of the scheme under which the status was set.
func (d *Desk) statusUnder() int {
	under := d.fold.Under(annotation.StatusSubject)
	for _, a := range d.queue {
		for _, c := range a.changes {
			if c.Subject == annotation.StatusSubject {
				under = a.scheme
			}
		}
	}
	return under
}

// Saving returns how many changes are not on this device's disk yet.
func (d *Desk) Saving() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	n := 0
	for _, a := range d.queue {
		n += len(a.changes)
	}
	return n
}

// Failure returns why the store refused the last write; nil when it did not.
// The changes are kept: Retry writes them again.
func (d *Desk) Failure() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.failed
}

// Do makes one act of the user: its changes show together, are undone
// together, and become ops together. Doing nothing is fine.
func (d *Desk) Do(changes ...annotation.Change) {
	d.enqueue(act{action: annotation.NewID(), changes: changes})
}

// AddWork reports the session's active time so far, in seconds. It can't be
// undone and does not begin an article by itself.
func (d *Desk) AddWork(activeSeconds int) {
	d.enqueue(act{changes: []annotation.Change{{
		Subject: d.workID, Kind: annotation.PutWork, Work: &annotation.Work{ActiveSeconds: activeSeconds},
	}}})
}

func (d *Desk) enqueue(a act) {
	if len(a.changes) == 0 {
		return
	}
	d.mu.Lock()
	a.scheme = d.scheme
	d.queue = append(d.queue, a)
	d.snapshot = nil
	d.mu.Unlock()
	d.changed()
	d.Retry()
}

// Retry writes what is on its way, if nothing is writing now.
func (d *Desk) Retry() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.writing && len(d.queue) > 0 {
		d.writing, d.failed = true, nil
		go d.write()
	}
}

// write brings the queue to the disk, an act at a time: what an op replaces is
// known only once the op before it has its number.
func (d *Desk) write() {
	for {
		d.mu.Lock()
		if len(d.queue) == 0 {
			d.writing = false
			d.idle.Broadcast()
			d.mu.Unlock()
			d.changed()
			return
		}
		d.mu.Unlock()

		if err := d.append(); err != nil {
			d.changed()
			return
		}
	}
}

// append writes the oldest act, and takes it off the queue once it is on the
// disk.
func (d *Desk) append() error {
	d.atStore.Lock()
	defer d.atStore.Unlock()
	ops, err := d.toStore(context.Background())

	d.mu.Lock()
	defer d.mu.Unlock()
	d.snapshot = nil
	if err != nil {
		d.failed, d.writing = err, false
		d.idle.Broadcast()
		return err
	}
	d.fold.Add(ops...)
	for _, o := range ops {
		d.history.Add(o)
	}
	d.queue = d.queue[1:]
	return nil
}

func (d *Desk) toStore(ctx context.Context) ([]annotation.Op, error) {
	// A device that got another id since has renamed ops that these would replace.
	switch device, err := d.store.Device(ctx); {
	case err != nil:
		return nil, err
	case device != d.device:
		if err := d.read(ctx); err != nil {
			return nil, err
		}
	}
	d.mu.Lock()
	drafts := d.drafts(d.queue[0])
	d.mu.Unlock()
	return d.store.Append(ctx, drafts)
}

func (d *Desk) drafts(a act) []annotation.Op {
	return a.drafts(annotation.Op{
		Project: d.project, Article: d.article.ID, TextSHA256: d.article.TextSHA256, Scheme: a.scheme,
		Time: d.now().UTC().Format(time.RFC3339),
	}, &d.fold)
}

// drafts returns the act's ops on the article that like names, in the state of
// the fold.
func (a act) drafts(like annotation.Op, f *annotation.Fold) []annotation.Op {
	out := make([]annotation.Op, len(a.changes))
	for i, c := range a.changes {
		out[i] = like
		out[i].V, out[i].Action, out[i].Undoes = annotation.Version, a.action, a.undoes
		out[i].Change, out[i].Prev = c, f.Heads(c.Subject)
	}
	return out
}

// CanUndo reports whether Undo has something to take back.
func (d *Desk) CanUndo() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.history.Undo() != "" || len(d.queue) > 0
}

// CanRedo reports whether Redo has something to take back.
func (d *Desk) CanRedo() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.history.Redo() != ""
}

// Undo takes back the last act of this device on this article, also one made
// before a reload, and returns the changes that did it, none when there is
// nothing to undo. It waits until what is on its way is on the disk. An act
// whose every subject another device has changed since is passed over.
func (d *Desk) Undo() ([]annotation.Change, error) { return d.takeBack((*annotation.History).Undo) }

// Redo takes the last Undo back, by the same rules.
func (d *Desk) Redo() ([]annotation.Change, error) { return d.takeBack((*annotation.History).Redo) }

func (d *Desk) takeBack(next func(*annotation.History) string) ([]annotation.Change, error) {
	d.takingBack.Lock()
	defer d.takingBack.Unlock()
	if err := d.Flush(); err != nil {
		return nil, err
	}
	for {
		d.mu.Lock()
		action := next(d.history)
		changes := d.history.Reverse(action, &d.fold)
		if action != "" && len(changes) == 0 {
			d.history.Forget(action)
		}
		d.mu.Unlock()
		switch {
		case action == "":
			return nil, nil
		case len(changes) > 0:
			d.enqueue(act{action: annotation.NewID(), undoes: action, changes: changes})
			return changes, d.Flush()
		}
	}
}

// Flush waits until everything is on the disk, or returns why it can't be.
func (d *Desk) Flush() error {
	d.Retry()
	d.mu.Lock()
	defer d.mu.Unlock()
	for d.writing {
		d.idle.Wait()
	}
	if len(d.queue) > 0 {
		return d.failed
	}
	return nil
}
