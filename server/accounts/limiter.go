package accounts

import (
	"sync"

	"golang.org/x/time/rate"
)

// Limiter bounds how often something may be tried per key. It keeps at most
// about twice keep keys; the least recently used are forgotten.
type Limiter struct {
	every rate.Limit
	burst int
	keep  int

	mu       sync.Mutex
	now, old map[string]*rate.Limiter
}

// NewLimiter allows burst tries at once, and every tries a second from then on.
func NewLimiter(every rate.Limit, burst, keep int) *Limiter {
	return &Limiter{every: every, burst: burst, keep: keep, now: map[string]*rate.Limiter{}}
}

// Allow takes one try of the key; false where none is left.
func (l *Limiter) Allow(key string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	r := l.now[key]
	if r == nil {
		if r = l.old[key]; r == nil {
			r = rate.NewLimiter(l.every, l.burst)
		}
		if len(l.now) >= l.keep {
			l.old, l.now = l.now, map[string]*rate.Limiter{}
		}
		l.now[key] = r
	}
	return r.Allow()
}
