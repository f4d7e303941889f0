//go:build !wasm

// Under wasm go-app wants a real page; the end-to-end tests have one.

package reading

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/ui/client"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/internal/uitest"
)

// fakeSurface remembers what it was told.
type fakeSurface struct {
	doc     Document
	on      SurfaceEvents
	open    bool
	painted []Mark
	caret   *Caret
	shown   []annotation.Range
}

func (f *fakeSurface) Open(host string, doc Document, on SurfaceEvents) error {
	f.doc, f.on, f.open = doc, on, true
	return nil
}
func (f *fakeSurface) Close()                       { f.open = false }
func (f *fakeSurface) Paint(marks []Mark)           { f.painted = marks }
func (f *fakeSurface) Caret(at *Caret, reveal bool) { f.caret = at }
func (f *fakeSurface) Reveal(start, end int) {
	f.shown = append(f.shown, annotation.Range{Start: start, End: end})
}
func (f *fakeSurface) Focus()                                      {}
func (f *fakeSurface) LineStep(int, int) (int, bool)               { return 0, false }
func (f *fakeSurface) Rect(start, end int) (r ScreenRect, ok bool) { return r, false }

// stage is the screen, mounted where there is no browser.
type stage struct {
	*Screen
	t       *testing.T
	world   *uitest.World
	surface *fakeSurface
	engine  app.TestEngine
}

// actor does for the screen what only a browser does: mount it and navigate.
type actor struct {
	*Screen
	project, article string
}

func (a *actor) OnPreRender(ctx app.Context) {
	a.Screen.ctx = ctx
	a.Screen.project, a.Screen.id = a.project, a.article
	a.Screen.open(ctx)
}

func perform(t *testing.T, prepare func(w *uitest.World) article.Article) *stage {
	t.Helper()
	return performAs(t, "ندى", prepare)
}

func performAs(t *testing.T, name string, prepare func(w *uitest.World) article.Article) *stage {
	t.Helper()
	w := uitest.New()
	a := prepare(w)
	w.Run(t)
	if err := w.SignIn(t.Context(), name, "open sesame"); err != nil {
		t.Fatal(err)
	}
	uitest.Until(t, "the database is open", func() bool { return w.Workplace() != nil })
	s := &stage{t: t, world: w, surface: &fakeSurface{}, engine: app.NewTestEngine()}
	s.Screen = NewScreen(w.Client, s.surface).(*Screen)
	if err := s.engine.Load(&actor{Screen: s.Screen, project: "news", article: a.ID}); err != nil {
		t.Fatal(err)
	}
	s.engine.ConsumeAll()
	return s
}

func (s *stage) html() string {
	s.engine.ConsumeAll()
	copied := *s.Screen // a tree is mounted once
	copied.Compo = app.Compo{}
	return app.HTMLString(&copied)
}

func (s *stage) sees(lang i18n.Lang, words ...string) {
	s.t.Helper()
	s.world.SetPrefs(func(p *client.Prefs) { p.Lang = lang })
	html := s.html()
	for _, w := range words {
		if !strings.Contains(html, w) {
			s.t.Errorf("in %s, %q is nowhere to be seen", lang, w)
		}
	}
}

func ownArticle(w *uitest.World) article.Article {
	a := newsArticle()
	w.Server.Set(func(s *uitest.Server) { s.Contents["news"] = append(s.Contents["news"], a) })
	return a
}

func TestTheArticleIsLaidOutWithWhatIsNotItsTextFolded(t *testing.T) {
	s := perform(t, ownArticle)
	if !s.surface.open || s.surface.doc.Text != news {
		t.Fatalf("the surface is not open on the article (%v)", s.failure)
	}
	var look []string
	for _, p := range s.surface.doc.Paragraphs {
		look = append(look, p.Class+" "+p.GroupTitle)
	}
	if got, want := strings.Join(look, "|"), "para-title |para-body |para-body |para-aside اقرأ أيضًا"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	s.sees(i18n.Ar, "بوتين في أذربيجان", "أخبار القوقاز", "كيان سياسي", "P ح", "أنجزت المقال", "لا كيانات بعد")
	s.sees(i18n.En, "Country or city", "Article done", "No entities yet")
}

