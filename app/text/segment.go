package text

import (
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/clipperhouse/uax29/v2/sentences"
	"github.com/clipperhouse/uax29/v2/words"
)

// Word is one word of a text: a half-open range of code points.
type Word struct{ Start, End int }

// Words returns the words of s by UAX #29, without spaces and punctuation, in
// code points. A slash, a quote or a hyphen ends a word; tatweel, harakat,
// ZWNJ and the bidi marks stay inside it.
func Words(s string) []Word {
	var out []Word
	cp := 0
	seg := words.FromString(s)
	for seg.Next() {
		v := seg.Value()
		n := utf8.RuneCountInString(v)
		if wordlike(v) {
			out = append(out, Word{cp, cp + n})
		}
		cp += n
	}
	return out
}

func wordlike(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return true
		}
	}
	return false
}

// Graphemes returns the offsets, in code points, at which a user-perceived
// character (UAX #29 grapheme cluster) of s begins, and the end of s.
func Graphemes(s string) []int {
	out := []int{0}
	cp := 0
	seg := graphemes.FromString(s)
	for seg.Next() {
		cp += utf8.RuneCountInString(seg.Value())
		out = append(out, cp)
	}
	return out
}

// Sentences returns the offsets, in code points, at which a sentence of s
// begins (UAX #29; the Arabic full stop, question mark and semicolon count).
func Sentences(s string) []int {
	var out []int
	cp := 0
	seg := sentences.FromString(s)
	for seg.Next() {
		out = append(out, cp)
		cp += utf8.RuneCountInString(seg.Value())
	}
	return out
}
