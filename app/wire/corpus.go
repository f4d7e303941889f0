package wire

import (
	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/concordance"
)

// Page says how far an answer looked over a project's articles, which come in
// the order in which they were added. An answer ends where it is large enough or
// took long enough; whoever wants more asks for what comes after Next.
type Page struct {
	Looked int    `json:"looked"`         // articles, for this answer
	Of     int    `json:"of"`             // articles of the project
	Next   uint64 `json:"next,omitempty"` // 0: that was all
}

// Hits is the body of GET /api/projects/{p}/search.
type Hits struct {
	Articles []ArticleHits `json:"articles"`
	Page
}

// MaxPlaces is how many of one article's hits are listed.
const MaxPlaces = 5

// ArticleHits is where one article holds what was searched for.
type ArticleHits struct {
	ID        string              `json:"id"`
	Title     string              `json:"title"`
	Outlet    string              `json:"outlet,omitempty"`
	Published string              `json:"published,omitempty"`
	Lang      string              `json:"lang"`
	Dir       string              `json:"dir"`
	Status    annotation.Status   `json:"status"`   // of my layer
	InTitle   []annotation.Range  `json:"in_title"` // code points of Title
	Hits      int                 `json:"hits"`     // in the text
	Places    []concordance.Place `json:"places"`   // the first MaxPlaces of them
}

// MentionQuery is the body of POST /api/projects/{p}/mentions.
type MentionQuery struct {
	Name      string   `json:"name"`                // the text of a labelled mention
	Proclitic string   `json:"proclitic,omitempty"` // what was left out in front of it
	Label     string   `json:"label"`
	Entity    string   `json:"entity,omitempty"` // the name of what it refers to
	Longer    []string `json:"longer,omitempty"` // labelled names that Name is a part of: no mention lies in one of them
	All       bool     `json:"all,omitempty"`    // also the places that are seldom right
	After     uint64   `json:"after,omitempty"`  // Next of the answer before
}

// MaxLonger is how many longer names a MentionQuery may have.
const MaxLonger = 50

// Mentions answers a MentionQuery: places without a label in my layer.
type Mentions struct {
	Articles []ArticleMentions   `json:"articles"`
	LeftOut  concordance.LeftOut `json:"left_out"`
	Hidden   int                 `json:"hidden"` // seldom right, and not asked for
	Page
}

// MaxMentions is how many places of one article are listed.
const MaxMentions = 500

// ArticleMentions is where a name stands in one article.
type ArticleMentions struct {
	ID         string                `json:"id"`
	Title      string                `json:"title"`
	Lang       string                `json:"lang"`
	Dir        string                `json:"dir"`
	TextSHA256 string                `json:"text_sha256"`
	Mentions   []concordance.Mention `json:"mentions"`
	More       int                   `json:"more,omitempty"`    // places beyond MaxMentions: label these, and ask again
	Unclear    bool                  `json:"unclear,omitempty"` // several entities of my layer may be meant
}

// HitsOf returns what an article holds of the query; false where that is
// nothing.
func HitsOf(sum ArticleSummary, a *article.Article, q concordance.Query) (ArticleHits, bool) {
	h := ArticleHits{
		ID: sum.ID, Title: sum.Title, Outlet: sum.Outlet, Published: sum.Published, Lang: sum.Lang, Dir: sum.Dir, Status: sum.Status,
		InTitle: append([]annotation.Range{}, q.In(sum.Title)...),
	}
	h.Hits, h.Places = q.Look(a, MaxPlaces)
	return h, h.Hits > 0 || len(h.InTitle) > 0
}
