package e2e

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"

	"hashiya/app/annotation"
	"hashiya/app/scheme"
	"hashiya/app/ui/reading"
)

// An annotator who knows the keys labels a whole article without the mouse. For
// each mention the shortest way to it is looked for with the app's own editor,
// then every key of it is pressed in the browser, and counted: by moving alone,
// and with what the app offers.
func TestAWholeArticleIsLabelledByKeyboardAlone(t *testing.T) {
	for _, c := range []struct {
		name   string
		helped bool
		most   float64 // actions a mention
	}{
		{"by moving alone", false, 3},
		{"with suggestions and other mentions", true, 2.6},
	} {
		t.Run(c.name, func(t *testing.T) { labelAll(t, c.helped, c.most) })
	}
}

func labelAll(t *testing.T, helped bool, most float64) {
	g := readGold(t)
	data := t.TempDir()
	s := serve(t, data)
	b := open(t, "")
	b.signIn(s.signInLink())
	hashiya(t, data, "project", "create", "news")
	b.importFile(s.url("/p/news"), g.path)
	b.openArticle(s.url("/p/news/a/" + g.article.ID))
	b.eval(nil, `document.getElementById("reading-surface").focus()`)

	expert := newExpert(t, &g)
	actions, uses := 0, map[string]int{}
	press := func(way ...reading.Key) {
		for _, k := range way {
			b.press(k.Code, modifiers(k)...)
			uses[name(k)]++
		}
		actions += len(way)
	}
	if helped {
		b.size(1440, 7000) // offers are waited for where they are painted
		b.until("there are suggestions", `!!document.querySelector(".mark.is-suggestion")`)
		press(expert.takeSuggestions()...)
		press(expert.press(reading.Key{Code: "Home", Ctrl: true}))
	}
	for _, span := range g.Spans {
		if expert.has(span) {
			continue
		}
		press(expert.label(span)...)
		if helped && expert.offered() {
			b.until("the other mentions are offered", `!!document.querySelector('.mark[data-id^="mention:"]')`)
			press(expert.press(reading.Key{Code: "Semicolon"}))
		}
	}
	b.until("all is on the server", `!!document.querySelector(".sync.sync-server:not(.sync-busy)")`)
	b.shot("keyboard-labelled")
	b.noErrors()

	got := exported(t, data, "news")
	compareSpans(t, g.Spans, got[0].Layers[0].Spans)
	each := float64(actions) / float64(len(g.Spans))
	t.Logf("%d actions for %d mentions: %.2f a mention; keys %v", actions, len(g.Spans), each, uses)
	if each > most {
		t.Errorf("%.2f actions a mention, more than %.2f", each, most)
	}
}

// expert knows the article's editor by heart.
type expert struct {
	t      *testing.T
	editor *reading.Editor
	gold   *gold
	scheme scheme.Scheme
	layer  annotation.Layer
}

func newExpert(t *testing.T, g *gold) *expert {
	e := &expert{t: t, gold: g, scheme: scheme.Default(), layer: annotation.Layer{Status: annotation.New}}
	// Lines depend on the window, so the expert does without them.
	e.editor = reading.NewEditor(&g.article, &e.scheme, func(int, int) (int, bool) { return 0, false })
	return e
}

func (e *expert) press(k reading.Key) reading.Key {
	o, _ := e.editor.Key(k)
	e.take(o)
	return k
}

// takeSuggestions goes through the suggestions, accepts those that are right and
// passes over the others.
func (e *expert) takeSuggestions() (way []reading.Key) {
	e.editor.SuggestFrom(e.editor.FindSuggestions(nil))
	way = append(way, e.press(reading.Key{Code: "Semicolon"}))
	for seen := map[int]bool{}; ; {
		s, is := e.editor.Suggestion()
		if !is || seen[s.Start] {
			return way
		}
		seen[s.Start] = true
		if e.wants(s.Start, s.End, s.Label, s.Proclitic) {
			way = append(way, e.press(reading.Key{Code: "Semicolon"}))
		} else {
			way = append(way, e.press(reading.Key{Code: "Quote"}))
		}
	}
}

// offered reports whether other mentions of the new span are offered and all
// those that are checked are right.
func (e *expert) offered() bool {
	if _, news := e.editor.OfferNew(); !news {
		return false
	}
	s, _ := e.editor.Span()
	items, _ := e.editor.Mentions()
	some := false
	for _, m := range items {
		some = some || m.Checked
		if m.Checked && !e.wants(m.Start, m.End, s.Label, m.Proclitic) {
			return false
		}
	}
	return some
}

