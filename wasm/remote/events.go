//go:build js && wasm

package remote

import (
	"context"
	"encoding/json"
	"net/url"
	"strconv"
	"syscall/js"
	"time"

	"hashiya/app/wire"
)

// opening bounds how long the live stream may take to its first message, which
// the server sends at once, before the long poll is tried: some proxies open a
// stream and hold back what it says until it ends.
const opening = 15 * time.Second

// Events implements sync.Remote: by the live stream, or where it stays silent
// by asking again and again.
func (s *Server) Events(ctx context.Context, after uint64, fn func(events []wire.Event, cursor uint64) error) error {
	if !s.silent {
		live, silent, err := s.stream(ctx, after, fn)
		if live || err != nil {
			return err
		}
		s.silent = silent
	}
	return s.poll(ctx, after, fn)
}

func (s *Server) eventsPath(after uint64) string {
	path := "/api/events?after=" + strconv.FormatUint(after, 10)
	if s.user != "" {
		path += "&user=" + url.QueryEscape(s.user)
	}
	return path
}

// message is one thing that the stream said.
type message struct {
	beat   bool
	data   string
	closed bool
}

// stream follows the live stream. live is false when nothing ever came through
// it; silent then tells that it was not refused either, but held back.
func (s *Server) stream(ctx context.Context, after uint64, fn func([]wire.Event, uint64) error) (live, silent bool, err error) {
	source := js.Global().Get("EventSource").New(s.eventsPath(after))
	defer source.Call("close")
	// Callbacks of the browser must not block; what they say waits here in
	// order.
	inbox := newQueue()
	listen := func(event string, take func(e js.Value) message) {
		f := js.FuncOf(func(_ js.Value, args []js.Value) any {
			inbox.put(take(args[0]))
			return nil
		})
		source.Call("addEventListener", event, f)
		context.AfterFunc(inbox.ended, func() {
			source.Call("removeEventListener", event, f)
			f.Release()
		})
	}
	defer inbox.end()
	listen("beat", func(js.Value) message { return message{beat: true} })
	listen("message", func(e js.Value) message { return message{data: e.Get("data").String()} })
	listen("error", func(js.Value) message { return message{closed: true} })

	cursor := after
	patience := time.NewTimer(s.opening)
	defer patience.Stop()
	for {
		select {
		case <-ctx.Done():
			return live, false, ctx.Err()
		case <-patience.C:
			return false, true, nil
		case <-inbox.filled:
		}
		for _, m := range inbox.take() {
			switch {
			case m.closed:
				// The browser would reconnect by itself, with no word of why it has to.
				// Asking who is signed in tells, or the poll if the stream was refused.
				_, err := s.Me(ctx)
				return live, false, err
			case m.beat:
				err = fn(nil, cursor)
			default:
				var batch wire.Events
				if err = json.Unmarshal([]byte(m.data), &batch); err == nil {
					cursor = batch.Cursor
					err = fn(batch.Events, batch.Cursor)
				}
			}
			if err != nil {
				return live, false, err
			}
			if !live {
				live = true
				patience.Stop()
			}
		}
	}
}

// poll asks for what came, each time until there is something or the server
// says that there is nothing yet.
func (s *Server) poll(ctx context.Context, after uint64, fn func([]wire.Event, uint64) error) error {
	// The first poll may say nothing for long; that the server is there is known
	// sooner.
	if _, err := s.Me(ctx); err != nil {
		return err
	}
	if err := fn(nil, after); err != nil {
		return err
	}
	for {
		var batch wire.Events
		if err := s.call(ctx, "GET", s.eventsPath(after)+"&poll=1", nil, &batch); err != nil {
			return err
		}
		if err := fn(batch.Events, batch.Cursor); err != nil {
			return err
		}
		after = batch.Cursor
	}
}

// queue hands messages from the browser's callbacks to a goroutine. It is used
// on one thread only, as all of js/wasm is.
type queue struct {
	list   []message
	filled chan struct{}
	ended  context.Context
	end    context.CancelFunc
}

func newQueue() *queue {
	q := &queue{filled: make(chan struct{}, 1)}
	q.ended, q.end = context.WithCancel(context.Background())
	return q
}

func (q *queue) put(m message) {
	q.list = append(q.list, m)
	select {
	case q.filled <- struct{}{}:
	default:
	}
}

func (q *queue) take() []message {
	list := q.list
	q.list = nil
	return list
}
