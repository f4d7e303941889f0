package sync_test

import (
	"context"
	"fmt"
	stdsync "sync"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/sync"
	"hashiya/app/wire"
)

// server is the other side of the protocol: one account's log with the
// server's rules about devices, behind a network that can fail.
type server struct {
	mu      stdsync.Mutex
	log     []wire.Event
	answers map[annotation.OpID]answered
	last    map[string]uint64
	pushes  [][]annotation.Op
	grown   chan struct{} // closed and replaced when the log grows or the network changes

	id          string // of the log
	user        string
	offline     bool
	loseAcks    int           // so many next answers are lost on the way back
	repeat      bool          // every request arrives twice
	latency     time.Duration // of every request
	silent      bool          // live connections carry nothing, not even heartbeats
	refuse      func(annotation.Op) string
	projects    []wire.Project
	lists       map[string][]wire.ArticleSummary
	suggestions map[string]wire.Suggestions
	articles    map[string]article.Article
	fetched     []string
	connection  int
}

type answered struct {
	hash   string
	result wire.Result
}

func newServer() *server {
	return &server{
		answers: map[annotation.OpID]answered{}, last: map[string]uint64{}, grown: make(chan struct{}),
		user: "salma", lists: map[string][]wire.ArticleSummary{}, suggestions: map[string]wire.Suggestions{}, articles: map[string]article.Article{},
	}
}

// change alters the server or the network, and breaks live connections where
// that is what the change means.
func (s *server) change(fn func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	fn()
	s.wake()
}

// connections is how often a live connection was made.
func (s *server) connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.connection
}

// requested returns which lists and articles were fetched since it was asked.
func (s *server) requested() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.fetched
	s.fetched = nil
	return f
}

func (s *server) wake() {
	close(s.grown)
	s.grown = make(chan struct{})
}

// travel is a request on its way there, or an answer on its way back.
func (s *server) travel(ctx context.Context) error {
	s.mu.Lock()
	offline, latency := s.offline, s.latency
	s.mu.Unlock()
	if latency > 0 {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(latency):
		}
	}
	if offline {
		return fmt.Errorf("%w: no route", sync.ErrOffline)
	}
	return ctx.Err()
}

func (s *server) arrive(ctx context.Context) error {
	if err := s.travel(ctx); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.user == "" {
		return sync.ErrSignedOut
	}
	return nil
}

func (s *server) Push(ctx context.Context, ops []annotation.Op) ([]wire.Result, error) {
	if err := s.arrive(ctx); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pushes = append(s.pushes, ops)
	results, err := s.take(ops)
	if s.repeat {
		results, err = s.take(ops)
	}
	if s.loseAcks > 0 {
		s.loseAcks--
		return nil, fmt.Errorf("%w: the answer was lost", sync.ErrOffline)
	}
	return results, err
}

func (s *server) take(ops []annotation.Op) ([]wire.Result, error) {
	var results []wire.Result
	for _, o := range ops {
		id := o.ID()
		if first, there := s.answers[id]; there {
			if first.hash != o.ContentHash() {
				results = append(results, wire.Result{ID: id, Outcome: wire.Quarantined, Reason: "the id is in use"})
			} else {
				results = append(results, first.result)
			}
			continue
		}
		if want := s.last[o.Device] + 1; o.Seq != want {
			return nil, &wire.Problem{Status: 409, Code: "gap", Title: "Ops are missing", Device: o.Device, Expected: want}
		}
		r := wire.Result{ID: id, Outcome: wire.Accepted, Pos: uint64(len(s.log)) + 1}
		if s.refuse != nil {
			if reason := s.refuse(o); reason != "" {
				r = wire.Result{ID: id, Outcome: wire.Refused, Reason: reason}
			}
		}
		s.last[o.Device] = o.Seq
		s.answers[id] = answered{o.ContentHash(), r}
		if r.Outcome == wire.Accepted {
			s.add(wire.Event{Author: s.user, Op: &o})
		}
		results = append(results, r)
	}
	return results, nil
}

func (s *server) add(e wire.Event) {
	e.Pos = uint64(len(s.log)) + 1
	s.log = append(s.log, e)
	s.wake()
}

func (s *server) Events(ctx context.Context, after uint64, fn func([]wire.Event, uint64) error) error {
	if err := s.arrive(ctx); err != nil {
		return err
	}
	s.mu.Lock()
	s.connection++
	s.mu.Unlock()
	for first := true; ; first = false {
		s.mu.Lock()
		if after > uint64(len(s.log)) {
			after = 0 // it went back to a backup
		}
		var news []wire.Event
		if after < uint64(len(s.log)) {
			news = s.log[after:min(len(s.log), int(after)+3)]
		}
		offline, silent, grown := s.offline, s.silent, s.grown
		s.mu.Unlock()
		if offline {
			return fmt.Errorf("%w: the connection broke", sync.ErrOffline)
		}
		if (first || len(news) > 0) && !silent {
			after += uint64(len(news))
			if err := fn(news, after); err != nil {
				return err
			}
			continue
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-grown:
		case <-time.After(25 * time.Second):
			if !silent {
				if err := fn(nil, after); err != nil {
					return err
				}
			}
		}
	}
}

func (s *server) Me(ctx context.Context) (wire.Me, error) {
	if err := s.arrive(ctx); err != nil {
		return wire.Me{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return wire.Me{Name: s.user, Log: s.id}, nil
}

func (s *server) fetch(ctx context.Context, what string) error {
	if err := s.arrive(ctx); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fetched = append(s.fetched, what)
	return nil
}

func (s *server) Projects(ctx context.Context) ([]wire.Project, error) {
	err := s.fetch(ctx, "projects")
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.projects, err
}

func (s *server) Articles(ctx context.Context, project string) ([]wire.ArticleSummary, error) {
	if err := s.fetch(ctx, project); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	list, there := s.lists[project]
	if !there {
		return nil, &wire.Problem{Status: 404, Title: "No such project"}
	}
	return list, nil
}

func (s *server) Article(ctx context.Context, project, id string) (article.Article, error) {
	if err := s.fetch(ctx, project+"/"+id); err != nil {
		return article.Article{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	a, there := s.articles[id]
	if !there {
		return a, &wire.Problem{Status: 404, Title: "No such article"}
	}
	return a, nil
}

func (s *server) Suggestions(ctx context.Context, project string) (wire.Suggestions, error) {
	if err := s.fetch(ctx, "suggestions of "+project); err != nil {
		return wire.Suggestions{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.suggestions[project], nil
}

// restore is what a backup made when the log ended at last brings back, in a log
// that is another one. Nobody can reach the server meanwhile.
func (s *server) restore(id string, last int) {
	s.id = id
	s.log = s.log[:last:last]
	s.last, s.answers = map[string]uint64{}, map[annotation.OpID]answered{}
	for _, e := range s.log {
		s.last[e.Op.Device] = e.Op.Seq
		s.answers[e.Op.ID()] = answered{e.Op.ContentHash(), wire.Result{ID: e.Op.ID(), Outcome: wire.Accepted, Pos: e.Pos}}
	}
}

// accepted counts, by subject, how often an op was accepted.
func (s *server) accepted() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := map[string]int{}
	for _, e := range s.log {
		if e.Op != nil {
			n[e.Op.Subject]++
		}
	}
	return n
}
