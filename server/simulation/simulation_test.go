package simulation

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"runtime/debug"
	"slices"
	stdsync "sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

var (
	seeds = flag.Int("seeds", 200, "how many seeds to run")
	first = flag.Uint64("seed", 1, "the first of them")
)

const (
	steps   = 2000
	devices = 3  // of each annotator, with two tabs each
	disks   = 20 // one seed in so many runs on a real disk
)

// The heap is small and the garbage much: collecting it less often takes a third
// off the time.
func TestMain(m *testing.M) {
	flag.Parse()
	debug.SetGCPercent(800)
	os.Exit(m.Run())
}

func TestNothingIsLostWhateverGoesWrong(t *testing.T) {
	const parts = 2
	var taken atomic.Int64
	var mu stdsync.Mutex
	total := map[string]int{}
	t.Cleanup(func() {
		for _, what := range slices.Sorted(maps.Keys(total)) {
			t.Logf("%9d %s", total[what], what)
		}
	})
	for part := range parts {
		t.Run(fmt.Sprint("part ", part+1), func(t *testing.T) {
			t.Parallel()
			for n := taken.Add(1); n <= int64(*seeds) && !t.Failed(); n = taken.Add(1) {
				seed := *first + uint64(n) - 1
				tr, broken := run(t, seed)
				if broken != "" {
					t.Errorf("%s\nwhat happened last:\n%s\nrepeat it with: make sim SEED=%d", broken, tr.tail(), seed)
				}
				mu.Lock()
				for what, n := range tr.begun {
					total[what] += n
				}
				mu.Unlock()
			}
		})
	}
}

func TestTheSameSeedGivesTheSameTrace(t *testing.T) {
	for _, seed := range []uint64{1, disks} { // in memory, on a real disk
		one, broken := run(t, seed)
		two, again := run(t, seed)
		if one.hash() != two.hash() || broken != again {
			t.Errorf("seed %d: %s, and then %s\n%s%s", seed, one.hash(), two.hash(), broken, again)
		}
	}
}

// run runs one seed, and returns what happened and what did not hold; "" when
// all did.
func run(t *testing.T, seed uint64) (tr *trace, broken string) {
	calls, done := make(chan func()), make(chan any)
	go func() {
		for fn := range calls {
			done <- caught(fn)
		}
	}()
	defer close(calls)
	dir := t.TempDir()
	synctest.Test(t, func(*testing.T) {
		w := &world{trace: newTrace(), rng: rand.New(rand.NewPCG(seed, 0)), ledger: newLedger()}
		w.outside = func(fn func()) {
			calls <- fn
			if p := <-done; p != nil {
				panic(p)
			}
			if w.broken != "" && broken == "" {
				panic(failure(w.broken)) // a handler has caught it
			}
		}
		w.host = &host{w: w, engine: &inMemory{}}
		if seed%disks == 0 {
			w.host.engine = &onDisk{base: dir}
		}
		tr = w.trace
		if p := caught(w.live); p != nil {
			f, ours := p.(failure)
			if !ours {
				panic(p)
			}
			broken = string(f)
		}
		for _, m := range w.machines {
			w.shutAll(m)
		}
		if w.host.up {
			w.outside(func() { _ = w.host.engine.stop() })
		}
	})
	return tr, broken
}

func caught(fn func()) (p any) {
	defer func() { p = recover() }()
	fn()
	return nil
}

// live is the whole of a simulation.
func (w *world) live() {
	w.host.found(users)
	for _, u := range users {
		for range devices {
			m := &machine{name: fmt.Sprint("m", len(w.machines)+1), owner: u, profiles: map[string]*profile{}, link: good}
			w.machines = append(w.machines, m)
			w.signIn(m, u)
			w.openAll(m)
		}
	}
	for step := range steps {
		w.act()
		if step%100 == 0 {
			w.unsent()
		}
	}
	w.heal()
	w.hold()
}
