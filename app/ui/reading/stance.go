package reading

import (
	"slices"
	"strings"

	"hashiya/app/annotation"
	"hashiya/app/ui/i18n"
)

// StanceDraft is a stance being written. It becomes part of the layer only
// when it is complete and saved.
type StanceDraft struct {
	ID string // of the stance being edited, "" for a new one
	annotation.Stance
	saved annotation.Stance // as it was when opened

	offered annotation.Stance // the parts that the words around the evidence suggest
	claims  []string          // that it may be about, the likeliest first
}

// Draft returns the stance being written, nil for none. The panel changes it
// in place.
func (e *Editor) Draft() *StanceDraft { return e.draft }

// Dirty reports whether the draft says anything that is not saved.
func (d *StanceDraft) Dirty() bool { return !equalStances(d.Stance, d.saved) }

// NewStance opens a draft: what is selected is its first evidence, the entity
// of the selected span its holder. While a draft is open it is kept, and what
// is selected joins its evidence.
func (e *Editor) NewStance() Outcome {
	if refused := e.locked(); refused != none {
		return Outcome{Refused: refused}
	}
	if e.draft != nil {
		if _, selected := e.Selection(); selected {
			return e.AddEvidence()
		}
		return Outcome{Request: OpenStance}
	}
	e.draft = &StanceDraft{Stance: annotation.Stance{Via: []annotation.Holder{}, Evidence: []annotation.Range{}}}
	e.stance = ""
	if s, there := e.Span(); there && s.Entity != "" {
		e.draft.Holder = annotation.Holder{Entity: s.Entity}
	}
	say := sayNewStance
	if _, selected := e.Selection(); selected {
		if o := e.AddEvidence(); o.Refused == none {
			say = join(say, o.Say)
		}
	}
	return Outcome{Request: OpenStance, Say: say}
}

// EditStance opens a stance of the layer as the draft. An unsaved draft is not
// thrown away for it.
func (e *Editor) EditStance(id string) Outcome {
	if refused := e.locked(); refused != none {
		return Outcome{Refused: refused}
	}
	if e.draft != nil && e.draft.ID != id && e.draft.Dirty() {
		return Outcome{Refused: sayDraftOpen, Request: OpenStance}
	}
	s, there := e.stanceByID(id)
	if !there {
		return Outcome{}
	}
	if e.draft == nil || e.draft.ID != id {
		e.draft = &StanceDraft{ID: id, Stance: cloneStance(s.Stance), saved: cloneStance(s.Stance)}
	}
	e.stance = id
	return Outcome{Request: OpenStance}
}

// DropDraft closes the draft without saving it.
func (e *Editor) DropDraft() { e.draft = nil }

// AddEvidence takes what is selected into the draft's evidence: a piece per
// paragraph, without spaces and punctuation at its ends.
func (e *Editor) AddEvidence() Outcome {
	r, selected := e.Selection()
	switch {
	case e.draft == nil:
		return e.NewStance()
	case !selected:
		return Outcome{Refused: saySelectEvidence}
	}
	added := 0
	for _, p := range e.annotated {
		start, end := max(r.Start, p.Start), min(r.End, p.End)
		if start >= end || !e.hasLetters(start, end) {
			continue
		}
		start, end = e.whole(start, end)
		start, end = e.snap.Trim(start, end)
		if piece := (annotation.Range{Start: start, End: end}); !slices.Contains(e.draft.Evidence, piece) {
			e.draft.Evidence = append(e.draft.Evidence, piece)
			e.offer(piece)
			added++
		}
	}
	if added == 0 {
		return Outcome{Refused: sayEvidenceThere}
	}
	slices.SortFunc(e.draft.Evidence, func(a, b annotation.Range) int { return a.Start - b.Start })
	e.collapse(r.End)
	return Outcome{Say: fill(sayEvidenceAdded, "text", e.Text(r.Start, r.End)), Request: OpenStance}
}

// RemoveEvidence takes a piece out of the draft.
func (e *Editor) RemoveEvidence(r annotation.Range) {
	if e.draft != nil {
		e.draft.Evidence = slices.DeleteFunc(e.draft.Evidence, func(x annotation.Range) bool { return x == r })
	}
}

// Missing returns what the draft lacks to be a stance, in the order of the
// form.
func (e *Editor) Missing() []i18n.Text {
	d := e.draft
	if d == nil {
		return nil
	}
	var out []i18n.Text
	known := func(h annotation.Holder) bool {
		_, there := e.layer.Entity(h.Entity)
		return there || h.Entity == "" && (h.Author || h.Outlet || h.Implicit)
	}
	if !known(d.Holder) {
		out = append(out, missHolder)
	}
	if slices.ContainsFunc(d.Via, func(h annotation.Holder) bool { return !known(h) }) {
		out = append(out, missVia)
	}
	if _, there := e.layer.Entity(d.Target.Entity); !there && (d.Target.Entity != "" || strings.TrimSpace(d.Target.Claim) == "") {
		out = append(out, missTarget)
	}
	if _, known := e.scheme.KnownStance(d.Label); !known {
		out = append(out, missLabel)
	}
	if !slices.Contains(annotation.Modes, d.Mode) {
		out = append(out, missMode)
	}
	if len(d.Evidence) == 0 && !e.judgesArticle(&d.Stance) {
		out = append(out, missEvidence)
	}
	if len([]rune(d.Target.Claim)) > annotation.MaxClaim || len([]rune(d.Note)) > annotation.MaxNote ||
		len(d.Evidence) > annotation.MaxRanges {
		out = append(out, missShorter)
	}
	return out
}

