package badgerlog

import (
	"sync"

	"hashiya/server/log"
)

// gate lets closing wait for those who still read: Badger unmaps its files
// when it closes, under any reader that is left.
type gate struct {
	mu     sync.Mutex
	inside sync.WaitGroup
	shut   bool
}

// enter returns log.ErrClosed once the gate is shut; after nil, leave.
func (g *gate) enter() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.shut {
		return log.ErrClosed
	}
	g.inside.Add(1)
	return nil
}

func (g *gate) leave() { g.inside.Done() }

// close shuts the gate and waits until all have left.
func (g *gate) close() {
	g.mu.Lock()
	g.shut = true
	g.mu.Unlock()
	g.inside.Wait()
}
