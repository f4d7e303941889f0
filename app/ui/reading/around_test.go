package reading

import (
	"slices"
	"strings"
	"testing"

	"hashiya/app/annotation"
)

// requiring puts required targets into the annotator's scheme.
func (w *annotator) requiring(targets ...string) *annotator {
	s := *w.scheme
	s.Targets = targets
	w.scheme = &s
	return w
}

func TestAnArticleIsNotDoneUntilEachRequiredTargetIsJudged(t *testing.T) {
	w := work(t, newsArticle()).requiring("زيارة بوتين", "النزاع")
	w.press("Enter", ctrl).do(w.Done())
	w.wants("in Arabic", w.last.Refused.Ar, "لم يُحكم بعد على موقف المقال من: زيارة بوتين، النزاع.")
	w.wants("in English", w.last.Refused.En, "The article's stance is not judged yet toward: زيارة بوتين, النزاع.")
	w.press("Digit3", 0) // the refusal led to the first of them
	w.do(w.Done())
	w.wants("one left", w.last.Refused.En, "The article's stance is not judged yet toward: النزاع.")
	w.press("Digit1", 0)
	if w.do(w.Done()); w.layer.Status != annotation.Done {
		t.Errorf("not done: %s", w.last.Refused.En)
	}
	s, _ := w.layer.Judgement("زيارة بوتين")
	w.wants("neutral is a judgement", s.Label, "neutral")
}

func TestAJudgementIsOneKeyAndCanBeTakenBack(t *testing.T) {
	w := work(t, newsArticle()).requiring("أ", "ب")
	w.press("KeyB", 0).press("Digit2", 0).press("Digit1", 0)
	var got []string
	for _, target := range w.scheme.Targets {
		s, _ := w.layer.Judgement(target)
		got = append(got, s.Label)
	}
	w.wants("judged", strings.Join(got, " "), "against favor")
	w.press("KeyB", 0).press("Digit0", 0)
	if missing := w.layer.NotJudged(w.scheme.Targets); !slices.Equal(missing, []string{"أ"}) {
		t.Errorf("not judged: %v", missing)
	}
	w.wants("said", w.last.Say.Ar, "أ: لم يُحكم بعد")
}

func TestAnotherJudgementKeepsWhatWasSaidWithTheFirst(t *testing.T) {
	w := work(t, newsArticle()).requiring("النزاع")
	w.do(w.JudgeArticle("النزاع", "neutral"))
	id := w.layer.Stances[0].ID
	w.do(w.EditStance(id))
	w.Draft().Note = "من العنوان"
	w.do(w.SaveStance()) // without evidence: the article is it
	w.wants("saved", w.last.Refused.En, "")
	w.do(w.JudgeArticle("النزاع", "against"))
	if s := w.layer.Stances; len(s) != 1 || s[0].Note != "من العنوان" || s[0].Label != "against" {
		t.Errorf("stances: %+v", s)
	}
}

func TestWithoutRequiredTargetsTheKeysAreFree(t *testing.T) {
	w := work(t, newsArticle())
	for _, code := range []string{"KeyB", "Digit1", "KeyH", "KeyU", "KeyI"} {
		if _, used := w.Key(Key{Code: code}); used {
			t.Errorf("%s is taken", code)
		}
	}
}

