//go:build js && wasm

package surface

import (
	"syscall/js"

	"hashiya/app/ui/reading"
)

// listenToKeyboard reports keys. Nothing is ever typed here, so text being composed
// by an input method is left alone.
func (p *page) listenToKeyboard() {
	p.listen(p.host, "focus", func(js.Value) {
		p.emit(func(on reading.SurfaceEvents) { on.FocusChanged(true) })
	})
	p.listen(p.host, "blur", func(js.Value) {
		p.emit(func(on reading.SurfaceEvents) { on.FocusChanged(false) })
	})
	p.listen(p.host, "copy", p.copySelection)
	p.listen(p.host, "keydown", func(e js.Value) {
		// A fold's heading has keys of its own.
		if !e.Get("target").Equal(p.host) || e.Get("isComposing").Bool() {
			return
		}
		k := reading.Key{
			Code: e.Get("code").String(), Key: e.Get("key").String(),
			Shift: e.Get("shiftKey").Bool(), Alt: e.Get("altKey").Bool(),
			Ctrl: e.Get("ctrlKey").Bool(), Meta: e.Get("metaKey").Bool(),
			Repeat: e.Get("repeat").Bool(),
		}
		p.after = append(p.after, func() {
			if p.on.Key(k) {
				e.Call("preventDefault")
			}
		})
	})
}

// focusHost gives the host the keyboard once the lock is free: the browser reports
// the focus before focus() returns.
func (p *page) focusHost() {
	p.after = append(p.after, func() {
		p.host.Call("focus", map[string]any{"preventScroll": true})
	})
}

// copySelection copies our selection, unless the browser has one of its own.
func (p *page) copySelection(e js.Value) {
	s := p.selected()
	if s.start == s.end || !p.dom.selection.Get("isCollapsed").Bool() {
		return
	}
	e.Get("clipboardData").Call("setData", "text/plain", p.index.Slice(s.start, s.end))
	e.Call("preventDefault")
}
