//go:build js && wasm

package surface

import (
	"math"
	"syscall/js"

	"hashiya/app/ui/reading"
)

// gesture is a press of a button, a finger or a pen, until it is let go.
type gesture struct {
	id      int
	touch   bool // a finger or a pen
	from    point
	now     point
	alt     bool
	moved   bool // a mouse has left the place it was pressed at
	active  bool // it selects: at once for a mouse, after a long press for touch
	changed bool // now has changed since the selection was last drawn
	unit    unit
	base    extent // what the press itself selected: it stays selected
	pressed hit
	grabbed end   // the handle that is dragged
	offset  point // from the finger to the end of the range
}

// unit is what a gesture selects by.
type unit int

const (
	byLetter unit = iota
	byWord
	byParagraph
)

const (
	longPressAfter = 450 // milliseconds
	mouseSlop      = 3   // pixels a click may wander
	touchSlop      = 10
	edgeZone       = 28 // pixels: a drag this near to the edge scrolls
	edgeStep       = 14 // pixels a frame
)

// listenToPointers makes the selection ours. The browser's own is kept from
// starting (mousedown), so that there are not two; what is selected can be copied
// all the same (keyboard.go). A finger scrolls until a long press has selected a
// word, and extends from then on.
func (p *page) listenToPointers() {
	p.cleanups = append(p.cleanups, func() { p.host.Get("style").Call("removeProperty", "user-select") })
	p.listen(p.host, "pointerdown", p.pointerDown)
	p.listen(p.host, "mousedown", p.mouseDown)
	p.listen(p.host, "pointermove", p.pointerMove)
	p.listen(p.host, "pointerup", p.pointerUp)
	p.listen(p.host, "pointercancel", p.pointerCancel)
	p.listen(p.host, "pointerleave", func(js.Value) { p.setHover("") })
	p.listen(p.host, "touchmove", func(e js.Value) {
		if p.gesture != nil && p.gesture.active {
			e.Call("preventDefault")
		}
	})
	p.listen(p.host, "contextmenu", func(e js.Value) {
		if p.gesture != nil && p.gesture.touch {
			e.Call("preventDefault")
		}
	})
}

// onFold reports whether an event is meant for a fold's heading.
func onFold(e js.Value) bool { return !e.Get("target").Call("closest", "summary").IsNull() }

func pointOf(e js.Value) point { return point{e.Get("clientX").Float(), e.Get("clientY").Float()} }

func (p *page) pointerDown(e js.Value) {
	if onFold(e) || e.Get("button").Int() != 0 || !e.Get("isPrimary").Bool() {
		return
	}
	if which := handleOf(e); which != noEnd {
		p.grab(e, which)
		return
	}
	at := pointOf(e)
	h, ok := p.hitTest(at)
	if !ok {
		return
	}
	if fingers := e.Get("pointerType").String() != "mouse"; fingers != p.fingers {
		p.fingers = fingers
		p.schedule()
	}
	g := &gesture{
		id: e.Get("pointerId").Int(), touch: e.Get("pointerType").String() != "mouse",
		from: at, now: at, alt: e.Get("altKey").Bool(),
		pressed: h, base: extent{h.at, h.at},
	}
	p.gesture = g
	if g.touch {
		p.host.Get("style").Call("setProperty", "user-select", "none") // no handles of the browser's own
		p.pressTimer.start(longPressAfter)
		return
	}
	g.active = true
	p.host.Call("setPointerCapture", g.id)
	if e.Get("shiftKey").Bool() && p.caret != nil {
		g.base, g.moved, g.changed = extent{p.caret.Anchor, p.caret.Anchor}, true, true
		p.schedule()
	}
}

// mouseDown follows pointerdown and alone knows how many clicks there were.
func (p *page) mouseDown(e js.Value) {
	if onFold(e) || e.Get("button").Int() != 0 {
		return
	}
	e.Call("preventDefault")
	g := p.gesture
	if g == nil || g.touch {
		return
	}
	p.focusHost()
	switch clicks := e.Get("detail").Int(); {
	case clicks == 2:
		g.selectUnit(p, byWord)
	case clicks > 2:
		g.selectUnit(p, byParagraph)
	}
}

func (g *gesture) selectUnit(p *page, u unit) {
	g.unit, g.moved, g.changed = u, true, true
	g.base = p.unitAt(u, g.pressed)
	p.schedule()
}

// unitAt returns the range of the unit at a hit.
func (p *page) unitAt(u unit, h hit) extent {
	switch u {
	case byWord:
		start, end := p.wordAt(h)
		return extent{start, end}
	case byParagraph:
		return extent{h.q.Start, h.q.End}
	}
	return extent{h.at, h.at}
}

