package arabic

import (
	"slices"
	"strings"
	"unicode"
)

// Lexicon is the words of an article, by bare letters: a core that stands in
// the article on its own is evidence that the letters before it are proclitics.
type Lexicon map[string]bool

// NewLexicon takes in the words of a text.
func NewLexicon(words []string) Lexicon {
	l := Lexicon{}
	for _, w := range words {
		letters, _ := bare([]rune(w))
		l[string(letters)] = true
	}
	return l
}

// CoreStart returns how many code points of the word are proclitics, to be left
// in front of a span over its core; 0 leaves the word whole. It never changes
// or drops text: the caller shows what is left out. A word is cut only on
// evidence:
//   - what follows are digits (و2003);
//   - what follows begins with the article, or with لل (ل + ال): وبالقاهرة,
//     للكرملين;
//   - what follows begins with a hamza on alef, which inside a word hardly
//     stands otherwise: لأذربيجان;
//   - what follows stands in the article as a word of its own: وعلييف.
func CoreStart(word string, known Lexicon) int {
	runes := []rune(word)
	letters, at := bare(runes)
	if isWhole(letters) {
		return 0
	}
	for n := min(3, len(letters)-1); n >= 1; n-- {
		if !IsProclitic(string(letters[:n])) {
			continue
		}
		if core := letters[n:]; evident(letters[n-1], core, known) {
			return at[n]
		}
	}
	return 0
}

func evident(before rune, core []rune, known Lexicon) bool {
	switch {
	case unicode.IsDigit(core[0]):
		return true
	case len(core) >= 5 && core[0] == 'ا' && core[1] == 'ل':
		return before != 'ل' // ل before ال is written لل
	case len(core) >= 4 && before == 'ل' && core[0] == 'ل':
		return true
	case len(core) >= 4 && strings.ContainsRune("أإآ", core[0]):
		return true
	}
	return len(core) >= 3 && known[string(core)]
}

// whole are words whose first letters look like proclitics before an article
// or a hamza but belong to them.
var whole = []string{"والد", "بالغ", "بالي", "كالي", "فالن", "لأن", "كأن", "بأن", "فأن", "لأج", "بأسر", "تأ"}

func isWhole(letters []rune) bool {
	s := string(letters)
	return slices.ContainsFunc(whole, func(w string) bool { return strings.HasPrefix(s, w) })
}
