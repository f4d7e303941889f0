package ui

import (
	"slices"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
	"pgregory.net/rapid"

	"hashiya/app/scheme"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/internal/uitest"
	"hashiya/app/ui/reading"
	"hashiya/app/wire"
)

func TestALabelThatWasSavedIsRetiredAndANewOneIsGone(t *testing.T) {
	d := draftOf(scheme.Default())
	d.add(scheme.Label{ID: "LAW", Names: scheme.Names{Ar: "قانون", En: "Law"}})
	d.retire(len(d.Next.Labels) - 1)
	d.retire(0)
	if len(d.Next.Retired) != 1 || d.Next.Retired[0].ID != "PER" {
		t.Errorf("retired: %+v", d.Next.Retired)
	}
	d.restore(0)
	if l := d.Next.Labels[len(d.Next.Labels)-1]; l.ID != "PER" || l.Key != "KeyP" || len(d.Next.Retired) != 0 {
		t.Errorf("brought back: %+v", l)
	}
}

func TestARestoredLabelDoesNotTakeAKeyThatIsGivenMeanwhile(t *testing.T) {
	d := draftOf(scheme.Default())
	d.retire(0)
	d.Next.Labels[0].Key = "KeyP"
	d.restore(0)
	if l := d.Next.Labels[len(d.Next.Labels)-1]; l.Key != "" {
		t.Errorf("PER is on %s, as is %s", l.Key, d.Next.Labels[0].ID)
	}
}

func TestAKeyOfAnotherLabelOrOfTheTextIsTaken(t *testing.T) {
	d := draftOf(scheme.Default())
	for code, want := range map[string]string{"KeyO": "Organisation", "KeyS": "New stance", "KeyP": "", "KeyX": "", "": ""} {
		other, taken := d.clash(0, code)
		if taken != (want != "") || !strings.HasPrefix(other.En, want) {
			t.Errorf("%s: %q, %v", code, other.En, taken)
		}
	}
	for code, want := range map[string]bool{"KeyX": true, "Digit4": true, "Enter": false, "ShiftLeft": false, "F5": false, "ArrowUp": false} {
		if usable(code) != want {
			t.Errorf("%s can be a label's key: %v", code, !want)
		}
	}
}

