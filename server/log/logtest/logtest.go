// Package logtest is the conformance suite of log.Log.
package logtest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"hashiya/server/kv"
	"hashiya/server/log"
)

// Log is what the suite needs besides log.Log.
type Log interface {
	log.Log
	Store() kv.Store
	Close() error
}

// Harness makes the logs under test.
type Harness struct {
	// Open returns an empty log that applies with apply, which may be nil.
	Open func(t *testing.T, apply func(kv.Writer, []log.Entry) error) Log
	// Reopen closes l and opens the same log again; nil for a log that does
	// not outlive the process.
	Reopen func(t *testing.T, l Log) Log
}

// Samples are the records of every kind of trouble that Arabic news brings.
var Samples = []log.Record{
	record("op", "ليلى", "وَلِلْأذربيجان"),
	record("op", "user-2", "كـــتـاب لا لأ لإ لآ “اقتباس” «اقتباس»"),
	record("article", "", "iPhone 15 في سبتمبر/أيلول ٢٠٢٤\r\nسطر"),
	record("op", "ليلى", "\u200fRLM \u200eLRM \u200cZWNJ 👩‍💻 e\u0301 آ <&>"),
	{Kind: "empty"},
}

func record(kind, actor, text string) log.Record {
	data, err := json.Marshal(map[string]string{"text": text})
	if err != nil {
		panic(err)
	}
	return log.Record{Kind: kind, Actor: actor, Data: data}
}

