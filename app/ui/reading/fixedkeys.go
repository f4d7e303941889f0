package reading

import "hashiya/app/ui/i18n"

// FixedKey returns what a physical key (KeyboardEvent.code) does in the text by
// itself, which no label can have; false where it is free.
func FixedKey(code string) (does i18n.Text, taken bool) {
	for _, g := range keyTable {
		for _, r := range g.rows {
			for _, b := range r.keys {
				if b.chord == (chord{code, 0}) {
					return r.does, true
				}
			}
		}
	}
	return none, false
}
