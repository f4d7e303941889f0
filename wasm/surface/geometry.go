//go:build js && wasm

package surface

import (
	"math"
	"slices"
	"sort"
	"strconv"
	"syscall/js"
	"unicode"

	"hashiya/app/text"
)

// dom holds the browser's functions that are called often, bound once: a call by
// name costs a string each time it crosses from Go.
type dom struct {
	document, selection           js.Value
	setStart, setEnd, clientRects js.Value // of one Range
	caretPosition, caretRange     js.Value
	createElement                 js.Value
}

func newDOM() dom {
	document := js.Global().Get("document")
	rng := document.Call("createRange")
	bound := func(of js.Value, name string) js.Value {
		if f := of.Get(name); f.Truthy() {
			return f.Call("bind", of)
		}
		return js.Undefined()
	}
	return dom{
		document:      document,
		selection:     document.Call("getSelection"),
		setStart:      bound(rng, "setStart"),
		setEnd:        bound(rng, "setEnd"),
		clientRects:   bound(rng, "getClientRects"),
		caretPosition: bound(document, "caretPositionFromPoint"),
		caretRange:    bound(document, "caretRangeFromPoint"),
		createElement: bound(document, "createElement"),
	}
}

// unitOf and codePointOf are the one place where the DOM's offsets (UTF-16 units
// of a paragraph's text node) meet the model's (code points of the article).
func (p *page) unitOf(q *paragraph, at int) int { return p.index.UTF16(at) - q.unit }

func (p *page) codePointOf(q *paragraph, unit int) int {
	return min(max(p.index.FromUTF16(q.unit+unit), q.Start), q.End)
}

// rects returns the client rectangles of [start,end) within q as the browser gives
// them, in pixels of the viewport: one for each run of each line. Start == end
// gives the places of a caret, which at the border of two runs are two.
func (p *page) rects(q *paragraph, start, end int) []rect {
	p.dom.setStart.Invoke(q.run, p.unitOf(q, start))
	p.dom.setEnd.Invoke(q.run, p.unitOf(q, end))
	list := p.dom.clientRects.Invoke()
	out := make([]rect, list.Length())
	for i := range out {
		out[i] = rectOf(list.Index(i))
	}
	return out
}

func rectOf(r js.Value) rect {
	return rect{r.Get("left").Float(), r.Get("top").Float(), r.Get("right").Float(), r.Get("bottom").Float()}
}

func boundsOf(el js.Value) rect { return rectOf(el.Call("getBoundingClientRect")) }

// lettersOf returns the offsets of q's graphemes, and its end.
func (p *page) lettersOf(q *paragraph) []int {
	if q.letters == nil {
		q.letters = text.Graphemes(p.index.Slice(q.Start, q.End))
		for i := range q.letters {
			q.letters[i] += q.Start
		}
	}
	return q.letters
}

// letterAt returns the index in lettersOf of the grapheme that holds at; the last
// one for q's end.
func (p *page) letterAt(q *paragraph, at int) int {
	letters := p.lettersOf(q)
	i, found := slices.BinarySearch(letters, at)
	if !found {
		i--
	}
	return min(max(i, 0), max(len(letters)-2, 0))
}

// letterRect returns where the i-th grapheme of q stands. ok is false when it is
// not laid out.
func (p *page) letterRect(q *paragraph, i int) (r rect, ok bool) {
	letters := p.lettersOf(q)
	if i+1 >= len(letters) {
		return rect{}, false
	}
	list := p.rects(q, letters[i], letters[i+1])
	for _, r := range list {
		if r.width() > 0 {
			return r, true
		}
	}
	if len(list) == 0 {
		return rect{}, false
	}
	return list[0], true
}

// leading reports at which edge of the i-th grapheme, which stands at r, reading
// enters it: right is true for letters that run to the left. The browser places a
// caret in front of it at that edge (and, where two runs meet, another at the end
// of the run before, which for a run of one letter may be the other edge: then the
// letter itself decides).
func (p *page) leading(q *paragraph, i int, r rect) (right bool) {
	at := p.lettersOf(q)[i]
	const near = 0.3
	var left bool
	for _, c := range p.rects(q, at, at) {
		left = left || math.Abs(c.left-r.left) < near
		right = right || math.Abs(c.left-r.right) < near
	}
	if left != right {
		return right
	}
	c := p.index.Rune(at)
	if unicode.IsDigit(c) {
		return false
	}
	return text.FirstStrong(string(c), q.Dir) == text.RTL
}

