package scheme

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// edited returns the default scheme after fn.
func edited(fn func(s *Scheme)) Scheme {
	s := Default()
	fn(&s)
	return s
}

func without(id string) func(*Scheme) {
	return func(s *Scheme) { s.Labels = slices.DeleteFunc(s.Labels, func(l Label) bool { return l.ID == id }) }
}

func TestALabelLeftOutOfTheNextVersionIsRetiredAndStaysKnown(t *testing.T) {
	two := Succeed(Default(), edited(without("MISC")))
	if _, offered := two.Label("MISC"); offered {
		t.Error("MISC is still offered")
	}
	if l, known := two.Known("MISC"); !known || l.Names.Ar != "أخرى" {
		t.Errorf("MISC is known as %+v, %v", l, known)
	}
	three := Succeed(two, edited(without("MISC")))
	if len(three.Retired) != 1 {
		t.Errorf("one version later %d labels are retired", len(three.Retired))
	}
	back := Succeed(three, Default())
	if _, offered := back.Label("MISC"); !offered || len(back.Retired) != 0 || back.Validate() != nil {
		t.Errorf("brought back: %+v, %v", back.Retired, back.Validate())
	}
}

func TestARetiredLabelCantStandTwice(t *testing.T) {
	s := edited(func(s *Scheme) { s.Retired = []Label{{ID: "PER"}} })
	if s.Validate() == nil {
		t.Error("PER is offered and retired")
	}
	s.Labels, s.RetiredStances = s.Labels[1:], []StanceLabel{{ID: "favor"}}
	if s.Validate() == nil {
		t.Error("favor is offered and retired")
	}
}

func TestADifferenceIsToldByWhatChanged(t *testing.T) {
	cases := map[string]struct {
		to   Scheme
		want []Change
	}{
		"nothing": {Default(), nil},
		"a name": {edited(func(s *Scheme) { s.Labels[0].Names.Ar = "إنسان"; s.Labels[3].Names.En = "Place" }),
			[]Change{{LabelsRenamed, []string{"PER", "LOC"}}}},
		"retired and added": {edited(func(s *Scheme) { without("MISC")(s); s.Labels = append(s.Labels, DefaultOptional()[0]) }),
			[]Change{{LabelsAdded, []string{"LAW"}}, {LabelsRetired, []string{"MISC"}}}},
		"the order": {edited(func(s *Scheme) { s.Labels[0], s.Labels[1] = s.Labels[1], s.Labels[0] }),
			[]Change{{LabelsReordered, nil}}},
		"targets and the rest": {edited(func(s *Scheme) { s.Targets = []string{"المفاوضات"}; s.Guidelines = ""; s.Unassisted = true }),
			[]Change{{TargetsAdded, []string{"المفاوضات"}}, {GuidelinesChanged, nil}, {SuggestionsOff, nil}}},
		"the scale": {edited(func(s *Scheme) { s.Stances = s.Stances[:4]; s.Stances[0].Sign = 0 }),
			[]Change{{StancesRetired, []string{"unclear"}}, {StancesTurned, []string{"favor"}}}},
	}
	for name, c := range cases {
		if got := Diff(Default(), c.to); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	back := Diff(Succeed(Default(), edited(without("MISC"))), Default())
	if !reflect.DeepEqual(back, []Change{{LabelsRestored, []string{"MISC"}}}) {
		t.Errorf("brought back: %v", back)
	}
}

func TestTwoLeadsWhoChangeDifferentThingsBothGetTheirWay(t *testing.T) {
	mine := edited(func(s *Scheme) {
		s.Labels[0].Names.Ar = "إنسان"
		s.Labels = append(s.Labels, DefaultOptional()[0])
		s.Targets = []string{"الميناء"}
	})
	theirs := Succeed(Default(), edited(func(s *Scheme) {
		s.Version = 2
		s.Labels[0].Key, s.Labels[0].Names.Ar = "KeyQ", "فرد"
		without("MISC")(s)
		s.Targets = []string{"المفاوضات"}
		s.Guidelines = "# جديد"
	}))
	got := Rebase(Default(), mine, theirs)
	if err := got.Validate(); err != nil || got.Version != 2 {
		t.Fatalf("version %d, %v", got.Version, err)
	}
	if l := got.Labels[0]; l.Names.Ar != "إنسان" || l.Key != "KeyQ" {
		t.Errorf("PER is %+v: mine named it, theirs gave it a key", l)
	}
	if _, offered := got.Label("MISC"); offered {
		t.Error("MISC, which they retired, is back")
	}
	if _, known := got.Known("MISC"); !known {
		t.Error("MISC is forgotten")
	}
	if _, offered := got.Label("LAW"); !offered || got.Guidelines != "# جديد" {
		t.Errorf("LAW %v, guidelines %q", offered, got.Guidelines)
	}
	if slices.Sort(got.Targets); !slices.Equal(got.Targets, []string{"المفاوضات", "الميناء"}) {
		t.Errorf("targets %q", got.Targets)
	}
}

// changed draws a scheme that somebody made of the default one.
func changed(t *rapid.T, who string) Scheme {
	s := Default()
	for range rapid.IntRange(0, 6).Draw(t, who+" edits") {
		i := rapid.IntRange(0, len(s.Labels)-1).Draw(t, "label")
		switch rapid.IntRange(0, 5).Draw(t, "edit") {
		case 0:
			s.Labels[i].Names.Ar += "ـ"
		case 1:
			s.Labels[i].Color = rapid.IntRange(1, Colors).Draw(t, "color")
		case 2:
			if len(s.Labels) > 1 {
				s.Labels = slices.Delete(s.Labels, i, i+1)
			}
		case 3:
			id := fmt.Sprint(who, len(s.Labels))
			if index(s.Labels, id) < 0 {
				s.Labels = slices.Insert(s.Labels, i, Label{ID: id, Names: Names{"جديد", "New"}, Color: 1})
			}
		case 4:
			s.Targets = append(s.Targets, fmt.Sprint("هدف ", who, len(s.Targets)))
		case 5:
			s.Labels[0], s.Labels[i] = s.Labels[i], s.Labels[0]
		}
	}
	return s
}

func TestRebasingKeepsWhatEitherSideKnowsAndIsNothingWithoutTheOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := Default()
		mine, theirs := changed(t, "mine"), Succeed(base, changed(t, "theirs"))
		theirs.Version = 2
		got := Rebase(base, mine, theirs)
		for _, s := range []Scheme{mine, theirs} {
			for _, l := range slices.Concat(s.Labels, s.Retired) {
				if _, known := got.Known(l.ID); !known {
					t.Fatalf("label %s is lost", l.ID)
				}
			}
		}
		if alone := Rebase(base, base, theirs); len(Diff(theirs, alone)) != 0 {
			t.Fatalf("without an edit of mine: %v", Diff(theirs, alone))
		}
		if alone := Rebase(base, mine, base); len(Diff(mine, alone)) != 0 {
			t.Fatalf("without an edit of theirs: %v", Diff(mine, alone))
		}
	})
}
