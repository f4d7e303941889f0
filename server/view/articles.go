package view

import (
	"unicode/utf8"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/text"
	"hashiya/app/wire"
	"hashiya/server/access"
	"hashiya/server/record"
)

// articleHead is what an op is checked against.
type articleHead struct {
	Pos        uint64 `json:"pos"` // of the entry that brought the article
	TextSHA256 string `json:"text_sha256"`
	CodePoints int    `json:"codepoints"`
}

func (a *applier) article(actor string, d *record.ArticleData) error {
	if ok, err := a.may(actor, access.ImportArticles, access.Object{Project: d.Project}); !ok {
		return err
	}
	art := &d.Article
	p, there, err := a.projectOf(d.Project)
	switch {
	case err != nil:
		return err
	case !there:
		return a.verdict(Unknown, "there is no project %s", d.Project)
	}
	if err := art.Validate(); err != nil {
		return a.verdict(Invalid, "%v", err)
	}
	var same string
	if there, err := get(a.r, sText.key(p.ID, art.TextSHA256), &same); err != nil {
		return err
	} else if there {
		return a.verdict(Already, "the same text is there as article %s", same)
	}
	if _, there, err := a.head(p.ID, art.ID); err != nil {
		return err
	} else if there {
		return a.verdict(Taken, "the id %s belongs to an article with another text: an article's text never changes, give the corrected one an id of its own", art.ID)
	}

	sum := summarize(art)
	if err := a.set(sHead.key(p.ID, art.ID), articleHead{a.pos, art.TextSHA256, sum.CodePoints}); err != nil {
		return err
	}
	if err := a.set(sSummary.key(p.ID, a.pos), sum); err != nil {
		return err
	}
	if err := a.set(sArticle.key(p.ID, art.ID), art); err != nil {
		return err
	}
	if err := a.set(sText.key(p.ID, art.TextSHA256), art.ID); err != nil {
		return err
	}
	p.Articles++
	if err := a.set(sProject.key(p.ID), p); err != nil {
		return err
	}
	return a.changed(p.ID)
}

func summarize(a *article.Article) wire.ArticleSummary {
	return wire.ArticleSummary{
		ID: a.ID, Title: headline(a), Outlet: a.Meta.Outlet, Published: a.Meta.Published,
		Lang: a.Lang, Dir: string(a.Dir), TextSHA256: a.TextSHA256,
		CodePoints: utf8.RuneCountInString(a.Text), Words: len(text.Words(a.Text)),
		Status: annotation.New,
	}
}

// maxHeadline bounds a title that is made of the text, in code points.
const maxHeadline = 90

// headline returns the article's title, or where it has none the beginning of
// its first paragraph, so that a list can name it.
func headline(a *article.Article) string {
	paragraphs := a.Paragraphs()
	if a.Meta.Title != "" || len(paragraphs) == 0 {
		return a.Meta.Title
	}
	first := []rune(text.NewIndex(a.Text).Slice(paragraphs[0].Start, paragraphs[0].End))
	if len(first) <= maxHeadline {
		return string(first)
	}
	cut := maxHeadline
	for cut > maxHeadline/2 && first[cut] != ' ' {
		cut--
	}
	return string(first[:cut]) + "…"
}

// Article returns an article; false where the project has none of that id.
func (s Snapshot) Article(project, id string) (art article.Article, there bool, err error) {
	there, err = get(s.r, sArticle.key(project, id), &art)
	return art, there, err
}

// ArticleByText returns the id of the project's article with that text.
func (s Snapshot) ArticleByText(project, textSHA256 string) (id string, there bool, err error) {
	there, err = get(s.r, sText.key(project, textSHA256), &id)
	return id, there, err
}

// Articles returns the project's articles in the order in which they came,
// with the state of the user's layers.
func (s Snapshot) Articles(project, user string) ([]wire.ArticleSummary, error) {
	mine := map[string]Tally{}
	err := scan(s.r, sTally.key(project, user), nil, func(k []byte, t Tally) error {
		mine[lastString(k)] = t
		return nil
	})
	if err != nil {
		return nil, err
	}
	out := []wire.ArticleSummary{}
	err = scan(s.r, sSummary.key(project), nil, func(_ []byte, sum wire.ArticleSummary) error {
		if t, ok := mine[sum.ID]; ok {
			sum.Status, sum.Spans, sum.Stances, sum.Unjudged = t.Shown(), t.Spans, t.Stances, len(t.Unjudged)
		}
		out = append(out, sum)
		return nil
	})
	return out, err
}

// ArticleIDs calls fn with the id of every article of the project that came up
// to the position upTo, in ascending order.
func (s Snapshot) ArticleIDs(project string, upTo uint64, fn func(id string) error) error {
	return scan(s.r, sHead.key(project), nil, func(k []byte, h articleHead) error {
		if h.Pos > upTo {
			return nil
		}
		return fn(lastString(k))
	})
}
