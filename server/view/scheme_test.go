package view

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"hashiya/app/annotation"
	"hashiya/app/dataset"
	"hashiya/app/scheme"
	"hashiya/app/wire"
	"hashiya/server/access"
	"hashiya/server/record"
)

const target = "عودة «بوتين» إلى أذربيجان"

// version returns the default scheme as a later version, after fn.
func version(n int, fn func(s *scheme.Scheme)) scheme.Scheme {
	s := scheme.Default()
	s.Version = n
	fn(&s)
	return s
}

func withoutPER(s *scheme.Scheme) { s.Labels = s.Labels[1:] }

func requiring(targets ...string) func(*scheme.Scheme) {
	return func(s *scheme.Scheme) { s.Targets = targets }
}

// under returns the op as made under a scheme version.
func under(n int, o *annotation.Op) *annotation.Op {
	return change(o, func(o *annotation.Op) { o.Scheme = n })
}

func status(device string, seq uint64, s annotation.Status, reason string) *annotation.Op {
	return change(span(device, seq, annotation.StatusSubject), func(o *annotation.Op) {
		o.Change = annotation.Change{Subject: annotation.StatusSubject, Kind: annotation.SetStatus, Status: s, Reason: reason}
	})
}

func judgement(device string, seq uint64, of string) *annotation.Op {
	return change(span(device, seq, ""), func(o *annotation.Op) {
		o.Change = annotation.Change{Subject: annotation.RequiredSubject(of), Kind: annotation.PutStance, Stance: &annotation.Stance{
			Holder: annotation.Holder{Outlet: true}, Via: []annotation.Holder{}, Target: annotation.Target{Claim: of}, Label: "favor",
			Mode: annotation.Narration, Evidence: []annotation.Range{},
		}}
	})
}

// shown returns the state of سمر's layer by its list and by its fold, which must
// say the same.
func (h *history) shown(t *testing.T) (a wire.ArticleSummary, l annotation.Layer, done int) {
	t.Helper()
	h.read(t, func(s Snapshot) {
		a = must(s.Articles("news", "سمر"))[0]
		for _, named := range must(s.Layers("news", theArticle.ID, math.MaxUint64)) {
			if named.Annotator == "سمر" {
				l = named.Layer
			}
		}
		p, _, err := s.Project("news", "سمر")
		if err != nil {
			t.Fatal(err)
		}
		done = p.Done
	})
	if a.Status != l.Status && !(a.Status == annotation.New && l.Status == "") || a.Unjudged != len(l.Unjudged) {
		t.Errorf("the list says %s with %d not judged, the layer %s with %q", a.Status, a.Unjudged, l.Status, l.Unjudged)
	}
	if (done == 1) != (l.Status == annotation.Done) {
		t.Errorf("%d articles are done, the layer is %s", done, l.Status)
	}
	return a, l, done
}

func TestAnOpMadeUnderTheOldSchemeIsTakenAfterItsLabelWasRetired(t *testing.T) {
	h := begun()
	h.add(record.Scheme("lead", "news", version(2, withoutPER)))
	h.add(record.Op("سمر", span("d1", 1, "s1")))
	if r := h.answer(t, "سمر", span("d1", 1, "s1")); r.Outcome != wire.Accepted {
		t.Errorf("answered with %+v", r)
	}
	if _, l, _ := h.shown(t); len(l.Spans) != 1 || l.Spans[0].Label != "PER" {
		t.Errorf("the layer has %+v", l.Spans)
	}
}

func TestASpanWithARetiredLabelCanStillBeResizedAndBroughtBack(t *testing.T) {
	h := begun()
	h.add(record.Op("سمر", span("d1", 1, "s1")), record.Scheme("lead", "news", version(2, withoutPER)))
	resized := under(2, change(span("d1", 2, "s1"), func(o *annotation.Op) { o.Span.End++ }))
	h.add(record.Op("سمر", resized))
	if r := h.answer(t, "سمر", resized); r.Outcome != wire.Accepted {
		t.Errorf("resizing was answered with %+v", r)
	}
	h.add(record.Scheme("lead", "news", version(3, func(*scheme.Scheme) {})))
	h.read(t, func(s Snapshot) {
		p, _, _ := s.Project("news", "")
		if _, offered := p.Scheme.Label("PER"); !offered || len(p.Scheme.Retired) != 0 {
			t.Errorf("version 3 has %+v, retired %+v", p.Scheme.Labels, p.Scheme.Retired)
		}
	})
}

