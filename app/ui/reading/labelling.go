package reading

import (
	"unicode"

	"hashiya/app/annotation"
	"hashiya/app/scheme"
	"hashiya/app/ui/i18n"
)

// Label gives the label to the selection as a new span; with nothing selected,
// to the selected span, which is relabelled; with no span selected either, to
// the core of the word at the caret. The new span is selected.
func (e *Editor) Label(id string) Outcome {
	label, known := e.scheme.Label(id)
	if !known {
		return Outcome{Refused: fill(sayUnknownLabel, "label", id)}
	}
	if refused := e.locked(); refused != none {
		return Outcome{Refused: refused}
	}
	_, selected := e.Selection()
	if s, there := e.Span(); there && !selected {
		return e.relabel(s, label)
	}
	r, refused := e.target()
	if refused != none {
		return Outcome{Refused: refused}
	}
	return e.create(r, label)
}

// Repeat gives the last label again.
func (e *Editor) Repeat() Outcome { return e.repeat((*Editor).Label) }

// RepeatEverywhere is Repeat, also for the other mentions that are sure.
func (e *Editor) RepeatEverywhere() Outcome { return e.repeat((*Editor).LabelEverywhere) }

func (e *Editor) repeat(label func(e *Editor, id string) Outcome) Outcome {
	if e.lastLabel == "" {
		return Outcome{Refused: sayNoLastLabel}
	}
	return e.moveOn(label(e, e.lastLabel))
}

// LabelEverywhere is Label, also for the other mentions that are sure: one act.
func (e *Editor) LabelEverywhere(id string) Outcome {
	o := e.Label(id)
	if o.Refused != none {
		return o
	}
	s, put := firstSpan(o.Changes)
	if !put {
		s, _ = e.Span() // it had the label already
	}
	o, _ = e.everywhere(o, s)
	return o
}

// moveOn follows a label that was given by the keyboard: the caret goes on to
// the next candidate, and the other mentions are offered meanwhile. It stays
// where the reader has to say which entity is meant.
func (e *Editor) moveOn(o Outcome) Outcome {
	s, put := firstSpan(o.Changes)
	_, old := e.layer.Span(s.ID)
	if !put || old || e.stay || e.pointed || s.Entity == "" && namesThings(s.Label) {
		return o
	}
	var all []annotation.Range
	for _, c := range o.Changes {
		if c.Kind == annotation.PutSpan {
			all = append(all, annotation.Range{Start: c.Span.Start, End: c.Span.End})
		}
	}
	e.reviewing = false
	at := annotation.Range{Start: s.Start, End: s.End}
	upTo := e.annotated[len(e.annotated)-1].End
	if next, there := e.candidate(at, true, all); there {
		upTo = next.Start
	}
	if again, there := e.foresee(s, all, upTo); there {
		e.span, e.caret = "", Caret{again.Start, again.End}
		o.Say = join(o.Say, fill(saySuggested, "text", e.Text(again.Start, again.End), "label", e.labelNames(s.Label)))
		o.Reveal = again
	} else {
		o = e.goOn(o, at, all)
	}
	e.wanted.caret = e.caret
	return o
}

// firstSpan returns the first span that the changes put.
func firstSpan(changes []annotation.Change) (s annotation.NamedSpan, ok bool) {
	for _, c := range changes {
		if c.Kind == annotation.PutSpan {
			return annotation.NamedSpan{ID: c.Subject, Span: *c.Span}, true
		}
	}
	return s, false
}

func (e *Editor) create(r annotation.Range, label scheme.Label) Outcome {
	if twin := e.twin(r, label.ID, ""); twin != "" {
		e.Select(twin)
		return Outcome{Refused: fill(sayTwin, "text", e.Text(r.Start, r.End), "label", label.Names)}
	}
	s := annotation.NamedSpan{ID: e.newID(), Span: annotation.Span{
		Start: r.Start, End: r.End, Label: label.ID, Proclitic: e.proclitic(r.Start), Source: e.shownSource(r, label.ID),
	}}
	changes, linked := e.link(&s.Span)
	e.span, e.lastLabel, e.wanted = s.ID, label.ID, *newOffer(s.ID)
	e.collapse(r.End)
	say := fill(sayCreated, "label", label.Names, "text", e.Text(r.Start, r.End))
	if linked == ambiguous {
		say = join(say, sayAmbiguous)
	}
	return Outcome{Changes: append(changes, putSpan(s)), Say: say}
}

