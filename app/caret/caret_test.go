package caret

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"hashiya/app/article"
	"hashiya/app/internal/awkward"
	"hashiya/app/text"
)

func over(s string) (*Map, *text.Index, []article.Paragraph) {
	a := article.New(s, "ar", article.Meta{}, nil)
	x := text.NewIndex(s)
	p := a.Paragraphs()
	return NewMap(x, p), x, p
}

func TestMovingForwardVisitsEveryStopOnceAndBackAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, x, p := over(awkward.Any().Draw(t, "text"))
		if len(p) == 0 {
			return
		}
		for _, u := range []Unit{Letter, Word, Sentence, Paragraph} {
			at := m.Move(0, Text, false)
			end := m.Move(0, Text, true)
			for steps := 0; at != end; steps++ {
				to := m.Move(at, u, true)
				if to <= at || m.Clamp(to) != to || steps > x.Len() {
					t.Fatalf("unit %d: from %d to %d of %d", u, at, to, end)
				}
				at = to
			}
			if m.Move(end, u, true) != end {
				t.Fatalf("unit %d leaves the end of the text", u)
			}
			for at != p[0].Start {
				to := m.Move(at, u, false)
				if to >= at {
					t.Fatalf("unit %d back: from %d to %d", u, at, to)
				}
				at = to
			}
		}
		var there, back []int
		for at := p[0].Start; at != p[len(p)-1].End; at = m.Move(at, Letter, true) {
			there = append(there, at)
		}
		for at := p[len(p)-1].End; at != p[0].Start; {
			at = m.Move(at, Letter, false)
			back = append(back, at)
		}
		slices.Reverse(back)
		if !slices.Equal(there, back) {
			t.Fatalf("letters forward %v, back %v", there, back)
		}
	})
}

func TestALetterStepNeverSplitsWhatTheReaderSeesAsOne(t *testing.T) {
	m, x, _ := over("مُحَ 🙂 e\u0301")
	var got []string
	for at := 0; at != x.Len(); {
		to := m.Move(at, Letter, true)
		got = append(got, x.Slice(at, to))
		at = to
	}
	if want := []string{"مُ", "حَ", " ", "🙂", " ", "e\u0301"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestSnapping(t *testing.T) {
	s := "وقّع «الوفد» اتفاقا لأذربيجان و2003 عقدا، في سبتمبر/أيلول 2018. أذربيجان"
	m, x, _ := over(s)
	snap := NewSnapper(x, m)
	for _, c := range []struct{ selected, want, proclitic string }{
		{"لأذر", "أذربيجان", "ل"},
		{"جان", "أذربيجان", "ل"},
		{"«الوفد» ", "الوفد", ""},
		{"و2003", "2003", "و"},
		{"مبر/أيلول 20", "سبتمبر/أيلول 2018", ""},
		{"عقدا، ", "عقدا", ""},
	} {
		start := runeIndex(s, c.selected)
		from, to, proclitic, ok := snap.Snap(start, start+len([]rune(c.selected)))
		if !ok || x.Slice(from, to) != c.want || proclitic != c.proclitic {
			t.Errorf("%q: got %q with %q left out, want %q with %q", c.selected, x.Slice(from, to), proclitic, c.want, c.proclitic)
		}
	}
	if _, _, _, ok := snap.Snap(5, 6); ok {
		t.Error("a quote alone snaps to something")
	}
}

func TestSnappingNeverEndsInSpaceAndNeverLeavesItsWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, x, p := over(awkward.Any().Draw(t, "text"))
		if len(p) == 0 {
			return
		}
		snap := NewSnapper(x, m)
		q := rapid.SampledFrom(p).Draw(t, "paragraph")
		start := rapid.IntRange(q.Start, q.End).Draw(t, "start")
		end := rapid.IntRange(start, q.End).Draw(t, "end")
		from, to, proclitic, ok := snap.Snap(start, end)
		if !ok {
			return
		}
		if from < q.Start || to > q.End || from >= to {
			t.Fatalf("[%d,%d) of paragraph [%d,%d)", from, to, q.Start, q.End)
		}
		if body := x.Slice(from, to); body[0] == ' ' || body[len(body)-1] == ' ' {
			t.Fatalf("%q", body)
		}
		if n := len([]rune(proclitic)); x.Slice(from-n, from) != proclitic {
			t.Fatalf("proclitic %q does not stand before %d", proclitic, from)
		}
	})
}

func runeIndex(s, sub string) int {
	r, q := []rune(s), []rune(sub)
	for i := range r {
		if i+len(q) <= len(r) && slices.Equal(r[i:i+len(q)], q) {
			return i
		}
	}
	return -1
}
