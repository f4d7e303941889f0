package reading

import (
	"testing"

	"hashiya/app/annotation"
)

// On a full disk what was changed last is kept on the screen, and nothing is
// taken on top of it: not by any way there is to change something.
func TestAFullDiskStopsNewWorkAndLosesNothingTyped(t *testing.T) {
	w := work(t, newsArticle())
	w.over("روسيا", 0, "GPE").over("بوتين", 0, "PER").stance("بوتين", "روسيا")
	stance := w.layer.Stances[0].ID
	w.do(w.Note("", "ملاحظة")).do(w.EditStance(stance))
	w.Draft().Note = "نصف مكتوب"
	note := w.layer.Comments[0].ID
	start, end := w.find("باكو", 1)
	w.do(w.Dragged(start, end, false))
	before := w.layer

	w.SetFull(true)
	for name, try := range map[string]func() Outcome{
		"a label":         func() Outcome { return w.Label("GPE") },
		"a key":           func() Outcome { o, _ := w.Key(Key{Code: "KeyG"}); return o },
		"a stance":        w.SaveStance,
		"a lost stance":   func() Outcome { return w.DeleteStance(stance) },
		"a note":          func() Outcome { return w.Note("", "أخرى") },
		"a lost note":     func() Outcome { return w.DeleteNote(note) },
		"a flag":          func() Outcome { return w.Flag("انظر") },
		"done":            w.Done,
		"skipped":         func() Outcome { return w.Skip("مكرر") },
		"opened again":    w.Reopen,
		"a settled fight": func() Outcome { return w.Keep("s", annotation.OpID{Device: "d", Seq: 1}) },
	} {
		o := try()
		if len(o.Changes) > 0 || o.Refused != sayDiskFull {
			t.Errorf("%s: %d changes, refused with %q", name, len(o.Changes), o.Refused.En)
		}
	}
	if w.Draft() == nil || w.Draft().Note != "نصف مكتوب" || w.layer != before {
		t.Error("what was half written is lost, or something was changed")
	}
	if w.SetFull(true) || !w.SetFull(false) {
		t.Error("what is news is not told")
	}
	if w.do(w.SaveStance()); w.last.Refused != none || w.layer.Stances[0].Note != "نصف مكتوب" {
		t.Errorf("with room again: %q", w.last.Refused.En)
	}
}
