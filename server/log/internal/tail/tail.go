// Package tail keeps the end of a log and lets followers wait for more.
package tail

import (
	"context"
	"fmt"
	"sync"

	"hashiya/server/log"
)

// Tail is safe for concurrent use.
type Tail struct {
	mu     sync.Mutex
	last   log.Pos
	closed bool
	moved  chan struct{} // closed and replaced whenever last or closed changes
}

// New returns the tail of a log that ends at last.
func New(last log.Pos) *Tail {
	return &Tail{last: last, moved: make(chan struct{})}
}

// Last returns the last position that may be read.
func (t *Tail) Last() log.Pos {
	last, _, _ := t.state()
	return last
}

// Advance moves the end and wakes the followers. It never waits for them.
func (t *Tail) Advance(last log.Pos) { t.change(func() { t.last = last }) }

// Close ends all followers with log.ErrClosed.
func (t *Tail) Close() { t.change(func() { t.closed = true }) }

func (t *Tail) change(set func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	set()
	close(t.moved)
	t.moved = make(chan struct{})
}

func (t *Tail) state() (last log.Pos, closed bool, moved <-chan struct{}) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.last, t.closed, t.moved
}

// Follow implements log.Log's Follow. read returns at least one of the
// entries behind after, up to and including upTo, in order.
func (t *Tail) Follow(ctx context.Context, after log.Pos, read func(after, upTo log.Pos) ([]log.Entry, error), apply func([]log.Entry) error) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		last, closed, moved := t.state()
		switch {
		case closed:
			return log.ErrClosed
		case after > last:
			return fmt.Errorf("%w: asked for what follows %d, the log ends at %d", log.ErrAhead, after, last)
		case after == last:
			select {
			case <-moved:
			case <-ctx.Done():
			}
			continue
		}
		entries, err := read(after, last)
		if err != nil {
			return err
		}
		if err := apply(entries); err != nil {
			return err
		}
		after = entries[len(entries)-1].Pos
	}
}
