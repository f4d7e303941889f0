package reading

import (
	"strings"
	"testing"

	"hashiya/app/annotation"
	"hashiya/app/ui/i18n"
)

func TestALabelKeyWithNothingSelectedLabelsTheCoreOfTheWordAtTheCaret(t *testing.T) {
	w := work(t, newsArticle())
	w.at("لأذربيجان", 0, 3).press("KeyG", 0)
	w.wants("spans", w.spans(), "GPE أذربيجان (ل-)")
	w.wants("said in Arabic", w.last.Say.In(i18n.Ar), "كيان سياسي: أذربيجان")
	w.wants("said in English", w.last.Say.In(i18n.En), "Country or city: أذربيجان")
	w.at("وبأوكرانيا", 0, 0).press("Enter", 0)
	w.wants("Enter repeats the label", w.spans(), "GPE أذربيجان (ل-) | GPE أوكرانيا (وب-)")
}

func TestADragSnapsToWordsWithoutQuotesAndProclitics(t *testing.T) {
	w := work(t, newsArticle())
	w.over("«بوتين»", 0, "PER")
	w.over("رئيس الرو", 0, "ROLE")
	w.over("و2003", 0, "DATE")
	w.over("سبتمبر/أيلول 2018", 0, "DATE")
	w.wants("spans", w.spans(), "ROLE الرئيس الروسي | PER بوتين | DATE سبتمبر/أيلول 2018 | DATE 2003 (و-)")
}

func TestWithAltADragIsTakenAsItIsButNeverEndsInSpaceOrQuotes(t *testing.T) {
	w := work(t, newsArticle())
	start, end := w.find("روسي فلاد", 0)
	w.do(w.Dragged(start-1, end, true)).do(w.Label("MISC"))
	w.wants("spans", w.spans(), "MISC لروسي فلاد")
	start, end = w.find("«بوتين» ", 0)
	w.do(w.Dragged(start, end, true)).do(w.Label("PER"))
	w.wants("spans", w.spans(), "MISC لروسي فلاد | PER بوتين")
}

func TestTheSameRangeTakesEveryLabelOnce(t *testing.T) {
	w := work(t, newsArticle())
	w.over("باكو", 1, "GPE").over("باكو", 1, "LOC")
	if len(w.layer.Spans) != 2 {
		t.Fatalf("spans: %s", w.spans())
	}
	start, end := w.find("باكو", 1)
	w.do(w.Dragged(start, end, false)).do(w.Label("GPE"))
	if len(w.layer.Spans) != 2 || w.last.Refused.Ar == "" || !strings.Contains(w.last.Refused.En, "already") {
		t.Errorf("refused with %q", w.last.Refused)
	}
	if s, ok := w.Span(); !ok || s.Label != "GPE" {
		t.Error("the span that is there is not selected")
	}
}

func TestALabelKeyRelabelsTheSelectedSpanAndKeepsItsSubject(t *testing.T) {
	w := work(t, newsArticle())
	w.over("باكو", 1, "GPE")
	before, _ := w.Span()
	w.press("KeyL", 0)
	after, _ := w.Span()
	w.wants("spans", w.spans(), "LOC باكو")
	w.wants("entities", w.entities(), "LOC باكو ×1")
	if before.ID != after.ID {
		t.Error("relabelling made another span")
	}
}

func TestASpanIsResizedByLetterAndNeverRecreated(t *testing.T) {
	w := work(t, newsArticle())
	w.over("فلاديمير", 0, "PER")
	before, _ := w.Span()
	for range "بوتين" {
		w.press("ArrowLeft", alt) // to the left is onward in Arabic
	}
	w.wants("spans", w.spans(), "PER فلاديمير بوتين")
	w.wants("the entity named after it keeps up", w.entities(), "PER فلاديمير بوتين ×1")
	w.press("ArrowLeft", alt|shift)
	w.wants("the start moves with Shift", w.spans(), "PER لاديمير بوتين (ف-)")
	w.press("ArrowRight", alt|shift).press("ArrowRight", alt)
	w.wants("spans", w.spans(), "PER فلاديمير بوتي")
	if after, _ := w.Span(); after.ID != before.ID {
		t.Error("resizing made another span")
	}
}

