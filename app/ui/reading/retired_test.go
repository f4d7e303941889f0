package reading

import (
	"context"
	"slices"
	"strings"
	"testing"

	"hashiya/app/annotation"
	"hashiya/app/scheme"
)

// moved is the scheme that came while the annotator was away, made of the one
// here by fn.
func (w *annotator) moved(fn func(s *scheme.Scheme)) *annotator {
	next := *w.scheme
	next.Version++
	next.Labels, next.Stances = slices.Clone(next.Labels), slices.Clone(next.Stances)
	fn(&next)
	next = scheme.Succeed(*w.scheme, next)
	w.desk.SetScheme(next.Version, func(version int) []string {
		if version >= next.Version {
			return next.Targets
		}
		return nil
	})
	w.SetScheme(&next)
	w.Show(w.desk.Layer())
	return w
}

func retire(ids ...string) func(*scheme.Scheme) {
	return func(s *scheme.Scheme) {
		s.Labels = slices.DeleteFunc(s.Labels, func(l scheme.Label) bool { return slices.Contains(ids, l.ID) })
		s.Stances = slices.DeleteFunc(s.Stances, func(l scheme.StanceLabel) bool { return slices.Contains(ids, l.ID) })
	}
}

func TestARenamedLabelFollows(t *testing.T) {
	w := work(t, newsArticle()).over("باكو", 0, "GPE")
	w.moved(func(s *scheme.Scheme) { s.Labels[2].Names.Ar = "دولة أو مدينة" })
	s := w.layer.Spans[0]
	w.wants("the name", w.describe(s).Ar, "باكو، دولة أو مدينة")
	w.wants("the class", w.labelClass(s.Label), "label-c3")
	if n := len(w.retired()); n != 0 {
		t.Errorf("%d labels are said to be gone", n)
	}
}

func TestASpanWithARetiredLabelStaysNeutralAndSaysSo(t *testing.T) {
	w := work(t, newsArticle()).over("باكو", 0, "GPE").over("«بوتين»", 0, "PER")
	w.moved(retire("GPE"))
	w.wants("all spans", w.spans(), "GPE باكو | PER بوتين")
	if !slices.ContainsFunc(w.Marks(), func(m Mark) bool { return m.Tag == "GPE" && strings.HasPrefix(m.Class, "label-c0") }) {
		t.Errorf("marks: %+v", w.Marks())
	}
	note, _ := w.retiredNote("GPE")
	w.wants("the note", note.En, sayRetired.En)
	w.do(w.NextRetired())
	s, _ := w.Span()
	w.wants("the first", w.Text(s.Start, s.End), "باكو")
	if !strings.Contains(w.last.Say.Ar, "لم يعد هذا الوسم في دليل الوسوم") {
		t.Errorf("said: %s", w.last.Say.Ar)
	}
	w.do(w.Nudge(false, true)) // resized, it keeps its label
	if w.last.Refused != none || !strings.HasPrefix(w.spans(), "GPE ") {
		t.Errorf("resized: %s, %s", w.spans(), w.last.Refused.En)
	}
	w.do(w.Label("LOC"))
	if n := len(w.retired()); n != 0 {
		t.Errorf("relabelled, and %d are left", n)
	}
	w.do(w.Label("GPE"))
	if w.last.Refused == none {
		t.Error("a retired label is given anew")
	}
}

func TestTheWayThroughRetiredLabelsEndsAtItsBeginning(t *testing.T) {
	w := work(t, newsArticle()).over("باكو", 0, "GPE").over("روسيا", 0, "GPE")
	w.do(w.JudgeArticle("x", "favor")) // no such target: nothing
	id := w.layer.Spans[0].ID
	w.do(Outcome{Changes: []annotation.Change{putStance("st", annotation.Stance{
		Holder: annotation.Holder{Author: true}, Via: []annotation.Holder{}, Target: annotation.Target{Claim: "الغاز"}, Label: "unclear",
		Mode: annotation.Quote, Evidence: []annotation.Range{{Start: 20, End: 26}},
	})}})
	w.moved(retire("GPE", "unclear")).press("Escape", 0)
	var way []string
	for range 4 {
		w.do(w.NextRetired())
		way = append(way, w.Editor.span+w.Editor.stance)
	}
	w.wants("the way", strings.Join(way, " "), strings.Join([]string{id, w.layer.Spans[1].ID, "st", id}, " "))
	w.do(w.EditStance("st"))
	w.Draft().Note = "يبقى"
	if w.do(w.SaveStance()); w.last.Refused != none {
		t.Errorf("a stance keeps its retired label when its note changes: %s", w.last.Refused.En)
	}
}

func TestALabelNewerThanTheSchemeHereIsNotCalledRetired(t *testing.T) {
	w := work(t, newsArticle())
	w.store.arrive(annotation.Op{V: 1, Device: strings.Repeat("b", 32), Seq: 1, Lamport: 9, Project: "p", Article: w.article.ID, TextSHA256: w.article.TextSHA256,
		Scheme: 2, Change: annotation.Change{Subject: "s", Kind: annotation.PutSpan, Span: &annotation.Span{Start: 0, End: 5, Label: "LAW"}}})
	if err := w.desk.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
	w.Show(w.desk.Layer())
	note, _ := w.retiredNote(w.layer.Spans[0].Label)
	w.wants("the note", note.En, sayUnknownHere.En)
}

func TestAnArticleDoneUnderTheOldSchemeStaysDoneAndOneMarkedUnderTheNewIsHeld(t *testing.T) {
	w := work(t, newsArticle()).over("باكو", 0, "GPE")
	w.do(w.Done())
	w.moved(func(s *scheme.Scheme) { s.Targets = []string{"الغاز"} })
	if w.layer.Status != annotation.Done {
		t.Fatalf("the old one is %s", w.layer.Status)
	}
	w.do(w.Reopen())
	w.do(w.Done())
	w.wants("refused here", w.last.Refused.En, "The article's stance is not judged yet toward: الغاز.")
	// An older program, or a script, does not look.
	w.do(setStatus(annotation.Done, "", Outcome{}))
	if w.layer.Status != annotation.InProgress || !slices.Equal(w.layer.Unjudged, []string{"الغاز"}) {
		t.Fatalf("it is %s, not judged %q", w.layer.Status, w.layer.Unjudged)
	}
	w.do(w.JudgeArticle("الغاز", "neutral"))
	if w.layer.Status != annotation.Done {
		t.Errorf("judged, it is %s", w.layer.Status)
	}
}

func TestAFixedKeyIsNoLabelsKey(t *testing.T) {
	for code, want := range map[string]bool{"KeyS": true, "Enter": true, "Space": true, "KeyP": false, "Digit1": false} {
		if _, taken := FixedKey(code); taken != want {
			t.Errorf("%s is taken: %v", code, taken)
		}
	}
	for _, s := range []scheme.Scheme{scheme.Default(), scheme.Wojood(), {Labels: scheme.DefaultOptional()}} {
		for _, l := range s.Labels {
			if does, taken := FixedKey(l.Key); taken {
				t.Errorf("%s is on %s, which is: %s", l.ID, l.Key, does.En)
			}
		}
	}
}

func TestNoMoreOfARetiredLabelIsOffered(t *testing.T) {
	w := work(t, awkwardArticle(summit)).labelled("أذربيجان", 0, "GPE")
	w.moved(retire("GPE"))
	w.wants("suggested", w.suggested(), "")
	w.press("Escape", 0).do(w.Select(w.layer.Spans[0].ID)).press("KeyA", shift)
	w.wants("refused", w.last.Refused.En, sayRetired.En)
}