func (e *expert) wants(start, end int, label, proclitic string) bool {
	return slices.ContainsFunc(e.gold.Spans, func(s goldSpan) bool {
		return s.Start == start && s.End == end && s.Label == label && s.Proclitic == proclitic && !e.has(s)
	})
}

func (e *expert) has(want goldSpan) bool {
	return slices.ContainsFunc(e.layer.Spans, func(s annotation.NamedSpan) bool {
		return s.Start == want.Start && s.End == want.End && s.Label == want.Label
	})
}

// moves are the keys that lead to a mention.
var moves = func() (out []reading.Key) {
	for _, code := range []string{"ArrowLeft", "ArrowRight"} {
		for _, shift := range []bool{false, true} {
			out = append(out,
				reading.Key{Code: code, Shift: shift},
				reading.Key{Code: code, Shift: shift, Ctrl: true},
				reading.Key{Code: code, Shift: shift, Ctrl: true, Alt: true})
		}
	}
	out = append(out, reading.Key{Code: "Space"}, reading.Key{Code: "Space", Shift: true})
	out = append(out, reading.Key{Code: "Home", Ctrl: true})
	for _, code := range []string{"Period", "Comma", "PageDown", "PageUp", "Home", "End"} {
		out = append(out, reading.Key{Code: code})
	}
	return out
}()

// label returns the shortest way to the span and presses it.
func (e *expert) label(want goldSpan) []reading.Key {
	e.t.Helper()
	l, ok := e.scheme.Label(want.Label)
	if !ok {
		e.t.Fatalf("the default scheme has no label %s", want.Label)
	}
	type state struct {
		reading.Caret
		span string
	}
	type node struct {
		editor reading.Editor
		way    []reading.Key
	}
	at := func(ed *reading.Editor) state {
		s, _ := ed.Span()
		return state{ed.Caret(), s.ID}
	}
	seen := map[state]bool{at(e.editor): true}
	next := []node{{*e.editor, nil}}
	for len(next) > 0 && len(next) < 50_000 {
		var further []node
		for _, n := range next {
			if subject, there := n.editor.Subject(); there && subject.Text == want.Text {
				ed := n.editor
				o, _ := ed.Key(reading.Key{Code: l.Key})
				if e.made(o, want) {
					*e.editor = ed
					e.take(o)
					return append(n.way, reading.Key{Code: l.Key})
				}
			}
			for _, k := range moves {
				ed := n.editor
				o, used := ed.Key(k)
				if s := at(&ed); used && len(o.Changes) == 0 && o.Request == reading.NoRequest && !seen[s] {
					seen[s] = true
					further = append(further, node{ed, append(slices.Clip(n.way), k)})
				}
			}
		}
		next = further
	}
	e.t.Fatalf("no key leads to %q at %d", want.Text, want.Start)
	return nil
}

func (e *expert) made(o reading.Outcome, want goldSpan) bool {
	return slices.ContainsFunc(o.Changes, func(c annotation.Change) bool {
		return c.Kind == annotation.PutSpan && c.Span.Start == want.Start && c.Span.End == want.End && c.Span.Label == want.Label && c.Span.Proclitic == want.Proclitic &&
			!slices.ContainsFunc(e.layer.Spans, func(s annotation.NamedSpan) bool { return s.ID == c.Subject })
	})
}

// take brings the changes into the layer that the editor shows.
func (e *expert) take(o reading.Outcome) {
	layer := annotation.Layer{Status: annotation.New, Spans: slices.Clone(e.layer.Spans), Entities: slices.Clone(e.layer.Entities)}
	for _, c := range o.Changes {
		switch c.Kind {
		case annotation.PutSpan:
			layer.Spans = append(layer.Spans, annotation.NamedSpan{ID: c.Subject, Span: *c.Span})
		case annotation.PutEntity:
			layer.Entities = append(layer.Entities, annotation.NamedEntity{ID: c.Subject, Entity: *c.Entity})
		}
	}
	slices.SortStableFunc(layer.Spans, func(a, b annotation.NamedSpan) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	e.layer = layer
	e.editor.Show(&e.layer)
}

func modifiers(k reading.Key) (out []input.Modifier) {
	for _, m := range []struct {
		held bool
		input.Modifier
	}{{k.Ctrl, ctrl}, {k.Alt, alt}, {k.Shift, shift}} {
		if m.held {
			out = append(out, m.Modifier)
		}
	}
	return out
}

func name(k reading.Key) string {
	var parts []string
	for _, m := range []struct {
		held bool
		name string
	}{{k.Ctrl, "Ctrl"}, {k.Alt, "Alt"}, {k.Shift, "Shift"}} {
		if m.held {
			parts = append(parts, m.name)
		}
	}
	return strings.Join(append(parts, k.Code), "+")
}
