// Package storetest is what every sync.Store must do.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	stdsync "sync"
	"testing"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/internal/awkward"
	"hashiya/app/suggest"
	"hashiya/app/sync"
	"hashiya/app/wire"
)

// Open opens a user's database: the first time an empty one, then the same one
// again, as another tab does. It closes it when the test ends.
type Open func(t *testing.T, user string) sync.Store

// Run runs the suite. Every test works on a user of its own.
func Run(t *testing.T, open Open) {
	for _, test := range []struct {
		name string
		run  func(*suite)
	}{
		{"numbers drafts in order from 1", (*suite).numbers},
		{"keeps seq without gaps when tabs append at once", (*suite).concurrentAppend},
		{"keeps all of an append or nothing", (*suite).atomicAppend},
		{"appends nothing", (*suite).appendNothing},
		{"keeps ops as they were given", (*suite).fidelity},
		{"returns waiting ops in order, up to a limit", (*suite).waiting},
		{"settles once", (*suite).settle},
		{"counts", (*suite).counts},
		{"rekeys quarantined and waiting ops", (*suite).rekey},
		{"rekeys nothing without a quarantined op", (*suite).rekeyNothing},
		{"lets settled ops wait again", (*suite).resend},
		{"asks again for the last op of every device", (*suite).recheck},
		{"receives, and receiving again changes nothing", (*suite).receive},
		{"settles own ops that come back", (*suite).receiveOwn},
		{"has the cursor where the server set it", (*suite).cursor},
		{"makes lamport one more than all that was seen", (*suite).lamport},
		{"takes a new device id when its own is in use elsewhere", (*suite).twin},
		{"does not take another content for its own op", (*suite).twinOp},
		{"lists an article's ops, without refused ones", (*suite).ops},
		{"caches what the server has", (*suite).cache},
		{"drops copies of articles, and nothing else", (*suite).dropArticles},
		{"shares the link", (*suite).link},
		{"tells every tab of changes", (*suite).changed},
		{"keeps everything when closed and opened", (*suite).reopen},
		{"fails when closed", (*suite).closed},
	} {
		t.Run(test.name, func(t *testing.T) {
			user := annotation.NewID()
			test.run(&suite{T: t, user: user, open: func() sync.Store { return open(t, user) }, s: open(t, user)})
		})
	}
}

type suite struct {
	*testing.T
	user string
	open func() sync.Store
	s    sync.Store
}

var ctx = context.Background()

// Draft returns an op as the desk makes it, about the subject.
func Draft(subject string) annotation.Op {
	return annotation.Op{
		V: annotation.Version, Project: "demo", Article: "a1", TextSHA256: "00", Scheme: 1, Time: "2024-09-01T10:00:00Z",
		Change: annotation.Change{Subject: subject, Kind: annotation.PutComment, Comment: &annotation.Comment{Text: subject}},
		Action: annotation.NewID(),
	}
}

func drafts(subjects ...string) []annotation.Op {
	var out []annotation.Op
	for _, s := range subjects {
		out = append(out, Draft(s))
	}
	return out
}

func ok[T any](s *suite, v T, err error) T {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
	return v
}

