package e2e

import (
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"hashiya/app/article"
	"hashiya/app/caret"
	"hashiya/app/text"
)

// reader points at letters of an article that is open in a browser.
type reader struct {
	*browser
	index      *text.Index
	paragraphs []article.Paragraph
	stops      *caret.Map // of the part that is annotated
	snap       *caret.Snapper
}

func (b *browser) reading(a article.Article) *reader {
	r := &reader{browser: b, index: text.NewIndex(a.Text), paragraphs: a.Paragraphs()}
	var annotated []article.Paragraph
	for _, p := range r.paragraphs {
		if p.Kind.Annotated() {
			annotated = append(annotated, p)
		}
	}
	r.stops = caret.NewMap(r.index, annotated)
	r.snap = caret.NewSnapper(r.index, r.stops)
	return r
}

// place returns the paragraph that holds the range and the range's UTF-16
// offsets within it.
func (r *reader) place(start, end int) (paragraph, from, to int) {
	r.t.Helper()
	for i, p := range r.paragraphs {
		if p.Start <= start && end <= p.End {
			base := r.index.UTF16(p.Start)
			return i, r.index.UTF16(start) - base, r.index.UTF16(end) - base
		}
	}
	r.t.Fatalf("[%d,%d) lies in no one paragraph", start, end)
	return
}

// edges scrolls the range into view and returns where on the screen its first
// letter begins and its last one ends (a little inside of each).
func (r *reader) edges(start, end int) (x1, y1, x2, y2 float64) {
	r.t.Helper()
	i, from, to := r.place(start, end)
	var p [4]float64
	r.eval(&p, `(async () => {
		const node = document.querySelectorAll(".para-text")[%s].firstChild, from = %s, to = %s;
		const range = document.createRange();
		range.setStart(node, from); range.setEnd(node, to);
		const box = range.getBoundingClientRect(), low = document.querySelector(".palette")?.getBoundingClientRect().top ?? innerHeight;
		if (box.top < 90 || box.bottom > low - 40) {
			node.parentElement.scrollIntoView({block: "center", behavior: "instant"});
			const b = range.getBoundingClientRect();
			if (b.top < 90 || b.bottom > low - 40) {
				let s = node.parentElement;
				while (s && !(s.scrollHeight > s.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(s).overflowY))) s = s.parentElement;
				(s || document.scrollingElement).scrollTop += b.top - innerHeight / 2;
			}
			await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
		}
		const letter = (a, b) => { range.setStart(node, a); range.setEnd(node, b); const all = range.getClientRects(); return all[all.length - 1] };
		const rtl = getComputedStyle(node.parentElement).direction === "rtl";
		const strong = s => /\p{Script=Arabic}|\p{Script=Hebrew}/u.test(s) ? true : /\p{L}|\p{Nd}/u.test(s) ? false : rtl;
		const text = node.data, one = letter(from, from + 1), last = letter(to - 1, to);
		const inset = w => Math.min(1.5, w / 4);
		return [
			strong(text[from]) ? one.right - inset(one.width) : one.left + inset(one.width), one.top + one.height / 2,
			strong(text[to - 1]) ? last.left + inset(last.width) : last.right - inset(last.width), last.top + last.height / 2,
		];
	})()`, i, from, to)
	return p[0], p[1], p[2], p[3]
}

// drag selects the range with the mouse; held are modifiers, such as alt to
// take the selection as it is.
func (r *reader) drag(start, end int, held ...input.Modifier) {
	r.t.Helper()
	var mod input.Modifier
	for _, m := range held {
		mod |= m
	}
	x1, y1, x2, y2 := r.edges(start, end)
	mouse := func(kind input.MouseType, x, y float64, buttons int64) chromedp.Action {
		return input.DispatchMouseEvent(kind, x, y).WithButton(input.Left).WithButtons(buttons).WithClickCount(1).WithModifiers(mod)
	}
	r.do(
		input.DispatchMouseEvent(input.MouseMoved, x1, y1).WithModifiers(mod),
		mouse(input.MousePressed, x1, y1, 1),
		mouse(input.MouseMoved, (x1+x2)/2, (y1+y2)/2, 1),
		mouse(input.MouseMoved, x2, y2, 1),
		mouse(input.MouseReleased, x2, y2, 0),
	)
}

// clickOn clicks into the middle of the range.
func (r *reader) clickOn(start, end int) {
	r.t.Helper()
	x1, y1, x2, y2 := r.edges(start, end)
	r.do(chromedp.MouseClickXY((x1+x2)/2, (y1+y2)/2))
}

// tap touches the middle of the range with a finger.
func (r *reader) tap(start, end int) {
	r.t.Helper()
	x1, y1, x2, y2 := r.edges(start, end)
	point := []*input.TouchPoint{{X: (x1 + x2) / 2, Y: (y1 + y2) / 2}}
	r.do(input.DispatchTouchEvent(input.TouchStart, point), input.DispatchTouchEvent(input.TouchEnd, []*input.TouchPoint{}))
}

// touch taps the first visible match of a selector with a finger.
func (b *browser) touch(selector string) {
	b.t.Helper()
	b.see(selector)
	var at struct{ X, Y float64 }
	b.eval(&at, `(() => { const r = document.querySelector(%s).getBoundingClientRect(); return {X: r.x + r.width / 2, Y: r.y + r.height / 2} })()`, selector)
	b.do(input.DispatchTouchEvent(input.TouchStart, []*input.TouchPoint{{X: at.X, Y: at.Y}}), input.DispatchTouchEvent(input.TouchEnd, []*input.TouchPoint{}))
}
