package reading

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/internal/awkward"
)

const summit = "باكو – وصل بوتين إلى أذربيجان. وقال «بوتين» إنّ أَذْرَبَيْجَان تشكر لأذربيجان، وبأذربيجان فأذربيجان كأذربيجان. " +
	"زار فلاديمير بوتين وفلاديمير بوتين، وعلييف علييفًا."

// offered says what is offered, + before what is checked.
func (w *annotator) offered() string {
	items, hidden := w.Mentions()
	var out []string
	for _, m := range items {
		one := w.Text(m.Start, m.End)
		if m.Proclitic != "" {
			one = m.Proclitic + "-" + one
		}
		if m.Checked {
			one = "+" + one
		}
		out = append(out, one)
	}
	if hidden > 0 {
		out = append(out, "…")
	}
	return strings.Join(out, " | ")
}

// labelled labels as over does and lets the screen offer the other mentions.
func (w *annotator) labelled(part string, nth int, label string) *annotator {
	w.t.Helper()
	w.over(part, nth, label)
	o, _ := w.OfferNew()
	return w.do(o)
}

func TestANewSpansOtherMentionsAreOfferedAndOneKeyAcceptsTheCheckedInOneAct(t *testing.T) {
	w := work(t, awkwardArticle(summit))
	w.labelled("أذربيجان", 0, "GPE")
	w.wants("offered", w.offered(), "+أَذْرَبَيْجَان | ل-أذربيجان | وب-أذربيجان | …")
	w.press("Semicolon", 0)
	w.wants("spans", w.spans(), "GPE أذربيجان | GPE أَذْرَبَيْجَان")
	w.wants("one entity", w.entities(), "GPE أذربيجان ×2")
	if s := w.layer.Spans[1]; s.Source != annotation.FromMention || w.layer.Spans[0].Source != "" {
		t.Errorf("the sources are %q and %q", w.layer.Spans[0].Source, s.Source)
	}
	w.wants("nothing is offered any more", w.offered(), "")

	changes, err := w.desk.Undo()
	if err != nil || len(changes) != 1 {
		t.Fatalf("undo: %v, %v", changes, err)
	}
	w.Show(w.desk.Layer())
	w.wants("one undo takes the act back", w.spans(), "GPE أذربيجان")
}

func TestTheKeyForOtherPlacesChecksAllAndThenShowsMore(t *testing.T) {
	w := work(t, awkwardArticle(summit))
	w.labelled("أذربيجان", 0, "GPE").press("Escape", 0)
	w.wants("nothing is offered that was turned down, before it is asked for", w.offered(), "")
	w.press("KeyA", shift)
	w.wants("offered", w.offered(), "+أَذْرَبَيْجَان | ل-أذربيجان | وب-أذربيجان | …")
	w.press("KeyA", shift)
	w.wants("all checked", w.offered(), "+أَذْرَبَيْجَان | +ل-أذربيجان | +وب-أذربيجان | …")
	w.press("KeyA", shift)
	w.wants("more", w.offered(), "+أَذْرَبَيْجَان | +ل-أذربيجان | +وب-أذربيجان | ف-أذربيجان | ك-أذربيجان")
	w.press("Semicolon", 0)
	w.wants("spans", w.spans(), "GPE أذربيجان | GPE أَذْرَبَيْجَان | GPE أذربيجان (ل-) | GPE أذربيجان (وب-)")
	if err := w.desk.Flush(); err != nil {
		t.Fatal(err)
	}
	if changes, err := w.desk.Undo(); err != nil || len(changes) != 3 {
		t.Errorf("one undo takes back %d changes, %v", len(changes), err)
	}
}

func TestAPlaceInALongerNameThatIsLabelledIsNotOffered(t *testing.T) {
	w := work(t, awkwardArticle(summit))
	w.over("فلاديمير بوتين", 0, "PER")
	w.labelled("بوتين", 0, "PER")
	w.wants("offered", w.offered(), "+بوتين")
}

