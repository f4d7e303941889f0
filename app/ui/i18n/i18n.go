// Package i18n holds what the user interface needs to speak Arabic and
// English. The words themselves stand beside the screen that says them.
package i18n

import "strings"

// Lang is a language of the user interface.
type Lang string

const (
	Ar Lang = "ar"
	En Lang = "en"
)

// Dir returns the writing direction of the language, as the dir attribute
// has it.
func (l Lang) Dir() string {
	if l == En {
		return "ltr"
	}
	return "rtl"
}

// Text is one thing the interface says, in both languages.
type Text struct{ Ar, En string }

// In returns the text in the language.
func (t Text) In(l Lang) string {
	if l == En {
		return t.En
	}
	return t.Ar
}

// With returns the text in the language with each {name} replaced: pairs are
// name, value, name, value …
func (t Text) With(l Lang, pairs ...string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		pairs[i] = "{" + pairs[i] + "}"
	}
	return strings.NewReplacer(pairs...).Replace(t.In(l))
}
