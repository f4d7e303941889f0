package sync_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	stdsync "sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/internal/awkward"
	"hashiya/app/sync"
	"hashiya/app/sync/memstore"
	"hashiya/app/sync/storetest"
	"hashiya/app/wire"
)

// tab is a browser tab: a store, and an outbox that runs until closed.
type tab struct {
	*sync.Outbox
	store *memstore.Store
	close func()
}

func openTab(db *memstore.DB, r sync.Remote, leader sync.Leader) *tab {
	store := db.Open()
	o := sync.New(sync.Config{Store: store, Remote: r, Clock: sync.SystemClock{}, Leader: leader, Random: func() float64 { return 0.5 }})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := o.Run(ctx); !errors.Is(err, context.Canceled) {
			panic(fmt.Sprintf("Run ended with %v", err))
		}
	}()
	return &tab{o, store, func() {
		cancel()
		<-done
		store.Close()
	}}
}

// within runs a test of one device against a server, on a clock that jumps.
func within(t *testing.T, test func(t *testing.T, d *tab, s *server)) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer()
		d := openTab(memstore.New("salma", annotation.NewID), s, sync.AlwaysLeader{})
		defer func() { d.close() }()
		synctest.Wait()
		test(t, d, s)
	})
}

func (d *tab) label(t testing.TB, subjects ...string) []annotation.Op {
	t.Helper()
	var drafts []annotation.Op
	for _, s := range subjects {
		drafts = append(drafts, storetest.Draft(s))
	}
	ops, err := d.Append(context.Background(), drafts)
	if err != nil {
		t.Fatal(err)
	}
	return ops
}

func pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func wantState(t *testing.T, d *tab, want sync.State) {
	t.Helper()
	got := d.State()
	got.LastSync, got.WaitingSince = time.Time{}, time.Time{}
	if want.Failure != "" && strings.Contains(got.Failure, want.Failure) {
		want.Failure = got.Failure
	}
	if got != want {
		t.Errorf("the state is %+v, want %+v", got, want)
	}
}

