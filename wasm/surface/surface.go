//go:build js && wasm

package surface

import (
	"fmt"
	"slices"
	"sync"
	"syscall/js"

	"hashiya/app/text"
	"hashiya/app/ui/reading"
)

// Surface implements reading.Surface.
type Surface struct {
	dispatch func(func())

	mu   sync.Mutex
	page *page // nil while closed
}

var _ reading.Surface = (*Surface)(nil)

// New returns a closed surface. Every func of the SurfaceEvents is called through
// dispatch, which must not block and hands it to the UI goroutine; Key alone is
// called at once, from within the browser's event, because its answer decides what
// the browser does. It runs while nothing else of Go does, so it may read and
// change what the UI goroutine owns as long as it does not block.
func New(dispatch func(func())) *Surface {
	return &Surface{dispatch: dispatch}
}

// page is one open document.
type page struct {
	surface *Surface
	on      reading.SurfaceEvents
	doc     reading.Document
	index   *text.Index
	dom     dom

	host, scroller js.Value // scroller: null when the window scrolls
	paragraphs     []*paragraph
	extents        []extent

	caret   *reading.Caret
	caretEl js.Value
	flash   *extent
	hover   string
	pointer *point // where the mouse hovers, until the next frame has looked
	gesture *gesture
	fingers bool // a finger or a pen was used last: ends have handles
	handles [2]handle
	goal    goal

	caretDirty, scheduled bool
	frame                 js.Value
	onFrame               js.Func

	stillTimer, flashTimer, pressTimer *timer
	cleanups                           []func()
	after                              []func() // called when the lock is free again
}

// Open implements reading.Surface.
func (s *Surface) Open(host string, doc reading.Document, on reading.SurfaceEvents) error {
	s.Close()
	el := js.Global().Get("document").Call("getElementById", host)
	if el.IsNull() {
		return fmt.Errorf("reading surface: the page has no element %q to lay the article out in", host)
	}
	p := &page{surface: s, on: on, doc: doc, index: text.NewIndex(doc.Text), dom: newDOM(), host: el}
	if err := p.check(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.page = p
	p.layOut()
	p.listenToLayout()
	p.listenToPointers()
	p.listenToKeyboard()
	return nil
}

// check refuses a document whose paragraphs can't be laid out.
func (p *page) check() error {
	last := 0
	for i, q := range p.doc.Paragraphs {
		if q.Start < last || q.End < q.Start || q.End > p.index.Len() {
			return fmt.Errorf("reading surface: paragraph %d, code points %d to %d, overlaps the one before it or leaves the text of %d code points", i, q.Start, q.End, p.index.Len())
		}
		last = q.End
	}
	return nil
}

// Close implements reading.Surface.
func (s *Surface) Close() {
	s.with(func(p *page) {
		s.page = nil
		for _, clean := range slices.Backward(p.cleanups) {
			clean()
		}
		p.host.Call("replaceChildren")
	})
}

// with runs f on the open page, if there is one, and then what f left in after.
func (s *Surface) with(f func(p *page)) {
	s.mu.Lock()
	p := s.page
	if p == nil {
		s.mu.Unlock()
		return
	}
	f(p)
	after := p.after
	p.after = nil
	s.mu.Unlock()
	for _, g := range after {
		g()
	}
}

// emit reports an event on the UI goroutine, unless the page has been closed by
// then.
func (p *page) emit(report func(on reading.SurfaceEvents)) {
	p.after = append(p.after, func() {
		p.surface.dispatch(func() {
			p.surface.mu.Lock()
			open := p.surface.page == p
			p.surface.mu.Unlock()
			if open {
				report(p.on)
			}
		})
	})
}

// callback wraps f for the browser; it is released when the page closes.
func (p *page) callback(f func(args []js.Value)) js.Func {
	fn := js.FuncOf(func(_ js.Value, args []js.Value) any {
		p.surface.with(func(now *page) {
			if now == p {
				f(args)
			}
		})
		return nil
	})
	p.cleanups = append(p.cleanups, fn.Release)
	return fn
}

// listen calls f for an event until the page closes.
func (p *page) listen(target js.Value, event string, f func(e js.Value)) {
	p.listenWith(target, event, p.callback(func(args []js.Value) { f(args[0]) }))
}

func (p *page) listenWith(target js.Value, event string, fn js.Func) {
	// Not passive: touchmove must be able to stop scrolling.
	options := map[string]any{"passive": false}
	target.Call("addEventListener", event, fn, options)
	p.cleanups = append(p.cleanups, func() { target.Call("removeEventListener", event, fn) })
}

// Paint implements reading.Surface.
func (s *Surface) Paint(marks []reading.Mark) {
	s.with(func(p *page) {
		for i, list := range spread(marks, p.extents) {
			if q := p.paragraphs[i]; !slices.Equal(q.marks, list) {
				q.marks, q.dirty = list, true
				p.schedule()
			}
		}
	})
}

// Caret implements reading.Surface.
func (s *Surface) Caret(at *reading.Caret, reveal bool) {
	s.with(func(p *page) {
		p.setCaret(at)
		if at != nil && reveal {
			p.revealCaret()
		}
	})
}

// Reveal implements reading.Surface.
func (s *Surface) Reveal(start, end int) {
	s.with(func(p *page) { p.reveal(start, end) })
}

// Focus implements reading.Surface.
func (s *Surface) Focus() {
	s.with(func(p *page) { p.focusHost() })
}

// LineStep implements reading.Surface.
func (s *Surface) LineStep(at, lines int) (offset int, ok bool) {
	s.with(func(p *page) { offset, ok = p.lineStep(at, lines) })
	return offset, ok
}

// Rect implements reading.Surface.
func (s *Surface) Rect(start, end int) (r reading.ScreenRect, ok bool) {
	s.with(func(p *page) {
		var box rect
		if box, ok = p.lastLine(start, end); ok {
			r = reading.ScreenRect{X: box.left, Y: box.top, Width: box.width(), Height: box.height()}
		}
	})
	return r, ok
}
