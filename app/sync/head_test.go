package sync_test

import (
	"testing"

	"hashiya/app/annotation"
	"hashiya/app/sync"
	"hashiya/app/sync/storetest"
)

// After a restored copy, an id can mean two ops: one that waits here, and the
// one that the server has taken under that id. Which one a Prev means, its
// subject tells.
func TestRenumberingFollowsOnlyWhatWasReplacedHere(t *testing.T) {
	op := func(seq uint64, subject, article string, prev ...annotation.OpID) annotation.Op {
		o := storetest.Draft(subject)
		o.Device, o.Seq, o.Lamport, o.Article, o.Prev = "old", seq, seq, article, prev
		return o
	}
	second := annotation.OpID{Device: "old", Seq: 2}
	_, moved := sync.Head{Device: "old", Seq: 5, Lamport: 5}.Renumber([]annotation.Op{
		op(2, "s1", "a1"),
		op(3, "s1", "a1", second),
		op(4, "s2", "a1", second),
		op(5, "s1", "a2", second),
	})
	for i, want := range []annotation.OpID{{Device: moved[0].Device, Seq: 1}, second, second} {
		if got := moved[i+1].Prev[0]; got != want {
			t.Errorf("op %d replaces %s, want %s", i+2, got, want)
		}
	}
}
