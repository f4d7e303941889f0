package api

import (
	"context"
	"net/http"
	"time"
	"unicode/utf8"

	"golang.org/x/time/rate"

	"hashiya/app/annotation"
	"hashiya/app/arabic"
	"hashiya/app/article"
	"hashiya/app/concordance"
	"hashiya/app/wire"
	"hashiya/server/access"
	"hashiya/server/accounts"
	"hashiya/server/view"
)

// An answer over a project's texts ends with the article that fills it: so
// much text was read, so many articles or places were found. It holds one text
// at a time, however large the project is.
const (
	pageText     = 4 << 20 // bytes
	pageArticles = 20
	pagePlaces   = 1000
)

// corpus bounds the looking over whole projects, which costs more than anything
// else that a request may ask for.
type corpus struct {
	people *accounts.Limiter // requests per account
	turn   chan struct{}     // one at a time: labelling goes first
}

func newCorpus() corpus {
	return corpus{accounts.NewLimiter(rate.Every(100*time.Millisecond), 50, 10_000), make(chan struct{}, 1)}
}

func (c corpus) enter(ctx context.Context, u access.User) (leave func(), err error) {
	if !c.people.Allow(u.Name) {
		return nil, problem(http.StatusTooManyRequests, "rate", "too many searches in a short time: wait a few seconds and try again")
	}
	select {
	case c.turn <- struct{}{}:
		return func() { <-c.turn }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// look calls fn with each article of the request's project that came after the
// position, until fn says that the answer is full or enough text was read.
func (s *Server) look(r *http.Request, u access.User, after uint64, fn func(snap view.Snapshot, sum wire.ArticleSummary, art *article.Article) (full bool, err error)) (page wire.Page, err error) {
	leave, err := s.corpus.enter(r.Context(), u)
	if err != nil {
		return page, err
	}
	defer leave()
	id := r.PathValue("p")
	err = s.view.Read(r.Context(), func(snap view.Snapshot) error {
		p, there, err := snap.Project(id, u.Name)
		if err = missing(there, err, "there is no project %s", id); err != nil {
			return err
		}
		page.Of = p.Articles
		var last uint64
		bytes, full := 0, false
		return snap.EachArticle(id, u.Name, after, func(pos uint64, sum wire.ArticleSummary) (bool, error) {
			if full || bytes >= pageText {
				page.Next = last
				return false, nil
			}
			if err := r.Context().Err(); err != nil {
				return false, err
			}
			art, there, err := snap.Article(id, sum.ID)
			if err != nil || !there {
				return there, err
			}
			page.Looked++
			last, bytes = pos, bytes+len(art.Text)
			full, err = fn(snap, sum, &art)
			return true, err
		})
	})
	return page, err
}

func (s *Server) search(w http.ResponseWriter, r *http.Request, u access.User) error {
	typed := r.URL.Query().Get("q")
	q := concordance.NewQuery(typed)
	if n := utf8.RuneCountInString(typed); !utf8.ValidString(typed) || n > concordance.MaxQuery || q.Letters() < concordance.MinLetters {
		return problem(http.StatusUnprocessableEntity, string(view.Invalid), "q has %d letters and %d characters: give at least %d letters and at most %d characters to search for",
			q.Letters(), n, concordance.MinLetters, concordance.MaxQuery)
	}
	after, err := position(r, "after")
	if err != nil {
		return err
	}
	out := wire.Hits{Articles: []wire.ArticleHits{}}
	out.Page, err = s.look(r, u, after, func(_ view.Snapshot, sum wire.ArticleSummary, art *article.Article) (bool, error) {
		if a, found := wire.HitsOf(sum, art, q); found {
			out.Articles = append(out.Articles, a)
		}
		return len(out.Articles) >= pageArticles, nil
	})
	if err != nil {
		return err
	}
	return reply(w, http.StatusOK, out)
}

func (s *Server) mentions(w http.ResponseWriter, r *http.Request, u access.User) error {
	var q wire.MentionQuery
	if err := read(w, r, maxBody, &q); err != nil {
		return err
	}
	if err := validMention(&q); err != nil {
		return err
	}
	name := concordance.Name{Core: q.Name, Proclitic: q.Proclitic, Label: q.Label, Entity: q.Entity, Longer: q.Longer}
	out := wire.Mentions{Articles: []wire.ArticleMentions{}}
	places := 0
	var err error
	out.Page, err = s.look(r, u, q.After, func(snap view.Snapshot, sum wire.ArticleSummary, art *article.Article) (bool, error) {
		layer := annotation.Layer{Status: annotation.New}
		if sum.Status != annotation.New {
			var err error
			if layer, err = snap.Layer(r.PathValue("p"), sum.ID, u.Name); err != nil {
				return false, err
			}
			layer.Status = sum.Status
		}
		found := concordance.Find(art, &layer, name)
		out.LeftOut.Add(found.LeftOut)
		a := wire.ArticleMentions{
			ID: sum.ID, Title: sum.Title, Lang: sum.Lang, Dir: sum.Dir, TextSHA256: sum.TextSHA256, Unclear: found.Unclear,
		}
		for _, m := range found.Open {
			switch {
			case m.Rule.Trust() == arabic.OnRequest && !q.All:
				out.Hidden++
			case len(a.Mentions) < wire.MaxMentions:
				a.Mentions = append(a.Mentions, m)
			default:
				a.More++
			}
		}
		if len(a.Mentions) > 0 {
			out.Articles = append(out.Articles, a)
			places += len(a.Mentions)
		}
		return places >= pagePlaces, nil
	})
	if err != nil {
		return err
	}
	return reply(w, http.StatusOK, out)
}

func validMention(q *wire.MentionQuery) error {
	bad := func(what string) error {
		return problem(http.StatusUnprocessableEntity, string(view.Invalid), "%s", what)
	}
	if len(q.Longer) > wire.MaxLonger {
		return bad("there are more than 50 longer names: leave some out")
	}
	for _, name := range append([]string{q.Name, q.Entity}, q.Longer...) {
		if utf8.RuneCountInString(name) > annotation.MaxName {
			return bad("a name has more than 500 characters")
		}
	}
	switch {
	case concordance.NewQuery(q.Name).Letters() == 0:
		return bad("name has no letter: give the text of a labelled mention")
	case q.Label == "":
		return bad("label is missing: give the label of the mention")
	case utf8.RuneCountInString(q.Proclitic) > annotation.MaxProclitic:
		return bad("proclitic has more than 8 characters")
	}
	return nil
}
