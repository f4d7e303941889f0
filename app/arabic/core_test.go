package arabic

import (
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hashiya/app/internal/awkward"
)

// form is a row of testdata/forms.tsv.
type form struct {
	word, leftOut, core, ladder, why string
	context                          []string
}

func forms(t *testing.T) []form {
	t.Helper()
	data, err := os.ReadFile("testdata/forms.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var out []form
	for line := range strings.Lines(string(data)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || f[0] == "word" {
			continue
		}
		if len(f) != 6 {
			t.Fatalf("%q has %d columns, want 6", line, len(f))
		}
		for i := range f {
			if f[i] == "-" {
				f[i] = ""
			}
		}
		out = append(out, form{f[0], f[2], f[3], f[4], f[5], strings.Fields(f[1])})
	}
	return out
}

func TestFormsAreCutAsTheTableSays(t *testing.T) {
	all := forms(t)
	if len(all) < 150 {
		t.Errorf("the table has %d forms, want 150 or more", len(all))
	}
	for _, f := range all {
		runes := []rune(f.word)
		n := CoreStart(f.word, NewLexicon(f.context))
		if left, core := string(runes[:n]), string(runes[n:]); left != f.leftOut || core != f.core {
			t.Errorf("%s (context %v): left out %q, core %q, want %q, %q: %s", f.word, f.context, left, core, f.leftOut, f.core, f.why)
		}
		at, ladder := Boundaries(f.word), ""
		for i, start := range at {
			end := len(runes)
			if i+1 < len(at) {
				end = at[i+1]
			}
			ladder += "|" + string(runes[start:end])
		}
		if ladder[1:] != f.ladder {
			t.Errorf("%s: the ladder is %s, want %s", f.word, ladder[1:], f.ladder)
		}
	}
}

// letters draws a word of what proclitics and cores are made of.
func letters() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		pieces := []string{
			"و", "ف", "ب", "ل", "ك", "س", "أ", "ا", "ال", "لل", "ٱ", "ـ", "َ", "\u200F", "\u200C", "ا\u0654", "ﻷ", "ﻭ", "ﻟ",
			"أذربيجان", "باكو", "والد", "كريم", "2003", "٣", "GDP", "ر", "ة", "א", "ی",
		}
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 8).Draw(t, "letters"), "")
	})
}

func TestWhatIsLeftOutIsAProcliticAndNeverTheWholeWord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.OneOf(letters(), rapid.SampledFrom(awkward.Pieces)).Draw(t, "word")
		known := NewLexicon(rapid.SliceOf(rapid.OneOf(letters(), rapid.Just(word))).Draw(t, "context"))
		runes, at := []rune(word), Boundaries(word)
		if at[0] != 0 || !slices.IsSorted(at) || len(slices.Compact(slices.Clone(at))) != len(at) {
			t.Fatalf("%q: boundaries %v", word, at)
		}
		for _, n := range at[1:] {
			if !IsProclitic(string(runes[:n])) {
				t.Fatalf("%q: %q is no proclitic", word, string(runes[:n]))
			}
			if len(NewKey(string(runes[n:]), Plain).Runes) == 0 || IsMark(runes[n]) {
				t.Fatalf("%q: %q is no core", word, string(runes[n:]))
			}
		}
		if n := CoreStart(word, known); !slices.Contains(at, n) {
			t.Fatalf("%q is cut at %d, which is none of its boundaries %v", word, n, at)
		}
	})
}

func TestIsProclitic(t *testing.T) {
	for s, want := range map[string]bool{
		"و": true, "وب": true, "أفل": true, "س": true, "وَبِ": true, "لـ": true, "ا\u0654و": true,
		"ال": true, "وال": true, "وبال": true, "لل": true, "ولل": true, "الـ": true, "أوبال": true, "ﻭ": true,
		"": false, "بو": false, "ا": false, "َ": false, "وو": false, "ر": false, "لال": false, "سال": false, "للل": false, "الو": false,
	} {
		if IsProclitic(s) != want {
			t.Errorf("%q: want %v", s, want)
		}
	}
}
