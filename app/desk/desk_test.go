package desk

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/internal/awkward"
)

// disk is a store whose disk can be slow or full.
type disk struct {
	mu   sync.Mutex
	ops  []annotation.Op
	full error
	gate chan struct{} // nil: never waits
}

func (s *disk) Device(context.Context) (string, error) { return "d", nil }

func (s *disk) Append(_ context.Context, drafts []annotation.Op) ([]annotation.Op, error) {
	if s.gate != nil {
		<-s.gate
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.full != nil {
		return nil, s.full
	}
	for i := range drafts {
		drafts[i].Device, drafts[i].Seq, drafts[i].Lamport = "d", uint64(len(s.ops)+1), uint64(len(s.ops)+1)
		s.ops = append(s.ops, drafts[i])
	}
	return drafts, nil
}

func (s *disk) Ops(context.Context, string, string) ([]annotation.Op, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]annotation.Op{}, s.ops...), nil
}

func open(t *testing.T, s *disk) *Desk {
	t.Helper()
	d, err := Open(context.Background(), s, "p", article.New(awkward.Text, "ar", article.Meta{}, nil), 1, time.Now, func() {})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func put(id, label string) annotation.Change {
	return annotation.Change{Subject: id, Kind: annotation.PutSpan, Span: &annotation.Span{Start: 11, End: 19, Label: label}}
}

func TestAChangeShowsAtOnceAndIsNotCalledSavedBeforeTheDiskHasIt(t *testing.T) {
	s := &disk{gate: make(chan struct{})}
	d := open(t, s)
	d.Do(put("s", "GPE"))
	if len(d.Layer().Spans) != 1 {
		t.Error("the span does not show")
	}
	if d.Saving() != 1 {
		t.Errorf("Saving = %d before the disk answered", d.Saving())
	}
	close(s.gate)
	if err := d.Flush(); err != nil || d.Saving() != 0 {
		t.Errorf("after the disk answered: %v, saving %d", err, d.Saving())
	}
}

func TestEachOpNamesWhatItReplacesAlsoWhenMadeFasterThanTheDisk(t *testing.T) {
	s := &disk{gate: make(chan struct{})}
	d := open(t, s)
	d.Do(put("s", "GPE"))
	d.Do(put("s", "LOC"))
	d.Do(put("s", "ORG"))
	close(s.gate)
	if err := d.Flush(); err != nil {
		t.Fatal(err)
	}
	if l := d.Layer(); len(l.Conflicts) != 0 || l.Spans[0].Label != "ORG" {
		t.Errorf("got %+v", l)
	}
}

func TestWhatAFullDiskRefusesIsKeptAndWrittenLater(t *testing.T) {
	s := &disk{full: errors.New("quota")}
	d := open(t, s)
	d.Do(put("s", "GPE"))
	if err := d.Flush(); err == nil || d.Saving() != 1 || d.Failure() == nil {
		t.Fatalf("err %v, saving %d, failure %v", err, d.Saving(), d.Failure())
	}
	s.mu.Lock()
	s.full = nil
	s.mu.Unlock()
	if err := d.Flush(); err != nil || d.Saving() != 0 || d.Failure() != nil || len(s.ops) != 1 {
		t.Errorf("err %v, saving %d, failure %v, %d ops", err, d.Saving(), d.Failure(), len(s.ops))
	}
}

func TestUndoAndRedoOutliveAReload(t *testing.T) {
	s := &disk{}
	d := open(t, s)
	d.Do(put("s", "GPE"))
	d.Do(put("s", "LOC"), put("t", "PER"))
	d = reopen(t, d, s)
	if _, err := d.Undo(); err != nil {
		t.Fatal(err)
	}
	if l := d.Layer(); len(l.Spans) != 1 || l.Spans[0].Label != "GPE" {
		t.Fatalf("after undo: %+v", l.Spans)
	}
	d = reopen(t, d, s)
	if _, err := d.Redo(); err != nil {
		t.Fatal(err)
	}
	if l := d.Layer(); len(l.Spans) != 2 {
		t.Errorf("after redo: %+v", l.Spans)
	}
	if d.CanRedo() || !d.CanUndo() {
		t.Errorf("can redo %v, can undo %v", d.CanRedo(), d.CanUndo())
	}
}

func reopen(t *testing.T, d *Desk, s *disk) *Desk {
	t.Helper()
	if err := d.Flush(); err != nil {
		t.Fatal(err)
	}
	return open(t, s)
}

func TestUndoPassesOverWhatAnotherDeviceChanged(t *testing.T) {
	s := &disk{}
	d := open(t, s)
	d.Do(put("t", "PER"))
	d.Do(put("s", "GPE"))
	if err := d.Flush(); err != nil {
		t.Fatal(err)
	}
	other := s.ops[1]
	other.Device, other.Lamport, other.Prev = "e", 9, []annotation.OpID{s.ops[1].ID()}
	other.Span = &annotation.Span{Start: 1, End: 2, Label: "ORG"}
	s.ops = append(s.ops, other)
	if err := d.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Undo(); err != nil {
		t.Fatal(err)
	}
	l := d.Layer()
	if len(l.Spans) != 1 || l.Spans[0].ID != "s" || l.Spans[0].Label != "ORG" {
		t.Errorf("got %+v", l.Spans)
	}
}

func TestAWordOfWorkTimeIsNotUndone(t *testing.T) {
	s := &disk{}
	d := open(t, s)
	d.AddWork(30)
	d.AddWork(61)
	if changes, err := d.Undo(); err != nil || changes != nil {
		t.Errorf("undid %+v (%v)", changes, err)
	}
	if got := d.Layer().ActiveSeconds; got != 61 {
		t.Errorf("%d s", got)
	}
}

func TestAnOpCountsUnderTheSchemeOfItsMomentAlsoWhenTheDiskIsSlow(t *testing.T) {
	s := &disk{gate: make(chan struct{})}
	d := open(t, s)
	d.Do(annotation.Change{Subject: annotation.StatusSubject, Kind: annotation.SetStatus, Status: annotation.Done})
	d.SetScheme(2, func(version int) []string { return [][]string{nil, nil, {"المفاوضات"}}[version] })
	if got := d.Layer().Status; got != annotation.Done {
		t.Errorf("done under version 1, it is %s", got)
	}
	close(s.gate)
	if err := d.Flush(); err != nil {
		t.Fatal(err)
	}
	if s.ops[0].Scheme != 1 || d.Layer().Status != annotation.Done {
		t.Errorf("written under version %d, it is %s", s.ops[0].Scheme, d.Layer().Status)
	}
	d.Do(annotation.Change{Subject: annotation.StatusSubject, Kind: annotation.SetStatus, Status: annotation.InProgress})
	d.Do(annotation.Change{Subject: annotation.StatusSubject, Kind: annotation.SetStatus, Status: annotation.Done})
	if l := d.Layer(); l.Status != annotation.InProgress || len(l.Unjudged) != 1 {
		t.Errorf("marked again under version 2, it is %s, not judged %q", l.Status, l.Unjudged)
	}
}
