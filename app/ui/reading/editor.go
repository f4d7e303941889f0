package reading

import (
	"unicode"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/caret"
	"hashiya/app/scheme"
	"hashiya/app/text"
	"hashiya/app/ui/i18n"
)

// Editor is what the article screen knows and does, without the screen: the
// caret, what is chosen, the stance being written, and the commands. A command
// changes the editor's own state and returns the changes that the layer needs;
// the caller brings those to the desk and gives the new layer back with Show.
// All offsets are code points. Not safe for concurrent use.
type Editor struct {
	article   *article.Article
	scheme    *scheme.Scheme
	index     *text.Index
	all       []article.Paragraph
	annotated []article.Paragraph
	places    *caret.Map
	snap      *caret.Snapper
	lineStep  func(at, lines int) (int, bool)
	newID     func() string

	layer     *annotation.Layer
	caret     Caret
	span      string // selected, "" for none
	stance    string // lit up in the text, "" for none
	draft     *StanceDraft
	lastLabel string
	stay      bool // labels by key don't move on
	pointed   bool // what is selected was pointed at, so labels don't move on either
	reviewing bool // going through the suggestions alone
	proposals
	*finding
	keys Keymap
	besides
	full bool // see SetFull
}

// Outcome is what a command asks of its caller. The zero Outcome asks nothing.
type Outcome struct {
	Changes []annotation.Change // one act, for Desk.Do
	Say     i18n.Text           // for the live region
	Refused i18n.Text           // why nothing was done, to show and to say
	Request Request             // what only the screen can do
	Reveal  annotation.Range    // scroll there; empty for nowhere
}

// Request is something that needs the screen.
type Request int

const (
	NoRequest Request = iota
	UndoLast
	RedoLast
	ChooseEntity
	OpenStance
	SaveStanceDraft
	WriteNote
	ShowKeys
	ToggleTags
	MarkDone
	NextArticle
	PreviousArticle
	LeaveText
	OpenSearch
	ShowAcross
)

// NewEditor prepares working on an article. lineStep is Surface.LineStep. The
// layer is empty until Show.
func NewEditor(a *article.Article, s *scheme.Scheme, lineStep func(at, lines int) (int, bool)) *Editor {
	e := &Editor{
		article: a, scheme: s, index: text.NewIndex(a.Text), all: a.Paragraphs(),
		finding: &finding{}, lineStep: lineStep, newID: annotation.NewID, layer: &annotation.Layer{Status: annotation.New},
	}
	for _, p := range e.all {
		if p.Kind.Annotated() {
			e.annotated = append(e.annotated, p)
		}
	}
	if len(e.annotated) == 0 {
		e.annotated = e.all // nothing says which part is the article proper
	}
	e.places = caret.NewMap(e.index, e.annotated)
	e.snap = caret.NewSnapper(e.index, e.places)
	at := e.places.Clamp(0)
	for _, p := range e.annotated {
		if p.Kind == article.Body {
			at = p.Start
			break
		}
	}
	e.caret = Caret{at, at}
	return e
}

// Show takes in the layer as it is now, which must not be altered afterwards.
// What was chosen and is gone is not chosen any more; the caret and the stance
// draft stay.
func (e *Editor) Show(l *annotation.Layer) {
	e.layer = l
	if _, there := l.Span(e.span); !there {
		e.span = ""
	}
	if _, there := e.stanceByID(e.stance); !there {
		e.stance = ""
	}
	if e.draft != nil {
		if _, there := e.stanceByID(e.draft.ID); !there {
			e.draft.ID = "" // deleted meanwhile: saving makes a new one
		}
	}
}

// SetScheme takes in a newer version of the project's scheme. What was labelled
// stays as it is.
func (e *Editor) SetScheme(s *scheme.Scheme) {
	e.scheme, e.openOf = s, nil
	e.turn++
}

// SetFull tells whether this device's disk refuses what was changed last, and
// returns whether that is news. No further change is taken then, so that nobody
// works on and on at what a reload would lose.
func (e *Editor) SetFull(full bool) (changed bool) {
	changed = e.full != full
	e.full = full
	return changed
}

// Layer returns the layer last shown. It is shared; don't alter it.
func (e *Editor) Layer() *annotation.Layer { return e.layer }

// Caret returns the caret.
func (e *Editor) Caret() Caret { return e.caret }

// Selection returns the selected range; ok is false when nothing is selected.
func (e *Editor) Selection() (r annotation.Range, ok bool) {
	lo, hi := min(e.caret.Anchor, e.caret.Focus), max(e.caret.Anchor, e.caret.Focus)
	return annotation.Range{Start: lo, End: hi}, lo < hi
}

// Span returns the selected span.
func (e *Editor) Span() (annotation.NamedSpan, bool) {
	if e.span == "" {
		return annotation.NamedSpan{}, false
	}
	return e.layer.Span(e.span)
}

// Text returns the article's text of a range.
func (e *Editor) Text(start, end int) string {
	start, end = max(start, 0), min(end, e.index.Len())
	if start >= end {
		return ""
	}
	return e.index.Slice(start, end)
}

// LastLabel returns the label that Repeat gives again, "" before the first.
func (e *Editor) LastLabel() string { return e.lastLabel }

