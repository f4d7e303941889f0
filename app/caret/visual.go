package caret

import (
	"slices"
	"unicode"

	"golang.org/x/text/unicode/bidi"

	"hashiya/app/text"
)

// Beside returns the caret stop next to offset at as the eye sees it, to the
// left or to the right, in a line with runs of both directions: the stop whose
// caret is drawn next on that side. A caret is drawn at the edge by which
// reading enters the letter behind it (at a paragraph's end, leaves the last
// one), so where two directions meet two offsets may share a place; of those
// the one nearer to at in reading order is taken. Past the edge of a paragraph
// it goes on to the next or the previous one.
//
// A paragraph counts as one line: a run that is broken over two lines reads on
// within each of them as it should.
func (m *Map) Beside(at int, left bool) int {
	if len(m.paragraphs) == 0 {
		return 0
	}
	at = m.Clamp(at)
	i := m.paragraphAt(at)
	p := m.paragraphs[i]
	onward := left == (p.Dir == text.RTL)
	letters, places := m.stopsOf(i).letters, m.placesOf(i)
	k, found := slices.BinarySearch(letters, at)
	if !found || places == nil {
		return m.Move(at, Letter, onward)
	}
	best := -1
	for j, x := range places {
		if x == places[k] || (x < places[k]) != left {
			continue
		}
		switch {
		case best < 0, nearer(x, places[best], places[k]):
			best = j
		case x == places[best] && nearer(j, best, k):
			best = j
		}
	}
	if best >= 0 {
		return letters[best]
	}
	switch {
	case onward && i+1 < len(m.paragraphs):
		return m.paragraphs[i+1].Start
	case !onward && i > 0:
		return m.paragraphs[i-1].End
	}
	return at
}

func nearer(a, b, to int) bool { return distance(a, to) < distance(b, to) }

func distance(a, b int) int { return max(a-b, b-a) }

// placesOf returns where the caret at each letter stop of a paragraph is drawn,
// in letters from the left edge; nil when the paragraph runs in one direction.
func (m *Map) placesOf(i int) []int {
	s := m.stopsOf(i)
	if s.placed {
		return s.places
	}
	s.placed = true
	p := m.paragraphs[i]
	levels := levelsOf(m.index.Slice(p.Start, p.End), p.Dir)
	if levels == nil || len(s.letters) < 2 {
		return nil
	}
	n := len(s.letters) - 1
	of := make([]int, n)    // the level of each letter
	order := make([]int, n) // letters from left to right
	highest := 0
	for k := range n {
		of[k], order[k] = levels[s.letters[k]-p.Start], k
		highest = max(highest, of[k])
	}
	// Rule L2 of the Unicode bidirectional algorithm.
	for level := highest; level > 0; level-- {
		for from := 0; from < n; from++ {
			to := from
			for to < n && of[to] >= level {
				to++
			}
			if to > from {
				slices.Reverse(order[from:to])
				from = to
			}
		}
		// Reversing moved letters about: the levels move with them.
		moved := make([]int, n)
		for x, k := range order {
			moved[x] = levels[s.letters[k]-p.Start]
		}
		of = moved
	}
	s.places = make([]int, n+1)
	for x, k := range order {
		rtl := levels[s.letters[k]-p.Start]%2 == 1
		s.places[k] = x
		if rtl {
			s.places[k] = x + 1
		}
		if k == n-1 { // behind the last letter
			s.places[n] = x + 1
			if rtl {
				s.places[n] = x
			}
		}
	}
	return s.places
}

// levelsOf returns the embedding level of each code point, nil when all run in
// the direction of the paragraph. The library tells directions only; an LTR
// paragraph's numbers between right-to-left words are told from its words by
// having no letter.
func levelsOf(s string, base text.Direction) []int {
	var p bidi.Paragraph
	dir := bidi.DefaultDirection(bidi.LeftToRight)
	if base == text.RTL {
		dir = bidi.DefaultDirection(bidi.RightToLeft)
	}
	if _, err := p.SetString(s, dir); err != nil {
		return nil
	}
	order, err := p.Order()
	if err != nil || order.NumRuns() < 2 {
		return nil
	}
	runes := []rune(s)
	out := make([]int, len(runes))
	for i := range order.NumRuns() {
		run := order.Run(i)
		from, to := run.Pos() // code points, to included
		if from < 0 || to >= len(out) || from > to {
			return nil
		}
		level := 0
		switch rtl := run.Direction() == bidi.RightToLeft; {
		case rtl:
			level = 1
		case base == text.RTL,
			i > 0 && i+1 < order.NumRuns() && !slices.ContainsFunc(runes[from:to+1], unicode.IsLetter):
			level = 2
		}
		for k := from; k <= to; k++ {
			out[k] = level
		}
	}
	return out
}
