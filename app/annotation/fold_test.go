package annotation

import (
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// device makes ops as one device would: numbered, with the lamport of what it
// has seen.
type device struct {
	id      string
	seq     uint64
	lamport uint64
	seen    Fold
	ops     []Op
}

func (d *device) do(c Change) Op {
	d.seq++
	d.lamport++
	o := Op{V: Version, Device: d.id, Seq: d.seq, Lamport: d.lamport, Project: "p", Article: "a", Scheme: 1, Change: c, Prev: d.seen.Heads(c.Subject)}
	d.seen.Add(o)
	d.ops = append(d.ops, o)
	return o
}

func (d *device) see(ops ...Op) {
	for _, o := range ops {
		d.lamport = max(d.lamport, o.Lamport)
	}
	d.seen.Add(ops...)
}

func span(id string, start, end int, label string) Change {
	return Change{Subject: id, Kind: PutSpan, Span: &Span{Start: start, End: end, Label: label}}
}

func TestFoldIsAFunctionOfTheSet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		devices := []*device{{id: "d1"}, {id: "d2"}, {id: "d3"}}
		var all []Op
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			d := rapid.SampledFrom(devices).Draw(t, "device")
			if len(all) > 0 && rapid.Bool().Draw(t, "sync") {
				d.see(all[:rapid.IntRange(0, len(all)).Draw(t, "upto")]...)
			}
			all = append(all, d.do(anyChange(t)))
		}
		var straight, shuffled Fold
		straight.Add(all...)
		again := append(append([]Op{}, all...), all[:len(all)/2]...)
		for _, o := range rapid.Permutation(again).Draw(t, "order") {
			shuffled.Add(o)
		}
		if a, b := straight.Layer(), shuffled.Layer(); !reflect.DeepEqual(a, b) {
			t.Fatalf("the same ops in another order give another layer:\n%+v\n%+v", a, b)
		}
		for id := range straight.subjects {
			if len(straight.Heads(id)) == 0 {
				t.Fatalf("subject %s lost its head", id)
			}
		}
	})
}

func anyChange(t *rapid.T) Change {
	id := fmt.Sprint("s", rapid.IntRange(1, 4).Draw(t, "subject"))
	switch rapid.IntRange(0, 6).Draw(t, "kind") {
	case 0:
		return Change{Subject: id, Kind: DeleteSpan}
	case 1:
		return Change{Subject: "e" + id, Kind: PutEntity, Entity: &Entity{Name: "باكو", Label: "GPE"}}
	case 2:
		return Change{Subject: StatusSubject, Kind: SetStatus, Status: rapid.SampledFrom([]Status{Done, InProgress, Skipped}).Draw(t, "status")}
	case 3:
		return Change{Subject: "st" + id, Kind: PutStance, Stance: &Stance{Holder: Holder{Author: true}, Target: Target{Claim: "ق"}, Label: "favor", Mode: Quote,
			Evidence: []Range{{rapid.IntRange(0, 5).Draw(t, "from"), 9}}}}
	case 4:
		return Change{Subject: "r" + id, Kind: PutRefusal, Refusal: &Refusal{Start: 2, End: rapid.IntRange(3, 9).Draw(t, "to"), Label: "GPE", Source: FromMemory}}
	default:
		start := rapid.IntRange(0, 20).Draw(t, "start")
		c := span(id, start, start+rapid.IntRange(1, 5).Draw(t, "len"), rapid.SampledFrom([]string{"PER", "GPE"}).Draw(t, "label"))
		c.Span.Entity = rapid.SampledFrom([]string{"", "es1", "es2"}).Draw(t, "entity")
		return c
	}
}

func TestAReplacedOpIsNoConflict(t *testing.T) {
	d := device{id: "d"}
	d.do(span("s", 1, 3, "PER"))
	d.do(span("s", 1, 4, "PER"))
	l := d.seen.Layer()
	if len(l.Spans) != 1 || l.Spans[0].End != 4 || len(l.Conflicts) != 0 {
		t.Errorf("got %+v", l)
	}
}

