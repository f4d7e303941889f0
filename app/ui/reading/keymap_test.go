package reading

import (
	"testing"

	"pgregory.net/rapid"

	"hashiya/app/caret"
	"hashiya/app/scheme"
)

func TestAMovedKeyDoesItsWorkAtItsNewPlaceOnly(t *testing.T) {
	w := work(t, newsArticle())
	w.SetKeys(Keymap{}.With(chord{"KeyP", 0}, chord{"KeyX", 0}).With(chord{"ArrowLeft", ctrl}, chord{"KeyH", 0}))
	start, _ := w.find("فلاديمير", 0)
	w.Tapped(start, nil, false)
	w.press("KeyP", 0)
	w.wants("spans", w.spans(), "")
	w.press("KeyX", 0)
	w.wants("spans", w.spans(), "PER فلاديمير")
	before := w.Caret().Focus
	w.press("ArrowLeft", ctrl)
	if w.Caret().Focus != before {
		t.Error("the old key still moves")
	}
	w.press("KeyH", shift)
	if r, selected := w.Selection(); !selected || r.Start != before {
		t.Errorf("Shift does not extend at the new key: %v %v", r, selected)
	}
}

func TestAKeyThatIsTakenSaysByWhat(t *testing.T) {
	s := scheme.Default()
	if does, taken := (Keymap{}).clash(chord{"KeyG", 0}, &s); !taken || does.En == "" {
		t.Error("a label's key counts as free")
	}
	if _, taken := (Keymap{}).clash(chord{"ArrowLeft", ctrl | shift}, &s); !taken {
		t.Error("a key that extends counts as free with Shift")
	}
	moved := Keymap{}.With(chord{"KeyG", 0}, chord{"KeyX", 0})
	if _, taken := moved.clash(chord{"KeyG", 0}, &s); taken {
		t.Error("a key that was given up counts as taken")
	}
	if _, taken := moved.clash(chord{"KeyX", 0}, &s); !taken {
		t.Error("the key that it was moved to counts as free")
	}
}

func TestAKeymapIsWhatWasWritten(t *testing.T) {
	any := rapid.Custom(func(t *rapid.T) chord {
		return chord{rapid.SampledFrom([]string{"KeyA", "Space", "F5", "ArrowLeft", "Digit1"}).Draw(t, "code"), mods(rapid.IntRange(0, 7).Draw(t, "mods"))}
	})
	rapid.Check(t, func(t *rapid.T) {
		m := Keymap{}
		for range rapid.IntRange(0, 5).Draw(t, "n") {
			m = m.With(any.Draw(t, "from"), any.Draw(t, "to"))
		}
		if got := ParseKeymap(m.String()); got.String() != m.String() {
			t.Fatalf("%q became %q", m, got)
		}
	})
}

func TestTheWayOutwardAndInwardThroughNestedSpans(t *testing.T) {
	w := work(t, newsArticle())
	start, _ := w.find("الرئيس", 0)
	_, end := w.find("بوتين", 1)
	_, post := w.find("الروسي", 0)
	inner, _ := w.find("الروسي", 0)
	for _, r := range [][2]int{{start, end}, {start, post}, {inner, post}} {
		w.Dragged(r[0], r[1], true)
		w.press("KeyM", 0)
	}
	at := func(want ...int) {
		t.Helper()
		if s, there := w.Span(); !there || s.Start != want[0] || s.End != want[1] {
			t.Errorf("selected %v %v, want %v", s.Start, s.End, want)
		}
	}
	at(inner, post)
	w.press("ArrowUp", alt)
	at(start, post)
	w.press("ArrowUp", alt)
	at(start, end)
	w.press("ArrowUp", alt)
	w.wants("refusal", w.last.Refused.En, sayNotEnclosed.En)
	w.press("ArrowDown", alt)
	at(start, post)
	w.press("ArrowDown", alt)
	at(inner, post)
}

// ready says what is selected, ready for a label's key.
func (w *annotator) ready() string {
	r, _ := w.Selection()
	return w.Text(r.Start, r.End)
}

func TestALabelsKeyGoesOnToTheNextLikelyName(t *testing.T) {
	w := work(t, newsArticle())
	w.press("Space", 0)
	w.wants("first", w.ready(), "باكو")
	w.press("KeyG", 0)
	w.wants("then", w.ready(), "الرئيس الروسي")
	w.press("KeyR", 0)
	w.wants("then what stands inside", w.ready(), "الروسي")
	w.press("Space", 0)
	w.wants("then the person", w.ready(), "فلاديمير بوتين")
	w.press("KeyP", 0)
	w.wants("then the other place of a name that was labelled", w.ready(), "باكو")
	if s, suggested := w.Suggestion(); !suggested || s.Label != "GPE" {
		t.Errorf("suggested: %v %+v", suggested, s)
	}
	w.press("Semicolon", 0)
	w.wants("labelled", w.spans(), "GPE باكو | ROLE الرئيس الروسي | PER فلاديمير بوتين | GPE باكو")
	w.press("BracketLeft", 0)
	if s, there := w.Span(); !there || w.Text(s.Start, s.End) != "باكو" {
		t.Error("the span that was made last can't be selected by one key")
	}
}

