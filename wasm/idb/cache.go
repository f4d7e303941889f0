//go:build js && wasm

package idb

import (
	"context"
	"syscall/js"

	"hashiya/app/article"
	"hashiya/app/sync"
	"hashiya/app/wire"
)

// keep puts a value of the cache, which the server has too.
func (s *Store) keep(ctx context.Context, store string, key, v any) error {
	return s.write(ctx, "keeping a copy of "+store, relaxed, func(t *tx) {
		t.store(store).Call("put", encode(v), key)
	}, store)
}

// kept gets a value of the cache; a miss is sync.ErrNotCached.
func kept[T any](ctx context.Context, s *Store, store string, key any) (v T, err error) {
	there := false
	err = s.read(ctx, "reading the copy of "+store, func(t *tx) {
		t.text(store, key, func(text string) {
			if there = text != ""; there {
				t.decode(text, &v)
			}
		})
	}, store)
	if err == nil && !there {
		err = sync.ErrNotCached
	}
	return v, err
}

// theProjects is the one key in projects.
const theProjects = "all"

// PutProjects implements sync.Store.
func (s *Store) PutProjects(ctx context.Context, p []wire.Project) error {
	return s.keep(ctx, "projects", theProjects, p)
}

// Projects implements sync.Store.
func (s *Store) Projects(ctx context.Context) ([]wire.Project, error) {
	return kept[[]wire.Project](ctx, s, "projects", theProjects)
}

// PutArticles implements sync.Store.
func (s *Store) PutArticles(ctx context.Context, project string, list []wire.ArticleSummary) error {
	return s.keep(ctx, "lists", project, list)
}

// Articles implements sync.Store.
func (s *Store) Articles(ctx context.Context, project string) ([]wire.ArticleSummary, error) {
	return kept[[]wire.ArticleSummary](ctx, s, "lists", project)
}

// PutArticle implements sync.Store.
func (s *Store) PutArticle(ctx context.Context, project string, a article.Article) error {
	return s.keep(ctx, "articles", []any{project, a.ID}, a)
}

// Article implements sync.Store.
func (s *Store) Article(ctx context.Context, project, id string) (article.Article, error) {
	return kept[article.Article](ctx, s, "articles", []any{project, id})
}

// DropArticles implements sync.Store.
func (s *Store) DropArticles(ctx context.Context, keep func(project, article string) bool) (n int, err error) {
	err = s.write(ctx, "dropping copies of articles", relaxed, func(t *tx) {
		articles := t.store("articles")
		t.result(articles.Call("getAllKeys"), func(keys js.Value) {
			for i := range keys.Length() {
				if key := keys.Index(i); !keep(key.Index(0).String(), key.Index(1).String()) {
					articles.Call("delete", key)
					n++
				}
			}
		})
	}, "articles")
	return n, err
}

// PutSuggestions implements sync.Store.
func (s *Store) PutSuggestions(ctx context.Context, project string, v wire.Suggestions) error {
	return s.keep(ctx, "meta", []any{"suggestions", project}, v)
}

// Suggestions implements sync.Store.
func (s *Store) Suggestions(ctx context.Context, project string) (wire.Suggestions, error) {
	return kept[wire.Suggestions](ctx, s, "meta", []any{"suggestions", project})
}

// PutLink implements sync.Store.
func (s *Store) PutLink(ctx context.Context, l sync.Link) error {
	return s.keep(ctx, "meta", "link", l)
}

// Link implements sync.Store.
func (s *Store) Link(ctx context.Context) (sync.Link, error) {
	l, err := kept[sync.Link](ctx, s, "meta", "link")
	if err == sync.ErrNotCached {
		return sync.Link{}, nil
	}
	return l, err
}
