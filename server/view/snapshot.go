package view

import (
	"context"

	"hashiya/server/kv"
)

// View reads the view that Apply writes.
type View struct {
	store kv.Store
	live  live
}

// New returns the view kept in store.
func New(store kv.Store) *View { return &View{store: store} }

// Read calls fn with the view as it stands at one position of the log. The
// snapshot, and what was read through it, must not be used after fn returned.
func (v *View) Read(ctx context.Context, fn func(Snapshot) error) error {
	return v.store.View(ctx, func(r kv.Reader) error { return fn(Snapshot{r}) })
}

// Snapshot is the view as it stands at one position of the log.
type Snapshot struct{ r kv.Reader }

// Cursor returns the position up to which the log is folded in; 0 for an empty
// view.
func (s Snapshot) Cursor() (uint64, error) {
	var pos uint64
	_, err := get(s.r, sCursor.key(), &pos)
	return pos, err
}
