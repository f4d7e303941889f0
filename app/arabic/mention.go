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
	Tier       Tier   // the strictest tier that finds it
	Trust      Trust
}

// Trust is how a mention should be offered. The bounds were measured on a gold
// corpus (docs/mentions.md): they say which share of such places lies on or in
// a gold entity.
type Trust int

const (
	Sure      Trust = iota // checked: several tokens, or one of four letters and more without a proclitic
	Likely                 // offered unchecked: one token after و ب ل or لل
	OnRequest              // shown only when asked for: after ف ك س أ, cores of two or three letters, loose spelling
)

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

// Mentions finds the other places of the text where core, some mention's text
// without its proclitic, stands as whole words, with or without a proclitic in
// front. It starts from the core and adds prefixes, so that a name whose first
// letter looks like one (بوتين, لبنان) is never cut. Places that touch taken
// (code point ranges, any order) are left out. The result is in ascending order
// and does not overlap; a stricter tier is preferred.
func (f *Finder) Mentions(core string, taken [][2]int) []Mention {
	var found []Mention
	free := func(start, end int) bool {
		return !slices.ContainsFunc(taken, func(r [2]int) bool { return r[0] < end && start < r[1] }) &&
			!slices.ContainsFunc(found, func(m Mention) bool { return m.Start < end && start < m.End })
	}
	for tier, hay := range f.tiers {
		for _, form := range writings(NewKey(core, Tier(tier)).Runes) {
			for at := range hay.all(form.letters) {
				proclitic, ok := hay.stands(at, at+len(form.letters), form.after)
				if !ok {
					continue
				}
				start, end := hay.Range(at, at+len(form.letters))
				for end > start && unicode.Is(unicode.Cf, f.text[end-1]) {
					end--
				}
				if free(start, end) {
					word := hay.At[at-len(proclitic)]
					found = append(found, Mention{start, end, string(f.text[word:start]), Tier(tier), trust(form.letters, proclitic, Tier(tier))})
				}
			}
		}
	}
	slices.SortFunc(found, func(a, b Mention) int { return a.Start - b.Start })
	return found
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

// writing is one way in which a core is written behind proclitics.
type writing struct {
	letters []rune
	after   rune // the proclitic that must stand directly before; 0 for any or none
}

// writings: after ل the article ال loses its alef (الكرملين, للكرملين), and
// before a stem with ل it is not written at all (اللجنة, للجنة).
func writings(core []rune) []writing {
	out := []writing{{core, 0}}
	if len(core) > 3 && isAlef(core[0]) && core[1] == 'ل' {
		short := core[1:]
		if core[2] == 'ل' {
			short = core[2:]
		}
		out = append(out, writing{short, 'ل'})
	}
	return out
}

func isAlef(r rune) bool { return r == 'ا' || r == 'ٱ' }

// stands reports whether the key's runes i to j are whole words, and which
// proclitic stands before them in the first one.
func (k Key) stands(i, j int, after rune) (proclitic []rune, ok bool) {
	if j < len(k.Runes) && wordRune(k.Runes[j]) {
		return nil, false
	}
	first := i
	for first > 0 && i-first < 4 && wordRune(k.Runes[first-1]) {
		first--
	}
	if first > 0 && wordRune(k.Runes[first-1]) {
		return nil, false
	}
	proclitic = k.Runes[first:i]
	if len(proclitic) > 0 && !isProclitic(proclitic) || after != 0 && (len(proclitic) == 0 || proclitic[len(proclitic)-1] != after) {
		return nil, false
	}
	if after == 0 && len(proclitic) > 0 && proclitic[len(proclitic)-1] == 'ل' && i+1 < j && isAlef(k.Runes[i]) && k.Runes[i+1] == 'ل' && j-i > 3 {
		return nil, false // ل before ال is written لل, so these letters are something else
	}
	return proclitic, true
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

func trust(letters, proclitic []rune, tier Tier) Trust {
	tokens, n := 1, 0
	for _, r := range letters {
		if r == ' ' {
			tokens++
		} else {
			n++
		}
	}
	switch {
	case tier == Loose:
		return OnRequest
	case tokens > 1:
		return Sure
	case n <= 3:
		return OnRequest
	case len(proclitic) == 0:
		return Sure
	}
	for _, r := range proclitic {
		if r != 'و' && r != 'ب' && r != 'ل' {
			return OnRequest
		}
	}
	return Likely
}
