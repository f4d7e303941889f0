package arabic

import (
	"iter"
	"slices"
	"unicode"
)

// Mention is a place in a text where a known core stands again.
type Mention struct {
	Start, End int    // code points; the core, without the proclitic
	Proclitic  string // what stands in front of it in its word
	Rule       Rule   // how it was found
}

// Trust returns how the mention should be offered.
func (m Mention) Trust() Trust { return m.Rule.Trust() }

// Finder finds mentions in one text. It is immutable and safe for concurrent
// use.
type Finder struct {
	text  []rune
	tiers [Loose + 1]Key
}

// NewFinder prepares the text at every tier.
func NewFinder(text string) *Finder {
	f := &Finder{text: []rune(text)}
	for tier := range f.tiers {
		f.tiers[tier] = NewKey(text, Tier(tier))
	}
	return f
}

// Mentions finds the other places of the text where core stands as whole words,
// with or without a proclitic in front. core is some mention's text and
// proclitic what was left out in front of it: a core behind ل may have lost
// letters of its article (للكرملين). It starts from the core and adds prefixes,
// so that a name whose first letter looks like one (بوتين, لبنان) is never cut.
// Places that touch taken (code point ranges, any order) are left out. The
// result is in ascending order and does not overlap; a stricter tier is
// preferred.
func (f *Finder) Mentions(core, proclitic string, taken [][2]int) []Mention {
	var found []Mention
	free := newRoom(len(f.text), taken)
	for _, w := range writings(core, proclitic) {
		letters := NewKey(w.core, w.tier).Runes
		hay := f.tiers[w.tier]
		for at := range hay.all(letters) {
			before, ok := hay.stands(at, at+len(letters), w)
			if !ok {
				continue
			}
			start, end := hay.Range(at, at+len(letters))
			if free.take(start, end) {
				word := hay.At[at-len(before)]
				found = append(found, Mention{start, end, string(f.text[word:start]), Rule{sizeOf(letters), string(before), w.tier, w.article}})
			}
		}
	}
	slices.SortFunc(found, func(a, b Mention) int { return a.Start - b.Start })
	return found
}

// writing is one way in which a core is written.
type writing struct {
	core    string
	tier    Tier
	article bool // the article is written otherwise than in the core that was given
	lam     bool // only behind ل
	never   bool // never behind ل
}

// writings returns the ways in which a core can be written, those that are
// most certain first. After ل the article loses its alef (الكرملين,
// للكرملين), and before a stem with ل it is not written at all (اللجنة, للجنة).
func writings(core, proclitic string) []writing {
	letters := NewKey(core, spelled).Runes
	if len(letters) == 0 {
		return nil
	}
	left := NewKey(proclitic, spelled).Runes
	with := hasArticle(letters)
	var out []writing
	for tier := Plain; tier <= Loose; tier++ {
		if len(left) > 0 && left[len(left)-1] == 'ل' && letters[0] == 'ل' {
			// لكرملين of للكرملين, لجنة of للجنة; for لبنان of للبنان both are
			// no words.
			out = append(out, writing{core: "ا" + core, tier: tier, article: true, never: true},
				writing{core: "ال" + core, tier: tier, article: true, never: true})
		}
		out = append(out, writing{core: core, tier: tier, never: with})
		if with {
			out = append(out, writing{core: withoutArticle(letters), tier: tier, article: true, lam: true})
		}
	}
	return out
}

// withoutArticle returns what remains behind ل of letters that begin with ال.
func withoutArticle(letters []rune) string {
	if letters[2] == 'ل' {
		return string(letters[2:])
	}
	return string(letters[1:])
}

// all yields every index at which letters stand in the key.
func (k Key) all(letters []rune) iter.Seq[int] {
	return func(yield func(int) bool) {
		if len(letters) == 0 {
			return
		}
		for at := 0; at+len(letters) <= len(k.Runes); at++ {
			if k.Runes[at] == letters[0] && slices.Equal(k.Runes[at:at+len(letters)], letters) && !yield(at) {
				return
			}
		}
	}
}

// stands reports whether the key's runes i to j are whole words, and which
// proclitic stands before them in the first one.
func (k Key) stands(i, j int, w writing) (proclitic []rune, ok bool) {
	if j < len(k.Runes) && wordRune(k.Runes[j]) {
		return nil, false
	}
	first := i
	for first > 0 && i-first < maxProclitic && wordRune(k.Runes[first-1]) {
		first--
	}
	if first > 0 && wordRune(k.Runes[first-1]) {
		return nil, false
	}
	proclitic = k.Runes[first:i]
	lam := len(proclitic) > 0 && proclitic[len(proclitic)-1] == 'ل'
	if len(proclitic) > 0 && !isProclitic(proclitic) || w.lam && !lam || w.never && lam {
		return nil, false
	}
	return proclitic, len(proclitic) == 0 || k.At[i] != k.At[i-1]
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// room knows which code points of a text are free.
type room []bool

func newRoom(n int, taken [][2]int) room {
	r := make(room, n)
	for _, t := range taken {
		for at := max(t[0], 0); at < min(t[1], n); at++ {
			r[at] = true
		}
	}
	return r
}

// take takes a range, unless a part of it is taken.
func (r room) take(start, end int) bool {
	if slices.Contains(r[start:end], true) {
		return false
	}
	for at := start; at < end; at++ {
		r[at] = true
	}
	return true
}
