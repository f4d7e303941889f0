package annotation

import (
	"cmp"
	"slices"
)

// Layer is all that one annotator, or the curator, says about one article: the
// state that a Fold shows. Everything in it is in one fixed order.
type Layer struct {
	Status        Status
	SkipReason    string
	Unjudged      []string // what Hold missed
	Scheme        int      // the newest scheme version under which anything here was said
	ActiveSeconds int
	Entities      []NamedEntity  // by first mention, then id
	Spans         []NamedSpan    // by start, longer first, then id
	Stances       []NamedStance  // by first evidence, then id
	Comments      []NamedComment // by id
	Refusals      []NamedRefusal // by start, longer first, then id
	Conflicts     []Conflict     // by subject id
}

// NamedSpan is a span with its subject id.
type NamedSpan struct {
	ID string
	Span
}

// NamedEntity is an entity with its subject id.
type NamedEntity struct {
	ID string
	Entity
}

// NamedStance is a stance with its subject id.
type NamedStance struct {
	ID string
	Stance
}

// NamedComment is a comment with its subject id.
type NamedComment struct {
	ID string
	Comment
}

// NamedRefusal is a refusal with its subject id.
type NamedRefusal struct {
	ID string
	Refusal
}

// Conflict is a subject that two devices changed without knowing of each
// other. The layer shows Versions[0]; none is lost.
type Conflict struct {
	Subject  string
	Versions []Op
}

// Layer returns the state of the set. While a conflict is open the layer is
// not done: Status is InProgress then, whatever was set.
func (f *Fold) Layer() Layer { return f.LayerWith(nil) }

// LayerWith returns the state of the set with the given changes on top, in
// their order: what the screen shows while they are on their way to the disk.
func (f *Fold) LayerWith(pending []Change) Layer {
	l := Layer{Status: New}
	over := map[string]*Change{}
	begun := false // looking at an article is not yet working on it
	for i := range pending {
		over[pending[i].Subject] = &pending[i]
	}
	for id, s := range f.subjects {
		heads := s.heads()
		if c := s.conflict(heads); c != nil && over[id] == nil {
			l.Conflicts = append(l.Conflicts, Conflict{id, c})
		}
		l.Scheme = max(l.Scheme, heads[0].Scheme)
		begun = begun || heads[0].Kind != PutWork
		if over[id] == nil {
			l.put(&heads[0].Change)
		}
	}
	for _, c := range over {
		begun = begun || c.Kind != PutWork
		l.put(c)
	}
	if l.Status == New && begun {
		l.Status = InProgress
	}
	if l.Status == Done && len(l.Conflicts) > 0 {
		l.Status = InProgress
	}
	l.settle()
	return l
}

func (l *Layer) put(c *Change) {
	switch c.Kind {
	case PutSpan:
		l.Spans = append(l.Spans, NamedSpan{c.Subject, *c.Span})
	case PutEntity:
		l.Entities = append(l.Entities, NamedEntity{c.Subject, *c.Entity})
	case PutStance:
		l.Stances = append(l.Stances, NamedStance{c.Subject, *c.Stance})
	case PutComment:
		l.Comments = append(l.Comments, NamedComment{c.Subject, *c.Comment})
	case PutRefusal:
		l.Refusals = append(l.Refusals, NamedRefusal{c.Subject, *c.Refusal})
	case SetStatus:
		l.Status, l.SkipReason = c.Status, c.Reason
	case PutWork:
		l.ActiveSeconds += c.Work.ActiveSeconds
	}
}

// settle orders the parts and hides references to entities that are not there
// (deleted elsewhere, or not yet arrived).
func (l *Layer) settle() {
	first := map[string]int{}
	for _, e := range l.Entities {
		first[e.ID] = int(^uint(0) >> 1)
	}
	for i := range l.Spans {
		s := &l.Spans[i]
		if at, there := first[s.Entity]; there {
			first[s.Entity] = min(at, s.Start)
		} else {
			s.Entity = ""
		}
	}
	slices.SortFunc(l.Spans, func(a, b NamedSpan) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), cmp.Compare(a.ID, b.ID))
	})
	slices.SortFunc(l.Entities, func(a, b NamedEntity) int {
		return cmp.Or(cmp.Compare(first[a.ID], first[b.ID]), cmp.Compare(a.ID, b.ID))
	})
	slices.SortFunc(l.Stances, func(a, b NamedStance) int {
		return cmp.Or(cmp.Compare(a.at(), b.at()), cmp.Compare(a.ID, b.ID))
	})
	slices.SortFunc(l.Comments, func(a, b NamedComment) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(l.Refusals, func(a, b NamedRefusal) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), cmp.Compare(a.ID, b.ID))
	})
	slices.SortFunc(l.Conflicts, func(a, b Conflict) int { return cmp.Compare(a.Subject, b.Subject) })
}

func (s *NamedStance) at() int {
	at := int(^uint(0) >> 1)
	for _, r := range s.Evidence {
		at = min(at, r.Start)
	}
	return at
}

// Entity returns the entity with the given subject id.
func (l *Layer) Entity(id string) (NamedEntity, bool) {
	for _, e := range l.Entities {
		if e.ID == id {
			return e, true
		}
	}
	return NamedEntity{}, false
}

// Span returns the span with the given subject id.
func (l *Layer) Span(id string) (NamedSpan, bool) {
	for _, s := range l.Spans {
		if s.ID == id {
			return s, true
		}
	}
	return NamedSpan{}, false
}
