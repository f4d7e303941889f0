package caret

import (
	"testing"

	"pgregory.net/rapid"

	"hashiya/app/internal/awkward"
)

func TestAnArrowGoesWhereItPointsInMixedLines(t *testing.T) {
	// Drawn from left to right: ب ة ABC ت ا (logical: ا ت A B C ة ب).
	m, _, _ := over("اتABCةب")
	for _, c := range []struct {
		from int
		left bool
		to   []int
	}{
		{0, true, []int{1, 4, 3, 2, 6, 7}},
		{7, false, []int{6, 5, 3, 4, 1, 0}},
	} {
		at := c.from
		for _, want := range c.to {
			if at = m.Beside(at, c.left); at != want {
				t.Fatalf("left=%v: at %d, want %d", c.left, at, want)
			}
		}
	}
	// A number runs to the right within Arabic.
	m, _, _ = over("عام 2003 ثم")
	if at := m.Beside(5, true); at != 4 {
		t.Errorf("left of 2|003 is %d, want 4", at)
	}
	if at := m.Beside(5, false); at != 6 {
		t.Errorf("right of 2|003 is %d, want 6", at)
	}
}

func TestArrowsReachEveryParagraphEndWithoutTurningBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, x, p := over(awkward.Any().Draw(t, "text"))
		if len(p) == 0 {
			return
		}
		for _, left := range []bool{false, true} {
			q := rapid.SampledFrom(p).Draw(t, "paragraph")
			i := m.paragraphAt(q.Start)
			places, at := m.placesOf(i), q.Start
			onward := left == (q.Dir == "rtl")
			if !onward {
				at = q.End
			}
			for steps := 0; ; steps++ {
				to := m.Beside(at, left)
				if to == at || m.paragraphAt(to) != i {
					break
				}
				if m.Clamp(to) != to || steps > x.Len() {
					t.Fatalf("left=%v: from %d to %d", left, at, to)
				}
				if places != nil {
					a, b := places[letterIndex(m, i, at)], places[letterIndex(m, i, to)]
					if (b < a) != left {
						t.Fatalf("left=%v: from place %d to place %d", left, a, b)
					}
				}
				at = to
			}
		}
	})
}

func letterIndex(m *Map, i, at int) int {
	for k, l := range m.stopsOf(i).letters {
		if l == at {
			return k
		}
	}
	return -1
}

func TestSteppingByWordsStopsWhereLabelsBegin(t *testing.T) {
	s := "زار «الوفد» لأذربيجان و2003 مرة"
	m, x, _ := over(s)
	snap := NewSnapper(x, m)
	var got []string
	for at := 0; at < x.Len(); {
		to := snap.Step(at, true, false)
		got = append(got, x.Slice(at, to))
		at = to
	}
	want := []string{"زار «", "الوفد» ل", "أذربيجان و", "2003 ", "مرة"}
	for i := range want {
		if i >= len(got) || got[i] != want[i] {
			t.Fatalf("got %q, want %q", got, want)
		}
	}
	start := runeIndex(s, "أذربيجان")
	if end := snap.Step(start, true, true); x.Slice(start, end) != "أذربيجان" {
		t.Errorf("extending takes %q", x.Slice(start, end))
	}
	if back := snap.Step(x.Len(), false, false); x.Slice(back, x.Len()) != "مرة" {
		t.Errorf("back at %d", back)
	}
}