func TestWhatKeepsADraftFromBeingSavedIsToldOfItsRow(t *testing.T) {
	cases := map[string]struct {
		bend func(s *scheme.Scheme)
		want fault
	}{
		"no name":         {func(s *scheme.Scheme) { s.Labels[2].Names.En = " " }, fault{row{labelRows, 2}, faultNames}},
		"no label":        {func(s *scheme.Scheme) { s.Labels = nil }, fault{row{labelRows, -1}, faultNoLabels}},
		"an id twice":     {func(s *scheme.Scheme) { s.Labels[1].ID = "PER" }, fault{row{labelRows, 1}, faultIDTwice}},
		"an Arabic id":    {func(s *scheme.Scheme) { s.Labels[1].ID = "شخص" }, fault{row{labelRows, 1}, faultID}},
		"a retired id":    {func(s *scheme.Scheme) { s.Retired = []scheme.Label{{ID: "PER"}} }, fault{row{labelRows, 0}, faultRetiredID}},
		"a stance's name": {func(s *scheme.Scheme) { s.Stances[4].Names.Ar = "" }, fault{row{stanceRows, 4}, faultNames}},
		"a target twice":  {func(s *scheme.Scheme) { s.Targets = []string{"الغاز", "الغاز"} }, fault{row{targetRows, 1}, faultTargetTwice}},
		"an empty target": {func(s *scheme.Scheme) { s.Targets = []string{"\u200f "} }, fault{row{targetRows, 0}, faultTargetSpaces}},
		"a long target":   {func(s *scheme.Scheme) { s.Targets = []string{strings.Repeat("م", 301)} }, fault{row{targetRows, 0}, faultTargetLong}},
	}
	for name, c := range cases {
		d := draftOf(scheme.Default())
		c.bend(&d.Next)
		if got := d.faults(); len(got) != 1 || got[0] != c.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestAnIdFollowsTheEnglishNameUntilItIsChosenOrSaved(t *testing.T) {
	var id string
	var names, help scheme.Names
	for _, typed := range []string{"N", "News ", "News agency"} {
		setField("en", typed, false, &id, &names, &help)
	}
	if id != "NEWS_AGENCY" {
		t.Errorf("the id is %q", id)
	}
	setField("id", "AGENCY", false, &id, &names, &help)
	setField("en", "Agency", false, &id, &names, &help)
	if id != "AGENCY" {
		t.Errorf("chosen, it became %q", id)
	}
	id, names.En = "AGENCY", "Agency"
	setField("en", "Office", true, &id, &names, &help)
	setField("id", "X", true, &id, &names, &help)
	if id != "AGENCY" {
		t.Errorf("saved, it became %q", id)
	}
}

func TestANewLabelWithAnothersIdIsNotTakenForIt(t *testing.T) {
	d := draftOf(scheme.Default())
	d.add(scheme.Label{ID: "PER"})
	last := len(d.Next.Labels) - 1
	if d.fixed(last) || !d.fixed(0) {
		t.Errorf("the new one is fixed: %v, PER itself: %v", d.fixed(last), d.fixed(0))
	}
	d.retire(last)
	if len(d.Next.Retired) != 0 {
		t.Errorf("removing it retired %+v", d.Next.Retired)
	}
}

func TestAPresetRetiresWhatItHasNot(t *testing.T) {
	d := draftOf(scheme.Default())
	d.Next.Targets = []string{"الغاز"}
	d.begin(scheme.Wojood())
	if _, offered := d.Next.Label("PERS"); !offered || !slices.Equal(d.Next.Targets, []string{"الغاز"}) || d.Next.Guidelines == "" {
		t.Errorf("the draft is %+v", d.Next)
	}
	if org, _ := d.Next.Label("ORG"); org.Help.Ar == "" {
		t.Error("ORG is not explained any more")
	}
	if _, known := d.Next.Known("PER"); !known || len(d.faults()) != 0 {
		t.Errorf("PER is forgotten, or faults: %+v", d.faults())
	}
}

// Whatever is done to a draft, nothing saved is forgotten, what has no faults is
// a scheme that the server takes, and a reload brings it back as it was.
func TestWhateverIsDoneADraftLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draftOf(scheme.Default())
		for range rapid.IntRange(0, 12).Draw(t, "acts") {
			labels := len(d.Next.Labels)
			switch rapid.IntRange(0, 7).Draw(t, "act") {
			case 0:
				d.add(scheme.Label{ID: rapid.SampledFrom([]string{"", "LAW", "PER", "NEW"}).Draw(t, "id"), Names: scheme.Names{Ar: "جديد", En: "New"}, Key: "KeyX"})
			case 1:
				if labels > 0 {
					d.retire(rapid.IntRange(0, labels-1).Draw(t, "which"))
				}
			case 2:
				if n := len(d.Next.Retired); n > 0 {
					d.restore(rapid.IntRange(0, n-1).Draw(t, "which"))
				}
			case 3:
				if labels > 0 {
					move(d.Next.Labels, rapid.IntRange(0, labels-1).Draw(t, "which"), rapid.SampledFrom([]int{-1, 1}).Draw(t, "by"))
				}
			case 4:
				d.Next.Targets = append(d.Next.Targets, rapid.SampledFrom([]string{"", "الغاز", " الميناء", "المفاوضات"}).Draw(t, "target"))
			case 5:
				if n := len(d.Next.Stances); n > 0 {
					d.retireStance(rapid.IntRange(0, n-1).Draw(t, "which"))
				}
			case 6:
				if n := len(d.Next.RetiredStances); n > 0 {
					d.restoreStance(rapid.IntRange(0, n-1).Draw(t, "which"))
				}
			case 7:
				if labels > 0 {
					d.Next.Labels[rapid.IntRange(0, labels-1).Draw(t, "which")].Key = rapid.SampledFrom([]string{"", "KeyS", "KeyP", "Digit1"}).Draw(t, "key")
				}
			}
		}
		for _, l := range d.Base.Labels {
			if _, known := d.Next.Known(l.ID); !known {
				t.Fatalf("%s is forgotten", l.ID)
			}
		}
		s := d.ready()
		if err := s.Validate(); len(d.faults()) == 0 && err != nil {
			t.Fatalf("without a fault, the server says: %v", err)
		}
		again, ok := restored(d.String())
		if !ok || again.String() != d.String() {
			t.Fatalf("after a reload: %s, before: %s", again.String(), d.String())
		}
	})
}

func TestContrastIsThatOfWCAG(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want string
	}{
		{"rgb(0, 0, 0)", "rgb(255, 255, 255)", "21.0:1"},
		{"rgb(119, 119, 119)", "rgb(255, 255, 255)", "4.5:1"},
		{"rgb(255, 0, 0)", "rgb(255, 0, 0)", "1.0:1"},
		{"color(srgb 0 0 0)", "rgb(255, 255, 255)", "0.0:1"},
		{"rgb(1, 2)", "rgb(255, 255, 300)", "0.0:1"},
	} {
		if got := ratio(contrast(c.a, c.b)); got != c.want {
			t.Errorf("%s on %s is %s, want %s", c.a, c.b, got, c.want)
		}
	}
}

