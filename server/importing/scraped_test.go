package importing

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hashiya/app/article"
	"hashiya/app/text"
)

var update = flag.Bool("update", false, "write the golden files of testdata anew")

type savedRegion struct {
	article.Region
	Text string `json:"text"`
}

func TestSavedPagesReadAsTheirGoldenFilesSay(t *testing.T) {
	pages, err := filepath.Glob("testdata/scraped/*.txt")
	if err != nil || len(pages) == 0 {
		t.Fatalf("no saved pages: %v", err)
	}
	for _, page := range pages {
		t.Run(filepath.Base(page), func(t *testing.T) {
			raw, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			a := oneArticle(t, bytes.NewReader(raw))
			if a.Text != string(raw) {
				t.Error("the text is not the file's, byte for byte")
			}
			var got struct {
				Meta    article.Meta  `json:"meta"`
				Regions []savedRegion `json:"regions"`
			}
			got.Meta = a.Meta
			x := text.NewIndex(a.Text)
			for _, r := range a.Regions {
				got.Regions = append(got.Regions, savedRegion{r, x.Slice(r.Start, r.End)})
			}
			var b bytes.Buffer
			e := json.NewEncoder(&b)
			e.SetEscapeHTML(false)
			e.SetIndent("", "  ")
			if err := e.Encode(got); err != nil {
				t.Fatal(err)
			}
			golden := strings.TrimSuffix(page, ".txt") + ".json"
			if *update {
				if err := os.WriteFile(golden, b.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if b.String() != string(want) {
				t.Errorf("got\n%s\nwant\n%s", &b, want)
			}
		})
	}
}

func TestPublicationDatesInTheFormsPapersUse(t *testing.T) {
	for in, want := range map[string]string{
		"19th, August 2024 GMT":           "2024-08-19",
		"August 19, 2024":                 "2024-08-19",
		"Mon, 1 Sep 2025":                 "2025-09-01",
		"2024-08-19":                      "2024-08-19",
		"2024-08-19T07:30:00Z":            "2024-08-19",
		"2024/8/9 10:15":                  "2024-08-09",
		"19/08/2024":                      "2024-08-19",
		"05/04/2024":                      "2024-04-05",
		"08/19/2024":                      "2024-08-19",
		"19 أغسطس 2024":                   "2024-08-19",
		"19 أغسطس/آب 2024":                "2024-08-19",
		"الإثنين 19 آب، 2024":             "2024-08-19",
		"١٩ أغُسطُس ٢٠٢٤":                 "2024-08-19",
		"۱۹ أغسطس ۲۰۲۴":                   "2024-08-19",
		"3 سبتمبر/أيلول 2023":             "2023-09-03",
		"7 تشرين الثاني 2025 - 10:40":     "2025-11-07",
		"7 تشرين الأول/أكتوبر 2025":       "2025-10-07",
		"1 كانون الأول 2025":              "2025-12-01",
		"2 جويلية 2025":                   "2025-07-02",
		"30 فبراير 2024":                  "",
		"قبل ساعتين":                      "",
		"2024":                            "",
		"هاتف 0912345678 في أغسطس المقبل": "",
	} {
		if got, _ := readDate(fold(in)); got != want {
			t.Errorf("%q is read as %q, want %q", in, got, want)
		}
	}
}

func TestFetchTimes(t *testing.T) {
	for in, want := range map[string]string{
		"2025-05-28@00:20:02 GMT":                 "2025-05-28T00:20:02Z",
		"2025-05-28 00:20:02 UTC":                 "2025-05-28T00:20:02Z",
		"2025-05-28T00:20Z":                       "2025-05-28T00:20:00Z",
		"2025-05-28T03:20:02+03:00":               "2025-05-28T00:20:02Z",
		"٢٠٢٥-٠٥-٢٨@٠٠:٢٠:٠٢ GMT":                 "2025-05-28T00:20:02Z",
		"2025-05-28@00:20:02":                     "", // no zone: we don't guess
		"2025-05-28":                              "",
		"في 2025-05-28@00:20:02 GMT انعقد المجلس": "",
	} {
		if got, _ := fetchTime(in); got != want {
			t.Errorf("%q is read as %q, want %q", in, got, want)
		}
	}
}

func FuzzScraped(f *testing.F) {
	pages, _ := filepath.Glob("testdata/scraped/*.txt")
	for _, page := range pages {
		raw, err := os.ReadFile(page)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		for res := range Read("fuzz.txt", bytes.NewReader(raw), Options{Format: "text"}) {
			if res.Refusal != nil {
				continue
			}
			if err := res.Article.Validate(); err != nil {
				t.Fatal(err)
			}
			if res.Article.Text != string(raw) {
				t.Fatal("the text was changed")
			}
		}
	})
}
