package annotation

import (
	"cmp"
	"slices"
)

// History is what one device can undo and redo on one article. It is read off
// the device's own ops, so it outlives a reload.
type History struct {
	undo, redo []string // action ids, the newest last
	ops        map[string][]Op
}

// NewHistory reads the device's own ops of one article, in any order: a database
// keeps what waits apart from what the server has. Ops without an action
// (sessions, imports) can't be undone and are passed over.
func NewHistory(own []Op) *History {
	own = slices.Clone(own)
	slices.SortFunc(own, func(a, b Op) int { return cmp.Compare(a.Seq, b.Seq) })
	h := &History{ops: map[string][]Op{}}
	for i, o := range own {
		if i == 0 || o.Seq != own[i-1].Seq {
			h.Add(o)
		}
	}
	return h
}

// Add takes in the device's next op.
func (h *History) Add(o Op) {
	if o.Action == "" {
		return
	}
	first := len(h.ops[o.Action]) == 0
	h.ops[o.Action] = append(h.ops[o.Action], o)
	if !first {
		return
	}
	switch {
	case o.Undoes == "":
		h.undo = append(h.undo, o.Action)
		h.redo = nil
	case last(h.undo) == o.Undoes:
		h.undo = h.undo[:len(h.undo)-1]
		h.redo = append(h.redo, o.Action)
	case last(h.redo) == o.Undoes:
		h.redo = h.redo[:len(h.redo)-1]
		h.undo = append(h.undo, o.Action)
	}
}

// Undo returns the action that undo takes back next, "" for none.
func (h *History) Undo() string { return last(h.undo) }

// Redo returns the undoing action that redo takes back next, "" for none.
func (h *History) Redo() string { return last(h.redo) }

// Forget drops the action from what can be undone or redone, until the history
// is read again.
func (h *History) Forget(action string) {
	is := func(a string) bool { return a == action }
	h.undo = slices.DeleteFunc(h.undo, is)
	h.redo = slices.DeleteFunc(h.redo, is)
}

// Reverse returns the changes that take the action back, in f's present state.
// A subject that is not (any more) as the action left it, because another
// device has changed it since, is left alone.
func (h *History) Reverse(action string, f *Fold) []Change {
	var out []Change
	ops := h.ops[action]
	for i := len(ops) - 1; i >= 0; i-- {
		o := &ops[i]
		if now, ok := f.Current(o.Subject); !ok || !now.same(&o.Change) || len(f.Heads(o.Subject)) != 1 {
			continue
		}
		if c, ok := before(o, f); ok {
			out = append(out, c)
		}
	}
	return out
}

// before returns the change that restores the state which o replaced.
func before(o *Op, f *Fold) (Change, bool) {
	var prev *Op
	for _, id := range o.Prev {
		if p, ok := f.At(o.Subject, id); ok && (prev == nil || prev.Lamport < p.Lamport) {
			prev = &p
		}
	}
	switch {
	case prev != nil:
		return prev.Change, true
	case o.Kind == SetStatus:
		return Change{Subject: o.Subject, Kind: SetStatus, Status: InProgress}, true
	}
	return o.Deletion()
}

func last(s []string) string {
	if len(s) == 0 {
		return ""
	}
	return s[len(s)-1]
}