func TestABoundaryStopsAtTheParagraphAndBeforeTheOtherBoundary(t *testing.T) {
	w := work(t, newsArticle())
	w.over("أذربيجان", 0, "GPE")
	w.press("ArrowLeft", alt)
	w.wants("spans", w.spans(), "GPE أذربيجان")
	if w.last.Refused == none {
		t.Error("crossing the paragraph's end says nothing")
	}
	for range 20 {
		w.press("ArrowRight", alt)
	}
	w.wants("a letter is left", w.spans(), "GPE أ")
}

func TestOneKeyPutsTheProcliticBackOrTakesMoreOff(t *testing.T) {
	w := work(t, newsArticle())
	w.over("وبأوكرانيا", 0, "GPE")
	w.wants("left out", w.spans(), "GPE أوكرانيا (وب-)")
	w.press("Equal", 0)
	w.wants("one back", w.spans(), "GPE بأوكرانيا (و-)")
	w.press("Equal", 0)
	w.wants("all back", w.spans(), "GPE وبأوكرانيا")
	w.press("Equal", 0)
	if w.last.Refused == none {
		t.Error("nothing more to put back, and nothing said")
	}
	w.press("Minus", 0).press("Minus", 0)
	w.wants("off again", w.spans(), "GPE أوكرانيا (وب-)")
}

func TestClickingAgainSelectsTheNextSpanOutward(t *testing.T) {
	w := work(t, newsArticle())
	w.over("الرئيس الروسي", 0, "ROLE").over("الروسي", 0, "NORP")
	w.press("Escape", 0)
	marks := []string{w.layer.Spans[1].ID, w.layer.Spans[0].ID}
	for _, want := range []string{"NORP", "ROLE", "NORP"} {
		w.do(w.Tapped(30, marks, false))
		if s, _ := w.Span(); s.Label != want {
			t.Fatalf("selected %s, want %s", s.Label, want)
		}
	}
	w.do(w.Tapped(30, []string{"evidence:0"}, false))
	if _, there := w.Span(); there {
		t.Error("a mark that is no span was selected")
	}
}

func TestATouchSelectsTheWordsCore(t *testing.T) {
	w := work(t, newsArticle())
	start, _ := w.find("لأذربيجان", 0)
	w.do(w.Tapped(start, nil, true))
	r, _ := w.Selection()
	w.wants("selected", w.Text(r.Start, r.End), "أذربيجان")
	s, _ := w.Subject()
	w.wants("left out", s.Proclitic, "ل")
}

func TestWhatIsNotTheArticleIsNotLabelled(t *testing.T) {
	w := work(t, newsArticle())
	start, end := w.find("روسيا", 1)
	w.do(w.Dragged(start, end, false))
	if w.last.Refused == none {
		t.Error("the read-also line can be selected")
	}
	w.over("كذلك", 0, "MISC").do(w.Delete())
	start, _ = w.find("كذلك", 0)
	_, end = w.find("وقّعت", 0)
	w.do(w.Dragged(start, end, false)).do(w.Label("MISC"))
	w.wants("a span over two paragraphs", w.spans()+w.last.Refused.En, sayAcross.En)
	start, end = w.find("🙂", 0)
	w.do(w.Dragged(start, end, true)).do(w.Label("MISC"))
	w.wants("an emoji", w.spans(), "")
}

func TestArrowsGoTheWayTheyPoint(t *testing.T) {
	w := work(t, newsArticle())
	at := w.Caret().Focus
	w.press("ArrowLeft", 0)
	if w.Caret().Focus != at+1 {
		t.Errorf("left goes from %d to %d in a right-to-left paragraph", at, w.Caret().Focus)
	}
	w.press("ArrowRight", 0).press("ArrowLeft", ctrl|shift).press("ArrowLeft", ctrl|shift)
	r, _ := w.Selection()
	w.wants("selected by word", w.Text(r.Start, r.End), "باكو – وصل")
	w.press("KeyM", 0)
	w.wants("spans", w.spans(), "MISC باكو – وصل")

	e := work(t, awkwardArticle("Putin in Baku"))
	e.press("ArrowRight", ctrl)
	if e.Caret().Focus != 6 {
		t.Errorf("right goes to %d in a left-to-right paragraph", e.Caret().Focus)
	}
}

