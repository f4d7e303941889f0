package i18n

import (
	"strconv"
	"strings"
)

// Count is a counted thing in both languages, with the plural forms of each
// (CLDR: Arabic has six, English two). {n} stands for the number.
type Count struct {
	ArZero, ArOne, ArTwo, ArFew, ArMany, ArOther string
	EnOne, EnOther                               string
}

// In returns n things in the language. n ≥ 0.
func (c Count) In(l Lang, n int) string {
	return strings.ReplaceAll(c.form(l, n), "{n}", strconv.Itoa(n))
}

func (c Count) form(l Lang, n int) string {
	if l == En {
		if n == 1 {
			return c.EnOne
		}
		return c.EnOther
	}
	switch rest := n % 100; {
	case n == 0:
		return c.ArZero
	case n == 1:
		return c.ArOne
	case n == 2:
		return c.ArTwo
	case rest >= 3 && rest <= 10:
		return c.ArFew
	case rest >= 11:
		return c.ArMany
	}
	return c.ArOther
}
