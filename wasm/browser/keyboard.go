//go:build js && wasm

package browser

import "syscall/js"

// KeyLetter implements client.Browser.
func (b *Browser) KeyLetter(code string) string { return b.letters[code] }

// askLetters reads the layout once; it is there before the first screen needs
// it. Chromium tells, other browsers don't.
func (b *Browser) askLetters() {
	keyboard := b.window.Get("navigator").Get("keyboard")
	if keyboard.IsUndefined() || keyboard.Get("getLayoutMap").IsUndefined() {
		return
	}
	settle(keyboard.Call("getLayoutMap"), func(layout js.Value, ok bool) {
		if !ok {
			return
		}
		letters := map[string]string{}
		keys := b.window.Get("Array").Call("from", layout)
		for i := range keys.Length() {
			letters[keys.Index(i).Index(0).String()] = keys.Index(i).Index(1).String()
		}
		b.letters = letters
	})
}
