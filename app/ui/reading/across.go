package reading

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"hashiya/app/annotation"
	"hashiya/app/arabic"
	"hashiya/app/concordance"
	"hashiya/app/ui/i18n"
	"hashiya/app/wire"
)

// across is the other mentions of one span in all articles of the project: what
// was asked, what was found, and what became of it.
type across struct {
	query   wire.MentionQuery
	project string
	from    string // the id of the article that the span is in
	entity  string // the id of its entity there, "" for none
	phase   acrossPhase

	found   []*acrossArticle
	left    concordance.LeftOut
	hidden  int  // seldom right, and not asked for
	beyond  int  // places that are not listed
	cut     bool // there are more than maxAcross
	looked  int  // articles
	of      int
	failure error
	page    int // of found, from 0

	stop    context.CancelFunc // of the asking
	action  string             // the one act that all changes are of
	targets int                // articles to write to, or to take back from
	behind  int                // of these
	labels  int                // written
	wrote   []string
	back    int // labels taken back
	missed  int // labels that were changed since, and stayed
}

type acrossPhase int

const (
	asking acrossPhase = iota
	unasked
	offered
	writing
	written
	takingBack
	takenBack
)

// acrossArticle is where the name stands in one article.
type acrossArticle struct {
	wire.ArticleMentions
	checked []bool
}

const (
	// maxAcross is how many places are offered at once: more than anybody reads.
	maxAcross = 5000
	// acrossRows is about how many places are on the screen at once. An article is
	// never cut in two.
	acrossRows = 60
)

// Across asks for the selected span's mentions in all articles of the project;
// with none selected, for those of the span whose other mentions are offered.
func (e *Editor) Across() Outcome {
	if _, there := e.acrossSpan(); !there {
		return Outcome{Refused: sayNoSpan}
	}
	return Outcome{Request: ShowAcross}
}

func (e *Editor) acrossSpan() (annotation.NamedSpan, bool) {
	if s, there := e.Span(); there {
		return s, true
	}
	return e.OfferedFor()
}

// newAcross prepares the question about a span of the editor's article.
func newAcross(e *Editor, project string, s annotation.NamedSpan) *across {
	a := &across{
		project: project, from: e.article.ID, action: annotation.NewID(), stop: func() {},
		query: wire.MentionQuery{Name: e.Text(s.Start, s.End), Proclitic: carried(s.Proclitic), Label: s.Label},
	}
	if n, linked := e.layer.Entity(s.Entity); linked {
		a.entity, a.query.Entity = n.ID, n.Name
	}
	core := letters(a.query.Name)
	for _, o := range e.layer.Spans {
		name := e.Text(o.Start, o.End)
		if l := letters(name); len(l) > len(core) && strings.Contains(l, core) && !slices.Contains(a.query.Longer, name) &&
			len(a.query.Longer) < wire.MaxLonger && len([]rune(name)) <= annotation.MaxName {
			a.query.Longer = append(a.query.Longer, name)
		}
	}
	return a
}

// again returns the same question, with or without the places that are seldom
// right.
func (a *across) again(all bool) *across {
	n := &across{project: a.project, from: a.from, entity: a.entity, query: a.query, action: annotation.NewID(), stop: func() {}}
	n.query.All = all
	return n
}

// take takes in one answer of the server. layers are its articles' as this
// device has them, which may know more than the server.
func (a *across) take(m wire.Mentions, layers map[string]annotation.Layer) {
	a.left.Add(m.LeftOut)
	a.hidden += m.Hidden
	a.looked += m.Looked
	a.of = m.Of
	for _, art := range m.Articles {
		l := layers[art.ID]
		open, out := concordance.Sift(art.Mentions, &l, a.query.Label)
		a.left.Add(out)
		a.beyond += art.More
		if len(open) == 0 {
			continue
		}
		art.Mentions = open
		art.Unclear = art.ID != a.from && (art.Unclear || a.query.Entity != "" && len(concordance.Bearers(&l, a.query.Entity, a.query.Label)) > 1)
		one := &acrossArticle{ArticleMentions: art, checked: make([]bool, len(open))}
		for i, p := range open {
			one.checked[i] = p.Rule.Trust() == arabic.Sure && !art.Unclear
		}
		a.found = append(a.found, one)
	}
}

// places returns how many places are checked, of how many.
func (a *across) places() (checked, of int) {
	for _, one := range a.found {
		checked += one.count()
		of += len(one.checked)
	}
	return checked, of
}

