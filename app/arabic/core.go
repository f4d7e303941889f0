package arabic

import (
	"strings"
	"unicode"
)

// Lexicon is how often words stand in an article: a core that stands there on
// its own is evidence that the letters before it are proclitics.
type Lexicon struct {
	spelled map[string]int // as they are spelled
	folded  map[string]int // at tier Folded
}

// NewLexicon counts the words of a text, proclitics and all.
func NewLexicon(words []string) Lexicon {
	l := Lexicon{map[string]int{}, map[string]int{}}
	for _, w := range words {
		letters := NewKey(w, spelled).Runes
		l.spelled[string(letters)]++
		l.folded[folded(letters)]++
	}
	return l
}

func folded(letters []rune) string {
	out := make([]rune, len(letters))
	for i, r := range letters {
		out[i] = fold(r, Folded)
	}
	return string(out)
}

// times returns how often the letters stand as a word of their own. Up to three
// letters the forms of alef count as different: واحد is not و with أحد.
func (l Lexicon) times(letters []rune) int {
	if len(letters) <= 3 {
		return l.spelled[string(letters)]
	}
	return l.folded[folded(letters)]
}

// CoreStart returns how many code points of the word are proclitics, to be left
// in front of a span over its core; 0 leaves the word whole. It never changes
// or drops text: the caller shows what is left out. The article stays in the
// core. A word is cut only on evidence (testdata/forms.tsv has examples of
// each, with their sources):
//   - what follows is no Arabic letter: و2003, لـGDP;
//   - what follows begins with the article, or with لل (ل + ال): وبالقاهرة,
//     للكرملين;
//   - what follows begins with a hamza on alef, which inside a word hardly
//     stands otherwise: لأذربيجان;
//   - what follows stands in the article as a word of its own, and often
//     enough: وعلييف.
//
// Words that look so and are not are listed in whole.go.
func CoreStart(word string, known Lexicon) int {
	k := NewKey(word, spelled)
	if isWhole(k.Runes) {
		return 0
	}
	start, rivals := 0, known.asWhole(k.Runes)
	for n := 1; n < maxProclitic-1 && n < len(k.Runes); n++ {
		particles, core := k.Runes[:n], k.Runes[n:]
		if !isParticles(particles) || k.At[n] == k.At[n-1] || strings.ContainsRune(string(particles), 'س') {
			continue // س stands before verbs, and those are no names
		}
		if particles[0] != 'أ' && isWhole(core) {
			return k.At[n]
		}
		if written(particles[n-1], core) || known.evident(particles, core, rivals) {
			start = k.At[n]
		}
		rivals = max(rivals, known.asWhole(core))
	}
	return start
}

// written reports whether the letters alone show that the core begins here.
func written(before rune, core []rune) bool {
	switch {
	case !isArabicLetter(core[0]):
		return len(core) >= 2 || !unicode.IsLetter(core[0])
	case hasArticle(core):
		return takesArticle(before)
	case before == 'ل' && core[0] == 'ل':
		return len(core) >= 3
	}
	return len(core) >= 3 && strings.ContainsRune("أإآ", core[0])
}

// asWhole returns how often the article shows the letters as one word: alone,
// or behind the article.
func (l Lexicon) asWhole(letters []rune) int {
	return l.times(letters) + l.times(append([]rune("ال"), letters...))
}

// evident reports whether the core stands in the article often enough to take
// the particles before it for such, when the uncut word stands there rivals
// times. A name stands alone more often than behind a proclitic, a word whose
// tail happens to be another word (كريم, ريم) does not. و is so frequent that
// before a core of four letters or more one sighting is enough. A question's أ
// before a bare name is too rare to believe: أحمد, حمد.
func (l Lexicon) evident(particles, core []rune, rivals int) bool {
	if len(core) < 3 || strings.ContainsRune(questions, particles[0]) {
		return false
	}
	times, and := l.times(core), string(particles) == "و"
	switch {
	case and && len(core) >= 4:
		return times > 0
	case and || len(core) >= 4:
		return times > 0 && times >= rivals
	}
	return times > rivals
}
