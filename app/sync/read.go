package sync

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/wire"
)

// Projects returns the projects from the server, or as they were last seen
// where it doesn't answer soon.
func (o *Outbox) Projects(ctx context.Context) ([]wire.Project, error) {
	return recent(ctx, o, o.fetchProjects, o.store.Projects)
}

// Articles returns a project's articles from the server, or as they were last
// seen where it doesn't answer soon.
func (o *Outbox) Articles(ctx context.Context, project string) ([]wire.ArticleSummary, error) {
	return recent(ctx, o,
		func(ctx context.Context) ([]wire.ArticleSummary, error) { return o.fetchArticles(ctx, project) },
		func(ctx context.Context) ([]wire.ArticleSummary, error) { return o.store.Articles(ctx, project) })
}

// Suggestions returns what a project suggests by, from the server, or as it was
// last seen where it doesn't answer soon.
func (o *Outbox) Suggestions(ctx context.Context, project string) (wire.Suggestions, error) {
	kept := func(ctx context.Context) (wire.Suggestions, error) { return o.store.Suggestions(ctx, project) }
	return recent(ctx, o, func(ctx context.Context) (wire.Suggestions, error) {
		return fetch(ctx, o,
			func(ctx context.Context) (wire.Suggestions, error) { return o.remote.Suggestions(ctx, project) }, kept,
			func(ctx context.Context, s wire.Suggestions) error { return o.store.PutSuggestions(ctx, project, s) })
	}, kept)
}

// Article returns an article from this device, else from the server: articles
// are immutable. The error is ErrNotCached when it is in neither place now.
func (o *Outbox) Article(ctx context.Context, project, id string) (article.Article, error) {
	a, err := o.store.Article(ctx, project, id)
	if err == nil {
		return a, nil
	}
	if !errors.Is(err, ErrNotCached) {
		o.logf("sync: reading article %s from this device: %v", id, err)
	}
	a, err = o.remote.Article(ctx, project, id)
	if errors.Is(err, ErrOffline) {
		return a, fmt.Errorf("%w: %w", ErrNotCached, err)
	}
	if err != nil {
		return a, err
	}
	if err := a.Validate(); err != nil {
		return article.Article{}, fmt.Errorf("what the server sent is damaged: %w", err)
	}
	if err := o.store.PutArticle(ctx, project, a); err != nil {
		o.logf("sync: keeping article %s on this device: %v", id, err)
		if errors.Is(err, ErrQuota) {
			o.set(func() { o.cramped = true })
		}
	}
	return a, nil
}

// Prefetch brings the project's first n articles that are not done or skipped
// to this device, so that they can be worked on offline. It fetches none once
// the device has run out of room: what is left is for work.
func (o *Outbox) Prefetch(ctx context.Context, project string, n int) error {
	if o.State().Cramped {
		return ErrQuota
	}
	list, err := o.store.Articles(ctx, project)
	if errors.Is(err, ErrNotCached) {
		list, err = o.Articles(ctx, project)
	}
	if err != nil {
		return err
	}
	for _, a := range list {
		if a.Status == annotation.Done || a.Status == annotation.Skipped {
			continue
		}
		if n--; n < 0 {
			return nil
		}
		if _, err := o.Article(ctx, project, a.ID); err != nil {
			return err
		}
	}
	return nil
}

func (o *Outbox) fetchProjects(ctx context.Context) ([]wire.Project, error) {
	return fetch(ctx, o, o.remote.Projects, o.store.Projects, o.store.PutProjects)
}

func (o *Outbox) fetchArticles(ctx context.Context, project string) ([]wire.ArticleSummary, error) {
	return fetch(ctx, o,
		func(ctx context.Context) ([]wire.ArticleSummary, error) { return o.remote.Articles(ctx, project) },
		func(ctx context.Context) ([]wire.ArticleSummary, error) { return o.store.Articles(ctx, project) },
		func(ctx context.Context, l []wire.ArticleSummary) error { return o.store.PutArticles(ctx, project, l) })
}

// fetch gets a list from the server and keeps it where it is news: a Watch that
// leads to another fetch comes to rest.
func fetch[T any](ctx context.Context, o *Outbox, get, kept func(context.Context) (T, error), keep func(context.Context, T) error) (T, error) {
	v, err := get(ctx)
	if err != nil {
		return v, err
	}
	if old, err := kept(ctx); err != nil || !reflect.DeepEqual(old, v) {
		if err := keep(ctx, v); err != nil {
			o.logf("sync: keeping a list on this device: %v", err)
		}
	}
	return v, nil
}

// patience is how long people look at nothing while an older list is at hand.
const patience = 3 * time.Second

func recent[T any](ctx context.Context, o *Outbox, get, kept func(context.Context) (T, error)) (T, error) {
	type answer struct {
		v   T
		err error
	}
	c := make(chan answer, 1)
	go func() {
		v, err := get(ctx)
		c <- answer{v, err}
	}()
	var a answer
	select {
	case a = <-c:
		if problem := (*wire.Problem)(nil); a.err == nil || errors.As(a.err, &problem) && problem.Status < 500 {
			return a.v, a.err
		}
	case <-o.clock.After(patience):
	}
	if err := ctx.Err(); err != nil {
		return a.v, err
	}
	if v, err := kept(ctx); err == nil {
		return v, nil
	}
	if a.err == nil {
		a = <-c
	}
	if a.err != nil && errors.Is(a.err, ErrOffline) {
		a.err = fmt.Errorf("%w: %w", ErrNotCached, a.err)
	}
	return a.v, a.err
}
