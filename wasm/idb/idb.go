//go:build js && wasm

package idb

import (
	"context"
	"errors"
	"fmt"
	stdsync "sync"
	"syscall/js"
	"time"

	"hashiya/app/sync"
)

// Store is one tab's hold of a user's database. Safe for concurrent use.
type Store struct {
	user    string
	db      js.Value
	channel js.Value // to the user's other tabs; undefined where the browser has none
	changed chan struct{}
	funcs   []js.Func
	gone    error // why the database can't be used any more
	closing stdsync.Once
}

var _ sync.Store = (*Store)(nil)

// version is that of the schema in upgrade.
const version = 1

// blockedTime is how long other tabs have to let go of an older schema.
const blockedTime = 5 * time.Second

// Open opens the user's database on this device, which is made on first use.
// The error wraps sync.ErrStorage or sync.ErrQuota and is for people.
func Open(ctx context.Context, user string) (*Store, error) {
	return open(ctx, user, version)
}

func open(ctx context.Context, user string, version int) (*Store, error) {
	s := &Store{user: user, changed: make(chan struct{}, 1)}
	if err := s.connect(ctx, version); err != nil {
		return nil, err
	}
	s.listen()
	return s, nil
}

func name(user string) string { return "hashiya-" + user }

// connect awaits the database. The request can't be taken back: a connection
// that comes too late is closed.
func (s *Store) connect(ctx context.Context, version int) error {
	const doing = "opening it"
	factory := js.Global().Get("indexedDB")
	if !factory.Truthy() {
		return failure(doing, errors.New("this browser has none here; a private window may be why"))
	}
	var request js.Value
	if err := try(func() { request = factory.Call("open", name(s.user), version) }); err != nil {
		return failure(doing, err)
	}
	opened, blocked := make(chan error, 1), make(chan struct{}, 1)
	late := false
	var funcs []js.Func
	on := func(event string, fn func()) {
		f := js.FuncOf(func(js.Value, []js.Value) any {
			fn()
			return nil
		})
		funcs = append(funcs, f)
		request.Set(event, f)
	}
	end := func(err error) {
		for _, f := range funcs {
			f.Release()
		}
		opened <- err
	}
	on("onupgradeneeded", func() {
		if err := try(func() { upgrade(request.Get("result")) }); err != nil {
			_ = try(func() { request.Get("transaction").Call("abort") })
		}
	})
	on("onblocked", func() { blocked <- struct{}{} })
	on("onerror", func() { end(js.Error{Value: request.Get("error")}) })
	on("onsuccess", func() {
		if s.db = request.Get("result"); late {
			s.db.Call("close")
		}
		end(nil)
	})

	var tooLong <-chan time.Time
	for {
		select {
		case err := <-opened:
			if e, ok := err.(js.Error); ok && e.Value.Get("name").String() == "VersionError" {
				return failure(doing, errors.New("a newer version of Hashiya has changed it: reload this page"))
			}
			if err != nil {
				return failure(doing, err)
			}
			return nil
		case <-blocked:
			tooLong = time.After(blockedTime)
		case <-tooLong:
			late = true
			return failure(doing, errors.New("another tab holds it with an older version of Hashiya: close the other tabs, then try again"))
		case <-ctx.Done():
			late = true
			return ctx.Err()
		}
	}
}

// upgrade makes the schema of version 1.
//
//	ops       made here: key [device, seq]; n orders them, state indexes them
//	received  from the server: key [device, seq]
//	meta      head, cursor, link, suggestions; projects, lists, articles: the cache, as JSON
func upgrade(db js.Value) {
	ops := db.Call("createObjectStore", "ops", map[string]any{"keyPath": []any{"device", "seq"}})
	ops.Call("createIndex", "state", []any{"state", "n"})
	ops.Call("createIndex", "article", []any{"project", "article", "n"})
	received := db.Call("createObjectStore", "received", map[string]any{"keyPath": []any{"device", "seq"}})
	received.Call("createIndex", "article", []any{"project", "article", "pos", "seq"})
	for _, name := range []string{"meta", "projects", "lists", "articles"} {
		db.Call("createObjectStore", name)
	}
}

// listen hears other tabs, and the browser taking the database away.
func (s *Store) listen() {
	on := func(target js.Value, event string, fn func()) {
		f := js.FuncOf(func(js.Value, []js.Value) any {
			fn()
			return nil
		})
		s.funcs = append(s.funcs, f)
		target.Set(event, f)
	}
	on(s.db, "onversionchange", func() {
		// Another tab waits for this one to let go.
		s.lose("a newer version of Hashiya is open in another tab: reload this page")
	})
	on(s.db, "onclose", func() { s.lose("the browser closed it: reload this page") })
	if class := js.Global().Get("BroadcastChannel"); class.Truthy() {
		s.channel = class.New(name(s.user))
		on(s.channel, "onmessage", s.signal)
	}
}

// lose ends the use of the database, and lets the outbox find out.
func (s *Store) lose(why string) {
	if s.gone == nil {
		s.gone = fmt.Errorf("%w: %s", sync.ErrStorage, why)
		s.db.Call("close")
		s.signal()
	}
}

func (s *Store) signal() {
	select {
	case s.changed <- struct{}{}:
	default:
	}
}

// tell says to this and the other tabs that the database has changed.
func (s *Store) tell() {
	s.signal()
	if s.channel.Truthy() && s.gone == nil {
		s.channel.Call("postMessage", 1)
	}
}

// Changed implements sync.Store.
func (s *Store) Changed() <-chan struct{} { return s.changed }

// Close implements sync.Store. Transactions that run come to their end.
func (s *Store) Close() error {
	s.closing.Do(func() {
		s.lose("this tab closed it")
		if s.channel.Truthy() {
			s.channel.Call("close")
		}
		s.db.Set("onversionchange", nil)
		s.db.Set("onclose", nil)
		for _, f := range s.funcs {
			f.Release()
		}
	})
	return nil
}
