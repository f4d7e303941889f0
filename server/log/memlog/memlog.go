// Package memlog is a log.Log in memory, for tests and simulation.
package memlog

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"sync"
	"time"

	"hashiya/server/kv"
	"hashiya/server/kv/memkv"
	"hashiya/server/log"
	"hashiya/server/log/internal/tail"
)

// Options may be left zero.
type Options struct {
	// Apply folds entries into the view as they are appended; see
	// badgerlog.Options.
	Apply func(kv.Writer, []log.Entry) error
	Clock func() time.Time // default time.Now
}

// Log is safe for concurrent use.
type Log struct {
	options  Options
	identity string
	view     *memkv.Store
	tail     *tail.Tail

	mu      sync.Mutex
	entries []log.Entry
	failed  error
	closed  bool
}

var _ log.Log = (*Log)(nil)

// New returns an empty log.
func New(options Options) *Log {
	if options.Clock == nil {
		options.Clock = time.Now
	}
	var id [16]byte
	rand.Read(id[:]) // never fails, see crypto/rand
	return &Log{options: options, identity: hex.EncodeToString(id[:]), view: memkv.New(), tail: tail.New(0)}
}

// Store returns the view that Apply writes. Only Apply writes it.
func (l *Log) Store() kv.Store { return kv.ReadOnly(l.view) }

// Append implements log.Log.
func (l *Log) Append(ctx context.Context, records ...log.Record) (log.Pos, error) {
	if err := errors.Join(log.Check(records), ctx.Err()); err != nil {
		return 0, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case l.closed:
		return 0, log.ErrClosed
	case l.failed != nil:
		return 0, l.failed
	}
	now := time.Unix(0, l.options.Clock().UnixNano()).UTC()
	first := log.Pos(len(l.entries)) + 1
	batch := make([]log.Entry, len(records))
	for i, r := range records {
		r.Data = bytes.Clone(r.Data)
		batch[i] = log.Entry{Pos: first + log.Pos(i), Time: now, Record: r}
	}
	if l.options.Apply != nil {
		err := l.view.Update(context.Background(), func(w kv.Writer) error { return l.options.Apply(w, batch) })
		if errors.Is(err, kv.ErrTooLarge) {
			return 0, fmt.Errorf("%w: %w", log.ErrTooLarge, err)
		}
		if err != nil {
			l.failed = fmt.Errorf("%w: applying %d records from position %d: %w", log.ErrFailed, len(batch), first, err)
			return 0, l.failed
		}
	}
	l.entries = append(l.entries, batch...)
	last := log.Pos(len(l.entries))
	l.tail.Advance(last)
	return last, nil
}

// Follow implements log.Log.
func (l *Log) Follow(ctx context.Context, after log.Pos, apply func([]log.Entry) error) error {
	return l.tail.Follow(ctx, after, func(after, upTo log.Pos) ([]log.Entry, error) {
		l.mu.Lock()
		defer l.mu.Unlock()
		return append([]log.Entry(nil), l.entries[after:min(upTo, after+512)]...), nil
	}, apply)
}

// Info implements log.Log.
func (l *Log) Info(context.Context) (identity string, first, last log.Pos, err error) {
	last = l.tail.Last()
	return l.identity, min(1, last), last, nil
}

// Close ends all followers and refuses further appends. It is idempotent.
func (l *Log) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	l.tail.Close()
	return nil
}
