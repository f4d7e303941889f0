package simulation

import (
	"container/heap"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	stdsync "sync"
	"testing/synctest"
	"time"
)

// epoch is when every simulation begins.
var epoch = time.Date(2026, 9, 1, 8, 0, 0, 0, time.UTC)

// world is one simulation. Only the goroutine that runs it touches it, save for
// asked.
type world struct {
	*trace
	rng      *rand.Rand
	now      time.Duration // since epoch
	agenda   agenda
	morning  time.Duration // while now is before it, all machines sleep
	outside  func(func())  // runs a function outside the bubble, where the server lives
	host     *host
	machines []*machine
	conns    []*conn
	flying   []*request // pushes on their way to the server
	ledger   *ledger
	subjects int
	well     bool   // nothing goes wrong any more
	broken   string // the first thing that did not hold

	mu    stdsync.Mutex
	asked []asked
}

// asked is what a goroutine of a tab wants of the world.
type asked struct {
	key   string
	start func()
}

// ask hands the world a wish; it is granted after all goroutines have come to
// rest, in the order of the keys.
func (w *world) ask(key string, start func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked = append(w.asked, asked{key, start})
}

// settle lets every goroutine come to rest, and takes down what they ask for.
func (w *world) settle() {
	synctest.Wait()
	w.mu.Lock()
	list := w.asked
	w.asked = nil
	w.mu.Unlock()
	slices.SortStableFunc(list, func(a, b asked) int { return strings.Compare(a.key, b.key) })
	for _, a := range list {
		a.start()
	}
}

// failure is what w.fail panics with.
type failure string

func (w *world) fail(format string, args ...any) {
	if w.broken == "" {
		w.broken = fmt.Sprintf(format, args...)
	}
	panic(failure(w.broken))
}

func (w *world) must(err error, doing string) {
	if err != nil {
		w.fail("%s: %v", doing, err)
	}
}

// An entry of the agenda. Those of machines that sleep wait for the morning.
type entry struct {
	at    time.Duration
	n     uint64
	timer bool // a machine's own: it stands still while the machine sleeps
	do    func()
}

type agenda struct {
	list []*entry
	n    uint64
}

func (a *agenda) Len() int { return len(a.list) }
func (a *agenda) Less(i, j int) bool {
	return a.list[i].at < a.list[j].at || a.list[i].at == a.list[j].at && a.list[i].n < a.list[j].n
}
func (a *agenda) Swap(i, j int) { a.list[i], a.list[j] = a.list[j], a.list[i] }
func (a *agenda) Push(x any)    { a.list = append(a.list, x.(*entry)) }
func (a *agenda) Pop() any {
	last := a.list[len(a.list)-1]
	a.list = a.list[:len(a.list)-1]
	return last
}

func (w *world) in(d time.Duration, do func())    { w.plan(d, false, do) }
func (w *world) timer(d time.Duration, do func()) { w.plan(d, true, do) }

func (w *world) plan(d time.Duration, timer bool, do func()) {
	w.agenda.n++
	heap.Push(&w.agenda, &entry{w.now + max(d, 0), w.agenda.n, timer, do})
}

// pass lets time go by, and what is due in it happen.
func (w *world) pass(d time.Duration) {
	end := w.now + d
	for w.agenda.Len() > 0 && w.agenda.list[0].at <= end {
		e := heap.Pop(&w.agenda).(*entry)
		w.now = e.at
		e.do()
		// Timers that fire at one instant fire together: nothing orders them.
		for e.timer && w.agenda.Len() > 0 && w.agenda.list[0].at == w.now && w.agenda.list[0].timer {
			heap.Pop(&w.agenda).(*entry).do()
		}
		w.settle()
	}
	w.now = end
}

// night lets all machines sleep. What is on its way meanwhile arrives at the
// server, and at the machines in the morning.
func (w *world) night(d time.Duration) {
	w.note(w.now, "night of %v", d)
	w.morning = w.now + d
	for _, e := range w.agenda.list {
		if e.timer {
			e.at += d
		}
	}
	heap.Init(&w.agenda)
	w.pass(d)
}

// awake runs fn now, or in the morning.
func (w *world) awake(fn func()) {
	if w.now < w.morning {
		w.in(w.morning-w.now, fn)
		return
	}
	fn()
}

func (w *world) chance(p float64) bool { return w.rng.Float64() < p }

// between draws a duration, short ones more often: every order of magnitude is
// as likely.
func (w *world) between(least, most time.Duration) time.Duration {
	return time.Duration(float64(least) * math.Pow(float64(most)/float64(least), w.rng.Float64()))
}

func pick[T any](w *world, list []T) T { return list[w.rng.IntN(len(list))] }

// clock is the time as a tab sees it: the machine's may be wrong.
type clock struct {
	w   *world
	tab *tab
}

func (c clock) Now() time.Time { return epoch.Add(c.w.now + c.tab.machine.skew) }

func (c clock) After(d time.Duration) <-chan time.Time {
	fired := make(chan time.Time, 1)
	c.w.ask(fmt.Sprintf("%s timer %d", c.tab.name, d), func() { c.w.timer(d, func() { fired <- c.Now() }) })
	return fired
}

// random is the jitter of the tab's retries: a function of the moment alone, so
// that it is the same whichever goroutine asks first.
func (c clock) random() float64 {
	h := uint64(c.w.now) * 0x9e3779b97f4a7c15
	for _, b := range []byte(c.tab.name) {
		h = (h ^ uint64(b)) * 0x100000001b3
	}
	return float64(h>>11) / (1 << 53)
}
