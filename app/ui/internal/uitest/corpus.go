package uitest

import (
	"context"

	"hashiya/app/annotation"
	"hashiya/app/arabic"
	"hashiya/app/concordance"
	"hashiya/app/wire"
)

// corpusPage is how many articles one answer of the server looks at.
const corpusPage = 2

func (s *Server) Search(_ context.Context, project, query string, after uint64) (out wire.Hits, err error) {
	unlock, err := s.ask(true)
	defer unlock()
	if err != nil {
		return out, err
	}
	q := concordance.NewQuery(query)
	s.look(project, after, &out.Page, func(i int) {
		a := s.Contents[project][i]
		sum := wire.ArticleSummary{ID: a.ID, Title: a.Meta.Title, Outlet: a.Meta.Outlet, Lang: a.Lang, Dir: string(a.Dir), Status: annotation.New}
		if h, found := wire.HitsOf(sum, &a, q); found {
			out.Articles = append(out.Articles, h)
		}
	})
	return out, nil
}

func (s *Server) Mentions(_ context.Context, project string, q wire.MentionQuery) (out wire.Mentions, err error) {
	unlock, err := s.ask(true)
	defer unlock()
	if err != nil {
		return out, err
	}
	name := concordance.Name{Core: q.Name, Proclitic: q.Proclitic, Label: q.Label, Entity: q.Entity, Longer: q.Longer}
	s.look(project, q.After, &out.Page, func(i int) {
		a := s.Contents[project][i]
		var f annotation.Fold
		for _, o := range s.Took[s.Session] {
			if o.Article == a.ID {
				f.Add(o)
			}
		}
		l := f.Layer()
		found := concordance.Find(&a, &l, name)
		out.LeftOut.Add(found.LeftOut)
		m := wire.ArticleMentions{ID: a.ID, Title: a.Meta.Title, Lang: a.Lang, Dir: string(a.Dir), TextSHA256: a.TextSHA256, Unclear: found.Unclear}
		for _, p := range found.Open {
			if p.Rule.Trust() == arabic.OnRequest && !q.All {
				out.Hidden++
				continue
			}
			m.Mentions = append(m.Mentions, p)
		}
		if len(m.Mentions) > 0 {
			out.Articles = append(out.Articles, m)
		}
	})
	return out, nil
}

func (s *Server) look(project string, after uint64, page *wire.Page, fn func(i int)) {
	page.Of = len(s.Contents[project])
	for i := int(after); i < page.Of; i++ {
		if page.Looked == corpusPage {
			page.Next = uint64(i)
			return
		}
		page.Looked++
		fn(i)
	}
}