func TestALabelIsPaintedWithinTheKeyPressAndListedAfterIt(t *testing.T) {
	s := perform(t, ownArticle)
	at := strings.Index(news, "لأذربيجان")
	s.surface.on.Tap(len([]rune(news[:at]))+1, nil, false)
	if !s.surface.on.Key(Key{Code: "KeyG", Key: "ل"}) {
		t.Fatal("the key was not used")
	}
	if p := s.surface.labels(); len(p) != 2 || p[1].Class != "label-c3" || p[0].Class != "is-left-out" {
		t.Fatalf("painted %+v", s.surface.painted)
	}
	s.sees(i18n.Ar, "«لـ» خارج الوسم", "الكيان", "البداية")
	s.sees(i18n.En, "“لـ” is left out", "Entity", "Leave out")
	if err := s.desk.Flush(); err != nil {
		t.Fatal(err)
	}
	if s.surface.on.Key(Key{Code: "KeyX"}) {
		t.Error("a key that nothing is on was taken from the browser")
	}
	s.surface.on.Key(Key{Code: "KeyZ", Ctrl: true})
	s.engine.ConsumeAll()
	if len(s.surface.labels()) != 0 {
		t.Errorf("after undo, painted %+v", s.surface.painted)
	}
}

func TestEveryTabAndDialogSpeaksBothLanguages(t *testing.T) {
	s := perform(t, ownArticle)
	w := &annotator{Editor: s.editor, desk: s.desk, t: t}
	w.over("روسيا", 0, "GPE").over("لأذربيجان", 0, "GPE").over("2018", 0, "DATE")
	w.stance("روسيا", "أذربيجان").do(w.Note("", "عنوان غامض"))
	w.do(w.Select(w.layer.Spans[0].ID))
	s.settle()
	for _, c := range []struct {
		tab    tab
		ar, en []string
	}{
		{entitiesTab, []string{"بلا كيان", "تعديل الكيان"}, []string{"Without an entity", "Edit entity"}},
		{stancesTab, []string{"مؤيد", "اقتباس", "موقف جديد"}, []string{"Favor", "Quote", "New stance"}},
		{notesTab, []string{"عنوان غامض", "على المقال", "ملاحظة على «روسيا»"}, []string{"On the article", "Note on “روسيا”"}},
		{guidelinesTab, []string{"لم يُكتب دليل"}, []string{"no guidelines yet"}},
	} {
		s.show(c.tab)
		s.sees(i18n.Ar, c.ar...)
		s.sees(i18n.En, c.en...)
	}
	s.do(s.editor.NewStance())
	s.sees(i18n.Ar, "صاحب الموقف", "أضف المحدَّد في النص")
	s.sees(i18n.En, "Holder", "Add the selected text", "Narration")
	for d, want := range map[dialog][2]string{
		keysDialog:   {"كلمةً كلمة", "Word by word"},
		entityDialog: {"كيان جديد: روسيا", "New entity: روسيا"},
		skipDialog:   {"لماذا تتركه؟", "Why skip it?"},
	} {
		s.openDialog(d)
		s.sees(i18n.Ar, want[0])
		s.sees(i18n.En, want[1])
	}
}

func TestAConflictShowsItsVersionsSideBySide(t *testing.T) {
	s := perform(t, ownArticle)
	w := &annotator{Editor: s.editor, desk: s.desk, t: t}
	w.over("روسيا", 0, "GPE")
	if err := s.desk.Flush(); err != nil {
		t.Fatal(err)
	}
	s.engine.ConsumeAll()
	l := *s.desk.Layer()
	theirs := l.Spans[0].Span
	theirs.Label = "LOC"
	version := func(device string, sp annotation.Span) annotation.Op {
		return annotation.Op{Device: device, Seq: 1, Time: "2026-03-14T15:09:26Z",
			Change: annotation.Change{Subject: l.Spans[0].ID, Kind: annotation.PutSpan, Span: &sp}}
	}
	l.Conflicts = []annotation.Conflict{{Subject: l.Spans[0].ID, Versions: []annotation.Op{version("a", l.Spans[0].Span), version("b", theirs)}}}
	s.editor.Show(&l)
	s.openDialog(conflictDialog)
	s.sees(i18n.Ar, "روسيا، كيان سياسي", "روسيا، مكان", "أبقِ هذه", "2026-03-14 15:09", "تعارض واحد بين جهازين لم يُحسم")
	s.sees(i18n.En, "روسيا, Location", "Keep this one", "1 conflict between two devices is open")
}

