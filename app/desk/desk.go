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
	device, err := d.store.Device(ctx)
	if err != nil {
		return err
	}
	d.atStore.Lock()
	defer d.atStore.Unlock()
	ops, err := d.store.Ops(ctx, d.project, d.article.ID)
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	news := d.fold.Add(ops...)
	if d.history == nil || news {
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
// the scheme.
func (d *Desk) SetScheme(version int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.scheme = version
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
		d.snapshot = &l
	}
	return d.snapshot
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
		drafts := d.drafts(d.queue[0])
		d.mu.Unlock()

		if err := d.append(drafts); err != nil {
			d.changed()
			return
		}
	}
}

// append writes the oldest act's drafts, and takes them off the queue once they
// are on the disk.
func (d *Desk) append(drafts []annotation.Op) error {
	d.atStore.Lock()
	defer d.atStore.Unlock()
	ops, err := d.store.Append(context.Background(), drafts)

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

func (d *Desk) drafts(a act) []annotation.Op {
	out := make([]annotation.Op, len(a.changes))
	for i, c := range a.changes {
		out[i] = annotation.Op{
			V: annotation.Version, Project: d.project, Article: d.article.ID, TextSHA256: d.article.TextSHA256,
			Scheme: d.scheme, Time: d.now().UTC().Format(time.RFC3339), Change: c,
			Prev: d.fold.Heads(c.Subject), Action: a.action, Undoes: a.undoes,
		}
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
