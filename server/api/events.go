package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"hashiya/app/wire"
	"hashiya/server/access"
	"hashiya/server/view"
)

const (
	beatTime    = 25 * time.Second // between signs of life, and the longest long-poll
	writeTime   = 10 * time.Second // that a client has to take a batch
	batchEvents = 500
)

// connections counts the live connections, so that they stay bounded.
type connections struct {
	mu    sync.Mutex
	all   int
	users map[string]int
}

func (c *connections) enter(user string, limits *Limits) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.all >= limits.Live:
		return problem(http.StatusServiceUnavailable, "connections", "the server holds %d live connections, its most: try again in a minute", c.all)
	case c.users[user] >= limits.LivePerAccount:
		return problem(http.StatusTooManyRequests, "connections", "%s has %d live connections, the most for one account: close a tab", user, c.users[user])
	}
	if c.users == nil {
		c.users = map[string]int{}
	}
	c.all++
	c.users[user]++
	return nil
}

func (c *connections) leave(user string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.all--
	if c.users[user]--; c.users[user] == 0 {
		delete(c.users, user)
	}
}

// events is the live stream of what happened after a position, or with poll=1
// one batch of it, awaited for at most beatTime.
//
// Each connection reads the view for itself when it is woken, and is woken
// without being waited for: a slow one is late, and holds up nobody.
func (s *Server) events(w http.ResponseWriter, r *http.Request, u access.User) error {
	// A session of somebody else would move the client's cursor past what it was
	// never shown.
	if of := r.URL.Query().Get("user"); of != "" && of != u.Name {
		return problem(http.StatusUnauthorized, "unauthorized", "this asks for the work of %s, and %s is signed in: sign in as %s", of, u.Name, of)
	}
	after, err := position(r, "after")
	if err != nil {
		return err
	}
	// A reconnecting EventSource repeats its first URL, and says here how far
	// it got.
	if id := r.Header.Get("Last-Event-ID"); id != "" {
		if after, err = strconv.ParseUint(id, 10, 64); err != nil {
			return problem(http.StatusBadRequest, "position", "Last-Event-ID is %q, want a position of this stream", id)
		}
	}
	if err := s.conns.enter(u.Name, &s.limits); err != nil {
		retryAfter(w, "60")
		return err
	}
	defer s.conns.leave(u.Name)
	woken, cancel := s.view.Subscribe(u.Name)
	defer cancel()
	f := feed{s: s, r: r, user: u, after: after, woken: woken}
	if r.URL.Query().Get("poll") == "1" {
		return f.poll(w)
	}
	return f.stream(w)
}

func position(r *http.Request, name string) (uint64, error) {
	v := r.URL.Query().Get(name)
	if v == "" {
		return 0, nil
	}
	pos, err := strconv.ParseUint(v, 10, 64)
	if err != nil {
		return 0, problem(http.StatusBadRequest, "position", "%s is %q, want a position in the log", name, v)
	}
	return pos, nil
}

// feed is one live connection.
type feed struct {
	s     *Server
	r     *http.Request
	user  access.User
	after uint64
	woken <-chan struct{}
}

// next reads the next batch and moves on behind it; more: there is another one
// at once. A client that is ahead of
// the log was served by one that is gone (the server was restored from a
// backup): it gets everything again, which it knows how to merge.
func (f *feed) next() (batch wire.Events, more bool, err error) {
	err = f.s.view.Read(f.r.Context(), func(snap view.Snapshot) error {
		cursor, err := snap.Cursor()
		if err != nil {
			return err
		}
		if f.after > cursor {
			f.after = 0
		}
		batch, err = snap.Events(f.user.Name, f.after, batchEvents)
		more = batch.Cursor < cursor
		return err
	})
	f.after = batch.Cursor
	return batch, more, err
}

func (f *feed) poll(w http.ResponseWriter) error {
	deadline(w, beatTime+writeTime)
	end := time.NewTimer(beatTime)
	defer end.Stop()
	for {
		batch, _, err := f.next()
		if err != nil {
			return err
		}
		if len(batch.Events) > 0 {
			return reply(w, http.StatusOK, batch)
		}
		select {
		case <-f.woken:
		case <-end.C:
			return reply(w, http.StatusOK, batch)
		case <-f.s.stop:
			return reply(w, http.StatusOK, batch)
		case <-f.r.Context().Done():
			return f.r.Context().Err()
		}
	}
}

func (f *feed) stream(w http.ResponseWriter) error {
	c := http.NewResponseController(w)
	c.SetReadDeadline(time.Time{})
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	beat := time.NewTicker(beatTime)
	defer beat.Stop()
	var buf bytes.Buffer
	// The first batch is sent also when it is empty: it says that there is
	// nothing to wait for.
	for first := true; ; first = false {
		batch, more, err := f.next()
		if err != nil && first {
			return err
		}
		if err != nil {
			f.s.logger.Error("live stream ended", "error", err)
			return nil
		}
		if first || len(batch.Events) > 0 {
			buf.Reset()
			data, err := json.Marshal(batch)
			if err != nil {
				return err
			}
			fmt.Fprintf(&buf, "id: %d\ndata: %s\n\n", batch.Cursor, data)
			if send(c, w, buf.Bytes()) != nil {
				return nil
			}
		}
		if more {
			continue
		}
		if !f.wait(c, w, beat) {
			return nil
		}
	}
}

// wait keeps the connection alive until there may be news; false where it has
// ended.
func (f *feed) wait(c *http.ResponseController, w http.ResponseWriter, beat *time.Ticker) bool {
	for {
		select {
		case <-f.woken:
			return true
		case <-beat.C:
			// Who signed out, or changed the password elsewhere, sees no more.
			if now, err := f.s.who(f.r); err != nil || now.Name != f.user.Name {
				return false
			}
			if send(c, w, []byte(": beat\nevent: beat\ndata: {}\n\n")) != nil {
				return false
			}
		case <-f.s.stop:
			return false
		case <-f.r.Context().Done():
			return false
		}
	}
}

// send writes and flushes, and gives up on a client that does not read.
func send(c *http.ResponseController, w http.ResponseWriter, b []byte) error {
	c.SetWriteDeadline(time.Now().Add(writeTime))
	if _, err := w.Write(b); err != nil {
		return err
	}
	return c.Flush()
}
