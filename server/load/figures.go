package main

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"
)

// figures is what a run gave.
type figures struct {
	options
	before                string // the load of the machine, before
	idle, connected, peak memory
	cpu, took             time.Duration
	acked, seen, change   []time.Duration // each sorted
	last                  []time.Duration // of each change, until the last connection had it; sorted
	failed                int
}

func (f *figures) gather(t *team) {
	for _, a := range t.people {
		f.acked = append(f.acked, a.took...)
		for seq, times := range a.seen {
			for _, at := range times {
				f.seen = append(f.seen, at.Sub(a.due[seq]))
			}
		}
	}
	var positions []uint64
	for pos := range t.heard {
		if pos > t.base {
			positions = append(positions, pos)
		}
	}
	slices.Sort(positions)
	for i, pos := range positions {
		if i >= len(t.changed) {
			break // settle has found it
		}
		var last time.Duration
		for _, at := range t.heard[pos] {
			f.change = append(f.change, at.Sub(t.changed[i]))
			last = max(last, at.Sub(t.changed[i]))
		}
		f.last = append(f.last, last)
	}
	for _, d := range []*[]time.Duration{&f.acked, &f.seen, &f.change, &f.last} {
		slices.Sort(*d)
	}
	f.failed = len(t.failure)
}

// row is a line of the table of times, in milliseconds.
func row(what string, d []time.Duration) string {
	if len(d) == 0 {
		return fmt.Sprintf("| %s | 0 | | | |\n", what)
	}
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	return fmt.Sprintf("| %s | %d | %.1f | %.1f | %.1f |\n", what, len(d), ms(d[len(d)/2]), ms(d[len(d)*99/100]), ms(d[len(d)-1]))
}

func (f *figures) table() string {
	var b strings.Builder
	fmt.Fprintf(&b, "| time | number | p50 ms | p99 ms | max ms |\n|---|---|---|---|---|\n")
	b.WriteString(row("an op, until it is acknowledged", f.acked))
	b.WriteString(row("an op, until another device of its annotator has it", f.seen))
	b.WriteString(row("a change of the project, until a connection has it", f.change))
	b.WriteString(row("a change of the project, until all connections have it", f.last))
	fmt.Fprintf(&b, "\n| memory of the server | its own MB | mapped files MB |\n|---|---|---|\n")
	for _, m := range []struct {
		when string
		memory
	}{{"before", f.idle}, {fmt.Sprintf("%d live connections, at rest", f.Live), f.connected}, {"the most, under load", f.peak}} {
		fmt.Fprintf(&b, "| %s | %d | %d |\n", m.when, m.own>>20, m.files>>20)
	}
	fmt.Fprintf(&b, "\n%d ops acknowledged, %d failed; each looked up afterwards: there once, where it was acknowledged, unaltered; no gap in positions; the view is the log folded again. The server computed for %.2f s a second.\n",
		len(f.acked), f.failed, f.cpu.Seconds()/f.took.Seconds())
	return b.String()
}

func (f *figures) page() string {
	return fmt.Sprintf(`# Load

Written by `+"`make load`"+` (%s). %s/%s, %d cores, %s of memory; the load program runs on
the same cores, so times hold its own work too. Load average of the machine before: %s.

%d live connections, %d annotators who each make an op every %s and have %d devices that
listen, an article added every %s of which all are told; for %s, over loopback.
Times count from when the op was to be made.

%s`, time.Now().Format(time.DateOnly), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), totalMemory(), f.before,
		f.Live, f.Annotators, f.Every, f.Live/f.Annotators, f.Change, f.Duration, f.table())
}

func totalMemory() string {
	b, _ := os.ReadFile("/proc/meminfo")
	var kb int64
	fmt.Sscanf(string(b), "MemTotal: %d kB", &kb)
	return fmt.Sprintf("%d GiB", (kb+1<<19)>>20)
}