// Run holds the logs of h against the contract of log.Log.
func Run(t *testing.T, h Harness) {
	open := func(t *testing.T, apply func(kv.Writer, []log.Entry) error) Log {
		l := h.Open(t, apply)
		t.Cleanup(func() { _ = l.Close() })
		return l
	}

	t.Run("a new log is empty and has an identity", func(t *testing.T) {
		l := open(t, nil)
		id, first, last := info(t, l)
		if len(id) != 32 || first != 0 || last != 0 {
			t.Errorf("got %q %d %d", id, first, last)
		}
		if other, _, _ := info(t, open(t, nil)); other == id {
			t.Errorf("two logs share the identity %s", id)
		}
	})

	t.Run("records come back as they were, in order, from 1, with the server's time", func(t *testing.T) {
		l := open(t, nil)
		before := time.Now()
		for i, r := range Samples {
			if pos := appendTo(t, l, r); pos != log.Pos(i+1) {
				t.Errorf("record %d is at %d", i, pos)
			}
		}
		got := read(t, l, 0, len(Samples))
		checkEntries(t, got, 1, Samples)
		for _, e := range got {
			if e.Time.Before(before.Add(-time.Second)) || e.Time.After(time.Now().Add(time.Second)) || e.Time.Location() != time.UTC {
				t.Errorf("entry %d has time %v", e.Pos, e.Time)
			}
		}
		if _, first, last := info(t, l); first != 1 || last != log.Pos(len(Samples)) {
			t.Errorf("info: %d to %d", first, last)
		}
	})

	t.Run("records of one append are contiguous and the log keeps its own copy", func(t *testing.T) {
		l := open(t, nil)
		appendTo(t, l, Samples[0])
		mine := record("op", "ليلى", "قبل")
		want := log.Record{Kind: mine.Kind, Actor: mine.Actor, Data: bytes.Clone(mine.Data)}
		if pos := appendTo(t, l, Samples[1], mine, Samples[2]); pos != 4 {
			t.Errorf("last is %d", pos)
		}
		copy(mine.Data, "XXXXXX")
		checkEntries(t, read(t, l, 0, 4), 1, []log.Record{Samples[0], Samples[1], want, Samples[2]})
	})

	t.Run("invalid records are refused, and with them the whole append", func(t *testing.T) {
		l := open(t, nil)
		long := strings.Repeat("ك", log.MaxNameBytes)
		for name, bad := range map[string][]log.Record{
			"none":       {},
			"no kind":    {Samples[0], {Data: json.RawMessage(`1`)}},
			"long kind":  {{Kind: long}},
			"long actor": {{Kind: "k", Actor: long}},
			"not JSON":   {Samples[0], {Kind: "k", Data: json.RawMessage(`{"a":`)}},
		} {
			if _, err := l.Append(t.Context(), bad...); !errors.Is(err, log.ErrInvalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		huge := log.Record{Kind: "k", Data: append(append([]byte(`"`), bytes.Repeat([]byte("a"), log.MaxAppendBytes)...), '"')}
		if _, err := l.Append(t.Context(), Samples[0], huge); !errors.Is(err, log.ErrTooLarge) {
			t.Errorf("huge: %v", err)
		}
		if _, _, last := info(t, l); last != 0 {
			t.Errorf("the log ends at %d", last)
		}
	})

	t.Run("follow replays from any position and goes on live without a gap", func(t *testing.T) {
		l := open(t, nil)
		const before, after = 700, 300 // more than one batch of a replay
		for i := range before {
			appendTo(t, l, numbered(i))
		}
		var group sync.WaitGroup
		for _, from := range []int{0, 1, 511, before} {
			group.Go(func() {
				entries, err := collect(t.Context(), l, log.Pos(from), before+after-from)
				if err != nil {
					t.Error(err)
				}
				for i, e := range entries {
					if want := numbered(from + i); e.Pos != log.Pos(from+i+1) || string(e.Data) != string(want.Data) {
						t.Errorf("entry %d of follow after %d is %d %s", i, from, e.Pos, e.Data)
					}
				}
			})
		}
		for i := range after {
			appendTo(t, l, numbered(before+i))
		}
		group.Wait()
	})

	t.Run("follow ends with the error of apply, with that of its context, and when the log closes", func(t *testing.T) {
		l := open(t, nil)
		appendTo(t, l, Samples...)
		reason := errors.New("stop")
		if err := l.Follow(t.Context(), 0, func([]log.Entry) error { return reason }); err != reason {
			t.Errorf("apply: %v", err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		if err := l.Follow(ctx, 0, func([]log.Entry) error { cancel(); return nil }); !errors.Is(err, context.Canceled) {
			t.Errorf("context: %v", err)
		}
		live, ended := make(chan struct{}, 1), make(chan error, 1)
		go func() {
			ended <- l.Follow(t.Context(), 0, func([]log.Entry) error { live <- struct{}{}; return nil })
		}()
		<-live
		if err := l.Close(); err != nil {
			t.Error(err)
		}
		if err := within(t, ended); !errors.Is(err, log.ErrClosed) {
			t.Errorf("close: %v", err)
		}
	})

	t.Run("follow beyond the end is refused", func(t *testing.T) {
		l := open(t, nil)
		appendTo(t, l, Samples[0])
		err := l.Follow(t.Context(), 2, func([]log.Entry) error { return nil })
		if !errors.Is(err, log.ErrAhead) {
			t.Errorf("got %v", err)
		}
	})

	t.Run("a stuck follower holds up neither appends nor other followers", func(t *testing.T) {
		l := open(t, nil)
		appendTo(t, l, numbered(0))
		stuck, release, ended := make(chan struct{}), make(chan struct{}), make(chan error, 1)
		reason := errors.New("released")
		go func() {
			ended <- l.Follow(t.Context(), 0, func([]log.Entry) error { close(stuck); <-release; return reason })
		}()
		<-stuck
		for i := range 100 {
			appendTo(t, l, numbered(i+1))
		}
		read(t, l, 0, 101)
		close(release)
		if err := within(t, ended); err != reason {
			t.Error(err)
		}
	})

	t.Run("concurrent appends get positions without gaps, each append in one piece", func(t *testing.T) {
		l := open(t, nil)
		const writers, rounds, size = 16, 20, 3
		acked := make([][]log.Pos, writers)
		var group sync.WaitGroup
		for w := range writers {
			group.Go(func() {
				for r := range rounds {
					var records []log.Record
					for i := range size {
						records = append(records, record("op", fmt.Sprint(w), fmt.Sprint(r, ".", i)))
					}
					last, err := l.Append(t.Context(), records...)
					if err != nil {
						t.Error(err)
						return
					}
					acked[w] = append(acked[w], last)
				}
			})
		}
		group.Wait()
		entries := read(t, l, 0, writers*rounds*size)
		for w, positions := range acked {
			for r, last := range positions {
				for i := range size {
					pos := int(last) - size + 1 + i
					want := record("op", fmt.Sprint(w), fmt.Sprint(r, ".", i))
					if got := entries[pos-1]; !same(got.Record, want) {
						t.Fatalf("position %d is %+v, acknowledged as %+v", pos, got, want)
					}
				}
			}
		}
	})

	t.Run("a cancelled append that had not begun is not in the log", func(t *testing.T) {
		l := open(t, nil)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := l.Append(ctx, Samples[0]); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		if pos := appendTo(t, l, Samples[1]); pos != 1 {
			t.Errorf("the next is at %d", pos)
		}
	})

	t.Run("a closed log refuses appends", func(t *testing.T) {
		l := open(t, nil)
		for range 2 {
			if err := l.Close(); err != nil {
				t.Error(err)
			}
		}
		if _, err := l.Append(t.Context(), Samples[0]); !errors.Is(err, log.ErrClosed) {
			t.Errorf("append: %v", err)
		}
	})

	t.Run("apply sees every entry once, in order, as follow does, and its writes are there when append returns", func(t *testing.T) {
		l := open(t, mirror)
		appendTo(t, l, Samples[0])
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				for range 10 {
					last := appendTo(t, l, Samples[1:3]...)
					if got := mirrored(t, l); len(got) < int(last) {
						t.Errorf("acknowledged %d, the view has %d", last, len(got))
					}
				}
			})
		}
		group.Wait()
		want := read(t, l, 0, 161)
		for i, got := range mirrored(t, l) {
			if entry := marshal(want[i]); got != entry {
				t.Fatalf("the view has %s, follow gives %s", got, entry)
			}
		}
		if err := l.Store().Update(t.Context(), func(kv.Writer) error { return nil }); !errors.Is(err, kv.ErrReadOnly) {
			t.Errorf("someone else may write the view: %v", err)
		}
	})

	t.Run("an error of apply stops the log before anything is written", func(t *testing.T) {
		reason := errors.New("not deterministic")
		l := open(t, func(w kv.Writer, entries []log.Entry) error {
			if entries[0].Kind == "bad" {
				return errors.Join(w.Set([]byte("half"), nil), reason)
			}
			return mirror(w, entries)
		})
		appendTo(t, l, Samples[0])
		for _, kind := range []string{"bad", "good"} {
			_, err := l.Append(t.Context(), log.Record{Kind: kind})
			if !errors.Is(err, log.ErrFailed) || !errors.Is(err, reason) {
				t.Errorf("%s: %v", kind, err)
			}
		}
		if got := mirrored(t, l); len(got) != 1 {
			t.Errorf("the view has %q", got)
		}
		checkEntries(t, read(t, l, 0, 1), 1, Samples[:1])
	})

	t.Run("an article of 8 MiB goes in with a copy in the view", func(t *testing.T) {
		l := open(t, mirror)
		text := strings.Repeat("وقال بوتين «نعم» ", (8<<20)/28)
		article := record("article", "importer", text)
		if pos := appendTo(t, l, article); pos != 1 {
			t.Errorf("position %d", pos)
		}
		if got := read(t, l, 0, 1); !same(got[0].Record, article) {
			t.Errorf("came back with %d bytes of %d", len(got[0].Data), len(article.Data))
		}
		if got := mirrored(t, l); len(got) != 1 || len(got[0]) < len(article.Data) {
			t.Errorf("the view has %d", len(got))
		}
	})

	t.Run("a view that outgrows a transaction refuses that append alone", func(t *testing.T) {
		l := open(t, func(w kv.Writer, entries []log.Entry) error {
			for _, e := range entries {
				for i := 0; e.Kind == "huge" && i < 9; i++ {
					if err := w.Set(fmt.Append(nil, e.Pos, i), make([]byte, 4<<20)); err != nil {
						return fmt.Errorf("writing the view: %w", err)
					}
				}
			}
			return mirror(w, entries)
		})
		appendTo(t, l, Samples[0])
		if _, err := l.Append(t.Context(), Samples[1], log.Record{Kind: "huge"}); !errors.Is(err, log.ErrTooLarge) {
			t.Errorf("got %v", err)
		}
		if pos := appendTo(t, l, Samples[2]); pos != 2 {
			t.Errorf("the next is at %d", pos)
		}
		if got := mirrored(t, l); len(got) != 2 {
			t.Errorf("the view has %q", got)
		}
	})

	if h.Reopen == nil {
		return
	}
	t.Run("all is there after reopening, and it goes on", func(t *testing.T) {
		l := open(t, mirror)
		id, _, _ := info(t, l)
		for round := range 3 {
			appendTo(t, l, Samples...)
			l = h.Reopen(t, l)
			t.Cleanup(func() { _ = l.Close() })
			n := (round + 1) * len(Samples)
			checkEntries(t, read(t, l, 0, n), 1, slices.Repeat(Samples, round+1))
			if again, first, last := info(t, l); again != id || first != 1 || last != log.Pos(n) {
				t.Errorf("round %d: %s %d %d", round, again, first, last)
			}
			if got := mirrored(t, l); len(got) != n {
				t.Errorf("round %d: the view has %d of %d", round, len(got), n)
			}
		}
	})
}

// mirror is a view that holds each entry as JSON, and fails unless it gets
// every position exactly once and in order.
func mirror(w kv.Writer, entries []log.Entry) error {
	for _, e := range entries {
		if e.Pos > 1 {
			if _, err := w.Get(mirrorKey(e.Pos - 1)); err != nil {
				return fmt.Errorf("entry %d came without the one before: %w", e.Pos, err)
			}
		}
		if _, err := w.Get(mirrorKey(e.Pos)); !errors.Is(err, kv.ErrNotFound) {
			return fmt.Errorf("entry %d came twice", e.Pos)
		}
		if err := w.Set(mirrorKey(e.Pos), []byte(marshal(e))); err != nil {
			return err
		}
	}
	return nil
}

func mirrorKey(pos log.Pos) []byte { return fmt.Appendf(nil, "mirror/%020d", pos) }

func mirrored(t *testing.T, l Log) (entries []string) {
	err := l.Store().View(t.Context(), func(r kv.Reader) error {
		return r.Scan([]byte("mirror/"), nil, func(_, value []byte) (bool, error) {
			entries = append(entries, string(value))
			return true, nil
		})
	})
	if err != nil {
		t.Error(err)
	}
	return entries
}

func marshal(e log.Entry) string {
	b, err := json.Marshal(e)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func numbered(i int) log.Record {
	return log.Record{Kind: "op", Data: fmt.Appendf(nil, `{"n":%d,"text":"أيلول"}`, i)}
}

func same(a, b log.Record) bool {
	return a.Kind == b.Kind && a.Actor == b.Actor && bytes.Equal(a.Data, b.Data)
}

func checkEntries(t *testing.T, got []log.Entry, first log.Pos, want []log.Record) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d entries, want %d", len(got), len(want))
	}
	for i, e := range got {
		if e.Pos != first+log.Pos(i) || !same(e.Record, want[i]) {
			t.Errorf("entry %d is %+v, want %+v", i, e, want[i])
		}
	}
}

