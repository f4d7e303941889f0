package caret

import "hashiya/app/arabic"

// Step returns where the caret at offset at stands after one step by words as
// labels need them: it stops where the core of a word begins, behind its
// proclitics, so that a label's key or an extension starts there. With extend a
// step forward ends behind a word instead, so that no space and no proclitic of
// the next word gets into the selection. In a paragraph's last word it goes to
// the paragraph's end, then on to the next paragraph; at the ends of the text it
// stays.
func (s *Snapper) Step(at int, forward, extend bool) int {
	m := s.words
	if len(m.paragraphs) == 0 {
		return 0
	}
	at = m.Clamp(at)
	i := m.paragraphAt(at)
	if forward {
		for _, w := range m.stopsOf(i).wordRanges {
			stop := w.End
			if !extend {
				stop = s.core(w.Start, w.End)
			}
			if stop > at {
				return stop
			}
		}
		if p := m.paragraphs[i]; at < p.End || i+1 == len(m.paragraphs) {
			return p.End
		}
		if words := m.stopsOf(i + 1).wordRanges; len(words) > 0 && !extend {
			return s.core(words[0].Start, words[0].End)
		}
		return m.paragraphs[i+1].Start
	}
	for ; i >= 0; i-- {
		words := m.stopsOf(i).wordRanges
		for k := len(words) - 1; k >= 0; k-- {
			if stop := s.core(words[k].Start, words[k].End); stop < at {
				return stop
			}
		}
		if p := m.paragraphs[i]; at > p.Start {
			return p.Start
		}
	}
	return at
}

// core returns where the core of the word [start,end) begins.
func (s *Snapper) core(start, end int) int {
	if n := arabic.CoreStart(s.index.Slice(start, end), s.known); start+n < end {
		return start + n
	}
	return start
}

// Boundaries returns the offsets in the word at offset at where a span over it
// can begin: its start, and behind every proclitic that its letters can be read
// as. Empty where there is no word.
func (s *Snapper) Boundaries(at int) []int {
	w, ok := s.words.WordAt(at)
	if !ok || at >= w.End {
		return nil
	}
	out := arabic.Boundaries(s.index.Slice(w.Start, w.End))
	for i := range out {
		out[i] += w.Start
	}
	return out
}
