package badgerlog

import (
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hashiya/server/log"
)

func of(entries []log.Entry, last error) iter.Seq2[log.Entry, error] {
	return func(yield func(log.Entry, error) bool) {
		for _, e := range entries {
			if !yield(e, nil) {
				return
			}
		}
		if last != nil {
			yield(log.Entry{}, last)
		}
	}
}

// all returns every entry of a log.
func all(t *testing.T, l *Log) (entries []log.Entry) {
	t.Helper()
	stop := errors.New("stop")
	_, _, last, _ := l.Info(t.Context())
	err := l.Follow(t.Context(), 0, func(batch []log.Entry) error {
		entries = append(entries, batch...)
		if entries[len(entries)-1].Pos == last {
			return stop
		}
		return nil
	})
	if err != stop {
		t.Fatal(err)
	}
	return entries
}

func TestARestoredLogHasTheSameRecordsAndAnotherIdentity(t *testing.T) {
	source := open(t, testOptions(folder(t, true)))
	entries := all(t, source)
	o := testOptions(filepath.Join(t.TempDir(), "new"))
	if err := Restore(t.Context(), o, of(entries, nil)); err != nil {
		t.Fatal(err)
	}
	restored := open(t, o)
	if got := all(t, restored); fmt.Sprint(got) != fmt.Sprint(entries) {
		t.Error("the entries differ")
	}
	was, err := source.Check(t.Context())
	is, err2 := restored.Check(t.Context())
	if err := errors.Join(err, err2); err != nil || was != is || was.Records != 86 {
		t.Errorf("%+v became %+v, %v", was, is, err)
	}
	first, _, _, _ := source.Info(t.Context())
	if second, _, _, _ := restored.Info(t.Context()); second == first {
		t.Error("it has the identity of the log that it came from")
	}
	if pos, err := restored.Append(t.Context(), op("next")); pos != 87 || err != nil {
		t.Errorf("the next record: %d, %v", pos, err)
	}
}

func TestRestoreTakesOnlyAWholeRowOfEntriesAndAnEmptyFolder(t *testing.T) {
	source := open(t, testOptions(folder(t, true)))
	entries := all(t, source)
	for name, from := range map[string]iter.Seq2[log.Entry, error]{
		"a gap":            of(append(entries[:3:3], entries[4:]...), nil),
		"not from 1":       of(entries[1:], nil),
		"an error":         of(entries[:5], errors.New("unreadable")),
		"a record of none": of(append(entries[:1:1], log.Entry{Pos: 2}), nil),
	} {
		t.Run(name, func(t *testing.T) {
			if err := Restore(t.Context(), testOptions(t.TempDir()), from); err == nil {
				t.Error("it was taken")
			}
		})
	}
	if err := Restore(t.Context(), testOptions(folder(t, true)), of(entries, nil)); err == nil || !strings.Contains(err.Error(), "not empty") {
		t.Errorf("into a folder that has a log: %v", err)
	}
}

func TestUsageTellsTheQueueTheDiskAndTheFiles(t *testing.T) {
	h := newHeld()
	o := testOptions(t.TempDir())
	var commits, records int
	o.Apply = h.apply
	o.FreeBytes = func(string) (uint64, error) { return 1 << 40, nil }
	o.Observe = func(n int, _ time.Duration) { commits, records = commits+1, records+n }
	l := open(t, o)
	go func() { _, _ = l.Append(t.Context(), op("first")) }()
	<-h.reached
	collect := queued(t, l, []log.Record{op("a")}, []log.Record{op("b"), op("c")})
	if u, err := l.Usage(); err != nil || u.Queue != 2 || u.Free != 1<<40 || u.Reserve != 512<<20 || u.WriteLogs == 0 {
		t.Errorf("%+v, %v", u, err)
	}
	close(h.released)
	collect()
	if err := l.Writable(); err != nil {
		t.Error(err)
	}
	closeLog(t, l)
	if commits != 2 || records != 4 {
		t.Errorf("%d commits of %d records were told of", commits, records)
	}
	l = open(t, testOptions(o.Dir))
	if u, err := l.Usage(); err != nil || u.Queue != 0 || u.Tables == 0 {
		t.Errorf("reopened: %+v, %v", u, err)
	}
	l.commit = nil
	_ = l.fail(errors.New("broken"))
	if err := l.Writable(); !errors.Is(err, log.ErrFailed) {
		t.Errorf("after a failure: %v", err)
	}
}
