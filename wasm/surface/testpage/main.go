//go:build js && wasm

// Command testpage puts a surface on a page for the tests of package surface: it
// passes the methods on to window.surface and records the events in window.events.
package main

import (
	"encoding/json"
	"syscall/js"

	"hashiya/app/ui/reading"
	"hashiya/wasm/surface"
)

func main() {
	queue := make(chan func(), 1024)
	s := surface.New(func(f func()) { queue <- f })
	events := js.Global().Get("Array").New()
	record := func(kind string, fields map[string]any) {
		fields["kind"] = kind
		events.Call("push", fields)
	}
	on := reading.SurfaceEvents{
		Select: func(start, end int, raw bool) {
			record("select", map[string]any{"start": start, "end": end, "raw": raw})
		},
		Resize: func(start, end int) { record("resize", map[string]any{"start": start, "end": end}) },
		Tap: func(at int, marks []string, touch bool) {
			ids := make([]any, len(marks))
			for i, id := range marks {
				ids[i] = id
			}
			record("tap", map[string]any{"at": at, "marks": ids, "touch": touch})
		},
		Hover: func(mark string) { record("hover", map[string]any{"mark": mark}) },
		Key: func(k reading.Key) bool {
			record("key", map[string]any{"code": k.Code, "key": k.Key, "shift": k.Shift, "alt": k.Alt})
			s.Paint(nil) // methods may be called from within Key
			return k.Code != "KeyX"
		},
		FocusChanged: func(has bool) { record("focus", map[string]any{"has": has}) },
	}
	decode := func(v js.Value, into any) {
		if err := json.Unmarshal([]byte(v.String()), into); err != nil {
			panic(err)
		}
	}
	methods := map[string]func(a []js.Value) any{
		"open": func(a []js.Value) any {
			var doc reading.Document
			decode(a[1], &doc)
			if err := s.Open(a[0].String(), doc, on); err != nil {
				return err.Error()
			}
			return ""
		},
		"close": func([]js.Value) any { s.Close(); return nil },
		"paint": func(a []js.Value) any {
			var marks []reading.Mark
			decode(a[0], &marks)
			s.Paint(marks)
			return nil
		},
		"caret": func(a []js.Value) any {
			s.Caret(&reading.Caret{Anchor: a[0].Int(), Focus: a[1].Int()}, a[2].Bool())
			return nil
		},
		"hideCaret": func([]js.Value) any { s.Caret(nil, false); return nil },
		"reveal":    func(a []js.Value) any { s.Reveal(a[0].Int(), a[1].Int()); return nil },
		"focus":     func([]js.Value) any { s.Focus(); return nil },
		"lineStep": func(a []js.Value) any {
			at, ok := s.LineStep(a[0].Int(), a[1].Int())
			return map[string]any{"at": at, "ok": ok}
		},
		"rect": func(a []js.Value) any {
			r, ok := s.Rect(a[0].Int(), a[1].Int())
			return map[string]any{"x": r.X, "y": r.Y, "width": r.Width, "height": r.Height, "ok": ok}
		},
	}
	// prepare returns a func that paints marks decoded beforehand: what is measured
	// is the painting.
	methods["prepare"] = func(a []js.Value) any {
		var marks []reading.Mark
		decode(a[0], &marks)
		return js.FuncOf(func(js.Value, []js.Value) any { s.Paint(marks); return nil })
	}
	api := map[string]any{}
	for name, f := range methods {
		api[name] = js.FuncOf(func(_ js.Value, a []js.Value) any { return f(a) })
	}
	js.Global().Set("surface", api)
	js.Global().Set("events", events)
	for f := range queue {
		f()
	}
}
