//go:build !js

package surface

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"

	"hashiya/app/ui/reading"
)

func TestHandlesStandAtBothEndsAndMoveThemWithoutScrollingThePage(t *testing.T) {
	b := openTab(t)
	b.do(emulation.SetDeviceMetricsOverride(390, 700, 1, true), emulation.SetTouchEmulationEnabled(true))
	doc := documentOf(strings.Repeat("مقدمة\n", 4) + strings.Repeat(awkward, 6))
	b.open(doc)
	start, end := find(doc.Text, "أذربيجان")
	knob := func(which string) (at [2]float64) {
		b.eval(`(() => { const e = document.querySelector('.handle[data-end="`+which+`"]'), r = e.getBoundingClientRect(); return e.hidden ? [0, 0] : [r.x + r.width / 2, r.y + r.height / 2] })()`, &at)
		return at
	}
	b.paint(reading.Mark{ID: "s", Start: start, End: end, Class: "label-c3", Focused: true})
	b.eval("frames(3)", nil)
	if knob("start") != [2]float64{} {
		t.Error("there are handles before a finger was used")
	}
	finger := func(p [2]float64) *input.TouchPoint { return &input.TouchPoint{X: p[0], Y: p[1]} }
	at := b.middle(doc, "أذربيجان")
	b.touch(input.TouchStart, finger(at))
	b.touch(input.TouchEnd)
	b.next("tap")
	b.eval("frames(3)", nil)
	first, last := knob("start"), knob("end")
	if first[0] <= at[0] || last[0] >= at[0] || first[1] <= at[1] {
		t.Fatalf("in right-to-left text the knobs of a word at %v stand at %v and %v", at, first, last)
	}

	// Over the proclitic in front, and back over two letters at the end.
	drag := func(from [2]float64, dx, dy float64) {
		b.touch(input.TouchStart, finger(from))
		for i := range 6 {
			f := float64(i+1) / 6
			b.touch(input.TouchMove, finger([2]float64{from[0] + dx*f, from[1] + dy*f}))
		}
		b.touch(input.TouchEnd)
	}
	letters := b.letters(doc)
	width := func(i int) float64 {
		for _, l := range letters {
			if l.start == i {
				return l.box[2] - l.box[0]
			}
		}
		t.Fatalf("letter %d is not laid out", i)
		return 0
	}
	drag(first, width(start-1)+1, 0)
	if got := b.next("resize"); got.Start != start-1 || got.End != end {
		t.Errorf("the first knob over the proclitic gives [%d,%d), want [%d,%d)", got.Start, got.End, start-1, end)
	}
	b.call("caret", 0, 0, false)
	b.eval("frames(3)", nil)
	drag(knob("end"), width(end-1)+width(end-2), 0)
	if got := b.next("resize"); got.Start != start || got.End != end-2 {
		t.Errorf("the other knob back over two letters gives [%d,%d), want [%d,%d)", got.Start, got.End, start, end-2)
	}

	// Beyond the other end: a letter stays. Down the page: it does not scroll.
	b.call("caret", 0, 0, false)
	b.eval("frames(3)", nil)
	drag(knob("start"), -400, 0)
	if got := b.next("resize"); got.Start != end-1 || got.End != end {
		t.Errorf("beyond the other end it gives [%d,%d), want the last letter [%d,%d)", got.Start, got.End, end-1, end)
	}
	b.call("caret", 0, 0, false)
	b.eval("frames(3)", nil)
	drag(knob("end"), 0, 120)
	if got := b.next("resize"); got.Start != start || got.End <= end {
		t.Errorf("further down it gives [%d,%d)", got.Start, got.End)
	}
	var y float64
	if b.eval("scrollY", &y); y != 0 {
		t.Errorf("dragging a handle has scrolled the page by %v", y)
	}
	for _, e := range b.events() {
		if e.Kind == "tap" || e.Kind == "select" {
			t.Errorf("dragging a handle is reported as %+v", e)
		}
	}

	b.click(at[0], at[1], 1)
	b.eval("frames(3)", nil)
	if knob("start") != [2]float64{} {
		t.Error("the handles stay when the mouse is used")
	}
}
