// Package caret moves a keyboard caret through a text: by letter, word,
// sentence and paragraph, in logical order. All offsets are code points.
package caret

import (
	"slices"
	"sort"

	"hashiya/app/article"
	"hashiya/app/text"
)

// Unit is how far one step goes.
type Unit int

const (
	Letter Unit = iota // a grapheme cluster
	Word
	Sentence
	Paragraph
	Text
)

// Map holds the places of one article where a caret can stop. The caret stays
// within paragraphs; it steps from the end of one to the start of the next.
type Map struct {
	paragraphs []article.Paragraph
	index      *text.Index
	cut        map[int]*stops // by paragraph, made on first use
}

// stops are offsets in ascending order; each list includes the paragraph's end.
type stops struct {
	letters, words, sentences []int
	wordRanges                []text.Word

	places []int // of the carets at letters, see placesOf
	placed bool
}

// NewMap prepares moving through the article's paragraphs.
func NewMap(x *text.Index, paragraphs []article.Paragraph) *Map {
	return &Map{paragraphs, x, map[int]*stops{}}
}

// paragraphAt returns the index of the paragraph that holds at, or the nearest
// one before it.
func (m *Map) paragraphAt(at int) int {
	i := sort.Search(len(m.paragraphs), func(i int) bool { return m.paragraphs[i].Start > at })
	return max(i-1, 0)
}

func (m *Map) stopsOf(i int) *stops {
	if s := m.cut[i]; s != nil {
		return s
	}
	p := m.paragraphs[i]
	body := m.index.Slice(p.Start, p.End)
	s := &stops{letters: text.Graphemes(body)}
	for k := range s.letters {
		s.letters[k] += p.Start
	}
	for _, w := range text.Words(body) {
		w = text.Word{Start: w.Start + p.Start, End: w.End + p.Start}
		s.wordRanges = append(s.wordRanges, w)
		s.words = append(s.words, w.Start)
	}
	for _, at := range text.Sentences(body) {
		s.sentences = append(s.sentences, at+p.Start)
	}
	m.cut[i] = s
	return s
}

// Clamp returns the nearest place to at where a caret can stop: a grapheme
// boundary within a paragraph.
func (m *Map) Clamp(at int) int {
	if len(m.paragraphs) == 0 {
		return 0
	}
	i := m.paragraphAt(at)
	p := m.paragraphs[i]
	if at > p.End && i+1 < len(m.paragraphs) && m.paragraphs[i+1].Start-at < at-p.End {
		i, p = i+1, m.paragraphs[i+1]
	}
	at = min(max(at, p.Start), p.End)
	letters := m.stopsOf(i).letters
	k, found := slices.BinarySearch(letters, at)
	if !found && k > 0 {
		k--
	}
	return letters[k]
}

// Move returns where the caret at offset at stands after one step of the unit,
// forward in logical order or back. At the ends of the text it stays.
func (m *Map) Move(at int, u Unit, forward bool) int {
	if len(m.paragraphs) == 0 {
		return 0
	}
	at = m.Clamp(at)
	i := m.paragraphAt(at)
	switch u {
	case Text:
		if forward {
			return m.paragraphs[len(m.paragraphs)-1].End
		}
		return m.paragraphs[0].Start
	case Paragraph:
		return m.paragraph(at, i, forward)
	}
	if to, ok := step(m.list(i, u), at, forward); ok {
		return to
	}
	// Nothing of the unit is left in this paragraph.
	switch p := m.paragraphs[i]; {
	case forward && u != Letter && at < p.End:
		return p.End
	case !forward && at > p.Start:
		return p.Start
	case forward && i+1 < len(m.paragraphs):
		return m.paragraphs[i+1].Start
	case !forward && i > 0:
		before := m.paragraphs[i-1]
		if to, ok := step(m.list(i-1, u), before.End+1, false); ok {
			return to
		}
		return before.Start
	}
	return at
}

func (m *Map) list(i int, u Unit) []int {
	s := m.stopsOf(i)
	switch u {
	case Word:
		return s.words
	case Sentence:
		return s.sentences
	}
	return s.letters
}

func (m *Map) paragraph(at, i int, forward bool) int {
	p := m.paragraphs[i]
	switch {
	case forward && i+1 < len(m.paragraphs):
		return m.paragraphs[i+1].Start
	case forward:
		return p.End
	case at > p.Start || i == 0:
		return p.Start
	}
	return m.paragraphs[i-1].Start
}

// step returns the nearest stop behind or before at.
func step(list []int, at int, forward bool) (int, bool) {
	k, found := slices.BinarySearch(list, at)
	if forward {
		if found {
			k++
		}
		if k < len(list) {
			return list[k], true
		}
		return 0, false
	}
	if k > 0 {
		return list[k-1], true
	}
	return 0, false
}

// WordAt returns the word that holds the offset, or that ends there.
func (m *Map) WordAt(at int) (text.Word, bool) {
	if len(m.paragraphs) == 0 {
		return text.Word{}, false
	}
	words := m.stopsOf(m.paragraphAt(at)).wordRanges
	for _, w := range words {
		if w.Start <= at && at < w.End {
			return w, true
		}
	}
	for _, w := range words {
		if w.End == at {
			return w, true
		}
	}
	return text.Word{}, false
}

// ParagraphAt returns the paragraph that holds the offset, or the nearest one.
func (m *Map) ParagraphAt(at int) article.Paragraph {
	if len(m.paragraphs) == 0 {
		return article.Paragraph{}
	}
	return m.paragraphs[m.paragraphAt(m.Clamp(at))]
}
