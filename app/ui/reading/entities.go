package reading

import (
	"slices"
	"strings"

	"hashiya/app/annotation"
	"hashiya/app/arabic"
	"hashiya/app/ui/i18n"
)

// describing are the labels, of the presets, whose mentions say when, how much
// or what kind rather than name a thing: their spans get an entity only when
// the user asks for one.
var describing = []string{
	"DATE", "TIME", "ROLE", "OCC", "NORP", "MONEY", "QUANTITY", "CARDINAL", "ORDINAL", "PERCENT", "UNIT", "CURR",
}

func namesThings(label string) bool { return !slices.Contains(describing, label) }

type linking int

const (
	unlinked linking = iota
	toKnown
	toNew
	ambiguous
)

// link gives a new mention its entity: the one that has a mention of the same
// label and letters; a new one when there is none. Where several have, it is
// left open: two people called علييف are two entities, and only the reader
// knows which is meant.
func (e *Editor) link(s *annotation.Span) ([]annotation.Change, linking) {
	if !namesThings(s.Label) {
		return nil, unlinked
	}
	key := letters(e.Text(s.Start, s.End))
	var found []string
	for _, m := range e.layer.Spans {
		if m.Entity != "" && m.Label == s.Label && !slices.Contains(found, m.Entity) && letters(e.Text(m.Start, m.End)) == key {
			found = append(found, m.Entity)
		}
	}
	for _, n := range e.layer.Entities {
		if n.Label == s.Label && !slices.Contains(found, n.ID) && letters(n.Name) == key {
			found = append(found, n.ID)
		}
	}
	switch len(found) {
	case 0:
		n := annotation.NamedEntity{ID: e.newID(), Entity: annotation.Entity{Name: e.entityName(s.Start, s.End), Label: s.Label}}
		s.Entity = n.ID
		return []annotation.Change{putEntity(n)}, toNew
	case 1:
		s.Entity = found[0]
		return nil, toKnown
	}
	return nil, ambiguous
}