func (e *Editor) relabel(s annotation.NamedSpan, label scheme.Label) Outcome {
	e.lastLabel = label.ID
	if s.Label == label.ID {
		return Outcome{Say: e.describe(s)}
	}
	if twin := e.twin(annotation.Range{Start: s.Start, End: s.End}, label.ID, s.ID); twin != "" {
		return Outcome{Refused: fill(sayTwin, "text", e.Text(s.Start, s.End), "label", label.Names)}
	}
	old := s
	s.Label = label.ID
	var changes []annotation.Change
	entity, linked := e.layer.Entity(s.Entity)
	switch {
	case linked && len(e.mentions(s.Entity)) > 1:
		// One mention in another role (metonymy) still refers to the same thing.
	case linked && (namesThings(label.ID) || e.inStance(s.Entity)):
		entity.Label = label.ID
		changes = append(changes, putEntity(entity))
	case linked:
		s.Entity = ""
		changes = append(changes, e.orphaned(old)...)
	default:
		changes, _ = e.link(&s.Span)
	}
	return Outcome{
		Changes: append(changes, putSpan(s)),
		Say:     fill(sayRelabelled, "label", label.Names, "text", e.Text(s.Start, s.End)),
	}
}

// Delete removes the selected span; a selected suggestion is refused. With the
// span goes the entity that lived by it alone.
func (e *Editor) Delete() Outcome {
	if _, selected := e.Suggestion(); selected {
		return e.RefuseSuggestion()
	}
	s, there := e.Span()
	if !there {
		return Outcome{Refused: sayNoSpan}
	}
	if refused := e.locked(); refused != none {
		return Outcome{Refused: refused}
	}
	e.span = ""
	e.collapse(e.places.Clamp(s.Start))
	changes := []annotation.Change{{Subject: s.ID, Kind: annotation.DeleteSpan}}
	return Outcome{
		Changes: append(changes, e.orphaned(s)...),
		Say:     fill(sayDeleted, "text", e.Text(s.Start, s.End)),
	}
}

func (e *Editor) resize(s annotation.NamedSpan, r annotation.Range) Outcome {
	if refused := e.locked(); refused != none {
		return Outcome{Refused: refused}
	}
	if e.twin(r, s.Label, s.ID) != "" {
		return Outcome{Refused: fill(sayTwin, "text", e.Text(r.Start, r.End), "label", e.labelNames(s.Label))}
	}
	var changes []annotation.Change
	// An entity that got its name from this one mention keeps up with it.
	if entity, linked := e.layer.Entity(s.Entity); linked &&
		len(e.mentions(s.Entity)) == 1 && entity.Name == e.entityName(s.Start, s.End) {
		entity.Name = e.entityName(r.Start, r.End)
		changes = append(changes, putEntity(entity))
	}
	if r.Start != s.Start {
		s.Proclitic = e.proclitic(r.Start)
	}
	s.Start, s.End = r.Start, r.End
	e.collapse(r.End)
	return Outcome{
		Changes: append(changes, putSpan(s)),
		Say:     verbatim(e.Text(r.Start, r.End)),
		Reveal:  r,
	}
}

// PutBack takes the last proclitic in front of the selected span into it.
func (e *Editor) PutBack() Outcome { return e.shiftProclitic(-1) }

// TakeOff leaves one more proclitic of the selected span's first word in front
// of it.
func (e *Editor) TakeOff() Outcome { return e.shiftProclitic(+1) }

func (e *Editor) shiftProclitic(by int) Outcome {
	s, there := e.Span()
	if !there {
		return Outcome{Refused: sayNoSpan}
	}
	if to, ok := e.boundaryStep(s.Span, by); ok {
		return e.resize(s, annotation.Range{Start: to, End: s.End})
	}
	if by < 0 {
		return Outcome{Refused: sayNothingLeftOut}
	}
	return Outcome{Refused: sayNothingToTakeOff}
}

// proclitic returns what stands in front of a span that begins at start, as
// far as an op can carry it.
func (e *Editor) proclitic(start int) string {
	p := e.snap.Proclitic(start)
	if len([]rune(p)) > annotation.MaxProclitic {
		return "" // stretched with tatweel beyond any name
	}
	return p
}

// twin returns the id of another span with the same range and label.
func (e *Editor) twin(r annotation.Range, label, self string) string {
	for _, s := range e.layer.Spans {
		if s.Start == r.Start && s.End == r.End && s.Label == label && s.ID != self {
			return s.ID
		}
	}
	return ""
}

// locked returns why the layer can't be changed now: the disk does not take what
// was changed last, or it was handed in and stays as it is until it is opened
// again.
func (e *Editor) locked() i18n.Text {
	if e.full {
		return sayDiskFull
	}
	switch e.layer.Status {
	case annotation.Done:
		return sayLockedDone
	case annotation.Skipped:
		return sayLockedSkipped
	}
	return none
}

func (e *Editor) space(at int) bool { return unicode.IsSpace(e.index.Rune(at)) }

func (e *Editor) labelNames(id string) scheme.Names {
	if l, known := e.scheme.Known(id); known {
		return l.Names
	}
	return scheme.Names{Ar: id, En: id}
}

// describe says a span: its label and text.
func (e *Editor) describe(s annotation.NamedSpan) i18n.Text {
	return fill(sayLabelled, "label", e.labelNames(s.Label), "text", e.Text(s.Start, s.End))
}

func putSpan(s annotation.NamedSpan) annotation.Change {
	return annotation.Change{Subject: s.ID, Kind: annotation.PutSpan, Span: &s.Span}
}