// schemeScreens are the states of the screen that show most.
func schemeScreens(w *uitest.World, project wire.Project) map[string]app.UI {
	project.Scheme.Guidelines = ""
	changed := draftOf(project.Scheme)
	changed.retire(9)
	changed.Next.Labels[0].Names = scheme.Names{Ar: "إنسان", En: "Human"}
	changed.retireStance(4)
	changed.add(scheme.Label{})
	changed.Next.Targets = []string{"", "1"}
	use := wire.SchemeUse{Labels: map[string]wire.Use{"MISC": {Count: 14, Articles: 3}}, Stances: map[string]wire.Use{"unclear": {Count: 1, Articles: 1}}}
	versions := []wire.SchemeVersion{
		{Version: 2, By: "سلمى", Time: "2026-11-23T08:00:06Z", Changes: changed.changes()},
		{Version: 1, By: "operator", Time: "2026-11-23T08:00:00Z"},
	}
	newer := project
	newer.Scheme = cloneScheme(newer.Scheme)
	newer.Scheme.Version, newer.Scheme.Labels[1].Key = 2, "KeyX"
	screen := func(s schemeState) app.UI {
		s.id, s.loaded = "news", true
		return &schemeScreen{Client: w.Client, schemeState: s}
	}
	return map[string]app.UI{
		"scheme":          screen(schemeState{project: project, draft: draftOf(project.Scheme), versions: versions, use: use, counted: true}),
		"scheme, changed": screen(schemeState{project: project, draft: changed, versions: versions, use: use, counted: true, open: row{labelRows, 0}, colors: map[int]float64{1: 8.9}}),
		"scheme, stance":  screen(schemeState{project: project, draft: changed, open: row{stanceRows, 0}, unkept: true, keyWaits: true}),
		"scheme, behind":  screen(schemeState{project: newer, draft: changed, versions: versions, use: use, counted: true}),
		"scheme, missing": screen(schemeState{missing: true}),
	}
}

func TestTheSchemeScreenSaysWhatChangesAndHowMuchItIsUsed(t *testing.T) {
	w := lead(t)
	w.In(i18n.En)
	s := schemeScreens(w, w.Server.Lists[0])
	markup := app.HTMLString(s["scheme, changed"])
	for _, want := range []string{"1 label retired: Other (MISC)", "used by 14 spans", "1 label renamed: Human (PER)", "used by 1 stance", "contrast with the page 8.9:1"} {
		if !strings.Contains(markup, want) {
			t.Errorf("it does not say %q", want)
		}
	}
	if behind := app.HTMLString(s["scheme, behind"]); !strings.Contains(behind, "Somebody saved version 2") || !strings.Contains(behind, "1 label on another key: Organisation (ORG)") {
		t.Error("it does not show what somebody else saved")
	}
}

func TestOnlyALeadChangesTheScheme(t *testing.T) {
	w := uitest.New()
	w.Run(t)
	if err := w.SignIn(t.Context(), "يونس", "open sesame"); err != nil {
		t.Fatal(err)
	}
	project := w.Server.Lists[0]
	markup := app.HTMLString(&schemeScreen{Client: w.Client, schemeState: schemeState{id: "news", loaded: true, project: project, draft: draftOf(project.Scheme)}})
	if strings.Contains(markup, "<input") || strings.Contains(markup, "<textarea") || strings.Contains(markup, "scheme-save") {
		t.Error("an annotator has fields to change it")
	}
	for _, l := range project.Scheme.Labels {
		if !strings.Contains(markup, l.Help.Ar[:20]) {
			t.Errorf("%s is not explained", l.ID)
		}
	}
}

func TestALeadFindsWhatIsFlagged(t *testing.T) {
	var l articleList
	l.set([]wire.ArticleSummary{{ID: "a", Title: "أ"}, {ID: "b", Title: "ب"}, {ID: "c", Unjudged: 2}})
	l.setFlags([]wire.Flagged{
		{Article: "b", Annotator: "نور", Kind: wire.FlagComment, Reason: "اسمان متشابهان"},
		{Article: "b", Annotator: "omar", Kind: wire.FlagUnjudged, Reason: "الغاز\nالميناء"},
	})
	l.onlyFlagged = true
	if l.find(); !slices.Equal(l.found, []int{1}) {
		t.Errorf("flagged are %v", l.found)
	}
	says := strings.Join(said(app.HTMLString(l.renderFlags(i18n.En, l.all[1]))), " | ")
	if want := "Flag by نور: اسمان متشابهان | Marked done by omar, not judged: الغاز, الميناء"; says != want {
		t.Errorf("it says %s", says)
	}
	own := strings.Join(said(app.HTMLString(l.renderFlags(i18n.Ar, l.all[2]))), "")
	if !strings.Contains(own, "لم يُحكم على هدفين مطلوبين") {
		t.Errorf("to the annotator it says %s", own)
	}
	if l.setFlags(nil); len(l.found) != 3 {
		t.Errorf("with all flags gone %v are left", l.found)
	}
}

func TestPresetsHaveNoFixedKeys(t *testing.T) {
	for _, p := range presets {
		s, _ := scheme.ByPreset(p.id)
		for _, l := range s.Labels {
			if does, taken := reading.FixedKey(l.Key); taken {
				t.Errorf("%s is on %s: %s", l.ID, l.Key, does.En)
			}
		}
	}
}
