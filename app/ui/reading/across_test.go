package reading

import (
	"fmt"
	"strings"
	"testing"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/concordance"
	"hashiya/app/wire"
)

// answer is what the server answers about articles that nobody has labelled.
func answer(q wire.MentionQuery, articles ...article.Article) (m wire.Mentions) {
	n := concordance.Name{Core: q.Name, Proclitic: q.Proclitic, Label: q.Label, Entity: q.Entity, Longer: q.Longer}
	for _, a := range articles {
		f := concordance.Find(&a, &annotation.Layer{}, n)
		m.Articles = append(m.Articles, wire.ArticleMentions{ID: a.ID, Title: a.Meta.Title, Mentions: f.Open, TextSHA256: a.TextSHA256})
		m.LeftOut.Add(f.LeftOut)
	}
	m.Looked, m.Of = len(articles), len(articles)
	return m
}

// counter gives ids that can be told.
func counter() func() string {
	n := 0
	return func() string {
		n++
		return fmt.Sprintf("id%d", n)
	}
}

func asked(t *testing.T) (*annotator, *across) {
	t.Helper()
	w := work(t, awkwardArticle(summit))
	w.over("فلاديمير بوتين", 0, "PER")
	w.over("بوتين", 0, "PER")
	s, _ := w.Span()
	w.do(w.Separate(s.ID, "فلاديمير بوتين")).do(w.Select(s.ID))
	s, _ = w.Span()
	return w, newAcross(w.Editor, "p", s)
}

func TestTheQuestionNamesTheEntityAndTheLongerNames(t *testing.T) {
	w, a := asked(t)
	if a.query.Name != "بوتين" || a.query.Entity != "فلاديمير بوتين" || a.query.Label != "PER" || a.from != w.article.ID {
		t.Errorf("asked %+v", a.query)
	}
	if len(a.query.Longer) != 1 || a.query.Longer[0] != "فلاديمير بوتين" {
		t.Errorf("longer names %q", a.query.Longer)
	}
	w.do(w.Across())
	if w.last.Request != ShowAcross {
		t.Errorf("the key asks for %v", w.last)
	}
	w.at("باكو", 0, 1).do(w.Across())
	if w.last.Refused != sayNoSpan {
		t.Errorf("without a span: %v", w.last)
	}
}

func TestWhatIsSureIsCheckedAndWhatThisDeviceKnowsIsLeftOut(t *testing.T) {
	_, a := asked(t)
	x := awkwardArticle("قال «بُوتين» لبوتين وبـوتين. فلاديمير بوتين قال. بوتين\r\n")
	y := awkwardArticle("عاد بوتين.")
	m := answer(a.query, x, y)
	waits := annotation.Layer{Spans: []annotation.NamedSpan{{ID: "s", Span: annotation.Span{Start: 4, End: 9, Label: "PER"}}}}
	a.take(m, map[string]annotation.Layer{y.ID: waits})
	if len(a.found) != 1 || a.found[0].ID != x.ID {
		t.Fatalf("found %+v", a.found)
	}
	var told []string
	for i, p := range a.found[0].Mentions {
		mark := ""
		if a.found[0].checked[i] {
			mark = "+"
		}
		told = append(told, mark+p.Proclitic+"|"+p.Text)
	}
	if got, want := strings.Join(told, " "), "+|بُوتين ل|بوتين و|بـوتين +|بوتين"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if a.left != (concordance.LeftOut{Labelled: 1, Longer: 1}) {
		t.Errorf("left out %+v", a.left)
	}
	if said := list(a.leftOut()); said.En != "1 already labelled, 1 within a longer name" || strings.Contains(said.Ar, "{") {
		t.Errorf("said %q", said)
	}
	a.set(x.ID, 1, true)
	if n, of := a.places(); n != 3 || of != 4 {
		t.Errorf("%d of %d are checked", n, of)
	}
	a.set(x.ID, -1, false)
	if n, _ := a.places(); n != 0 || len(a.chosen()) != 0 {
		t.Errorf("%d are checked", n)
	}
}