func TestAStanceIsFilledInFromTheWordsAroundItsEvidence(t *testing.T) {
	w := work(t, newsArticle())
	w.over("«بوتين»", 0, "PER").over("روسيا", 0, "GPE").over("لأذربيجان", 0, "GPE")
	start, end := w.find("روسيا مدينة لأذربيجان", 0)
	w.do(w.Dragged(start, end, true)).press("KeyS", 0)
	d := w.Draft()
	w.wants("holder", w.HolderName(d.Holder).Ar, "بوتين")
	w.wants("mode", string(d.Mode), "paraphrase")
	w.wants("claim", d.Target.Claim, "روسيا مدينة لأذربيجان")
	if h, target, mode := d.Offered(); !h || !target || !mode {
		t.Error("what is suggested does not show as suggested")
	}
	w.wants("no judgement is suggested", d.Label, "")
	w.press("KeyH", 0)
	if h, _, _ := d.Offered(); h || w.HolderName(d.Holder).Ar != "روسيا" {
		t.Errorf("the next holder is %s", w.HolderName(d.Holder).Ar)
	}
	w.press("KeyU", 0).press("KeyU", 0)
	w.wants("targets follow: the entities of the evidence", w.TargetName(d.Target).Ar, "أذربيجان")
	w.press("KeyI", 0).press("Digit2", 0).press("Digit3", shift).press("Digit1", alt)
	if d.Mode != annotation.Narration || d.Label != "against" || d.Intensity != 3 || d.Certainty != 1 {
		t.Errorf("the draft is %+v", d.Stance)
	}
	w.do(w.SaveStance())
	w.wants("saved", w.last.Refused.En, "")
}

func TestMoreEvidenceLeavesTheSuggestionsAsTheyAre(t *testing.T) {
	w := work(t, newsArticle())
	w.over("«بوتين»", 0, "PER").over("باكو", 0, "GPE")
	start, end := w.find("روسيا مدينة لأذربيجان", 0)
	w.do(w.Dragged(start, end, true)).press("KeyS", 0)
	start, end = w.find("باكو", 0) // earlier in the text
	w.do(w.Dragged(start, end, true)).press("KeyS", 0)
	w.wants("holder", w.HolderName(w.Draft().Holder).Ar, "بوتين")
	w.wants("claim", w.Draft().Target.Claim, "روسيا مدينة لأذربيجان")
	w.wants("mode", string(w.Draft().Mode), "paraphrase")
}

func TestWhatTheUserChoseIsNotReplacedByASuggestion(t *testing.T) {
	w := work(t, newsArticle())
	w.over("«بوتين»", 0, "PER").over("روسيا", 0, "GPE")
	w.press("KeyS", 0) // روسيا is selected: it is the holder
	start, end := w.find("مدينة", 0)
	w.do(w.Dragged(start, end, true)).press("KeyS", 0)
	w.wants("holder", w.HolderName(w.Draft().Holder).Ar, "روسيا")
	w.wants("mode", string(w.Draft().Mode), "paraphrase")
}

func TestASelectionBecomesTheClaimAndASelectedSpanAnEnd(t *testing.T) {
	w := work(t, newsArticle())
	w.over("باكو", 0, "GPE").over("روسيا", 0, "GPE")
	start, end := w.find("كذلك", 0)
	w.do(w.Dragged(start, end, true)).press("KeyS", 0)
	start, end = w.find("مدينة لأذربيجان،", 0)
	w.do(w.Dragged(start, end, true)).press("KeyU", 0)
	w.wants("claim", w.Draft().Target.Claim, "مدينة لأذربيجان")
	w.do(w.Select(w.spanOf("باكو"))).press("KeyU", 0)
	w.wants("target", w.TargetName(w.Draft().Target).Ar, "باكو")
	w.do(w.Select(w.spanOf("روسيا"))).press("KeyH", shift)
	if v := w.Draft().Via; len(v) != 1 || w.HolderName(v[0]).Ar != "روسيا" {
		t.Errorf("via %v", v)
	}
}

func (w *annotator) spanOf(text string) string {
	for _, s := range w.layer.Spans {
		if w.Text(s.Start, s.End) == text {
			return s.ID
		}
	}
	return ""
}

