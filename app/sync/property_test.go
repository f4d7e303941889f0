package sync_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"hashiya/app/annotation"
	"hashiya/app/sync"
	"hashiya/app/sync/memstore"
	"hashiya/app/wire"
)

// Whatever the network, the server and the browser do: every op that was
// appended is at the server exactly once, unaltered, or refused and readable,
// once all are well again; and both devices hold the same layer.
func TestNothingIsLostAndNothingIsDoubled(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		// Each run has its own clock; rapid fails by panicking, which must leave
		// the bubble in the ordinary way.
		var failure any
		synctest.Test(t, func(*testing.T) {
			defer func() { failure = recover() }()
			nothingIsLost(rt)
		})
		if failure != nil {
			panic(failure)
		}
	})
}

func nothingIsLost(t *rapid.T) {
	s := newServer()
	s.refuse = func(o annotation.Op) string {
		if o.Article == "refused" {
			return "the article is closed"
		}
		return ""
	}
	labels := 0
	var ids atomic.Int64
	newID := func() string { return fmt.Sprintf("device%d", ids.Add(1)) }
	made := map[string]bool{} // subject → the server must refuse it
	type device struct {
		db    *memstore.DB
		old   *memstore.DB
		known map[string]bool // made on it since old
		tabs  []*tab
		lead  oneLeader
	}
	var devices []*device
	open := func(d *device) { d.tabs = append(d.tabs, openTab(d.db, s, d.lead)) }
	shut := func(d *device) {
		for _, tab := range d.tabs {
			tab.close()
		}
		d.tabs = nil
	}
	for range 2 {
		d := &device{db: memstore.New("salma", newID), known: map[string]bool{}, lead: make(oneLeader, 1)}
		d.old = d.db.Copy()
		open(d)
		open(d)
		devices = append(devices, d)
	}
	defer func() {
		for _, d := range devices {
			shut(d)
		}
	}()
	anyDevice := func(t *rapid.T) *device { return devices[rapid.IntRange(0, 1).Draw(t, "device")] }

	t.Repeat(map[string]func(*rapid.T){
		"label": func(t *rapid.T) {
			d := anyDevice(t)
			n := rapid.IntRange(1, 4).Draw(t, "ops")
			var drafts []annotation.Op
			for range n {
				labels++
				subject := fmt.Sprint("s", labels)
				o := annotation.Op{V: 1, Project: "demo", Article: "a1", Change: annotation.Change{
					Subject: subject, Kind: annotation.PutWork, Work: &annotation.Work{ActiveSeconds: 1},
				}}
				made[subject] = rapid.IntRange(0, 9).Draw(t, "refused") == 0
				if made[subject] {
					o.Article = "refused"
				}
				d.known[subject] = true
				drafts = append(drafts, o)
			}
			tab := d.tabs[rapid.IntRange(0, len(d.tabs)-1).Draw(t, "tab")]
			if _, err := tab.Append(context.Background(), drafts); err != nil {
				t.Fatal(err)
			}
		},
		"network":   func(t *rapid.T) { s.change(func() { s.offline = !s.offline }) },
		"lose acks": func(t *rapid.T) { s.change(func() { s.loseAcks = rapid.IntRange(1, 3).Draw(t, "acks") }) },
		"repeat":    func(t *rapid.T) { s.change(func() { s.repeat = !s.repeat }) },
		"silence":   func(t *rapid.T) { s.change(func() { s.silent = !s.silent }) },
		"slow": func(t *rapid.T) {
			s.change(func() { s.latency = time.Duration(rapid.IntRange(0, 5).Draw(t, "s")) * time.Second })
		},
		"sign out": func(t *rapid.T) { s.change(func() { s.user = "" }) },
		"sign in":  func(t *rapid.T) { s.change(func() { s.user = "salma" }) },
		"nudge":    func(t *rapid.T) { anyDevice(t).tabs[0].Nudge() },
		"time": func(t *rapid.T) {
			time.Sleep(time.Duration(rapid.IntRange(1, 120000).Draw(t, "ms")) * time.Millisecond)
		},
		"settle":    func(t *rapid.T) { synctest.Wait() },
		"restart":   func(t *rapid.T) { d := anyDevice(t); shut(d); open(d); open(d) },
		"close tab": func(t *rapid.T) { d := anyDevice(t); d.tabs[0].close(); d.tabs = d.tabs[1:]; open(d) },
		"backup":    func(t *rapid.T) { d := anyDevice(t); d.old = d.db.Copy(); d.known = map[string]bool{} },
		"restore": func(t *rapid.T) {
			d := anyDevice(t)
			shut(d)
			accepted := s.accepted()
			for subject := range d.known {
				if accepted[subject] == 0 {
					delete(made, subject) // the user's own act took it away
				}
			}
			d.db, d.known = d.old.Copy(), map[string]bool{}
			open(d)
			open(d)
		},
	})

	s.change(func() {
		s.offline, s.silent, s.repeat, s.user, s.latency, s.loseAcks = false, false, false, "salma", 0, 0
	})
	time.Sleep(10 * time.Minute)
	synctest.Wait()

	accepted := s.accepted()
	for subject, refused := range made {
		if n := accepted[subject]; !refused && n != 1 || refused && n != 0 {
			t.Errorf("%s (to be refused: %v) is at the server %d times", subject, refused, n)
		}
	}
	var layers []annotation.Layer
	for i, d := range devices {
		ctx := context.Background()
		store := d.tabs[0].store
		stuck, _ := store.Stuck(ctx)
		for _, x := range stuck {
			if x.Result.Outcome != wire.Refused || x.Op.Article != "refused" {
				t.Errorf("device %d: stuck: %+v", i, x)
			}
		}
		if st := d.tabs[0].State(); st.Waiting != 0 || !st.Online || st.SignedOut || st.Failure != "" || st.Refused != len(stuck) {
			t.Errorf("device %d: %+v with %d refused", i, st, len(stuck))
		}
		ops, _ := store.Ops(ctx, "demo", "a1")
		var f annotation.Fold
		f.Add(ops...)
		layers = append(layers, f.Layer())
	}
	want := 0
	for subject := range accepted {
		if accepted[subject] > 0 {
			want++
		}
	}
	for i, l := range layers {
		if l.ActiveSeconds != want || len(l.Conflicts) > 0 {
			t.Errorf("device %d shows %d of %d subjects, conflicts: %v", i, l.ActiveSeconds, want, l.Conflicts)
		}
	}
}

var _ sync.Leader = oneLeader(nil)
