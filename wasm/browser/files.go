//go:build js && wasm

package browser

import "syscall/js"

// Download implements client.Browser.
func (b *Browser) Download(name, mediaType string, content []byte) {
	bytes := b.window.Get("Uint8Array").New(len(content))
	js.CopyBytesToJS(bytes, content)
	blob := b.window.Get("Blob").New([]any{bytes}, map[string]any{"type": mediaType})
	address := b.window.Get("URL").Call("createObjectURL", blob)
	link := b.window.Get("document").Call("createElement", "a")
	link.Set("href", address)
	link.Set("download", name)
	link.Call("click")
	// Revoking at once would cancel the download in some browsers.
	var revoke js.Func
	revoke = js.FuncOf(func(js.Value, []js.Value) any {
		b.window.Get("URL").Call("revokeObjectURL", address)
		revoke.Release()
		return nil
	})
	b.window.Call("setTimeout", revoke, 60_000)
}

// Persist implements client.Browser.
func (b *Browser) Persist(fn func(granted bool, used, quota int64)) {
	storage := b.window.Get("navigator").Get("storage")
	if storage.IsUndefined() || storage.Get("persist").IsUndefined() { // not a secure context
		go fn(false, 0, 0)
		return
	}
	settle(storage.Call("persist"), func(granted js.Value, ok bool) {
		settle(storage.Call("estimate"), func(room js.Value, known bool) {
			var used, quota int64
			if known {
				used, quota = number(room.Get("usage")), number(room.Get("quota"))
			}
			fn(ok && granted.Truthy(), used, quota)
		})
	})
}

func number(v js.Value) int64 {
	if v.Type() != js.TypeNumber {
		return 0
	}
	return int64(v.Float())
}

// settle calls fn with what the promise becomes; ok is false where it was
// rejected.
func settle(promise js.Value, fn func(v js.Value, ok bool)) {
	var yes, no js.Func
	end := func(args []js.Value, ok bool) any {
		yes.Release()
		no.Release()
		v := js.Undefined()
		if len(args) > 0 {
			v = args[0]
		}
		go fn(v, ok)
		return nil
	}
	yes = js.FuncOf(func(_ js.Value, args []js.Value) any { return end(args, true) })
	no = js.FuncOf(func(_ js.Value, args []js.Value) any { return end(args, false) })
	promise.Call("then", yes, no)
}