// Dragged takes a drag or a double click over a raw range. Unless raw, the
// selection snaps to whole words without proclitics; quotes, spaces and
// punctuation at its ends are left out either way.
func (e *Editor) Dragged(start, end int, raw bool) Outcome {
	e.span, e.pointed = "", true
	if start > end {
		start, end = end, start
	}
	if raw && start < end {
		start, end = e.whole(start, end)
		start, end = e.snap.Trim(start, end)
	} else {
		from, to, _, ok := e.snap.Snap(start, end)
		if !ok {
			return Outcome{Refused: sayNoLetters}
		}
		start, end = from, to
	}
	if !e.inAnnotated(start) || !e.inAnnotated(end-1) {
		e.collapse(e.caret.Focus)
		return Outcome{Refused: sayOutside}
	}
	e.caret = Caret{start, end}
	return Outcome{Say: verbatim(e.Text(start, end))}
}

// Tapped takes a click or a tap at an offset, with the ids of the marks there,
// the innermost first. It selects the innermost span; again, the next one
// outward. A finger on a plain word selects the word's core; a mouse places the
// caret.
func (e *Editor) Tapped(at int, marks []string, touch bool) Outcome {
	e.pointed = true
	if o, ok := e.tapped(marks); ok {
		return o
	}
	if id := e.outward(marks); id != "" {
		return e.Select(id)
	}
	e.span = ""
	if !e.inAnnotated(at) && !e.inAnnotated(at-1) {
		e.collapse(e.caret.Focus)
		if touch {
			return Outcome{Refused: sayOutside}
		}
		return Outcome{}
	}
	if touch {
		if from, to, _, ok := e.snap.Snap(at, at); ok {
			e.caret = Caret{from, to}
			return Outcome{Say: verbatim(e.Text(from, to))}
		}
	}
	e.collapse(e.places.Clamp(at))
	return Outcome{}
}

// outward returns the span behind the selected one among the marks, the first
// when none of them is selected, "" when there is no span.
func (e *Editor) outward(marks []string) string {
	var spans []string
	for _, id := range marks {
		if _, there := e.layer.Span(id); there {
			spans = append(spans, id)
		}
	}
	for i, id := range spans {
		if id == e.span {
			return spans[(i+1)%len(spans)]
		}
	}
	if len(spans) == 0 {
		return ""
	}
	return spans[0]
}

// Select selects a span. The caret goes to its end.
func (e *Editor) Select(id string) Outcome {
	s, there := e.layer.Span(id)
	if !there {
		return Outcome{}
	}
	e.span = id
	e.collapse(s.End)
	return Outcome{Say: e.describe(s), Reveal: annotation.Range{Start: s.Start, End: s.End}}
}

// Escape gives up the innermost thing that is chosen; with nothing chosen it
// leaves the text.
func (e *Editor) Escape() Outcome {
	if e.dismiss() {
		return Outcome{Say: sayDismissed}
	}
	if e.required != "" { // the digits are labels' keys again
		e.required = ""
		e.turn++
		return Outcome{Say: sayNothingChosen}
	}
	if _, selected := e.Selection(); selected {
		e.collapse(e.caret.Focus)
		return Outcome{Say: sayNothingChosen}
	}
	if e.span != "" {
		e.span = ""
		return Outcome{Say: sayNothingChosen}
	}
	if e.stance != "" {
		e.stance = ""
		return Outcome{Say: sayNothingChosen}
	}
	return Outcome{Request: LeaveText}
}

// Subject is what a label would be given to now.
type Subject struct {
	Text      string
	Proclitic string // left out in front of it
	Relabels  bool   // it is a span that has a label
}

// Subject returns what a label would be given to now; ok is false when there
// is nothing at the caret.
func (e *Editor) Subject() (Subject, bool) {
	_, selected := e.Selection()
	if s, there := e.Span(); there && !selected {
		return Subject{e.Text(s.Start, s.End), s.Proclitic, true}, true
	}
	r, refused := e.target()
	if refused != (i18n.Text{}) {
		return Subject{}, false
	}
	return Subject{e.Text(r.Start, r.End), e.snap.Proclitic(r.Start), false}, true
}

// target returns the range that a new span would have: the selection, or the
// core of the word at the caret.
func (e *Editor) target() (r annotation.Range, refused i18n.Text) {
	r, selected := e.Selection()
	if selected {
		r.Start, r.End = e.whole(r.Start, r.End)
		r.Start, r.End = e.snap.Trim(r.Start, r.End)
	} else {
		from, to, _, ok := e.snap.Snap(e.caret.Focus, e.caret.Focus)
		if !ok {
			return r, sayNoWord
		}
		r = annotation.Range{Start: from, End: to}
	}
	return r, e.allowed(r)
}

// allowed returns why a span can't have the range; the zero Text when it can.
func (e *Editor) allowed(r annotation.Range) i18n.Text {
	if !e.hasLetters(r.Start, r.End) {
		return sayNoLetters
	}
	for _, p := range e.annotated {
		if p.Start <= r.Start && r.Start < p.End {
			if r.End > p.End {
				return sayAcross
			}
			return i18n.Text{}
		}
	}
	return sayOutside
}

func (e *Editor) hasLetters(start, end int) bool {
	for _, r := range e.Text(start, end) {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return true
		}
	}
	return false
}

func (e *Editor) inAnnotated(at int) bool {
	for _, p := range e.annotated {
		if p.Start <= at && at < p.End {
			return true
		}
	}
	return false
}

// whole widens a range so that it splits no user-perceived character.
func (e *Editor) whole(start, end int) (int, int) {
	start = e.places.Clamp(start)
	if to := e.places.Clamp(end); to < end && e.places.ParagraphAt(to).End >= end {
		to = e.places.Move(to, caret.Letter, true)
		return start, to
	} else {
		return start, max(start, to)
	}
}

func (e *Editor) collapse(at int) { e.caret = Caret{at, at} }
