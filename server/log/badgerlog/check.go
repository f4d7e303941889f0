package badgerlog

import (
	"context"
	"encoding/hex"
	"fmt"

	"github.com/dgraph-io/badger/v4"

	"hashiya/server/kv/badgerkv"
	"hashiya/server/log"
)

// CheckResult is what was found in order.
type CheckResult struct {
	Records uint64
	Bytes   uint64 // of the stored records
	Digest  string // of the chain at the last record, SHA-256 in hexadecimal
}

// Verify verifies every record of the log and the whole chain, as of now,
// while the log goes on. An error wraps log.ErrDamaged.
func (l *Log) Verify(ctx context.Context) (result CheckResult, err error) {
	last := l.tail.Last() // before the snapshot, which so holds it
	err = l.viewTxn(func(txn *badger.Txn) error {
		result, err = verifyLog(ctx, txn, last)
		return err
	})
	return result, err
}

// Check is Verify, and verifies what is not the log too: the view, the side
// stores, and the checksums of all of Badger's tables.
func (l *Log) Check(ctx context.Context) (result CheckResult, err error) {
	last := l.tail.Last()
	err = l.viewTxn(func(txn *badger.Txn) error {
		if result, err = verifyLog(ctx, txn, last); err != nil {
			return err
		}
		if err := verifyTables(ctx, l.db.Opts().Dir); ctx.Err() != nil {
			return ctx.Err()
		} else if err != nil {
			return fmt.Errorf("%w: %w. %s", log.ErrDamaged, err, remedyOfView)
		}
		return readAll(ctx, txn)
	})
	if err != nil {
		return CheckResult{}, err
	}
	return result, nil
}

func verifyLog(ctx context.Context, txn *badger.Txn, last log.Pos) (CheckResult, error) {
	end, err := walk(ctx, txn, state{}, testimony{})
	if err != nil {
		return CheckResult{}, err
	}
	if end.pos < last {
		return CheckResult{}, fmt.Errorf("%w: the chain ends at %d of %d. %s", log.ErrDamaged, end.pos, last, remedy)
	}
	return CheckResult{uint64(end.pos), end.bytes, hex.EncodeToString(end.digest[:])}, nil
}

// readAll reads every value, for those in the value log have a checksum of
// their own that no table's covers. (Records were read by verifyLog.)
func readAll(ctx context.Context, txn *badger.Txn) error {
	options := badger.DefaultIteratorOptions
	options.PrefetchValues = false
	it := txn.NewIterator(options)
	defer it.Close()
	var buffer []byte
	for it.Rewind(); it.Valid(); it.Next() {
		if it.ValidForPrefix([]byte(recordPrefix)) {
			continue
		}
		var err error
		if buffer, err = badgerkv.Value(it.Item(), buffer); err != nil {
			return fmt.Errorf("%w: %w. %s", log.ErrDamaged, err, remedyOfView)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}