func TestLeavingAnArticleKeepsItsTimeAndItsUnsavedWork(t *testing.T) {
	s := perform(t, ownArticle)
	s.surface.on.Tap(130, nil, false)
	s.activity.total = 90 * time.Second // the clock of tests stands still
	d := s.desk
	s.leave()
	if s.surface.open {
		t.Error("the surface is still open")
	}
	if err := d.Flush(); err != nil {
		t.Fatal(err)
	}
	if l := d.Layer(); l.ActiveSeconds != 90 || l.Status != annotation.New {
		t.Errorf("%d seconds, status %s: want 90 and new, for nothing was labelled", l.ActiveSeconds, l.Status)
	}
	uitest.Until(t, "the sync line has nothing to save", func() bool { return s.client.State().Saving == 0 })
}

func TestAnArticleThatIsNotOnTheDeviceSaysSoOfflineAndOpensLater(t *testing.T) {
	s := perform(t, func(w *uitest.World) article.Article { return newsArticle() })
	if s.phase != failed {
		t.Fatal("an article that nobody has was opened")
	}
	s.sees(i18n.Ar, "تعذّر فتح المقال", "أعد المحاولة")
	ownArticle(s.world)
	s.world.Server.Set(func(s *uitest.Server) { s.Down = true })
	s.open(s.ctx)
	s.sees(i18n.Ar, "هذا المقال ليس على جهازك")
	s.sees(i18n.En, "This article is not on this device")
	s.world.Server.Set(func(s *uitest.Server) { s.Down = false })
	s.open(s.ctx)
	s.engine.ConsumeAll()
	if s.phase != ready {
		t.Errorf("not opened: %v", s.failure)
	}
	s.world.Server.Set(func(s *uitest.Server) { s.Down = true })
	s.leave()
	s.open(s.ctx)
	s.engine.ConsumeAll()
	if s.phase != ready {
		t.Errorf("not opened offline from the device: %v", s.failure)
	}
}

func TestTheRouteNamesAProjectAndAnArticle(t *testing.T) {
	for path, want := range map[string]string{
		"/p/news/a/abc": "news abc", "/p/news/a/": "", "/p/news": "", "/p/a%20b/a/x": "", "/p/n%2Fs/a/x": "",
	} {
		project, id, ok := route(path)
		if got := strings.TrimSpace(project + " " + id); ok != (want != "") || ok && got != want {
			t.Errorf("%s: %q, %v", path, got, ok)
		}
	}
}

// labels returns what is painted without what is only proposed.
func (f *fakeSurface) labels() []Mark {
	return slices.DeleteFunc(slices.Clone(f.painted), func(m Mark) bool { return strings.Contains(m.Class, "is-suggestion") })
}

// The sync line adds up the desks that are watched: were the open one not among
// them, it would say "saved" of what is not.
func TestAnOpeningThatComesTooLateHidesNothingThatIsUnsaved(t *testing.T) {
	s := perform(t, ownArticle)
	if s.phase != ready {
		t.Fatalf("not opened: %v", s.failure)
	}
	if _, err := s.fetch(context.Background(), s.client.Workplace(), s.load-1); err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(s.unsaved.desks, s.desk) {
		t.Error("nobody watches what the open article has not saved")
	}
	load := s.load
	s.phase, s.desk, s.fetching = waiting, nil, true
	s.stateChanged(s.ctx)
	if s.load != load {
		t.Error("news of the state begin an opening anew that is on its way")
	}
}
