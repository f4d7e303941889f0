//go:build js && wasm

// Package tabs lets the tabs of one browser agree on which of them talks to
// the server.
package tabs

import (
	"context"
	"syscall/js"

	"hashiya/app/sync"
	"hashiya/wasm/jsx"
)

// Leader returns the election among the tabs in which the user works, by the
// Web Locks API: the browser frees the lock when a tab dies, however it dies.
// A browser without locks lets every tab lead, which is safe since pushes are
// idempotent.
func Leader(user string) sync.Leader { return leader{"hashiya-push-" + user} }

type leader struct{ lock string }

// Lead implements sync.Leader.
func (l leader) Lead(ctx context.Context, fn func(ctx context.Context) error) error {
	locks := js.Global().Get("navigator").Get("locks")
	if !locks.Truthy() {
		return fn(ctx)
	}
	abort := js.Global().Get("AbortController").New()
	options := js.Global().Get("Object").New()
	options.Set("signal", abort.Get("signal"))

	// The lock is held until the promise that its callback returns is settled.
	got, free := make(chan struct{}), js.Undefined()
	hold := js.FuncOf(func(_ js.Value, args []js.Value) any {
		executor := js.FuncOf(func(_ js.Value, args []js.Value) any {
			free = args[0]
			return nil
		})
		defer executor.Release()
		promise := js.Global().Get("Promise").New(executor)
		close(got)
		return promise
	})
	asked, ask := context.WithCancelCause(context.Background())
	go func() {
		defer hold.Release()
		_, err := jsx.Await(context.Background(), locks.Call("request", l.lock, options, hold))
		ask(err)
	}()
	select {
	case <-got:
	case <-asked.Done():
		return context.Cause(asked)
	case <-ctx.Done():
		abort.Call("abort")
		select {
		case <-got: // granted in the same moment
			free.Invoke()
		case <-asked.Done():
		}
		return ctx.Err()
	}
	defer func() { free.Invoke() }()
	return fn(ctx)
}
