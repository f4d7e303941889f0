package badgerlog

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dgraph-io/badger/v4"

	"hashiya/server/kv"
	"hashiya/server/log"
)

// held is an Apply that waits at its first call until it is released, so that
// a test decides what is in the queue meanwhile.
type held struct {
	reached, released chan struct{}
	mu                sync.Mutex
	batches           []int
}

func newHeld() *held { return &held{reached: make(chan struct{}), released: make(chan struct{})} }

func (h *held) apply(_ kv.Writer, entries []log.Entry) error {
	h.mu.Lock()
	h.batches = append(h.batches, len(entries))
	first := len(h.batches) == 1
	h.mu.Unlock()
	if first {
		close(h.reached)
		<-h.released
	}
	return nil
}

// queued starts appends, one after another, and returns once all wait in the
// queue; collect returns their answers in the same order.
func queued(t *testing.T, l *Log, appends ...[]log.Record) (collect func() []answer) {
	t.Helper()
	answers := make([]answer, len(appends))
	var group sync.WaitGroup
	for i, records := range appends {
		group.Go(func() { answers[i].last, answers[i].err = l.Append(context.Background(), records...) })
		for deadline := time.Now().Add(time.Minute); queueLength(l) <= i; time.Sleep(time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatal("not queued after a minute")
			}
		}
	}
	return func() []answer { group.Wait(); return answers }
}

func queueLength(l *Log) int {
	l.queue.mu.Lock()
	defer l.queue.mu.Unlock()
	return len(l.queue.items)
}

func TestAllThatWaitsGoesIntoOneTransactionWithinTheLimits(t *testing.T) {
	h := newHeld()
	o := testOptions(t.TempDir())
	o.Apply = h.apply
	l := open(t, o)
	first := make(chan error, 1)
	go func() { _, err := l.Append(context.Background(), op("first")); first <- err }()
	<-h.reached
	many := func(n int) (records []log.Record) {
		for i := range n {
			records = append(records, op(fmt.Sprint(i)))
		}
		return records
	}
	large := op("large")
	large.Data = []byte(`"` + strings.Repeat("a", maxBatchBytes) + `"`)
	collect := queued(t, l, many(1), many(2), many(500), many(600), many(1), []log.Record{large}, many(3))
	close(h.released)
	if err := <-first; err != nil {
		t.Error(err)
	}
	last := log.Pos(1)
	for i, a := range collect() {
		last += log.Pos([]int{1, 2, 500, 600, 1, 1, 3}[i])
		if a.err != nil || a.last != last {
			t.Errorf("append %d: %+v, want %d", i, a, last)
		}
	}
	if got, want := fmt.Sprint(h.batches), "[1 503 600 1 1 3]"; got != want {
		t.Errorf("batches %s, want %s", got, want)
	}
}

func TestABatchTooLargeForATransactionIsSplitAndNoAppendHalved(t *testing.T) {
	o := testOptions(t.TempDir())
	h := newHeld()
	o.Apply = func(w kv.Writer, entries []log.Entry) error {
		_ = h.apply(w, entries)
		for _, e := range entries { // 0.6 MiB of small values an entry, 2.4 MiB fit
			for i := range 30 {
				if err := w.Set(fmt.Append(nil, e.Pos, "/", i), make([]byte, 20<<10)); err != nil {
					return err
				}
			}
		}
		return nil
	}
	l := open(t, o)
	first := make(chan error, 1)
	go func() { _, err := l.Append(context.Background(), op("first")); first <- err }()
	<-h.reached
	one, two, five := []log.Record{op("a")}, []log.Record{op("b"), op("c")}, []log.Record{op("d"), op("e"), op("f"), op("g"), op("h")}
	collect := queued(t, l, one, two, five, two, one)
	close(h.released)
	<-first
	answers := collect()
	for i, want := range []log.Pos{2, 4, 0, 6, 7} {
		tooLarge := errors.Is(answers[i].err, log.ErrTooLarge)
		if answers[i].last != want || tooLarge != (want == 0) {
			t.Errorf("append %d: %+v, want %d", i, answers[i], want)
		}
	}
	if result, err := l.Check(t.Context()); err != nil || result.Records != 7 {
		t.Errorf("check: %+v %v", result, err)
	}
}

