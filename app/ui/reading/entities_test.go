package reading

import "testing"

func TestANamedThingGetsAnEntityAndItsNextMentionJoinsIt(t *testing.T) {
	w := work(t, newsArticle())
	w.over("باكو", 0, "GPE").over("باكو", 1, "GPE").over("مُحَمَّد", 0, "PER").over("محمد", 0, "PER").over("2018", 0, "DATE")
	w.wants("marks don't tell names apart, and a date names nothing", w.entities(), "GPE باكو ×2 | PER مُحَمَّد ×2")
	if n := len(w.Unlinked()); n != 1 {
		t.Errorf("%d spans without an entity, want the date", n)
	}
}

func TestAnotherLabelIsAnotherThing(t *testing.T) {
	w := work(t, newsArticle())
	w.over("باكو", 0, "GPE").over("باكو", 1, "ORG")
	w.wants("entities", w.entities(), "GPE باكو ×1 | ORG باكو ×1")
}

func TestAMentionMovesToAnotherEntityAndTheEmptyOneGoesWithIt(t *testing.T) {
	w := work(t, newsArticle())
	w.over("فلاديمير بوتين", 0, "PER").over("«بوتين»", 0, "PER")
	w.wants("not joined by guessing", w.entities(), "PER فلاديمير بوتين ×1 | PER بوتين ×1")
	s, _ := w.Span()
	choices := w.Choices(s.Span, "")
	w.wants("the likeliest first", choices[0].Name, "فلاديمير بوتين")
	w.do(w.Join(s.ID, choices[0].ID))
	w.wants("joined", w.entities(), "PER فلاديمير بوتين ×2")
	w.over("بوتين", 0, "PER")
	w.wants("the next one of the same letters follows", w.entities(), "PER فلاديمير بوتين ×3")
	w.undo()
	w.undo()
	w.wants("one undo takes all of the move back", w.entities(), "PER فلاديمير بوتين ×1 | PER بوتين ×1")
}

func TestTwoPeopleOfOneNameStayTwoAndTheNextMentionIsLeftToTheReader(t *testing.T) {
	w := work(t, awkwardArticle("التقى علييف علييف ثم غادر علييف."))
	w.over("علييف", 0, "PER").over("علييف", 1, "PER")
	s, _ := w.Span()
	w.do(w.Separate(s.ID, "حيدر علييف"))
	w.wants("two", w.entities(), "PER علييف ×1 | PER حيدر علييف ×1")
	w.over("علييف", 2, "PER")
	w.wants("open", w.entities(), "PER علييف ×1 | PER حيدر علييف ×1")
	if s, _ := w.Span(); s.Entity != "" {
		t.Error("the third mention was given to one of them")
	}
}

func TestMergingIsOneActThatTakesTheStancesAlong(t *testing.T) {
	w := work(t, newsArticle())
	w.over("روسيا", 0, "GPE").over("أذربيجان", 1, "GPE").over("باكو", 1, "GPE")
	w.stance("روسيا", "أذربيجان")
	a, b, c := w.entity("روسيا"), w.entity("أذربيجان"), w.entity("باكو")
	if w.do(w.Merge(b, c)); w.last.Refused != none {
		t.Fatal(w.last.Refused.En)
	}
	w.wants("entities", w.entities(), "GPE باكو ×2 | GPE روسيا ×1")
	if s := w.layer.Stances[0]; s.Target.Entity != c || s.Holder.Entity != a {
		t.Error("the stance does not follow")
	}
	w.undo()
	if s := w.layer.Stances[0]; s.Target.Entity != b {
		t.Error("undo does not bring the stance back")
	}
	w.wants("undone", w.entities(), "GPE باكو ×1 | GPE روسيا ×1 | GPE أذربيجان ×1")
}

func TestAnEntityCanGoOnlyWhenNothingNeedsIt(t *testing.T) {
	w := work(t, newsArticle())
	w.over("روسيا", 0, "GPE").over("أذربيجان", 1, "GPE")
	w.stance("روسيا", "أذربيجان")
	w.do(w.DeleteEntity(w.entity("روسيا")))
	w.wants("has a mention", w.last.Refused.En, "The text still mentions روسيا.")
	w.Select(w.layer.Spans[0].ID)
	w.do(w.Delete())
	w.wants("a stance keeps it", w.entities(), "GPE أذربيجان ×1 | GPE روسيا ×0")
	w.do(w.DeleteEntity(w.entity("روسيا")))
	w.wants("is in a stance", w.last.Refused.En, "روسيا is part of a stance: change the stance first.")
	w.do(w.DeleteStance(w.layer.Stances[0].ID)).do(w.DeleteEntity(w.entity("روسيا")))
	w.wants("gone", w.entities(), "GPE أذربيجان ×1")
}

func TestRelabellingAnEntityRelabelsItsMentions(t *testing.T) {
	w := work(t, newsArticle())
	w.over("باكو", 0, "GPE").over("باكو", 1, "GPE")
	w.do(w.RelabelEntity(w.entity("باكو"), "LOC")).do(w.Rename(w.entity("باكو"), " مدينة باكو "))
	w.wants("spans", w.spans(), "LOC باكو | LOC باكو")
	w.wants("entities", w.entities(), "LOC مدينة باكو ×2")
}

func (w *annotator) entity(name string) string {
	w.t.Helper()
	for _, n := range w.layer.Entities {
		if n.Name == name {
			return n.ID
		}
	}
	w.t.Fatalf("no entity %s among %s", name, w.entities())
	return ""
}

func (w *annotator) undo() {
	w.t.Helper()
	if _, err := w.desk.Undo(); err != nil {
		w.t.Fatalf("undo: %v", err)
	}
	w.Show(w.desk.Layer())
}
