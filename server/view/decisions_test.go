package view

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/dataset"
	"hashiya/app/scheme"
	"hashiya/app/wire"
	"hashiya/server/access"
	"hashiya/server/record"
)

// answer returns the server's answer to an op of author.
func (h *history) answer(t *testing.T, author string, o *annotation.Op) (r wire.Result) {
	t.Helper()
	h.read(t, func(s Snapshot) {
		var there bool
		var err error
		if r, there, err = s.Answer(author, o); err != nil || !there {
			t.Errorf("op %s has no answer (%v)", o.ID(), err)
		}
	})
	return r
}

func TestTheSameOpAgainGetsItsFirstAnswerAndChangesNothing(t *testing.T) {
	h := begun()
	h.add(record.Op("سمر", span("d1", 1, "s1")))
	pos := uint64(len(h.entries))
	first := h.answer(t, "سمر", span("d1", 1, "s1"))
	if first.Outcome != wire.Accepted || first.Pos != pos {
		t.Fatalf("the op was answered with %+v, want accepted at %d", first, pos)
	}
	h.add(record.Op("سمر", span("d1", 1, "s1")))
	if again := h.answer(t, "سمر", span("d1", 1, "s1")); !reflect.DeepEqual(again, first) {
		t.Errorf("the second answer is %+v, the first was %+v", again, first)
	}
	h.read(t, func(s Snapshot) {
		if events := must(s.Events("سمر", 0, 100)).Events; countOps(events) != 1 {
			t.Errorf("the op stands %d times in the author's events", countOps(events))
		}
	})
}

func countOps(events []wire.Event) (n int) {
	for _, e := range events {
		if e.Op != nil {
			n++
		}
	}
	return n
}

func TestAnotherOpUnderAUsedIDIsQuarantinedAndTheFirstStands(t *testing.T) {
	h := begun()
	other := change(span("d1", 1, "s9"), func(o *annotation.Op) { o.Span.Label = "ORG" })
	h.add(record.Op("سمر", span("d1", 1, "s1")), record.Op("سمر", other))
	if v := h.verdict(t); v.Code != Foreign {
		t.Errorf("the verdict is %+v, want foreign", v)
	}
	if r := h.answer(t, "سمر", other); r.Outcome != wire.Quarantined {
		t.Errorf("the other op was answered with %+v, want quarantined", r)
	}
	if r := h.answer(t, "سمر", span("d1", 1, "s1")); r.Outcome != wire.Accepted {
		t.Errorf("the first op was answered with %+v, want accepted", r)
	}
}

func TestADeviceBelongsToWhoPushedWithItFirst(t *testing.T) {
	h := begun()
	h.add(record.Op("سمر", span("d1", 1, "s1")), record.Op("omar", span("d1", 2, "s2")))
	if v := h.verdict(t); v.Code != Foreign {
		t.Errorf("omar's op on سمر's device: %+v, want foreign", v)
	}
	if r := h.answer(t, "omar", span("d1", 2, "s2")); r.Outcome != wire.Quarantined {
		t.Errorf("omar was answered with %+v, want quarantined", r)
	}
	h.add(record.Op("سمر", span("d1", 2, "s3")))
	if r := h.answer(t, "سمر", span("d1", 2, "s3")); r.Outcome != wire.Accepted {
		t.Errorf("سمر's own second op was answered with %+v: another's try took her seq", r)
	}
}

func TestAnOpBehindAGapIsNotAnsweredAndMayComeLater(t *testing.T) {
	h := begun()
	h.add(record.Op("سمر", span("d1", 1, "s1")), record.Op("سمر", span("d1", 3, "s3")))
	if v := h.verdict(t); v.Code != Gap || v.Expected != 2 {
		t.Fatalf("the verdict is %+v, want a gap that expects 2", v)
	}
	h.read(t, func(s Snapshot) {
		if r, there, _ := s.Answer("سمر", span("d1", 3, "s3")); there {
			t.Errorf("the gap was remembered as the answer %+v", r)
		}
	})
	h.add(record.Op("سمر", span("d1", 2, "s2")), record.Op("سمر", span("d1", 3, "s3")))
	for seq := range uint64(3) {
		o := span("d1", seq+1, "s"+string(rune('1'+seq)))
		if r := h.answer(t, "سمر", o); r.Outcome != wire.Accepted {
			t.Errorf("op %d was answered with %+v", seq+1, r)
		}
	}
}

