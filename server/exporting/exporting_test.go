package exporting

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/dataset"
)

const prose = "وصل «أحمد» إلى لأذربيجان 🕊️ في سبتمبر/أيلول 2023."

func span(id, label string) annotation.NamedSpan {
	return annotation.NamedSpan{ID: id, Span: annotation.Span{Start: 5, End: 9, Label: label}}
}

// project has two articles: one with a gold layer that is done and one of
// ليلى that is not, and one that nobody has opened.
func project() []dataset.Document {
	st := annotation.NamedStance{ID: "t1", Stance: annotation.Stance{
		Holder: annotation.Holder{Entity: "deleted"}, Via: []annotation.Holder{{Entity: "gone"}}, Target: annotation.Target{Claim: "السلام"},
		Label: "favor", Mode: annotation.Quote,
	}}
	docs := []dataset.Document{
		{Article: article.New(prose, "ar", article.Meta{}, nil), Layers: []dataset.NamedLayer{
			{Annotator: Gold, Layer: annotation.Layer{Status: annotation.Done, Scheme: 1, Spans: []annotation.NamedSpan{span("a", "PER")}}},
			{Annotator: "ليلى", Layer: annotation.Layer{
				Status: annotation.InProgress, Scheme: 1,
				Spans:     []annotation.NamedSpan{span("a", "PER"), span("b", "ORG"), span("c", "ORG")},
				Stances:   []annotation.NamedStance{st},
				Conflicts: []annotation.Conflict{{Subject: "a"}, {Subject: "b"}},
			}},
		}},
		{Article: article.New(prose+" وعاد.", "ar", article.Meta{}, nil)},
	}
	slices.SortFunc(docs, func(a, b dataset.Document) int { return strings.Compare(a.Article.ID, b.Article.ID) })
	return docs
}

func losses(r *Report) map[LossKind]int {
	out := map[LossKind]int{}
	for _, l := range r.Losses {
		out[l.Kind] = l.Count
	}
	return out
}

func TestTheReportCountsWhatWasWrittenAndWhatWasLost(t *testing.T) {
	out, r := exported(t, project(), Options{})
	if lines := strings.Count(out, "\n"); lines != 2 {
		t.Errorf("%d lines, want one for each of 2 articles", lines)
	}
	if r.Articles != 2 || r.Layers != 2 || r.Done != 1 || r.Spans != 4 || r.SpansByLabel["ORG"] != 2 || r.Stances != 1 || r.StancesByLabel["favor"] != 1 {
		t.Errorf("report %+v", r)
	}
	got := losses(r)
	want := map[LossKind]int{NotDone: 1, OpenConflicts: 2, DanglingReferences: 2, NoLayer: 1}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("losses %v, want %v", got, want)
	}
	for _, say := range []string{"articles  2", "layers    2, 1 of them done", "spans     4: ORG 2, PER 2", "offsets in codepoints", "loss      2 open conflicts"} {
		if !strings.Contains(r.String(), say) {
			t.Errorf("the report for people does not say %q:\n%s", say, r)
		}
	}
	var back Report
	if b, err := json.Marshal(r); err != nil || json.Unmarshal(b, &back) != nil || back.Spans != 4 {
		t.Errorf("the report as JSON is %s (%v)", b, err)
	}
}

func TestTheLayerOptionChoosesWhoseLayersAreWritten(t *testing.T) {
	for layer, want := range map[string]struct{ layers, spans int }{
		"": {2, 4}, All: {2, 4}, Gold: {1, 1}, "ليلى": {1, 3}, "nobody": {0, 0},
	} {
		out, r := exported(t, project(), Options{Layer: layer})
		if r.Layers != want.layers || r.Spans != want.spans || r.Articles != 2 {
			t.Errorf("layer %q: %d layers, %d spans of %d articles, want %+v of 2", layer, r.Layers, r.Spans, r.Articles, want)
		}
		if n := strings.Count(out, `"annotator"`); n != want.layers {
			t.Errorf("layer %q: the file has %d layers, want %d", layer, n, want.layers)
		}
	}
}

func TestArticlesOutOfOrderStopTheExport(t *testing.T) {
	docs := project()
	slices.Reverse(docs)
	if _, err := Export(context.Background(), io.Discard, iterate(docs), Options{}); err == nil || !strings.Contains(err.Error(), "ascending") {
		t.Errorf("error %v", err)
	}
}

func TestAnUnknownFormatIsAnErrorThatNamesTheKnownOnes(t *testing.T) {
	if _, err := Export(context.Background(), io.Discard, iterate(nil), Options{Format: "docx"}); err == nil || !strings.Contains(err.Error(), "jsonl") {
		t.Errorf("error %v", err)
	}
}

func TestACancelledExportStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Export(ctx, io.Discard, iterate(project()), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestAFileIsReplacedWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "dataset.jsonl")
	if err := os.WriteFile(path, []byte("the old one"), 0o644); err != nil {
		t.Fatal(err)
	}
	broken := func(yield func(dataset.Document, error) bool) {
		if yield(project()[0], nil) {
			yield(dataset.Document{}, errors.New("the view is closed"))
		}
	}
	if _, err := ToFile(context.Background(), path, broken, Options{}); err == nil || !strings.Contains(err.Error(), "the view is closed") {
		t.Fatalf("error %v", err)
	}
	if b, _ := os.ReadFile(path); string(b) != "the old one" {
		t.Errorf("after a failed export the file holds %q", b)
	}
	if _, err := ToFile(context.Background(), path, iterate(project()), Options{}); err != nil {
		t.Fatal(err)
	}
	want, _ := exported(t, project(), Options{})
	if b, _ := os.ReadFile(path); string(b) != want {
		t.Errorf("the file holds %q", b)
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("the folder holds %v, want only the dataset", left)
	}
}

func TestALossListsOnlySoManyArticles(t *testing.T) {
	var many iter.Seq2[dataset.Document, error] = func(yield func(dataset.Document, error) bool) {
		for i := range 100 {
			a := article.New(prose, "ar", article.Meta{}, nil)
			a.ID = fmt.Sprintf("a%03d", i)
			if !yield(dataset.Document{Article: a}, nil) {
				return
			}
		}
	}
	r, err := Export(context.Background(), io.Discard, many, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if l := r.Losses[0]; l.Count != 100 || len(l.Articles) != MaxLossArticles {
		t.Errorf("loss %+v", l)
	}
}

// BenchmarkExport writes articles of 5,000 words with 200 spans each.
func BenchmarkExport(b *testing.B) {
	a := article.New(strings.Repeat(prose+" ", 700), "ar", article.Meta{}, nil)
	l := dataset.NamedLayer{Annotator: "ليلى", Layer: annotation.Layer{Status: annotation.Done, Scheme: 1}}
	for i := range 200 {
		s := span(fmt.Sprintf("%032d", i), "PER")
		s.Start, s.End = i*100, i*100+10
		l.Spans = append(l.Spans, s)
	}
	b.SetBytes(int64(len(a.Text)))
	b.ReportAllocs()
	docs := func(yield func(dataset.Document, error) bool) {
		for i := range b.N {
			a.ID = fmt.Sprintf("%012d", i)
			if !yield(dataset.Document{Article: a, Layers: []dataset.NamedLayer{l}}, nil) {
				return
			}
		}
	}
	if _, err := Export(context.Background(), io.Discard, docs, Options{}); err != nil {
		b.Fatal(err)
	}
}