// letters makes texts comparable that differ only in vowel marks, tatweel,
// invisible controls and white space.
func letters(s string) string {
	s = strings.Map(func(r rune) rune {
		if arabic.IsMark(r) {
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// entityName returns the name that an entity gets from a mention.
func (e *Editor) entityName(start, end int) string {
	name := strings.Join(strings.Fields(e.Text(start, end)), " ")
	if r := []rune(name); len(r) > annotation.MaxName {
		name = string(r[:annotation.MaxName])
	}
	return name
}

// EntityGroup is an entity with its mentions.
type EntityGroup struct {
	annotation.NamedEntity
	Mentions []annotation.NamedSpan
	Stances  int // in which it is holder, source or target
}

// EntityGroups returns the entities in the layer's order.
func (e *Editor) EntityGroups() []EntityGroup {
	groups := make([]EntityGroup, len(e.layer.Entities))
	at := map[string]int{}
	for i, n := range e.layer.Entities {
		groups[i] = EntityGroup{NamedEntity: n}
		at[n.ID] = i
	}
	for _, s := range e.layer.Spans {
		if i, linked := at[s.Entity]; linked {
			groups[i].Mentions = append(groups[i].Mentions, s)
		}
	}
	for _, s := range e.layer.Stances {
		for id := range entitiesOf(&s.Stance) {
			if i, known := at[id]; known {
				groups[i].Stances++
			}
		}
	}
	return groups
}

// Unlinked returns the spans without an entity.
func (e *Editor) Unlinked() []annotation.NamedSpan {
	var out []annotation.NamedSpan
	for _, s := range e.layer.Spans {
		if s.Entity == "" {
			out = append(out, s)
		}
	}
	return out
}

// Choices returns the entities that the text of a span could mean, the
// likeliest first: those that share a word with it, then those of its label,
// then the rest, each in the layer's order. A query keeps those whose name
// holds its letters.
func (e *Editor) Choices(s annotation.Span, query string) []annotation.NamedEntity {
	words := strings.Fields(letters(e.Text(s.Start, s.End)))
	query = letters(query)
	rank := func(n annotation.NamedEntity) int {
		shares := func(text string) bool {
			return slices.ContainsFunc(strings.Fields(letters(text)), func(w string) bool { return slices.Contains(words, w) })
		}
		r := 0
		if n.Label != s.Label {
			r++
		}
		if !shares(n.Name) && !slices.ContainsFunc(e.mentions(n.ID), func(m annotation.NamedSpan) bool { return shares(e.Text(m.Start, m.End)) }) {
			r += 2
		}
		return r
	}
	var out []annotation.NamedEntity
	for _, n := range e.layer.Entities {
		if n.ID != s.Entity && strings.Contains(letters(n.Name), query) {
			out = append(out, n)
		}
	}
	slices.SortStableFunc(out, func(a, b annotation.NamedEntity) int { return rank(a) - rank(b) })
	return out
}

// AskEntity asks the screen for the entity of the selected span.
func (e *Editor) AskEntity() Outcome {
	if _, there := e.Span(); !there {
		return Outcome{Refused: sayNoSpan}
	}
	return Outcome{Request: ChooseEntity, Refused: e.locked()}
}

// Join makes the span a mention of the entity. The entity that it leaves goes
// when it lived by this mention alone.
func (e *Editor) Join(span, entity string) Outcome {
	s, there := e.layer.Span(span)
	to, known := e.layer.Entity(entity)
	if !there || !known || s.Entity == entity {
		return Outcome{}
	}
	if refused := e.locked(); refused != none {
		return Outcome{Refused: refused}
	}
	left := e.orphaned(s)
	s.Entity = entity
	return Outcome{
		Changes: append([]annotation.Change{putSpan(s)}, left...),
		Say:     fill(sayJoined, "text", e.Text(s.Start, s.End), "entity", to.Name),
	}
}

// Separate makes the span the first mention of a new entity of the given name;
// an empty name is the span's text.
func (e *Editor) Separate(span, name string) Outcome {
	s, there := e.layer.Span(span)
	if !there {
		return Outcome{}
	}
	if refused := e.locked(); refused != none {
		return Outcome{Refused: refused}
	}
	if name = strings.TrimSpace(name); name == "" {
		name = e.entityName(s.Start, s.End)
	}
	left := e.orphaned(s)
	n := annotation.NamedEntity{ID: e.newID(), Entity: annotation.Entity{Name: name, Label: s.Label}}
	s.Entity = n.ID
	return Outcome{
		Changes: append([]annotation.Change{putEntity(n), putSpan(s)}, left...),
		Say:     fill(sayJoined, "text", e.Text(s.Start, s.End), "entity", name),
	}
}

// Rename gives the entity another name.
func (e *Editor) Rename(entity, name string) Outcome {
	n, known := e.layer.Entity(entity)
	name = strings.TrimSpace(name)
	switch {
	case !known || name == n.Name:
		return Outcome{}
	case name == "":
		return Outcome{Refused: sayNoName}
	case len([]rune(name)) > annotation.MaxName:
		return Outcome{Refused: sayNameTooLong}
	}
	if refused := e.locked(); refused != none {
		return Outcome{Refused: refused}
	}
	n.Name = name
	return Outcome{Changes: []annotation.Change{putEntity(n)}, Say: fill(sayRenamed, "entity", name)}
}

// RelabelEntity gives the entity, and its mentions that had its label, another
// label. A mention that would then stand twice keeps its own.
func (e *Editor) RelabelEntity(entity, label string) Outcome {
	n, known := e.layer.Entity(entity)
	if _, inScheme := e.scheme.Label(label); !known || !inScheme || n.Label == label {
		return Outcome{}
	}
	if refused := e.locked(); refused != none {
		return Outcome{Refused: refused}
	}
	old := n.Label
	n.Label = label
	changes := []annotation.Change{putEntity(n)}
	for _, m := range e.mentions(entity) {
		if m.Label == old && e.twin(annotation.Range{Start: m.Start, End: m.End}, label, m.ID) == "" {
			m.Label = label
			changes = append(changes, putSpan(m))
		}
	}
	return Outcome{Changes: changes, Say: fill(sayRelabelled, "label", e.labelNames(label), "text", n.Name)}
}

// Merge makes two entities one: the mentions and stances of the first become
// those of the second.
func (e *Editor) Merge(from, into string) Outcome {
	a, there := e.layer.Entity(from)
	b, known := e.layer.Entity(into)
	if !there || !known || from == into {
		return Outcome{}
	}
	if refused := e.locked(); refused != none {
		return Outcome{Refused: refused}
	}
	var changes []annotation.Change
	for _, m := range e.mentions(from) {
		m.Entity = into
		changes = append(changes, putSpan(m))
	}
	for _, s := range e.layer.Stances {
		if entitiesOf(&s.Stance)[from] {
			changes = append(changes, putStance(s.ID, replaceEntity(s.Stance, from, into)))
		}
	}
	if e.draft != nil {
		e.draft.Stance = replaceEntity(e.draft.Stance, from, into)
	}
	changes = append(changes, annotation.Change{Subject: from, Kind: annotation.DeleteEntity})
	return Outcome{Changes: changes, Say: fill(sayMerged, "from", a.Name, "into", b.Name)}
}

// DeleteEntity removes an entity that nothing mentions and no stance names.
func (e *Editor) DeleteEntity(entity string) Outcome {
	n, known := e.layer.Entity(entity)
	switch {
	case !known:
		return Outcome{}
	case len(e.mentions(entity)) > 0:
		return Outcome{Refused: fill(sayHasMentions, "entity", n.Name)}
	case e.inStance(entity):
		return Outcome{Refused: fill(sayInStance, "entity", n.Name)}
	}
	if refused := e.locked(); refused != none {
		return Outcome{Refused: refused}
	}
	return Outcome{
		Changes: []annotation.Change{{Subject: entity, Kind: annotation.DeleteEntity}},
		Say:     fill(sayDeleted, "text", n.Name),
	}
}

// orphaned returns the removal of the entity that would be left behind without
// the mention s. One that was given a name of its own, or that a stance or the
// open draft needs, stays.
func (e *Editor) orphaned(s annotation.NamedSpan) []annotation.Change {
	n, linked := e.layer.Entity(s.Entity)
	if !linked || len(e.mentions(s.Entity)) > 1 || n.Name != e.entityName(s.Start, s.End) || e.inStance(s.Entity) {
		return nil
	}
	return []annotation.Change{{Subject: s.Entity, Kind: annotation.DeleteEntity}}
}

func (e *Editor) mentions(entity string) []annotation.NamedSpan {
	var out []annotation.NamedSpan
	for _, s := range e.layer.Spans {
		if entity != "" && s.Entity == entity {
			out = append(out, s)
		}
	}
	return out
}

func (e *Editor) inStance(entity string) bool {
	for _, s := range e.layer.Stances {
		if entitiesOf(&s.Stance)[entity] {
			return true
		}
	}
	return e.draft != nil && entitiesOf(&e.draft.Stance)[entity]
}

// EntityName returns how to call the entity.
func (e *Editor) EntityName(id string) i18n.Text {
	if n, known := e.layer.Entity(id); known {
		return verbatim(n.Name)
	}
	return sayGoneEntity
}

func putEntity(n annotation.NamedEntity) annotation.Change {
	return annotation.Change{Subject: n.ID, Kind: annotation.PutEntity, Entity: &n.Entity}
}
