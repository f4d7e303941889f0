package suggest

import (
	"testing"

	"hashiya/app/annotation"
	"hashiya/app/text"
)

func TestAMemoryLearnsFromALayer(t *testing.T) {
	const learnt = "قال علييف لبوتين في تشاد."
	var m Memory
	m.AddLayer(text.NewIndex(learnt), &annotation.Layer{
		Entities: []annotation.NamedEntity{{ID: "e1", Entity: annotation.Entity{Name: "إلهام علييف", Label: "PER"}}},
		Spans: []annotation.NamedSpan{
			{ID: "s1", Span: annotation.Span{Start: 4, End: 9, Label: "PER", Entity: "e1"}},
			{ID: "s2", Span: annotation.Span{Start: 11, End: 16, Label: "PER", Proclitic: "ل", Entity: "gone"}},
			{ID: "s3", Span: annotation.Span{Start: 20, End: 900, Label: "GPE"}},
		},
		Refusals: []annotation.NamedRefusal{
			{ID: "r1", Refusal: annotation.Refusal{Start: 20, End: 24, Label: "GPE"}},
			{ID: "r2", Refusal: annotation.Refusal{Start: 20, End: 24, Label: "GPE"}},
			{ID: "r3", Refusal: annotation.Refusal{Start: 20, End: 24, Label: "GPE"}},
		},
	})
	const s = "عَلييف وبوتين في تشاد"
	x, p := over(s, "ar")
	if got, want := said(s, NewIndex("ar", &m).Suggest(x, p, nil, nil)), "عَلييف:PER(إلهام علييف) و+بوتين:PER"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
