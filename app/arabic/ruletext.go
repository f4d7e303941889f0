package arabic

import (
	"fmt"
	"slices"
)

var (
	sizeWords = []string{"several_tokens", "long_token", "short_token"}
	tierWords = []string{"plain", "folded", "loose"}
)

// MarshalText writes the size as a word that never changes.
func (s Size) MarshalText() ([]byte, error) { return word(sizeWords, int(s)) }

// UnmarshalText reads what MarshalText wrote.
func (s *Size) UnmarshalText(b []byte) error {
	i, err := indexOf(sizeWords, string(b))
	*s = Size(i)
	return err
}

// MarshalText writes the tier as a word that never changes.
func (t Tier) MarshalText() ([]byte, error) { return word(tierWords, int(t)) }

// UnmarshalText reads what MarshalText wrote.
func (t *Tier) UnmarshalText(b []byte) error {
	i, err := indexOf(tierWords, string(b))
	*t = Tier(i)
	return err
}

func word(words []string, i int) ([]byte, error) {
	if i < 0 || i >= len(words) {
		return nil, fmt.Errorf("arabic: %d is none of %q", i, words)
	}
	return []byte(words[i]), nil
}

func indexOf(words []string, s string) (int, error) {
	i := slices.Index(words, s)
	if i < 0 {
		return 0, fmt.Errorf("arabic: %q is none of %q", s, words)
	}
	return i, nil
}
