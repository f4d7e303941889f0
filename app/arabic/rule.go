package arabic

import "strings"

// Rule says how a mention was found. It is a value to group and to name
// mentions by: "after و", "folded spelling", "after لل".
type Rule struct {
	Size    Size   `json:"size"`
	After   string `json:"after,omitempty"`   // the letters of the proclitic, marks off; "" for none
	Tier    Tier   `json:"tier"`              // the strictest tier that finds it
	Article bool   `json:"article,omitempty"` // the article is written in full at one place and as ل behind ل at the other
}

// Size is how much text a core has. Short names are ambiguous.
type Size int

const (
	SeveralTokens Size = iota
	LongToken          // one token of four letters or more
	ShortToken         // one token of up to three letters
)

func sizeOf(letters []rune) Size {
	n := 0
	for _, r := range letters {
		if !wordRune(r) {
			return SeveralTokens
		}
		n++
	}
	if n <= 3 {
		return ShortToken
	}
	return LongToken
}

// Trust is how a mention should be offered.
type Trust int

const (
	Sure      Trust = iota // checked
	Likely                 // offered unchecked
	OnRequest              // shown only when asked for
)

// Trust returns how mentions that the rule finds should be offered. The bounds
// rest on a measurement (docs/mentions.md): which share of such places lies on
// or in a gold entity.
func (r Rule) Trust() Trust {
	particles := strings.TrimLeft(r.After, "وبل")
	switch {
	case r.Tier == Loose, strings.HasSuffix(r.After, "ال"), strings.HasSuffix(r.After, "لل"):
		return OnRequest
	case r.Article && r.After == "":
		return Likely
	case r.Size == SeveralTokens:
		return Sure
	case r.Size == ShortToken, particles != "":
		return OnRequest
	case r.After == "":
		return Sure
	}
	return Likely
}

// SizeOf returns the size of a key's spelling.
func SizeOf(key string) Size { return sizeOf([]rune(key)) }
