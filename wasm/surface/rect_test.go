//go:build !js

package surface

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestRunsThatTouchOnALineAreOneRectangle(t *testing.T) {
	got := mergeLines([]rect{
		{100, 10, 140, 50}, {60, 10, 100.2, 50}, {20, 10, 40, 50}, // one line: two runs that touch, one apart
		{140, 10, 140, 50},                   // a run without width
		{80, 90, 120, 130}, {0, 92, 80, 128}, // the next line, in two fonts
	})
	want := []rect{{20, 10, 40, 50}, {60, 10, 140, 50}, {0, 90, 120, 130}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
}

func TestARangeWithoutWidthKeepsItsPlace(t *testing.T) {
	if got := mergeLines([]rect{{5, 10, 5, 50}}); len(got) != 1 {
		t.Errorf("got %v: a lone bidi control has no place", got)
	}
}

func TestLinesWhoseBoxesOverlapStayTwoLines(t *testing.T) {
	if got := lineBoxes([]rect{{0, 0, 10, 42}, {0, 36, 10, 78}}); len(got) != 2 {
		t.Errorf("got %v", got)
	}
}

func TestMergingKeepsTheCoveredAreaAndSeparatesTheRest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var in []rect
		for line := range rapid.IntRange(1, 4).Draw(t, "lines") {
			x := 0.0
			for range rapid.IntRange(1, 5).Draw(t, "runs") {
				x += float64(rapid.IntRange(0, 3).Draw(t, "gap"))
				w := float64(rapid.IntRange(1, 50).Draw(t, "width"))
				in = append(in, rect{x, float64(line) * 50, x + w, float64(line)*50 + 40})
				x += w
			}
		}
		shuffled := rapid.Permutation(in).Draw(t, "order")
		out := mergeLines(shuffled)
		var before, after float64
		for _, r := range in {
			before += r.width()
		}
		for i, r := range out {
			after += r.width()
			if i > 0 && r.top == out[i-1].top && r.left-out[i-1].right <= touching {
				t.Fatalf("%v and %v touch", out[i-1], r)
			}
		}
		if before != after {
			t.Fatalf("%v pixels became %v", before, after)
		}
	})
}

func TestAPointBelongsToTheBoxItIsInAndToTheNearestLine(t *testing.T) {
	lines := []rect{{0, 0, 10, 40}, {0, 50, 10, 90}}
	if !lines[0].contains(0, 0) || lines[0].contains(10, 0) || lines[0].contains(5, 40) {
		t.Error("a box holds its left and top edges and not its right and bottom ones")
	}
	for y, want := range map[float64]int{-30: 0, 20: 0, 44: 0, 46: 1, 300: 1} {
		if got := nearestLine(lines, y); got != want {
			t.Errorf("height %v is nearest to line %d, want %d", y, got, want)
		}
	}
}

func TestScrollingByFractionsOfAPixelDoesNotChangeAPlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		by := rapid.Float64Range(-5000, 5000).Draw(t, "scrolled by")
		r, moved := rect{10.125, 20.5, 30.25, 62.5}, rect{10.125, 20.5 + by, 30.25, 62.5 + by}
		if got, want := moved.relativeTo(3, 4+by), r.relativeTo(3, 4); got != want {
			t.Fatalf("%v became %v", want, got)
		}
	})
}
