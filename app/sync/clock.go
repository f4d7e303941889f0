package sync

import (
	"context"
	"math/rand/v2"
	"time"
)

// SystemClock is the device's clock.
type SystemClock struct{}

func (SystemClock) Now() time.Time                         { return time.Now() }
func (SystemClock) After(d time.Duration) <-chan time.Time { return time.After(d) }

// AlwaysLeader is the Leader where there is only one tab, or no telling.
type AlwaysLeader struct{}

func (AlwaysLeader) Lead(ctx context.Context, fn func(context.Context) error) error { return fn(ctx) }

const (
	firstPause = 2 * time.Second
	maxPause   = 60 * time.Second
)

// backoff spaces attempts: the pause doubles from 2 s to 60 s, and between one
// half and all of it is waited, so that a room full of devices doesn't come
// back in step.
type backoff struct {
	pause  time.Duration
	random func() float64
}

func (b *backoff) next() time.Duration {
	b.pause = min(max(2*b.pause, firstPause), maxPause)
	return b.pause/2 + time.Duration(b.random()*float64(b.pause/2))
}

func (b *backoff) reset() { b.pause = 0 }

func defaultRandom() float64 { return rand.Float64() }

// signal wakes whoever waits on it; raising it twice is raising it once.
type signal chan struct{}

func newSignal() signal { return make(signal, 1) }

func (s signal) raise() {
	select {
	case s <- struct{}{}:
	default:
	}
}
