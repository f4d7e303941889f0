//go:build !wasm

package reading

import (
	"context"
	"testing"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/internal/uitest"
)

// led is the screen of a lead, over a project with four articles, with a label
// on بوتين in the first.
func led(t *testing.T) (s *stage, other article.Article) {
	t.Helper()
	other = article.New("قال «بُوتين» لبوتين. عاد بوتين.", "ar", article.Meta{Title: "عودة"}, nil)
	s = performAs(t, "سلمى", func(w *uitest.World) article.Article {
		w.Server.Set(func(s *uitest.Server) { s.Contents["news"] = append(s.Contents["news"], other) })
		return ownArticle(w)
	})
	w := &annotator{Editor: s.editor, desk: s.desk, t: t}
	w.over("بوتين", 0, "PER")
	if err := s.desk.Flush(); err != nil {
		t.Fatal(err)
	}
	return s, other
}

func (s *stage) onDevice(of article.Article) annotation.Layer {
	s.t.Helper()
	ops, err := s.world.Workplace().Store.Ops(context.Background(), "news", of.ID)
	if err != nil {
		s.t.Fatal(err)
	}
	var f annotation.Fold
	f.Add(ops...)
	return f.Layer()
}

func TestALeadLabelsOverAllArticlesAndTakesItBack(t *testing.T) {
	s, other := led(t)
	s.do(s.editor.Across())
	s.engine.ConsumeAll()
	a := s.Screen.across
	if a == nil || a.phase != offered || a.looked != 4 || a.of != 4 {
		t.Fatalf("asked: %+v", a)
	}
	s.sees(i18n.Ar, "هذا الاسم في كل المقالات", "عودة", "هذا المقال: بوتين في أذربيجان", "1 موسوم من قبل", "أضف ")
	s.sees(i18n.En, "This name in all articles", "Left out: 1 already labelled", "after “لـ”", "2 of 3", "Add ")
	checked, _ := a.places()

	s.acceptAcross()
	s.engine.ConsumeAll()
	if a.phase != written || a.labels != checked {
		t.Fatalf("written: %+v", a)
	}
	l := s.onDevice(other)
	if len(l.Spans) != 2 || len(l.Entities) != 1 || l.Entities[0].Name != "بوتين" || l.Spans[0].Entity != l.Entities[0].ID {
		t.Errorf("the other article has %+v", l)
	}
	s.sees(i18n.Ar, "تراجع عن", "محفوظة على هذا الجهاز")
	s.sees(i18n.En, "Take back all ", "saved on this device")

	s.takeBackAcross(a)
	s.engine.ConsumeAll()
	if a.phase != takenBack || a.back != checked || a.missed != 0 {
		t.Errorf("taken back: %+v", a)
	}
	if l := s.onDevice(other); len(l.Spans)+len(l.Entities) != 0 {
		t.Errorf("the other article still has %+v", l)
	}
	if n := len(s.desk.Layer().Spans); n != 1 {
		t.Errorf("%d spans are left in the first", n)
	}
	s.sees(i18n.En, "labels taken back")
}

func TestWithoutAServerItSaysSo(t *testing.T) {
	s, _ := led(t)
	s.world.Server.Set(func(s *uitest.Server) { s.Down = true })
	s.do(s.editor.Across())
	s.sees(i18n.Ar, "لا بدّ لهذا من الخادم", "أعد المحاولة")
	s.sees(i18n.En, "This needs the server")
	s.world.Server.Set(func(s *uitest.Server) { s.Down = false; s.Session = "" })
	s.Screen.across = s.Screen.across.again(false)
	s.askAcross()
	s.sees(i18n.En, "The articles can&#39;t be looked through")
}

func TestWhatIsClosedMeanwhileTellsNothing(t *testing.T) {
	s, _ := led(t)
	s.do(s.editor.Across())
	s.closeAcross(s.ctx)
	s.engine.ConsumeAll()
	if s.dialog != noDialog {
		t.Error("the dialog is open")
	}
}

func TestAnAnnotatorIsTold(t *testing.T) {
	s := perform(t, ownArticle)
	w := &annotator{Editor: s.editor, desk: s.desk, t: t}
	w.over("بوتين", 0, "PER")
	s.do(s.editor.Across())
	s.engine.ConsumeAll()
	if s.Screen.across != nil || s.dialog != noDialog {
		t.Error("an annotator is asked")
	}
}
