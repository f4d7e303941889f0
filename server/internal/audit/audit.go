// Package audit holds a server's data folder against what its clients were told.
// Crash tests and the load program, which have real processes, share it; the
// simulation has invariants of its own, since its devices change ids.
package audit

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"

	"hashiya/app/annotation"
	"hashiya/server/kv"
	"hashiya/server/kv/memkv"
	"hashiya/server/log"
	"hashiya/server/log/badgerlog"
	"hashiya/server/record"
	"hashiya/server/view"
)

// Op is an op that the server acknowledged to its author.
type Op struct {
	Author string
	Pos    uint64 // in the log
	Op     annotation.Op
}

// Log holds acknowledged ops against a log, from its first entry on: positions
// have no gap; each op stands where it was acknowledged, once, unaltered and
// under its author's name. Its error names everything that is wrong.
func Log(entries []log.Entry, acked []Op) error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf("audit: "+format, args...)) }
	times := map[annotation.OpID]int{}
	at := make([]annotation.Op, len(entries)) // zero where an entry is no op
	for i, e := range entries {
		if e.Pos != log.Pos(i)+1 {
			return fmt.Errorf("audit: entry %d of the log has position %d", i+1, e.Pos)
		}
		if e.Kind != record.KindOp {
			continue
		}
		if err := json.Unmarshal(e.Data, &at[i]); err != nil {
			return fmt.Errorf("audit: entry %d: %w", e.Pos, err)
		}
		times[at[i].ID()]++
	}
	for i := range acked {
		a := &acked[i]
		id := a.Op.ID()
		switch {
		case times[id] != 1:
			fault("op %s of %s was acknowledged at %d and stands in the log %d times", id, a.Author, a.Pos, times[id])
		case a.Pos == 0 || a.Pos > uint64(len(at)) || at[a.Pos-1].ID() != id:
			fault("op %s of %s was acknowledged at %d and is not there", id, a.Author, a.Pos)
		case at[a.Pos-1].ContentHash() != a.Op.ContentHash():
			fault("op %s of %s was altered: %+v, it was %+v", id, a.Author, at[a.Pos-1], a.Op)
		case entries[a.Pos-1].Actor != a.Author:
			fault("op %s of %s is in the log as %s's", id, a.Author, entries[a.Pos-1].Actor)
		}
	}
	return errors.Join(faults...)
}

// Folder opens a data folder that no server runs on and verifies all of it:
// the checksums and the chain, what Log does, that every author is told of the
// acknowledged ops once and in order, and that the view is the log folded again,
// byte for byte.
func Folder(ctx context.Context, dir string, acked []Op) (err error) {
	l, err := badgerlog.Open(badgerlog.Options{Dir: dir, Apply: view.Apply, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	if _, err := l.Check(ctx); err != nil {
		return err
	}
	entries, err := read(ctx, l)
	if err != nil {
		return err
	}
	return errors.Join(Log(entries, acked), told(ctx, l.Store(), acked), folded(ctx, entries, l.Store()))
}

func read(ctx context.Context, l log.Log) (entries []log.Entry, err error) {
	_, _, last, err := l.Info(ctx)
	if err != nil || last == 0 {
		return nil, err
	}
	end := errors.New("end")
	err = l.Follow(ctx, 0, func(some []log.Entry) error {
		if entries = append(entries, some...); some[len(some)-1].Pos >= last {
			return end
		}
		return nil
	})
	if err == end {
		err = nil
	}
	return entries, err
}

// told checks what a device of each author hears that asks from the beginning.
func told(ctx context.Context, store kv.Store, acked []Op) error {
	byAuthor := map[string][]Op{}
	for _, a := range acked {
		byAuthor[a.Author] = append(byAuthor[a.Author], a)
	}
	return view.New(store).Read(ctx, func(s view.Snapshot) error {
		cursor, err := s.Cursor()
		if err != nil {
			return err
		}
		for author, ops := range byAuthor {
			heard, last := map[annotation.OpID]uint64{}, uint64(0)
			for after := uint64(0); after < cursor; {
				batch, err := s.Events(author, after, 1000)
				if err != nil {
					return err
				}
				for _, e := range batch.Events {
					if e.Op == nil {
						continue
					}
					if e.Pos < last || heard[e.Op.ID()] != 0 {
						return fmt.Errorf("audit: %s hears of op %s, at %d, twice or out of order", author, e.Op.ID(), e.Pos)
					}
					heard[e.Op.ID()], last = e.Pos, e.Pos
				}
				after = batch.Cursor
			}
			for _, a := range ops {
				if heard[a.Op.ID()] != a.Pos {
					return fmt.Errorf("audit: op %s of %s was acknowledged at %d, and its devices hear of it at %d (0: never)", a.Op.ID(), author, a.Pos, heard[a.Op.ID()])
				}
			}
		}
		return nil
	})
}

// folded folds the log again and compares every byte.
func folded(ctx context.Context, entries []log.Entry, has kv.Store) error {
	again := memkv.New()
	for rest := entries; len(rest) > 0; {
		n := min(len(rest), 500)
		if err := again.Update(ctx, func(w kv.Writer) error { return view.Apply(w, rest[:n]) }); err != nil {
			return err
		}
		rest = rest[n:]
	}
	want, err := dump(ctx, again)
	if err != nil {
		return err
	}
	got, err := dump(ctx, has)
	if err != nil {
		return err
	}
	if !bytes.Equal(got, want) {
		return fmt.Errorf("audit: the view, of %d bytes, is not the log folded again, of %d bytes", len(got), len(want))
	}
	return nil
}

func dump(ctx context.Context, s kv.Store) ([]byte, error) {
	var b bytes.Buffer
	err := s.View(ctx, func(r kv.Reader) error {
		return r.Scan(nil, nil, func(k, v []byte) (bool, error) {
			fmt.Fprintf(&b, "%q %q\n", k, v)
			return true, nil
		})
	})
	return b.Bytes(), err
}