// SaveStance makes the draft part of the layer, or says what it lacks.
func (e *Editor) SaveStance() Outcome {
	d := e.draft
	if d == nil {
		return Outcome{}
	}
	if refused := e.locked(); refused != none {
		return Outcome{Refused: refused}
	}
	if missing := e.Missing(); len(missing) > 0 {
		return Outcome{Refused: fill(sayStanceLacks, "what", list(missing))}
	}
	id := d.ID
	if id == "" {
		id = e.newID()
	}
	s := cloneStance(d.Stance)
	s.Target.Claim = strings.TrimSpace(s.Target.Claim)
	s.Note = strings.TrimSpace(s.Note)
	e.draft, e.stance = nil, id
	return Outcome{Changes: []annotation.Change{putStance(id, s)}, Say: sayStanceSaved}
}

// DeleteStance removes a stance.
func (e *Editor) DeleteStance(id string) Outcome {
	if _, there := e.stanceByID(id); !there {
		return Outcome{}
	}
	if refused := e.locked(); refused != none {
		return Outcome{Refused: refused}
	}
	if e.draft != nil && e.draft.ID == id {
		e.draft = nil
	}
	return Outcome{Changes: []annotation.Change{{Subject: id, Kind: annotation.DeleteStance}}, Say: sayStanceDeleted}
}

// ChooseStance lights up a stance in the text: its evidence, and the mentions
// of its holder and target. Choosing it again puts the light out.
func (e *Editor) ChooseStance(id string) Outcome {
	s, there := e.stanceByID(id)
	if !there || e.stance == id {
		e.stance = ""
		return Outcome{}
	}
	e.stance = id
	if len(s.Evidence) == 0 {
		return Outcome{}
	}
	return Outcome{Reveal: s.Evidence[0]}
}

// Stance returns the stance that is lit up: the draft where one is open.
func (e *Editor) Stance() (annotation.NamedStance, bool) {
	if e.draft != nil {
		return annotation.NamedStance{ID: e.draft.ID, Stance: e.draft.Stance}, true
	}
	return e.stanceByID(e.stance)
}

func (e *Editor) stanceByID(id string) (annotation.NamedStance, bool) {
	for _, s := range e.layer.Stances {
		if s.ID == id {
			return s, true
		}
	}
	return annotation.NamedStance{}, false
}

// HolderName returns how to call a holder.
func (e *Editor) HolderName(h annotation.Holder) i18n.Text {
	switch {
	case h.Entity != "":
		return e.EntityName(h.Entity)
	case h.Author:
		return wordAuthor
	case h.Outlet && e.article.Meta.Outlet != "":
		return verbatim(e.article.Meta.Outlet)
	case h.Outlet:
		return wordOutlet
	case h.Implicit:
		return wordImplicit
	}
	return wordNobody
}

// TargetName returns how to call a target.
func (e *Editor) TargetName(t annotation.Target) i18n.Text {
	switch {
	case t.Entity != "":
		return e.EntityName(t.Entity)
	case t.Claim != "":
		return verbatim(t.Claim)
	}
	return wordNobody
}

// entitiesOf returns the entities that a stance names.
func entitiesOf(s *annotation.Stance) map[string]bool {
	out := map[string]bool{}
	for _, id := range []string{s.Holder.Entity, s.Target.Entity} {
		if id != "" {
			out[id] = true
		}
	}
	for _, h := range s.Via {
		if h.Entity != "" {
			out[h.Entity] = true
		}
	}
	return out
}

func replaceEntity(s annotation.Stance, from, into string) annotation.Stance {
	s = cloneStance(s)
	if s.Holder.Entity == from {
		s.Holder.Entity = into
	}
	if s.Target.Entity == from {
		s.Target.Entity = into
	}
	for i := range s.Via {
		if s.Via[i].Entity == from {
			s.Via[i].Entity = into
		}
	}
	return s
}

func cloneStance(s annotation.Stance) annotation.Stance {
	s.Via = append([]annotation.Holder{}, s.Via...)
	s.Evidence = append([]annotation.Range{}, s.Evidence...)
	return s
}

func equalStances(a, b annotation.Stance) bool {
	return a.Holder == b.Holder && a.Target == b.Target && a.Label == b.Label && a.Mode == b.Mode &&
		a.Intensity == b.Intensity && a.Certainty == b.Certainty && a.Note == b.Note &&
		slices.Equal(a.Via, b.Via) && slices.Equal(a.Evidence, b.Evidence)
}

func putStance(id string, s annotation.Stance) annotation.Change {
	return annotation.Change{Subject: id, Kind: annotation.PutStance, Stance: &s}
}
