//go:build js && wasm

package surface

import (
	"strconv"
	"strings"
	"syscall/js"

	"hashiya/app/text"
	"hashiya/app/ui/reading"
)

// paragraph is one laid-out paragraph.
type paragraph struct {
	reading.SurfaceParagraph
	unit            int      // UTF-16 offset of Start in the article
	box, layer, run js.Value // div.para, div.para-marks, the text node
	fold            js.Value // the details element around it; undefined without one

	letters []int       // offsets of its graphemes and its end; on first use
	words   []text.Word // on first use
	ticks   []item      // on first use

	marks   []reading.Mark
	painted []*painted
	near    bool // near enough to the viewport to be painted
	dirty   bool // what is to be painted may have changed
	stale   bool // where it is painted may have changed
}

// layOut builds the document's elements within the host.
//
// The host is a read-only text box to assistive technology: a screen reader hands
// its keys over, as it must for a caret and hotkeys of our own, and still reads the
// text as text (role "application" would lose that, role "document" the keys).
func (p *page) layOut() {
	document := js.Global().Get("document")
	for name, value := range map[string]string{
		"tabindex": "0", "role": "textbox", "aria-readonly": "true", "aria-multiline": "true",
	} {
		p.host.Call("setAttribute", name, value)
		p.cleanups = append(p.cleanups, func() { p.host.Call("removeAttribute", name) })
	}
	all := document.Call("createDocumentFragment")
	parent, group := all, ""
	for i, sp := range p.doc.Paragraphs {
		q := &paragraph{SurfaceParagraph: sp, unit: p.index.UTF16(sp.Start), dirty: true, stale: true}
		switch {
		case sp.Group == "":
			parent = all
		case sp.Group != group:
			parent = document.Call("createElement", "details")
			parent.Set("className", "fold")
			title := document.Call("createElement", "summary")
			title.Set("className", "fold-title")
			title.Set("textContent", sp.GroupTitle)
			parent.Call("append", title)
			all.Call("append", parent)
		}
		if group = sp.Group; group != "" {
			q.fold = parent
		}

		q.box = document.Call("createElement", "div")
		q.box.Set("className", strings.TrimSpace("para "+sp.Class))
		q.box.Set("dir", string(sp.Dir))
		q.box.Call("setAttribute", "data-i", strconv.Itoa(i))
		q.layer = document.Call("createElement", "div")
		q.layer.Set("className", "para-marks")
		q.layer.Call("setAttribute", "aria-hidden", "true")
		body := document.Call("createElement", "p")
		body.Set("className", "para-text")
		body.Set("lang", p.doc.Lang)
		body.Set("dir", string(sp.Dir))
		q.run = textNode(document, p.index.Slice(sp.Start, sp.End))
		body.Call("append", q.run)
		q.box.Call("append", q.layer, body)
		parent.Call("append", q.box)

		p.paragraphs = append(p.paragraphs, q)
		p.extents = append(p.extents, extent{sp.Start, sp.End})
	}
	p.caretEl = document.Call("createElement", "i")
	p.caretEl.Set("className", "caret")
	p.host.Call("replaceChildren", all)
	p.layHandles()
	p.scroller = scrollerOf(p.host)
}

// textNode makes a text node of s. Strings cross from Go through a TextDecoder,
// which swallows a byte order mark in front; every offset behind it would be off.
func textNode(document js.Value, s string) js.Value {
	if !strings.HasPrefix(s, "\uFEFF") {
		return document.Call("createTextNode", s)
	}
	node := document.Call("createTextNode", "."+s)
	node.Call("deleteData", 0, 1)
	return node
}

// scrollerOf returns the nearest ancestor that scrolls, null for the window.
func scrollerOf(el js.Value) js.Value {
	window := js.Global()
	body := window.Get("document").Get("body")
	for e := el.Get("parentElement"); !e.IsNull() && !e.Equal(body); e = e.Get("parentElement") {
		switch window.Call("getComputedStyle", e).Get("overflowY").String() {
		case "auto", "scroll", "overlay":
			return e
		}
	}
	return js.Null()
}

// viewMargin is how far beyond the viewport paragraphs are painted: one screen
// each way, so that scrolling by a page shows no bare text.
const viewMargin = "100% 0px"

// listenToLayout watches for everything that moves text: which paragraphs are near
// the viewport, the host's size (width, text size, line height, folds), the
// window's (zoom), and fonts that arrive late.
func (p *page) listenToLayout() {
	near := js.Global().Get("IntersectionObserver").New(p.callback(func(args []js.Value) {
		for i := range args[0].Length() {
			entry := args[0].Index(i)
			at, err := strconv.Atoi(entry.Get("target").Call("getAttribute", "data-i").String())
			if err == nil {
				p.setNear(p.paragraphs[at], entry.Get("isIntersecting").Bool())
			}
		}
	}), map[string]any{"root": p.scroller, "rootMargin": viewMargin})
	for _, q := range p.paragraphs {
		near.Call("observe", q.box)
	}
	moved := p.callback(func([]js.Value) { p.layoutChanged() })
	size := js.Global().Get("ResizeObserver").New(moved)
	size.Call("observe", p.host)
	p.cleanups = append(p.cleanups, func() {
		near.Call("disconnect")
		size.Call("disconnect")
	})
	p.listenWith(js.Global().Get("document").Get("fonts"), "loadingdone", moved)
	p.listenWith(js.Global(), "resize", moved)

	p.onFrame = p.callback(func([]js.Value) { p.paintFrame() })
	p.stillTimer = p.newTimer(func() { p.caretEl.Set("className", "caret") })
	p.flashTimer = p.newTimer(p.endFlash)
	p.pressTimer = p.newTimer(p.longPress)
	p.cleanups = append(p.cleanups, func() {
		if p.scheduled {
			js.Global().Call("cancelAnimationFrame", p.frame)
		}
	})
}

func (p *page) layoutChanged() {
	for _, q := range p.paragraphs {
		q.stale = true
	}
	p.goal = goal{}
	p.caretDirty = true
	p.schedule()
}

func (p *page) setNear(q *paragraph, near bool) {
	if q.near == near {
		return
	}
	q.near = near
	if near {
		q.dirty, q.stale = true, true
		p.schedule()
		return
	}
	for _, old := range q.painted {
		old.remove()
	}
	q.painted = nil
}

// schedule asks for one pass over everything dirty, within the next frame.
func (p *page) schedule() {
	if !p.scheduled {
		p.scheduled = true
		p.frame = js.Global().Call("requestAnimationFrame", p.onFrame)
	}
}

// timer calls back once, some time after its latest start.
type timer struct {
	id js.Value
	fn js.Func
}

func (p *page) newTimer(f func()) *timer {
	t := &timer{fn: p.callback(func([]js.Value) { f() })}
	p.cleanups = append(p.cleanups, t.stop)
	return t
}

func (t *timer) start(milliseconds int) {
	t.stop()
	t.id = js.Global().Call("setTimeout", t.fn, milliseconds)
}

func (t *timer) stop() { js.Global().Call("clearTimeout", t.id) }
