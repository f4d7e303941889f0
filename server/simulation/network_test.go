package simulation

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"hashiya/app/sync"
	"hashiya/app/wire"
)

// link is a machine's way to the server.
type link struct {
	down   bool
	bad    float64       // the chance that something happens to a message
	latest time.Duration // of a message that is held back somewhere on the way
}

var good = link{latest: time.Second}

// request is one request on its way.
type request struct {
	tab     *tab
	method  string
	path    string
	body    []byte
	push    wire.PushRequest // what body is, if it is one
	token   string
	timeout time.Duration // of the client
	answer  chan answer   // takes the one answer without blocking
	ended   bool          // it was answered, or the client has given up
	live    *conn         // what it opens, for a live connection
}

// answer is what the client gets: status 0 for no answer, err says why.
type answer struct {
	status int
	body   []byte
	err    error
}

func (q *request) String() string { return fmt.Sprintf("%s %s %s", q.tab.name, q.method, q.path) }

// send decides what becomes of a request.
func (w *world) send(q *request) {
	q.token = q.tab.machine.session.token
	l := &q.tab.machine.link
	w.count("requests", 1)
	if l.down {
		w.note(w.now, "%s finds no way", q)
		w.in(10*time.Millisecond, func() { w.reply(q, answer{err: fmt.Errorf("%w: no route", sync.ErrOffline)}) })
		return
	}
	w.timer(q.timeout, func() { w.reply(q, answer{err: fmt.Errorf("%w: no answer in time", sync.ErrOffline)}) })
	delay := w.between(5*time.Millisecond, 300*time.Millisecond)
	if w.chance(l.bad) {
		switch w.rng.IntN(4) {
		case 0:
			w.note(w.now, "%s is lost", q)
			w.count("requests lost", 1)
			return
		case 1:
			w.count("requests doubled", 1)
			w.in(w.between(time.Millisecond, l.latest), func() { w.arrive(q) })
		default:
			w.count("requests late", 1)
			delay = w.between(time.Second, l.latest)
		}
	}
	w.note(w.now, "%s", q)
	if len(q.body) > 0 {
		w.flying = append(w.flying, q)
	}
	w.in(delay, func() { w.arrive(q) })
}

// arrive is the request at the server.
func (w *world) arrive(q *request) {
	w.flying = slices.DeleteFunc(w.flying, func(f *request) bool { return f == q })
	if !w.host.up {
		w.back(q, answer{err: fmt.Errorf("%w: connection refused", sync.ErrOffline)})
		return
	}
	if q.live != nil {
		w.connect(q)
		return
	}
	if len(q.body) > 0 && !w.well && w.chance(0.05) {
		w.race(q)
	}
	a, crashed := answer{}, false
	if len(q.body) > 0 && !w.well && w.chance(0.01) {
		a, crashed = w.crashIn(q)
	} else {
		a = w.host.serve(q)
	}
	if crashed {
		return // nobody answers
	}
	w.note(w.now, "%s: %d", q, a.status) // not the body: it can name a folder, or the log
	w.acknowledge(q, a)
	w.back(q, a)
}

// race has another push decided upon, and appended, between the decision about q
// and its append: one that is on its way, or q once more.
func (w *world) race(q *request) {
	other := q
	if len(w.flying) > 0 && w.chance(0.7) {
		other = pick(w, w.flying)
	}
	w.note(w.now, "%s comes in between", other)
	w.count("pushes that race", 1)
	w.host.meanwhile = func() {
		w.acknowledge(other, w.host.answer(other.method, other.path, other.token, other.body))
	}
}

// back sends the answer.
func (w *world) back(q *request, a answer) {
	l := &q.tab.machine.link
	delay := w.between(5*time.Millisecond, 300*time.Millisecond)
	if l.down || w.chance(l.bad) {
		if l.down || w.chance(0.5) {
			w.note(w.now, "the answer to %s is lost", q)
			w.count("answers lost", 1)
			return
		}
		w.count("answers late", 1)
		delay = w.between(time.Second, l.latest)
	}
	w.in(delay, func() { w.reply(q, a) })
}

// reply is the answer at the client.
func (w *world) reply(q *request, a answer) {
	w.awake(func() {
		if !q.ended {
			q.ended = true
			q.answer <- a
		}
	})
}

// outcome is what an answer means to a client, as wasm/remote reads it.
func (a answer) outcome(out any) error {
	if a.status == 0 {
		return a.err
	}
	if a.status < 300 {
		return json.Unmarshal(a.body, out)
	}
	var p wire.Problem
	if err := json.Unmarshal(a.body, &p); err != nil || p.Title == "" {
		return fmt.Errorf("the server answered %d with what is no problem: %s", a.status, a.body)
	}
	if a.status == 401 && p.Code == "unauthorized" {
		return fmt.Errorf("%w: %w", sync.ErrSignedOut, &p)
	}
	return &p
}
