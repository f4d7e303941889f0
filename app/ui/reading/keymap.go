package reading

import (
	"slices"
	"strings"

	"hashiya/app/scheme"
	"hashiya/app/ui/i18n"
)

// Keymap is which keys somebody has given other places than the key table and
// the scheme give them. It translates what is pressed before anything looks at
// it, so that commands know the standard keys only. The zero Keymap changes
// nothing.
type Keymap struct {
	own map[chord]chord // by standard chord
}

// ParseKeymap reads what String has written; what it can't read is left out.
func ParseKeymap(s string) Keymap {
	m := Keymap{map[chord]chord{}}
	for _, pair := range strings.Fields(s) {
		from, to, ok := strings.Cut(pair, ">")
		if ok && from != "" && to != "" {
			m.own[parseChord(from)] = parseChord(to)
		}
	}
	return m
}

// String writes the keymap for the preferences: "Space>KeyH Ctrl+KeyZ>F2".
func (m Keymap) String() string {
	var pairs []string
	for from, to := range m.own {
		pairs = append(pairs, from.String()+">"+to.String())
	}
	slices.Sort(pairs)
	return strings.Join(pairs, " ")
}

// With returns the keymap with one more key moved; moving it to where it
// belongs undoes that.
func (m Keymap) With(standard, to chord) Keymap {
	out := Keymap{map[chord]chord{}}
	for k, v := range m.own {
		out.own[k] = v
	}
	out.own[standard] = to
	if standard == to {
		delete(out.own, standard)
	}
	return out
}

// Own returns the chord to press for a standard one.
func (m Keymap) Own(standard chord) chord {
	if to, moved := m.own[standard]; moved {
		return to
	}
	return standard
}

// standard returns the standard chord for what was pressed; ok is false where
// its command has been moved away. Shift goes along with a moved key that
// takes it.
func (m Keymap) standard(pressed chord) (c chord, ok bool) {
	plain := chord{pressed.code, pressed.mods &^ shift}
	for from, to := range m.own {
		switch {
		case to == pressed:
			return from, true
		case to == plain && takesShift(from):
			c, ok = chord{from.code, from.mods | shift}, true
		}
	}
	if ok {
		return c, true
	}
	_, gone := m.own[pressed]
	_, gonePlain := m.own[plain]
	if gone || gonePlain && takesShift(plain) {
		return chord{}, false
	}
	return pressed, true
}

// takesShift reports whether Shift with a standard chord does more of the same:
// it extends the selection, or gives a label everywhere.
func takesShift(c chord) bool {
	b, bound := keyMap[c]
	return b.extends || !bound && c.mods == 0
}

// clash returns what a chord does already for somebody with this keymap; ok is
// false where it is free.
func (m Keymap) clash(pressed chord, s *scheme.Scheme) (does i18n.Text, ok bool) {
	c, stands := m.standard(pressed)
	if !stands {
		return none, false
	}
	if l, is := s.LabelByKey(c.code); is && c.mods&^shift == 0 {
		return i18n.Text{Ar: l.Names.Ar, En: l.Names.En}, true
	}
	for _, g := range append(slices.Clip(keyTable), draftKeys, targetKeys) {
		for _, r := range g.rows {
			for _, b := range r.keys {
				if b.chord == c || b.extends && (chord{b.code, b.mods | shift}) == c {
					return r.does, true
				}
			}
		}
	}
	return none, false
}

func (c chord) String() string {
	var out []string
	for _, m := range modNames {
		if c.mods&m.mods != 0 {
			out = append(out, m.name)
		}
	}
	return strings.Join(append(out, c.code), "+")
}

func parseChord(s string) (c chord) {
	parts := strings.Split(s, "+")
	c.code = parts[len(parts)-1]
	for _, p := range parts[:len(parts)-1] {
		for _, m := range modNames {
			if m.name == p {
				c.mods |= m.mods
			}
		}
	}
	return c
}

var modNames = []struct {
	mods
	name string
}{{ctrl, "Ctrl"}, {alt, "Alt"}, {shift, "Shift"}}

// chordOf is what was pressed; the Command key counts as Ctrl.
func chordOf(k Key) chord {
	c := chord{code: k.Code}
	if k.Ctrl || k.Meta {
		c.mods |= ctrl
	}
	if k.Alt {
		c.mods |= alt
	}
	if k.Shift {
		c.mods |= shift
	}
	return c
}

// SetKeys has the editor go by a keymap.
func (e *Editor) SetKeys(m Keymap) { e.keys = m }

// SetStay has labels that are given by key stay selected, where otherwise the
// next candidate is selected.
func (e *Editor) SetStay(stay bool) { e.stay = stay }
