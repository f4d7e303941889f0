package reading

import (
	"slices"

	"hashiya/app/annotation"
	"hashiya/app/quotation"
	"hashiya/app/ui/i18n"
)

// people are the labels, of the presets, of those who speak for themselves.
var people = []string{"PER", "PERS"}

// offer fills in what the words around a piece of evidence suggest: who holds
// the stance, toward what, and how the text reports it. What stands in the draft
// stays; the judgement is never suggested.
func (e *Editor) offer(piece annotation.Range) {
	d := e.draft
	reading, ids := e.readAround(piece)
	var holder annotation.Holder
	switch {
	case reading.Implicit:
		holder.Implicit = true
	case reading.Holder >= 0:
		holder.Entity = ids[reading.Holder]
	}
	var target annotation.Target
	switch {
	case reading.Target >= 0:
		target.Entity = ids[reading.Target]
	case len(reading.Claims) > 0:
		target.Claim = reading.Claims[0]
	}
	d.claims = append(d.claims, reading.Claims...)
	if d.Holder == (annotation.Holder{}) {
		d.Holder, d.offered.Holder = holder, holder
	}
	if d.Target == (annotation.Target{}) {
		d.Target, d.offered.Target = target, target
	}
	if d.Mode == "" {
		d.Mode, d.offered.Mode = reading.Mode, reading.Mode
	}
}

// readAround reads the words around a range, with the entities mentioned there.
func (e *Editor) readAround(r annotation.Range) (reading quotation.Reading, ids []string) {
	p := e.paragraphOf(r.Start)
	var mentions []quotation.Mention
	for _, s := range e.layer.Spans {
		if s.Entity != "" && s.Start >= p.Start && s.End <= p.End {
			mentions = append(mentions, quotation.Mention{
				Range: annotation.Range{Start: s.Start, End: s.End}, Person: slices.Contains(people, s.Label),
			})
			ids = append(ids, s.Entity)
		}
	}
	r.End = min(r.End, p.End)
	return quotation.Read(e.index, annotation.Range{Start: p.Start, End: p.End}, r, mentions), ids
}

// Offered reports which parts of the draft are as they were suggested.
func (d *StanceDraft) Offered() (holder, target, mode bool) {
	return d.offered.Holder != annotation.Holder{} && d.Holder == d.offered.Holder,
		d.offered.Target != annotation.Target{} && d.Target == d.offered.Target,
		d.offered.Mode != "" && d.Mode == d.offered.Mode
}

// near returns the layer's entities, those mentioned closest to the draft's
// first evidence first: in it, then in its paragraph, then the rest.
func (e *Editor) near() []string {
	var at annotation.Range
	if len(e.draft.Evidence) > 0 {
		at = e.draft.Evidence[0]
	}
	p := e.paragraphOf(at.Start)
	var in, around, rest []string
	for _, n := range e.layer.Entities {
		list := &rest
		for _, m := range e.mentions(n.ID) {
			if at.Start <= m.Start && m.End <= at.End {
				list = &in
				break
			}
			if p.Start <= m.Start && m.End <= p.End {
				list = &around
			}
		}
		*list = append(*list, n.ID)
	}
	return slices.Concat(in, around, rest)
}

// NextHolder gives the draft the entity of the selected span as its holder;
// with no span selected, the next of those who could be: the suggested one, the
// entities nearest to the evidence first, the author, the outlet, nobody named.
func (e *Editor) NextHolder() Outcome {
	return e.onDraft(func(d *StanceDraft) i18n.Text {
		if s, there := e.Span(); there && s.Entity != "" {
			d.Holder = annotation.Holder{Entity: s.Entity}
			e.span = ""
		} else {
			d.Holder = next(e.holderChoices(), d.Holder)
		}
		return fill(sayHolderIs, "name", e.HolderName(d.Holder))
	})
}

func (e *Editor) holderChoices() []annotation.Holder {
	out := []annotation.Holder{}
	add := func(h annotation.Holder) {
		if h != (annotation.Holder{}) && !slices.Contains(out, h) {
			out = append(out, h)
		}
	}
	add(e.draft.offered.Holder)
	for _, id := range e.near() {
		add(annotation.Holder{Entity: id})
	}
	add(annotation.Holder{Author: true})
	add(annotation.Holder{Outlet: true})
	add(annotation.Holder{Implicit: true})
	return out
}