func wantAccepted(t *testing.T, s *server, want ...string) {
	t.Helper()
	var got []string
	for _, e := range s.log {
		if e.Op != nil {
			got = append(got, e.Op.Subject)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("the server has %v, want %v", got, want)
	}
}

func TestWhatIsLabelledReachesTheServerInOrder(t *testing.T) {
	within(t, func(t *testing.T, d *tab, s *server) {
		d.label(t, "s1")
		wantState(t, d, sync.State{Online: true, Waiting: 1})
		synctest.Wait()
		d.label(t, "s2", "s3")
		synctest.Wait()
		wantAccepted(t, s, "s1", "s2", "s3")
		wantState(t, d, sync.State{Online: true})
		if d.State().LastSync.IsZero() {
			t.Error("the time of the last sync is not known")
		}
	})
}

func TestAnAnswerThatIsLostIsAskedForAgain(t *testing.T) {
	within(t, func(t *testing.T, d *tab, s *server) {
		s.change(func() { s.loseAcks = 3; s.repeat = true })
		d.label(t, "s1", "s2")
		pass(time.Minute)
		wantAccepted(t, s, "s1", "s2")
		wantState(t, d, sync.State{Online: true})
	})
}

func TestOfflineOpsWaitAndAttemptsAreSpaced(t *testing.T) {
	within(t, func(t *testing.T, d *tab, s *server) {
		var attempts atomic.Int64
		s.change(func() { s.offline = true })
		counting := &counter{server: s, pushed: func() { attempts.Add(1) }}
		d.close()
		*d = *openTab(memstore.New("salma", annotation.NewID), counting, sync.AlwaysLeader{})
		d.label(t, "s1")
		synctest.Wait()
		wantState(t, d, sync.State{Waiting: 1, Failure: "no route"})
		// Pauses of 1.5, 3, 6, 12, 24, 45, 45, … seconds.
		pass(10 * time.Minute)
		before := attempts.Load()
		if before < 14 || before > 18 {
			t.Errorf("%d attempts in ten minutes without a network", before)
		}
		d.label(t, "s2")
		synctest.Wait()
		if attempts.Load() != before {
			t.Error("an op appended while offline was pushed before the pause was over")
		}
		s.change(func() { s.offline = false })
		d.SetOnline(true)
		synctest.Wait()
		wantAccepted(t, s, "s1", "s2")
		wantState(t, d, sync.State{Online: true})
	})
}

type counter struct {
	*server
	pushed func()
}

func (c *counter) Push(ctx context.Context, ops []annotation.Op) ([]wire.Result, error) {
	c.pushed()
	return c.server.Push(ctx, ops)
}

func TestTheBrowsersWordForOfflineIsShown(t *testing.T) {
	within(t, func(t *testing.T, d *tab, s *server) {
		d.SetOnline(false)
		wantState(t, d, sync.State{})
		d.SetOnline(true)
		wantState(t, d, sync.State{Online: true})
	})
}

func TestARefusedOpIsKeptAndTheOthersGoOn(t *testing.T) {
	within(t, func(t *testing.T, d *tab, s *server) {
		s.refuse = func(o annotation.Op) string {
			if o.Subject == "bad" {
				return "the label is not in the scheme"
			}
			return ""
		}
		d.label(t, "s1", "bad", "s2")
		synctest.Wait()
		wantAccepted(t, s, "s1", "s2")
		wantState(t, d, sync.State{Online: true, Refused: 1})
		stuck, err := d.store.Stuck(t.Context())
		if err != nil || len(stuck) != 1 || stuck[0].Op.Subject != "bad" || stuck[0].Result.Reason != "the label is not in the scheme" {
			t.Errorf("stuck: %+v, %v", stuck, err)
		}
	})
}

func TestSignedOutWorkWaitsForTheSignIn(t *testing.T) {
	within(t, func(t *testing.T, d *tab, s *server) {
		s.change(func() { s.user = "" })
		d.label(t, "s1")
		pass(time.Hour)
		wantState(t, d, sync.State{Online: true, Waiting: 1, SignedOut: true, Failure: "sign in"})
		s.change(func() { s.user = "salma" })
		d.Nudge()
		synctest.Wait()
		wantAccepted(t, s, "s1")
		wantState(t, d, sync.State{Online: true})
	})
}

func TestARestoredProfileSendsItsNewWorkUnderAnotherDevice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer()
		db := memstore.New("salma", annotation.NewID)
		d := openTab(db, s, sync.AlwaysLeader{})
		d.label(t, "s1")
		synctest.Wait()
		old := db.Copy()
		d.label(t, "lost from the profile", "also lost")
		synctest.Wait()
		d.close()

		s.change(func() { s.offline = true })
		d = openTab(old, s, sync.AlwaysLeader{})
		var made []annotation.Op
		for i := range 5 {
			o := storetest.Draft(fmt.Sprint("new", i))
			o.Subject = "one and the same"
			o.Comment.Text = fmt.Sprint(i)
			if i > 0 {
				o.Prev = []annotation.OpID{made[i-1].ID()}
			}
			ops, err := d.Append(t.Context(), []annotation.Op{o})
			if err != nil {
				t.Fatal(err)
			}
			made = append(made, ops...)
		}
		s.change(func() { s.offline = false })
		d.Nudge()
		synctest.Wait()
		wantState(t, d, sync.State{Online: true})
		var chain []annotation.Op
		for _, e := range s.log {
			if e.Op.Subject == "one and the same" {
				chain = append(chain, *e.Op)
			}
		}
		if len(chain) != 5 {
			t.Fatalf("the server has %d of the 5 new ops", len(chain))
		}
		for i, o := range chain[1:] {
			if len(o.Prev) != 1 || o.Prev[0] != chain[i].ID() {
				t.Errorf("op %s replaces %v, want %s", o.ID(), o.Prev, chain[i].ID())
			}
		}
		ops, err := d.store.Ops(t.Context(), "demo", "a1")
		if err != nil || len(ops) != 8 {
			t.Errorf("the device has %d ops, %v; want the 8 that were ever made", len(ops), err)
		}
		var f annotation.Fold
		f.Add(ops...)
		if l := f.Layer(); len(l.Conflicts) > 0 || len(l.Comments) != 4 {
			t.Errorf("the layer is %+v", l)
		}
		d.close()
	})
}

func TestAProfileRestoredAgainSendsNothingTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer()
		db := memstore.New("salma", annotation.NewID)
		d := openTab(db, s, sync.AlwaysLeader{})
		synctest.Wait()
		old := db.Copy()
		d.label(t, "s1")
		synctest.Wait()
		d.close()
		s.change(func() { s.offline = true })
		d = openTab(old, s, sync.AlwaysLeader{})
		d.label(t, "s2", "s3") // under ids that s1 has taken
		again := old.Copy()
		for _, db := range []*memstore.DB{old, again} {
			d.close()
			s.change(func() { s.offline = false })
			d = openTab(db, s, sync.AlwaysLeader{})
			pass(time.Minute)
			wantState(t, d, sync.State{Online: true})
			wantAccepted(t, s, "s1", "s2", "s3")
		}
		d.close()
	})
}

func TestAServerThatTakesNoIdIsAskedWithPauses(t *testing.T) {
	within(t, func(t *testing.T, d *tab, s *server) {
		d.close()
		var pushes atomic.Int64
		r := &bent{server: s, bend: func(r []wire.Result) []wire.Result {
			pushes.Add(1)
			for i := range r {
				r[i].Outcome = wire.Quarantined
			}
			return r
		}}
		*d = *openTab(memstore.New("salma", annotation.NewID), &eventless{r}, sync.AlwaysLeader{})
		d.label(t, "s1")
		pass(10 * time.Minute)
		if n := pushes.Load(); n > 50 {
			t.Errorf("%d pushes in ten minutes", n)
		}
		wantState(t, d, sync.State{Online: true, Waiting: 1, Failure: "device"})
	})
}

// eventless is a server whose live connections say nothing of ops.
type eventless struct{ *bent }

func (e *eventless) Events(ctx context.Context, after uint64, fn func([]wire.Event, uint64) error) error {
	for {
		if err := fn(nil, after); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(25 * time.Second):
		}
	}
}

func TestNothingIsRekeyedForAnotherAccount(t *testing.T) {
	within(t, func(t *testing.T, d *tab, s *server) {
		ops := d.label(t, "s1")
		synctest.Wait()
		s.change(func() {
			s.answers[annotation.OpID{Device: ops[0].Device, Seq: 2}] = answered{hash: "of another account's op"}
		})
		stranger := &otherAccount{server: s}
		db := memstore.New("salma", annotation.NewID)
		d.close()
		*d = *openTab(db, stranger, sync.AlwaysLeader{})
		d.label(t, "mine")
		synctest.Wait()
		wantState(t, d, sync.State{Online: true, Waiting: 1, SignedOut: true, Failure: "sign in"})
		if len(stranger.pushes) != 1+1 {
			t.Errorf("%d pushes", len(stranger.pushes))
		}
	})
}

// otherAccount is a server at which somebody else is signed in.
type otherAccount struct{ *server }

func (o *otherAccount) Push(_ context.Context, ops []annotation.Op) ([]wire.Result, error) {
	o.pushes = append(o.pushes, ops)
	return []wire.Result{{ID: ops[0].ID(), Outcome: wire.Quarantined, Reason: "another account's device"}}, nil
}

func (o *otherAccount) Me(context.Context) (wire.Me, error) { return wire.Me{}, sync.ErrSignedOut }

