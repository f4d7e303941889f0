package simulation

import (
	"flag"
	"fmt"
	"hash"
	"hash/fnv"
	"strings"
	"time"
)

var whole = flag.Bool("whole", false, "print all that happens, not only the end of a failure")

// kept is how many of the last lines a failure prints.
const kept = 60

// trace is what happened, as a hash and as its last lines.
type trace struct {
	sum   hash.Hash64
	lines [kept]string
	n     int
	begun map[string]int // how often what was done
}

func newTrace() *trace { return &trace{sum: fnv.New64a(), begun: map[string]int{}} }

// note takes down one thing that happened.
func (t *trace) note(now time.Duration, format string, args ...any) {
	line := fmt.Sprintf("%v "+format, append([]any{now}, args...)...)
	t.sum.Write([]byte(line))
	if *whole {
		fmt.Println(line)
	}
	t.lines[t.n%kept] = line
	t.n++
}

// count counts a fault or an act for the report.
func (t *trace) count(what string, by int) { t.begun[what] += by }

func (t *trace) hash() string { return fmt.Sprintf("%016x after %d events", t.sum.Sum64(), t.n) }

func (t *trace) tail() string {
	var b strings.Builder
	for i := max(0, t.n-kept); i < t.n; i++ {
		fmt.Fprintln(&b, t.lines[i%kept])
	}
	return b.String()
}
