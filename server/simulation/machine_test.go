package simulation

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"hashiya/app/sync"
	"hashiya/app/sync/memstore"
)

// session is what a browser's cookie stands for.
type session struct {
	user  string
	token string
	ended bool
}

// end makes the server not know the session any more.
func (s *session) end() { s.ended, s.token = true, "ended" }

// machine is one computer: a browser with a cookie, a database per user, and
// two tabs.
type machine struct {
	name     string
	owner    string
	user     string // whom the app believes to be signed in; "" for nobody
	session  *session
	profiles map[string]*profile
	tabs     [2]*tab // nil: closed
	link     link
	skew     time.Duration
}

// profile is one user's database on one machine.
type profile struct {
	name   string
	user   string
	newID  func() string
	db     *memstore.DB
	made   []*saved // what its ops are
	old    *memstore.DB
	oldOps []*saved // what the ops of old are
	lead   chan struct{}
	disk   disk
}

// tab is one tab: the real outbox over the machine's database.
type tab struct {
	name    string
	machine *machine
	profile *profile
	user    string
	store   store
	outbox  *sync.Outbox
	stop    context.CancelFunc
	done    chan struct{}
}

// profileOf returns the user's database on the machine; it is made on first use.
func (w *world) profileOf(m *machine, user string) *profile {
	p := m.profiles[user]
	if p == nil {
		p = &profile{name: m.name + "/" + user, user: user, lead: make(chan struct{}, 1)}
		ids := 0
		p.newID = func() string {
			ids++
			return fmt.Sprintf("%s-%d-%d", m.name, slices.Index(users, user), ids)
		}
		p.db = memstore.New(user, p.newID)
		m.profiles[user] = p
	}
	return p
}

// openTab opens a tab for whom the machine believes to be signed in.
func (w *world) openTab(m *machine, i int) {
	w.shutTab(m, i)
	if m.user == "" {
		return
	}
	w.count("tabs opened", 1)
	p := w.profileOf(m, m.user)
	t := &tab{name: fmt.Sprintf("%s.%d", m.name, i), machine: m, profile: p, user: m.user, store: store{p.db.Open(), &p.disk}, done: make(chan struct{})}
	c := clock{w, t}
	t.outbox = sync.New(sync.Config{Store: t.store, Remote: remote{w, t}, Clock: c, Leader: leader(p.lead), Random: c.random})
	ctx, stop := context.WithCancel(context.Background())
	t.stop = stop
	go func() {
		defer close(t.done)
		if err := t.outbox.Run(ctx); !errors.Is(err, context.Canceled) {
			panic(fmt.Sprintf("Run ended with %v", err))
		}
	}()
	m.tabs[i] = t
	w.settle()
}

// shutTab kills a tab. What it has sent goes on its way.
func (w *world) shutTab(m *machine, i int) {
	t := m.tabs[i]
	if t == nil {
		return
	}
	m.tabs[i] = nil
	t.stop()
	<-t.done
	t.store.Close()
	w.settle()
}

func (w *world) shutAll(m *machine) {
	for i := range m.tabs {
		w.shutTab(m, i)
	}
}

func (w *world) openAll(m *machine) {
	for i := range m.tabs {
		w.openTab(m, i)
	}
}

// opened returns the machine's open tabs.
func (m *machine) opened() []*tab {
	return slices.DeleteFunc(slices.Clone(m.tabs[:]), func(t *tab) bool { return t == nil })
}

// signIn makes the user the one of the machine's cookie. Tabs that are open
// stay as they are.
func (w *world) signIn(m *machine, user string) {
	m.session = &session{user: user, token: w.host.tokens[user]}
	m.user = user
}

// leader is the lock that tabs of one profile lead by.
type leader chan struct{}

func (l leader) Lead(ctx context.Context, fn func(context.Context) error) error {
	select {
	case l <- struct{}{}:
		defer func() { <-l }()
		return fn(ctx)
	case <-ctx.Done():
		return ctx.Err()
	}
}