func TestAServerThatWentBackToABackupGetsWhatItLost(t *testing.T) {
	within(t, func(t *testing.T, d *tab, s *server) {
		ops := d.label(t, "s1", "s2", "s3")
		synctest.Wait()
		s.change(func() {
			s.log = s.log[:1]
			s.last[ops[0].Device] = 1
			delete(s.answers, ops[1].ID())
			delete(s.answers, ops[2].ID())
		})
		d.label(t, "s4")
		synctest.Wait()
		wantAccepted(t, s, "s1", "s2", "s3", "s4")
		wantState(t, d, sync.State{Online: true})
	})
}

func TestARestoredServerGetsWhatItLostThoughNothingNewIsMade(t *testing.T) {
	within(t, func(t *testing.T, d *tab, s *server) {
		s.change(func() { s.id, s.offline = "first", true })
		pass(time.Second)
		s.change(func() { s.offline = false })
		pass(time.Minute)
		d.label(t, "s1", "s2", "s3", "s4")
		synctest.Wait()
		wantAccepted(t, s, "s1", "s2", "s3", "s4")

		s.change(func() { s.offline = true; s.restore("second", 1) })
		pass(time.Second)
		// The other device is there first, so positions up to the cursor of this
		// one mean something else now.
		s.change(func() {
			for seq := range uint64(5) {
				o := storetest.Draft(fmt.Sprint("r", seq+1))
				o.Device, o.Seq, o.Lamport = "otherdevice", seq+1, seq+1
				s.add(wire.Event{Author: "salma", Op: &o})
			}
			s.offline, s.pushes = false, nil
		})
		pass(time.Minute)
		wantAccepted(t, s, "s1", "r1", "r2", "r3", "r4", "r5", "s2", "s3", "s4")
		wantState(t, d, sync.State{Online: true})
		if ops, _ := d.store.Ops(t.Context(), "demo", "a1"); len(ops) != 9 {
			t.Errorf("the device has %d of 9 ops", len(ops))
		}
		if n := len(s.pushes); n > 3 {
			t.Errorf("it took %d pushes: the last op, and what is lacking", n)
		}

		s.change(func() { s.offline, s.pushes = true, nil })
		pass(time.Second)
		s.change(func() { s.offline = false })
		pass(time.Minute)
		if len(s.pushes) != 0 {
			t.Errorf("the same log was asked again: %v", s.pushes)
		}
	})
}

func TestAnOldCopyOfTheServersFolderIsNoticedWhereItIsShorter(t *testing.T) {
	within(t, func(t *testing.T, d *tab, s *server) {
		d.label(t, "s1", "s2", "s3")
		pass(time.Minute)
		s.change(func() { s.offline = true; s.restore(s.id, 1) })
		pass(time.Second)
		s.change(func() { s.offline = false })
		pass(time.Minute)
		wantAccepted(t, s, "s1", "s2", "s3")
		wantState(t, d, sync.State{Online: true})
	})
}

func TestTheLogIsKnownAfterAReload(t *testing.T) {
	within(t, func(t *testing.T, d *tab, s *server) {
		d.close()
		s.id = "first"
		db := memstore.New("salma", annotation.NewID)
		*d = *openTab(db, s, sync.AlwaysLeader{})
		d.label(t, "s1", "s2")
		synctest.Wait()
		d.close()
		*d = *openTab(db, s, sync.AlwaysLeader{})
		pass(time.Minute)
		if n := len(s.pushes); n > 2 {
			t.Errorf("what was acknowledged was pushed again after a reload: %d pushes", n)
		}
		d.close()
		s.change(func() { s.restore("second", 0) })
		*d = *openTab(db, s, sync.AlwaysLeader{})
		pass(time.Minute)
		wantAccepted(t, s, "s1", "s2")
	})
}

func TestAGapThatNobodyCanFillLeadsToAnotherDevice(t *testing.T) {
	within(t, func(t *testing.T, d *tab, s *server) {
		d.close()
		db := memstore.New("salma", func() string { return "olddevice" })
		*d = *openTab(db, &deaf{s, "olddevice"}, sync.AlwaysLeader{})
		d.label(t, "s1", "s2")
		synctest.Wait()
		wantAccepted(t, s, "s1", "s2")
		wantState(t, d, sync.State{Online: true})
		if now, _ := d.store.Device(t.Context()); now == "olddevice" {
			t.Error("the device still has the id under which nothing can be sent")
		}
	})
}