func TestALabelThatAVersionForgetsIsRetiredInIt(t *testing.T) {
	h := begun()
	h.add(record.Scheme("lead", "news", version(2, func(s *scheme.Scheme) { withoutPER(s); s.Stances = s.Stances[:4] })))
	h.read(t, func(s Snapshot) {
		two, _, _ := s.Scheme("news", 2)
		if _, known := two.Known("PER"); !known {
			t.Error("PER is forgotten")
		}
		if _, known := two.KnownStance("unclear"); !known {
			t.Error("unclear is forgotten")
		}
	})
}

func TestADeviceWithAnOlderSchemeMayChangeASpanWithANewerLabel(t *testing.T) {
	h := begun()
	h.add(record.Scheme("lead", "news", version(2, func(s *scheme.Scheme) { s.Labels = append(s.Labels, scheme.DefaultOptional()[0]) })))
	law := change(span("d1", 1, "s1"), func(o *annotation.Op) { o.Span.Label = "LAW" })
	king := change(span("d1", 2, "s2"), func(o *annotation.Op) { o.Span.Label = "KING" })
	h.add(record.Op("سمر", law), record.Op("سمر", king))
	if r := h.answer(t, "سمر", law); r.Outcome != wire.Accepted {
		t.Errorf("a label of version 2 under version 1: %+v", r)
	}
	if r := h.answer(t, "سمر", king); r.Outcome != wire.Refused {
		t.Errorf("a label of no version: %+v", r)
	}
}

func TestAnArticleIsNotDoneUntilEveryTargetOfItsVersionIsJudged(t *testing.T) {
	h := begun()
	h.add(record.Scheme("lead", "news", version(2, requiring(target, "الغاز"))))
	done := under(2, status("d1", 1, annotation.Done, ""))
	h.add(record.Op("سمر", done), record.Op("سمر", under(2, judgement("d1", 2, "الغاز"))))
	if r := h.answer(t, "سمر", done); r.Outcome != wire.Accepted {
		t.Errorf("the op was answered with %+v: nothing is lost, and nothing is stuck", r)
	}
	if a, l, _ := h.shown(t); a.Status != annotation.InProgress || !slices.Equal(l.Unjudged, []string{target}) {
		t.Errorf("%s, not judged %q", a.Status, l.Unjudged)
	}
	h.add(record.Op("سمر", under(2, judgement("d1", 3, target))))
	if a, _, _ := h.shown(t); a.Status != annotation.Done {
		t.Errorf("with both judged it is %s", a.Status)
	}
	back := under(2, change(judgement("d2", 1, target), func(o *annotation.Op) {
		o.Lamport, o.Prev = 9, []annotation.OpID{{Device: "d1", Seq: 3}}
		o.Change = annotation.Change{Subject: o.Subject, Kind: annotation.DeleteStance}
	}))
	h.add(record.Op("سمر", back))
	if a, _, _ := h.shown(t); a.Status != annotation.InProgress {
		t.Errorf("another device took a judgement back, and it is %s", a.Status)
	}
}

func TestWhatWasDoneUnderAnEarlierVersionStaysDoneWhenTargetsAreAdded(t *testing.T) {
	h := begun()
	h.add(record.Scheme("lead", "news", version(2, requiring(target))))
	h.add(record.Op("سمر", status("d1", 1, annotation.Done, ""))) // an offline device, under version 1
	if a, _, _ := h.shown(t); a.Status != annotation.Done {
		t.Errorf("it is %s", a.Status)
	}
	h.add(record.Scheme("lead", "news", version(3, requiring())))
	again := under(3, change(status("d1", 2, annotation.Done, ""), func(o *annotation.Op) { o.Prev = []annotation.OpID{{Device: "d1", Seq: 1}} }))
	h.add(record.Op("سمر", again))
	if a, _, _ := h.shown(t); a.Status != annotation.Done {
		t.Errorf("version 3 requires nothing, and it is %s", a.Status)
	}
	h.read(t, func(s Snapshot) {
		p, _, _ := s.Project("news", "")
		for v, want := range map[int]int{1: 0, 2: 1, 3: 0} {
			if got := p.RequiredUnder(v); len(got) != want {
				t.Errorf("version %d requires %q", v, got)
			}
		}
	})
}

func TestAnImportedLayerThatIsHeldIsThereAlreadyInBothItsForms(t *testing.T) {
	h := begun()
	h.add(record.Scheme("lead", "news", version(2, requiring(target))))
	imported := dataset.NamedLayer{Annotator: "نور", Layer: annotation.Layer{Status: annotation.Done, Scheme: 2}}
	add := func(l dataset.NamedLayer) Verdict {
		ops := must(dataset.Ops("news", &theArticle, l))
		h.add(record.Layer("lead", "news", theArticle.ID, "نور", must(dataset.Digest(&theArticle, l)), ops))
		return h.verdict(t)
	}
	if v := add(imported); v.Code != Done {
		t.Fatalf("the import: %+v", v)
	}
	if v := add(imported); v.Code != Already {
		t.Errorf("the same again: %+v", v)
	}
	h.read(t, func(s Snapshot) {
		imported = must(s.Layers("news", theArticle.ID, math.MaxUint64))[0]
	})
	if v := add(imported); imported.Status != annotation.InProgress || v.Code != Already {
		t.Errorf("as it is exported (%s): %+v", imported.Status, v)
	}
}