// caretRect returns the place of the caret at offset at: a rectangle without
// width, at the edge by which reading enters the letter behind the caret; at the
// end of a paragraph, the edge by which reading leaves its last letter (and so for
// an offset within a grapheme). Where two directions or two lines meet, the caret
// thus stands with the letter that the next step forward passes.
func (p *page) caretRect(q *paragraph, at int) (rect, bool) {
	if q.folded() {
		return rect{}, false
	}
	i := p.letterAt(q, at)
	r, ok := p.letterRect(q, i)
	if !ok {
		box := boundsOf(q.run.Get("parentElement"))
		if q.Start != q.End || box.height() == 0 {
			return rect{}, false
		}
		if q.Dir == text.RTL {
			box.left = box.right
		}
		return rect{box.left, box.top, box.left, box.bottom}, true
	}
	right := p.leading(q, i, r)
	if at > p.lettersOf(q)[i] {
		right = !right
	}
	if right {
		return rect{r.right, r.top, r.right, r.bottom}, true
	}
	return rect{r.left, r.top, r.left, r.bottom}, true
}

// lines returns the boxes of q's lines, from the top down.
func (p *page) lines(q *paragraph) []rect { return lineBoxes(p.rects(q, q.Start, q.End)) }

type point struct{ x, y float64 }

// hit is what lies under a point.
type hit struct {
	q          *paragraph
	at         int  // the nearest place between two letters
	caret      int  // the same, but on the line of the point where a line ends there
	start, end int  // the letter under or nearest to the point
	inside     bool // the point is on that letter
}

// hitTest returns what lies under, or else nearest to, a point of the viewport. ok
// is false when nothing is laid out.
//
// The browser's own answer is taken only when the letter's rectangle bears it out:
// where runs of two directions meet, Chromium gives an offset of the other run.
func (p *page) hitTest(at point) (hit, bool) {
	q, offset := p.browserHit(at)
	if q != nil {
		i := p.letterAt(q, offset)
		for _, j := range []int{i, i - 1} {
			if j < 0 {
				continue
			}
			if r, ok := p.letterRect(q, j); ok && r.contains(at.x, at.y) {
				return p.hitLetter(q, j, r, at), true
			}
		}
	} else if q = p.nearestParagraph(at.y); q == nil {
		return hit{}, false
	}
	lines := p.lines(q)
	if len(lines) == 0 {
		return hit{q: q, at: q.Start, caret: q.Start, start: q.Start, end: q.Start}, true
	}
	return p.hitLine(q, lines[nearestLine(lines, at.y)], at), true
}

// browserHit asks the browser; the paragraph is nil when the point is on no text of
// ours.
func (p *page) browserHit(at point) (*paragraph, int) {
	var node js.Value
	var unit int
	switch {
	case p.dom.caretPosition.Truthy():
		pos := p.dom.caretPosition.Invoke(at.x, at.y)
		if pos.IsNull() {
			return nil, 0
		}
		node, unit = pos.Get("offsetNode"), pos.Get("offset").Int()
	case p.dom.caretRange.Truthy():
		pos := p.dom.caretRange.Invoke(at.x, at.y)
		if pos.IsNull() {
			return nil, 0
		}
		node, unit = pos.Get("startContainer"), pos.Get("startOffset").Int()
	default:
		return nil, 0
	}
	if node.IsNull() || node.Get("nodeType").Int() != js.Global().Get("Node").Get("TEXT_NODE").Int() {
		return nil, 0
	}
	box := node.Get("parentElement").Call("closest", ".para")
	if box.IsNull() {
		return nil, 0
	}
	i, err := strconv.Atoi(box.Get("dataset").Get("i").String())
	if err != nil || i >= len(p.paragraphs) || !p.paragraphs[i].run.Equal(node) {
		return nil, 0
	}
	q := p.paragraphs[i]
	return q, p.codePointOf(q, unit)
}

