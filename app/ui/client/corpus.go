package client

import (
	"context"
	"errors"

	"hashiya/app/concordance"
	"hashiya/app/sync"
	"hashiya/app/wire"
)

// Corpus is the server where it looks over all texts of a project. Errors are
// as those of sync.Account. Idempotent.
type Corpus interface {
	// Search finds the query in titles and texts, in the articles after the
	// position; see wire.Hits.
	Search(ctx context.Context, project, query string, after uint64) (wire.Hits, error)
	// Mentions finds the other places of a name. Only leads may.
	Mentions(ctx context.Context, project string, q wire.MentionQuery) (wire.Mentions, error)
}

// SearchHere does what Corpus.Search does over the articles that are on this
// device: all in one answer, in which Looked counts those. seen is called after
// each, and may be nil.
func (c *Client) SearchHere(ctx context.Context, project, query string, seen func(looked int)) (wire.Hits, error) {
	p := c.Workplace()
	if p == nil {
		return wire.Hits{}, sync.ErrNotCached
	}
	list, err := p.Store.Articles(ctx, project)
	if err != nil {
		return wire.Hits{}, err
	}
	out := wire.Hits{Page: wire.Page{Of: len(list)}}
	q := concordance.NewQuery(query)
	for _, sum := range c.WithLocal(ctx, project, list) {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		a, err := p.Store.Article(ctx, project, sum.ID)
		if errors.Is(err, sync.ErrNotCached) {
			continue
		}
		if err != nil {
			return out, err
		}
		out.Looked++
		if h, found := wire.HitsOf(sum, &a, q); found {
			out.Articles = append(out.Articles, h)
		}
		if seen != nil {
			seen(out.Looked)
		}
	}
	return out, nil
}
