package reading

import (
	"hashiya/app/caret"
	"hashiya/app/ui/i18n"
)

// chord is a key with its modifiers. Keys are physical (KeyboardEvent.code), so
// that they work under an Arabic layout; the Command key counts as Ctrl.
type chord struct {
	code string
	mods mods
}

type mods uint8

const (
	ctrl mods = 1 << iota
	alt
	shift
)

// command is what a chord does. ok false leaves the key to the browser.
type command func(e *Editor, extend bool) (o Outcome, ok bool)

// binding puts a command on a chord. Where extends is set, Shift with the
// chord runs it with extend.
type binding struct {
	chord
	extends bool
	run     command
}

// keyRow is one line of the cheat sheet: what its bindings do together.
type keyRow struct {
	does i18n.Text
	keys []binding
}

type keyGroup struct {
	title i18n.Text
	rows  []keyRow
}

// keyTable is the one place where keys are given out: the keyboard works by it
// and the cheat sheet shows it. Labels have their keys from the scheme, without
// modifiers or with Shift (everywhere); letters here are those that no preset
// uses.
var keyTable = []keyGroup{
	{i18n.Text{Ar: "الحركة في النص", En: "Moving in the text"}, []keyRow{
		{i18n.Text{Ar: "حرفًا حرفًا", En: "Letter by letter"}, []binding{
			{chord{"ArrowRight", 0}, true, byLetter(false)},
			{chord{"ArrowLeft", 0}, true, byLetter(true)},
		}},
		{i18n.Text{Ar: "كلمةً كلمة، متجاوزًا السوابق", En: "Word by word, behind the prefixes"}, []binding{
			{chord{"ArrowRight", ctrl}, true, byWord(false)},
			{chord{"ArrowLeft", ctrl}, true, byWord(true)},
		}},
		{i18n.Text{Ar: "سطرًا سطرًا", En: "Line by line"}, []binding{
			{chord{"ArrowUp", 0}, true, line(-1)},
			{chord{"ArrowDown", 0}, true, line(+1)},
		}},
		{i18n.Text{Ar: "الجملة السابقة أو التالية", En: "Sentence back or on"}, []binding{
			{chord{"Comma", 0}, true, move(caret.Sentence, false)},
			{chord{"Period", 0}, true, move(caret.Sentence, true)},
		}},
		{i18n.Text{Ar: "الفقرة السابقة أو التالية", En: "Paragraph back or on"}, []binding{
			{chord{"PageUp", 0}, true, move(caret.Paragraph, false)},
			{chord{"PageDown", 0}, true, move(caret.Paragraph, true)},
			{chord{"ArrowUp", ctrl}, true, move(caret.Paragraph, false)},
			{chord{"ArrowDown", ctrl}, true, move(caret.Paragraph, true)},
		}},
		{i18n.Text{Ar: "أول الفقرة أو آخرها", En: "Start or end of the paragraph"}, []binding{
			{chord{"Home", 0}, true, edge(false)},
			{chord{"End", 0}, true, edge(true)},
		}},
		{i18n.Text{Ar: "أول المقال أو آخره", En: "Start or end of the article"}, []binding{
			{chord{"Home", ctrl}, true, move(caret.Text, false)},
			{chord{"End", ctrl}, true, move(caret.Text, true)},
		}},
		{i18n.Text{Ar: "تحديد الفقرة", En: "Select the paragraph"}, []binding{
			{chord{"KeyA", ctrl}, false, does((*Editor).SelectAround)},
		}},
		{i18n.Text{Ar: "الوسم التالي أو السابق", En: "Next or previous label"}, []binding{
			{chord{"Tab", 0}, false, span(true)},
			{chord{"Tab", shift}, false, span(false)},
		}},
		{i18n.Text{Ar: "الوسم التالي أو السابق؛ ومع Shift مدّ التحديد إليه", En: "Next or previous label; with Shift, the selection up to it"}, []binding{
			{chord{"BracketRight", 0}, true, spanAlways(true)},
			{chord{"BracketLeft", 0}, true, spanAlways(false)},
		}},
		{i18n.Text{Ar: "الاقتراح أو ما قد يكون اسمًا ولم يوسَم، التالي أو السابق", En: "Next or previous suggestion or likely name without a label"}, []binding{
			{chord{"Space", 0}, false, candidate(true)},
			{chord{"Space", shift}, false, candidate(false)},
		}},
		{i18n.Text{Ar: "الوسم المحيط، أو الذي في الداخل", En: "The enclosing label, or the enclosed one"}, []binding{
			{chord{"ArrowUp", alt}, false, does((*Editor).Enclosing)},
			{chord{"ArrowDown", alt}, false, does((*Editor).Enclosed)},
		}},
		{i18n.Text{Ar: "إلغاء التحديد، ثم الخروج من النص", En: "Deselect, then leave the text"}, []binding{
			{chord{"Escape", 0}, false, does((*Editor).Escape)},
		}},
	}},
	{i18n.Text{Ar: "الوسم", En: "Labelling"}, []keyRow{
		{i18n.Text{Ar: "تكرار آخر وسم؛ ومع Shift في كل مواضع الاسم", En: "Same label again; with Shift, wherever the name stands"}, []binding{
			{chord{"Enter", 0}, false, does((*Editor).Repeat)},
			{chord{"Enter", shift}, false, does((*Editor).RepeatEverywhere)},
		}},
		{i18n.Text{Ar: "قبول المعروض، أي المواضع الأخرى أو الاقتراح، ثم الاقتراح التالي", En: "Accept what is offered, other places or a suggestion; then the next one"}, []binding{
			{chord{"Semicolon", 0}, false, does((*Editor).Take)},
		}},
		{i18n.Text{Ar: "قبول الاقتراح في كل مواضع الاسم", En: "Accept the suggestion wherever its name stands"}, []binding{
			{chord{"Semicolon", shift}, false, does((*Editor).TakeEverywhere)},
		}},
		{i18n.Text{Ar: "الاقتراح التالي دون قبول", En: "Next suggestion, without accepting"}, []binding{
			{chord{"Quote", 0}, false, does((*Editor).NextSuggestion)},
		}},
		{i18n.Text{Ar: "المواضع الأخرى للوسم المختار، ثم اختيارها كلها، ثم المزيد", En: "Other places of the selected label; check all; show more"}, []binding{
			{chord{"KeyA", shift}, false, does((*Editor).OfferMentions)},
		}},
		{i18n.Text{Ar: "مواضع الاسم في كل مقالات المشروع (للمشرف)", En: "The name's places in all articles of the project (for leads)"}, []binding{
			{chord{"KeyJ", shift}, false, does((*Editor).Across)},
		}},
		{i18n.Text{Ar: "حذف الوسم المختار أو رفض الاقتراح", En: "Delete the selected label, or refuse the suggestion"}, []binding{
			{chord{"Delete", 0}, false, does((*Editor).Delete)},
			{chord{"Backspace", 0}, false, does((*Editor).Delete)},
		}},
		{i18n.Text{Ar: "تحريك نهاية الوسم حرفًا", En: "Move the label's end by a letter"}, []binding{
			{chord{"ArrowRight", alt}, false, nudge(false, false)},
			{chord{"ArrowLeft", alt}, false, nudge(false, true)},
		}},
		{i18n.Text{Ar: "تحريك بداية الوسم حرفًا", En: "Move the label's start by a letter"}, []binding{
			{chord{"ArrowRight", alt | shift}, false, nudge(true, false)},
			{chord{"ArrowLeft", alt | shift}, false, nudge(true, true)},
		}},
		{i18n.Text{Ar: "تحريك نهاية الوسم أو التحديد كلمة", En: "Move the end of the label or selection by a word"}, []binding{
			{chord{"ArrowRight", ctrl | alt}, false, nudgeWord(false, false)},
			{chord{"ArrowLeft", ctrl | alt}, false, nudgeWord(false, true)},
		}},
		{i18n.Text{Ar: "تحريك بداية الوسم أو التحديد كلمة", En: "Move the start of the label or selection by a word"}, []binding{
			{chord{"ArrowRight", ctrl | alt | shift}, false, nudgeWord(true, false)},
			{chord{"ArrowLeft", ctrl | alt | shift}, false, nudgeWord(true, true)},
		}},
		{i18n.Text{Ar: "ضمّ السابقة إلى الوسم أو إخراجها منه", En: "Take the prefix in, or leave it out"}, []binding{
			{chord{"Equal", 0}, false, does((*Editor).PutBack)},
			{chord{"Minus", 0}, false, does((*Editor).TakeOff)},
		}},
		{i18n.Text{Ar: "اختيار كيان الوسم", En: "Choose the label's entity"}, []binding{
			{chord{"KeyJ", 0}, false, does((*Editor).AskEntity)},
		}},
		{i18n.Text{Ar: "موقف جديد، أو إضافة شاهد إلى المفتوح", En: "New stance, or evidence for the open one"}, []binding{
			{chord{"KeyS", 0}, false, does((*Editor).NewStance)},
		}},
		{i18n.Text{Ar: "حفظ الموقف المفتوح", En: "Save the open stance"}, []binding{
			{chord{"KeyS", ctrl}, false, ask(SaveStanceDraft)},
		}},
		{i18n.Text{Ar: "ملاحظة", En: "Note"}, []binding{
			{chord{"KeyK", 0}, false, ask(WriteNote)},
		}},
		{i18n.Text{Ar: "تراجع", En: "Undo"}, []binding{
			{chord{"KeyZ", ctrl}, false, ask(UndoLast)},
		}},
		{i18n.Text{Ar: "إعادة", En: "Redo"}, []binding{
			{chord{"KeyZ", ctrl | shift}, false, ask(RedoLast)},
			{chord{"KeyY", ctrl}, false, ask(RedoLast)},
		}},
	}},
	{i18n.Text{Ar: "المقال", En: "The article"}, []keyRow{
		{i18n.Text{Ar: "أنجزت المقال", En: "Article done"}, []binding{
			{chord{"Enter", ctrl}, false, ask(MarkDone)},
		}},
		{i18n.Text{Ar: "المقال السابق أو التالي", En: "Previous or next article"}, []binding{
			{chord{"PageUp", alt}, false, ask(PreviousArticle)},
			{chord{"PageDown", alt}, false, ask(NextArticle)},
		}},
		{i18n.Text{Ar: "بحث في المقال", En: "Search the article"}, []binding{
			{chord{"Slash", 0}, false, ask(OpenSearch)},
			{chord{"KeyF", ctrl}, false, ask(OpenSearch)},
		}},
		{i18n.Text{Ar: "نتيجة البحث التالية أو السابقة", En: "Next or previous search hit"}, []binding{
			{chord{"F3", 0}, false, nextHit(true)},
			{chord{"F3", shift}, false, nextHit(false)},
		}},
		{i18n.Text{Ar: "أسماء الوسوم كلها في النص", En: "All label names in the text"}, []binding{
			{chord{"KeyV", 0}, false, ask(ToggleTags)},
		}},
		{i18n.Text{Ar: "هذه القائمة", En: "This list"}, []binding{
			{chord{"Slash", shift}, false, ask(ShowKeys)},
		}},
	}},
}

