package view

import (
	"context"
	"errors"
	"fmt"

	"hashiya/server/kv"
	"hashiya/server/log"
)

// CatchUp folds into store what the log has and the view in it has not: all of
// the log, where the view was written by a program of another generation. It
// calls progress after each batch with the position reached and the last one.
// It must end before the first append to a log that applies its own entries.
func CatchUp(ctx context.Context, l log.Log, store kv.Store, progress func(at, last uint64)) error {
	_, _, last, err := l.Info(ctx)
	if err != nil {
		return err
	}
	var cursor uint64
	err = store.View(ctx, func(r kv.Reader) error {
		cursor, err = Snapshot{r}.Cursor()
		return err
	})
	switch {
	case err != nil:
		return err
	case cursor > uint64(last):
		return fmt.Errorf("the view holds the log up to entry %d, but the log ends at %d: they belong to different logs; restore the newest backup", cursor, last)
	case cursor == uint64(last):
		return nil
	}
	caughtUp := errors.New("caught up")
	err = l.Follow(ctx, log.Pos(cursor), func(entries []log.Entry) error {
		if err := fold(ctx, store, entries); err != nil {
			return err
		}
		at := entries[len(entries)-1].Pos
		progress(uint64(at), uint64(last))
		if at >= last {
			return caughtUp
		}
		return nil
	})
	if err == caughtUp {
		return nil
	}
	return err
}

// fold applies the entries in as few updates as they fit into.
func fold(ctx context.Context, store kv.Store, entries []log.Entry) error {
	err := store.Update(ctx, func(w kv.Writer) error { return Apply(w, entries) })
	if half := len(entries) / 2; errors.Is(err, kv.ErrTooLarge) && half > 0 {
		if err := fold(ctx, store, entries[:half]); err != nil {
			return err
		}
		return fold(ctx, store, entries[half:])
	}
	return err
}
