package reading

import (
	"testing"

	"pgregory.net/rapid"

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

func TestTheNextLikelyNameIsSelectedReadyForALabel(t *testing.T) {
	w := work(t, newsArticle())
	w.press("Space", 0)
	r, _ := w.Selection()
	w.wants("first", w.Text(r.Start, r.End), "الرئيس الروسي")
	w.press("KeyR", 0).press("Space", 0)
	r, _ = w.Selection()
	w.wants("then the person", w.Text(r.Start, r.End), "فلاديمير بوتين")
	w.press("KeyP", 0).press("Space", shift)
	if r, _ = w.Selection(); r.End > w.annotated[0].End {
		t.Errorf("back at %q, though all before it is labelled, up to the title", w.Text(r.Start, r.End))
	}
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
