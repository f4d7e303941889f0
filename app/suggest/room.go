package suggest

import (
	"cmp"
	"slices"

	"hashiya/app/annotation"
)

// spanIndex finds the spans that touch a range.
type spanIndex struct {
	spans []annotation.Span // by start
	reach []int             // the greatest end up to each of them
}

func newSpanIndex(existing []annotation.Span) spanIndex {
	x := spanIndex{slices.SortedFunc(slices.Values(existing), func(a, b annotation.Span) int { return cmp.Compare(a.Start, b.Start) }), nil}
	end := 0
	for _, s := range x.spans {
		end = max(end, s.End)
		x.reach = append(x.reach, end)
	}
	return x
}

// has reports whether the spans leave no room for the suggestion.
func (x spanIndex) has(s Suggestion) bool {
	i, _ := slices.BinarySearchFunc(x.spans, s.End, func(e annotation.Span, end int) int { return cmp.Compare(e.Start, end) })
	for i--; i >= 0 && x.reach[i] > s.Start; i-- {
		e := x.spans[i]
		if e.End <= s.Start {
			continue
		}
		nested := e.Start <= s.Start && s.End <= e.End || s.Start <= e.Start && e.End <= s.End
		if !nested || e.Label == s.Label || e.Start == s.Start && e.End == s.End {
			return true
		}
	}
	return false
}
