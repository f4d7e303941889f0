package surface

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"hashiya/app/ui/reading"
)

// item is one thing to paint in one paragraph: a mark's part that lies in it, the
// selection, a tick for a bidi control.
type item struct {
	itemKey
	class string
	tag   string // data-tag: short name of a label
	name  string // data-name: which bidi control a tick stands for
	level int
}

// itemKey decides where an item is drawn: while it is the same, its rectangles
// need not be read again.
type itemKey struct {
	layer      int
	start, end int // code points
	id         string
}

// Layers, from the bottom up: what shows the reader's place lies below the labels.
const (
	placeLayer = iota
	labelLayer
	tickLayer
)

// maxLevel is the deepest underline that still fits between two lines.
const maxLevel = 3

// markItem returns the part of m that lies within [start,end).
func markItem(m reading.Mark, start, end int, hovered bool) item {
	class := "mark " + m.Class
	if m.Focused {
		class += " is-focused"
	}
	if hovered {
		class += " is-hover"
	}
	layer := labelLayer
	for _, place := range []string{"is-evidence", "is-search", "is-selection", "is-flash"} {
		if strings.Contains(m.Class, place) {
			layer = placeLayer
		}
	}
	it := item{
		itemKey: itemKey{layer, max(m.Start, start), min(m.End, end), m.ID},
		class:   class,
		level:   min(m.Level, maxLevel),
	}
	if m.Start >= start {
		it.tag = m.Tag
	}
	return it
}

// order sorts items as they are stacked, outer before inner, and drops a second
// item with the same key. It does not depend on how an item looks, so items keep
// their order while they change.
func order(items []item) []item {
	slices.SortStableFunc(items, func(a, b item) int {
		return cmp.Or(
			cmp.Compare(a.layer, b.layer),
			cmp.Compare(a.start, b.start),
			cmp.Compare(b.end, a.end),
			strings.Compare(a.id, b.id),
		)
	})
	return slices.CompactFunc(items, func(a, b item) bool { return a.itemKey == b.itemKey })
}

// extent is the code points [start,end) of a paragraph.
type extent struct{ start, end int }

// spread deals the marks out to the paragraphs they touch. A mark that touches
// none is left out: nothing of it can be seen.
func spread(marks []reading.Mark, extents []extent) [][]reading.Mark {
	out := make([][]reading.Mark, len(extents))
	for _, m := range marks {
		for i := firstEndingAfter(extents, m.Start); i < len(extents) && extents[i].start < m.End; i++ {
			if max(m.Start, extents[i].start) < min(m.End, extents[i].end) {
				out[i] = append(out[i], m)
			}
		}
	}
	return out
}

func firstEndingAfter(extents []extent, at int) int {
	return sort.Search(len(extents), func(i int) bool { return extents[i].end > at })
}

// holding returns the index of the paragraph in which a caret at offset at stands:
// the one that holds it (where two meet, the second), or else the nearest one.
// -1 without paragraphs.
func holding(extents []extent, at int) int {
	i := sort.Search(len(extents), func(i int) bool { return extents[i].start > at }) - 1
	if i < 0 {
		return min(0, len(extents)-1)
	}
	if i+1 < len(extents) && at > extents[i].end && extents[i+1].start-at < at-extents[i].end {
		return i + 1
	}
	return i
}

// under returns the ids of the marks that touch [start,end), the innermost first.
func under(marks []reading.Mark, start, end int) []string {
	var hit []reading.Mark
	for _, m := range marks {
		if m.Start < end && m.End > start {
			hit = append(hit, m)
		}
	}
	slices.SortStableFunc(hit, func(a, b reading.Mark) int {
		return cmp.Or(cmp.Compare(a.End-a.Start, b.End-b.Start), cmp.Compare(b.Level, a.Level))
	})
	var ids []string
	for _, m := range hit {
		ids = append(ids, m.ID)
	}
	return ids
}

var bidiControls = map[rune]string{
	'\u061C': "ALM", '\u200E': "LRM", '\u200F': "RLM",
	'\u202A': "LRE", '\u202B': "RLE", '\u202C': "PDF", '\u202D': "LRO", '\u202E': "RLO",
	'\u2066': "LRI", '\u2067': "RLI", '\u2068': "FSI", '\u2069': "PDI",
}

// ticks returns an item for every bidi control of s, which starts at offset start.
func ticks(s string, start int) []item {
	out := []item{}
	at := start
	for _, r := range s {
		if name, ok := bidiControls[r]; ok {
			out = append(out, item{itemKey: itemKey{layer: tickLayer, start: at, end: at + 1}, class: "bidi-tick", name: name})
		}
		at++
	}
	return out
}
