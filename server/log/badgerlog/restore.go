package badgerlog

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"

	"hashiya/server/kv/badgerkv"
	"hashiya/server/log"
)

// Restore makes a log in a folder that is empty, or not there yet, out of the
// entries of another one, which keep their positions and their times. It takes
// them in order and from position 1 on, and stops at the first error among
// them. The view is left to be folded.
//
// The log gets an identity of its own: it may lack what the other one
// acknowledged later, and only by another identity can those who followed that
// one tell.
//
// After an error the folder is worth nothing, and is the caller's to remove.
func Restore(ctx context.Context, options Options, entries iter.Seq2[log.Entry, error]) (err error) {
	if list, err := os.ReadDir(options.Dir); err != nil && !errors.Is(err, fs.ErrNotExist) || len(list) > 0 {
		return errors.Join(err, fmt.Errorf("restoring into %s: it is not empty", options.Dir))
	}
	options.Apply = nil
	l, err := Open(options)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	var batch []log.Entry
	size := 0
	flush := func() error {
		if err := errors.Join(ctx.Err(), l.checkReserve(size)); err != nil || len(batch) == 0 {
			return err
		}
		if err := l.restore(batch); err != nil {
			return l.fail(fmt.Errorf("restoring the records behind position %d: %w", l.head.pos, err))
		}
		batch, size = batch[:0], 0
		return nil
	}
	next := log.Pos(1)
	for e, err := range entries {
		if err != nil {
			return err
		}
		if e.Pos != next {
			return fmt.Errorf("%w: restoring record %d behind record %d", log.ErrInvalid, e.Pos, next-1)
		}
		if err := log.Check([]log.Record{e.Record}); err != nil {
			return fmt.Errorf("record %d: %w", e.Pos, err)
		}
		next++
		if len(batch) >= maxBatchRecords || size+len(e.Data) > maxBatchBytes {
			if err := flush(); err != nil {
				return err
			}
		}
		batch = append(batch, e)
		size += len(e.Data)
	}
	return flush()
}

// restore commits the entries in one transaction. Nobody else writes: the
// committer sleeps, for nobody has the log yet.
func (l *Log) restore(entries []log.Entry) error {
	head := l.head
	txn := l.db.NewTransaction(true)
	defer txn.Discard()
	for _, e := range entries {
		record := encode(e.Record)
		seal(record, e.Pos, e.Time)
		head = head.add(record)
		if err := txn.Set(positionKey(recordPrefix, head.pos), record); err != nil {
			return badgerkv.SizeError(err)
		}
		if len(record) >= valueThreshold {
			if err := txn.Set(largeKey, binary.BigEndian.AppendUint64(nil, uint64(head.pos))); err != nil {
				return badgerkv.SizeError(err)
			}
		}
		if uint64(head.pos)%l.checkpointEvery == 0 {
			if err := txn.Set(positionKey(checkpointPrefix, head.pos), head.checkpoint()); err != nil {
				return badgerkv.SizeError(err)
			}
		}
	}
	if err := l.commit(txn); err != nil {
		return badgerkv.SizeError(err)
	}
	if err := l.failure(); err != nil {
		return err
	}
	l.head = head
	l.tail.Advance(head.pos)
	return l.witness.write(l.testimony(false))
}
