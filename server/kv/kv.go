// Package kv is the seam through which views of the log are written and read:
// ordered keys and values, snapshots for readers, one atomic update at a time.
//
// There is no delete. Hashiya removes nothing physically; what is gone is
// overwritten by a value that says so.
package kv

import (
	"bytes"
	"context"
	"errors"
	"fmt"
)

var (
	// ErrNotFound is returned by Get when the key was never set.
	ErrNotFound = errors.New("kv: key not found")
	// ErrReadOnly is returned by Update of a store that is written elsewhere.
	ErrReadOnly = errors.New("kv: this store is read-only here")
	// ErrKey is wrapped by errors about a key that is empty or too long.
	ErrKey = errors.New("kv: unusable key")
	// ErrTooLarge is wrapped when an update writes more than fits in one
	// transaction. Nothing of that update is written; split it.
	ErrTooLarge = errors.New("kv: update too large for one transaction")
)

const (
	// MaxKeyBytes is the longest key, in bytes.
	MaxKeyBytes = 4096
	// MaxUpdateBytes bounds the keys and values written by one update, in
	// bytes. An implementation may refuse smaller updates made of very many
	// keys (Badger: about 26,000 keys, or 2.4 MiB in values below 32 KiB).
	MaxUpdateBytes = 32 << 20
)

// Reader reads one snapshot. It is valid only inside the function it was
// handed to, and used by one goroutine at a time.
type Reader interface {
	// Get returns a copy of the value, or ErrNotFound.
	Get(key []byte) ([]byte, error)
	// Scan calls fn for each key that starts with prefix and is not below
	// from, in ascending byte order, until fn returns false or an error. An
	// empty prefix means all keys; a nil from means the start. key and value
	// are valid only during fn. Scans may be nested. A Scan sees what was
	// there when it began, not what fn sets.
	Scan(prefix, from []byte, fn func(key, value []byte) (bool, error)) error
}

// Writer reads its own writes.
type Writer interface {
	Reader
	// Set copies key (1 to MaxKeyBytes bytes) and value.
	// Setting the same again is idempotent.
	Set(key, value []byte) error
}

// Store hands out snapshots and takes updates.
type Store interface {
	// View runs fn on a snapshot that later updates do not change. The error
	// of fn is returned as it is.
	View(ctx context.Context, fn func(Reader) error) error
	// Update runs fn and, when it returns nil, commits all that it set at
	// once; nil means committed. The error of fn is returned as it is, and
	// then nothing was written. Updates of one store run one after another:
	// never call Update inside Update. Cancelling ctx once fn has returned
	// does not cancel the commit.
	Update(ctx context.Context, fn func(Writer) error) error
}

// CheckKey returns an error that wraps ErrKey unless key has 1 to MaxKeyBytes
// bytes.
func CheckKey(key []byte) error {
	switch {
	case len(key) == 0:
		return fmt.Errorf("%w: it is empty", ErrKey)
	case len(key) > MaxKeyBytes:
		return fmt.Errorf("%w: %d bytes, the most is %d", ErrKey, len(key), MaxKeyBytes)
	}
	return nil
}

// ScanStart is the key at which a Scan begins: the greater of prefix and from.
func ScanStart(prefix, from []byte) []byte {
	if bytes.Compare(from, prefix) > 0 {
		return from
	}
	return prefix
}

// ReadOnly returns s without its Update, which answers ErrReadOnly.
func ReadOnly(s Store) Store { return readOnly{s} }

type readOnly struct{ Store }

func (readOnly) Update(context.Context, func(Writer) error) error { return ErrReadOnly }
