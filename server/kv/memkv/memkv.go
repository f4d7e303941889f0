// Package memkv is a kv.Store in memory, for tests and simulation.
package memkv

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"hashiya/server/kv"
	"hashiya/server/kv/internal/ordered"
)

// Store is an empty store when new. It is safe for concurrent use.
type Store struct {
	current atomic.Pointer[ordered.Map]
	writing sync.Mutex
}

var _ kv.Store = (*Store)(nil)

// New returns an empty store.
func New() *Store {
	s := &Store{}
	s.current.Store(&ordered.Map{})
	return s
}

// View implements kv.Store.
func (s *Store) View(ctx context.Context, fn func(kv.Reader) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return fn(&txn{ctx: ctx, data: *s.current.Load()})
}

// Update implements kv.Store.
func (s *Store) Update(ctx context.Context, fn func(kv.Writer) error) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	w := &txn{ctx: ctx, data: *s.current.Load()}
	if err := fn(w); err != nil {
		return err
	}
	if w.written > kv.MaxUpdateBytes {
		return w.tooLarge()
	}
	s.current.Store(&w.data)
	return nil
}

type txn struct {
	ctx     context.Context
	data    ordered.Map
	written int
}

func (t *txn) Get(key []byte) ([]byte, error) {
	value, ok := t.data.Get(key)
	if !ok {
		return nil, kv.ErrNotFound
	}
	return bytes.Clone(value), nil
}

func (t *txn) Scan(prefix, from []byte, fn func(key, value []byte) (bool, error)) error {
	for c := t.data.From(kv.ScanStart(prefix, from)); c.Valid() && bytes.HasPrefix(c.Key(), prefix); c.Next() {
		if err := t.ctx.Err(); err != nil {
			return err
		}
		more, err := fn(bytes.Clone(c.Key()), bytes.Clone(c.Value()))
		if err != nil || !more {
			return err
		}
	}
	return nil
}

func (t *txn) Set(key, value []byte) error {
	if err := kv.CheckKey(key); err != nil {
		return err
	}
	if t.written += len(key) + len(value); t.written > kv.MaxUpdateBytes {
		return t.tooLarge()
	}
	t.data = t.data.Set(bytes.Clone(key), append([]byte{}, value...))
	return nil
}

func (t *txn) tooLarge() error {
	return fmt.Errorf("%w: more than %d bytes", kv.ErrTooLarge, kv.MaxUpdateBytes)
}
