package reading

import (
	"strings"
	"testing"
	"time"

	"hashiya/app/annotation"
)

// stance writes a complete stance between two entities, by their names.
func (w *annotator) stance(holder, target string) *annotator {
	w.t.Helper()
	start, _ := w.find("وقال «بوتين»", 0)
	_, end := w.find("مدينة لأذربيجان", 0)
	w.do(w.Dragged(start, end, true)).do(w.NewStance())
	d := w.Draft()
	d.Holder = annotation.Holder{Entity: w.entity(holder)}
	d.Target = annotation.Target{Entity: w.entity(target)}
	d.Label, d.Mode = "favor", annotation.Quote
	w.do(w.SaveStance())
	if w.last.Refused != none {
		w.t.Fatalf("stance: %s", w.last.Refused.En)
	}
	return w
}

func TestAnIncompleteStanceSaysWhatItLacks(t *testing.T) {
	w := work(t, newsArticle())
	w.over("روسيا", 0, "GPE")
	w.press("KeyS", 0)
	w.do(w.SaveStance())
	w.wants("in English", w.last.Refused.En, "The stance lacks: a target, a judgement, how the text reports it, evidence from the text.")
	w.wants("in Arabic", w.last.Refused.Ar, "ينقص الموقف: المستهدَف بالموقف، الحكم، صيغة الإيراد، شاهد من النص.")
	if w.Draft() == nil || len(w.layer.Stances) != 0 {
		t.Error("the draft is lost, or was saved")
	}
	if w.Draft().Holder.Entity != w.entity("روسيا") {
		t.Error("the entity of the selected span is not the holder")
	}
}

func TestEvidenceComesFromTheSelectionAPieceAParagraph(t *testing.T) {
	w := work(t, newsArticle())
	start, _ := w.find("كذلك", 0)
	_, end := w.find("في سبتمبر", 0)
	w.do(w.Dragged(start, end, true)).press("KeyS", 0)
	start, end = w.find("«بوتين»", 0)
	w.do(w.Dragged(start, end, true)).press("KeyS", 0)
	var got []string
	for _, r := range w.Draft().Evidence {
		got = append(got, w.Text(r.Start, r.End))
	}
	w.wants("evidence, in the order of the text", strings.Join(got, "|"), "بوتين|كذلك|في سبتمبر")
	w.RemoveEvidence(w.Draft().Evidence[1])
	if len(w.Draft().Evidence) != 2 {
		t.Error("a piece can't be taken out")
	}
}

func TestAChosenStanceLightsUpItsEvidenceAndBothEnds(t *testing.T) {
	w := work(t, newsArticle())
	w.over("روسيا", 0, "GPE").over("لأذربيجان", 0, "GPE").over("باكو", 0, "GPE").stance("روسيا", "أذربيجان")
	var lit []string
	for _, m := range w.Marks() {
		if strings.Contains(m.Class, "is-evidence") || strings.Contains(m.Class, "is-stance-end") {
			lit = append(lit, w.Text(m.Start, m.End))
		}
	}
	w.wants("lit", strings.Join(lit, "|"), "وقال «بوتين» إنّ روسيا مدينة لأذربيجان|روسيا|أذربيجان")
	w.press("Escape", 0).press("Escape", 0)
	for _, m := range w.Marks() {
		if strings.Contains(m.Class, "is-evidence") {
			t.Error("still lit after Esc")
		}
	}
}

func TestAnEditedStanceKeepsItsSubjectAndAnotherDraftIsNotThrownAway(t *testing.T) {
	w := work(t, newsArticle())
	w.over("روسيا", 0, "GPE").over("لأذربيجان", 0, "GPE").stance("روسيا", "أذربيجان")
	id := w.layer.Stances[0].ID
	w.do(w.EditStance(id))
	w.Draft().Label = "against"
	if w.layer.Stances[0].Label != "favor" {
		t.Fatal("the draft writes into the layer")
	}
	w.do(w.Done())
	w.wants("done waits for the draft", w.last.Refused.En, sayDraftOpen.En)
	w.do(w.SaveStance())
	if s := w.layer.Stances; len(s) != 1 || s[0].ID != id || s[0].Label != "against" {
		t.Errorf("stances: %v", s)
	}
}

func TestWhatIsDoneIsOpenedBeforeItIsChanged(t *testing.T) {
	w := work(t, newsArticle())
	w.over("روسيا", 0, "GPE").do(w.Done())
	w.press("Delete", 0)
	w.wants("refused", w.last.Refused.En, sayLockedDone.En)
	w.do(w.Reopen()).do(w.Delete())
	w.wants("spans", w.spans(), "")
	w.do(w.Skip(" "))
	w.wants("a skip wants a reason", w.last.Refused.En, saySkipReason.En)
	w.do(w.Skip("مكرر"))
	if w.layer.Status != annotation.Skipped || w.layer.SkipReason != "مكرر" {
		t.Errorf("status %s, reason %q", w.layer.Status, w.layer.SkipReason)
	}
}

func TestAnOpenConflictIsShownAndSettledBeforeDone(t *testing.T) {
	w := work(t, newsArticle())
	w.over("باكو", 0, "GPE")
	w.desk.Flush()
	span := w.layer.Spans[0]
	theirs := span.Span
	theirs.Label = "LOC"
	prev := w.headsOf(span.ID)
	w.press("KeyO", 0)
	w.desk.Flush()
	w.store.arrive(annotation.Op{V: 1, Device: strings.Repeat("b", 32), Seq: 1, Lamport: 50, Prev: prev,
		Change: annotation.Change{Subject: span.ID, Kind: annotation.PutSpan, Span: &theirs}})
	w.desk.Refresh(t.Context())
	w.Show(w.desk.Layer())
	w.wants("the later one is shown", w.spans(), "LOC باكو")
	if !strings.Contains(w.Marks()[0].Class, "is-conflict") {
		t.Error("the span is not flagged")
	}
	w.do(w.Done())
	w.wants("not done", w.last.Refused.En, sayDoneConflict.En)
	for _, v := range w.layer.Conflicts[0].Versions {
		if v.Span.Label == "ORG" {
			w.do(w.Keep(span.ID, v.ID()))
		}
	}
	w.desk.Flush()
	w.Show(w.desk.Layer())
	w.wants("kept", w.spans(), "ORG باكو")
	if len(w.layer.Conflicts) != 0 {
		t.Error("still in conflict")
	}
	if w.do(w.Done()); w.layer.Status != annotation.Done {
		t.Error("not done")
	}
}

func TestOnlyTimeWithSomebodyAtItCounts(t *testing.T) {
	at := func(s int) time.Time { return time.Unix(1_000_000+int64(s), 0) }
	var a Activity
	a.Visible(at(0), true)
	a.Input(at(10))
	a.Input(at(40))
	if s, more := a.Report(at(70), false); s != 60 || !more {
		t.Errorf("a minute after the first input: %d, %v", s, more)
	}
	if s, _ := a.Report(at(500), true); s != 90 {
		t.Errorf("nobody moved for long: %d, want 90", s)
	}
	a.Input(at(500))
	a.Visible(at(510), false)
	if s, more := a.Report(at(520), true); s != 100 || !more {
		t.Errorf("hidden after ten seconds: %d, want 100", s)
	}
	a.Input(at(400)) // the clock went back
	if s, more := a.Report(at(520), true); s != 100 || more {
		t.Errorf("the clock went back: %d, %v", s, more)
	}
}
