package annotation

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// act does changes as one action, and undo takes an action back, as a desk
// does.
func (d *device) act(action, undoes string, changes ...Change) {
	for _, c := range changes {
		d.do(c)
		o := &d.ops[len(d.ops)-1]
		o.Action, o.Undoes = action, undoes
		d.seen.subjects[c.Subject].ops[o.ID()] = o
	}
}

func TestUndoingEverythingAndRedoingItGivesTheSameLayers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := &device{id: "d"}
		layers := []Layer{d.seen.Layer()}
		for range rapid.IntRange(1, 8).Draw(t, "acts") {
			var changes []Change
			used := map[string]bool{}
			for range rapid.IntRange(1, 3).Draw(t, "changes") {
				if c := anyChange(t); !used[c.Subject] {
					used[c.Subject] = true
					changes = append(changes, c)
				}
			}
			d.act(NewID(), "", changes...)
			layers = append(layers, d.seen.Layer())
		}
		for i := len(layers) - 2; i >= 0; i-- {
			h := NewHistory(stored(t, d.ops)) // as after a reload
			d.act(NewID(), h.Undo(), h.Reverse(h.Undo(), &d.seen)...)
			same(t, layers[i], d.seen.Layer(), "undo")
		}
		for i := 1; i < len(layers); i++ {
			h := NewHistory(stored(t, d.ops))
			d.act(NewID(), h.Redo(), h.Reverse(h.Redo(), &d.seen)...)
			same(t, layers[i], d.seen.Layer(), "redo")
		}
		if h := NewHistory(d.ops); h.Redo() != "" {
			t.Fatal("something is left to redo")
		}
	})
}

// stored is the ops as a database gives them back, in any order and some twice:
// in the list of what waits and in that of what the server has.
func stored(t *rapid.T, ops []Op) []Op {
	out := rapid.Permutation(ops).Draw(t, "order")
	return append(out, out[:rapid.IntRange(0, len(out)).Draw(t, "twice")]...)
}

// same compares layers by what they show; an undone status is "in progress",
// since a status can't be unset.
func same(t *rapid.T, want, got Layer, what string) {
	want.Status, got.Status, want.SkipReason, got.SkipReason = "", "", "", ""
	want.Scheme, got.Scheme = 0, 0
	if !reflect.DeepEqual(want, got) {
		t.Fatalf("after %s:\n got %+v\nwant %+v", what, got, want)
	}
}

func TestUndoLeavesAloneWhatAnotherDeviceChangedSince(t *testing.T) {
	a, b := &device{id: "a"}, &device{id: "b"}
	a.act("act", "", span("s", 1, 3, "PER"), span("t", 5, 6, "PER"))
	b.see(a.ops...)
	a.see(b.do(span("s", 1, 4, "ORG")))
	got := NewHistory(a.ops).Reverse("act", &a.seen)
	if len(got) != 1 || got[0].Subject != "t" || got[0].Kind != DeleteSpan {
		t.Errorf("got %+v", got)
	}
}

func TestANewActEndsRedo(t *testing.T) {
	d := &device{id: "d"}
	d.act("one", "", span("s", 1, 3, "PER"))
	h := NewHistory(d.ops)
	d.act("two", "one", h.Reverse("one", &d.seen)...)
	d.act("three", "", span("u", 1, 3, "PER"))
	if h := NewHistory(d.ops); h.Redo() != "" || h.Undo() != "three" {
		t.Errorf("undo %q, redo %q", h.Undo(), h.Redo())
	}
}
