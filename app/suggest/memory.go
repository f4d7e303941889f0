// Package suggest proposes spans before the first key: from what a project has
// already labelled and from the names of territories. It is pure: the same
// input gives the same suggestions, in the browser and on the server.
package suggest

import (
	"encoding/json"
	"fmt"

	"hashiya/app/arabic"
)

// Observation is something that a person said about a surface form: labelled
// it, or refused that label for it.
type Observation struct {
	Surface string // the span's text, without its proclitic
	Label   string
	Entity  string // the entity's name; "" when it has none
	Refused bool
}

// Memory is what a project has said about surface forms. Spelling is ignored up
// to arabic.Folded. Observations count, their order does not: a Memory built
// from the same observations in another order, or from parts with Merge, is the
// same. The zero value is empty and ready.
type Memory struct {
	forms map[string]map[string]*tally // by key of the surface, by label
}

// tally is what was said of one form and one label.
type tally struct {
	yes, no int
	names   map[string]int // of entities, by how often
}

// Add takes an observation in. One without a letter or a label is ignored.
func (m *Memory) Add(o Observation) { m.count(o, 1) }

// Remove takes back an observation that was added: a span was deleted or
// relabelled, a refusal withdrawn. What was never added is ignored.
func (m *Memory) Remove(o Observation) { m.count(o, -1) }

func (m *Memory) count(o Observation, by int) {
	key := keyOf(o.Surface)
	if key == "" || o.Label == "" {
		return
	}
	t := m.at(key, o.Label)
	if o.Refused {
		t.no = max(t.no+by, 0)
	} else {
		t.yes = max(t.yes+by, 0)
		if o.Entity != "" {
			t.name(o.Entity, by)
		}
	}
	if t.yes == 0 && t.no == 0 {
		delete(m.forms[key], o.Label)
		if len(m.forms[key]) == 0 {
			delete(m.forms, key)
		}
	}
}

func (t *tally) name(name string, by int) {
	if t.names == nil {
		t.names = map[string]int{}
	}
	if t.names[name] += by; t.names[name] <= 0 {
		delete(t.names, name)
	}
}

func (m *Memory) at(key, label string) *tally {
	if m.forms == nil {
		m.forms = map[string]map[string]*tally{}
	}
	if m.forms[key] == nil {
		m.forms[key] = map[string]*tally{}
	}
	if m.forms[key][label] == nil {
		m.forms[key][label] = &tally{}
	}
	return m.forms[key][label]
}

// Merge adds all that another memory holds.
func (m *Memory) Merge(other *Memory) {
	for key, labels := range other.forms {
		for label, t := range labels {
			mine := m.at(key, label)
			mine.yes += t.yes
			mine.no += t.no
			for name, n := range t.names {
				mine.name(name, n)
			}
		}
	}
}

// Len returns how many surface forms the memory has.
func (m *Memory) Len() int { return len(m.forms) }

// score is the share of what was said of a form that speaks for one label:
// accepted / (all accepted, for any label + refused for this one + 1). The 1
// keeps a single sighting at one half; disagreement and refusals lower it.
func score(labels map[string]*tally, label string) float64 {
	all := 1 + labels[label].no
	for _, t := range labels {
		all += t.yes
	}
	return float64(labels[label].yes) / float64(all)
}

// best returns the label that most speaks for, the first of equals.
func best(labels map[string]*tally) (label string, share float64) {
	for l := range labels {
		if s := score(labels, l); s > share || s == share && l < label {
			label, share = l, s
		}
	}
	return label, share
}

// usualName returns the entity name that was given most often, the first of
// equals, "" when none was.
func (t *tally) usualName() string {
	usual := ""
	for name, n := range t.names {
		if n > t.names[usual] || n == t.names[usual] && name < usual {
			usual = name
		}
	}
	return usual
}

func keyOf(surface string) string { return arabic.NewKey(surface, arabic.Folded).String() }

// memoryVersion is the version of the form that MarshalJSON writes.
const memoryVersion = 1

type memoryJSON struct {
	V     int                          `json:"v"`
	Forms map[string]map[string]*tally `json:"forms"`
}

// MarshalJSON writes the memory so that equal memories give equal bytes:
// {"v":1,"forms":{KEY:{LABEL:[accepted,refused,{NAME:times}]}}}.
func (m *Memory) MarshalJSON() ([]byte, error) {
	forms := m.forms
	if forms == nil {
		forms = map[string]map[string]*tally{}
	}
	return json.Marshal(memoryJSON{memoryVersion, forms})
}

// UnmarshalJSON reads what MarshalJSON wrote. It refuses another version and
// counts that can't be.
func (m *Memory) UnmarshalJSON(data []byte) error {
	var in memoryJSON
	if err := json.Unmarshal(data, &in); err != nil {
		return fmt.Errorf("suggestion memory: %w", err)
	}
	if in.V != memoryVersion {
		return fmt.Errorf("suggestion memory: version %d, this program reads %d", in.V, memoryVersion)
	}
	for key, labels := range in.Forms {
		for label, t := range labels {
			if t == nil {
				return fmt.Errorf("suggestion memory: no counts for %q as %q", key, label)
			}
		}
	}
	m.forms = in.Forms
	return nil
}

func (t *tally) MarshalJSON() ([]byte, error) {
	if len(t.names) == 0 {
		return json.Marshal([]int{t.yes, t.no})
	}
	return json.Marshal([]any{t.yes, t.no, t.names})
}

func (t *tally) UnmarshalJSON(data []byte) error {
	into := []any{&t.yes, &t.no, &t.names}
	if err := json.Unmarshal(data, &into); err != nil {
		return err
	}
	bad := t.yes < 0 || t.no < 0 || t.yes+t.no == 0
	for _, n := range t.names {
		bad = bad || n <= 0
	}
	if bad {
		return fmt.Errorf("counts %s", data)
	}
	return nil
}
