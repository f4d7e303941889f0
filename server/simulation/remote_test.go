package simulation

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/sync"
	"hashiya/app/wire"
)

// remote is the server as a tab reaches it: wasm/remote, over the simulated
// network.
type remote struct {
	w   *world
	tab *tab
}

var _ sync.Remote = remote{}

const (
	timeout     = 30 * time.Second
	pushTimeout = 2 * time.Minute
)

func (r remote) call(ctx context.Context, method, path string, patience time.Duration, body, out any) error {
	q := &request{tab: r.tab, method: method, path: path, timeout: patience, answer: make(chan answer, 1)}
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			return err
		}
		q.body = b
		q.push, _ = body.(wire.PushRequest)
	}
	r.w.ask(r.tab.name+" "+method+" "+path, func() { r.w.send(q) })
	select {
	case a := <-q.answer:
		return a.outcome(out)
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (r remote) get(ctx context.Context, path string, out any) error {
	return r.call(ctx, "GET", path, timeout, nil, out)
}

func (r remote) Push(ctx context.Context, ops []annotation.Op) ([]wire.Result, error) {
	var answer wire.PushResponse
	err := r.call(ctx, "POST", "/api/ops", pushTimeout, wire.PushRequest{Client: "simulation", User: r.tab.user, Ops: ops}, &answer)
	return answer.Results, err
}

func (r remote) Me(ctx context.Context) (me wire.Me, err error) {
	return me, r.get(ctx, "/api/me", &me)
}

func (r remote) Projects(ctx context.Context) (list []wire.Project, err error) {
	return list, r.get(ctx, "/api/projects", &list)
}

func (r remote) Articles(ctx context.Context, project string) (list []wire.ArticleSummary, err error) {
	return list, r.get(ctx, "/api/projects/"+project+"/articles", &list)
}

func (r remote) Suggestions(ctx context.Context, project string) (v wire.Suggestions, err error) {
	return v, r.get(ctx, "/api/projects/"+project+"/suggestions", &v)
}

func (r remote) Article(ctx context.Context, project, id string) (a article.Article, err error) {
	return a, r.get(ctx, "/api/projects/"+project+"/articles/"+id, &a)
}

// Events is the browser's EventSource: when the stream ends, who is signed in
// tells why.
func (r remote) Events(ctx context.Context, after uint64, fn func([]wire.Event, uint64) error) error {
	c := &conn{tab: r.tab, cursor: after, inbox: make(chan message, 1)}
	q := &request{tab: r.tab, method: "GET", path: fmt.Sprint("/api/events?after=", after, "&user=", url.QueryEscape(r.tab.user)), timeout: timeout, answer: make(chan answer, 1), live: c}
	r.w.ask(r.tab.name+" GET /api/events", func() { r.w.send(q) })
	defer func() {
		r.w.mu.Lock()
		defer r.w.mu.Unlock()
		c.left = true
	}()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case a := <-q.answer: // it was not opened
			if err := a.outcome(new(wire.Events)); err != nil {
				return err
			}
		case m := <-c.inbox:
			if m.closed {
				_, err := r.Me(ctx)
				return err
			}
			if !m.beat {
				after = m.cursor
			}
			if err := fn(m.events, after); err != nil {
				return err
			}
		}
	}
}