// deaf wants an op of the device that was never made.
type deaf struct {
	*server
	device string
}

func (r *deaf) Push(ctx context.Context, ops []annotation.Op) ([]wire.Result, error) {
	if ops[0].Device == r.device {
		return nil, &wire.Problem{Status: 409, Code: "gap", Title: "Ops are missing", Device: ops[0].Device, Expected: 99}
	}
	return r.server.Push(ctx, ops)
}

func TestAnswersThatDontFitAreNotTaken(t *testing.T) {
	for name, bend := range map[string]func([]wire.Result) []wire.Result{
		"too few":            func(r []wire.Result) []wire.Result { return r[1:] },
		"to another op":      func(r []wire.Result) []wire.Result { r[0].ID.Seq = 9; return r },
		"of an unknown kind": func(r []wire.Result) []wire.Result { r[0].Outcome = "perhaps"; return r },
	} {
		t.Run(name, func(t *testing.T) {
			within(t, func(t *testing.T, d *tab, s *server) {
				d.close()
				s.change(func() { s.silent = true }) // else the event tells that the op arrived
				r := &bent{server: s, bend: bend}
				*d = *openTab(memstore.New("salma", annotation.NewID), r, sync.AlwaysLeader{})
				d.label(t, "s1")
				pass(time.Second)
				wantState(t, d, sync.State{Online: true, Waiting: 1, Failure: "op"})
				wantAccepted(t, s, "s1")
				r.bend = func(r []wire.Result) []wire.Result { return r }
				s.change(func() { s.silent = false })
				d.Nudge()
				synctest.Wait()
				wantState(t, d, sync.State{Online: true})
				wantAccepted(t, s, "s1")
			})
		})
	}
}

type bent struct {
	*server
	bend func([]wire.Result) []wire.Result
}

func (b *bent) Push(ctx context.Context, ops []annotation.Op) ([]wire.Result, error) {
	r, err := b.server.Push(ctx, ops)
	return b.bend(r), err
}

func TestPushesStayWithinTheServersLimits(t *testing.T) {
	within(t, func(t *testing.T, d *tab, s *server) {
		s.change(func() { s.offline = true })
		var drafts []annotation.Op
		for i := range 1300 {
			o := storetest.Draft(fmt.Sprint("s", i))
			if i < 60 {
				o.Comment.Text = strings.Repeat(awkward.Text, 100) // about 30 KB
			}
			drafts = append(drafts, o)
		}
		if _, err := d.Append(t.Context(), drafts); err != nil {
			t.Fatal(err)
		}
		s.change(func() { s.offline = false })
		d.Nudge()
		synctest.Wait()
		wantState(t, d, sync.State{Online: true})
		if len(s.log) != len(drafts) {
			t.Errorf("the server has %d of %d ops", len(s.log), len(drafts))
		}
		for i, ops := range s.pushes {
			body, _ := json.Marshal(wire.PushRequest{Client: "0123456789", Ops: ops})
			if len(ops) > wire.MaxPushOps || len(body) > wire.MaxPushBytes {
				t.Errorf("push %d has %d ops and %d bytes", i, len(ops), len(body))
			}
			if i == 0 && len(ops) != 1 {
				t.Errorf("the first push has %d ops: what if the device id is in use elsewhere?", len(ops))
			}
		}
		if len(s.pushes) > 8 {
			t.Errorf("%d pushes", len(s.pushes))
		}
	})
}

func TestWhatAnotherDeviceDidArrives(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer()
		a := openTab(memstore.New("salma", annotation.NewID), s, sync.AlwaysLeader{})
		b := openTab(memstore.New("salma", annotation.NewID), s, sync.AlwaysLeader{})
		synctest.Wait()
		var told atomic.Int64
		b.Watch(func() { told.Add(1) })
		a.label(t, "s1", "s2", "s3", "s4", "s5")
		synctest.Wait()
		ops, err := b.store.Ops(t.Context(), "demo", "a1")
		if err != nil || len(ops) != 5 {
			t.Errorf("the other device has %d ops, %v", len(ops), err)
		}
		if told.Load() == 0 {
			t.Error("the other device's screen was not told")
		}
		a.close()
		b.close()
	})
}