func TestAChosenSpanShowsItsStances(t *testing.T) {
	w := work(t, newsArticle())
	w.over("روسيا", 0, "GPE").over("لأذربيجان", 0, "GPE").over("باكو", 0, "GPE").over("«بوتين»", 0, "PER").stance("روسيا", "أذربيجان")
	for text, want := range map[string]int{"روسيا": 1, "أذربيجان": 1, "بوتين": 1 /* in the evidence */, "باكو": 0} {
		s, _ := w.layer.Span(w.spanOf(text))
		if got := len(w.StancesOf(s)); got != want {
			t.Errorf("%s takes part in %d stances, want %d", text, got, want)
		}
	}
}

func TestSearchOverlooksVowelsTatweelAndFormsOfAlef(t *testing.T) {
	for query, want := range map[string]string{
		"محمد": "مُحَمَّد|محمد", "مُحمّد": "مُحَمَّد|محمد", "ان روسيا": "إنّ روسيا", "أيلول": "أيلول", "ايلـول": "أيلول", "gdp": "GDP",
		"٢٠٠٣": "2003", "بوتين إلى": "بوتين إلى", "مدينه": "مدينة", "قطار": "", "  ": "",
	} {
		w := work(t, newsArticle())
		w.do(w.Search(query))
		var got []string
		for _, m := range w.Marks() {
			if strings.Contains(m.Class, "is-search") {
				got = append(got, w.Text(m.Start, m.End))
			}
		}
		w.wants(query, strings.Join(got, "|"), want)
	}
}

func TestHitsAreWalkedThroughAndLabelled(t *testing.T) {
	w := work(t, newsArticle())
	w.press("F3", 0)
	if w.last.Request != OpenSearch {
		t.Error("without a search, the next hit does not open it")
	}
	w.do(w.Search("باكو"))
	at, of := w.Hits()
	if at != 1 || of != 2 {
		t.Fatalf("hit %d of %d", at, of)
	}
	w.press("F3", 0)
	start, _ := w.find("باكو", 1)
	if r, _ := w.Selection(); r.Start != start {
		t.Errorf("at %d, want %d", r.Start, start)
	}
	w.press("KeyG", 0)
	w.wants("labelled", w.spans(), "GPE باكو")
	w.press("F3", 0).press("F3", shift)
	if at, _ := w.Hits(); at != 2 {
		t.Errorf("at hit %d", at)
	}
	w.EndSearch()
	if slices.ContainsFunc(w.Marks(), func(m Mark) bool { return strings.Contains(m.Class, "is-search") }) {
		t.Error("hits stay painted")
	}
}

func TestAFlagSaysWhyAndLeavesTheWork(t *testing.T) {
	w := work(t, newsArticle())
	w.do(w.Flag(" "))
	w.wants("wants a reason", w.last.Refused.En, sayFlagReason.En)
	w.do(w.Flag("الفقرة الثانية ناقصة"))
	if w.layer.Status != annotation.InProgress || len(w.Flags()) != 1 || !w.Flags()[0].Flag {
		t.Fatalf("status %s, flags %v", w.layer.Status, w.Flags())
	}
	w.do(w.Note("", "ملاحظة"))
	if len(w.Flags()) != 1 {
		t.Error("a note is a flag")
	}
	w.do(w.Unflag(w.Flags()[0].ID))
	if len(w.Flags()) != 0 || len(w.layer.Comments) != 1 {
		t.Errorf("comments: %v", w.layer.Comments)
	}
}

func TestTwoPeopleOfOneNameAreSplitApart(t *testing.T) {
	w := work(t, newsArticle())
	w.over("بوتين", 1, "PER").over("«بوتين»", 0, "PER")
	entity := w.layer.Spans[0].Entity
	w.do(w.Split(entity, nil))
	w.wants("some", w.last.Refused.En, saySplitSome.En)
	w.do(w.Split(entity, map[string]bool{w.layer.Spans[1].ID: true}))
	w.wants("two entities", w.entities(), "PER بوتين ×1 | PER بوتين ×1")
	w.do(w.Merge(w.layer.Spans[1].Entity, entity))
	w.wants("one again", w.entities(), "PER بوتين ×2")
}
