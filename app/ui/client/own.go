package client

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/sync"
	"hashiya/app/wire"
)

// own is the server as one user's outbox sees it. The session cookie belongs to
// the whole browser: when somebody else has signed in by another tab, this
// user's work waits instead of arriving under the other name.
type own struct {
	server sync.Remote
	user   string
	clock  sync.Clock
	heard  func(me wire.Me, asked, answered time.Time)
	sure   atomic.Bool // the session was found to be the user's, and no answer has told otherwise
}

func asOwn[T any](ctx context.Context, r *own, ask func() (T, error)) (T, error) {
	if !r.sure.Load() {
		if _, err := r.Me(ctx); err != nil {
			var none T
			return none, err
		}
	}
	v, err := ask()
	if errors.Is(err, sync.ErrSignedOut) {
		r.sure.Store(false)
	}
	return v, err
}

func (r *own) Me(ctx context.Context) (wire.Me, error) {
	asked := r.clock.Now()
	me, err := r.server.Me(ctx)
	if err == nil {
		r.heard(me, asked, r.clock.Now())
	}
	if err == nil && me.Name != r.user {
		err = sync.ErrSignedOut
	}
	r.sure.Store(err == nil)
	return me, err
}

func (r *own) Push(ctx context.Context, ops []annotation.Op) ([]wire.Result, error) {
	return asOwn(ctx, r, func() ([]wire.Result, error) { return r.server.Push(ctx, ops) })
}

func (r *own) Events(ctx context.Context, after uint64, fn func([]wire.Event, uint64) error) error {
	_, err := asOwn(ctx, r, func() (struct{}, error) { return struct{}{}, r.server.Events(ctx, after, fn) })
	return err
}

func (r *own) Projects(ctx context.Context) ([]wire.Project, error) {
	return asOwn(ctx, r, func() ([]wire.Project, error) { return r.server.Projects(ctx) })
}

func (r *own) Articles(ctx context.Context, project string) ([]wire.ArticleSummary, error) {
	return asOwn(ctx, r, func() ([]wire.ArticleSummary, error) { return r.server.Articles(ctx, project) })
}

func (r *own) Suggestions(ctx context.Context, project string) (wire.Suggestions, error) {
	return asOwn(ctx, r, func() (wire.Suggestions, error) { return r.server.Suggestions(ctx, project) })
}

func (r *own) Article(ctx context.Context, project, id string) (article.Article, error) {
	return asOwn(ctx, r, func() (article.Article, error) { return r.server.Article(ctx, project, id) })
}