func TestALiveConnectionThatBreaksIsMadeAgainWhereItStopped(t *testing.T) {
	within(t, func(t *testing.T, d *tab, s *server) {
		foreign := func(subject string, seq uint64) wire.Event {
			o := storetest.Draft(subject)
			o.Device, o.Seq, o.Lamport = "otherdevice", seq, seq
			return wire.Event{Author: "salma", Op: &o}
		}
		s.change(func() { s.add(foreign("r1", 1)) })
		synctest.Wait()
		s.change(func() { s.offline = true })
		pass(time.Second)
		wantState(t, d, sync.State{Failure: "broke"})
		s.change(func() { s.offline = false; s.add(foreign("r2", 2)) })
		pass(time.Minute)
		wantState(t, d, sync.State{Online: true})
		ops, _ := d.store.Ops(t.Context(), "demo", "a1")
		if len(ops) != 2 {
			t.Errorf("the device has %d ops, want 2", len(ops))
		}
		if cursor, _ := d.store.Cursor(t.Context()); cursor != 2 {
			t.Errorf("the cursor is %d, want 2", cursor)
		}
	})
}

func TestTheCursorGoesBackWithTheServer(t *testing.T) {
	within(t, func(t *testing.T, d *tab, s *server) {
		event := func(seq uint64) wire.Event {
			o := storetest.Draft(fmt.Sprint("r", seq))
			o.Device, o.Seq, o.Lamport = "otherdevice", seq, seq
			return wire.Event{Author: "salma", Op: &o}
		}
		s.change(func() { s.add(event(1)); s.add(event(2)); s.add(event(3)) })
		synctest.Wait()
		s.change(func() { s.offline = true; s.log = s.log[:1] })
		pass(time.Second)
		s.change(func() { s.offline = false })
		pass(time.Minute)
		s.change(func() { s.offline = true; s.add(event(4)); s.add(event(5)); s.add(event(6)) })
		pass(time.Second)
		s.change(func() { s.offline = false })
		pass(time.Minute)
		if ops, _ := d.store.Ops(t.Context(), "demo", "a1"); len(ops) != 6 {
			t.Errorf("the device has %d of the 6 ops that the server ever sent or has", len(ops))
		}
	})
}

func TestASilentConnectionIsGivenUp(t *testing.T) {
	within(t, func(t *testing.T, d *tab, s *server) {
		pass(10 * time.Minute)
		if s.connections() != 1 {
			t.Errorf("%d connections though the first had heartbeats", s.connections())
		}
		s.change(func() { s.silent = true })
		pass(70 * time.Second)
		if s.connections() < 2 {
			t.Error("a connection without heartbeats was kept")
		}
		pass(5 * time.Minute)
		wantState(t, d, sync.State{Failure: "silent"})
		s.change(func() { s.silent = false })
		pass(2 * time.Minute)
		wantState(t, d, sync.State{Online: true})
	})
}

// oneLeader elects one of several tabs.
type oneLeader chan struct{}

func (l oneLeader) Lead(ctx context.Context, fn func(context.Context) error) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case l <- struct{}{}:
	}
	defer func() { <-l }()
	return fn(ctx)
}

