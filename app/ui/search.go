package ui

import (
	"strings"
	"unicode"
)

// searchKey is what titles are compared by: without case, tashkeel and tatweel,
// and with one form of alef, ya and ta marbuta.
func searchKey(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == 'ـ' || r == 'ٰ' || r >= 'ً' && r <= 'ٟ' || unicode.Is(unicode.Cf, r):
			return -1
		case r == 'أ' || r == 'إ' || r == 'آ' || r == 'ٱ':
			return 'ا'
		case r == 'ى':
			return 'ي'
		case r == 'ة':
			return 'ه'
		}
		return unicode.ToLower(r)
	}, s)
}
