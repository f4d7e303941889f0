package reading

import (
	"hashiya/app/annotation"
	"hashiya/app/caret"
	"hashiya/app/text"
)

// Move moves the caret by one unit in logical order. With extend the selection
// follows; without, whatever was selected is not any more.
func (e *Editor) Move(u caret.Unit, forward, extend bool) Outcome {
	from := e.caret.Focus
	if r, selected := e.Selection(); selected && !extend && u == caret.Letter {
		// As in every text field: the first arrow closes the selection at its edge.
		from = r.Start
		if forward {
			from = r.End
		}
		return e.goTo(from, false, u)
	}
	return e.goTo(e.places.Move(from, u, forward), extend, u)
}

// Arrow moves the caret sideways as it looks: to the left is forward in a
// right-to-left paragraph.
func (e *Editor) Arrow(u caret.Unit, left, extend bool) Outcome {
	return e.Move(u, e.isForward(left, e.caret.Focus), extend)
}

func (e *Editor) isForward(left bool, at int) bool {
	return left == (e.places.ParagraphAt(at).Dir == text.RTL)
}

// Line moves the caret by visual lines, down for lines > 0.
func (e *Editor) Line(lines int, extend bool) Outcome {
	from := e.caret.Focus
	to, ok := e.lineStep(from, lines)
	if ok {
		to = e.places.Clamp(to)
	}
	switch forward := lines > 0; {
	case !ok:
		to = e.places.Move(from, caret.Text, forward)
	case forward && to <= from, !forward && to >= from:
		// The next line belongs to a part that is not annotated: jump over it.
		to = e.places.Move(from, caret.Paragraph, forward)
	}
	return e.goTo(to, extend, caret.Sentence)
}

// Edge moves the caret to the start or end of its paragraph.
func (e *Editor) Edge(end, extend bool) Outcome {
	p := e.places.ParagraphAt(e.caret.Focus)
	if end {
		return e.goTo(p.End, extend, caret.Letter)
	}
	return e.goTo(p.Start, extend, caret.Word)
}

// SelectAround selects the paragraph at the caret.
func (e *Editor) SelectAround() Outcome {
	p := e.places.ParagraphAt(e.caret.Focus)
	e.span, e.caret = "", Caret{p.Start, p.End}
	return Outcome{Say: verbatim(e.Text(p.Start, p.End))}
}

func (e *Editor) goTo(at int, extend bool, u caret.Unit) Outcome {
	e.span = ""
	e.caret.Focus = at
	if !extend {
		e.caret.Anchor = at
	}
	if r, selected := e.Selection(); selected {
		return Outcome{Say: verbatim(e.Text(r.Start, r.End))}
	}
	switch u {
	case caret.Letter:
		return Outcome{Say: verbatim(e.Text(at, e.places.Move(at, caret.Letter, true)))}
	case caret.Word:
		if w, ok := e.places.WordAt(at); ok {
			return Outcome{Say: verbatim(e.Text(w.Start, w.End))}
		}
		return Outcome{}
	}
	p := e.places.ParagraphAt(at)
	return Outcome{Say: verbatim(e.Text(at, min(e.places.Move(at, caret.Sentence, true), p.End)))}
}

// NextSpan selects the span behind or before the selected one, or the caret.
// ok is false when there is none.
func (e *Editor) NextSpan(forward bool) (o Outcome, ok bool) {
	spans := e.layer.Spans
	i := -1
	for k := range spans {
		s := &spans[k]
		switch {
		case e.span != "" && s.ID == e.span:
			if forward {
				i = k + 1
			} else {
				i = k - 1
			}
		case e.span == "" && forward && i < 0 && s.Start >= e.caret.Focus:
			i = k
		case e.span == "" && !forward && s.Start < e.caret.Focus:
			i = k
		}
	}
	if i < 0 || i >= len(spans) {
		return Outcome{Say: sayNoMoreSpans}, false
	}
	return e.Select(spans[i].ID), true
}

// ExtendToSpan extends the selection to the end of the next span, or to the
// start of the one before: from name to name, as evidence of a stance runs. A
// selected span is where the selection begins.
func (e *Editor) ExtendToSpan(forward bool) Outcome {
	if s, there := e.Span(); there {
		e.caret = Caret{s.Start, s.End}
		if !forward {
			e.caret = Caret{s.End, s.Start}
		}
	}
	to, there := 0, false
	for _, s := range e.layer.Spans {
		switch {
		case forward && s.End > e.caret.Focus && (!there || s.End < to):
			to, there = s.End, true
		case !forward && s.Start < e.caret.Focus && (!there || s.Start > to):
			to, there = s.Start, true
		}
	}
	if !there {
		return Outcome{Refused: sayNoMoreSpans}
	}
	return e.goTo(to, true, caret.Word)
}

// Nudge moves one boundary of the selected span by a letter, to the left or
// right as it looks. Spaces are passed over: no span begins or ends in one.
func (e *Editor) Nudge(start, left bool) Outcome {
	s, there := e.Span()
	if !there {
		return Outcome{Refused: sayNoSpan}
	}
	edge := s.End
	if start {
		edge = s.Start
	}
	forward := e.isForward(left, s.Start)
	to := edge
	for {
		next := e.places.Move(to, caret.Letter, forward)
		if next == to || e.allowed(annotation.Range{Start: min(next, s.Start), End: max(next, s.End)}) != none {
			return Outcome{Refused: sayNoFurther}
		}
		to = next
		r := annotation.Range{Start: s.Start, End: to}
		if start {
			r = annotation.Range{Start: to, End: s.End}
		}
		if r.Start >= r.End {
			return Outcome{Refused: sayNoFurther}
		}
		if !e.space(r.Start) && !e.space(r.End-1) {
			return e.resize(s, r)
		}
	}
}