func TestOneTabPushesAndAllTellTheTruth(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer()
		db, leader := memstore.New("salma", annotation.NewID), make(oneLeader, 1)
		a := openTab(db, s, leader)
		synctest.Wait()
		b := openTab(db, s, leader)
		synctest.Wait()
		if s.connections() != 1 {
			t.Errorf("%d live connections of one browser", s.connections())
		}
		b.label(t, "s1")
		synctest.Wait()
		wantAccepted(t, s, "s1")
		wantState(t, b, sync.State{Online: true})

		s.change(func() { s.offline = true })
		pass(time.Second)
		b.label(t, "s2")
		pass(time.Minute)
		for _, tab := range []*tab{a, b} {
			wantState(t, tab, sync.State{Waiting: 1, Failure: "no route"})
		}
		s.change(func() { s.offline = false; s.user = "" })
		pass(2 * time.Minute)
		for _, tab := range []*tab{a, b} {
			wantState(t, tab, sync.State{Online: true, SignedOut: true, Waiting: 1, Failure: "sign in"})
		}
		last := b.State().LastSync
		if last.IsZero() {
			t.Error("the tab that does not push knows no last sync")
		}
		a.close()
		s.change(func() { s.user = "salma" })
		b.Nudge()
		synctest.Wait()
		wantAccepted(t, s, "s1", "s2")
		wantState(t, b, sync.State{Online: true})
		b.close()
	})
}

func TestStateIsToldToSubscribers(t *testing.T) {
	within(t, func(t *testing.T, d *tab, s *server) {
		var mu stdsync.Mutex
		var states []sync.State
		cancel := d.Subscribe(func(s sync.State) {
			mu.Lock()
			defer mu.Unlock()
			states = append(states, s)
		})
		s.change(func() { s.latency = time.Second })
		d.label(t, "s1")
		pass(10 * time.Second)
		if len(states) < 2 || states[0].Waiting != 1 || states[len(states)-1].Waiting != 0 {
			t.Errorf("told: %+v", states)
		}
		cancel()
		n := len(states)
		d.label(t, "s2")
		pass(10 * time.Second)
		if len(states) != n {
			t.Error("told after cancel")
		}
	})
}

func TestListsComeFromTheServerElseFromTheDevice(t *testing.T) {
	within(t, func(t *testing.T, d *tab, s *server) {
		ctx := t.Context()
		s.change(func() { s.lists["demo"] = []wire.ArticleSummary{{ID: "a1", Title: "أول"}} })
		s.projects = []wire.Project{{ID: "demo"}}
		s.change(func() { s.offline = true })
		if _, err := d.Articles(ctx, "demo"); !errors.Is(err, sync.ErrNotCached) || !errors.Is(err, sync.ErrOffline) {
			t.Errorf("a list never seen, offline: %v", err)
		}
		s.change(func() { s.offline = false })
		title := func() string {
			t.Helper()
			l, err := d.Articles(ctx, "demo")
			if err != nil || len(l) != 1 {
				t.Fatal(l, err)
			}
			return l[0].Title
		}
		if title() != "أول" {
			t.Error("not the server's list")
		}
		s.change(func() { s.lists["demo"] = []wire.ArticleSummary{{ID: "a1", Title: "ثان"}} })
		if title() != "ثان" {
			t.Error("not the server's newer list")
		}
		s.change(func() { s.lists["demo"] = []wire.ArticleSummary{{ID: "a1", Title: "ثالث"}} })
		for what, trouble := range map[string]func(){
			"offline":    func() { s.offline = true },
			"signed out": func() { s.user = "" },
			"slow":       func() { s.latency = time.Hour },
		} {
			s.change(trouble)
			begin := time.Now()
			if title() != "ثان" {
				t.Errorf("%s: not the list as it was last seen", what)
			}
			if time.Since(begin) > 5*time.Second {
				t.Errorf("%s: people waited for %v", what, time.Since(begin))
			}
			s.change(func() { s.offline, s.user, s.latency = false, "salma", 0 })
		}
		if _, err := d.Articles(ctx, "unknown"); err == nil || errors.Is(err, sync.ErrNotCached) {
			t.Errorf("a list the server does not have: %v", err)
		}
		if p, err := d.Projects(ctx); err != nil || len(p) != 1 {
			t.Errorf("projects: %v, %v", p, err)
		}
	})
}