func TestEveryArticleGetsItsOwnEntityOrItsOnlyOneOfThatName(t *testing.T) {
	_, a := asked(t)
	x := awkwardArticle("قال بوتين لبوتين.")
	person := func(id string) annotation.NamedEntity {
		return annotation.NamedEntity{ID: id, Entity: annotation.Entity{Name: "فلاديمير بُوتين", Label: "PER"}}
	}
	for what, c := range map[string]struct {
		has    []annotation.NamedEntity
		entity string
		puts   int
		sure   int
	}{
		"none":   {nil, "id1", 3, 1},
		"one":    {[]annotation.NamedEntity{person("e7")}, "e7", 2, 1},
		"of two": {[]annotation.NamedEntity{person("e7"), person("e8")}, "", 2, 0},
	} {
		fresh := a.again(false)
		l := annotation.Layer{Entities: c.has}
		fresh.take(answer(a.query, x), map[string]annotation.Layer{x.ID: l})
		if n, _ := fresh.places(); n != c.sure {
			t.Errorf("%s: %d places are checked", what, n)
		}
		fresh.set(x.ID, -1, true)
		changes, labels := fresh.changes(fresh.chosen()[0], &l, counter())
		if len(changes) != c.puts || labels != 2 {
			t.Errorf("%s: %d changes, %d labels", what, len(changes), labels)
		}
		for _, ch := range changes {
			switch {
			case ch.Entity != nil && (ch.Entity.Name != "فلاديمير بوتين" || ch.Entity.Label != "PER"):
				t.Errorf("%s: the entity is %+v", what, ch.Entity)
			case ch.Span != nil && (ch.Span.Entity != c.entity || ch.Span.Source != annotation.FromMention || ch.Span.Label != "PER"):
				t.Errorf("%s: the span is %+v", what, ch.Span)
			}
		}
	}
}

func TestInItsOwnArticleTheSpansEntityIsKnown(t *testing.T) {
	w, a := asked(t)
	l := w.layer
	f := concordance.Find(w.article, l, concordance.Name{Core: "بوتين", Label: "PER", Entity: a.query.Entity})
	a.take(wire.Mentions{Articles: []wire.ArticleMentions{{ID: a.from, Mentions: f.Open, Unclear: f.Unclear}}}, map[string]annotation.Layer{a.from: *l})
	if a.found[0].Unclear {
		t.Error("unclear who is meant")
	}
	changes, _ := a.changes(a.chosen()[0], l, counter())
	if len(changes) == 0 || changes[0].Span == nil || changes[0].Span.Entity != a.entity {
		t.Errorf("changes %+v", changes)
	}
}

func TestPlacesThatWereLabelledMeanwhileAreNotLabelledTwice(t *testing.T) {
	_, a := asked(t)
	x := awkwardArticle("قال بوتين وعاد بوتين.")
	a.take(answer(a.query, x), nil)
	l := annotation.Layer{Spans: []annotation.NamedSpan{{ID: "s", Span: annotation.Span{Start: 4, End: 9, Label: "ORG"}}}}
	if _, labels := a.changes(a.chosen()[0], &l, counter()); labels != 1 {
		t.Errorf("%d labels", labels)
	}
	l.Status = annotation.Done
	if changes, labels := a.changes(a.chosen()[0], &l, counter()); labels != 0 || len(changes) != 0 {
		t.Errorf("done meanwhile: %d labels, %d changes", labels, len(changes))
	}
}

func TestAThousandArticlesAreShownPageByPage(t *testing.T) {
	_, a := asked(t)
	for i := range 1000 {
		x := awkwardArticle(fmt.Sprintf("%d: ", i) + strings.Repeat("قال بوتين. ", 1+i%7))
		a.take(answer(a.query, x), nil)
	}
	p := a.pages()
	if p[0] != 0 || p[len(p)-1] != 1000 {
		t.Fatalf("pages from %d to %d", p[0], p[len(p)-1])
	}
	for i := range len(p) - 1 {
		rows := 0
		for _, one := range a.found[p[i]:p[i+1]] {
			rows += len(one.Mentions)
		}
		if rows == 0 || rows > acrossRows {
			t.Errorf("page %d has %d rows", i, rows)
		}
	}
	a.page = 1e6
	if s := a.shown(); len(s) == 0 || s[len(s)-1] != a.found[999] {
		t.Error("behind the last page comes something else than the last")
	}
	if s := (&across{}).shown(); len(s) != 0 {
		t.Error("nothing found has a page")
	}
}
