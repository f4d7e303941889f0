package reading

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/scheme"
	"hashiya/app/text"
)

// BenchmarkLabelKey is the editor's part of a label's key: the change, going on
// to the next candidate, and everything that is painted.
func BenchmarkLabelKey(b *testing.B) {
	data, err := os.ReadFile("../../../server/demo/articles/6-river.txt")
	if err != nil {
		b.Fatal(err)
	}
	for _, words := range []int{500, 5_000, 50_000} {
		for _, n := range []int{0, 100, 2_000} {
			b.Run(fmt.Sprintf("words=%d/spans=%d", words, n), func(b *testing.B) {
				e, layer := lengthy(string(data), words, n)
				start := layer
				for b.Loop() {
					o, _ := e.Key(Key{Code: "KeyM"})
					next := annotation.Layer{Status: start.Status, Spans: start.Spans}
					for _, c := range o.Changes {
						if c.Kind == annotation.PutSpan {
							next.Spans = append(append([]annotation.NamedSpan{}, start.Spans...), annotation.NamedSpan{ID: c.Subject, Span: *c.Span})
						}
					}
					e.Show(&next)
					e.Marks()
				}
			})
		}
	}
}

func lengthy(long string, words, spans int) (*Editor, annotation.Layer) {
	var body strings.Builder
	for n := 0; n < words; {
		for p := range strings.SplitSeq(long, "\n\n") {
			f := strings.Fields(p)
			f = f[:min(len(f), words-n)]
			n += len(f)
			body.WriteString(strings.Join(f, " ") + "\n\n")
		}
	}
	a := article.New(body.String(), "ar", article.Meta{}, nil)
	s := scheme.Default()
	e := NewEditor(&a, &s, nil)
	l := annotation.Layer{Status: annotation.InProgress}
	all := text.Words(a.Text)
	for i := range spans {
		from := i * len(all) / spans
		to := min(from+i%4, len(all)-1)
		l.Spans = append(l.Spans, annotation.NamedSpan{ID: fmt.Sprint("s", i), Span: annotation.Span{Start: all[from].Start, End: all[to].End, Label: "GPE"}})
	}
	e.SuggestFrom(e.FindSuggestions(nil))
	e.LikelyNames(e.FindLikelyNames())
	e.Show(&l)
	return e, l
}
