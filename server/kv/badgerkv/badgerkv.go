// Package badgerkv is a kv.Store in a namespace of a Badger database.
package badgerkv

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/dgraph-io/badger/v4"

	"hashiya/server/kv"
	"hashiya/server/kv/internal/ordered"
)

// DB runs transactions. *badger.DB is one; the log passes one that also
// guards the disk's reserve and closing. Update commits when fn returns nil.
type DB interface {
	View(fn func(*badger.Txn) error) error
	Update(fn func(*badger.Txn) error) error
}

// New returns the store of all keys of db that start with namespace. There
// must be only one store with writers per namespace, since Badger runs
// without conflict detection and the store itself keeps its updates apart.
func New(db DB, namespace string) kv.Store {
	return &store{db: db, namespace: []byte(namespace)}
}

type store struct {
	db        DB
	namespace []byte
	writing   sync.Mutex
}

func (s *store) View(ctx context.Context, fn func(kv.Reader) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.db.View(func(txn *badger.Txn) error {
		return fn(&Writer{ctx: ctx, txn: txn, namespace: s.namespace})
	})
}

func (s *store) Update(ctx context.Context, fn func(kv.Writer) error) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.db.View(func(snapshot *badger.Txn) error {
		w := NewWriter(ctx, snapshot, string(s.namespace))
		if err := fn(w); err != nil {
			return err
		}
		return s.db.Update(w.Flush)
	})
}

// Writer keeps what is set beside a read-only transaction until Flush. Writes
// do not go to a Badger write transaction directly, since that one allows no
// nested scans, sorts all its pending writes for each scan, and would have to
// be thrown away with everything in it to split a batch.
type Writer struct {
	ctx       context.Context
	txn       *badger.Txn
	namespace []byte
	pending   ordered.Map
	written   int
}

// NewWriter returns a Writer over the snapshot of txn.
func NewWriter(ctx context.Context, txn *badger.Txn, namespace string) *Writer {
	return &Writer{ctx: ctx, txn: txn, namespace: []byte(namespace)}
}

// Flush sets all pending writes in txn. Its error wraps kv.ErrTooLarge when
// they do not fit; txn must be discarded then.
func (w *Writer) Flush(txn *badger.Txn) error {
	if w.written > kv.MaxUpdateBytes {
		return w.tooLarge()
	}
	for c := w.pending.From(nil); c.Valid(); c.Next() {
		if err := txn.Set(w.key(c.Key()), c.Value()); err != nil {
			return SizeError(err)
		}
	}
	return nil
}

// SizeError turns Badger's refusal of a too large transaction into one that
// wraps kv.ErrTooLarge, and leaves other errors alone.
func SizeError(err error) error {
	if errors.Is(err, badger.ErrTxnTooBig) {
		return fmt.Errorf("%w: %w", kv.ErrTooLarge, err)
	}
	return err
}

// Get implements kv.Reader.
func (w *Writer) Get(key []byte) ([]byte, error) {
	if value, ok := w.pending.Get(key); ok {
		return bytes.Clone(value), nil
	}
	item, err := w.txn.Get(w.key(key))
	if errors.Is(err, badger.ErrKeyNotFound) {
		return nil, kv.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return Value(item, nil)
}

// Scan implements kv.Reader: a merge of the pending writes and Badger's.
func (w *Writer) Scan(prefix, from []byte, fn func(key, value []byte) (bool, error)) error {
	options := badger.DefaultIteratorOptions
	options.PrefetchValues = false
	options.Prefix = w.key(prefix)
	stored := w.txn.NewIterator(options)
	defer stored.Close()

	start := kv.ScanStart(prefix, from)
	pending := w.pending.From(start)
	var buffer []byte
	for stored.Seek(w.key(start)); ; {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		var storedKey, pendingKey []byte
		if stored.ValidForPrefix(options.Prefix) {
			storedKey = stored.Item().Key()[len(w.namespace):]
		}
		if pending.Valid() && bytes.HasPrefix(pending.Key(), prefix) {
			pendingKey = pending.Key()
		}

		var more bool
		var err error
		switch {
		case storedKey == nil && pendingKey == nil:
			return nil
		case storedKey == nil || pendingKey != nil && bytes.Compare(pendingKey, storedKey) <= 0:
			more, err = fn(bytes.Clone(pendingKey), bytes.Clone(pending.Value()))
			if bytes.Equal(pendingKey, storedKey) {
				stored.Next()
			}
			pending.Next()
		default:
			// A copy, because Badger locks a value log file while a value of
			// it is lent out, and fn may take its time.
			if buffer, err = Value(stored.Item(), buffer); err != nil {
				return err
			}
			more, err = fn(storedKey, buffer)
			stored.Next()
		}
		if err != nil || !more {
			return err
		}
	}
}

// Set implements kv.Writer.
func (w *Writer) Set(key, value []byte) error {
	if err := kv.CheckKey(key); err != nil {
		return err
	}
	if w.written += len(key) + len(value); w.written > kv.MaxUpdateBytes {
		return w.tooLarge()
	}
	w.pending = w.pending.Set(bytes.Clone(key), append([]byte{}, value...))
	return nil
}

func (w *Writer) tooLarge() error {
	return fmt.Errorf("%w: more than %d bytes", kv.ErrTooLarge, kv.MaxUpdateBytes)
}

func (w *Writer) key(key []byte) []byte {
	return append(w.namespace[:len(w.namespace):len(w.namespace)], key...)
}

// Value copies the value of item into buffer, which may be nil. Badger 4.9.6
// answers an unreadable value of the value log with no bytes and no error;
// here it is an error.
func Value(item *badger.Item, buffer []byte) ([]byte, error) {
	value, err := item.ValueCopy(buffer)
	if err != nil {
		return nil, err
	}
	if len(value) == 0 && item.ValueSize() > 0 {
		return nil, fmt.Errorf("the value of key %q is damaged or missing in the value log", item.Key())
	}
	return value, nil
}
