package text

import "unicode"

// Direction is the base direction of a run of text.
type Direction string

const (
	LTR Direction = "ltr"
	RTL Direction = "rtl"
)

var strongRTL = []*unicode.RangeTable{
	unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko,
}

// FirstStrong returns the direction of the first strong character of s (the
// paragraph rule P2 of the Unicode bidirectional algorithm, UAX #9, without
// isolates), or fallback where s has none. Digits and combining marks of
// Arabic are not strong.
func FirstStrong(s string, fallback Direction) Direction {
	for _, r := range s {
		switch {
		case r == '\u200E':
			return LTR
		case r == '\u200F' || r == '\u061C':
			return RTL
		case !unicode.IsLetter(r):
			continue
		case unicode.In(r, strongRTL...):
			return RTL
		default:
			return LTR
		}
	}
	return fallback
}