func (p *page) pointerMove(e js.Value) {
	g := p.gesture
	if g == nil {
		if e.Get("pointerType").String() == "mouse" && !onFold(e) {
			at := pointOf(e)
			p.pointer = &at
			p.schedule()
		}
		return
	}
	if e.Get("pointerId").Int() != g.id {
		return
	}
	g.now, g.alt = pointOf(e), e.Get("altKey").Bool()
	distance := math.Hypot(g.now.x-g.from.x, g.now.y-g.from.y)
	switch {
	case g.active:
		g.moved = g.moved || distance > mouseSlop
		g.changed = g.moved
		p.schedule()
	case distance > touchSlop: // a swipe: the browser scrolls
		p.endGesture()
	}
}

// longPress selects the word under the finger.
func (p *page) longPress() {
	g := p.gesture
	if g == nil || g.active {
		return
	}
	g.active = true
	g.base = p.unitAt(byWord, g.pressed)
	p.setCaret(&reading.Caret{Anchor: g.base.start, Focus: g.base.end})
	if vibrate := js.Global().Get("navigator").Get("vibrate"); vibrate.Truthy() {
		js.Global().Get("navigator").Call("vibrate", 10)
	}
	p.emitSelect(g.base, g.alt)
}

func (p *page) emitSelect(e extent, raw bool) {
	p.emit(func(on reading.SurfaceEvents) { on.Select(e.start, e.end, raw) })
}

// extend draws the selection from what the press selected to the pointer.
func (p *page) extend(g *gesture) {
	if g.grabbed != noEnd {
		p.pull(g)
		return
	}
	g.changed = false
	h, ok := p.hitTest(g.now)
	if !ok {
		return
	}
	to := p.unitAt(g.unit, h)
	c := reading.Caret{Anchor: g.base.start, Focus: max(g.base.end, to.end)}
	if to.start < g.base.start {
		c = reading.Caret{Anchor: g.base.end, Focus: to.start}
	}
	p.setCaret(&c)
}

func (p *page) pointerUp(e js.Value) {
	g := p.gesture
	if g == nil || e.Get("pointerId").Int() != g.id {
		return
	}
	g.now, g.alt = pointOf(e), e.Get("altKey").Bool()
	p.endGesture()
	p.focusHost()
	if g.grabbed != noEnd {
		p.letGo(g)
		return
	}
	if g.active && g.moved {
		p.extend(g)
		if s := p.selected(); s.start < s.end {
			if !g.touch || s != g.base {
				p.emitSelect(s, g.alt)
			}
			return
		}
	}
	if g.touch && g.active {
		return // a long press that went nowhere has been reported
	}
	h := g.pressed
	var ids []string
	if h.inside {
		ids = under(h.q.marks, h.start, h.end)
	}
	p.emit(func(on reading.SurfaceEvents) { on.Tap(h.caret, ids, g.touch) })
}

// pointerCancel ends a gesture that the browser took over; what a long press has
// selected so far counts.
func (p *page) pointerCancel(e js.Value) {
	g := p.gesture
	if g == nil || e.Get("pointerId").Int() != g.id {
		return
	}
	p.endGesture()
	if g.grabbed != noEnd {
		p.letGo(g)
		return
	}
	if s := p.selected(); g.active && g.moved && s.start < s.end {
		p.emitSelect(s, g.alt)
	}
}

func (p *page) endGesture() {
	p.gesture = nil
	p.pressTimer.stop()
	p.host.Get("style").Call("removeProperty", "user-select")
}

// followPointer draws what the pointer has done since the last frame.
func (p *page) followPointer() {
	if g := p.gesture; g != nil && g.active && g.moved {
		if p.scrollAtEdge(g.now.y) {
			g.changed = true
			p.schedule()
		}
		if g.changed {
			p.extend(g)
		}
	}
	if p.pointer != nil {
		p.setHover(p.markAt(*p.pointer))
		p.pointer = nil
	}
}

// markAt returns the innermost mark at a point, "" for none.
func (p *page) markAt(at point) string {
	h, ok := p.hitTest(at)
	if !ok || !h.inside {
		return ""
	}
	if ids := under(h.q.marks, h.start, h.end); len(ids) > 0 {
		return ids[0]
	}
	return ""
}

func (p *page) setHover(id string) {
	p.pointer = nil
	if id == p.hover {
		return
	}
	for _, q := range p.paragraphs {
		for _, m := range q.marks {
			if m.ID != "" && (m.ID == id || m.ID == p.hover) {
				q.dirty = true
			}
		}
	}
	p.hover = id
	p.schedule()
	p.emit(func(on reading.SurfaceEvents) { on.Hover(id) })
}