// NextTarget gives the draft the selected text as the claim that it is about;
// else the entity of the selected span; else the next of what it could be: what
// is suggested, then the entities nearest to the evidence.
func (e *Editor) NextTarget() Outcome {
	return e.onDraft(func(d *StanceDraft) i18n.Text {
		if r, selected := e.Selection(); selected {
			start, end := e.whole(r.Start, r.End)
			start, end = e.snap.Trim(start, end)
			if !e.hasLetters(start, end) {
				return sayNoLetters
			}
			d.Target = annotation.Target{Claim: e.entityName(start, end)}
			e.collapse(r.End)
		} else if s, there := e.Span(); there && s.Entity != "" {
			d.Target = annotation.Target{Entity: s.Entity}
			e.span = ""
		} else {
			d.Target = next(e.targetChoices(), d.Target)
		}
		return fill(sayTargetIs, "name", e.TargetName(d.Target))
	})
}

func (e *Editor) targetChoices() []annotation.Target {
	out := []annotation.Target{}
	add := func(t annotation.Target) {
		if t != (annotation.Target{}) && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	add(e.draft.offered.Target)
	for _, c := range e.draft.claims {
		add(annotation.Target{Claim: c})
	}
	for _, id := range e.near() {
		add(annotation.Target{Entity: id})
	}
	return out
}

// next returns the choice behind the present one, the first behind the last.
func next[T comparable](choices []T, now T) T {
	if len(choices) == 0 {
		return now
	}
	return choices[(slices.Index(choices, now)+1)%len(choices)]
}

// AddSource puts the entity of the selected span at the end of the draft's
// chain of sources.
func (e *Editor) AddSource() Outcome {
	s, there := e.Span()
	if !there || s.Entity == "" {
		return Outcome{Refused: sayNoSpan}
	}
	return e.onDraft(func(d *StanceDraft) i18n.Text {
		d.Via = append(d.Via, annotation.Holder{Entity: s.Entity})
		return fill(wordViaIs, "source", e.EntityName(s.Entity))
	})
}

// NextMode goes on to the next way in which the text may report the stance.
func (e *Editor) NextMode() Outcome {
	return e.onDraft(func(d *StanceDraft) i18n.Text {
		d.Mode = next(annotation.Modes, d.Mode)
		return modeNames[d.Mode]
	})
}

// Judge gives the draft the nth label of the stance scale, from 1.
func (e *Editor) Judge(n int) Outcome {
	if n > len(e.scheme.Stances) {
		return Outcome{}
	}
	return e.onDraft(func(d *StanceDraft) i18n.Text {
		l := e.scheme.Stances[n-1]
		d.Label = l.ID
		return i18n.Text{Ar: l.Names.Ar, En: l.Names.En}
	})
}

// Intensity and Certainty set a degree of the draft, 1 to 3; the present one
// again takes it back.
func (e *Editor) Intensity(n int) Outcome {
	return e.onDraft(func(d *StanceDraft) i18n.Text {
		d.Intensity = pick(d.Intensity, n)
		return fill(wordIntensityIs, "n", digit(d.Intensity))
	})
}

func (e *Editor) Certainty(n int) Outcome {
	return e.onDraft(func(d *StanceDraft) i18n.Text {
		d.Certainty = pick(d.Certainty, n)
		return fill(wordCertaintyIs, "n", digit(d.Certainty))
	})
}

func digit(n int) string { return string(rune('0' + n)) }

func (e *Editor) onDraft(change func(d *StanceDraft) i18n.Text) Outcome {
	if e.draft == nil {
		return Outcome{}
	}
	e.turn++
	return Outcome{Say: change(e.draft)}
}

var (
	sayHolderIs = i18n.Text{Ar: "صاحب الموقف: {name}", En: "Holder: {name}"}
	sayTargetIs = i18n.Text{Ar: "الموقف من: {name}", En: "Toward: {name}"}
)