func TestArticlesAreFetchedOnce(t *testing.T) {
	within(t, func(t *testing.T, d *tab, s *server) {
		ctx := t.Context()
		statuses := []annotation.Status{annotation.Done, annotation.New, annotation.Skipped, annotation.InProgress, annotation.New}
		var ids []string
		for i, status := range statuses {
			a := article.New(fmt.Sprint(i, awkward.Text), "ar", article.Meta{}, nil)
			s.articles[a.ID] = a
			s.lists["demo"] = append(s.lists["demo"], wire.ArticleSummary{ID: a.ID, Status: status})
			ids = append(ids, a.ID)
		}
		if err := d.Prefetch(ctx, "demo", 2); err != nil {
			t.Fatal(err)
		}
		if got, want := s.requested(), []string{"demo", "demo/" + ids[1], "demo/" + ids[3]}; !slices.Equal(got, want) {
			t.Errorf("fetched %v, want %v", got, want)
		}
		s.change(func() { s.offline = true })
		a, err := d.Article(ctx, "demo", ids[3])
		if err != nil || a.Text != "3"+awkward.Text {
			t.Errorf("offline, a prefetched article is %q, %v", a.Text, err)
		}
		if _, err := d.Article(ctx, "demo", ids[0]); !errors.Is(err, sync.ErrNotCached) {
			t.Errorf("offline, an article never fetched: %v", err)
		}
		s.change(func() { s.offline = false })
		damaged := s.articles[ids[4]]
		damaged.Text += " "
		s.articles[ids[4]] = damaged
		if _, err := d.Article(ctx, "demo", ids[4]); err == nil {
			t.Error("an altered text was taken")
		}
	})
}

func TestAListWhoseNewsCameBeforeTheBrowserEndedIsFetchedAtTheNextStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx := t.Context()
		s := newServer()
		db := memstore.New("salma", annotation.NewID)
		old := db.Open()
		if err := old.PutProjects(ctx, []wire.Project{{ID: "demo"}}); err != nil {
			t.Fatal(err)
		}
		if err := old.PutArticles(ctx, "demo", []wire.ArticleSummary{{ID: "a1"}}); err != nil {
			t.Fatal(err)
		}
		s.add(wire.Event{Changed: &wire.Changed{Project: "demo"}})
		s.lists["demo"] = []wire.ArticleSummary{{ID: "a1"}, {ID: "a2"}}
		s.projects = []wire.Project{{ID: "demo"}}
		if err := old.Receive(ctx, nil, 1); err != nil { // and then it ended
			t.Fatal(err)
		}
		old.Close()
		d := openTab(db, s, sync.AlwaysLeader{})
		defer func() { d.close() }()
		pass(2 * time.Second)
		if list, err := d.store.Articles(ctx, "demo"); err != nil || len(list) != 2 {
			t.Errorf("the list is %+v, %v", list, err)
		}
	})
}

func TestAListThatChangedOnTheServerIsFetchedForEveryTab(t *testing.T) {
	within(t, func(t *testing.T, d *tab, s *server) {
		ctx := t.Context()
		s.lists["demo"] = []wire.ArticleSummary{{ID: "a1"}}
		s.projects = []wire.Project{{ID: "demo"}}
		d.Articles(ctx, "demo")
		d.Projects(ctx)
		s.requested()
		synctest.Wait()
		var told atomic.Int64
		d.Watch(func() { told.Add(1) })
		s.change(func() {
			s.lists["demo"] = []wire.ArticleSummary{{ID: "a1"}, {ID: "a2"}}
			for range 20 {
				s.add(wire.Event{Changed: &wire.Changed{Project: "demo"}})
				s.add(wire.Event{Changed: &wire.Changed{Project: "never looked at"}})
			}
		})
		pass(10 * time.Second)
		l, err := d.store.Articles(ctx, "demo")
		if err != nil || len(l) != 2 || told.Load() == 0 {
			t.Errorf("the device has %v, %v; told %d times", l, err, told.Load())
		}
		if got := s.requested(); len(got) > 6 {
			t.Errorf("fetched %d times for one import: %v", len(got), got)
		}
	})
}
