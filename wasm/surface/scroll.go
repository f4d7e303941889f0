//go:build js && wasm

package surface

import (
	"syscall/js"
)

// view returns the part of the screen in which the text scrolls.
func (p *page) view() rect {
	window := js.Global()
	all := rect{0, 0, window.Get("innerWidth").Float(), window.Get("innerHeight").Float()}
	if p.scroller.IsNull() {
		return all
	}
	r := boundsOf(p.scroller)
	return rect{max(r.left, all.left), max(r.top, all.top), min(r.right, all.right), min(r.bottom, all.bottom)}
}

func (p *page) scrollBy(dy float64, behavior string) {
	target := p.scroller
	if target.IsNull() {
		target = js.Global()
	}
	target.Call("scrollBy", map[string]any{"top": dy, "behavior": behavior})
}

// scrollAtEdge scrolls a step when a drag is at the edge of the view.
func (p *page) scrollAtEdge(y float64) bool {
	v := p.view()
	top := func() float64 {
		if p.scroller.IsNull() {
			return js.Global().Get("scrollY").Float()
		}
		return p.scroller.Get("scrollTop").Float()
	}
	before := top()
	switch {
	case y < v.top+edgeZone:
		p.scrollBy(-edgeStep, "instant")
	case y > v.bottom-edgeZone:
		p.scrollBy(edgeStep, "instant")
	default:
		return false
	}
	return top() != before
}

// folded reports whether q lies in a closed fold. The browser measures text there
// too, so its rectangles do not tell.
func (q *paragraph) folded() bool {
	return !q.fold.IsUndefined() && !q.fold.Get("open").Bool()
}

// unfold opens the fold around q.
func (q *paragraph) unfold() {
	if !q.fold.IsUndefined() {
		q.fold.Set("open", true)
	}
}

// revealCaret scrolls as little as needed to show the caret with a line or two of
// context.
func (p *page) revealCaret() {
	q := p.paragraphAt(p.caret.Focus)
	if q == nil {
		return
	}
	q.unfold()
	r, ok := p.caretRect(q, min(max(p.caret.Focus, q.Start), q.End))
	if !ok {
		return
	}
	v := p.view()
	margin := min(1.5*r.height(), v.height()/4)
	switch {
	case r.top < v.top+margin:
		p.scrollBy(r.top-v.top-margin, "instant")
	case r.bottom > v.bottom-margin:
		p.scrollBy(r.bottom-v.bottom+margin, "instant")
	}
}

// flashFor is how many milliseconds a revealed range flashes: the length of the
// style sheet's animation.
const flashFor = 1200

// reveal shows a range in the upper half of the view, unless all of it can be seen
// already, and flashes it.
func (p *page) reveal(start, end int) {
	n := p.index.Len()
	start, end = min(max(start, 0), n), min(max(end, 0), n)
	q := p.paragraphAt(start)
	if q == nil {
		return
	}
	q.unfold()
	first, ok := p.caretRect(q, min(max(start, q.Start), q.End))
	if last, okLast := p.lastLine(start, end); ok && okLast {
		v := p.view()
		if first.top < v.top || last.bottom > v.bottom {
			p.scrollBy(first.top-v.top-v.height()/3, "auto")
		}
	}
	p.endFlash()
	p.flash = &extent{start, end}
	p.touch(*p.flash)
	p.schedule()
	p.flashTimer.start(flashFor)
}

func (p *page) endFlash() {
	if p.flash != nil {
		p.touch(*p.flash)
		p.flash = nil
		p.schedule()
	}
}

// goal is the inline position that stepping by lines keeps: where the first step
// set out from, as long as the caret has only gone by lines since.
type goal struct {
	at int
	x  float64
	ok bool
}

// lineStep returns the offset lines visual lines below at (above when negative),
// as near as possible to the goal. It works by rectangles alone, so the line may
// be off the screen or under something.
func (p *page) lineStep(at, lines int) (int, bool) {
	q := p.paragraphAt(at)
	if q == nil {
		return 0, false
	}
	at = min(max(at, q.Start), q.End)
	from, ok := p.caretRect(q, at)
	if !ok {
		return 0, false
	}
	if !p.goal.ok || p.goal.at != at {
		p.goal = goal{at, from.left, true}
	}
	open := p.openParagraphs()
	i := 0
	for open[i] != q {
		i++
	}
	boxes := p.lines(q)
	target := nearestLine(boxes, from.centreY()) + lines
	for target < 0 {
		if i--; i < 0 {
			return 0, false
		}
		boxes = p.lines(open[i])
		target += len(boxes)
	}
	for target >= len(boxes) {
		target -= len(boxes)
		if i++; i == len(open) {
			return 0, false
		}
		boxes = p.lines(open[i])
	}
	h := p.hitLine(open[i], boxes[target], point{p.goal.x, boxes[target].centreY()})
	p.goal.at = h.caret
	return h.caret, true
}
