package badgerlog

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"

	"github.com/dgraph-io/badger/v4"

	"hashiya/server/log"
)

// unflushedBytes bounds what can still be in Badger's write-ahead logs: the
// memtable in use, NumMemtables in the queue, and one being flushed. A log that
// was not closed cleanly is verified at least that far back, because damage to
// one of several write-ahead logs leaves a hole, not only a shorter log.
const unflushedBytes = (numMemtables + 2) * memTableSize

// verify returns the state at the end of the log, after walking the chain from
// the last checkpoint that cannot have been lost, and comparing it with what
// the witness saw.
func verify(txn *badger.Txn, seen testimony) (state, error) {
	start, err := trusted(txn, seen)
	if err != nil {
		return state{}, err
	}
	end, err := walk(context.Background(), txn, start, seen)
	if err != nil {
		return state{}, err
	}
	if value, err := get(txn, largeKey); err != nil || len(value) == 8 {
		if err == nil {
			err = readable(txn, log.Pos(binary.BigEndian.Uint64(value)))
		}
		if err != nil {
			return state{}, err
		}
	}
	return end, nil
}

func trusted(txn *badger.Txn, seen testimony) (start state, err error) {
	var newest *state
	err = descend(txn, checkpointPrefix, math.MaxUint64, func(pos log.Pos, item *badger.Item) (bool, error) {
		at, err := readCheckpoint(pos, item)
		if err != nil {
			return false, err
		}
		if newest == nil {
			newest = &at
		}
		if at.pos <= seen.pos && (seen.clean || newest.bytes-at.bytes >= unflushedBytes) {
			start = at
			return false, nil
		}
		return true, nil
	})
	return start, err
}

// walk follows the chain from start to the end, and checks it against the
// checkpoints and the witness on the way.
func walk(ctx context.Context, txn *badger.Txn, start state, seen testimony) (state, error) {
	compare := func(at state) error {
		if at.pos == seen.pos && at.digest != seen.digest {
			return fmt.Errorf("%w: record %d is not the one that was committed there: its chained digest differs from the file head. %s", log.ErrDamaged, at.pos, remedy)
		}
		item, err := txn.Get(positionKey(checkpointPrefix, at.pos))
		if err == badger.ErrKeyNotFound {
			return nil
		}
		if err != nil {
			return err
		}
		saved, err := readCheckpoint(at.pos, item)
		if err == nil && saved != at {
			err = fmt.Errorf("%w: the records up to %d are not those of the checkpoint there: the chained digest differs. %s", log.ErrDamaged, at.pos, remedy)
		}
		return err
	}
	at := start
	if at.pos > 0 {
		if err := readable(txn, at.pos); err != nil {
			return at, err
		}
		if err := compare(at); err != nil {
			return at, err
		}
	}
	err := ascend(txn, start.pos, func(pos log.Pos, record []byte) (bool, error) {
		if _, err := decode(pos, record); err != nil {
			return false, err
		}
		at = at.add(record)
		if pos == seen.pos || uint64(pos)%checkpointStep == 0 {
			if err := compare(at); err != nil {
				return false, err
			}
		}
		return true, ctx.Err()
	})
	if err == nil && at.pos < seen.pos {
		err = fmt.Errorf("%w: the log ends at record %d, but record %d was acknowledged: %d are lost. %s", log.ErrDamaged, at.pos, seen.pos, seen.pos-at.pos, remedy)
	}
	return at, err
}

func readable(txn *badger.Txn, pos log.Pos) error {
	record, err := get(txn, positionKey(recordPrefix, pos))
	if err != nil {
		return fmt.Errorf("%w: record %d cannot be read: %w. %s", log.ErrDamaged, pos, err, remedy)
	}
	if record == nil {
		return fmt.Errorf("%w: record %d is missing. %s", log.ErrDamaged, pos, remedy)
	}
	_, err = decode(pos, record)
	return err
}
