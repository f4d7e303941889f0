package caret

import (
	"unicode"

	"hashiya/app/arabic"
	"hashiya/app/text"
)

// Snapper turns a rough selection into the range that an annotator means.
type Snapper struct {
	index *text.Index
	words *Map
	known arabic.Lexicon
}

// NewSnapper prepares snapping in one article.
func NewSnapper(x *text.Index, m *Map) *Snapper {
	words := text.Words(x.String())
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = x.Slice(w.Start, w.End)
	}
	return &Snapper{x, m, arabic.NewLexicon(list)}
}

// Snap widens [start,end) to whole words and takes the proclitics of the first
// word and all quotes, spaces and punctuation off its ends. proclitic is what
// was left in front of it, as it stands in the text. An empty range means the
// word around it; a range without a letter or digit gives ok false.
func (s *Snapper) Snap(start, end int) (from, to int, proclitic string, ok bool) {
	if start > end {
		start, end = end, start
	}
	point := start == end
	for start < end && !s.wordlike(start) {
		start++
	}
	for end > start && !s.wordlike(end-1) {
		end--
	}
	first, found := s.words.WordAt(start)
	if !found || start == end && !point {
		return 0, 0, "", false
	}
	last := first
	if end > start {
		if w, found := s.words.WordAt(end - 1); found {
			last = w
		}
	}
	from, to = first.Start, last.End
	if n := arabic.CoreStart(s.index.Slice(first.Start, first.End), s.known); n > 0 && from+n < to {
		from += n
	}
	return from, to, s.Proclitic(from), from < to
}

// Proclitic returns the letters in front of start within its word when they
// can be a proclitic, "" otherwise.
func (s *Snapper) Proclitic(start int) string {
	w, ok := s.words.WordAt(start)
	if !ok || w.Start >= start || w.End <= start {
		return ""
	}
	if p := s.index.Slice(w.Start, start); arabic.IsProclitic(p) {
		return p
	}
	return ""
}

// Trim takes spaces, quotes and punctuation off the ends of a range that is
// otherwise taken as it is. A range without a letter or digit is left alone.
func (s *Snapper) Trim(start, end int) (int, int) {
	from, to := start, end
	for from < to && !s.wordlike(from) {
		from++
	}
	for to > from && !s.wordlike(to-1) {
		to--
	}
	if from == to {
		return start, end
	}
	return from, to
}

func (s *Snapper) wordlike(at int) bool {
	r := s.index.Rune(at)
	return unicode.IsLetter(r) || unicode.IsNumber(r) || arabic.IsMark(r) && at > 0
}
