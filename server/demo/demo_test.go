package demo

import (
	"bytes"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"hashiya/app/article"
	"hashiya/app/text"
	"hashiya/server/importing"
)

// imported returns the demo articles by file name.
func imported(t *testing.T) map[string]article.Article {
	t.Helper()
	out := map[string]article.Article{}
	for _, f := range Articles() {
		for res := range importing.Read(f.Name, bytes.NewReader(f.Data), importing.Options{}) {
			if res.Refusal != nil {
				t.Fatalf("%s refused: %s", f.Name, res.Refusal.Reason)
			}
			if err := res.Article.Validate(); err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
			out[f.Name] = res.Article
		}
	}
	return out
}

func TestEveryDemoArticleImportsWithABody(t *testing.T) {
	articles := imported(t)
	if len(articles) < 6 {
		t.Fatalf("%d articles, want at least 6", len(articles))
	}
	for name, a := range articles {
		body := false
		for _, r := range a.Regions {
			body = body || r.Kind == article.Body
		}
		if !body || a.Dir != text.RTL {
			t.Errorf("%s has regions %v and direction %s", name, a.Regions, a.Dir)
		}
	}
}

func TestTheScrapedDemoArticleHasEveryPartOfAPage(t *testing.T) {
	a := imported(t)["1-dams.txt"]
	m := a.Meta
	if m.Outlet == "" || m.Title == "" || m.Published != "2025-11-03" || m.Fetched != "2025-11-04T06:41:17Z" || len(m.Credits) != 2 {
		t.Errorf("meta = %+v", m)
	}
	if n := strings.Count(a.Text, m.Title); n != 2 {
		t.Errorf("the title stands %d times, want 2", n)
	}
	var kinds []string
	for _, r := range a.Regions {
		kinds = append(kinds, string(r.Kind))
	}
	if got := strings.Join(kinds, " "); got != "title body credit read_also tags similar" {
		t.Errorf("regions are %s", got)
	}
}

func TestTheLongDemoArticleIsLongAndRepeatsNothing(t *testing.T) {
	a := imported(t)["6-river.txt"]
	x := text.NewIndex(a.Text)
	words := 0
	seen := map[string]bool{}
	for _, p := range a.Paragraphs() {
		if p.Kind != article.Body {
			continue
		}
		s := x.Slice(p.Start, p.End)
		words += len(text.Words(s))
		if seen[s] {
			t.Errorf("this paragraph stands twice: %s", s)
		}
		seen[s] = true
	}
	if words < 5000 {
		t.Errorf("the body has %d words, want at least 5000", words)
	}
}

func TestTheAwkwardDemoArticleHasEveryAwkwardCharacter(t *testing.T) {
	a := imported(t)["2-awkward.txt"]
	for what, s := range map[string]string{
		"a proclitic before a name": " لأذربيجان", "another": " بأذربيجان", "two": " ولأذربيجان", "ل on ال": "وللجنة",
		"tashkeel": "مَن يَعُدّ", "tatweel": "ســـلام", "lam-alef": "لا حياد", "low quotes": "«", "high quotes": "“",
		"Latin and digits in quotes": "«F-16»", "Latin in brackets": "(GDP)", "a date with a slash": "سبتمبر/أيلول 2023",
		"a proclitic on digits": "و2003", "Arabic-Indic digits": "٢٠٢٠", "RLM": "\u200F", "LRM": "\u200E",
		"ZWNJ": "\u200C", "an emoji beyond the BMP": "🕊\uFE0F", "Hebrew": "תל אביב",
	} {
		if !strings.Contains(a.Text, s) {
			t.Errorf("%s (%q) is not in the awkward article", what, s)
		}
	}
	if n := strings.Count(a.Text, "\r\n"); n != 1 {
		t.Errorf("%d CRLF line ends, want 1: did a tool convert the file?", n)
	}
	decomposed := false
	for _, word := range strings.FieldsFunc(a.Text, unicode.IsSpace) {
		decomposed = decomposed || !norm.NFC.IsNormalString(word) && norm.NFD.IsNormalString(word)
	}
	if !decomposed {
		t.Error("no word is NFD: did a tool normalise the file?")
	}
}
