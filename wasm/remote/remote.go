//go:build js && wasm

// Package remote is the server as the browser reaches it: fetch for requests,
// the browser's own EventSource for what happens live.
package remote

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"syscall/js"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/sync"
	"hashiya/app/wire"
	"hashiya/wasm/jsx"
)

// How long requests may take, with their answers.
const (
	timeout     = 30 * time.Second // where nothing else is said
	pushTimeout = 2 * time.Minute  // a full batch over a slow line
)

// Server is the server that the page came from.
type Server struct {
	version string
	user    string        // whose work is pushed; "" nobody's in particular
	opening time.Duration // see the constant
	silent  bool          // something on the way holds live streams back
}

var (
	_ sync.Remote  = (*Server)(nil)
	_ sync.Account = (*Server)(nil)
)

// New returns the server; version is the app's, which every request names.
func New(version string) *Server { return &Server{version: version, opening: opening} }

// For returns the server for the work of one user. The session cookie belongs
// to the whole browser: should another tab sign in as somebody else, pushes are
// answered with sync.ErrSignedOut instead of arriving under the other name.
func (s *Server) For(user string) sync.Remote {
	own := *s
	own.user = user
	return &own
}

// call sends a request and decodes the JSON answer into out (nil: not wanted).
// body is nil, a js.Value that fetch takes as it is, or marshalled as JSON.
func (s *Server) call(ctx context.Context, method, path string, body, out any) error {
	headers := js.Global().Get("Object").New()
	headers.Set("X-Hashiya-Client", s.version)
	headers.Set("Accept", "application/json")
	options := js.Global().Get("Object").New()
	options.Set("method", method)
	options.Set("headers", headers)
	options.Set("credentials", "same-origin")
	options.Set("cache", "no-cache") // asks the server, and keeps what has not changed
	abort := js.Global().Get("AbortController").New()
	options.Set("signal", abort.Get("signal"))
	switch body := body.(type) {
	case nil:
	case js.Value:
		options.Set("body", body)
	default:
		b, err := json.Marshal(body)
		if err != nil {
			return fmt.Errorf("%s %s: %w", method, path, err)
		}
		headers.Set("Content-Type", "application/json")
		options.Set("body", string(b))
	}
	// Ending the request also ends its promises, so that none is left behind.
	stop := context.AfterFunc(ctx, func() { abort.Call("abort") })
	defer stop()

	response, err := jsx.Await(ctx, js.Global().Call("fetch", path, options))
	if err != nil {
		return unreachable(ctx, err)
	}
	text, err := jsx.Await(ctx, response.Call("text"))
	if err != nil {
		return unreachable(ctx, err)
	}
	if !response.Get("ok").Bool() {
		return refused(response.Get("status").Int(), text.String())
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal([]byte(text.String()), out); err != nil {
		return fmt.Errorf("%s %s: the server's answer can't be read: %w", method, path, err)
	}
	return nil
}

// brief is call with a time limit.
func (s *Server) brief(ctx context.Context, method, path string, body, out any) error {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	return s.call(ctx, method, path, body, out)
}

// unreachable says what a broken fetch means: the caller's own end, or no
// network.
func unreachable(ctx context.Context, err error) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return ctx.Err()
	}
	return fmt.Errorf("%w (%v)", sync.ErrOffline, err)
}

// refused turns an answer that is no success into an error.
func refused(status int, body string) error {
	var p wire.Problem
	if json.Unmarshal([]byte(body), &p) != nil || p.Title == "" {
		if status >= 502 && status <= 504 {
			return fmt.Errorf("%w (a proxy answered %d)", sync.ErrOffline, status)
		}
		return &wire.Problem{Title: "The server answered " + strconv.Itoa(status), Status: status}
	}
	if p.Status == 0 {
		p.Status = status
	}
	if status == 401 && p.Code == "unauthorized" {
		return fmt.Errorf("%w: %w", sync.ErrSignedOut, &p)
	}
	return &p
}

func projectPath(project string, rest ...string) string {
	path := "/api/projects/" + url.PathEscape(project)
	for _, r := range rest {
		path += "/" + url.PathEscape(r)
	}
	return path
}

// Push implements sync.Remote.
func (s *Server) Push(ctx context.Context, ops []annotation.Op) ([]wire.Result, error) {
	ctx, cancel := context.WithTimeout(ctx, pushTimeout)
	defer cancel()
	var answer wire.PushResponse
	err := s.call(ctx, "POST", "/api/ops", wire.PushRequest{Client: s.version, User: s.user, Ops: ops}, &answer)
	return answer.Results, err
}

// Me implements sync.Remote.
func (s *Server) Me(ctx context.Context) (me wire.Me, err error) {
	return me, s.brief(ctx, "GET", "/api/me", nil, &me)
}

// Projects implements sync.Remote.
func (s *Server) Projects(ctx context.Context) (list []wire.Project, err error) {
	err = s.brief(ctx, "GET", "/api/projects", nil, &list)
	return list, err
}

// Articles implements sync.Remote.
func (s *Server) Articles(ctx context.Context, project string) (list []wire.ArticleSummary, err error) {
	err = s.brief(ctx, "GET", projectPath(project, "articles"), nil, &list)
	return list, err
}

// Suggestions implements sync.Remote.
func (s *Server) Suggestions(ctx context.Context, project string) (v wire.Suggestions, err error) {
	err = s.brief(ctx, "GET", projectPath(project, "suggestions"), nil, &v)
	return v, err
}

// Article implements sync.Remote.
func (s *Server) Article(ctx context.Context, project, id string) (a article.Article, err error) {
	err = s.brief(ctx, "GET", projectPath(project, "articles", id), nil, &a)
	return a, err
}
