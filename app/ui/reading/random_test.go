package reading

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hashiya/app/annotation"
	"hashiya/app/internal/awkward"
	"hashiya/app/scheme"
)

func TestNoKeyIsGivenOutTwice(t *testing.T) {
	bound := map[chord]bool{}
	take := func(c chord) {
		if bound[c] {
			t.Errorf("%v is bound twice", c)
		}
		bound[c] = true
	}
	for _, g := range keyTable {
		for _, r := range g.rows {
			if r.does.Ar == "" || r.does.En == "" {
				t.Errorf("a row of %s has no words", g.title.En)
			}
			for _, b := range r.keys {
				take(b.chord)
				if b.extends {
					take(chord{b.code, b.mods | shift})
				}
			}
		}
	}
	for _, preset := range []scheme.Scheme{scheme.Default(), scheme.Wojood()} {
		for _, l := range append(preset.Labels, scheme.DefaultOptional()...) {
			if bound[chord{l.Key, 0}] {
				t.Errorf("%s: the key %s of %s is a command's", preset.Preset, l.Key, l.ID)
			}
		}
	}
}

func TestLevelsStackWhatIsNestedAndPartWhatCrosses(t *testing.T) {
	span := func(start, end int) annotation.NamedSpan {
		return annotation.NamedSpan{ID: fmt.Sprint(start, end), Span: annotation.Span{Start: start, End: end}}
	}
	got := levels([]annotation.NamedSpan{span(0, 20), span(0, 10), span(2, 4), span(8, 12), span(9, 11), span(30, 31)})
	if want := []int{0, 1, 2, 2, 3, 0}; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestWhateverIsDoneSpansStayInTheArticleAndUndoBringsEverythingBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := newsArticle()
		if rapid.Bool().Draw(t, "awkward") {
			s := awkward.Any().Draw(t, "text")
			if strings.TrimSpace(s) == "" {
				return
			}
			a = awkwardArticle(s)
		}
		w := work(t, a)
		n := len([]rune(a.Text))
		var codes []chord
		for c := range keyMap {
			codes = append(codes, c)
		}
		sortChords(codes)
		for _, l := range w.scheme.Labels {
			codes = append(codes, chord{l.Key, 0}, chord{l.Key, 0}) // label often
		}
		var states []string
		for range rapid.IntRange(10, 80).Draw(t, "steps") {
			before := state(w)
			switch rapid.SampledFrom([]string{"key", "key", "drag", "tap", "join", "merge", "stance"}).Draw(t, "act") {
			case "key":
				c := rapid.SampledFrom(codes).Draw(t, "chord")
				w.press(c.code, c.mods)
			case "drag":
				start := rapid.IntRange(0, n).Draw(t, "start")
				end := rapid.IntRange(start, n).Draw(t, "end")
				w.do(w.Dragged(start, end, rapid.Bool().Draw(t, "raw")))
			case "tap":
				var ids []string
				for _, s := range w.layer.Spans {
					ids = append(ids, s.ID)
				}
				w.do(w.Tapped(rapid.IntRange(0, n).Draw(t, "at"), ids, rapid.Bool().Draw(t, "touch")))
			case "join":
				if s, there := w.Span(); there && len(w.layer.Entities) > 0 {
					w.do(w.Join(s.ID, rapid.SampledFrom(w.layer.Entities).Draw(t, "entity").ID))
				}
			case "merge":
				if len(w.layer.Entities) > 0 {
					pick := rapid.SampledFrom(w.layer.Entities)
					w.do(w.Merge(pick.Draw(t, "from").ID, pick.Draw(t, "into").ID))
				}
			case "stance":
				if d := w.Draft(); d != nil && len(w.layer.Entities) > 0 {
					d.Holder = annotation.Holder{Author: true}
					d.Target = annotation.Target{Entity: rapid.SampledFrom(w.layer.Entities).Draw(t, "target").ID}
					d.Label, d.Mode = "against", annotation.Narration
					w.do(w.SaveStance())
				}
			}
			if len(w.last.Changes) > 0 {
				states = append(states, before)
			}
			w.last = Outcome{}
			sound(t, w)
		}

		after := state(w)
		for i := len(states) - 1; i >= 0; i-- {
			w.undo()
			if got := state(w); got != states[i] {
				t.Fatalf("undo %d:\n got %s\nwant %s", len(states)-i, got, states[i])
			}
		}
		for range states {
			if _, err := w.desk.Redo(); err != nil {
				t.Fatal(err)
			}
		}
		w.Show(w.desk.Layer())
		if got := state(w); got != after {
			t.Fatalf("all redone:\n got %s\nwant %s", got, after)
		}
	})
}

// sound fails when something impossible stands in the layer or on the screen.
func sound(t *rapid.T, w *annotator) {
	n := len([]rune(w.article.Text))
	seen := map[string]bool{}
	for _, s := range w.layer.Spans {
		if refused := w.allowed(annotation.Range{Start: s.Start, End: s.End}); refused != none {
			t.Fatalf("span [%d,%d) of %d: %s", s.Start, s.End, n, refused.En)
		}
		if body := w.Text(s.Start, s.End); strings.TrimSpace(body) != body {
			t.Fatalf("span %q begins or ends in space", body)
		}
		if p := len([]rune(s.Proclitic)); w.Text(s.Start-p, s.Start) != s.Proclitic {
			t.Fatalf("proclitic %q does not stand in front of %d", s.Proclitic, s.Start)
		}
		key := fmt.Sprint(s.Start, s.End, s.Label)
		if seen[key] {
			t.Fatalf("%s stands twice", key)
		}
		seen[key] = true
		if _, there := w.layer.Entity(s.Entity); s.Entity != "" && !there {
			t.Fatalf("the entity of %q is gone", w.Text(s.Start, s.End))
		}
	}
	for _, s := range w.layer.Stances {
		for id := range entitiesOf(&s.Stance) {
			if _, there := w.layer.Entity(id); !there {
				t.Fatal("a stance names an entity that is gone")
			}
		}
		for _, r := range s.Evidence {
			if r.Start < 0 || r.End <= r.Start || r.End > n {
				t.Fatalf("evidence %v", r)
			}
		}
	}
	for _, m := range w.Marks() {
		if m.Start < 0 || m.End <= m.Start || m.End > n {
			t.Fatalf("mark %+v", m)
		}
	}
	c := w.Caret()
	if c.Focus < 0 || c.Focus > n || c.Anchor < 0 || c.Anchor > n {
		t.Fatalf("caret %+v", c)
	}
}

func state(w *annotator) string {
	l := *w.layer
	if l.Status == annotation.New {
		l.Status = annotation.InProgress // what was undone was work all the same
	}
	return fmt.Sprint(l.Status, l.Entities, l.Spans, l.Stances)
}

func sortChords(c []chord) {
	for i := range c {
		for j := i; j > 0 && (c[j].code < c[j-1].code || c[j].code == c[j-1].code && c[j].mods < c[j-1].mods); j-- {
			c[j], c[j-1] = c[j-1], c[j]
		}
	}
}