func TestMentionsAreOfTheSelectedSpansEntity(t *testing.T) {
	w := work(t, awkwardArticle("إلهام علييف وحيدر. قال علييف. ردّ علييف. ذهب علييف."))
	w.over("علييف", 1, "PER")
	first, _ := w.Span()
	w.over("علييف", 2, "PER")
	second, _ := w.Span()
	w.do(w.Separate(second.ID, "حيدر علييف"))
	w.do(w.Select(second.ID)).press("KeyA", shift).press("Semicolon", 0)
	n := 0
	for _, s := range w.layer.Spans {
		if s.Entity == first.Entity {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d mentions are of the other man: %s", n, w.entities())
	}
}

func TestAnOfferIsNonModalAndEscLeavesIt(t *testing.T) {
	w := work(t, awkwardArticle(summit))
	w.labelled("أذربيجان", 0, "GPE")
	w.press("Escape", 0)
	if _, selected := w.Span(); !selected || w.offered() != "" {
		t.Error("the first Esc leaves the offer, and nothing else")
	}
	w.labelled("بوتين", 0, "PER")
	w.press("ArrowLeft", 0)
	w.wants("the caret has gone on", w.offered(), "")
	w.at("باكو", 0, 2).press("Enter", 0)
	w.wants("Enter still repeats the label", w.spans(), "PER باكو | PER بوتين | GPE أذربيجان")
}

func TestAMentionIsUncheckedByHandAndStaysUnchecked(t *testing.T) {
	w := work(t, awkwardArticle(summit))
	w.labelled("أذربيجان", 0, "GPE")
	items, _ := w.Mentions()
	w.do(w.CheckMention(items[0].ID())).do(w.CheckMention(items[1].ID()))
	w.do(w.MoreMentions())
	w.wants("offered", w.offered(), "أَذْرَبَيْجَان | +ل-أذربيجان | وب-أذربيجان | ف-أذربيجان | ك-أذربيجان")
}

func TestNothingIsOfferedInWhatIsNotTheArticleOrIsDone(t *testing.T) {
	w := work(t, newsArticle())
	w.labelled("روسيا", 0, "GPE")
	w.wants("the read-also line", w.offered(), "")
	w.do(w.OfferMentions())
	if w.last.Refused != sayNoMentions {
		t.Errorf("refused with %q", w.last.Refused.En)
	}
	w.labelled("بوتين", 0, "PER")
	w.do(w.Done())
	w.wants("done", w.offered(), "")
}

func TestEveryRuleHasWords(t *testing.T) {
	w := work(t, awkwardArticle(summit+" الكرملين، للكرملين، باكو وباكو اذربيجان علي على"))
	for _, part := range []string{"أذربيجان", "بوتين", "الكرملين", "باكو", "علي "} {
		w.over(part, 0, "MISC").do(w.OfferMentions()).do(w.MoreMentions())
		items, _ := w.Mentions()
		for _, m := range items {
			if words := ruleWords(m.Rule); words.Ar == "" || words.En == "" || strings.Contains(words.En, "{") {
				t.Errorf("%+v is called %q", m.Rule, words)
			}
		}
	}
}

// Whatever is offered can be accepted, touches no span, lies in the article and
// belongs to the selected span's entity.
func TestOfferedMentionsKeepTheirPromises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := awkward.Any().Draw(t, "text")
		w := work(t, article.New(strings.Repeat(s+" ", 3), "ar", article.Meta{}, nil))
		for range rapid.IntRange(1, 4).Draw(t, "labels") {
			at := rapid.IntRange(0, w.index.Len()).Draw(t, "at")
			w.do(w.Tapped(at, nil, true))
			w.do(w.Label(rapid.SampledFrom([]string{"PER", "GPE", "DATE"}).Draw(t, "label")))
		}
		span, there := w.Span()
		if !there {
			return
		}
		w.do(w.OfferMentions()).do(w.MoreMentions())
		items, _ := w.Mentions()
		before := len(w.layer.Spans)
		for _, m := range items {
			if w.allowed(m.at()) != none {
				t.Fatalf("%+v is not in the article", m)
			}
			for _, e := range w.layer.Spans {
				if e.Start < m.End && m.Start < e.End {
					t.Fatalf("%+v touches %+v", m, e)
				}
			}
			if !m.Checked {
				w.do(w.CheckMention(m.ID()))
			}
		}
		w.do(w.AcceptMentions())
		if n := len(w.layer.Spans) - before; n != len(items) {
			t.Fatalf("%d of %d were added", n, len(items))
		}
		for _, e := range w.layer.Spans {
			if e.Source == annotation.FromMention && (e.Entity != span.Entity || e.Label != span.Label) {
				t.Fatalf("%+v is not like %+v", e, span)
			}
		}
	})
}
