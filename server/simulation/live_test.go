package simulation

import (
	"encoding/json"
	"slices"
	"time"

	"hashiya/app/wire"
)

// conn is one live connection.
type conn struct {
	tab     *tab
	session *session // whose it was when it was opened
	cursor  uint64   // of the server's end
	inbox   chan message
	left    bool // the client is gone; under world.mu
	silent  bool // nothing comes through any more, and nobody says so
	due     bool // a look for news is planned
}

// message is one thing that the stream said.
type message struct {
	events []wire.Event
	cursor uint64
	beat   bool // a sign of life, and no more
	closed bool
}

// beatTime is the server's, between signs of life.
const beatTime = 25 * time.Second

// connect is the request for a live connection, at the server.
func (w *world) connect(q *request) {
	c := q.live
	if q.ended || w.hasLeft(c) || slices.Contains(w.conns, c) { // a late or doubled one: its client reads no more
		return
	}
	batch, a := w.host.next(q.path, q.token)
	w.note(w.now, "%s: %d, %d events up to %d", q, a.status, len(batch.Events), batch.Cursor)
	if a.status != 200 {
		w.back(q, a)
		return
	}
	q.ended = true
	c.session, c.cursor = q.tab.machine.session, batch.Cursor
	w.conns = append(w.conns, c)
	w.awake(func() {
		w.say(c, message{events: batch.Events, cursor: batch.Cursor})
		w.look(c, len(batch.Events))
		w.beat(c)
	})
}

func (w *world) hasLeft(c *conn) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return c.left
}

// open reports whether the connection is still there, and forgets it if not.
func (w *world) open(c *conn) bool {
	at := slices.Index(w.conns, c)
	if at >= 0 && w.hasLeft(c) {
		w.conns = slices.Delete(w.conns, at, at+1)
		at = -1
	}
	return at >= 0
}

// say delivers what the server said, in order: a live connection is one stream.
func (w *world) say(c *conn, m message) {
	c.cursor = max(c.cursor, m.cursor)
	if c.tab.machine.link.down || w.chance(c.tab.machine.link.bad/4) {
		if !c.silent {
			w.count("live connections gone silent", 1)
		}
		c.silent = true
	}
	if !c.silent {
		w.count("events delivered", len(m.events))
		c.put(m)
	}
}

// put never blocks: a client that has left leaves its last message unread.
func (c *conn) put(m message) {
	select {
	case c.inbox <- m:
	default:
	}
}

// beat keeps the connection alive, and ends it when its session has ended.
func (w *world) beat(c *conn) {
	w.timer(beatTime, func() {
		if !w.open(c) {
			return
		}
		if c.session.ended {
			w.close(c)
			return
		}
		w.say(c, message{beat: true})
		w.beat(c)
	})
}

// close ends a connection from the server's side.
func (w *world) close(c *conn) {
	if w.open(c) {
		w.conns = slices.Delete(w.conns, slices.Index(w.conns, c), slices.Index(w.conns, c)+1)
		if !c.silent {
			w.in(time.Second, func() { w.awake(func() { c.put(message{closed: true}) }) })
		}
	}
}

// grown plans a look for news at the connections of the user; of everybody, for
// "".
func (w *world) grown(user string) {
	for _, c := range w.conns {
		if user == "" || c.session.user == user {
			w.look(c, 1)
		}
	}
}

// look plans a look for news, where there may be some.
func (w *world) look(c *conn, news int) {
	if !c.due && news > 0 {
		c.due = true
		w.in(w.between(5*time.Millisecond, 300*time.Millisecond), func() { w.awake(func() { w.feed(c) }) })
	}
}

// feed sends what is new.
func (w *world) feed(c *conn) {
	c.due = false
	if !w.open(c) || !w.host.up || c.silent || c.session.ended {
		return
	}
	batch, a := w.host.next("/api/events?after="+itoa(c.cursor), c.session.token)
	w.note(w.now, "%s hears %d events up to %d", c.tab.name, len(batch.Events), batch.Cursor)
	if a.status != 200 {
		w.close(c)
		return
	}
	if len(batch.Events) > 0 {
		w.say(c, message{events: batch.Events, cursor: batch.Cursor})
		w.look(c, len(batch.Events))
	}
}

func decodeBatch(b []byte) (batch wire.Events, err error) { return batch, json.Unmarshal(b, &batch) }
