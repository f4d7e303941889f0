// Package memstore is a sync.Store in memory, for tests and simulations.
package memstore

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	stdsync "sync"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/sync"
	"hashiya/app/wire"
)

// DB is one user's database on one device. Safe for concurrent use.
type DB struct {
	user  string
	newID func() string

	mu     stdsync.Mutex
	d      data
	stores map[*Store]bool
}

type data struct {
	head        sync.Head
	ops         []entry // in the order in which they were appended
	received    map[annotation.OpID]wire.Event
	cursor      uint64
	link        sync.Link
	projects    []wire.Project
	lists       map[string][]wire.ArticleSummary
	suggestions map[string]wire.Suggestions
	articles    map[[2]string]article.Article
}

// entry is an op made here; outcome "" is waiting.
type entry struct {
	op     annotation.Op
	answer wire.Result
}

// New returns an empty database. newID makes device ids, as annotation.NewID
// does.
func New(user string, newID func() string) *DB {
	return &DB{user: user, newID: newID, stores: map[*Store]bool{}, d: data{
		received: map[annotation.OpID]wire.Event{}, lists: map[string][]wire.ArticleSummary{}, suggestions: map[string]wire.Suggestions{}, articles: map[[2]string]article.Article{},
	}}
}

// Copy returns the database as it is now, as a copied browser profile has it.
func (db *DB) Copy() *DB {
	db.mu.Lock()
	defer db.mu.Unlock()
	c := New(db.user, db.newID)
	c.d = db.d
	c.d.ops = slices.Clone(db.d.ops)
	c.d.received = maps.Clone(db.d.received)
	c.d.lists = maps.Clone(db.d.lists)
	c.d.suggestions = maps.Clone(db.d.suggestions)
	c.d.articles = maps.Clone(db.d.articles)
	return c
}

// Open returns the database as one tab has it.
func (db *DB) Open() *Store {
	db.mu.Lock()
	defer db.mu.Unlock()
	s := &Store{db: db, changed: make(chan struct{}, 1)}
	db.stores[s] = true
	return s
}

// Store is one tab's sync.Store. Safe for concurrent use.
type Store struct {
	db      *DB
	changed chan struct{}
}

var _ sync.Store = (*Store)(nil)

// use runs fn as one transaction; fn must change nothing when it fails.
func (s *Store) use(ctx context.Context, write bool, fn func(d *data) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.db.mu.Lock()
	defer s.db.mu.Unlock()
	if !s.db.stores[s] {
		return fmt.Errorf("%w: it is closed", sync.ErrStorage)
	}
	if s.db.d.head.Device == "" {
		s.db.d.head.Device = s.db.newID()
	}
	if err := fn(&s.db.d); err != nil || !write {
		return err
	}
	for tab := range s.db.stores {
		select {
		case tab.changed <- struct{}{}:
		default:
		}
	}
	return nil
}

func (s *Store) read(ctx context.Context, fn func(d *data) error) error { return s.use(ctx, false, fn) }
func (s *Store) write(ctx context.Context, fn func(d *data)) error {
	return s.use(ctx, true, func(d *data) error {
		fn(d)
		return nil
	})
}

func (s *Store) Device(ctx context.Context) (device string, err error) {
	err = s.read(ctx, func(d *data) error {
		device = d.head.Device
		return nil
	})
	return device, err
}

func (s *Store) Append(ctx context.Context, drafts []annotation.Op) (ops []annotation.Op, err error) {
	err = s.write(ctx, func(d *data) {
		ops = d.head.Number(drafts)
		for _, o := range ops {
			d.ops = append(d.ops, entry{op: o})
		}
	})
	return ops, err
}

func (s *Store) Waiting(ctx context.Context, limit int) (ops []annotation.Op, err error) {
	err = s.read(ctx, func(d *data) error {
		for _, e := range d.ops {
			if len(ops) == limit {
				break
			}
			if e.answer.Outcome == "" {
				ops = append(ops, e.op)
			}
		}
		return nil
	})
	return ops, err
}

