//go:build js && wasm

package idb

import (
	"context"
	"encoding/json"
	"fmt"
	"syscall/js"

	"hashiya/app/sync"
)

// How a transaction commits. What can't be had again from the server, or by
// doing the same once more, is strict: it is on the disk before it is complete.
const (
	strict  = "strict"
	relaxed = "relaxed"
)

var parse, stringify = js.Global().Get("JSON").Get("parse"), js.Global().Get("JSON").Get("stringify")

// tx is one IndexedDB transaction. It lives only while a callback of one of its
// own requests runs, so everything in it is done in callbacks, never after
// waiting for anything else.
type tx struct {
	v     js.Value
	funcs []js.Func
	err   error // why this program gave it up
}

// read runs body in a transaction that changes nothing.
func (s *Store) read(ctx context.Context, doing string, body func(*tx), stores ...any) error {
	return s.run(ctx, doing, stores, "readonly", relaxed, body)
}

// write runs body in a transaction and tells all tabs once it is complete. On
// an error nothing of it was done.
func (s *Store) write(ctx context.Context, doing, durability string, body func(*tx), stores ...any) error {
	err := s.run(ctx, doing, stores, "readwrite", durability, body)
	if err == nil {
		s.tell()
	}
	return err
}

func (s *Store) run(ctx context.Context, doing string, stores []any, mode, durability string, body func(*tx)) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if s.gone != nil {
		return s.gone
	}
	t := &tx{}
	defer t.release()
	ended := make(chan error, 1)
	if err := try(func() {
		t.v = s.db.Call("transaction", stores, mode, map[string]any{"durability": durability})
		t.on(t.v, "oncomplete", func() { ended <- nil })
		t.on(t.v, "onabort", func() { ended <- t.reason() })
		t.do(func() { body(t) })
	}); err != nil {
		return failure(doing, err)
	}
	var err error
	select {
	case err = <-ended:
	case <-ctx.Done():
		t.abort(ctx.Err())
		err = <-ended // nil: it was too late to stop it
	}
	if err != nil && err != ctx.Err() {
		return failure(doing, err)
	}
	return err
}

func (t *tx) release() {
	for _, f := range t.funcs {
		f.Release()
	}
}

// on sets an event handler, for as long as the transaction lives.
func (t *tx) on(target js.Value, event string, fn func()) {
	f := js.FuncOf(func(js.Value, []js.Value) any {
		fn()
		return nil
	})
	t.funcs = append(t.funcs, f)
	target.Set(event, f)
}

// do runs fn, and gives the transaction up when JavaScript throws in it.
func (t *tx) do(fn func()) {
	if err := try(fn); err != nil {
		t.abort(err)
	}
}

// abort gives the transaction up; a transaction that is over stays as it is.
func (t *tx) abort(err error) {
	if t.err == nil {
		t.err = err
	}
	_ = try(func() { t.v.Call("abort") })
}

func (t *tx) reason() error {
	if t.err != nil {
		return t.err
	}
	if e := t.v.Get("error"); e.Truthy() {
		return js.Error{Value: e}
	}
	return fmt.Errorf("the browser gave it up")
}

// result calls fn with what the request found.
func (t *tx) result(request js.Value, fn func(js.Value)) {
	t.on(request, "onsuccess", func() {
		t.do(func() { fn(request.Get("result")) })
	})
}

func (t *tx) store(name string) js.Value { return t.v.Call("objectStore", name) }

// text calls fn with the string at a key, "" for none.
func (t *tx) text(store string, key any, fn func(string)) {
	t.result(t.store(store).Call("get", key), func(v js.Value) {
		if v.IsUndefined() {
			fn("")
		} else {
			fn(v.String())
		}
	})
}

// decode reads JSON that this package wrote.
func (t *tx) decode(text string, out any) {
	if err := json.Unmarshal([]byte(text), out); err != nil {
		t.abort(fmt.Errorf("what it holds is damaged: %w", err))
	}
}

// encode writes values that always marshal.
func encode(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic("idb: an op or a list always marshals: " + err.Error())
	}
	return string(b)
}

// try returns what JavaScript throws in fn.
func try(fn func()) (err error) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case js.Error:
			err = e
		default:
			panic(e)
		}
	}()
	fn()
	return nil
}

// failure says for people what went wrong, and keeps the browser's name for it.
func failure(doing string, err error) error {
	kind := sync.ErrStorage
	if e, ok := err.(js.Error); ok {
		name := e.Value.Get("name").String()
		if name == "QuotaExceededError" {
			kind = sync.ErrQuota
		}
		err = fmt.Errorf("%s: %s", name, e.Value.Get("message").String())
	}
	return fmt.Errorf("%w (%s: %w)", kind, doing, err)
}