func TestAFailedCommitStopsTheLogForGoodAndReadingGoesOn(t *testing.T) {
	dir := t.TempDir()
	o := testOptions(dir)
	o.Apply = keepActors
	l := open(t, o)
	if _, err := l.Append(t.Context(), op("kept")); err != nil {
		t.Fatal(err)
	}
	reason := errors.New("input/output error")
	l.commit = func(*badger.Txn) error { return reason }
	for range 2 {
		if _, err := l.Append(t.Context(), op("lost")); !errors.Is(err, log.ErrFailed) || !errors.Is(err, reason) {
			t.Errorf("append: %v", err)
		}
	}
	if err := <-l.Failed(); !errors.Is(err, reason) {
		t.Errorf("failed: %v", err)
	}
	if err := l.Side("sessions").Update(t.Context(), func(w kv.Writer) error { return w.Set([]byte("a"), nil) }); !errors.Is(err, log.ErrFailed) {
		t.Errorf("side: %v", err)
	}
	if _, err := l.Check(t.Context()); err != nil {
		t.Errorf("reading: %v", err)
	}
	if err := l.Close(); !errors.Is(err, reason) {
		t.Errorf("close: %v", err)
	}
	checkAll(t, open(t, o), map[log.Pos]string{1: "kept"})
}

func TestAWriteErrorThatBadgerOnlyLogsStopsTheLog(t *testing.T) {
	l := open(t, testOptions(t.TempDir()))
	commit := l.commit
	l.commit = func(txn *badger.Txn) error {
		l.db.Opts().Logger.Errorf("Error while curlf sync: %v\n", "input/output error")
		return commit(txn)
	}
	if _, err := l.Append(t.Context(), op("a")); !errors.Is(err, log.ErrFailed) {
		t.Errorf("got %v", err)
	}
}

func TestWritingStopsAtTheDiskReserveAndGoesOnWhenThereIsSpaceAgain(t *testing.T) {
	var free atomic.Uint64
	free.Store(1 << 40)
	o := testOptions(t.TempDir())
	o.Apply = keepActors
	o.ReserveBytes = 100 << 20
	o.FreeBytes = func(string) (uint64, error) { return free.Load(), nil }
	l := open(t, o)
	if _, err := l.Append(t.Context(), op("before")); err != nil {
		t.Fatal(err)
	}
	free.Store(100<<20 + 100) // the reserve is there, the batch is not
	_, err := l.Append(t.Context(), op("refused"))
	if !errors.Is(err, log.ErrDiskReserve) || !strings.Contains(err.Error(), "100 MiB are free") {
		t.Errorf("got %v", err)
	}
	free.Store(1 << 20)
	if err := l.Side("sessions").Update(t.Context(), func(w kv.Writer) error { return w.Set([]byte("a"), nil) }); !errors.Is(err, log.ErrDiskReserve) {
		t.Errorf("side: %v", err)
	}
	checkAll(t, l, map[log.Pos]string{1: "before"})
	closeLog(t, l)
	if _, err := Open(o); !errors.Is(err, log.ErrDiskReserve) {
		t.Errorf("opening on a full disk: %v", err)
	}
	o.ReserveBytes = 512 << 20
	free.Store(400 << 20) // enough to open and read, not to write
	l = open(t, o)
	checkAll(t, l, map[log.Pos]string{1: "before"})
	if _, err := l.Append(t.Context(), op("refused")); !errors.Is(err, log.ErrDiskReserve) {
		t.Errorf("reopened: %v", err)
	}
	free.Store(1 << 40)
	if pos, err := l.Append(t.Context(), op("after")); pos != 2 || err != nil {
		t.Errorf("after: %d %v", pos, err)
	}
}

func TestACancelledWaiterDoesNotCancelTheCommit(t *testing.T) {
	h := newHeld()
	o := testOptions(t.TempDir())
	o.Apply = h.apply
	l := open(t, o)
	ctx, cancel := context.WithCancel(t.Context())
	left := make(chan error, 1)
	go func() { _, err := l.Append(ctx, op("a")); left <- err }()
	<-h.reached
	cancel()
	if err := <-left; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	close(h.released)
	if pos, err := l.Append(t.Context(), op("b")); pos != 2 || err != nil {
		t.Errorf("the next: %d %v", pos, err)
	}
}