var keyMap = makeKeyMap()

func makeKeyMap() map[chord]binding {
	m := map[chord]binding{}
	for _, g := range keyTable {
		for _, r := range g.rows {
			for _, b := range r.keys {
				m[b.chord] = b
			}
		}
	}
	return m
}

// Key runs what is on a key; used is false when nothing is, and the browser
// should have it.
func (e *Editor) Key(k Key) (o Outcome, used bool) {
	c, stands := e.keys.standard(chordOf(k))
	if !stands {
		return Outcome{}, false
	}
	e.OfferNew() // of the key before, if the screen has not come to it yet
	if k.Repeat && (c.code == "Semicolon" || c.code == "Enter") {
		return Outcome{}, true // a key held down accepts or labels once
	}
	if o, used := e.stanceKey(c); used {
		return o, true
	}
	if b, bound := keyMap[c]; bound {
		return e.run(b, false)
	}
	if b, bound := keyMap[chord{c.code, c.mods &^ shift}]; bound && b.extends {
		return e.run(b, true)
	}
	if l, is := e.scheme.LabelByKey(c.code); is && c.mods&^shift == 0 {
		if k.Repeat {
			return Outcome{}, true // a key held down labels once
		}
		if c.mods == shift {
			return e.moveOn(e.LabelEverywhere(l.ID)), true
		}
		return e.moveOn(e.Label(l.ID)), true
	}
	return Outcome{}, false
}