func TestAnOpThatCantBeIsRefusedForEverAndTheNextGoesOn(t *testing.T) {
	refused := map[string]struct {
		bend   func(*annotation.Op)
		reason string
	}{
		"an unknown project":     {func(o *annotation.Op) { o.Project = "nix" }, "no article"},
		"an unknown article":     {func(o *annotation.Op) { o.Article = "nix" }, "no article"},
		"another text":           {func(o *annotation.Op) { o.TextSHA256 = strings.Repeat("0", 64) }, "another text"},
		"a range behind the end": {func(o *annotation.Op) { o.Span.End = 10_000 }, "ends behind"},
		"no range":               {func(o *annotation.Op) { o.Span.End = o.Span.Start }, "no range"},
		"a label of no scheme":   {func(o *annotation.Op) { o.Span.Label = "KING" }, "not in scheme"},
		"a scheme of the future": {func(o *annotation.Op) { o.Scheme = 2 }, "no scheme version 2"},
		"no payload":             {func(o *annotation.Op) { o.Span = nil }, "payload"},
	}
	for what, c := range refused {
		t.Run(what, func(t *testing.T) {
			h := begun()
			bad := change(span("d1", 1, "s1"), c.bend)
			h.add(record.Op("سمر", bad), record.Op("سمر", span("d1", 2, "s2")))
			for range 2 {
				r := h.answer(t, "سمر", bad)
				if r.Outcome != wire.Refused || !strings.Contains(r.Reason, c.reason) {
					t.Errorf("answered with %+v, want refused because of %q", r, c.reason)
				}
				h.add(record.Op("سمر", bad))
			}
			if r := h.answer(t, "سمر", span("d1", 2, "s2")); r.Outcome != wire.Accepted {
				t.Errorf("the next op was answered with %+v", r)
			}
			h.read(t, func(s Snapshot) {
				if n := countOps(must(s.Events("سمر", 0, 100)).Events); n != 1 {
					t.Errorf("%d ops are in the layer, want the good one", n)
				}
			})
		})
	}
}

func TestWhoHasNoAccountLabelsNothing(t *testing.T) {
	h := begun()
	h.add(record.Op("nobody", span("d1", 1, "s1")))
	if r := h.answer(t, "nobody", span("d1", 1, "s1")); r.Outcome != wire.Refused {
		t.Errorf("answered with %+v, want refused", r)
	}
}

func TestAConflictKeepsAnArticleFromBeingDone(t *testing.T) {
	h := begun()
	done := func(device string, seq uint64) *annotation.Op {
		return change(span(device, seq, "status"), func(o *annotation.Op) {
			o.Change = annotation.Change{Subject: annotation.StatusSubject, Kind: annotation.SetStatus, Status: annotation.Done}
		})
	}
	a := change(span("d1", 2, "s1"), func(o *annotation.Op) { o.Span.Label, o.Prev = "ORG", []annotation.OpID{{Device: "d1", Seq: 1}} })
	b := change(span("d2", 1, "s1"), func(o *annotation.Op) {
		o.Span.Label, o.Lamport, o.Prev = "LOC", 5, []annotation.OpID{{Device: "d1", Seq: 1}}
	})
	h.add(record.Op("سمر", span("d1", 1, "s1")), record.Op("سمر", a), record.Op("سمر", done("d1", 3)))
	status := func() (status annotation.Status, doneCount int) {
		h.read(t, func(s Snapshot) {
			p, _, err := s.Project("news", "سمر")
			status, doneCount = must(s.Articles("news", "سمر"))[0].Status, must(p, err).Done
		})
		return status, doneCount
	}
	if s, n := status(); s != annotation.Done || n != 1 {
		t.Fatalf("before the conflict: %s, %d done", s, n)
	}
	h.add(record.Op("سمر", b))
	if s, n := status(); s != annotation.InProgress || n != 0 {
		t.Errorf("with a conflict open: %s, %d done, want in progress", s, n)
	}
	settled := change(span("d2", 2, "s1"), func(o *annotation.Op) {
		o.Lamport, o.Prev = 9, []annotation.OpID{{Device: "d1", Seq: 2}, {Device: "d2", Seq: 1}}
	})
	h.add(record.Op("سمر", settled))
	if s, n := status(); s != annotation.Done || n != 1 {
		t.Errorf("after the conflict was settled: %s, %d done", s, n)
	}
}