func (d *data) find(id annotation.OpID) *entry {
	for i := range d.ops {
		if d.ops[i].op.ID() == id {
			return &d.ops[i]
		}
	}
	return nil
}

func (s *Store) Settle(ctx context.Context, results []wire.Result) error {
	return s.write(ctx, func(d *data) {
		for _, r := range results {
			if e := d.find(r.ID); e != nil && e.answer.Outcome == "" {
				e.answer = r
			}
		}
	})
}

func (s *Store) Stuck(ctx context.Context) (stuck []sync.Stuck, err error) {
	err = s.read(ctx, func(d *data) error {
		for _, e := range d.ops {
			if e.answer.Outcome == wire.Refused || e.answer.Outcome == wire.Quarantined {
				stuck = append(stuck, sync.Stuck{Op: e.op, Result: e.answer})
			}
		}
		return nil
	})
	return stuck, err
}

func (s *Store) Rekey(ctx context.Context) (moved []annotation.Op, err error) {
	err = s.write(ctx, func(d *data) {
		var at []int
		quarantined := false
		for i, e := range d.ops {
			if e.answer.Outcome == "" || e.answer.Outcome == wire.Quarantined {
				at, moved = append(at, i), append(moved, e.op)
				quarantined = quarantined || e.answer.Outcome != ""
			}
		}
		if !quarantined {
			moved = nil
			return
		}
		d.head, moved = d.head.Renumber(moved)
		for i, o := range moved {
			d.ops[at[i]] = entry{op: o}
		}
	})
	return moved, err
}

func (s *Store) Resend(ctx context.Context, device string, seq uint64) (n int, err error) {
	err = s.write(ctx, func(d *data) {
		if d.find(annotation.OpID{Device: device, Seq: seq}) == nil {
			return
		}
		for i := range d.ops {
			if e := &d.ops[i]; e.op.Device == device && e.op.Seq >= seq {
				e.answer = wire.Result{}
				n++
			}
		}
	})
	return n, err
}

func (s *Store) Recheck(ctx context.Context) (n int, err error) {
	err = s.write(ctx, func(d *data) {
		last := map[string]*entry{}
		for i := range d.ops {
			e := &d.ops[i]
			if l := last[e.op.Device]; l == nil || l.op.Seq < e.op.Seq {
				last[e.op.Device] = e
			}
		}
		for _, e := range last {
			if e.answer.Outcome == wire.Accepted || e.answer.Outcome == wire.Refused {
				e.answer = wire.Result{}
				n++
			}
		}
	})
	return n, err
}

func (s *Store) Receive(ctx context.Context, events []wire.Event, cursor uint64) error {
	return s.write(ctx, func(d *data) {
		for _, ev := range events {
			if ev.Op == nil || ev.Author != s.db.user {
				continue
			}
			id := ev.Op.ID()
			d.head.Lamport = max(d.head.Lamport, ev.Op.Lamport)
			if e := d.find(id); e != nil && e.op.ContentHash() == ev.Op.ContentHash() {
				e.answer = wire.Result{ID: id, Outcome: wire.Accepted, Pos: ev.Pos}
				continue
			}
			d.received[id] = ev
			if id.Device == d.head.Device {
				d.head.Device, d.head.Seq = s.db.newID(), 0
			}
		}
		d.cursor = cursor
	})
}

func (s *Store) Cursor(ctx context.Context) (cursor uint64, err error) {
	err = s.read(ctx, func(d *data) error {
		cursor = d.cursor
		return nil
	})
	return cursor, err
}

