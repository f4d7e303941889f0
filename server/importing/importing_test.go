package importing

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"hashiya/app/article"
	"hashiya/app/dataset"
)

const prose = "وصل «أحمد» إلى باكو 🕊️ قادمًا من لأذربيجان في سبتمبر/أيلول 2023."

// outcome lists the results of a file: "ok", or "line: reason".
func outcome(r io.Reader, o Options) (out []string) {
	for res := range Read("file", r, o) {
		if res.Refusal == nil {
			out = append(out, "ok")
		} else {
			out = append(out, fmt.Sprintf("%d: %s", res.Refusal.Line, res.Refusal.Reason))
		}
	}
	return out
}

// record returns the canonical line of an article over s.
func record(t testing.TB, s string) string {
	t.Helper()
	b, err := dataset.Marshal(dataset.Document{Article: article.New(s, "ar", article.Meta{}, nil)})
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestFilesThatCannotBeAnArticleAreRefusedWithTheReason(t *testing.T) {
	for name, c := range map[string]struct {
		in      string
		options Options
		want    string
	}{
		"empty":                    {"", Options{}, "empty"},
		"a byte order mark only":   {"\uFEFF", Options{}, "empty"},
		"white space only":         {" \r\n\t\n", Options{}, "empty"},
		"marks only":               {"\u200F\n\u200E", Options{}, "blank"},
		"windows-1256":             {"\xe3\xd1\xcd\xc8\xc7\n" + prose, Options{}, "not valid UTF-8 at byte 0 (line 1)"},
		"a bad byte on line 3":     {prose + "\n\n\xff", Options{}, "(line 3)"},
		"UTF-16":                   {"\xff\xfe\x27\x06", Options{}, "save the file as UTF-8"},
		"a text over the limit":    {prose, Options{MaxArticle: len(prose) - 1}, "limit for one article"},
		"a file over the limit":    {prose, Options{MaxFile: int64(len(prose) - 1)}, "limit for one file"},
		"a format nobody has":      {prose, Options{Format: "docx"}, "want one of auto, unsent, jsonl, text"},
		"JSON of another making":   {`{"text":"مرحبا"}`, Options{}, `offset_unit is ""`},
		"JSONL that is no article": {`{"foo":1}`, Options{}, `the key "foo"`},
	} {
		t.Run(name, func(t *testing.T) {
			got := outcome(strings.NewReader(c.in), c.options)
			if len(got) != 1 || !strings.Contains(got[0], c.want) {
				t.Errorf("results %q, want one refusal that says %q", got, c.want)
			}
		})
	}
}

func TestATextAtTheLimitsIsTaken(t *testing.T) {
	got := outcome(strings.NewReader(prose), Options{MaxArticle: len(prose), MaxFile: int64(len(prose))})
	if !slices.Equal(got, []string{"ok"}) {
		t.Errorf("results %q", got)
	}
}

func TestAReaderThatFailsIsARefusalNotAnArticle(t *testing.T) {
	half := io.MultiReader(strings.NewReader(strings.Repeat(prose, 2000)), iotest.ErrReader(errors.New("the disk is gone")))
	got := outcome(half, Options{})
	if len(got) != 1 || !strings.Contains(got[0], "the disk is gone") {
		t.Errorf("results %q", got)
	}
}

func TestAutoTellsTextFromJSONL(t *testing.T) {
	for in, want := range map[string]string{
		prose: "text", "{ليس هذا JSON} " + prose: "text",
		`{"id":"a"}`: "jsonl", "\uFEFF \n{ \"id\":\"a\"}": "jsonl",
	} {
		for _, f := range formats {
			if f.Detect([]byte(strings.TrimPrefix(in, "\uFEFF"))) {
				if f.Name() != want {
					t.Errorf("%q is detected as %s, want %s", in, f.Name(), want)
				}
				break
			}
		}
	}
}

func TestGoodLinesGoInBetweenBadOnes(t *testing.T) {
	long := record(t, strings.Repeat(prose, 400))
	lines := []string{
		record(t, prose),
		"\n",
		"not JSON\n",
		record(t, prose+" ثانية"),
		strings.Replace(record(t, "نص ثالث"), "ثالث", "رابع", 1),
		record(t, prose),
		long,
		"\xff\n",
		strings.TrimSuffix(record(t, "الأخير بلا سطر جديد"), "\n"),
	}
	got := outcome(strings.NewReader(strings.Join(lines, "")), Options{MaxArticle: 8000, Format: "jsonl"})
	want := []string{"ok", "3: not JSON", "ok", "5: ", "6: the article id", "7: the line is longer", "8: not valid UTF-8", "ok"}
	if len(got) != len(want) {
		t.Fatalf("results %q", got)
	}
	for i := range want {
		if !strings.HasPrefix(got[i], want[i]) {
			t.Errorf("result %d is %q, want %q", i, got[i], want[i])
		}
	}
	if !strings.Contains(got[3], "altered") {
		t.Errorf("the altered text is refused with %q", got[3])
	}
}

func TestWhatStandsBeforeTheFileLimitGoesIn(t *testing.T) {
	one := record(t, prose)
	got := outcome(strings.NewReader(one+record(t, prose+"!")), Options{MaxFile: int64(len(one) + 10)})
	if len(got) != 2 || got[0] != "ok" || !strings.Contains(got[1], "2: the file is larger than the limit") {
		t.Errorf("results %q", got)
	}
}

func TestReadingStopsWhenNobodyWantsMore(t *testing.T) {
	n := 0
	for range Read("file", strings.NewReader(record(t, "أ")+record(t, "ب")+"x\n"+record(t, "ج")), Options{}) {
		if n++; n == 2 {
			break
		}
	}
	if n != 2 {
		t.Errorf("%d results, want 2", n)
	}
}

// BenchmarkJSONL reads articles of some 5,000 words without labels.
func BenchmarkJSONL(b *testing.B) {
	var file strings.Builder
	for i := range 50 {
		file.WriteString(record(b, fmt.Sprint(i)+strings.Repeat(prose+" ", 450)))
	}
	b.SetBytes(int64(file.Len()))
	b.ReportAllocs()
	for b.Loop() {
		for res := range Read("file", strings.NewReader(file.String()), Options{}) {
			if res.Refusal != nil {
				b.Fatal(res.Refusal.Reason)
			}
		}
	}
}

func FuzzJSONL(f *testing.F) {
	full, err := os.ReadFile("../../app/dataset/testdata/canonical.jsonl")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(full)
	f.Add([]byte(record(f, prose)))
	f.Add([]byte(record(f, prose) + "\r\n\n" + record(f, "\uFEFF\u2028\x00")))
	f.Add([]byte(`{"id":"a","text":"\ud83d\ud83d","offset_unit":"codepoint","layers":[{"annotator":"x","spans":[{"start":-1}]}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		for res := range Read("fuzz.jsonl", strings.NewReader(string(raw)), Options{Format: "jsonl"}) {
			if res.Refusal != nil {
				if res.Refusal.Reason == "" {
					t.Fatal("a refusal without a reason")
				}
				continue
			}
			// What was taken must be taken again in its canonical form, and
			// stay as it is.
			once, err := dataset.Marshal(dataset.Document{Article: res.Article, Layers: res.Layers})
			if err != nil {
				t.Fatal(err)
			}
			d, err := dataset.Unmarshal(once)
			if err != nil {
				t.Fatalf("%v in %s", err, once)
			}
			if again, _ := dataset.Marshal(d); string(again) != string(once) {
				t.Fatalf("first\n%s\nthen\n%s", once, again)
			}
		}
	})
}
