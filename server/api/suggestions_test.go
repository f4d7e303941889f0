package api_test

import (
	"testing"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/scheme"
	"hashiya/app/suggest"
	"hashiya/app/text"
	"hashiya/app/wire"
)

// suggested returns what an annotator's browser would suggest in the article.
func suggested(a *agent, in string) (labels []string) {
	a.t.Helper()
	answer := call[wire.Suggestions](a, "GET", "/api/projects/news/suggestions", nil)
	if answer.Off {
		return []string{"off"}
	}
	x, of := text.NewIndex(in), article.New(in, "und", article.Meta{}, nil)
	for _, s := range suggest.NewIndex("und", answer.Memory).Suggest(x, of.Paragraphs(), nil, nil) {
		labels = append(labels, s.Label+" "+x.Slice(s.Start, s.End))
	}
	return labels
}

func TestWhatOnePersonLabelledIsSuggestedToAnother(t *testing.T) {
	s, art := withArticle(t)
	layla, omar := s.add("ليلى", wire.Annotator), s.add("omar", wire.Annotator)
	if got := suggested(omar, "عاد بوتين"); len(got) != 0 {
		t.Errorf("before the first label: %v", got)
	}
	layla.push(span(&art, "d1", 1, "s1"))
	eventually(t, "the label is suggested", func() bool {
		got := suggested(omar, "عاد بوتين")
		return len(got) == 1 && got[0] == "PER بوتين"
	})

	refusal := span(&art, "d2", 1, "r1")
	refusal.Change = annotation.Change{Subject: "r1", Kind: annotation.PutRefusal, Refusal: &annotation.Refusal{Start: 5, End: 10, Label: "PER", Source: annotation.FromMemory}}
	if r := omar.push(refusal); r[0].Outcome != wire.Accepted {
		t.Fatalf("the refusal was %+v", r[0])
	}
	eventually(t, "a refusal outweighs a single label", func() bool { return len(suggested(layla, "عاد بوتين")) == 0 })
}

func TestAProjectCanKeepItsAnnotatorsIndependent(t *testing.T) {
	s, art := withArticle(t)
	layla := s.add("ليلى", wire.Annotator)
	layla.push(span(&art, "d1", 1, "s1"))
	next := scheme.Default()
	next.Version, next.Unassisted = 2, true
	call[scheme.Scheme](s.asOperator(), "PUT", "/api/projects/news/scheme", next)
	if got := suggested(layla, "عاد بوتين"); len(got) != 1 || got[0] != "off" {
		t.Errorf("got %v", got)
	}
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatalf("it never came that %s", what)
}