func (s *Store) Ops(ctx context.Context, project, article string) (ops []annotation.Op, err error) {
	err = s.read(ctx, func(d *data) error {
		for _, e := range d.ops {
			if e.op.Project == project && e.op.Article == article && e.answer.Outcome != wire.Refused {
				ops = append(ops, e.op)
			}
		}
		var received []wire.Event
		for _, ev := range d.received {
			if ev.Op.Project == project && ev.Op.Article == article {
				received = append(received, ev)
			}
		}
		slices.SortFunc(received, func(a, b wire.Event) int {
			return cmp.Or(cmp.Compare(a.Pos, b.Pos), cmp.Compare(a.Op.Seq, b.Op.Seq))
		})
		for _, ev := range received {
			ops = append(ops, *ev.Op)
		}
		return nil
	})
	return ops, err
}

func (s *Store) Counts(ctx context.Context) (c sync.Counts, err error) {
	err = s.read(ctx, func(d *data) error {
		c.Ops = len(d.ops)
		for _, e := range d.ops {
			switch e.answer.Outcome {
			case "":
				if c.Waiting++; c.Waiting == 1 {
					c.WaitingSince, _ = time.Parse(time.RFC3339, e.op.Time)
				}
			case wire.Refused:
				c.Refused++
			case wire.Quarantined:
				c.Quarantined++
			}
		}
		return nil
	})
	return c, err
}

func (s *Store) PutProjects(ctx context.Context, p []wire.Project) error {
	return s.write(ctx, func(d *data) { d.projects = append([]wire.Project{}, p...) })
}

func (s *Store) Projects(ctx context.Context) (p []wire.Project, err error) {
	err = s.read(ctx, func(d *data) error {
		if d.projects == nil {
			return sync.ErrNotCached
		}
		p = slices.Clone(d.projects)
		return nil
	})
	return p, err
}

func (s *Store) PutArticles(ctx context.Context, project string, list []wire.ArticleSummary) error {
	return s.write(ctx, func(d *data) { d.lists[project] = append([]wire.ArticleSummary{}, list...) })
}

func (s *Store) Articles(ctx context.Context, project string) (list []wire.ArticleSummary, err error) {
	err = s.read(ctx, func(d *data) error {
		if d.lists[project] == nil {
			return sync.ErrNotCached
		}
		list = slices.Clone(d.lists[project])
		return nil
	})
	return list, err
}

func (s *Store) PutSuggestions(ctx context.Context, project string, v wire.Suggestions) error {
	return s.write(ctx, func(d *data) { d.suggestions[project] = v })
}

func (s *Store) Suggestions(ctx context.Context, project string) (v wire.Suggestions, err error) {
	err = s.read(ctx, func(d *data) error {
		var there bool
		if v, there = d.suggestions[project]; !there {
			return sync.ErrNotCached
		}
		return nil
	})
	return v, err
}

func (s *Store) PutArticle(ctx context.Context, project string, a article.Article) error {
	return s.write(ctx, func(d *data) { d.articles[[2]string{project, a.ID}] = a })
}

func (s *Store) DropArticles(ctx context.Context, keep func(project, article string) bool) (n int, err error) {
	err = s.write(ctx, func(d *data) {
		for k := range d.articles {
			if !keep(k[0], k[1]) {
				delete(d.articles, k)
				n++
			}
		}
	})
	return n, err
}

func (s *Store) Article(ctx context.Context, project, id string) (a article.Article, err error) {
	err = s.read(ctx, func(d *data) error {
		var there bool
		if a, there = d.articles[[2]string{project, id}]; !there {
			return sync.ErrNotCached
		}
		return nil
	})
	return a, err
}

func (s *Store) PutLink(ctx context.Context, l sync.Link) error {
	return s.write(ctx, func(d *data) { d.link = l })
}

func (s *Store) Link(ctx context.Context) (l sync.Link, err error) {
	err = s.read(ctx, func(d *data) error {
		l = d.link
		return nil
	})
	return l, err
}

func (s *Store) Changed() <-chan struct{} { return s.changed }

func (s *Store) Close() error {
	s.db.mu.Lock()
	defer s.db.mu.Unlock()
	delete(s.db.stores, s)
	return nil
}