func (one *acrossArticle) count() (n int) {
	for _, c := range one.checked {
		if c {
			n++
		}
	}
	return n
}

// set checks or unchecks a place of an article; all of its places for -1.
func (a *across) set(article string, place int, checked bool) {
	for _, one := range a.found {
		for i := range one.checked {
			if one.ID == article && (place < 0 || i == place) {
				one.checked[i] = checked
			}
		}
	}
}

// pages returns where each page of the list begins, and behind the last its
// end.
func (a *across) pages() []int {
	out, rows := []int{0}, 0
	for i, one := range a.found {
		if rows > 0 && rows+len(one.checked) > acrossRows {
			out, rows = append(out, i), 0
		}
		rows += len(one.checked)
	}
	if len(a.found) > 0 {
		out = append(out, len(a.found))
	}
	return out
}

// shown returns the articles of the page.
func (a *across) shown() []*acrossArticle {
	p := a.pages()
	a.page = max(0, min(a.page, len(p)-2))
	if len(p) < 2 {
		return nil
	}
	return a.found[p[a.page]:p[a.page+1]]
}

// chosen returns the articles with a checked place, with only these.
func (a *across) chosen() []acrossArticle {
	var out []acrossArticle
	for _, one := range a.found {
		if one.count() == 0 {
			continue
		}
		c := acrossArticle{ArticleMentions: one.ArticleMentions}
		c.Mentions = nil
		for i, m := range one.Mentions {
			if one.checked[i] {
				c.Mentions = append(c.Mentions, m)
			}
		}
		out = append(out, c)
	}
	return out
}

// changes returns what the checked places of an article become in its layer:
// spans, and with them the entity of that name, a new one where the layer has
// none. Where it can't be told which entity is meant the spans have none.
func (a *across) changes(one acrossArticle, l *annotation.Layer, newID func() string) (out []annotation.Change, labels int) {
	open, _ := concordance.Sift(one.Mentions, l, a.query.Label)
	if len(open) == 0 {
		return nil, 0
	}
	entity := ""
	_, mine := l.Entity(a.entity)
	bearers := concordance.Bearers(l, a.query.Entity, a.query.Label)
	switch {
	case a.query.Entity == "" || one.Unclear || len(bearers) > 1 && one.ID != a.from:
	case one.ID == a.from && mine:
		entity = a.entity
	case len(bearers) == 1:
		entity = bearers[0]
	case len(bearers) == 0:
		n := annotation.NamedEntity{ID: newID(), Entity: annotation.Entity{Name: a.query.Entity, Label: a.query.Label}}
		entity, out = n.ID, append(out, putEntity(n))
	}
	for _, m := range open {
		out = append(out, putSpan(annotation.NamedSpan{ID: newID(), Span: annotation.Span{
			Start: m.Start, End: m.End, Label: a.query.Label, Proclitic: carried(m.Proclitic), Entity: entity, Source: annotation.FromMention,
		}}))
	}
	return out, len(open)
}

// leftOut says what is not offered, and why.
func (a *across) leftOut() []i18n.Text {
	var out []i18n.Text
	for _, c := range []struct {
		n     int
		words i18n.Text
	}{
		{a.left.Labelled, leftLabelled}, {a.left.Longer, leftLonger}, {a.left.Refused, leftRefused}, {a.left.Finished, leftFinished},
	} {
		if c.n > 0 {
			out = append(out, fill(c.words, "n", strconv.Itoa(c.n)))
		}
	}
	return out
}

var (
	leftLabelled = i18n.Text{Ar: "{n} موسوم من قبل", En: "{n} already labelled"}
	leftLonger   = i18n.Text{Ar: "{n} ضمن اسم أطول", En: "{n} within a longer name"}
	leftRefused  = i18n.Text{Ar: "{n} مرفوض من قبل", En: "{n} refused before"}
	leftFinished = i18n.Text{Ar: "{n} في مقالات مكتملة أو متروكة", En: "{n} in articles that are done or skipped"}

	countPlaces = i18n.Count{
		ArZero: "لا مواضع", ArOne: "موضع واحد", ArTwo: "موضعان", ArFew: "{n} مواضع", ArMany: "{n} موضعًا", ArOther: "{n} موضع",
		EnOne: "1 place", EnOther: "{n} places",
	}
)
