package badgerlog

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/dgraph-io/badger/v4"
	"golang.org/x/sys/unix"

	"hashiya/server/kv"
	"hashiya/server/kv/badgerkv"
	"hashiya/server/log"
)

// commitAll is the one committer. It ends when the queue is closed and empty.
func (l *Log) commitAll() {
	for batch := l.queue.take(); len(batch) > 0; batch = l.queue.take() {
		l.commitBatch(batch)
	}
}

// commitBatch commits and answers all of batch, in as few transactions as fit.
func (l *Log) commitBatch(batch []*waiting) {
	size := 0
	for _, w := range batch {
		size += w.bytes
	}
	err := l.failure()
	if err == nil {
		err = l.checkReserve(size)
	}
	if err == nil {
		err = l.commitOnce(batch)
		switch {
		case err == nil:
			return
		case errors.Is(err, kv.ErrTooLarge) && len(batch) > 1:
			l.commitBatch(batch[:len(batch)/2])
			l.commitBatch(batch[len(batch)/2:])
			return
		case errors.Is(err, kv.ErrTooLarge):
			err = fmt.Errorf("%w: %d records of %d bytes, with what is derived from them; append fewer at a time: %w", log.ErrTooLarge, len(batch[0].records), size, err)
		default:
			err = l.fail(fmt.Errorf("writing %d records behind position %d: %w", len(batch), l.head.pos, err))
		}
	}
	for _, w := range batch {
		w.done <- answer{err: err}
	}
}

// commitOnce writes all of batch in one transaction and answers it, or
// returns an error and has written nothing, as far as Badger tells.
func (l *Log) commitOnce(batch []*waiting) error {
	began := time.Now()
	now := time.Unix(0, l.options.Clock().UnixNano()).UTC()
	head := l.head
	var entries []log.Entry
	var checkpoint *state
	large := log.Pos(0)
	txn := l.db.NewTransaction(true)
	defer txn.Discard()
	for _, w := range batch {
		for _, record := range w.records {
			seal(record, head.pos+1, now)
			head = head.add(record)
			entry, err := decode(head.pos, record)
			if err != nil {
				return err
			}
			entries = append(entries, entry)
			if err := txn.Set(positionKey(recordPrefix, head.pos), record); err != nil {
				return badgerkv.SizeError(err)
			}
			if len(record) >= valueThreshold {
				large = head.pos
			}
			if uint64(head.pos)%l.checkpointEvery == 0 {
				at := head
				checkpoint = &at
			}
		}
	}
	if large > 0 {
		if err := txn.Set(largeKey, binary.BigEndian.AppendUint64(nil, uint64(large))); err != nil {
			return badgerkv.SizeError(err)
		}
	}
	if checkpoint != nil {
		if err := txn.Set(positionKey(checkpointPrefix, checkpoint.pos), checkpoint.checkpoint()); err != nil {
			return badgerkv.SizeError(err)
		}
	}
	if err := l.apply(txn, entries); err != nil {
		return err
	}
	if err := l.commit(txn); err != nil {
		return badgerkv.SizeError(err)
	}
	// Badger only logs some errors of writing; see quietLogger.
	if err := l.failure(); err != nil {
		return err
	}
	l.head = head
	if err := l.witness.write(l.testimony(false)); err != nil {
		// This batch is durable; without its witness nothing more may be.
		_ = l.fail(err)
	}
	l.tail.Advance(head.pos)
	if l.options.Observe != nil {
		l.options.Observe(len(entries), time.Since(began))
	}
	last := head.pos - log.Pos(len(entries))
	for _, w := range batch {
		last += log.Pos(len(w.records))
		w.done <- answer{last: last}
	}
	return nil
}

func (l *Log) apply(txn *badger.Txn, entries []log.Entry) error {
	if l.options.Apply == nil {
		return nil
	}
	snapshot := l.db.NewTransaction(false)
	defer snapshot.Discard()
	view := badgerkv.NewWriter(context.Background(), snapshot, viewNamespace)
	if err := l.options.Apply(view, entries); err != nil {
		return fmt.Errorf("applying them to the view: %w", err)
	}
	return view.Flush(txn)
}

// checkReserve keeps Badger away from a full disk, where a memory-mapped file
// kills the process.
func (l *Log) checkReserve(size int) error {
	return l.checkFree(l.options.ReserveBytes, size, "Nothing was written, reading goes on; free some space on that disk and try again")
}

func (l *Log) checkFree(reserve uint64, size int, next string) error {
	free, err := l.options.FreeBytes(l.options.Dir)
	if err != nil {
		return fmt.Errorf("%w: cannot tell how much is free in %s: %w", log.ErrDiskReserve, l.options.Dir, err)
	}
	if free < reserve+uint64(size) {
		const mib = 1 << 20
		return fmt.Errorf("%w: %d MiB are free in %s and %d MiB are kept in reserve. %s",
			log.ErrDiskReserve, free/mib, l.options.Dir, reserve/mib, next)
	}
	return nil
}

// freeBytes is what an unprivileged user may still write on the disk of dir.
func freeBytes(dir string) (uint64, error) {
	var stat unix.Statfs_t
	if err := unix.Statfs(dir, &stat); err != nil {
		return 0, err
	}
	return stat.Bavail * uint64(stat.Bsize), nil
}