func (e *Editor) run(b binding, extend bool) (Outcome, bool) {
	o, used := b.run(e, extend)
	e.pointed = false
	return o, used
}

func byLetter(left bool) command {
	return func(e *Editor, extend bool) (Outcome, bool) { return e.Letters(left, extend), true }
}

func byWord(left bool) command {
	return func(e *Editor, extend bool) (Outcome, bool) { return e.Words(left, extend), true }
}

func candidate(forward bool) command {
	return func(e *Editor, _ bool) (Outcome, bool) { return e.NextCandidate(forward), true }
}

func nudgeWord(start, left bool) command {
	return func(e *Editor, _ bool) (Outcome, bool) { return e.NudgeWord(start, left), true }
}

func move(u caret.Unit, forward bool) command {
	return func(e *Editor, extend bool) (Outcome, bool) { return e.Move(u, forward, extend), true }
}

func line(lines int) command {
	return func(e *Editor, extend bool) (Outcome, bool) { return e.Line(lines, extend), true }
}

func edge(end bool) command {
	return func(e *Editor, extend bool) (Outcome, bool) { return e.Edge(end, extend), true }
}

// span steps through the spans; behind the last one the key is the browser's,
// so that Tab never traps anybody in the text.
func span(forward bool) command {
	return func(e *Editor, _ bool) (Outcome, bool) { return e.NextSpan(forward) }
}

func spanAlways(forward bool) command {
	return func(e *Editor, extend bool) (Outcome, bool) {
		if extend {
			return e.ExtendToSpan(forward), true
		}
		o, _ := e.NextSpan(forward)
		return o, true
	}
}

// nudge moves a boundary of the selected span; without one, Alt with an arrow
// moves by word, as on a Mac.
func nudge(start, left bool) command {
	return func(e *Editor, _ bool) (Outcome, bool) {
		if _, there := e.Span(); there {
			return e.Nudge(start, left), true
		}
		return e.Words(left, start), true
	}
}

func does(run func(*Editor) Outcome) command {
	return func(e *Editor, _ bool) (Outcome, bool) { return run(e), true }
}

func ask(r Request) command {
	return func(*Editor, bool) (Outcome, bool) { return Outcome{Request: r}, true }
}
