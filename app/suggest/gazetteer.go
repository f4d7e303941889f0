package suggest

import "strings"

//go:generate go run territories/main.go package

// territoryLabel is what a territory's name means as a rule.
const territoryLabel = "GPE"

// territoryWeight is how many sightings a gazetteer's entry counts for. With it
// a name is suggested until it was refused three times more often than it was
// accepted.
const territoryWeight = 3

// Territories yields the names of territories in a language ("ar", "fa", "he",
// "ur"; a longer BCP 47 tag counts by its first part), each with the name under
// which the territory is known. Other languages have none.
func Territories(lang string) func(yield func(name, territory string) bool) {
	lang, _, _ = strings.Cut(lang, "-")
	return func(yield func(name, territory string) bool) {
		for line := range strings.SplitSeq(territories[lang], "\n") {
			territory, _, _ := strings.Cut(line, "|")
			for name := range strings.SplitSeq(line, "|") {
				if name != "" && !yield(name, territory) {
					return
				}
			}
		}
	}
}
