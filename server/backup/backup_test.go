package backup

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hashiya/server/log"
	"hashiya/server/log/memlog"
)

var someTime = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

func newLog(texts ...string) *memlog.Log {
	l := memlog.New(memlog.Options{})
	fill(l, texts...)
	return l
}

func fill(l *memlog.Log, texts ...string) {
	for _, text := range texts {
		data, _ := json.Marshal(text)
		if _, err := l.Append(context.Background(), log.Record{Kind: "op", Actor: "سمر", Data: data}); err != nil {
			panic(err)
		}
	}
}

// saved writes a backup into a file.
func saved(t testing.TB, l log.Log, path string, since *Since) Summary {
	t.Helper()
	var b bytes.Buffer
	s, err := Write(t.Context(), l, "test", someTime, since, &b)
	if err == nil {
		err = os.WriteFile(path, b.Bytes(), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// readAll returns the entries in the files, one a line.
func readAll(paths ...string) (string, []Summary, error) {
	var b strings.Builder
	all, err := readChain(paths, func(e log.Entry) error {
		fmt.Fprintln(&b, line(e))
		return nil
	})
	return b.String(), all, err
}

func line(e log.Entry) string {
	return fmt.Sprint(e.Pos, e.Time.UnixNano(), e.Kind, e.Actor, string(e.Data))
}

func lines(t testing.TB, l log.Log) string {
	t.Helper()
	var b strings.Builder
	_, _, last, _ := l.Info(t.Context())
	if err := follow(t.Context(), l, 0, last, func(e *log.Entry) error { fmt.Fprintln(&b, line(*e)); return nil }); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAFullBackupAndItsIncrementsHoldEveryRecordAsItWas(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(rt *rapid.T) {
		l := newLog()
		var paths []string
		var since *Since
		for i := range rapid.IntRange(1, 4).Draw(rt, "files") {
			fill(l, rapid.SliceOfN(rapid.String(), 0, 5).Draw(rt, "texts")...)
			path := filepath.Join(dir, fmt.Sprint(i))
			s := saved(t, l, path, since)
			paths, since = append(paths, path), new(Since)
			*since = s.Since()
			if again, err := Read(path, nil); err != nil || again != s {
				rt.Fatalf("written as %+v, read as %+v, %v", s, again, err)
			}
		}
		got, all, err := readAll(paths...)
		if err != nil || got != lines(t, l) {
			rt.Fatalf("%v: the backups hold\n%s, the log\n%s", err, got, lines(t, l))
		}
		if _, _, last, _ := l.Info(context.Background()); all[len(all)-1].Last != last {
			rt.Fatalf("they end at %d, the log at %d", all[len(all)-1].Last, last)
		}
	})
}

func TestABackupEndsWhereTheLogWasThoughItGrows(t *testing.T) {
	l := newLog("a", "b")
	var b bytes.Buffer
	s, err := Write(t.Context(), growing{l}, "test", someTime, nil, &b)
	if err != nil || s.Last != 2 {
		t.Errorf("%+v, %v", s, err)
	}
}

// growing grows while it is followed.
type growing struct{ *memlog.Log }

func (g growing) Follow(ctx context.Context, after log.Pos, apply func([]log.Entry) error) error {
	fill(g.Log, "later")
	return g.Log.Follow(ctx, after, apply)
}

func TestAnyFlippedBitAnyCutAndAnythingAddedIsFound(t *testing.T) {
	path := filepath.Join(t.TempDir(), "b")
	saved(t, newLog("قال «بوتين»", "", "لأذربيجان"), path, nil)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	refused := func(what string, content []byte) {
		t.Helper()
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(path, nil); !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", what, err)
		}
	}
	for i := range whole {
		flipped := bytes.Clone(whole)
		flipped[i] ^= 1 << (i % 8)
		refused(fmt.Sprint("flipped byte ", i), flipped)
		refused(fmt.Sprint("cut at byte ", i), whole[:i])
	}
	refused("something added", append(bytes.Clone(whole), 0))
}

func TestFilesThatDoNotContinueEachOtherAreRefused(t *testing.T) {
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	l := newLog("a")
	full := saved(t, l, path("full"), nil)
	saved(t, l, path("twin"), nil)
	fill(l, "b")
	since := full.Since()
	first := saved(t, l, path("first"), &since)
	fill(l, "c")
	since = first.Since()
	saved(t, l, path("second"), &since)
	other := newLog("a")
	saved(t, other, path("other"), nil)
	for name, files := range map[string][]string{
		"a gap":                     {"full", "second"},
		"the wrong order":           {"full", "second", "first"},
		"an increment alone":        {"first"},
		"two full ones":             {"full", "full"},
		"an increment twice":        {"full", "first", "first"},
		"an increment of another":   {"other", "first"},
		"none":                      {},
		"an increment, then a full": {"first", "full"},
	} {
		var paths []string
		for _, f := range files {
			paths = append(paths, path(f))
		}
		if _, err := Verify(paths); !errors.Is(err, ErrChain) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if all, err := Verify([]string{path("full"), path("first"), path("second")}); err != nil || len(all) != 3 {
		t.Errorf("the right order: %v", err)
	}
	// The same records in a file that was made at the same time are the same file.
	if _, err := Verify([]string{path("twin"), path("first")}); err != nil {
		t.Errorf("an equal full backup: %v", err)
	}
}

func TestAnIncrementIsMadeOnlyOfTheLogThatTheBackupIsOf(t *testing.T) {
	dir := t.TempDir()
	l := newLog("a", "b", "c")
	since := saved(t, l, filepath.Join(dir, "b"), nil).Since()
	for name, c := range map[string]struct {
		log    log.Log
		change func(*Since)
	}{
		"another log":             {newLog("a", "b", "c"), func(*Since) {}},
		"a restored log":          {renamed{l}, func(*Since) {}},
		"an older state":          {l, func(s *Since) { s.Last = 9 }},
		"another state":           {l, func(s *Since) { s.End = strings.Repeat("0", 64) }},
		"the same, somewhat less": {l, func(s *Since) { s.Last = 2 }},
	} {
		changed := since
		c.change(&changed)
		var b bytes.Buffer
		if _, err := Write(t.Context(), c.log, "test", someTime, &changed, &b); !errors.Is(err, ErrChain) || b.Len() > 0 {
			t.Errorf("%s: %v, %d bytes were written", name, err, b.Len())
		}
	}
}

// renamed is the same log under another identity, as a restored one is.
type renamed struct{ *memlog.Log }

func (r renamed) Info(ctx context.Context) (string, log.Pos, log.Pos, error) {
	_, first, last, err := r.Log.Info(ctx)
	return "another", first, last, err
}
