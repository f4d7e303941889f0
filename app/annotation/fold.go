package annotation

import (
	"cmp"
	"slices"
)

// Fold makes a layer of a set of ops. It is a pure function of the set: the
// order in which ops are added, and adding one twice, change nothing. The zero
// Fold is the empty set, ready to use. Not safe for concurrent use.
type Fold struct {
	subjects map[string]*subject
}

type subject struct {
	ops   map[OpID]*Op
	shown []*Op // heads, until the next op arrives
}

// Add puts ops into the set and reports whether any was new. Two ops of one id
// are one op (the log never holds two different ones).
func (f *Fold) Add(ops ...Op) (news bool) {
	if f.subjects == nil {
		f.subjects = map[string]*subject{}
	}
	for i := range ops {
		o := &ops[i]
		s := f.subjects[o.Subject]
		if s == nil {
			s = &subject{ops: map[OpID]*Op{}}
			f.subjects[o.Subject] = s
		}
		if _, there := s.ops[o.ID()]; !there {
			s.ops[o.ID()] = o
			s.shown = nil
			news = true
		}
	}
	return news
}

// Len returns the number of ops in the set.
func (f *Fold) Len() (n int) {
	for _, s := range f.subjects {
		n += len(s.ops)
	}
	return n
}

// Heads returns the ids of the subject's ops that nothing has replaced: what a
// new op on the subject must name in Prev. More than one means that two
// devices changed it without knowing of each other.
func (f *Fold) Heads(subjectID string) []OpID {
	s := f.subjects[subjectID]
	if s == nil {
		return nil
	}
	heads := s.heads()
	ids := make([]OpID, len(heads))
	for i, o := range heads {
		ids[i] = o.ID()
	}
	return ids
}

// Current returns the change that the layer shows for the subject; false where
// the subject was never put.
func (f *Fold) Current(subjectID string) (Change, bool) {
	s := f.subjects[subjectID]
	if s == nil {
		return Change{}, false
	}
	return s.heads()[0].Change, true
}

// Under returns the version of the scheme under which what the layer shows for
// the subject was said; 0 where the subject was never put.
func (f *Fold) Under(subjectID string) int {
	s := f.subjects[subjectID]
	if s == nil {
		return 0
	}
	return s.heads()[0].Scheme
}

// At returns the change that the given op of the subject made.
func (f *Fold) At(subjectID string, id OpID) (Op, bool) {
	if s := f.subjects[subjectID]; s != nil {
		if o := s.ops[id]; o != nil {
			return *o, true
		}
	}
	return Op{}, false
}

// heads returns the unreplaced ops, the one that is shown first: a put before
// a delete, then the higher lamport, then the greater device and seq.
//
// An op can only replace one that its device had seen, which has a lower
// lamport; a Prev that breaks this is ignored, so that ops can't replace each
// other in a circle and leave the subject without a head.
func (s *subject) heads() []*Op {
	if s.shown != nil {
		return s.shown
	}
	replaced := map[OpID]bool{}
	for _, o := range s.ops {
		for _, id := range o.Prev {
			if p := s.ops[id]; p != nil && p.Lamport < o.Lamport {
				replaced[id] = true
			}
		}
	}
	var heads []*Op
	for id, o := range s.ops {
		if !replaced[id] {
			heads = append(heads, o)
		}
	}
	slices.SortFunc(heads, func(a, b *Op) int {
		if a.IsDelete() != b.IsDelete() {
			if b.IsDelete() {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(b.Lamport, a.Lamport), cmp.Compare(b.Device, a.Device), cmp.Compare(b.Seq, a.Seq))
	})
	s.shown = heads
	return heads
}

// conflict returns the heads when they disagree.
func (s *subject) conflict(heads []*Op) []Op {
	for _, o := range heads[1:] {
		if !o.Change.same(&heads[0].Change) {
			out := make([]Op, len(heads))
			for i, h := range heads {
				out[i] = *h
			}
			return out
		}
	}
	return nil
}
