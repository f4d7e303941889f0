//go:build js && wasm

package surface

import (
	"slices"
	"strconv"
	"syscall/js"

	"hashiya/app/text"
	"hashiya/app/ui/reading"
)

// painted is an item that stands on the page.
type painted struct {
	item
	rects  []rect // relative to the paragraph's layer
	els    []js.Value
	placed bool // its elements are in the layer
}

func (o *painted) remove() {
	for _, el := range o.els {
		el.Call("remove")
	}
}

// plan is what a paragraph's next painting needs, read before anything is written.
type plan struct {
	q     *paragraph
	items []item
	rects map[itemKey][]rect // of the items whose place has to be read
}

// paintFrame brings the page up to date: everything is read from the layout before
// anything is written to it, so that it is computed once.
func (p *page) paintFrame() {
	p.scheduled = false
	p.followPointer()
	var plans []plan
	for _, q := range p.paragraphs {
		if q.near && (q.dirty || q.stale) {
			plans = append(plans, p.read(q))
		}
	}
	at, place := p.readCaret()
	handles := p.readHandles()
	for _, pl := range plans {
		p.write(pl)
	}
	p.writeCaret(at, place)
	p.writeHandles(handles)
}

// wanted returns the items to paint in q.
func (p *page) wanted(q *paragraph) []item {
	if q.ticks == nil {
		q.ticks = ticks(p.index.Slice(q.Start, q.End), q.Start)
	}
	items := slices.Clone(q.ticks)
	for _, m := range q.marks {
		items = append(items, markItem(m, q.Start, q.End, m.ID == p.hover && p.hover != ""))
	}
	place := func(e extent, class string) {
		if e.start < q.End && e.end > q.Start {
			items = append(items, markItem(reading.Mark{Start: e.start, End: e.end, Class: class}, q.Start, q.End, false))
		}
	}
	place(p.selected(), "is-selection")
	if p.flash != nil {
		place(*p.flash, "is-flash")
	}
	return order(items)
}

func (p *page) read(q *paragraph) plan {
	pl := plan{q, p.wanted(q), map[itemKey][]rect{}}
	known := map[itemKey]bool{}
	if !q.stale {
		for _, o := range q.painted {
			known[o.itemKey] = true
		}
	}
	var layer rect
	for _, it := range pl.items {
		if known[it.itemKey] {
			continue
		}
		if len(pl.rects) == 0 {
			layer = boundsOf(q.layer)
		}
		rects := mergeLines(p.rects(q, it.start, it.end))
		for i := range rects {
			rects[i] = rects[i].relativeTo(layer.left, layer.top)
		}
		pl.rects[it.itemKey] = rects
	}
	return pl
}

// write makes q show exactly the plan's items, leaving alone the elements of those
// that have not changed.
func (p *page) write(pl plan) {
	q := pl.q
	q.dirty, q.stale = false, false
	old := make(map[itemKey]*painted, len(q.painted))
	for _, o := range q.painted {
		old[o.itemKey] = o
	}
	next := make([]*painted, len(pl.items))
	for i, it := range pl.items {
		o := old[it.itemKey]
		rects, read := pl.rects[it.itemKey]
		if o != nil && (!read || slices.Equal(rects, o.rects)) {
			delete(old, it.itemKey)
			if o.item != it {
				restyle(o, it, q.Dir)
			}
			next[i] = o
			continue
		}
		next[i] = &painted{item: item{itemKey: it.itemKey}, rects: rects}
		p.draw(next[i])
		restyle(next[i], it, q.Dir)
	}
	for _, o := range old {
		o.remove()
	}
	// From the top down: every new item is put right below the one above it.
	above := js.Null()
	for _, o := range slices.Backward(next) {
		for _, el := range o.els {
			if !o.placed {
				q.layer.Call("insertBefore", el, above)
			}
		}
		o.placed = true
		if len(o.els) > 0 {
			above = o.els[0]
		}
	}
	q.painted = next
}

// draw makes an item's elements, one for each rectangle, without any look. Places go
// through the style object: the content security policy forbids style attributes.
func (p *page) draw(o *painted) {
	for _, r := range o.rects {
		el := p.dom.createElement.Invoke("i")
		place(el, r)
		if o.id != "" {
			el.Call("setAttribute", "data-id", o.id)
		}
		o.els = append(o.els, el)
	}
}

