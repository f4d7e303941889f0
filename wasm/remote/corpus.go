//go:build js && wasm

package remote

import (
	"context"
	"net/url"
	"strconv"

	"hashiya/app/wire"
)

// Search implements client.Corpus.
func (s *Server) Search(ctx context.Context, project, query string, after uint64) (v wire.Hits, err error) {
	q := url.Values{"q": {query}, "after": {strconv.FormatUint(after, 10)}}
	err = s.brief(ctx, "GET", projectPath(project, "search")+"?"+q.Encode(), nil, &v)
	return v, err
}

// Mentions implements client.Corpus.
func (s *Server) Mentions(ctx context.Context, project string, q wire.MentionQuery) (v wire.Mentions, err error) {
	err = s.brief(ctx, "POST", projectPath(project, "mentions"), q, &v)
	return v, err
}