func (s *suite) ok(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

func (s *suite) append(subjects ...string) []annotation.Op {
	s.Helper()
	ops, err := s.s.Append(ctx, drafts(subjects...))
	return ok(s, ops, err)
}

func subjects(ops []annotation.Op) []string {
	out := []string{}
	for _, o := range ops {
		out = append(out, o.Subject)
	}
	return out
}

func same[T any](s *suite, what string, got, want T) {
	s.Helper()
	if !reflect.DeepEqual(got, want) {
		s.Errorf("%s: got %+v, want %+v", what, got, want)
	}
}

func (s *suite) waitingNow() []annotation.Op {
	s.Helper()
	ops, err := s.s.Waiting(ctx, 1000)
	return ok(s, ops, err)
}

func answer(o annotation.Op, as wire.Outcome, pos uint64) wire.Result {
	r := wire.Result{ID: o.ID(), Outcome: as, Pos: pos}
	if as != wire.Accepted {
		r.Reason, r.Code, r.Params = "because", annotation.NoLabel, map[string]string{"label": "وسم"}
	}
	return r
}

func (s *suite) numbers() {
	device, err := s.s.Device(ctx)
	s.ok(err)
	if article.ValidID(device) != nil || len(device) < 32 {
		s.Errorf("device id %q is no id of 128 bits", device)
	}
	ops := append(s.append("s1", "s2"), s.append("s3")...)
	for i, o := range ops {
		same(s, "id", o.ID(), annotation.OpID{Device: device, Seq: uint64(i) + 1})
		same(s, "lamport", o.Lamport, uint64(i)+1)
	}
	same(s, "order", subjects(ops), []string{"s1", "s2", "s3"})
	again, err := s.s.Device(ctx)
	s.ok(err)
	same(s, "device asked again", again, device)
}

func (s *suite) concurrentAppend() {
	const each = 25
	tabs := []sync.Store{s.s, s.open(), s.open()}
	var wg stdsync.WaitGroup
	for i, tab := range tabs {
		wg.Go(func() {
			for n := range each {
				ops, err := tab.Append(ctx, drafts(fmt.Sprintf("%d-%d-a", i, n), fmt.Sprintf("%d-%d-b", i, n)))
				if err != nil {
					s.Error(err)
				} else if ops[1].Seq != ops[0].Seq+1 {
					s.Errorf("one append got the seqs %d and %d", ops[0].Seq, ops[1].Seq)
				}
			}
		})
	}
	wg.Wait()
	all := s.waitingNow()
	same(s, "ops", len(all), 2*each*len(tabs))
	for i, o := range all {
		if o.Seq != uint64(i)+1 || o.Lamport != uint64(i)+1 || o.Device != all[0].Device {
			s.Fatalf("op %d is %s with lamport %d", i+1, o.ID(), o.Lamport)
		}
	}
}

func (s *suite) atomicAppend() {
	ended, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := s.s.Append(ended, drafts("never")); !errors.Is(err, context.Canceled) {
		s.Errorf("append with an ended context: %v", err)
	}
	// A context that ends in the middle: what append says is what is there.
	want := []string{}
	for n := range 20 {
		ctx, cancel := context.WithCancel(ctx)
		a, b := fmt.Sprintf("%d-a", n), fmt.Sprintf("%d-b", n)
		go cancel()
		if _, err := s.s.Append(ctx, drafts(a, b)); err == nil {
			want = append(want, a, b)
		}
	}
	s.append("last")
	got := s.waitingNow()
	same(s, "ops", subjects(got), append(want, "last"))
	same(s, "seq", got[len(got)-1].Seq, uint64(len(got)))
}

func (s *suite) appendNothing() {
	ops, err := s.s.Append(ctx, nil)
	s.ok(err)
	same(s, "ops", len(ops), 0)
	same(s, "seq", s.append("s")[0].Seq, 1)
}

func (s *suite) fidelity() {
	o := Draft("stance")
	o.Kind, o.Comment = annotation.PutStance, nil
	o.Stance = &annotation.Stance{
		Holder: annotation.Holder{Implicit: true}, Via: []annotation.Holder{}, Target: annotation.Target{Claim: awkward.Text},
		Label: "against", Mode: annotation.Paraphrase, Evidence: []annotation.Range{{Start: 2038, End: 2078}}, Note: "\x00</script>\u2028",
	}
	o.Prev = []annotation.OpID{{Device: "elsewhere", Seq: 1<<53 - 1}}
	ops, err := s.s.Append(ctx, []annotation.Op{o})
	s.ok(err)
	o.Device, o.Seq, o.Lamport = ops[0].Device, 1, 1
	same(s, "returned", ops[0], o)
	same(s, "hash of what was read", s.waitingNow()[0].ContentHash(), o.ContentHash())
	all, err := s.open().Ops(ctx, "demo", "a1")
	s.ok(err)
	same(s, "hash in another tab", all[0].ContentHash(), o.ContentHash())
}

func (s *suite) waiting() {
	ops := s.append("s1", "s2", "s3", "s4")
	s.ok(s.s.Settle(ctx, []wire.Result{answer(ops[1], wire.Accepted, 7)}))
	same(s, "all", subjects(s.waitingNow()), []string{"s1", "s3", "s4"})
	two, err := s.s.Waiting(ctx, 2)
	s.ok(err)
	same(s, "limited", subjects(two), []string{"s1", "s3"})
}

func (s *suite) settle() {
	ops := s.append("fine", "bad", "foreign", "open")
	first := []wire.Result{answer(ops[0], wire.Accepted, 5), answer(ops[1], wire.Refused, 0), answer(ops[2], wire.Quarantined, 0)}
	s.ok(s.s.Settle(ctx, first))
	want := []sync.Stuck{{Op: ops[1], Result: first[1]}, {Op: ops[2], Result: first[2]}}
	for _, repeat := range [][]wire.Result{
		first, nil, {answer(ops[0], wire.Refused, 0)}, {answer(ops[1], wire.Accepted, 9)},
		{{ID: annotation.OpID{Device: "unknown", Seq: 4}, Outcome: wire.Refused}},
	} {
		s.ok(s.s.Settle(ctx, repeat))
		same(s, "waiting", subjects(s.waitingNow()), []string{"open"})
		stuck, err := s.s.Stuck(ctx)
		s.ok(err)
		same(s, "stuck", stuck, want)
	}
}

func (s *suite) counts() {
	c, err := s.s.Counts(ctx)
	s.ok(err)
	same(s, "of an empty database", c, sync.Counts{})
	early, late := Draft("s1"), Draft("s2")
	early.Time, late.Time = "2024-09-01T10:00:00Z", "2024-09-01T11:30:00Z"
	ops, err := s.s.Append(ctx, []annotation.Op{early, late, Draft("s3"), Draft("s4"), Draft("s5")})
	s.ok(err)
	s.ok(s.s.Settle(ctx, []wire.Result{answer(ops[0], wire.Accepted, 5), answer(ops[2], wire.Refused, 0), answer(ops[3], wire.Quarantined, 0)}))
	c, err = s.s.Counts(ctx)
	s.ok(err)
	if !c.WaitingSince.Equal(time.Date(2024, 9, 1, 11, 30, 0, 0, time.UTC)) {
		s.Errorf("waiting since %v", c.WaitingSince)
	}
	c.WaitingSince = time.Time{}
	same(s, "counts", c, sync.Counts{Waiting: 2, Refused: 1, Quarantined: 1, Ops: 5})
}

func (s *suite) rekey() {
	first := s.append("settled", "q1")
	next := drafts("fine", "q1", "q1")
	next[1].Prev = []annotation.OpID{first[1].ID(), first[0].ID()}
	next[2].Prev = []annotation.OpID{{Device: first[0].Device, Seq: 4}}
	ops, err := s.s.Append(ctx, next)
	s.ok(err)
	s.ok(s.s.Settle(ctx, []wire.Result{
		answer(first[0], wire.Accepted, 1), answer(first[1], wire.Quarantined, 0), answer(ops[0], wire.Accepted, 2), answer(ops[1], wire.Quarantined, 0),
	}))
	moved, err := s.s.Rekey(ctx)
	s.ok(err)
	device, err := s.s.Device(ctx)
	s.ok(err)
	if device == first[0].Device {
		s.Error("the device id is the old one")
	}
	want := []annotation.Op{first[1], ops[1], ops[2]}
	for i := range want {
		want[i].Device, want[i].Seq = device, uint64(i)+1
		want[i].Prev = slices.Clone(want[i].Prev)
	}
	want[1].Prev[0] = want[0].ID()
	want[2].Prev[0] = want[1].ID()
	same(s, "moved", moved, want)
	same(s, "waiting", s.waitingNow(), want)
	all, err := s.s.Ops(ctx, "demo", "a1")
	s.ok(err)
	same(s, "all", subjects(all), []string{"settled", "q1", "fine", "q1", "q1"})
	stuck, err := s.s.Stuck(ctx)
	s.ok(err)
	same(s, "stuck", len(stuck), 0)

	again, err := s.s.Rekey(ctx)
	s.ok(err)
	same(s, "moved by a second rekey", len(again), 0)
	o := s.append("next")[0]
	same(s, "next id", o.ID(), annotation.OpID{Device: device, Seq: 4})
	same(s, "next lamport", o.Lamport, 6)
	s.ok(s.s.Settle(ctx, []wire.Result{answer(want[0], wire.Accepted, 3)}))
	same(s, "waiting at last", subjects(s.waitingNow()), []string{"q1", "q1", "next"})
}

func (s *suite) rekeyNothing() {
	ops := s.append("waiting", "bad")
	s.ok(s.s.Settle(ctx, []wire.Result{answer(ops[1], wire.Refused, 0)}))
	moved, err := s.s.Rekey(ctx)
	s.ok(err)
	same(s, "moved", len(moved), 0)
	same(s, "waiting", s.waitingNow(), ops[:1])
}

func (s *suite) resend() {
	ops := s.append("s1", "s2", "s3", "s4")
	s.ok(s.s.Settle(ctx, []wire.Result{
		answer(ops[0], wire.Accepted, 1), answer(ops[1], wire.Accepted, 2), answer(ops[2], wire.Refused, 0),
	}))
	for range 2 {
		n, err := s.s.Resend(ctx, ops[0].Device, 2)
		s.ok(err)
		same(s, "waiting from there on", n, 3)
		same(s, "waiting", s.waitingNow(), ops[1:])
	}
	for _, id := range []annotation.OpID{{Device: ops[0].Device, Seq: 5}, {Device: "other", Seq: 1}} {
		n, err := s.s.Resend(ctx, id.Device, id.Seq)
		s.ok(err)
		same(s, "waiting from an op that isn't here", n, 0)
	}
	same(s, "waiting", s.waitingNow(), ops[1:])
}

func (s *suite) recheck() {
	n, err := s.s.Recheck(ctx)
	s.ok(err)
	same(s, "of an empty database", n, 0)
	ops := s.append("s1", "s2", "s3", "bad", "q")
	s.ok(s.s.Settle(ctx, []wire.Result{
		answer(ops[0], wire.Accepted, 1), answer(ops[1], wire.Accepted, 2), answer(ops[2], wire.Accepted, 3),
		answer(ops[3], wire.Refused, 0), answer(ops[4], wire.Quarantined, 0),
	}))
	_, err = s.s.Rekey(ctx)
	s.ok(err)
	s.ok(s.s.Settle(ctx, []wire.Result{answer(s.waitingNow()[0], wire.Accepted, 4)}))
	last := s.append("new")
	s.ok(s.s.Settle(ctx, []wire.Result{answer(last[0], wire.Accepted, 5)}))
	for again := range 2 {
		n, err := s.s.Recheck(ctx)
		s.ok(err)
		same(s, "waiting by it", n, 2*(1-again))
		same(s, "waiting: the last of the old device and of the new one", subjects(s.waitingNow()), []string{"bad", "new"})
	}
	c, err := s.s.Counts(ctx)
	s.ok(err)
	same(s, "refused", c.Refused, 0)
}

// foreign is an op of the user's other device, as an event.
func (s *suite) foreign(subject string, seq, lamport, pos uint64) wire.Event {
	o := Draft(subject)
	o.Device, o.Seq, o.Lamport = "otherdevice", seq, lamport
	return wire.Event{Pos: pos, Author: s.user, Op: &o}
}

func (s *suite) receive() {
	others := s.foreign("not mine", 9, 9, 12)
	others.Author = "another"
	events := []wire.Event{
		s.foreign("r1", 1, 1, 10), {Pos: 11, Changed: &wire.Changed{Project: "demo"}}, others, s.foreign("r2", 2, 2, 13),
	}
	for range 2 {
		s.ok(s.s.Receive(ctx, events, 13))
		all, err := s.s.Ops(ctx, "demo", "a1")
		s.ok(err)
		same(s, "ops", all, []annotation.Op{*events[0].Op, *events[3].Op})
	}
	c, err := s.s.Counts(ctx)
	s.ok(err)
	same(s, "counts of what was made here", c, sync.Counts{})
}

func (s *suite) receiveOwn() {
	ops := s.append("s1", "s2", "s3")
	s.ok(s.s.Settle(ctx, []wire.Result{answer(ops[2], wire.Refused, 0)}))
	var events []wire.Event
	for i := range ops[1:] {
		events = append(events, wire.Event{Pos: uint64(5 + i), Author: s.user, Op: &ops[1+i]})
	}
	for range 2 {
		s.ok(s.s.Receive(ctx, events, 6))
		same(s, "waiting", subjects(s.waitingNow()), []string{"s1"})
		all, err := s.s.Ops(ctx, "demo", "a1")
		s.ok(err)
		same(s, "ops, each once", all, ops)
		stuck, err := s.s.Stuck(ctx)
		s.ok(err)
		same(s, "stuck", len(stuck), 0)
	}
	same(s, "next seq: the device is the same", s.append("s4")[0].ID(), annotation.OpID{Device: ops[0].Device, Seq: 4})
}

func (s *suite) cursor() {
	first, err := s.s.Cursor(ctx)
	s.ok(err)
	same(s, "cursor at first", first, 0)
	event := s.foreign("r1", 1, 1, 7)
	for _, to := range []uint64{7, 8, 3, 1<<53 - 1} {
		s.ok(s.s.Receive(ctx, []wire.Event{event}, to))
		got, err := s.open().Cursor(ctx)
		s.ok(err)
		same(s, "cursor", got, to)
	}
	all, err := s.s.Ops(ctx, "demo", "a1")
	s.ok(err)
	same(s, "ops", subjects(all), []string{"r1"})
}

func (s *suite) lamport() {
	same(s, "first", s.append("s1")[0].Lamport, 1)
	s.ok(s.s.Receive(ctx, []wire.Event{s.foreign("r1", 1, 41, 1), s.foreign("r2", 2, 17, 2)}, 2))
	same(s, "after receiving 41", s.append("s2")[0].Lamport, 42)
	s.ok(s.s.Receive(ctx, []wire.Event{s.foreign("r3", 3, 5, 3)}, 3))
	same(s, "after receiving 5", s.append("s3")[0].Lamport, 43)
}

func (s *suite) twin() {
	mine := s.append("mine")[0]
	theirs := Draft("theirs")
	theirs.Device, theirs.Seq, theirs.Lamport = mine.Device, 2, 2
	s.ok(s.s.Receive(ctx, []wire.Event{{Pos: 1, Author: s.user, Op: &theirs}}, 1))
	next := s.append("next")[0]
	if next.Device == mine.Device || next.Seq != 1 {
		s.Errorf("the next op is %s though another copy of the database goes on as %s", next.ID(), mine.Device)
	}
	same(s, "lamport", next.Lamport, 3)
	same(s, "waiting", subjects(s.waitingNow()), []string{"mine", "next"})
	all, err := s.s.Ops(ctx, "demo", "a1")
	s.ok(err)
	same(s, "ops", subjects(all), []string{"mine", "next", "theirs"})
}

func (s *suite) twinOp() {
	mine := s.append("mine")[0]
	theirs := Draft("theirs")
	theirs.Device, theirs.Seq, theirs.Lamport = mine.Device, 1, 1
	s.ok(s.s.Receive(ctx, []wire.Event{{Pos: 1, Author: s.user, Op: &theirs}}, 1))
	same(s, "waiting", s.waitingNow(), []annotation.Op{mine})
	s.ok(s.s.Settle(ctx, []wire.Result{answer(mine, wire.Quarantined, 0)}))
	moved, err := s.s.Rekey(ctx)
	s.ok(err)
	same(s, "moved", subjects(moved), []string{"mine"})
	all, err := s.s.Ops(ctx, "demo", "a1")
	s.ok(err)
	same(s, "ops", subjects(all), []string{"mine", "theirs"})
}

func (s *suite) ops() {
	d := drafts("s1", "elsewhere", "bad", "foreign", "other project")
	d[1].Article = "a2"
	d[4].Project = "p2"
	ops, err := s.s.Append(ctx, d)
	s.ok(err)
	s.ok(s.s.Settle(ctx, []wire.Result{answer(ops[0], wire.Accepted, 1), answer(ops[2], wire.Refused, 0), answer(ops[3], wire.Quarantined, 0)}))
	s.ok(s.s.Receive(ctx, []wire.Event{s.foreign("r2", 2, 2, 3), s.foreign("r1", 1, 1, 2)}, 3))
	s.append("s2")
	all, err := s.s.Ops(ctx, "demo", "a1")
	s.ok(err)
	same(s, "ops", subjects(all), []string{"s1", "foreign", "s2", "r1", "r2"})
	none, err := s.s.Ops(ctx, "demo", "unknown")
	s.ok(err)
	same(s, "ops of an article without any", len(none), 0)
}

func (s *suite) dropArticles() {
	var ids []string
	for _, project := range []string{"p1", "p2"} {
		for i := range 3 {
			a := article.New(fmt.Sprint(i, awkward.Text), "ar", article.Meta{}, nil)
			s.ok(s.s.PutArticle(ctx, project, a))
			ids = append(ids, a.ID)
		}
	}
	s.ok(s.s.PutProjects(ctx, []wire.Project{{ID: "p1"}}))
	s.append("work")
	keep := func(project, article string) bool { return project == "p2" && article == ids[4] }
	for _, want := range []int{5, 0} {
		n, err := s.s.DropArticles(ctx, keep)
		s.ok(err)
		same(s, "dropped", n, want)
	}
	for i, id := range ids {
		_, err := s.s.Article(ctx, []string{"p1", "p2"}[i/3], id)
		if kept := i == 4; kept && err != nil || !kept && !errors.Is(err, sync.ErrNotCached) {
			s.Errorf("article %d: %v", i, err)
		}
	}
	if _, err := s.s.Projects(ctx); err != nil {
		s.Errorf("the projects: %v", err)
	}
	same(s, "work", len(s.waitingNow()), 1)
}

func (s *suite) cache() {
	_, err := s.s.Projects(ctx)
	_, err2 := s.s.Articles(ctx, "demo")
	_, err3 := s.s.Article(ctx, "demo", "a1")
	for _, err := range []error{err, err2, err3} {
		if !errors.Is(err, sync.ErrNotCached) {
			s.Errorf("a miss is %v", err)
		}
	}
	if _, err := s.s.Suggestions(ctx, "demo"); !errors.Is(err, sync.ErrNotCached) {
		s.Errorf("a miss is %v", err)
	}
	a := article.New(awkward.Text, "ar", article.Meta{Title: "عنوان"}, nil)
	memory := &suggest.Memory{}
	for _, title := range []string{"زيارة", "لأذربيجان"} {
		projects := []wire.Project{{ID: "demo", Name: title}}
		list := []wire.ArticleSummary{{ID: a.ID, Title: title}, {ID: "b", Title: awkward.Text}}
		a.Meta.Title = title
		s.ok(s.s.PutProjects(ctx, projects))
		s.ok(s.s.PutArticles(ctx, "demo", list))
		s.ok(s.s.PutArticle(ctx, "demo", a))
		memory.Add(suggest.Observation{Surface: title, Label: "GPE", Entity: title})
		s.ok(s.s.PutSuggestions(ctx, "demo", wire.Suggestions{Memory: memory}))
		gotS, err := s.s.Suggestions(ctx, "demo")
		s.ok(err)
		same(s, "suggestions", gotS, wire.Suggestions{Memory: memory})
		gotP, err := s.s.Projects(ctx)
		s.ok(err)
		same(s, "projects", gotP, projects)
		gotL, err := s.s.Articles(ctx, "demo")
		s.ok(err)
		same(s, "articles", gotL, list)
		gotA, err := s.s.Article(ctx, "demo", a.ID)
		s.ok(err)
		same(s, "article", gotA, a)
	}
	if _, err := s.s.Suggestions(ctx, "p2"); !errors.Is(err, sync.ErrNotCached) {
		s.Errorf("another project's suggestions: %v", err)
	}
	if _, err := s.s.Articles(ctx, "p2"); !errors.Is(err, sync.ErrNotCached) {
		s.Errorf("another project's list: %v", err)
	}
	if _, err := s.s.Article(ctx, "p2", a.ID); !errors.Is(err, sync.ErrNotCached) {
		s.Errorf("the article in another project: %v", err)
	}
	s.ok(s.s.PutArticles(ctx, "empty", []wire.ArticleSummary{}))
	none, err := s.s.Articles(ctx, "empty")
	s.ok(err)
	same(s, "an empty list", len(none), 0)
}

func (s *suite) link() {
	l, err := s.s.Link(ctx)
	s.ok(err)
	same(s, "at first", l, sync.Link{})
	want := sync.Link{Offline: true, SignedOut: true, Failure: "انقطع", LastSync: time.Date(2024, 9, 1, 10, 0, 0, 0, time.UTC), Log: "a1"}
	s.ok(s.s.PutLink(ctx, want))
	l, err = s.open().Link(ctx)
	s.ok(err)
	same(s, "in another tab", l, want)
}

func (s *suite) changed() {
	tabs := []sync.Store{s.s, s.open()}
	ops := s.append("s0")
	for what, write := range map[string]func() error{
		"Append":      func() error { _, err := s.s.Append(ctx, drafts("s1")); return err },
		"Settle":      func() error { return s.s.Settle(ctx, []wire.Result{answer(ops[0], wire.Accepted, 1)}) },
		"Receive":     func() error { return s.s.Receive(ctx, []wire.Event{s.foreign("r", 1, 1, 1)}, 1) },
		"PutArticles": func() error { return s.s.PutArticles(ctx, "demo", nil) },
		"PutLink":     func() error { return s.s.PutLink(ctx, sync.Link{Failure: "x"}) },
	} {
		for _, tab := range tabs {
			quiet(tab)
		}
		s.ok(write())
		for i, tab := range tabs {
			select {
			case <-tab.Changed():
			case <-time.After(10 * time.Second):
				s.Errorf("tab %d was not told of %s", i, what)
			}
		}
	}
}

// quiet takes what is on its way to the channel.
func quiet(tab sync.Store) {
	for {
		select {
		case <-tab.Changed():
		case <-time.After(100 * time.Millisecond):
			return
		}
	}
}

func (s *suite) reopen() {
	ops := s.append("s1", "s2")
	s.ok(s.s.Settle(ctx, []wire.Result{answer(ops[0], wire.Accepted, 3)}))
	s.ok(s.s.Receive(ctx, []wire.Event{s.foreign("r", 1, 8, 2)}, 3))
	s.ok(s.s.Close())
	s.s = s.open()
	same(s, "waiting", s.waitingNow(), ops[1:])
	cursor, err := s.s.Cursor(ctx)
	s.ok(err)
	same(s, "cursor", cursor, 3)
	next := s.append("s3")[0]
	same(s, "next id", next.ID(), annotation.OpID{Device: ops[0].Device, Seq: 3})
	same(s, "next lamport", next.Lamport, 9)
}

func (s *suite) closed() {
	s.ok(s.s.Close())
	s.ok(s.s.Close())
	if _, err := s.s.Append(ctx, drafts("s1")); !errors.Is(err, sync.ErrStorage) {
		s.Errorf("append to a closed database: %v", err)
	}
	if _, err := s.s.Waiting(ctx, 1); !errors.Is(err, sync.ErrStorage) {
		s.Errorf("reading a closed database: %v", err)
	}
}