func place(el js.Value, r rect) {
	style := el.Get("style")
	style.Call("setProperty", "left", px(r.left))
	style.Call("setProperty", "top", px(r.top))
	style.Call("setProperty", "width", px(r.width()))
	style.Call("setProperty", "height", px(r.height()))
}

func px(v float64) string { return strconv.FormatFloat(hundredths(v), 'f', -1, 64) + "px" }

// restyle changes what is painted into the look of it; what stays the same is not
// written again. The tag hangs where reading enters the item.
func restyle(o *painted, it item, dir text.Direction) {
	first := 0
	for i, r := range o.rects {
		if dir == text.RTL && sameLine(r, o.rects[0]) && r.left > o.rects[first].left {
			first = i
		}
	}
	for i, el := range o.els {
		if it.class != o.class {
			el.Set("className", it.class)
		}
		if it.level != o.level {
			el.Get("style").Call("setProperty", "--level", strconv.Itoa(it.level))
		}
		if i == first {
			setData(el, "data-tag", o.tag, it.tag)
			setData(el, "data-name", o.name, it.name)
		}
	}
	o.item = it
}

func setData(el js.Value, attribute, old, value string) {
	switch {
	case value == old:
	case value == "":
		el.Call("removeAttribute", attribute)
	default:
		el.Call("setAttribute", attribute, value)
	}
}

// selected returns the selection; start == end without one.
func (p *page) selected() extent {
	if p.caret == nil {
		return extent{}
	}
	return extent{min(p.caret.Anchor, p.caret.Focus), max(p.caret.Anchor, p.caret.Focus)}
}

// setCaret shows the caret and its selection; nil hides both.
func (p *page) setCaret(at *reading.Caret) {
	before := p.selected()
	if at != nil {
		n := p.index.Len()
		at = &reading.Caret{Anchor: min(max(at.Anchor, 0), n), Focus: min(max(at.Focus, 0), n)}
	}
	if p.caret == at || p.caret != nil && at != nil && *p.caret == *at {
		return
	}
	p.caret, p.caretDirty = at, true
	p.touch(before)
	p.touch(p.selected())
	p.schedule()
}

// touch marks the paragraphs of [start,end) for painting.
func (p *page) touch(e extent) {
	for i := firstEndingAfter(p.extents, e.start); i < len(p.extents) && p.extents[i].start < e.end; i++ {
		p.paragraphs[i].dirty = true
	}
}

// readCaret returns the caret's paragraph and its place there; nil where there is
// none to show.
func (p *page) readCaret() (*paragraph, rect) {
	if p.caret == nil || !p.caretDirty {
		return nil, rect{}
	}
	q := p.paragraphAt(p.caret.Focus)
	if q == nil {
		return nil, rect{}
	}
	r, ok := p.caretRect(q, min(max(p.caret.Focus, q.Start), q.End))
	if !ok {
		return nil, rect{}
	}
	layer := boundsOf(q.layer)
	return q, r.relativeTo(layer.left, layer.top)
}

// caretWidth is that of .caret in the style sheet: its middle stands on the edge.
const caretWidth = 2

// stillFor is how many milliseconds the caret does not blink after it has moved.
const stillFor = 500

func (p *page) writeCaret(q *paragraph, r rect) {
	if !p.caretDirty {
		return
	}
	p.caretDirty = false
	if q == nil {
		p.caretEl.Call("remove")
		return
	}
	style := p.caretEl.Get("style")
	style.Call("setProperty", "left", px(r.left-caretWidth/2))
	style.Call("setProperty", "top", px(r.top))
	style.Call("setProperty", "height", px(r.height()))
	p.caretEl.Set("className", "caret is-still")
	p.stillTimer.start(stillFor)
	if !p.caretEl.Get("parentNode").Equal(q.layer) {
		q.layer.Call("append", p.caretEl)
	}
	p.moveBrowserCaret(q)
}

// moveBrowserCaret keeps the browser's own selection, collapsed, where our caret
// is: a screen reader's cursor follows it, and "copy" is reported to the element
// that holds it. Only while the keyboard is ours: it would take a text field's
// caret away.
func (p *page) moveBrowserCaret(q *paragraph) {
	if p.dom.document.Get("activeElement").Equal(p.host) {
		at := min(max(p.caret.Focus, q.Start), q.End)
		p.dom.selection.Call("collapse", q.run, p.unitOf(q, at))
	}
}