func TestTwoDevicesThatReplaceOneHeadConflictAndNothingIsLost(t *testing.T) {
	a, b := device{id: "a"}, device{id: "b"}
	b.see(a.do(span("s", 1, 3, "PER")))
	a.do(Change{Subject: StatusSubject, Kind: SetStatus, Status: Done})
	a.do(span("s", 1, 4, "PER"))
	b.do(span("s", 1, 5, "ORG"))
	a.see(b.ops...)

	l := a.seen.Layer()
	if len(l.Conflicts) != 1 || len(l.Conflicts[0].Versions) != 2 {
		t.Fatalf("conflicts: %+v", l.Conflicts)
	}
	if l.Status == Done {
		t.Error("an article with an open conflict is shown as done")
	}
	a.do(span("s", 1, 5, "ORG"))
	if l := a.seen.Layer(); len(l.Conflicts) != 0 || l.Spans[0].Label != "ORG" || l.Status != Done {
		t.Errorf("after settling: %+v", l)
	}
}

func TestTheSameChangeOnTwoDevicesIsNoConflict(t *testing.T) {
	a, b := device{id: "a"}, device{id: "b"}
	b.see(a.do(span("s", 1, 3, "PER")))
	a.do(span("s", 1, 4, "PER"))
	b.do(span("s", 1, 4, "PER"))
	a.see(b.ops...)
	if l := a.seen.Layer(); len(l.Conflicts) != 0 {
		t.Errorf("conflicts: %+v", l.Conflicts)
	}
}

func TestAConcurrentEditBeatsADelete(t *testing.T) {
	a, b := device{id: "a"}, device{id: "b"}
	b.see(a.do(span("s", 1, 3, "PER")))
	a.do(span("s", 2, 3, "PER"))
	b.do(span("x", 7, 9, "PER"))
	b.do(span("y", 7, 9, "ORG"))
	b.do(Change{Subject: "s", Kind: DeleteSpan})
	a.see(b.ops...)
	l := a.seen.Layer()
	if s, ok := l.Span("s"); !ok || s.Start != 2 || len(l.Conflicts) != 1 {
		t.Errorf("got %+v", l)
	}
}

func TestOpsThatClaimToReplaceEachOtherKeepAHead(t *testing.T) {
	x := Op{Device: "x", Seq: 1, Lamport: 5, Change: span("s", 1, 2, "PER"), Prev: []OpID{{"y", 1}}}
	y := Op{Device: "y", Seq: 1, Lamport: 5, Change: span("s", 1, 3, "PER"), Prev: []OpID{{"x", 1}}}
	var f Fold
	f.Add(x, y)
	if len(f.Layer().Spans) != 1 {
		t.Error("the span is gone")
	}
}

func TestAReferenceToAMissingEntityIsHiddenUntilItArrives(t *testing.T) {
	d := device{id: "d"}
	c := span("s", 1, 2, "PER")
	c.Span.Entity = "e"
	d.do(c)
	if s, _ := ptr(d.seen.Layer()).Span("s"); s.Entity != "" {
		t.Error("the span points at an entity that is not there")
	}
	d.do(Change{Subject: "e", Kind: PutEntity, Entity: &Entity{Name: "باكو", Label: "GPE"}})
	if s, _ := ptr(d.seen.Layer()).Span("s"); s.Entity != "e" {
		t.Error("the reference did not come back")
	}
}

func ptr[T any](v T) *T { return &v }

func TestLookingAtAnArticleDoesNotBeginIt(t *testing.T) {
	d := device{id: "d"}
	d.do(Change{Subject: "w1", Kind: PutWork, Work: &Work{ActiveSeconds: 40}})
	d.do(Change{Subject: "w2", Kind: PutWork, Work: &Work{ActiveSeconds: 2}})
	if l := d.seen.Layer(); l.Status != New || l.ActiveSeconds != 42 {
		t.Errorf("status %s, %d s", l.Status, l.ActiveSeconds)
	}
}

func TestPendingChangesShowOnTop(t *testing.T) {
	d := device{id: "d"}
	d.do(span("s", 1, 3, "PER"))
	l := d.seen.LayerWith([]Change{span("s", 1, 4, "ORG"), span("n", 6, 8, "GPE"), {Subject: "s", Kind: DeleteSpan}})
	if len(l.Spans) != 1 || l.Spans[0].ID != "n" {
		t.Errorf("got %+v", l.Spans)
	}
}