func appendTo(t *testing.T, l log.Log, records ...log.Record) log.Pos {
	t.Helper()
	last, err := l.Append(t.Context(), records...)
	if err != nil {
		t.Errorf("append: %v", err)
	}
	return last
}

func info(t *testing.T, l log.Log) (string, log.Pos, log.Pos) {
	t.Helper()
	id, first, last, err := l.Info(t.Context())
	if err != nil {
		t.Errorf("info: %v", err)
	}
	return id, first, last
}

func read(t *testing.T, l log.Log, after log.Pos, n int) []log.Entry {
	t.Helper()
	entries, err := collect(t.Context(), l, after, n)
	if err != nil {
		t.Fatal(err)
	}
	return entries
}

// collect follows until it has n entries.
func collect(ctx context.Context, l log.Log, after log.Pos, n int) (entries []log.Entry, err error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	enough := errors.New("enough")
	err = l.Follow(ctx, after, func(batch []log.Entry) error {
		if entries = append(entries, batch...); len(entries) >= n {
			return enough
		}
		return nil
	})
	if err != enough || len(entries) != n {
		return nil, fmt.Errorf("follow after %d: %d entries of %d, %w", after, len(entries), n, err)
	}
	return entries, nil
}

func within(t *testing.T, c <-chan error) error {
	t.Helper()
	select {
	case err := <-c:
		return err
	case <-time.After(time.Minute):
		t.Fatal("still running after a minute")
		return nil
	}
}
