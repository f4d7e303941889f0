package simulation

import (
	"context"
	"fmt"
	stdsync "sync"

	"hashiya/app/annotation"
	"hashiya/app/sync"
	"hashiya/app/sync/memstore"
	"hashiya/app/wire"
)

// disk is the state of a browser's database. It changes only while everything
// is at rest.
type disk struct {
	mu     stdsync.Mutex
	full   bool // what needs room fails
	broken bool // everything fails
	dies   bool // the next append is kept, but nobody is told
}

func (d *disk) set(change func(*disk)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	change(d)
}

var (
	errBroken = fmt.Errorf("%w: the browser closed it", sync.ErrStorage)
	errDied   = fmt.Errorf("%w: it went away in mid-write", sync.ErrStorage)
)

// fails returns the error of a call that writes so much or not.
func (d *disk) fails(grows bool) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case d.broken:
		return errBroken
	case d.full && grows:
		return sync.ErrQuota
	}
	return nil
}

// store is a tab's database on a disk that can fail.
type store struct {
	*memstore.Store
	disk *disk
}

var _ sync.Store = store{}

func (s store) Append(ctx context.Context, drafts []annotation.Op) ([]annotation.Op, error) {
	if err := s.disk.fails(true); err != nil {
		return nil, err
	}
	ops, err := s.Store.Append(ctx, drafts)
	s.disk.mu.Lock()
	defer s.disk.mu.Unlock()
	if s.disk.dies {
		s.disk.dies = false
		return nil, errDied
	}
	return ops, err
}

func guarded[T any](s store, grows bool, call func() (T, error)) (T, error) {
	if err := s.disk.fails(grows); err != nil {
		var none T
		return none, err
	}
	return call()
}

func (s store) do(grows bool, call func() error) error {
	_, err := guarded(s, grows, func() (struct{}, error) { return struct{}{}, call() })
	return err
}

func (s store) Waiting(ctx context.Context, limit int) ([]annotation.Op, error) {
	return guarded(s, false, func() ([]annotation.Op, error) { return s.Store.Waiting(ctx, limit) })
}

func (s store) Settle(ctx context.Context, results []wire.Result) error {
	return s.do(false, func() error { return s.Store.Settle(ctx, results) })
}

func (s store) Rekey(ctx context.Context) ([]annotation.Op, error) {
	return guarded(s, true, func() ([]annotation.Op, error) { return s.Store.Rekey(ctx) })
}

func (s store) Resend(ctx context.Context, device string, seq uint64) (int, error) {
	return guarded(s, false, func() (int, error) { return s.Store.Resend(ctx, device, seq) })
}

func (s store) Receive(ctx context.Context, events []wire.Event, cursor uint64) error {
	return s.do(true, func() error { return s.Store.Receive(ctx, events, cursor) })
}

func (s store) Cursor(ctx context.Context) (uint64, error) {
	return guarded(s, false, func() (uint64, error) { return s.Store.Cursor(ctx) })
}

func (s store) Counts(ctx context.Context) (sync.Counts, error) {
	return guarded(s, false, func() (sync.Counts, error) { return s.Store.Counts(ctx) })
}

func (s store) PutLink(ctx context.Context, l sync.Link) error {
	return s.do(true, func() error { return s.Store.PutLink(ctx, l) })
}

func (s store) PutArticles(ctx context.Context, project string, list []wire.ArticleSummary) error {
	return s.do(true, func() error { return s.Store.PutArticles(ctx, project, list) })
}
