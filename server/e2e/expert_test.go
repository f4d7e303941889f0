package e2e

import (
	"cmp"
	"slices"
	"testing"

	"hashiya/app/annotation"
	"hashiya/app/scheme"
	"hashiya/app/ui/reading"
)

// help is how much of what the app offers an annotator uses.
type help int

const (
	labelKeys   help = iota // a label's key for every mention
	otherPlaces             // also the other places of a name
	allHelp                 // also suggestions
)

// expert knows an article's editor by heart: for each mention, in reading order,
// the shortest way to it is looked for with the app's own editor.
type expert struct {
	t      *testing.T
	editor *reading.Editor
	gold   *gold
	help   help
	scheme scheme.Scheme
	layer  annotation.Layer
}

// plan returns the keys that label the whole article, from where the app puts
// the caret.
func plan(t *testing.T, g *gold, h help) (keys []reading.Key) {
	t.Helper()
	e := &expert{t: t, gold: g, help: h, scheme: scheme.Default(), layer: annotation.Layer{Status: annotation.New}}
	e.scheme.Unassisted = h < allHelp
	// Lines depend on the window, so the expert does without them.
	e.editor = reading.NewEditor(&g.article, &e.scheme, func(int, int) (int, bool) { return 0, false })
	if h == allHelp {
		e.editor.SuggestFrom(e.editor.FindSuggestions(nil))
	}
	for _, span := range g.Spans {
		if !e.has(span.Start, span.End, span.Label) {
			keys = append(keys, e.next(span)...)
		}
	}
	return keys
}

// next presses the shortest way to acts that bring the span, and nothing wrong.
func (e *expert) next(want goldSpan) []reading.Key {
	e.t.Helper()
	type state struct {
		reading.Caret
		span   string
		offers int
	}
	type node struct {
		editor reading.Editor
		way    []reading.Key
	}
	at := func(ed *reading.Editor) state {
		s, _ := ed.Span()
		offers, _ := ed.Mentions()
		return state{ed.Caret(), s.ID, len(offers)}
	}
	acts := e.acts(want.Label)
	seen := map[state]bool{at(e.editor): true}
	next := []node{{*e.editor, nil}}
	for len(next) > 0 && len(next) < 50_000 {
		var best node
		var done reading.Outcome
		most := 0
		var further []node
		for _, n := range next {
			for _, k := range acts {
				ed := n.editor
				o, _ := ed.Key(k)
				if right := e.right(o, want); right > most {
					most, best, done = right, node{ed, append(slices.Clip(n.way), k)}, o
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
		if most > 0 {
			*e.editor = best.editor
			e.take(done)
			return best.way
		}
		next = further
	}
	e.t.Fatalf("no key leads to %q at %d", want.Text, want.Start)
	return nil
}

// acts are the keys that can make a span of the label.
func (e *expert) acts(label string) []reading.Key {
	l, known := e.scheme.Label(label)
	if !known {
		e.t.Fatalf("the default scheme has no label %s", label)
	}
	keys := []reading.Key{{Code: l.Key}}
	if e.help >= otherPlaces {
		keys = append(keys, reading.Key{Code: l.Key, Shift: true}, reading.Key{Code: "Semicolon"}, reading.Key{Code: "Semicolon", Shift: true})
	}
	return keys
}

// right returns how many of the gold file's mentions an outcome makes; 0 where
// the wanted one is not among them, or one is wrong.
func (e *expert) right(o reading.Outcome, want goldSpan) (n int) {
	found := false
	for _, c := range o.Changes {
		if c.Kind != annotation.PutSpan {
			continue
		}
		s := c.Span
		if e.has(s.Start, s.End, s.Label) || slices.ContainsFunc(e.layer.Spans, func(old annotation.NamedSpan) bool { return old.ID == c.Subject }) {
			return 0
		}
		if e.gold.outside(s.Start) {
			continue // so much the better
		}
		if !slices.ContainsFunc(e.gold.Spans, func(g goldSpan) bool {
			return s.Start == g.Start && s.End == g.End && s.Label == g.Label && s.Proclitic == g.Proclitic
		}) {
			return 0
		}
		found = found || s.Start == want.Start && s.End == want.End && s.Label == want.Label
		n++
	}
	if !found {
		return 0
	}
	return n
}

func (e *expert) has(start, end int, label string) bool {
	return slices.ContainsFunc(e.layer.Spans, func(s annotation.NamedSpan) bool {
		return s.Start == start && s.End == end && s.Label == label
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
	for _, code := range []string{"Period", "BracketRight", "BracketLeft"} {
		out = append(out, reading.Key{Code: code, Shift: true})
	}
	for _, code := range []string{"Period", "Comma", "PageDown", "PageUp", "Home", "End", "Quote", "BracketLeft", "BracketRight"} {
		out = append(out, reading.Key{Code: code})
	}
	return out
}()

// take brings the changes into the layer that the editor shows, and does what
// the screen does once they are painted.
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
	e.editor.Show(&layer)
	e.editor.OfferNew()
}