func TestCloseFinishesAndAnswersWhatIsQueued(t *testing.T) {
	h := newHeld()
	o := testOptions(t.TempDir())
	o.Apply = h.apply
	l := open(t, o)
	first := make(chan error, 1)
	go func() { _, err := l.Append(context.Background(), op("first")); first <- err }()
	<-h.reached
	collect := queued(t, l, []log.Record{op("a")}, []log.Record{op("b")})
	closed := make(chan error, 1)
	go func() { closed <- l.Close() }()
	close(h.released)
	if err := errors.Join(<-first, <-closed); err != nil {
		t.Error(err)
	}
	for i, a := range collect() {
		if a.err != nil || a.last != log.Pos(i+2) {
			t.Errorf("append %d: %+v", i, a)
		}
	}
	again := open(t, testOptions(o.Dir))
	if result, err := again.Check(t.Context()); err != nil || result.Records != 3 || !again.witness.seen.clean {
		t.Errorf("after reopening: %+v %v, clean %v", result, err, again.witness.seen.clean)
	}
}

func TestCloseWaitsForReaders(t *testing.T) {
	l := open(t, testOptions(t.TempDir()))
	closed := make(chan error, 1)
	err := l.Store().View(t.Context(), func(r kv.Reader) error {
		go func() { closed <- l.Close() }()
		select {
		case <-closed:
			t.Error("closed under a reader")
		case <-time.After(50 * time.Millisecond):
		}
		_, err := r.Get([]byte("a"))
		return err
	})
	if !errors.Is(err, kv.ErrNotFound) {
		t.Error(err)
	}
	if err := <-closed; err != nil {
		t.Error(err)
	}
	if err := l.Store().View(t.Context(), func(kv.Reader) error { return nil }); !errors.Is(err, log.ErrClosed) {
		t.Errorf("view of a closed log: %v", err)
	}
}

func TestAFolderIsOpenedOnceAtATime(t *testing.T) {
	o := testOptions(t.TempDir())
	l := open(t, o)
	if _, err := Open(o); !errors.Is(err, log.ErrInUse) {
		t.Errorf("got %v", err)
	}
	closeLog(t, l)
	// Some other program that has the database itself open.
	db, err := badger.Open(badgerOptions(o.Dir, nil))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(o); !errors.Is(err, log.ErrInUse) {
		t.Errorf("database in use: %v", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	closeLog(t, open(t, o))
}

func TestANewerFormatIsRefused(t *testing.T) {
	o := testOptions(t.TempDir())
	closeLog(t, open(t, o))
	for _, content := range []string{"2\n", "", "x"} {
		if err := os.WriteFile(filepath.Join(o.Dir, "format"), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(o); !errors.Is(err, log.ErrFormat) {
			t.Errorf("%q: %v", content, err)
		}
	}
}

func TestSideStoresAreApartFromTheViewAndSurviveReopening(t *testing.T) {
	o := testOptions(t.TempDir())
	l := open(t, o)
	for _, name := range []string{"sessions", "limits"} {
		if err := l.Side(name).Update(t.Context(), func(w kv.Writer) error { return w.Set([]byte("k"), []byte(name)) }); err != nil {
			t.Fatal(err)
		}
	}
	closeLog(t, l)
	l = open(t, o)
	for _, name := range []string{"sessions", "limits"} {
		err := l.Side(name).View(t.Context(), func(r kv.Reader) error {
			got, err := r.Get([]byte("k"))
			if string(got) != name {
				t.Errorf("%s holds %q", name, got)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
	err := l.Store().View(t.Context(), func(r kv.Reader) error {
		return r.Scan(nil, nil, func(key, _ []byte) (bool, error) { return false, fmt.Errorf("the view has %q", key) })
	})
	if err != nil {
		t.Error(err)
	}
}

func TestOpeningAfterACrashStartsAtACheckpointThatCannotBeLost(t *testing.T) {
	o := testOptions(t.TempDir())
	l := open(t, o)
	l.checkpointEvery = 10
	for i := range 25 {
		if _, err := l.Append(t.Context(), op(fmt.Sprint(i))); err != nil {
			t.Fatal(err)
		}
	}
	start := func(seen testimony) (at log.Pos) {
		err := l.db.View(func(txn *badger.Txn) error {
			s, err := trusted(txn, seen)
			at = s.pos
			return err
		})
		if err != nil {
			t.Error(err)
		}
		return at
	}
	for _, c := range []struct {
		seen testimony
		want log.Pos
	}{
		{testimony{pos: 25, clean: true}, 20},
		{testimony{pos: 19, clean: true}, 10}, // the chain must pass what the witness saw
		{testimony{pos: 25}, 0},               // all of it may have been in write-ahead logs only
	} {
		if got := start(c.seen); got != c.want {
			t.Errorf("%+v: starts at %d, want %d", c.seen, got, c.want)
		}
	}
}
