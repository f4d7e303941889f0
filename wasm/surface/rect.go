package surface

import (
	"cmp"
	"math"
	"slices"
)

// rect is a rectangle in CSS pixels.
type rect struct{ left, top, right, bottom float64 }

func (r rect) width() float64   { return r.right - r.left }
func (r rect) height() float64  { return r.bottom - r.top }
func (r rect) centreY() float64 { return (r.top + r.bottom) / 2 }

func (r rect) contains(x, y float64) bool {
	return r.left <= x && x < r.right && r.top <= y && y < r.bottom
}

func (r rect) union(o rect) rect {
	return rect{min(r.left, o.left), min(r.top, o.top), max(r.right, o.right), max(r.bottom, o.bottom)}
}

// relativeTo moves r so that (x, y) becomes the origin, rounded to hundredths of
// a pixel: scrolling by fractions must not make equal rectangles differ.
func (r rect) relativeTo(x, y float64) rect {
	return rect{hundredths(r.left - x), hundredths(r.top - y), hundredths(r.right - x), hundredths(r.bottom - y)}
}

func hundredths(v float64) float64 { return math.Round(v*100) / 100 }

// sameLine reports whether two rectangles stand on one line of text: the centre
// of the lower one lies within the other. Tall fonts make the boxes of
// neighbouring lines overlap, but never that far.
func sameLine(a, b rect) bool {
	if a.height() < b.height() {
		a, b = b, a
	}
	return a.top <= b.centreY() && b.centreY() <= a.bottom && math.Abs(a.centreY()-b.centreY()) < a.height()/2
}

// touching is the gap, in pixels, that rounding may leave between two runs of one
// line that are neighbours.
const touching = 0.5

// mergeLines joins the rectangles of a range that touch on one line. In bidi text
// there is one per run, in visual order; runs that stand apart stay apart.
// Rectangles without width are dropped unless there are no others. The result is
// in the order of lines, then from left to right.
func mergeLines(rects []rect) []rect {
	rects = slices.Clone(rects)
	if wide := slices.DeleteFunc(slices.Clone(rects), func(r rect) bool { return r.width() <= 0 }); len(wide) > 0 {
		rects = wide
	}
	var out []rect
	for _, line := range byLine(rects) {
		slices.SortFunc(line, func(a, b rect) int { return cmp.Compare(a.left, b.left) })
		for i, r := range line {
			if last := len(out) - 1; i > 0 && r.left-out[last].right <= touching {
				out[last] = out[last].union(r)
			} else {
				out = append(out, r)
			}
		}
	}
	return out
}

// lineBoxes returns the box of each line that the rectangles stand on, from the
// top down.
func lineBoxes(rects []rect) []rect {
	var out []rect
	for _, line := range byLine(rects) {
		box := line[0]
		for _, r := range line[1:] {
			box = box.union(r)
		}
		out = append(out, box)
	}
	return out
}

func byLine(rects []rect) [][]rect {
	rects = slices.Clone(rects)
	slices.SortStableFunc(rects, func(a, b rect) int { return cmp.Compare(a.centreY(), b.centreY()) })
	var lines [][]rect
	for _, r := range rects {
		if n := len(lines); n > 0 && sameLine(lines[n-1][0], r) {
			lines[n-1] = append(lines[n-1], r)
		} else {
			lines = append(lines, []rect{r})
		}
	}
	return lines
}

// nearestLine returns the index of the line whose centre is nearest to y.
func nearestLine(lines []rect, y float64) int {
	best := 0
	for i, l := range lines {
		if math.Abs(l.centreY()-y) < math.Abs(lines[best].centreY()-y) {
			best = i
		}
	}
	return best
}
