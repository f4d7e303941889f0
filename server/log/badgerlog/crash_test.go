package badgerlog

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"hashiya/server/kv"
	"hashiya/server/log"
)

const (
	crashDir   = "HASHIYA_TEST_CRASH_DIR"
	crashBlind = "HASHIYA_TEST_CRASH_BLIND" // set: it believes that the disk has room
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(crashDir); dir != "" {
		appendUntilKilled(dir)
	}
	os.Exit(m.Run())
}

// appendUntilKilled is the child process: 8 writers, and a line on stdout for
// every record once it was acknowledged.
func appendUntilKilled(dir string) {
	o := testOptions(dir)
	o.Apply = keepActors
	if os.Getenv(crashBlind) != "" {
		o.FreeBytes = func(string) (uint64, error) { return 1 << 40, nil }
	}
	l, err := Open(o)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var group sync.WaitGroup
	for w := range 8 {
		group.Go(func() {
			for i := 0; ; i++ {
				name := fmt.Sprintf("%d/%d.%d", os.Getpid(), w, i)
				pos, err := l.Append(context.Background(), op(name))
				if err != nil {
					fmt.Fprintln(os.Stderr, err)
					os.Exit(1)
				}
				fmt.Printf("%d %s\n", pos, name)
			}
		})
	}
	group.Wait()
}

func op(actor string) log.Record {
	text, _ := json.Marshal(strings.Repeat("وقالت «الجزيرة» ", 10))
	return log.Record{Kind: "op", Actor: actor, Data: text}
}

// keepActors is a view from position to actor.
func keepActors(w kv.Writer, entries []log.Entry) error {
	for _, e := range entries {
		if err := w.Set(positionKey("", e.Pos), []byte(e.Actor)); err != nil {
			return err
		}
	}
	return nil
}

func TestNothingAcknowledgedIsLostWhenTheProcessIsKilled(t *testing.T) {
	dir := t.TempDir()
	acked := map[log.Pos]string{}
	for cycle := range 5 {
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), crashDir+"="+dir)
		child.Stderr = os.Stderr
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		var deadline <-chan time.Time
		for lines.Scan() {
			if deadline == nil { // in mid-append, at another moment each time
				deadline = time.After(time.Duration(100+70*cycle) * time.Millisecond)
				go func(c <-chan time.Time) { <-c; _ = child.Process.Kill() }(deadline)
			}
			var pos log.Pos
			var name string
			if n, _ := fmt.Sscanf(lines.Text(), "%d %s", &pos, &name); n == 2 && strings.Contains(name, ".") {
				acked[pos] = name
			}
		}
		_ = child.Wait()

		o := testOptions(dir)
		o.Apply = keepActors
		l := open(t, o)
		checkAll(t, l, acked)
		closeOnEvenCycles := cycle%2 == 0
		if closeOnEvenCycles {
			closeLog(t, l)
		} else {
			// The next child must take over from a folder that was not closed.
			abandon(t, l)
		}
		t.Logf("cycle %d: %d acknowledged so far", cycle, len(acked))
	}
	if len(acked) < 500 {
		t.Errorf("only %d records were acknowledged: the test tests little", len(acked))
	}
}

// checkAll holds the log and the view against what was acknowledged.
func checkAll(t *testing.T, l *Log, acked map[log.Pos]string) {
	t.Helper()
	result, err := l.Check(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	stop := errors.New("stop")
	next, found := log.Pos(1), 0
	err = l.Follow(t.Context(), 0, func(entries []log.Entry) error {
		for _, e := range entries {
			if e.Pos != next {
				t.Fatalf("position %d follows %d", e.Pos, next-1)
			}
			next++
			if want, ok := acked[e.Pos]; ok {
				found++
				if e.Actor != want {
					t.Fatalf("position %d is of %s, acknowledged for %s", e.Pos, e.Actor, want)
				}
			}
		}
		if uint64(next) > result.Records {
			return stop
		}
		return nil
	})
	if err != stop || found != len(acked) {
		t.Fatalf("%d of %d acknowledged records are there, %v", found, len(acked), err)
	}
	err = l.Store().View(t.Context(), func(r kv.Reader) error {
		for pos, want := range acked {
			if got, err := r.Get(positionKey("", pos)); err != nil || string(got) != want {
				return fmt.Errorf("the view has %q at %d: %w", got, pos, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// abandon leaves the folder as a killed process does, as far as one process
// can: it copies it while open, closes, and puts the copy back.
func abandon(t *testing.T, l *Log) {
	t.Helper()
	kept := filepath.Join(t.TempDir(), "kept")
	copyFolder(t, l.options.Dir, kept)
	closeLog(t, l)
	if err := os.RemoveAll(l.options.Dir); err != nil {
		t.Fatal(err)
	}
	copyFolder(t, kept, l.options.Dir)
}

// A copy taken while the process lives has what a crash of the process would
// leave. It also has what is only in the page cache, so it cannot show that a
// power cut loses nothing; that rests on SyncWrites, which is asserted.
func TestACopyTakenRightAfterAcknowledgementHasEveryRecord(t *testing.T) {
	o := testOptions(t.TempDir())
	o.Apply = keepActors
	l := open(t, o)
	if !l.db.Opts().SyncWrites {
		t.Error("Badger does not sync its writes")
	}
	acked := map[log.Pos]string{}
	for round := range 4 {
		for i := range 50 {
			name := fmt.Sprint(round, ".", i)
			pos, err := l.Append(t.Context(), op(name))
			if err != nil {
				t.Fatal(err)
			}
			acked[pos] = name
		}
		copied := o
		copied.Dir = filepath.Join(t.TempDir(), "copy")
		copyFolder(t, o.Dir, copied.Dir)
		checkAll(t, open(t, copied), acked)
	}
}

// copyFolder keeps holes, since Badger's files are mostly those.
func copyFolder(t testing.TB, from, to string) {
	t.Helper()
	if out, err := exec.Command("cp", "-r", "--sparse=always", from, to).CombinedOutput(); err != nil {
		t.Fatalf("copying: %v: %s", err, out)
	}
}
