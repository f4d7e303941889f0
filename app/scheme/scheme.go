// Package scheme holds what a project's annotators may say: labels, the stance
// scale, keys and colours. A scheme is versioned; a label keeps the version
// under which it was given.
package scheme

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"hashiya/app/article"
)

// Scheme is one version of a project's labels. Versions count from 1.
type Scheme struct {
	Version    int           `json:"version"`
	Preset     string        `json:"preset,omitempty"`
	Labels     []Label       `json:"labels"`
	Stances    []StanceLabel `json:"stances"`
	Targets    []string      `json:"targets,omitempty"` // required targets of article-level stance
	Guidelines string        `json:"guidelines,omitempty"`
	// What earlier versions had and this one no longer offers. It stays known: a
	// span keeps its label, and may be resized or noted on with it.
	Retired        []Label       `json:"retired,omitempty"`
	RetiredStances []StanceLabel `json:"retired_stances,omitempty"`
	// Unassisted keeps annotators independent of each other: nothing is suggested
	// to them before they have labelled it.
	Unassisted bool `json:"unassisted,omitempty"`
}

// Names is a name in the two languages of the user interface.
type Names struct {
	Ar string `json:"ar"`
	En string `json:"en"`
}

// In returns the name in the language lang ("ar", else English).
func (n Names) In(lang string) string {
	if lang == "ar" {
		return n.Ar
	}
	return n.En
}

// Label is one span label.
type Label struct {
	ID    string `json:"id"`
	Names Names  `json:"names"`
	Color int    `json:"color"`         // slot of the palette, 1 to 14
	Key   string `json:"key"`           // physical key, as KeyboardEvent.code has it; "" for none
	Help  Names  `json:"help,omitzero"` // what it is for, with examples, in a sentence or two
}

// StanceLabel is one point of the stance scale.
type StanceLabel struct {
	ID    string `json:"id"`
	Names Names  `json:"names"`
	Sign  int    `json:"sign"` // −1 against, 0 without a side, +1 in favour
	Help  Names  `json:"help,omitzero"`
}

// Label returns the label with the given id, where the scheme offers it.
func (s *Scheme) Label(id string) (Label, bool) {
	for _, l := range s.Labels {
		if l.ID == id {
			return l, true
		}
	}
	return Label{}, false
}

// Known returns the label with the given id, also a retired one.
func (s *Scheme) Known(id string) (Label, bool) {
	if l, ok := s.Label(id); ok {
		return l, true
	}
	for _, l := range s.Retired {
		if l.ID == id {
			return l, true
		}
	}
	return Label{}, false
}

// LabelByKey returns the label on a physical key (KeyboardEvent.code).
func (s *Scheme) LabelByKey(code string) (Label, bool) {
	for _, l := range s.Labels {
		if l.Key == code && code != "" {
			return l, true
		}
	}
	return Label{}, false
}

// Stance returns the stance label with the given id, where the scheme offers
// it.
func (s *Scheme) Stance(id string) (StanceLabel, bool) {
	for _, l := range s.Stances {
		if l.ID == id {
			return l, true
		}
	}
	return StanceLabel{}, false
}

// KnownStance returns the stance label with the given id, also a retired one.
func (s *Scheme) KnownStance(id string) (StanceLabel, bool) {
	if l, ok := s.Stance(id); ok {
		return l, true
	}
	for _, l := range s.RetiredStances {
		if l.ID == id {
			return l, true
		}
	}
	return StanceLabel{}, false
}

// MaxTarget is the length that a required target may have, in code points.
const MaxTarget = 300

// validateTargets reports a required target that could not be told from another
// or from none: a judgement names its target word for word.
func (s *Scheme) validateTargets() error {
	seen := map[string]bool{}
	for i, t := range s.Targets {
		switch {
		case t == "" || t != strings.TrimSpace(t):
			return fmt.Errorf("scheme %d: required target %d is empty or has spaces at its ends", s.Version, i+1)
		case utf8.RuneCountInString(t) > MaxTarget:
			return fmt.Errorf("scheme %d: required target %d is longer than %d characters", s.Version, i+1, MaxTarget)
		case seen[t]:
			return fmt.Errorf("scheme %d: required target %q stands twice", s.Version, t)
		}
		seen[t] = true
	}
	return nil
}

// Colors is the number of colour slots of the palette.
const Colors = 14

// Validate reports the first fault of s: no labels, an id or a key used twice,
// a colour outside the palette, a name missing.
func (s *Scheme) Validate() error {
	if s.Version < 1 {
		return fmt.Errorf("scheme version is %d, versions count from 1", s.Version)
	}
	if len(s.Labels) == 0 {
		return fmt.Errorf("scheme %d has no labels", s.Version)
	}
	ids, keys := map[string]bool{}, map[string]string{}
	for _, l := range s.Labels {
		if err := article.ValidID(l.ID); err != nil {
			return fmt.Errorf("scheme %d: label id: %w", s.Version, err)
		}
		if ids[l.ID] {
			return fmt.Errorf("scheme %d: label %s stands twice", s.Version, l.ID)
		}
		ids[l.ID] = true
		if l.Names.Ar == "" || l.Names.En == "" {
			return fmt.Errorf("scheme %d: label %s needs a name in Arabic and in English", s.Version, l.ID)
		}
		if l.Color < 1 || l.Color > Colors {
			return fmt.Errorf("scheme %d: label %s has colour %d, want 1 to %d", s.Version, l.ID, l.Color, Colors)
		}
		if other, taken := keys[l.Key]; taken && l.Key != "" {
			return fmt.Errorf("scheme %d: labels %s and %s are both on key %s", s.Version, other, l.ID, l.Key)
		}
		keys[l.Key] = l.ID
	}
	for _, l := range s.Retired {
		if err := article.ValidID(l.ID); err != nil {
			return fmt.Errorf("scheme %d: retired label id: %w", s.Version, err)
		}
		if ids[l.ID] {
			return fmt.Errorf("scheme %d: label %s is retired and stands a second time", s.Version, l.ID)
		}
		ids[l.ID] = true
	}
	if err := s.validateTargets(); err != nil {
		return err
	}
	for _, l := range slices.Concat(s.Stances, s.RetiredStances) {
		if err := article.ValidID(l.ID); err != nil {
			return fmt.Errorf("scheme %d: stance label id: %w", s.Version, err)
		}
		if ids["stance "+l.ID] {
			return fmt.Errorf("scheme %d: stance label %s stands twice", s.Version, l.ID)
		}
		ids["stance "+l.ID] = true
	}
	return nil
}