func TestTheSameTextIsAddedOnceAndAnIDNeverChangesItsText(t *testing.T) {
	h := begun()
	h.add(record.Article(access.Operator, "news", theArticle))
	if v := h.verdict(t); v.Code != Already {
		t.Errorf("the same article again: %+v, want already", v)
	}
	renamed := theArticle
	renamed.ID = "mine"
	h.add(record.Article(access.Operator, "news", renamed))
	if v := h.verdict(t); v.Code != Already {
		t.Errorf("the same text under another id: %+v, want already", v)
	}
	corrected := article.New(awkward+"!", "ar", article.Meta{}, nil)
	corrected.ID = theArticle.ID
	h.add(record.Article(access.Operator, "news", corrected))
	if v := h.verdict(t); v.Code != Taken {
		t.Errorf("another text under the same id: %+v, want taken", v)
	}
	altered := theArticle
	altered.Text += "!"
	h.add(record.Article(access.Operator, "news", altered))
	if v := h.verdict(t); v.Code != Invalid {
		t.Errorf("a text that does not hash to its hash: %+v, want invalid", v)
	}
	h.read(t, func(s Snapshot) {
		a, _, err := s.Article("news", theArticle.ID)
		if must(a, err).Text != awkward {
			t.Error("the article's text is not what came in, to the byte")
		}
	})
}

func TestANameIsTakenOnce(t *testing.T) {
	h := begun()
	for what, name := range map[string][2]string{"the id": {"news", "other"}, "the name": {"other", "أخبار"}, "a name that is an id": {"other", "news"}} {
		h.add(record.Project(access.Operator, name[0], name[1], scheme.Default()))
		if v := h.verdict(t); v.Code != Taken {
			t.Errorf("a project with %s of another: %+v, want taken", what, v)
		}
	}
	h.add(record.Account(access.Operator, "سمر", wire.Lead))
	if v := h.verdict(t); v.Code != Taken {
		t.Errorf("an account twice: %+v, want taken", v)
	}
	h.read(t, func(s Snapshot) {
		a, _, err := s.Account("سمر")
		if must(a, err).Role != wire.Annotator {
			t.Error("a second account of the name changed the first one's role")
		}
	})
}

func TestASchemeVersionFollowsTheLastAndOldLabelsStayValid(t *testing.T) {
	h := begun()
	next := scheme.Wojood()
	next.Version = 2
	h.add(record.Scheme("lead", "news", next))
	if v := h.verdict(t); v.Code != Done {
		t.Fatalf("version 2: %+v", v)
	}
	h.add(record.Scheme("lead", "news", next))
	if v := h.verdict(t); v.Code != Taken {
		t.Errorf("version 2 again: %+v, want taken", v)
	}
	h.add(record.Op("سمر", span("d1", 1, "s1"))) // PER is in version 1 only
	if r := h.answer(t, "سمر", span("d1", 1, "s1")); r.Outcome != wire.Accepted {
		t.Errorf("an op made under version 1 was answered with %+v", r)
	}
}

func TestAnAnnotatorMayNotDoALeadsWork(t *testing.T) {
	h := begun()
	for what, r := range map[string]func() Code{
		"a project": func() Code { h.add(record.Project("سمر", "x", "x", scheme.Default())); return h.verdict(t).Code },
		"an article": func() Code {
			h.add(record.Article("سمر", "news", article.New("نص", "ar", article.Meta{}, nil)))
			return h.verdict(t).Code
		},
		"a scheme":            func() Code { h.add(record.Scheme("سمر", "news", scheme.Default())); return h.verdict(t).Code },
		"an account":          func() Code { h.add(record.Account("سمر", "x", wire.Lead)); return h.verdict(t).Code },
		"a link":              func() Code { h.add(record.Link("سمر", "omar", "h")); return h.verdict(t).Code },
		"a token":             func() Code { h.add(record.Token("سمر", "omar", "h")); return h.verdict(t).Code },
		"another's password":  func() Code { h.add(record.Password("سمر", "omar", "x")); return h.verdict(t).Code },
		"a layer":             func() Code { h.add(record.Layer("سمر", "news", "a", "omar", "", nil)); return h.verdict(t).Code },
		"a lead's own doings": func() Code { h.add(record.Password("lead", "omar", "x")); return h.verdict(t).Code },
	} {
		if got := r(); got != Forbidden {
			t.Errorf("%s: %q, want forbidden", what, got)
		}
	}
}

