package reading

import (
	"sort"

	"hashiya/app/annotation"
	"hashiya/app/caret"
	"hashiya/app/ui/i18n"
)

// finding is what the editor knows about the text alone, and how far the spans
// of a layer reach: the greatest end up to each.
type finding struct {
	likely []likelyName
	looked bool
	ends   []int
	endsOf *annotation.Layer
}

// Words moves the caret to where the core of the next word begins, to the left
// or right as the paragraph reads; extending, to the end of the next word.
func (e *Editor) Words(left, extend bool) Outcome {
	from := e.caret.Focus
	if r, selected := e.Selection(); selected && !extend {
		from = r.Start
	}
	return e.goTo(e.snap.Step(from, e.isForward(left, from), extend), extend, caret.Word)
}

// Letters moves the caret by a letter to where the arrow points, in runs of
// either direction.
func (e *Editor) Letters(left, extend bool) Outcome {
	if _, selected := e.Selection(); selected && !extend {
		return e.Arrow(caret.Letter, left, false)
	}
	return e.goTo(e.places.Beside(e.caret.Focus, left), extend, caret.Letter)
}

// NudgeWord moves one boundary of the selected span, or of the selection, by a
// word: the end behind the next word, the start to where a word's core begins.
func (e *Editor) NudgeWord(start, left bool) Outcome {
	r, id, there := e.bounds()
	if !there {
		return Outcome{Refused: sayNoSpan}
	}
	if start {
		r.Start = e.snap.Step(r.Start, e.isForward(left, r.Start), false)
	} else if e.isForward(left, r.Start) {
		r.End = e.snap.Step(r.End, true, true)
	} else {
		r.End = e.wordEndBefore(r)
	}
	if r.Start >= r.End || e.allowed(r) != none || !e.hasLetters(r.Start, r.End) {
		return Outcome{Refused: sayNoFurther}
	}
	return e.setBounds(id, r)
}

// bounds returns the range whose ends can be moved: the selected span's, or the
// selection.
func (e *Editor) bounds() (r annotation.Range, span string, ok bool) {
	if s, there := e.Span(); there {
		return annotation.Range{Start: s.Start, End: s.End}, s.ID, true
	}
	r, ok = e.Selection()
	return r, "", ok
}

// setBounds gives the span, or with none the selection, the range.
func (e *Editor) setBounds(id string, r annotation.Range) Outcome {
	r.Start, r.End = e.snap.Trim(r.Start, r.End)
	if s, there := e.layer.Span(id); there {
		return e.resize(s, r)
	}
	e.span, e.caret = "", Caret{r.Start, r.End}
	return Outcome{Say: verbatim(e.Text(r.Start, r.End))}
}

// wordEndBefore returns the end of the word before the last one of r.
func (e *Editor) wordEndBefore(r annotation.Range) int {
	end := r.Start
	for {
		next := e.snap.Step(end, true, true)
		if next >= r.End || next <= end {
			return end
		}
		end = next
	}
}

// Resized takes new ends for the selected span, or for the selection, from a
// drag of a handle. They snap to letters only: a handle is for what snapping
// does not offer. Quotes and spaces are left out as ever.
func (e *Editor) Resized(start, end int) Outcome {
	r, id, there := e.bounds()
	if !there || start >= end {
		return Outcome{}
	}
	start, end = e.whole(start, end)
	start, end = e.snap.Trim(start, end)
	if at := (annotation.Range{Start: start, End: end}); at == r {
		return Outcome{}
	} else if refused := e.allowed(at); refused != none {
		return Outcome{Refused: refused}
	} else {
		return e.setBounds(id, at)
	}
}

// Enclosing selects the next span outward from the selected one, or around the
// caret; Enclosed the next one inward.
func (e *Editor) Enclosing() Outcome { return e.nest(true) }

// Enclosed selects the longest span within the selected one.
func (e *Editor) Enclosed() Outcome { return e.nest(false) }

func (e *Editor) nest(outward bool) Outcome {
	r, id, _ := e.bounds()
	if r.Start >= r.End {
		r = annotation.Range{Start: e.caret.Focus, End: e.caret.Focus}
	}
	place := -1
	var list []annotation.NamedSpan
	for _, s := range e.layer.Spans {
		around, within := s.Start <= r.Start && r.End <= s.End, r.Start <= s.Start && s.End <= r.End
		if around && outward || within && !outward || s.ID == id {
			list = append(list, s)
		}
	}
	// Inner before outer; spans over one range stand in the layer's order.
	sort.SliceStable(list, func(i, j int) bool { return list[i].End-list[i].Start < list[j].End-list[j].Start })
	for i, s := range list {
		if s.ID == id {
			place = i
		}
	}
	switch {
	case outward && place+1 < len(list):
		return e.Select(list[place+1].ID)
	case !outward && id == "" && len(list) > 0:
		return e.Select(list[len(list)-1].ID)
	case !outward && place > 0:
		return e.Select(list[place-1].ID)
	case outward:
		return Outcome{Refused: sayNotEnclosed}
	}
	return Outcome{Refused: sayNothingEnclosed}
}

// boundaryStep returns where the span would begin with one proclitic more or
// less in front of it.
func (e *Editor) boundaryStep(s annotation.Span, by int) (start int, ok bool) {
	list := e.snap.Boundaries(s.Start)
	if by > 0 {
		for _, at := range list {
			if at > s.Start && at < s.End {
				return at, true
			}
		}
		return 0, false
	}
	for i := len(list) - 1; i >= 0; i-- {
		if list[i] < s.Start {
			return list[i], true
		}
	}
	return 0, false
}

var (
	sayNotEnclosed     = i18n.Text{Ar: "لا وسم أوسع حول هذا.", En: "No label encloses this."}
	sayNothingEnclosed = i18n.Text{Ar: "لا وسم داخل هذا.", En: "There is no label within this."}
)
