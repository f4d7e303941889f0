//go:build js && wasm

package surface

import (
	"syscall/js"

	"hashiya/app/ui/reading"
)

// Handles stand at both ends of the selection, or of the focused mark, once a
// finger or a pen has been used: the ends of a range are smaller than a
// fingertip. Dragging one reports the range with that end moved.

// end is one end of a range.
type end int

const (
	noEnd end = iota
	startEnd
	endEnd
)

// handle is one of the two knobs. It stays in the document's host, whichever
// paragraph it points into, so that a drag never moves the element it began on.
type handle struct {
	el    js.Value
	shown bool
	left  float64 // of its middle, relative to the host
	top   float64
}

const (
	handleSize = 44 // pixels, that of .handle in the style sheet
	// handleAside is how far a knob stands outside of its end and handleBelow how
	// far below the line, so that the knobs of a short word leave it readable and
	// each its own room.
	handleAside = 10
	handleBelow = 8
)

// layHandles makes the two knobs. They are for pointers alone: the keyboard
// moves ends by keys of its own.
func (p *page) layHandles() {
	for i, which := range []string{"start", "end"} {
		el := p.dom.createElement.Invoke("i")
		el.Set("className", "handle")
		el.Call("setAttribute", "data-end", which)
		el.Call("setAttribute", "aria-hidden", "true")
		el.Set("hidden", true)
		p.host.Call("append", el)
		p.handles[i].el = el
	}
}

// handled returns the range whose ends have handles.
func (p *page) handled() (extent, bool) {
	if !p.fingers {
		return extent{}, false
	}
	if s := p.selected(); s.start < s.end {
		return s, true
	}
	for _, q := range p.paragraphs {
		for _, m := range q.marks {
			if m.Focused && m.Start < m.End {
				return extent{m.Start, m.End}, true
			}
		}
	}
	return extent{}, false
}

// readHandles returns where the knobs belong, relative to the host.
func (p *page) readHandles() (out [2]handle) {
	r, ok := p.handled()
	if !ok {
		return out
	}
	host := boundsOf(p.host)
	for i, at := range []int{r.start, r.end} {
		box, right, laid := p.edgeAt(at, i == 1)
		if !laid {
			continue
		}
		x := box.left - handleAside
		if right {
			x = box.right + handleAside
		}
		out[i] = handle{shown: true, left: hundredths(x - host.left), top: hundredths(box.bottom + handleBelow - host.top)}
	}
	return out
}

// edgeAt returns the letter at an end of a range and at which of its edges the
// end lies: the first letter's leading edge, or the last letter's other one.
func (p *page) edgeAt(at int, last bool) (box rect, right, ok bool) {
	if last {
		at--
	}
	q := p.paragraphAt(at)
	if q == nil || q.folded() || q.Start == q.End {
		return rect{}, false, false
	}
	i := p.letterAt(q, at)
	box, ok = p.letterRect(q, i)
	if !ok {
		return rect{}, false, false
	}
	return box, p.leading(q, i, box) != last, true
}

func (p *page) writeHandles(to [2]handle) {
	for i := range to {
		h := &p.handles[i]
		if to[i].shown != h.shown {
			h.el.Set("hidden", !to[i].shown)
		}
		if to[i].shown && (to[i].left != h.left || to[i].top != h.top) {
			style := h.el.Get("style")
			style.Call("setProperty", "left", px(to[i].left-handleSize/2))
			style.Call("setProperty", "top", px(to[i].top-handleSize/2))
		}
		h.shown, h.left, h.top = to[i].shown, to[i].left, to[i].top
	}
}

// handleOf returns which handle an event is on.
func handleOf(e js.Value) end {
	el := e.Get("target").Call("closest", ".handle")
	switch {
	case el.IsNull():
		return noEnd
	case el.Get("dataset").Get("end").String() == "start":
		return startEnd
	}
	return endEnd
}

// grab begins to drag a handle. The finger covers the knob, not the text: what
// counts is the point of the line that it stood at, moved as the finger moves.
func (p *page) grab(e js.Value, which end) {
	r, ok := p.handled()
	if !ok {
		return
	}
	at := r.start
	if which == endEnd {
		at = r.end
	}
	box, right, ok := p.edgeAt(at, which == endEnd)
	if !ok {
		return
	}
	x := box.left
	if right {
		x = box.right
	}
	from := pointOf(e)
	p.gesture = &gesture{
		id: e.Get("pointerId").Int(), touch: e.Get("pointerType").String() != "mouse", from: from, now: from,
		active: true, grabbed: which, base: r, offset: point{x - from.x, box.centreY() - from.y},
	}
	p.host.Call("setPointerCapture", p.gesture.id)
	e.Call("preventDefault")
}

// pull draws the range with the grabbed end where the finger has brought it. An
// end stops a letter before the other one.
func (p *page) pull(g *gesture) {
	g.changed = false
	h, ok := p.hitTest(point{g.now.x + g.offset.x, g.now.y + g.offset.y})
	if !ok {
		return
	}
	r := g.base
	if g.grabbed == startEnd {
		r.start = min(h.at, r.end-1)
	} else {
		r.end = max(h.at, r.start+1)
	}
	c := reading.Caret{Anchor: r.start, Focus: r.end}
	if g.grabbed == startEnd {
		c = reading.Caret{Anchor: r.end, Focus: r.start}
	}
	p.setCaret(&c)
}

// letGo reports the range that the drag of a handle has made.
func (p *page) letGo(g *gesture) {
	if !g.moved {
		return
	}
	p.pull(g)
	if s := p.selected(); s.start < s.end {
		p.emit(func(on reading.SurfaceEvents) { on.Resize(s.start, s.end) })
	}
}
