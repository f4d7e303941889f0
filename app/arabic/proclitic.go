// Package arabic knows Arabic words: which letters are written onto a word in
// front of it, and how far a name reaches inside one.
package arabic

import (
	"strings"
	"unicode"
)

// The proclitics that stand in front of a name, in the order in which they are
// written: a question أ, a conjunction و or ف, a preposition or particle ب ل ك
// س. The article ال is no proclitic here: it stays in the span (DESIGN.md,
// section 7; the order is that of Habash, Introduction to Arabic Natural
// Language Processing, 2010, section 4.2.2).
const (
	questions    = "أ"
	conjunctions = "وف"
	prepositions = "بلكس"
)

// IsMark reports whether r is written on or stretches another letter without
// being one: harakat, superscript alef, tatweel, and the invisible bidi and
// joining controls.
func IsMark(r rune) bool {
	return unicode.Is(unicode.Mn, r) || r == 'ـ' || r == '\u200C' || r == '\u200D' || r == '\u061C' ||
		r == '\u200E' || r == '\u200F' || r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069'
}

// bare drops the marks of a word, and returns for each remaining letter its
// place in word.
func bare(word []rune) (letters []rune, at []int) {
	for i, r := range word {
		if !IsMark(r) {
			letters = append(letters, r)
			at = append(at, i)
		}
	}
	return letters, at
}

// IsProclitic reports whether s, the letters in front of a span inside one
// word, can be a proclitic: [أ]? [وف]? [بلكس]?, at least one of them, marks
// aside.
func IsProclitic(s string) bool {
	letters, _ := bare([]rune(s))
	return isProclitic(letters)
}

func isProclitic(letters []rune) bool {
	rest := letters
	for _, slot := range []string{questions, conjunctions, prepositions} {
		if len(rest) > 0 && strings.ContainsRune(slot, rest[0]) {
			rest = rest[1:]
		}
	}
	return len(letters) > 0 && len(rest) == 0
}