func TestAMovedLabelsKeyTakesShiftAlong(t *testing.T) {
	w := work(t, awkwardArticle(summit))
	w.SetKeys(Keymap{}.With(chord{"KeyG", 0}, chord{"KeyX", 0}))
	start, _ := w.find("أذربيجان", 0)
	w.goTo(start, false, caret.Letter)
	w.press("KeyX", shift)
	w.wants("spans", w.spans(), "GPE أذربيجان | GPE أَذْرَبَيْجَان")
}

func TestALabelStaysForThoseWhoWantIt(t *testing.T) {
	w := work(t, newsArticle())
	w.SetStay(true)
	w.press("Space", 0).press("KeyG", 0)
	if s, there := w.Span(); !there || s.Label != "GPE" {
		t.Error("the new span is not selected")
	}
}

func TestALabelStaysWhereItWasPointed(t *testing.T) {
	w := work(t, newsArticle())
	start, end := w.find("أذربيجان", 1)
	w.Dragged(start, end, false)
	w.press("KeyG", 0)
	if s, there := w.Span(); !there || s.Start != start {
		t.Error("the new span is not selected")
	}
}

func TestALabelStaysWhereTheReaderHasToSayWhoIsMeant(t *testing.T) {
	w := work(t, awkwardArticle("إلهام علييف وحيدر. قال علييف. ردّ علييف. ذهب علييف إلى باكو."))
	w.over("علييف", 1, "PER")
	w.over("علييف", 2, "PER")
	second, _ := w.Span()
	w.do(w.Separate(second.ID, "حيدر علييف"))
	start, _ := w.find("علييف", 3)
	w.Move(caret.Text, false, false)
	w.goTo(start, false, caret.Letter)
	w.press("KeyP", 0)
	if s, there := w.Span(); !there || s.Start != start || s.Entity != "" {
		t.Errorf("selected: %v %+v", there, s)
	}
}

func TestShiftWithALabelLabelsTheNameWhereverItSurelyStands(t *testing.T) {
	w := work(t, awkwardArticle(summit))
	start, _ := w.find("أذربيجان", 0)
	w.goTo(start, false, caret.Letter)
	w.press("KeyG", shift)
	w.wants("spans", w.spans(), "GPE أذربيجان | GPE أَذْرَبَيْجَان")
	w.OfferNew()
	w.wants("the other places are met on the way", w.suggested(), "GPE أذربيجان | GPE أذربيجان")
	if changes, err := w.desk.Undo(); err != nil || len(changes) != 3 {
		t.Errorf("one undo takes back %d changes, %v", len(changes), err)
	}
}

func TestShiftExtendsTheSelectionFromNameToName(t *testing.T) {
	w := work(t, newsArticle())
	w.over("بوتين", 2, "PER").over("روسيا", 0, "GPE").over("أذربيجان", 1, "GPE")
	start, _ := w.find("وقال", 0)
	w.goTo(start, false, caret.Letter)
	w.press("BracketRight", shift).press("BracketRight", shift)
	w.wants("up to the second name", w.ready(), "وقال «بوتين» إنّ روسيا")
	w.press("BracketRight", shift)
	w.wants("up to the third", w.ready(), "وقال «بوتين» إنّ روسيا مدينة لأذربيجان")
	w.press("Escape", 0).press("BracketLeft", 0).press("BracketLeft", shift)
	w.wants("from a selected span back", w.ready(), "روسيا مدينة لأذربيجان")
}

func TestAHandleResizesTheSelectedSpanAndKeepsItsSubject(t *testing.T) {
	w := work(t, newsArticle())
	start, end := w.find("أذربيجان", 1)
	w.Dragged(start, end, false)
	w.press("KeyG", 0)
	was, _ := w.Span()
	w.do(w.Resized(start-1, end))
	is, there := w.Span()
	if !there || is.ID != was.ID || is.Start != start-1 || is.Proclitic != "" {
		t.Errorf("the span is %+v, was %+v", is, was)
	}
	w.do(w.Resized(end, end))
	if len(w.last.Changes) != 0 {
		t.Error("an empty range changes the span")
	}
}