func TestLinesParagraphsAndSentences(t *testing.T) {
	w := work(t, newsArticle())
	body := w.Caret().Focus
	w.press("PageDown", 0)
	w.wants("the next paragraph", w.Text(w.Caret().Focus, w.Caret().Focus+2), "في")
	w.press("PageUp", 0).press("PageUp", 0)
	if w.Caret().Focus != 0 {
		t.Error("the title can't be reached")
	}
	w.press("PageDown", 0).press("Period", 0)
	w.wants("the next sentence", w.Text(w.Caret().Focus, w.Caret().Focus+4), "وقال")
	w.press("Comma", 0).press("End", 0)
	w.wants("the paragraph's end", w.Text(w.Caret().Focus-1, w.Caret().Focus), ".")
	w.press("Home", 0).press("ArrowDown", 0)
	if w.Caret().Focus != body+40 {
		t.Error("a line down")
	}
	for range 20 {
		w.press("ArrowDown", 0)
	}
	w.press("ArrowDown", shift)
	end := w.Caret().Focus
	w.wants("the last line stays in the article", w.Text(end-6, end), "ومحمد.")
}

func TestTabGoesThroughTheSpansAndThenLeavesTheText(t *testing.T) {
	w := work(t, newsArticle())
	w.over("باكو", 0, "GPE").over("روسيا", 0, "GPE")
	w.press("Escape", 0).press("Home", ctrl)
	for _, want := range []string{"باكو", "روسيا"} {
		w.press("Tab", 0)
		s, _ := w.Span()
		w.wants("selected", w.Text(s.Start, s.End), want)
	}
	if _, used := w.Key(Key{Code: "Tab"}); used {
		t.Error("Tab behind the last span is a trap")
	}
	w.press("BracketLeft", 0)
	s, _ := w.Span()
	w.wants("back", w.Text(s.Start, s.End), "باكو")
}

func TestEscapeGivesUpOneThingAtATime(t *testing.T) {
	w := work(t, newsArticle())
	w.over("باكو", 1, "GPE")
	w.press("Escape", 0)
	if _, there := w.Span(); !there {
		t.Error("the first Esc leaves the other places")
	}
	w.press("Escape", 0)
	if _, there := w.Span(); there || w.last.Request == LeaveText {
		t.Error("the second Esc deselects")
	}
	w.press("Escape", 0)
	if w.last.Request != LeaveText {
		t.Error("the third Esc leaves the text")
	}
}

func TestAnArrivingOpMovesNeitherCaretNorDraft(t *testing.T) {
	w := work(t, newsArticle())
	w.over("باكو", 1, "GPE")
	span := w.span
	w.press("ArrowLeft", shift).press("KeyS", 0)
	caret, draft := w.Caret(), w.Draft()
	w.store.arrive(annotation.Op{V: 1, Device: strings.Repeat("b", 32), Seq: 1, Lamport: 1, Change: annotation.Change{
		Subject: "x", Kind: annotation.PutSpan, Span: &annotation.Span{Start: 0, End: 5, Label: "PER"}}})
	if err := w.desk.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := w.desk.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.Show(w.desk.Layer())
	w.wants("spans", w.spans(), "PER بوتين | GPE باكو")
	if w.Caret() != caret || w.Draft() != draft {
		t.Error("the caret or the draft changed")
	}
	w.store.arrive(annotation.Op{V: 1, Device: strings.Repeat("b", 32), Seq: 2, Lamport: 99, Change: annotation.Change{
		Subject: span, Kind: annotation.DeleteSpan}, Prev: w.headsOf(span)})
	w.Select(span)
	w.desk.Refresh(t.Context())
	w.Show(w.desk.Layer())
	if _, there := w.Span(); there {
		t.Error("a span that was deleted elsewhere is still selected")
	}
}

func (w *annotator) headsOf(subject string) []annotation.OpID {
	var f annotation.Fold
	f.Add(w.store.ops...)
	return f.Heads(subject)
}
