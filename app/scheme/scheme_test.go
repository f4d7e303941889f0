package scheme

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestPresetsAreValidAndExplainThemselves(t *testing.T) {
	for _, name := range []string{"hashiya", "wojood"} {
		s, ok := ByPreset(name)
		if err := s.Validate(); !ok || err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, l := range s.Stances {
			if l.Help.Ar == "" || l.Help.En == "" {
				t.Errorf("%s: stance %s is not explained", name, l.ID)
			}
		}
	}
	d := Default()
	for _, l := range append(d.Labels, DefaultOptional()...) {
		if l.Help.Ar == "" || l.Help.En == "" {
			t.Errorf("label %s is not explained", l.ID)
		}
	}
}

func TestALabelWithoutHelpSaysNothingOfIt(t *testing.T) {
	b, err := json.Marshal(Label{ID: "PER"})
	if err != nil || strings.Contains(string(b), "help") {
		t.Errorf("%s, %v", b, err)
	}
}

func TestRequiredTargetsCanBeToldApart(t *testing.T) {
	for _, targets := range [][]string{{""}, {" الميناء"}, {"الميناء", "الميناء"}, {strings.Repeat("م", MaxTarget+1)}} {
		s := Default()
		s.Targets = targets
		if s.Validate() == nil {
			t.Errorf("%q is taken", targets)
		}
	}
	s := Default()
	s.Targets = []string{"إغلاق الميناء", "المفاوضات"}
	if err := s.Validate(); err != nil {
		t.Error(err)
	}
}
