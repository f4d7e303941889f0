package arabic

import "unicode"

//go:generate go run forms/main.go

// Tier says how much spelling a match key ignores; each ignores all that the
// one before does.
type Tier int

const (
	// Plain ignores tatweel, harakat, superscript alef, bidi and joining
	// controls, and whether a letter with hamza or madda is one code point or two.
	Plain Tier = iota
	// Folded also takes the forms of alef for one, presentation forms for their
	// letters, Arabic and Persian digits for 0–9, and Persian ya and kaf for the
	// Arabic ones.
	Folded
	// Loose also takes ى for ي, ة for ه, and a hamza's carrier for itself.
	Loose

	// spelled is Plain with presentation forms written as their letters: what
	// the rules of spelling are applied to.
	spelled Tier = -1
)

// Key is the spelling of a text with some differences left out. It is made code
// point by code point, each with the place in the text that it came from; the
// text itself is never changed.
type Key struct {
	Runes []rune
	At    []int // Runes[i] came from code point At[i] of the text; ascending
	end   []int // behind Runes[i] and the marks on it
}

// NewKey makes the key of a text at a tier. Runs of white space become one
// space, or one line feed when a line ends in them: no name goes on in the next
// paragraph.
func NewKey(text string, tier Tier) Key {
	n := len(text)/2 + 1
	k := Key{make([]rune, 0, n), make([]int, 0, n), make([]int, 0, n)}
	space := false
	add := func(r rune, at int) {
		k.Runes = append(k.Runes, fold(r, tier))
		k.At = append(k.At, at)
		k.end = append(k.end, at+1)
	}
	at := -1
	for _, r := range text {
		at++
		switch {
		case isPlainLetter(r): // nearly all of a text
			add(r, at)
		case unicode.IsSpace(r):
			if !space {
				add(' ', at)
			}
			if r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029' {
				k.Runes[len(k.Runes)-1] = '\n'
			}
			space = true
			continue
		case composed(k.Runes, r, tier), IsMark(r):
			if len(k.end) > 0 && !space && !unicode.Is(unicode.Cf, r) {
				k.end[len(k.end)-1] = at + 1
			}
			continue // nothing of its own, not even the end of a space
		case tier != Plain && r >= firstPresentation && presentation[r] != "":
			for _, p := range presentation[r] {
				if !IsMark(p) {
					add(p, at)
				}
			}
		default:
			add(r, at)
		}
		space = false
	}
	return k
}

// Range returns the range of code points of the text that Runes[i:j] came
// from, i < j, with the marks on the last letter, but without invisible
// controls behind it.
func (k Key) Range(i, j int) (start, end int) { return k.At[i], k.end[j-1] }

// String returns the key's spelling.
func (k Key) String() string { return string(k.Runes) }

// isPlainLetter reports whether r is a letter of the Arabic alphabet that stands
// for itself.
func isPlainLetter(r rune) bool { return r >= 'ء' && r <= 'ي' && r != 'ـ' }

// firstPresentation is where the blocks of presentation forms begin; most
// letters stand before it and need no look at the table.
const firstPresentation = '\uFB50'

// compositions are the letters that Unicode also writes as a letter and a
// combining madda or hamza.
var compositions = map[[2]rune]rune{
	{'ا', '\u0653'}: 'آ', {'ا', '\u0654'}: 'أ', {'ا', '\u0655'}: 'إ',
	{'و', '\u0654'}: 'ؤ', {'ي', '\u0654'}: 'ئ', {'ی', '\u0654'}: 'ئ',
}

// composed joins a combining mark to the letter before it, and reports whether
// it did.
func composed(runes []rune, mark rune, tier Tier) bool {
	if len(runes) == 0 || mark < '\u0653' || mark > '\u0655' {
		return false
	}
	last := len(runes) - 1
	letter, ok := compositions[[2]rune{runes[last], mark}]
	if ok {
		runes[last] = fold(letter, tier)
	}
	return ok
}

func fold(r rune, tier Tier) rune {
	if tier >= Folded {
		switch {
		case r == 'أ' || r == 'إ' || r == 'آ' || r == 'ٱ':
			r = 'ا'
		case r == 'ی':
			r = 'ي'
		case r == 'ک':
			r = 'ك'
		case r >= '٠' && r <= '٩':
			r = '0' + r - '٠'
		case r >= '۰' && r <= '۹':
			r = '0' + r - '۰'
		}
	}
	if tier >= Loose {
		switch r {
		case 'ى', 'ئ':
			r = 'ي'
		case 'ة':
			r = 'ه'
		case 'ؤ':
			r = 'و'
		}
	}
	return r
}