// hitLetter is a hit on the i-th grapheme of q, which stands at r.
func (p *page) hitLetter(q *paragraph, i int, r rect, at point) hit {
	letters := p.lettersOf(q)
	h := hit{q: q, start: letters[i], end: letters[i+1], inside: r.contains(at.x, at.y)}
	h.at = h.start
	if (at.x < (r.left+r.right)/2) == p.leading(q, i, r) {
		h.at = h.end
	}
	h.caret = h.at
	return h
}

// hitLine returns the letter on a line of q that is nearest to the point.
func (p *page) hitLine(q *paragraph, line rect, at point) hit {
	letters := p.lettersOf(q)
	n := len(letters) - 1
	lineOf := func(i int) (r rect, ok bool) { // ok: it is on the line or below
		r, laid := p.letterRect(q, i)
		return r, laid && (sameLine(line, r) || r.centreY() > line.centreY())
	}
	first := sort.Search(n, func(i int) bool { _, ok := lineOf(i); return ok })
	best, bestRect, bestDistance, last := -1, rect{}, math.Inf(1), -1
	for i := first; i < n; i++ {
		r, ok := p.letterRect(q, i)
		if ok && !sameLine(line, r) {
			break
		}
		last = i
		if d := max(r.left-at.x, at.x-r.right, 0); ok && r.width() > 0 && d < bestDistance {
			best, bestRect, bestDistance = i, r, d
		}
	}
	if best < 0 {
		return hit{q: q, at: q.Start, caret: q.Start, start: q.Start, end: q.Start}
	}
	h := p.hitLetter(q, best, bestRect, at)
	if best == last && h.at == h.end && h.end < q.End {
		h.caret = h.start
	}
	return h
}

// nearestParagraph returns the paragraph nearest to a height of the viewport among
// those that are laid out, nil when there is none.
func (p *page) nearestParagraph(y float64) *paragraph {
	open := p.openParagraphs()
	if len(open) == 0 {
		return nil
	}
	i := sort.Search(len(open), func(i int) bool { return boundsOf(open[i].box).bottom > y })
	if i == len(open) {
		return open[i-1]
	}
	if i > 0 && y-boundsOf(open[i-1].box).bottom < boundsOf(open[i].box).top-y {
		i--
	}
	return open[i]
}

// openParagraphs returns the paragraphs that lie in no closed fold.
func (p *page) openParagraphs() []*paragraph {
	var out []*paragraph
	var fold js.Value
	folded := false
	for _, q := range p.paragraphs {
		if !q.fold.Equal(fold) {
			fold, folded = q.fold, q.folded()
		}
		if !folded {
			out = append(out, q)
		}
	}
	return out
}

// wordAt returns the word that a hit is on, else the letter.
func (p *page) wordAt(h hit) (start, end int) {
	if h.q.words == nil {
		h.q.words = text.Words(p.index.Slice(h.q.Start, h.q.End))
		for i := range h.q.words {
			h.q.words[i].Start += h.q.Start
			h.q.words[i].End += h.q.Start
		}
	}
	for _, w := range h.q.words {
		if w.Start <= h.start && h.start < w.End {
			return w.Start, w.End
		}
	}
	return h.start, h.end
}

// lastLine returns the box of the last line that [start,end) stands on.
func (p *page) lastLine(start, end int) (rect, bool) {
	i := firstEndingAfter(p.extents, start)
	for j := len(p.extents) - 1; j >= i; j-- {
		if e := p.extents[j]; e.start < end {
			if p.paragraphs[j].folded() {
				return rect{}, false
			}
			lines := lineBoxes(p.rects(p.paragraphs[j], max(start, e.start), min(end, e.end)))
			if len(lines) == 0 {
				return rect{}, false
			}
			return lines[len(lines)-1], true
		}
	}
	if start != end || len(p.extents) == 0 {
		return rect{}, false
	}
	j := holding(p.extents, start)
	return p.caretRect(p.paragraphs[j], min(max(start, p.extents[j].start), p.extents[j].end))
}

func (p *page) paragraphAt(at int) *paragraph {
	if i := holding(p.extents, at); i >= 0 {
		return p.paragraphs[i]
	}
	return nil
}
