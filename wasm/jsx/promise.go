//go:build js && wasm

// Package jsx waits for what the browser promises.
package jsx

import (
	"context"
	"syscall/js"
)

// Error is what a promise was rejected with.
type Error struct{ Value js.Value }

// Error returns the name and the message, as a DOMException has them.
func (e Error) Error() string {
	if e.Value.Type() != js.TypeObject {
		return e.Value.String()
	}
	return e.Name() + ": " + e.Value.Get("message").String()
}

// Name returns the kind of error: "AbortError", "QuotaExceededError" …
func (e Error) Name() string {
	if e.Value.Type() != js.TypeObject {
		return ""
	}
	return e.Value.Get("name").String()
}

// Await waits until the promise settles, or ctx ends; the promise goes on then.
// It blocks the calling goroutine and must not be called from a js.Func.
func Await(ctx context.Context, promise js.Value) (js.Value, error) {
	type outcome struct {
		value js.Value
		err   error
	}
	done := make(chan outcome, 1)
	var fulfilled, rejected js.Func
	settle := func(o outcome) any {
		fulfilled.Release()
		rejected.Release()
		done <- o
		return nil
	}
	fulfilled = js.FuncOf(func(_ js.Value, args []js.Value) any {
		v := js.Undefined()
		if len(args) > 0 {
			v = args[0]
		}
		return settle(outcome{value: v})
	})
	rejected = js.FuncOf(func(_ js.Value, args []js.Value) any {
		return settle(outcome{err: Error{args[0]}})
	})
	promise.Call("then", fulfilled, rejected)
	select {
	case o := <-done:
		return o.value, o.err
	case <-ctx.Done():
		return js.Undefined(), ctx.Err()
	}
}
