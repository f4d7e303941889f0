package reading

import (
	"strconv"

	"hashiya/app/annotation"
)

// Marks returns what to paint: first the evidence of the stance that is lit up
// and the letters left out in front of the selected span, then the spans,
// outer before inner.
func (e *Editor) Marks() []Mark {
	var out []Mark
	ends := map[string]bool{}
	if s, lit := e.Stance(); lit {
		ends = entitiesOf(&s.Stance)
		for i, r := range s.Evidence {
			out = append(out, Mark{ID: "evidence:" + strconv.Itoa(i), Start: r.Start, End: r.End, Class: "is-evidence"})
		}
	}
	if s, there := e.Span(); there && s.Proclitic != "" {
		if from := s.Start - len([]rune(s.Proclitic)); e.Text(from, s.Start) == s.Proclitic {
			out = append(out, Mark{ID: "left-out", Start: from, End: s.Start, Class: "is-left-out"})
		}
	}
	inConflict := map[string]bool{}
	for _, c := range e.layer.Conflicts {
		inConflict[c.Subject] = true
	}
	colors := map[string]string{}
	for _, l := range e.scheme.Labels {
		colors[l.ID] = "label-c" + strconv.Itoa(l.Color)
	}
	levels := levels(e.layer.Spans)
	for i, s := range e.layer.Spans {
		class, known := colors[s.Label]
		if !known {
			class = "label-c0"
		}
		if inConflict[s.ID] {
			class += " is-conflict"
		}
		if s.Entity != "" && ends[s.Entity] {
			class += " is-stance-end"
		}
		out = append(out, Mark{
			ID: s.ID, Start: s.Start, End: s.End, Class: class, Tag: s.Label,
			Level: levels[i], Focused: s.ID == e.span,
		})
	}
	return append(append(out, e.proposedMarks()...), e.searchMarks()...)
}

// levels returns for each span, which stand by start, longer first, the lowest
// level below every span that encloses it on which no span that it overlaps
// stands: so that nested underlines stack, and crossing ones don't meet.
func levels(spans []annotation.NamedSpan) []int {
	out := make([]int, len(spans))
	var open []int // spans that reach the present start
	for i, s := range spans {
		still := open[:0]
		level, taken := 0, map[int]bool{}
		for _, k := range open {
			if spans[k].End <= s.Start {
				continue
			}
			still = append(still, k)
			taken[out[k]] = true
			if spans[k].End >= s.End {
				level = max(level, out[k]+1)
			}
		}
		for taken[level] {
			level++
		}
		out[i] = level
		open = append(still, i)
	}
	return out
}
