package exporting

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/dataset"
	"hashiya/server/importing"
)

// pieces are what goes wrong in other tools: proclitics, tashkeel, tatweel,
// lam-alef, quotes, mixed Latin, dates with a slash, bidi marks, ZWNJ, an
// emoji, CRLF, NFD, what JSON escapes, and what splits lines elsewhere.
var pieces = []string{
	"لأذربيجان", "وبأذربيجان", "للجنة", "مُحَمَّدٌ", "الـــعراق", "لا", "«", "»", "“", "”", "F-16", "سبتمبر/أيلول", "و2003",
	"\u200F", "\u200E", "می\u200Cروند", "🕊️", "👨‍👩‍👧", "\r\n", "\n", "\n\n", "أحمد", " ", " ", "\t", `"`, `\`, `\u0041`, "<b>&amp;</b>",
	"\u2028", "\u2029", "\x00", "\x7f", "\uFEFF", "\uFFFD", "עברית", "٢٠٢٤", "e\u0301",
}

func anyText(t *rapid.T, name string, least int) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), least, 40).Draw(t, name), "")
}

func anyRange(t *rapid.T, length int) annotation.Range {
	start := rapid.IntRange(0, length-1).Draw(t, "start")
	return annotation.Range{Start: start, End: rapid.IntRange(start+1, length).Draw(t, "end")}
}

func anyArticle(t *rapid.T) article.Article {
	s := "ح" + anyText(t, "text", 0)
	var meta article.Meta
	if rapid.Bool().Draw(t, "has meta") {
		meta = article.Meta{
			Title: anyText(t, "title", 0), Outlet: anyText(t, "outlet", 0), Published: "2024-08-19",
			Credits: rapid.SliceOf(rapid.SampledFrom(pieces)).Draw(t, "credits"),
		}
	}
	var regions []article.Region
	for at, n := 0, utf8.RuneCountInString(s); at < n; {
		end := rapid.IntRange(at+1, n).Draw(t, "region end")
		if rapid.Bool().Draw(t, "in a region") {
			regions = append(regions, article.Region{Kind: rapid.SampledFrom(article.RegionKinds).Draw(t, "kind"), Start: at, End: end})
		}
		at = end
	}
	return article.New(s, rapid.SampledFrom([]string{"ar", "fa", "und"}).Draw(t, "lang"), meta, regions)
}

func anyHolder(t *rapid.T, entities []string) annotation.Holder {
	holders := []annotation.Holder{{Author: true}, {Outlet: true}, {Implicit: true}}
	for _, e := range entities {
		holders = append(holders, annotation.Holder{Entity: e})
	}
	return rapid.SampledFrom(holders).Draw(t, "holder")
}

// anyOps is what one annotator did to the article on one device, changes and
// deletions of earlier changes included.
func anyOps(t *rapid.T, a *article.Article, annotator string) []annotation.Op {
	length := utf8.RuneCountInString(a.Text)
	labels := rapid.SampledFrom([]string{"PER", "ORG", "GPE", "DATE"})
	var f annotation.Fold
	var ops []annotation.Op
	do := func(c annotation.Change) {
		n := uint64(len(ops) + 1)
		o := annotation.Op{
			V: annotation.Version, Device: "device-of-" + annotator, Seq: n, Lamport: n, Project: "p", Article: a.ID,
			TextSHA256: a.TextSHA256, Scheme: rapid.IntRange(1, 4).Draw(t, "scheme"), Change: c, Prev: f.Heads(c.Subject),
		}
		if rapid.IntRange(0, 9).Draw(t, "conflict") == 0 {
			o.Prev = nil
		}
		f.Add(o)
		ops = append(ops, o)
	}
	var entities []string
	for i := range rapid.IntRange(0, 4).Draw(t, "entities") {
		id := fmt.Sprintf("e%d", i)
		entities = append(entities, id)
		do(annotation.Change{Subject: id, Kind: annotation.PutEntity, Entity: &annotation.Entity{Name: anyText(t, "name", 1), Label: labels.Draw(t, "label")}})
	}
	for i := range rapid.IntRange(0, 12).Draw(t, "spans") {
		r := anyRange(t, length)
		do(annotation.Change{Subject: fmt.Sprintf("s%d", i%9), Kind: annotation.PutSpan, Span: &annotation.Span{
			Start: r.Start, End: r.End, Label: labels.Draw(t, "label"),
			Proclitic: rapid.SampledFrom([]string{"", "ول", "لل"}).Draw(t, "proclitic"),
			Entity:    rapid.SampledFrom(append(entities, "")).Draw(t, "entity"),
			Source:    rapid.SampledFrom(append(annotation.Sources, "")).Draw(t, "source"),
		}})
	}
	for i := range rapid.IntRange(0, 4).Draw(t, "stances") {
		st := &annotation.Stance{
			Holder: anyHolder(t, entities), Target: annotation.Target{Claim: anyText(t, "claim", 1)},
			Label: rapid.SampledFrom([]string{"favor", "against"}).Draw(t, "stance"), Mode: rapid.SampledFrom(annotation.Modes).Draw(t, "mode"),
			Intensity: rapid.IntRange(0, 3).Draw(t, "intensity"), Certainty: rapid.IntRange(0, 3).Draw(t, "certainty"),
			Note: anyText(t, "note", 0),
		}
		for range rapid.IntRange(0, 3).Draw(t, "via") {
			st.Via = append(st.Via, anyHolder(t, entities))
		}
		for range rapid.IntRange(0, 3).Draw(t, "evidence") {
			st.Evidence = append(st.Evidence, anyRange(t, length))
		}
		do(annotation.Change{Subject: fmt.Sprintf("st%d", i), Kind: annotation.PutStance, Stance: st})
	}
	if len(entities) > 0 && rapid.Bool().Draw(t, "delete an entity") {
		do(annotation.Change{Subject: entities[0], Kind: annotation.DeleteEntity})
	}
	if rapid.Bool().Draw(t, "comment") {
		do(annotation.Change{Subject: "c0", Kind: annotation.PutComment, Comment: &annotation.Comment{On: rapid.SampledFrom([]string{"", "s0"}).Draw(t, "on"), Text: anyText(t, "comment", 1)}})
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "refusals") {
		r := anyRange(t, length)
		do(annotation.Change{Subject: fmt.Sprintf("r%d", i), Kind: annotation.PutRefusal, Refusal: &annotation.Refusal{
			Start: r.Start, End: r.End, Label: labels.Draw(t, "label"), Source: rapid.SampledFrom(append(annotation.Sources, "")).Draw(t, "source"),
		}})
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "sessions") {
		do(annotation.Change{Subject: fmt.Sprintf("w%d", i), Kind: annotation.PutWork, Work: &annotation.Work{ActiveSeconds: rapid.IntRange(0, 999).Draw(t, "seconds")}})
	}
	if status := rapid.SampledFrom([]annotation.Status{"", annotation.InProgress, annotation.Done, annotation.Skipped}).Draw(t, "status"); status != "" {
		reason := ""
		if status == annotation.Skipped {
			reason = anyText(t, "reason", 0)
		}
		do(annotation.Change{Subject: annotation.StatusSubject, Kind: annotation.SetStatus, Status: status, Reason: reason})
	}
	return ops
}

func fold(ops []annotation.Op) annotation.Layer {
	var f annotation.Fold
	f.Add(ops...)
	return f.Layer()
}

func anyDocuments(t *rapid.T) []dataset.Document {
	docs := map[string]dataset.Document{}
	for range rapid.IntRange(1, 4).Draw(t, "articles") {
		d := dataset.Document{Article: anyArticle(t)}
		for _, who := range []string{"gold", "ليلى", "ben"} {
			if rapid.Bool().Draw(t, "worked on") {
				d.Layers = append(d.Layers, dataset.NamedLayer{Annotator: who, Layer: fold(anyOps(t, &d.Article, who))})
			}
		}
		docs[d.Article.ID] = d
	}
	var out []dataset.Document
	for _, d := range docs {
		out = append(out, d)
	}
	slices.SortFunc(out, func(a, b dataset.Document) int { return strings.Compare(a.Article.ID, b.Article.ID) })
	return out
}

func iterate(docs []dataset.Document) iter.Seq2[dataset.Document, error] {
	return func(yield func(dataset.Document, error) bool) {
		for _, d := range docs {
			if !yield(d, nil) {
				return
			}
		}
	}
}

func exported(t interface {
	Helper()
	Fatal(...any)
}, docs []dataset.Document, o Options) (string, *Report) {
	t.Helper()
	var b bytes.Buffer
	report, err := Export(context.Background(), &b, iterate(docs), o)
	if err != nil {
		t.Fatal(err)
	}
	return b.String(), report
}

// The way through a second, empty data folder: what is imported becomes ops,
// the ops a layer, the layer an export.
func TestImportingAnExportAndExportingItAgainGivesTheSameBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first, _ := exported(t, anyDocuments(t), Options{})
		var docs []dataset.Document
		for res := range importing.Read("export.jsonl", strings.NewReader(first), importing.Options{}) {
			if res.Refusal != nil {
				t.Fatalf("line %d refused: %s", res.Line, res.Refusal.Reason)
			}
			d := dataset.Document{Article: res.Article}
			for _, l := range res.Layers {
				ops, err := dataset.Ops("second", &res.Article, l)
				if err != nil {
					t.Fatal(err)
				}
				for i := range ops {
					if err := ops[i].Validate(); err != nil {
						t.Fatalf("the log would refuse op %d: %v", i, err)
					}
				}
				d.Layers = append(d.Layers, dataset.NamedLayer{Annotator: l.Annotator, Layer: fold(ops)})
			}
			docs = append(docs, d)
		}
		second, _ := exported(t, docs, Options{})
		if first != second {
			t.Fatalf("first export:\n%s\nsecond export:\n%s", first, second)
		}
	})
}

func TestImportingTheSameLayerTwiceGivesTheLogTheSameOps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := anyArticle(t)
		l := dataset.NamedLayer{Annotator: "ليلى", Layer: fold(anyOps(t, &a, "l"))}
		if l.Status == annotation.New {
			t.Skip("nothing was done")
		}
		once, err := dataset.Ops("p", &a, l)
		if err != nil {
			t.Fatal(err)
		}
		again, _ := dataset.Ops("p", &a, dataset.NamedLayer{Annotator: "ليلى", Layer: fold(once)})
		if len(once) != len(again) {
			t.Fatalf("%d ops, then %d", len(once), len(again))
		}
		for i := range once {
			if once[i].ContentHash() != again[i].ContentHash() {
				t.Fatalf("op %d differs:\n%+v\n%+v", i, once[i], again[i])
			}
		}
		other, _ := dataset.Ops("p", &a, dataset.NamedLayer{Annotator: "سعاد", Layer: l.Layer})
		elsewhere, _ := dataset.Ops("q", &a, l)
		if other[0].Device == once[0].Device || elsewhere[0].Device == once[0].Device {
			t.Fatal("another annotator or project has the same import device: the log would drop its ops as known")
		}
	})
}
