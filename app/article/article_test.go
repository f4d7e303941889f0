package article

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"hashiya/app/internal/awkward"
	"hashiya/app/text"
)

func TestTheSameTextIsTheSameArticleEverywhere(t *testing.T) {
	a, b := New(awkward.Text, "ar", Meta{Title: "أ"}, nil), New(awkward.Text, "ar", Meta{}, nil)
	if a.ID != b.ID || a.TextSHA256 != b.TextSHA256 {
		t.Errorf("ids %s and %s differ", a.ID, b.ID)
	}
	if a.Dir != text.RTL {
		t.Errorf("direction is %s", a.Dir)
	}
	if err := a.Validate(); err != nil {
		t.Error(err)
	}
}

func TestValidateNamesTheFault(t *testing.T) {
	good := New("نص قصير", "ar", Meta{}, []Region{{Body, 0, 7}})
	for want, spoil := range map[string]func(*Article){
		"altered":       func(a *Article) { a.Text += "." },
		"lie in order":  func(a *Article) { a.Regions = []Region{{Body, 0, 8}} },
		"not valid UTF": func(a *Article) { a.Text = "\xff" },
		"empty":         func(a *Article) { a.Text = "" },
		"article id":    func(a *Article) { a.ID = "a/b" },
	} {
		a := good
		spoil(&a)
		if err := a.Validate(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want an error with %q", err, want)
		}
	}
}

func TestParagraphsCoverEveryLetterOnceAndStayWithinRegions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := awkward.Any().Draw(t, "text")
		n := utf8.RuneCountInString(s)
		var regions []Region
		at := 0
		for range rapid.IntRange(0, 3).Draw(t, "regions") {
			start := rapid.IntRange(at, n).Draw(t, "start")
			end := rapid.IntRange(start, n).Draw(t, "end")
			if start < end {
				regions = append(regions, Region{Body, start, end})
				at = end
			}
		}
		a := New(s, "ar", Meta{}, regions)
		x, last := text.NewIndex(s), 0
		for _, p := range a.Paragraphs() {
			if p.Start < last || p.End <= p.Start {
				t.Fatalf("paragraph [%d,%d) is out of order", p.Start, p.End)
			}
			if strings.ContainsFunc(x.Slice(last, p.Start), func(r rune) bool { return r > ' ' && !blank(string(r)) }) {
				t.Fatalf("%q belongs to no paragraph", x.Slice(last, p.Start))
			}
			for cp := p.Start; cp < p.End; cp++ {
				if r, in := a.RegionAt(cp); in != (p.Kind != "") || in && r.Kind != p.Kind {
					t.Fatalf("code point %d of paragraph [%d,%d) %s lies in region %v", cp, p.Start, p.End, p.Kind, r)
				}
			}
			last = p.End
		}
	})
}
