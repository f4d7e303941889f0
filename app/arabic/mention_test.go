package arabic

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hashiya/app/internal/awkward"
)

func TestOtherMentions(t *testing.T) {
	for _, c := range []struct{ core, proclitic, text, want string }{
		{"أذربيجان", "", "أذربيجان وأذربيجان لأذربيجان، بأذربيجان وبأذربيجان فأذربيجان", "أذربيجان! و+أذربيجان? ل+أذربيجان? ب+أذربيجان? وب+أذربيجان? ف+أذربيجان…"},
		{"الكرملين", "", "أعلن الكرملين وللكرملين والكرملين", "الكرملين! ول+لكرملين? و+الكرملين?"},
		{"اللجنة", "", "قالت اللجنة للجنة", "اللجنة! ل+لجنة?"},
		{"وكالة الأنباء", "", "وكالة الأنباء ولوكالة الأنباء", "وكالة الأنباء! ول+وكالة الأنباء!"},
		{"بوتين", "", "بوتين وبوتين تين بوتينية", "بوتين! و+بوتين?"},
		{"باكو", "", "باكـو بَاكُو ﺑﺎﻛﻮ", "باكـو! بَاكُو! ﺑﺎﻛﻮ!"},
		{"أحمد", "", "احمد", "احمد!"},
		{"مصطفى", "", "مصطفي", "مصطفي…"},
		{"آسيا", "", "ا\u0653سيا", "ا\u0653سيا!"},
		{"قطر", "", "قطر وقطر", "قطر… و+قطر…"},
		{"لكرملين", "ل", "الكرملين وللكرملين والكرملين", "الكرملين? ول+لكرملين? و+الكرملين?"},
		{"لجنة", "ل", "اللجنة للجنة لجنة الجنة", "اللجنة? ل+لجنة? لجنة! الجنة?"},
		{"لبنان", "ل", "لبنان ولبنان للبنان", "لبنان! و+لبنان? ل+لبنان?"},
		{"ألمانيا", "", "لألمانيا لالمانيا للمانيا", "ل+ألمانيا? ل+المانيا?"},
		{"كرملين", "", "الكرملين للكرملين", "ال+كرملين… لل+كرملين…"},
		{"ريا نوفوستي", "", "ريا  \u200F نوفوستي، وريا نوفوستي. ريا\nنوفوستي", "ريا  \u200F نوفوستي! و+ريا نوفوستي!"},
		{"2003", "", "و2003 ٢٠٠٣", "و+2003? ٢٠٠٣!"},
	} {
		var got []string
		for _, m := range NewFinder(c.text).Mentions(c.core, c.proclitic, nil) {
			s := slice(c.text, m.Start, m.End) + []string{"!", "?", "…"}[m.Trust()]
			if m.Proclitic != "" {
				s = m.Proclitic + "+" + s
			}
			got = append(got, s)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.core, strings.Join(got, " "), c.want)
		}
	}
}

func TestMentionsSkipWhatIsTaken(t *testing.T) {
	got := NewFinder("باكو وباكو باكو").Mentions("باكو", "", [][2]int{{0, 4}, {6, 8}})
	if fmt.Sprint(got) != "[{11 15  {1  0 false}}]" {
		t.Errorf("got %v", got)
	}
}

func TestMentionsAreWholeAndApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := awkward.Any().Draw(t, "text")
		core := rapid.SampledFrom(awkward.Pieces).Draw(t, "core")
		last := 0
		for _, m := range NewFinder(s).Mentions(core, "", nil) {
			if m.Start < last || m.End <= m.Start {
				t.Fatalf("%+v overlaps or is empty", m)
			}
			last = m.End
			n := len([]rune(m.Proclitic))
			if slice(s, m.Start-n, m.Start) != m.Proclitic {
				t.Fatalf("%q does not stand before %d", m.Proclitic, m.Start)
			}
			if a, b := NewKey(slice(s, m.Start, m.End), Loose).String(), NewKey(core, Loose).String(); a != b && !strings.HasSuffix(b, a) {
				t.Fatalf("found %q for %q", a, b)
			}
		}
	})
}

func TestAKeyLeadsBackToItsPlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := awkward.Any().Draw(t, "text")
		runes := []rune(s)
		for tier := Plain; tier <= Loose; tier++ {
			k := NewKey(s, tier)
			for i := range k.Runes {
				start, end := k.Range(i, i+1)
				if start >= end || end > len(runes) || i > 0 && k.At[i-1] > start {
					t.Fatalf("rune %d leads to [%d,%d)", i, start, end)
				}
			}
			if again := NewKey(k.String(), tier).String(); again != k.String() {
				t.Fatalf("the key of a key differs: %q, %q", again, k)
			}
		}
	})
}

func slice(s string, start, end int) string { return string([]rune(s)[start:end]) }
