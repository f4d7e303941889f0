package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/sync"
	"hashiya/app/wire"
)

// remote is a sync.Remote over HTTP, as the browser's is.
type remote struct {
	http *http.Client
	url  string
	user string
}

func (r *remote) call(ctx context.Context, method, path string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, method, r.url+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	resp, err := r.http.Do(req)
	if err != nil {
		return fmt.Errorf("%w: %w", sync.ErrOffline, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusUnauthorized {
		return sync.ErrSignedOut
	}
	if resp.StatusCode != http.StatusOK {
		p := &wire.Problem{}
		return errors.Join(json.NewDecoder(resp.Body).Decode(p), p)
	}
	return json.NewDecoder(resp.Body).Decode(out)
}

func (r *remote) Push(ctx context.Context, ops []annotation.Op) ([]wire.Result, error) {
	var out wire.PushResponse
	err := r.call(ctx, "POST", "/api/ops", wire.PushRequest{Client: "test", User: r.user, Ops: ops}, &out)
	return out.Results, err
}

func (r *remote) Events(ctx context.Context, after uint64, fn func([]wire.Event, uint64) error) error {
	for {
		if err := fn(nil, after); err != nil {
			return err
		}
		var batch wire.Events
		if err := r.call(ctx, "GET", fmt.Sprintf("/api/events?poll=1&after=%d", after), nil, &batch); err != nil {
			return err
		}
		if err := fn(batch.Events, batch.Cursor); err != nil {
			return err
		}
		after = batch.Cursor
	}
}

func (r *remote) Me(ctx context.Context) (me wire.Me, err error) {
	return me, r.call(ctx, "GET", "/api/me", nil, &me)
}

func (r *remote) Projects(ctx context.Context) (list []wire.Project, err error) {
	return list, r.call(ctx, "GET", "/api/projects", nil, &list)
}

func (r *remote) Articles(ctx context.Context, project string) (list []wire.ArticleSummary, err error) {
	return list, r.call(ctx, "GET", "/api/projects/"+project+"/articles", nil, &list)
}

func (r *remote) Article(ctx context.Context, project, id string) (a article.Article, err error) {
	return a, r.call(ctx, "GET", "/api/projects/"+project+"/articles/"+id, nil, &a)
}

func (r *remote) Suggestions(ctx context.Context, project string) (s wire.Suggestions, err error) {
	return s, r.call(ctx, "GET", "/api/projects/"+project+"/suggestions", nil, &s)
}
