package desk

import (
	"context"
	"testing"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/internal/awkward"
	"hashiya/app/sync/memstore"
	"hashiya/app/wire"
)

// atStore opens a desk over a database like the browser's.
func atStore(t *testing.T) (*Desk, *memstore.Store) {
	t.Helper()
	s := memstore.New("salma", annotation.NewID).Open()
	d, err := Open(context.Background(), s, "p", article.New(awkward.Text, "ar", article.Meta{}, nil), 1, time.Now, func() {})
	if err != nil {
		t.Fatal(err)
	}
	return d, s
}

func settle(t *testing.T, s *memstore.Store, outcome wire.Outcome) {
	t.Helper()
	ops, err := s.Waiting(context.Background(), 1)
	if err != nil || len(ops) == 0 {
		t.Fatal(ops, err)
	}
	if err := s.Settle(context.Background(), []wire.Result{{ID: ops[0].ID(), Outcome: outcome}}); err != nil {
		t.Fatal(err)
	}
}

func TestWhatTheServerRefusedLeavesTheOpenArticle(t *testing.T) {
	d, s := atStore(t)
	d.Do(put("s", "GPE"))
	d.Do(put("s", "LOC"))
	if err := d.Flush(); err != nil {
		t.Fatal(err)
	}
	settle(t, s, wire.Accepted)
	settle(t, s, wire.Refused)
	if err := d.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
	if l := d.Layer(); len(l.Spans) != 1 || l.Spans[0].Label != "GPE" || len(l.Conflicts) != 0 {
		t.Errorf("it shows %+v with conflicts %v, the server has GPE", l.Spans, l.Conflicts)
	}
	d.Do(put("s", "ORG"))
	if err := d.Flush(); err != nil {
		t.Fatal(err)
	}
	if l := d.Layer(); l.Spans[0].Label != "ORG" || len(l.Conflicts) != 0 {
		t.Errorf("going on gives %+v with conflicts %v", l.Spans, l.Conflicts)
	}
	if _, err := d.Undo(); err != nil {
		t.Fatal(err)
	}
	if l := d.Layer(); l.Spans[0].Label != "GPE" {
		t.Errorf("undo gives %s back: it was refused", l.Spans[0].Label)
	}
}

func TestAnOpenArticleGoesOnUnderTheDevicesNewId(t *testing.T) {
	for _, told := range []bool{true, false} { // a change may come before the news
		d, s := atStore(t)
		d.Do(put("s", "GPE"))
		if err := d.Flush(); err != nil {
			t.Fatal(err)
		}
		settle(t, s, wire.Quarantined)
		moved, err := s.Rekey(context.Background())
		if err != nil || len(moved) != 1 {
			t.Fatal(moved, err)
		}
		if told {
			if err := d.Refresh(context.Background()); err != nil {
				t.Fatal(err)
			}
			if l := d.Layer(); len(l.Spans) != 1 || len(l.Conflicts) != 0 {
				t.Errorf("after the new id it shows %+v, conflicts %v", l.Spans, l.Conflicts)
			}
		}
		d.Do(put("s", "LOC"))
		if err := d.Flush(); err != nil {
			t.Fatal(err)
		}
		ops, _ := s.Ops(context.Background(), "p", d.Article().ID)
		if last := ops[len(ops)-1]; len(last.Prev) != 1 || last.Prev[0] != moved[0].ID() {
			t.Errorf("told %v: the change replaces %v, want %v", told, last.Prev, moved[0].ID())
		}
		if l := d.Layer(); len(l.Conflicts) != 0 || l.Spans[0].Label != "LOC" {
			t.Errorf("told %v: it shows %+v, conflicts %v", told, l.Spans, l.Conflicts)
		}
		if !d.CanUndo() {
			t.Errorf("told %v: what was done can't be undone", told)
		}
	}
}
