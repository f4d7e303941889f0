package suggest

import (
	"cmp"
	"maps"
	"strings"

	"hashiya/app/arabic"
)

// The scores from which a form is suggested: at least half of what was said of
// it; two thirds when it has no more than three letters, because short forms
// are ambiguous (docs/mentions.md).
const (
	enough      = 1.0 / 2
	enoughShort = 2.0 / 3
)

// Index is what is suggested for which form. It is immutable and safe for
// concurrent use.
type Index struct {
	entries map[string]entry // by key of the form
	reach   map[string]int   // by first token: the most tokens that a form of it has
	clitics bool             // the language writes proclitics onto names
}

type entry struct {
	label, entity string
	source        Source
	score         float64
}

// NewIndex prepares suggestions for articles in a language (BCP 47), from the
// gazetteer of that language and the memory, which may be nil. A gazetteer's
// entry counts like territoryWeight sightings, so that what the project says
// overrides it. Rebuild it when the memory has changed.
func NewIndex(lang string, m *Memory) *Index {
	lang, _, _ = strings.Cut(lang, "-")
	x := &Index{map[string]entry{}, map[string]int{}, lang == "ar"}
	if m == nil {
		m = &Memory{}
	}
	places := map[string]string{}
	for name, territory := range Territories(lang) {
		key := keyOf(name)
		places[key] = territory
		x.put(key, m.forms[key], territory)
	}
	for key, seen := range m.forms {
		if places[key] == "" {
			x.put(key, seen, "")
		}
	}
	return x
}

// put decides what is suggested for a form, if anything. territory is what the
// gazetteer says, "" nothing.
func (x *Index) put(key string, seen map[string]*tally, territory string) {
	labels := seen
	if territory != "" {
		labels = withTerritory(seen)
	}
	label, share := best(labels)
	tokens := tokensOf([]rune(key))
	if len(tokens) == 0 || share < enough || share < enoughShort && arabic.SizeOf(key) == arabic.ShortToken {
		return
	}
	e := entry{label, labels[label].usualName(), FromMemory, share}
	if territory != "" && label == territoryLabel {
		e.entity = cmp.Or(e.entity, territory)
		if t := seen[label]; t == nil || t.yes == 0 {
			e.source = FromGazetteer
		}
	}
	x.entries[key] = e
	runes := []rune(key)
	first := string(runes[tokens[0].start:tokens[0].end])
	x.reach[first] = max(x.reach[first], len(tokens))
}

// withTerritory adds the gazetteer's weight to what was said.
func withTerritory(seen map[string]*tally) map[string]*tally {
	place := tally{}
	if t := seen[territoryLabel]; t != nil {
		place = *t
	}
	place.yes += territoryWeight
	labels := maps.Clone(seen)
	if labels == nil {
		labels = map[string]*tally{}
	}
	labels[territoryLabel] = &place
	return labels
}
