package reading

import (
	"strings"
	"testing"

	"hashiya/app/annotation"
	"hashiya/app/scheme"
	"hashiya/app/suggest"
	"hashiya/app/ui/i18n"
)

// remembering is an annotator of a project that has labelled these.
func remembering(t failer, observed ...suggest.Observation) *annotator {
	w := work(t, newsArticle())
	m := &suggest.Memory{}
	for _, o := range observed {
		m.Add(o)
	}
	w.SuggestFrom(w.FindSuggestions(m))
	return w
}

// suggested says what is suggested, the selected one in brackets.
func (w *annotator) suggested() string {
	var out []string
	chosen, selected := w.Suggestion()
	for _, s := range w.Suggestions() {
		one := s.Label + " " + w.Text(s.Start, s.End)
		if selected && s == chosen {
			one = "[" + one + "]"
		}
		out = append(out, one)
	}
	return strings.Join(out, " | ")
}

var putin = suggest.Observation{Surface: "بوتين", Label: "PER", Entity: "فلاديمير بوتين"}

func TestSuggestionsAreThereBeforeTheFirstKey(t *testing.T) {
	w := remembering(t, putin)
	w.wants("suggested", w.suggested(), "PER بوتين | GPE أذربيجان | PER بوتين | PER بوتين | GPE روسيا | GPE أذربيجان | GPE أوكرانيا")
	for _, m := range w.Marks() {
		if !strings.Contains(m.Class, "is-suggestion") {
			t.Errorf("a mark of no label looks like one: %+v", m)
		}
	}
}

func TestOneKeyAcceptsASuggestionAndGoesOn(t *testing.T) {
	w := remembering(t, putin)
	w.press("Home", ctrl).press("Semicolon", 0)
	w.wants("the first is selected", w.suggested(), "[PER بوتين] | GPE أذربيجان | PER بوتين | PER بوتين | GPE روسيا | GPE أذربيجان | GPE أوكرانيا")
	w.wants("said in Arabic", w.last.Say.In(i18n.Ar), "بوتين، مقترح: شخص")
	for range 7 {
		w.press("Semicolon", 0)
	}
	w.wants("spans", w.spans(), "PER بوتين | GPE أذربيجان | PER بوتين | PER بوتين | GPE روسيا | GPE أذربيجان (ل-) | GPE أوكرانيا (وب-)")
	w.wants("under the names that the project knows", w.entities(), "PER فلاديمير بوتين ×3 | GPE أذربيجان ×2 | GPE روسيا ×1 | GPE أوكرانيا ×1")
	w.wants("nothing is left", w.suggested(), "")
	sources := map[annotation.Source]int{}
	for _, s := range w.layer.Spans {
		sources[s.Source]++
	}
	if sources[annotation.FromMemory] != 3 || sources[annotation.FromGazetteer] != 4 {
		t.Errorf("sources: %v", sources)
	}
	w.press("Semicolon", 0)
	if w.last.Refused != sayNoSuggestions {
		t.Errorf("with nothing left, the key says %q", w.last.Refused.En)
	}
}

func TestOneKeyRefusesASuggestionAndTheRefusalIsRemembered(t *testing.T) {
	w := remembering(t, putin)
	w.press("Home", ctrl).press("Semicolon", 0).press("Delete", 0)
	w.wants("suggested", w.suggested(), "[GPE أذربيجان] | PER بوتين | PER بوتين | GPE روسيا | GPE أذربيجان | GPE أوكرانيا")
	if len(w.layer.Spans) != 0 || len(w.layer.Refusals) != 1 || w.layer.Refusals[0].Source != annotation.FromMemory {
		t.Fatalf("the layer: %+v", w.layer)
	}
	again := remembering(t, putin)
	again.Show(w.layer)
	again.wants("opened again", again.suggested(), "GPE أذربيجان | PER بوتين | PER بوتين | GPE روسيا | GPE أذربيجان | GPE أوكرانيا")

	if _, err := w.desk.Undo(); err != nil {
		t.Fatal(err)
	}
	w.Show(w.desk.Layer())
	if len(w.Suggestions()) != 7 {
		t.Error("undo does not bring the suggestion back")
	}
}

func TestASuggestionIsPassedOver(t *testing.T) {
	w := remembering(t, putin)
	w.press("Home", ctrl).press("Quote", 0).press("Quote", 0)
	s, _ := w.Suggestion()
	w.wants("selected", w.Text(s.Start, s.End), "أذربيجان")
	if len(w.Suggestions()) != 7 || len(w.layer.Refusals) != 0 {
		t.Error("passing over decides something")
	}
}

func TestAnotherLabelOverASuggestionIsTheAnnotatorsOwn(t *testing.T) {
	w := remembering(t, putin)
	w.press("Home", ctrl).press("Semicolon", 0).press("KeyO", 0)
	w.wants("spans", w.spans(), "ORG بوتين")
	if w.layer.Spans[0].Source != "" {
		t.Errorf("its source is %q", w.layer.Spans[0].Source)
	}
	w.over("أذربيجان", 0, "GPE")
	if s, _ := w.Span(); s.Source != annotation.FromGazetteer {
		t.Errorf("made by hand where it was shown all the while, its source is %q", s.Source)
	}
}

func TestATapSelectsASuggestion(t *testing.T) {
	w := remembering(t, putin)
	s := w.Suggestions()[1]
	w.do(w.Tapped(s.Start+1, []string{suggestionID(s)}, true))
	if got, ok := w.Suggestion(); !ok || got != s {
		t.Error("it is not selected")
	}
	w.do(w.AcceptSuggestion())
	w.wants("spans", w.spans(), "GPE أذربيجان")
}

func TestLabelsThatTheSchemeLacksAreNotSuggested(t *testing.T) {
	w := remembering(t, suggest.Observation{Surface: "بوتين", Label: "PERS"})
	if got := w.suggested(); strings.Contains(got, "PERS") {
		t.Errorf("suggested: %s", got)
	}
}

func TestAProjectThatWantsNoSuggestionsGetsNone(t *testing.T) {
	w := remembering(t, putin)
	own := scheme.Default()
	own.Unassisted = true
	w.scheme = &own
	w.wants("suggested", w.suggested(), "")
	w.press("Semicolon", 0)
	if w.last.Refused != sayNoSuggestions {
		t.Errorf("the key says %q", w.last.Refused.En)
	}
}

func TestNothingIsSuggestedInAnArticleThatIsDone(t *testing.T) {
	w := remembering(t, putin)
	w.do(w.Done())
	w.wants("suggested", w.suggested(), "")
}

func TestAHeldKeyAcceptsOnce(t *testing.T) {
	w := remembering(t, putin)
	w.press("Home", ctrl).press("Semicolon", 0)
	o, used := w.Key(Key{Code: "Semicolon", Repeat: true})
	if !used || len(o.Changes) != 0 {
		t.Errorf("a repeat gives %+v, used %t", o, used)
	}
}
