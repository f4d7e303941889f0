package view

import (
	"context"
	"sync"

	"hashiya/server/log"
	"hashiya/server/record"
)

// live wakes who waits for news. It never waits for anybody: a waiter that is
// busy finds its wake-up when it comes back, several are one.
type live struct {
	mu    sync.Mutex
	users map[string]map[chan struct{}]bool
}

// Subscribe returns a channel that gets a value soon after the view took in
// something that the user may see. cancel ends it, and must be called.
func (v *View) Subscribe(user string) (woken <-chan struct{}, cancel func()) {
	c := make(chan struct{}, 1)
	l := &v.live
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.users == nil {
		l.users = map[string]map[chan struct{}]bool{}
	}
	if l.users[user] == nil {
		l.users[user] = map[chan struct{}]bool{}
	}
	l.users[user][c] = true
	return c, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if delete(l.users[user], c); len(l.users[user]) == 0 {
			delete(l.users, user)
		}
	}
}

// Committed wakes those who may see the records. Whoever appends calls it once
// the view holds them.
func (v *View) Committed(records ...log.Record) {
	authors := map[string]bool{}
	for _, r := range records {
		if r.Kind != record.KindOp {
			v.wake(nil)
			return
		}
		authors[r.Actor] = true
	}
	v.wake(authors)
}

// wake wakes the waiters of the users; of everybody, for nil.
func (v *View) wake(users map[string]bool) {
	l := &v.live
	l.mu.Lock()
	defer l.mu.Unlock()
	if users == nil {
		for _, waiters := range l.users {
			nudge(waiters)
		}
		return
	}
	for u := range users {
		nudge(l.users[u])
	}
}

func nudge(waiters map[chan struct{}]bool) {
	for c := range waiters {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

// WaitFor returns when the view holds the log up to pos.
func (v *View) WaitFor(ctx context.Context, pos uint64) error {
	woken, cancel := v.Subscribe("")
	defer cancel()
	for {
		var cursor uint64
		err := v.Read(ctx, func(s Snapshot) (err error) {
			cursor, err = s.Cursor()
			return err
		})
		if err != nil || cursor >= pos {
			return err
		}
		select {
		case <-woken:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