func TestALinkOpensOnceAndOnlyWithinADay(t *testing.T) {
	h := begun()
	h.add(record.Link("lead", "omar", "h1"), record.LinkUse("h1"))
	if v := h.verdict(t); v.Code != Done {
		t.Fatalf("the first use: %+v", v)
	}
	h.add(record.LinkUse("h1"))
	if v := h.verdict(t); v.Code != Used {
		t.Errorf("the second use: %+v, want used", v)
	}
	h.add(record.LinkUse("h2"))
	if v := h.verdict(t); v.Code != Unknown {
		t.Errorf("a link that was never made: %+v, want unknown", v)
	}
	h.add(record.Link("lead", "omar", "h3"), record.LinkUse("h3"))
	last := &h.entries[len(h.entries)-1]
	last.Time = h.entries[len(h.entries)-2].Time.Add(LinkLife + time.Second)
	if v := h.verdict(t); v.Code != Expired {
		t.Errorf("a use after a day: %+v, want expired", v)
	}
	last.Time = last.Time.Add(-time.Second)
	if v := h.verdict(t); v.Code != Done {
		t.Errorf("a use at the last second: %+v", v)
	}
}

func TestAnImportedLayerIsTakenWholeAndNeverMixed(t *testing.T) {
	layer := func(end int) dataset.NamedLayer {
		return dataset.NamedLayer{Annotator: "ليلى", Layer: annotation.Layer{Status: annotation.Done, Scheme: 1, Spans: []annotation.NamedSpan{
			{ID: "s2", Span: annotation.Span{Start: 0, End: 3, Label: "MISC"}},
			{ID: "s1", Span: annotation.Span{Start: 5, End: end, Label: "PER"}},
		}}}
	}
	h := begun()
	add := func(l dataset.NamedLayer) Verdict {
		h.add(record.Layer("lead", "news", theArticle.ID, l.Annotator, must(dataset.Digest(&theArticle, l)), must(dataset.Ops("news", &theArticle, l))))
		return h.verdict(t)
	}
	bad := layer(10)
	bad.Spans[1].Label = "KING"
	if v := add(bad); v.Code != Invalid {
		t.Errorf("a layer with a label of no scheme: %+v, want invalid", v)
	}
	if v := add(layer(10)); v.Code != Done {
		t.Fatalf("a good layer behind a refused one: %+v", v)
	}
	if v := add(layer(10)); v.Code != Already {
		t.Errorf("the same layer: %+v, want already", v)
	}
	if v := add(layer(9)); v.Code != Taken {
		t.Errorf("another layer of the same annotator: %+v, want taken", v)
	}
	h.read(t, func(s Snapshot) {
		got := must(s.Layers("news", theArticle.ID, Everything))
		want := must(dataset.Digest(&theArticle, layer(10)))
		if len(got) != 1 || must(dataset.Digest(&theArticle, got[0])) != want {
			t.Errorf("the layer that came in is not the one that is there: %+v", got)
		}
	})
	o := span(must(dataset.Ops("news", &theArticle, layer(10)))[0].Device, 1, "s1")
	h.add(record.Op("omar", o))
	if v := h.verdict(t); v.Code != Foreign {
		t.Errorf("a push under an import's device: %+v, want foreign", v)
	}
}

func TestLayersAreReadAsTheyStoodAtAPosition(t *testing.T) {
	h := begun()
	h.add(record.Op("سمر", span("d1", 1, "s1")))
	at := uint64(len(h.entries))
	h.add(record.Op("سمر", span("d1", 2, "s2")), record.Op("omar", span("d2", 1, "s1")))
	h.read(t, func(s Snapshot) {
		then, now := must(s.Layers("news", theArticle.ID, at)), must(s.Layers("news", theArticle.ID, Everything))
		spans := func(layers []dataset.NamedLayer, of string) int {
			for _, l := range layers {
				if l.Annotator == of {
					return len(l.Spans)
				}
			}
			return 0
		}
		if spans(then, "سمر") != 1 || spans(then, "omar") != 0 {
			t.Errorf("at %d there were %+v", at, then)
		}
		if spans(now, "سمر") != 2 || spans(now, "omar") != 1 {
			t.Errorf("at the end there are %+v", now)
		}
	})
}

func TestProjectIDsAreNamesWhereTheyCanBe(t *testing.T) {
	if id := ProjectID("news-2026"); id != "news-2026" {
		t.Errorf("the id is %q", id)
	}
	id := ProjectID("أخبار الخليج")
	if article.ValidID(id) != nil || id != ProjectID("أخبار الخليج") || id == ProjectID("أخبار خليجية") {
		t.Errorf("the id of an Arabic name is %q", id)
	}
}