func TestWhatIsFlaggedIsListedForWhoLeadsUntilItIsTakenBack(t *testing.T) {
	h := begun()
	h.add(record.Scheme("lead", "news", version(2, requiring(target))))
	flag := change(span("d1", 1, "c1"), func(o *annotation.Op) {
		o.Change = annotation.Change{Subject: "c1", Kind: annotation.PutComment, Comment: &annotation.Comment{Text: "اسمان متشابهان", Flag: true}}
	})
	remark := change(span("d1", 2, "c2"), func(o *annotation.Op) {
		o.Change = annotation.Change{Subject: "c2", Kind: annotation.PutComment, Comment: &annotation.Comment{Text: "ملاحظة لي"}}
	})
	h.add(record.Op("سمر", flag), record.Op("سمر", remark), record.Op("سمر", under(2, status("d1", 3, annotation.Done, ""))))
	h.add(record.Op("omar", status("d9", 1, annotation.Skipped, "ليس خبرًا")))
	flagged := func() (out []string) {
		h.read(t, func(s Snapshot) {
			for _, f := range must(s.Flagged("news")) {
				if f.Article != theArticle.ID {
					t.Errorf("flagged is %s", f.Article)
				}
				out = append(out, f.Annotator+" "+string(f.Kind)+" "+f.Reason)
			}
		})
		slices.Sort(out)
		return out
	}
	want := []string{"omar skipped ليس خبرًا", "سمر flag اسمان متشابهان", "سمر unjudged " + target}
	if got := flagged(); !reflect.DeepEqual(got, want) {
		t.Errorf("flagged: %q", got)
	}
	h.add(record.Op("سمر", change(span("d1", 4, "c1"), func(o *annotation.Op) {
		o.Change, o.Prev = annotation.Change{Subject: "c1", Kind: annotation.DeleteComment}, []annotation.OpID{{Device: "d1", Seq: 1}}
	})), record.Op("سمر", under(2, judgement("d1", 5, target))))
	h.add(record.Op("omar", change(status("d9", 2, annotation.InProgress, ""), func(o *annotation.Op) { o.Prev = []annotation.OpID{{Device: "d9", Seq: 1}} })))
	if got := flagged(); len(got) != 0 {
		t.Errorf("all was taken back, and %q is left", got)
	}
}

func TestWhoMadeAVersionAndWhatItChangedIsKept(t *testing.T) {
	h := begun()
	h.add(record.Scheme("lead", "news", version(2, func(s *scheme.Scheme) { s.Labels[0].Names.Ar = "إنسان" })))
	h.add(record.Scheme("lead", "news", version(2, withoutPER))) // too late
	if v := h.verdict(t); v.Code != Taken || !strings.Contains(v.Reason, "load it again") {
		t.Errorf("the second version 2: %+v", v)
	}
	h.read(t, func(s Snapshot) {
		got := must(s.SchemeVersions("news"))
		want := []wire.SchemeVersion{
			{Version: 2, By: "lead", Time: "2026-11-23T08:00:06Z", Changes: []scheme.Change{{Kind: scheme.LabelsRenamed, IDs: []string{"PER"}}}},
			{Version: 1, By: access.Operator, Time: "2026-11-23T08:00:04Z"},
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("versions: %+v", got)
		}
	})
}

func TestTheUseOfASchemeIsCountedOverAllLayers(t *testing.T) {
	h := begun()
	h.add(record.Op("سمر", span("d1", 1, "s1")), record.Op("سمر", judgement("d1", 2, target)),
		record.Op("omar", span("d2", 1, "s1")), record.Op("omar", change(span("d2", 2, "s2"), func(o *annotation.Op) { o.Span.Label = "GPE" })))
	h.read(t, func(s Snapshot) {
		got := must(s.SchemeUse("news"))
		want := wire.SchemeUse{
			Labels:  map[string]wire.Use{"PER": {Count: 2, Articles: 1}, "GPE": {Count: 1, Articles: 1}},
			Stances: map[string]wire.Use{"favor": {Count: 1, Articles: 1}},
			Targets: map[string]wire.Use{target: {Count: 1, Articles: 1}},
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("use: %+v", got)
		}
	})
}
