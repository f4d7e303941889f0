// Package arabic knows Arabic words: which letters are written onto a word in
// front of it, and how far a name reaches inside one.
package arabic

import (
	"slices"
	"strings"
	"unicode"
)

// The proclitics that stand in front of a name, in the order in which they are
// written: a question أ, a conjunction و or ف, a preposition or particle ب ل ك
// س, the article ال (Habash, Introduction to Arabic Natural Language
// Processing, 2010, chapter 4: QST+ CNJ+ PRT+ DET+ base). The Penn Arabic
// Treebank cuts off the first three and leaves the article on its word; so do
// we: an annotator can leave the article out, snapping never does.
const (
	questions    = "أ"
	conjunctions = "وف"
	prepositions = "بلكس"
)

// maxProclitic is how many letters a proclitic has at most: أوبال.
const maxProclitic = 5

// IsMark reports whether r is written on or stretches another letter without
// being one: harakat, superscript alef, tatweel, and the invisible bidi and
// joining controls.
func IsMark(r rune) bool {
	if r < '\u0300' {
		return false
	}
	return unicode.Is(unicode.Mn, r) || r == 'ـ' || r == '\u200C' || r == '\u200D' || r == '\u061C' ||
		r == '\u200E' || r == '\u200F' || r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069'
}

// IsProclitic reports whether s, the letters in front of a span inside one
// word, can be a proclitic: [أ]? [وف]? [بلكس]? [ال]?, at least one of them,
// marks aside. ل and ال are written لل.
func IsProclitic(s string) bool { return isProclitic(NewKey(s, spelled).Runes) }

func isProclitic(letters []rune) bool {
	if isParticles(letters) {
		return true
	}
	n := len(letters)
	switch {
	case n >= 2 && isAlef(letters[n-2]) && letters[n-1] == 'ل':
		before := letters[:n-2]
		return n == 2 || isParticles(before) && takesArticle(before[n-3])
	case n >= 2 && letters[n-2] == 'ل' && letters[n-1] == 'ل':
		return isParticles(letters[:n-1])
	}
	return false
}

// isParticles reports whether the letters are proclitics other than the
// article.
func isParticles(letters []rune) bool {
	rest := letters
	for _, slot := range []string{questions, conjunctions, prepositions} {
		if len(rest) > 0 && strings.ContainsRune(slot, rest[0]) {
			rest = rest[1:]
		}
	}
	return len(letters) > 0 && len(rest) == 0
}

// takesArticle reports whether ال can be written behind a particle: behind ل
// it is ل, and س stands before verbs only.
func takesArticle(particle rune) bool { return particle != 'ل' && particle != 'س' }

func isAlef(r rune) bool { return r == 'ا' || r == 'ٱ' }

// Boundaries returns the places of the word where a span over it can begin: 0,
// and the end of every proclitic that its letters can be read as, in ascending
// order, in code points of the word. One key that takes more off goes to the
// next of them, one that puts back to the one before. What remains of the word
// has two letters or more, or a digit. A place inside a code point (the
// ligature ﻷ) is none.
func Boundaries(word string) []int {
	k := NewKey(word, spelled)
	out := []int{0}
	for n := 1; n <= maxProclitic && n < len(k.Runes); n++ {
		core := k.Runes[n:]
		if k.At[n] != k.At[n-1] && (len(core) >= 2 || !unicode.IsLetter(core[0])) && isProclitic(k.Runes[:n]) {
			out = append(out, k.At[n])
		}
	}
	return out
}

// hasArticle reports whether the letters begin with ال and are long enough
// that it is likely no part of the stem.
func hasArticle(letters []rune) bool {
	if len(letters) < 3 || !isAlef(letters[0]) || letters[1] != 'ل' {
		return false
	}
	return len(letters) >= 5 || !isArabicLetter(letters[2]) || slices.Equal(letters, []rune("الله"))
}

func isArabicLetter(r rune) bool { return unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r) }
