package reading

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/desk"
	"hashiya/app/ui/client"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
	"hashiya/app/wire"
)

// Host is the id of the element that the Surface lays the article out in.
const Host = "reading-surface"

// Screen is the article screen. It stays mounted from one article to the next.
// The views below it are components with a turn number each: they render again
// only when what they show has changed, never for a step of the caret.
type Screen struct {
	app.Compo

	client  *client.Client
	surface Surface

	ctx     app.Context
	cancel  []func()
	unsaved *unsaved

	project, id string // of the route
	load        int    // counts loads, so that a slow one can't replace a later one
	phase       phase
	failure     error
	name        string // of the project
	list        []wire.ArticleSummary

	desk     *desk.Desk
	editor   *Editor
	laidOut  i18n.Lang // the language of the surface's headings
	activity Activity

	searching bool
	tab       tab
	dialog    dialog
	across    *across // nil before the first question
	queue     string  // "open", "closed" or "auto"
	inspector string
	shown     shown
	turn      int // of the views
	words     int // of the palette alone: the caret is on another word
	gathering bool
	stale     bool
	due       bool
	subject   Subject
	fetching  bool // an opening is on its way
}

type phase int

const (
	waiting phase = iota // for the database, or the article
	failed
	ready
)

// dialog is what stands over the page.
type dialog int

const (
	noDialog dialog = iota
	keysDialog
	entityDialog
	skipDialog
	conflictDialog
	flagDialog
	acrossDialog
)

// shown is what the views were last rendered for.
type shown struct {
	layer  *annotation.Layer
	span   string
	stance string
	turn   int // of what is proposed
}

// NewScreen returns the screen of /p/{project}/a/{article}.
func NewScreen(c *client.Client, s Surface) app.Composer {
	return &Screen{client: c, surface: s, unsaved: &unsaved{}}
}

func (s *Screen) OnMount(ctx app.Context) {
	s.ctx = ctx
	s.cancel = []func(){
		s.client.Watch(func() { ctx.Dispatch(s.stateChanged) }),
		s.client.WatchData(func() { ctx.Dispatch(s.dataChanged) }),
		s.client.OnRetry(func() { s.unsaved.retry(s.client) }),
		s.client.OnWriting(s.writing),
		listen("pointerdown", func(app.Value) { s.input() }),
		listen("wheel", func(app.Value) { s.input() }),
		listen("keydown", s.pageKey),
		s.client.Browser.OnVisible(func(visible bool) { ctx.Dispatch(func(app.Context) { s.visible(visible) }) }),
	}
	s.activity.Visible(s.client.Clock.Now(), true)
	s.beat(ctx)
}

func (s *Screen) OnNav(ctx app.Context) {
	project, id, ok := route(ctx.Page().URL().Path)
	if !ok || project == s.project && id == s.id {
		return
	}
	s.leave()
	s.project, s.id = project, id
	s.open(ctx)
}

func (s *Screen) OnDismount() {
	s.leave()
	for _, cancel := range s.cancel {
		cancel()
	}
}

// route returns the ids in /p/{project}/a/{article}.
func route(path string) (project, id string, ok bool) {
	p := strings.Split(strings.TrimPrefix(path, "/"), "/")
	if len(p) != 4 || p[0] != "p" || p[2] != "a" {
		return "", "", false
	}
	project, _ = url.PathUnescape(p[1])
	id, _ = url.PathUnescape(p[3])
	return project, id, article.ValidID(project) == nil && article.ValidID(id) == nil
}

func (s *Screen) href(id string) string {
	return "/p/" + url.PathEscape(s.project) + "/a/" + url.PathEscape(id)
}

// leave puts the article back: its time is kept, its surface closed.
func (s *Screen) leave() {
	s.load++
	if s.desk != nil {
		s.work(true)
		s.surface.Close()
	}
	s.unsaved.retry(s.client)
	s.desk, s.editor, s.phase, s.failure, s.dialog, s.fetching = nil, nil, waiting, nil, noDialog, false
	s.searching = false
	s.activity = Activity{}
	s.activity.Visible(s.client.Clock.Now(), true)
	s.shown, s.subject = shown{}, Subject{}
	s.turn++
}

// input counts as a sign of life.
func (s *Screen) input() { s.activity.Input(s.client.Clock.Now()) }

func (s *Screen) visible(is bool) {
	s.activity.Visible(s.client.Clock.Now(), is)
	if !is {
		s.work(true)
	}
}

// beat looks every few seconds whether a minute of work is full.
func (s *Screen) beat(ctx app.Context) {
	ctx.After(10*time.Second, func(ctx app.Context) {
		ctx.PreventUpdate()
		s.work(false)
		s.unsaved.retry(s.client)
		s.beat(ctx)
	})
}

func (s *Screen) work(final bool) {
	if s.desk == nil {
		return
	}
	if seconds, more := s.activity.Report(s.client.Clock.Now(), final); more {
		s.desk.AddWork(seconds)
	}
}

func (s *Screen) lang() i18n.Lang { return s.client.Lang() }

func (s *Screen) say(t i18n.Text) string { return t.In(s.lang()) }

func (s *Screen) Render() app.UI {
	lang := s.lang()
	slots := parts.Slots{
		Project: s.name, ProjectHref: "/p/" + url.PathEscape(s.project),
		Queue: s.queueState(), Inspector: s.inspector, CloseSides: s.closeSides,
		Tools: app.Div().Class("row").Body(
			parts.IconButton("queue", wordQueue.In(lang), s.toggleQueue).Aria("controls", "queue"),
			parts.IconButton("inspector", wordInspector.In(lang), s.toggleInspector),
		),
		Start:  &queueView{s: s, Lang: lang, Turn: s.turn, Article: s.id},
		Main:   s.renderMain(lang),
		End:    &inspectorView{s: s, Lang: lang, Turn: s.turn, Tab: s.tab},
		Bottom: &paletteView{s: s, Lang: lang, Turn: s.turn, Words: s.words},
	}
	done, of := progress(s.list)
	if of > 0 {
		slots.Progress = app.Div().Class("row").Body(
			parts.Progress(wordProgress.In(lang), done, of),
			app.Span().Class("num").Text(fill(wordDoneOf, "done", strconv.Itoa(done), "of", strconv.Itoa(of)).In(lang)),
		)
	}
	if s.desk != nil {
		a := s.desk.Article()
		slots.Title, slots.TitleLang = title(a), a.Lang
	}
	return parts.Frame(s.client, slots)
}

// renderMain keeps the surface's host at one place in every phase: it belongs
// to the bridge.
func (s *Screen) renderMain(lang i18n.Lang) app.UI {
	a := &article.Article{Lang: "ar", Dir: "rtl"}
	if s.desk != nil {
		a = s.desk.Article()
	}
	tags := app.Div().ID(Host).Class("surface").TabIndex(0).Role("textbox").Aria("readonly", "true").
		Aria("multiline", "true").Aria("label", wordText.In(lang)).Aria("describedby", "text-help")
	if s.client.Prefs().ShowTags {
		tags = tags.DataSet("tags", "all")
	}
	return app.Div().Class("reading").Body(
		app.Div().Class("reading-state").Hidden(s.phase == ready).Body(s.renderPhase(lang)),
		app.Article().Class("sheet").Dir(string(a.Dir)).Lang(a.Lang).Hidden(s.phase != ready).Body(
			app.Div().Class("sheet-meta").Body(s.renderMeta(a)...),
			&searchView{s: s, Lang: lang, Turn: s.turn, Open: s.searching},
			tags,
			&endView{s: s, Lang: lang, Turn: s.turn},
		),
		app.P().ID("text-help").Class("visually-hidden").Lang(string(lang)).Text(wordTextHelp.In(lang)),
		&dialogView{s: s, Lang: lang, Turn: s.turn, Dialog: int(s.dialog)},
	)
}

func (s *Screen) renderMeta(a *article.Article) []app.UI {
	var out []app.UI
	if a.Meta.Outlet != "" {
		out = append(out, app.Span().Class("sheet-outlet").Text(a.Meta.Outlet))
	}
	if a.Meta.Published != "" {
		out = append(out, app.Time().Class("num").DateTime(a.Meta.Published).Text(a.Meta.Published))
	}
	return out
}

func (s *Screen) renderPhase(lang i18n.Lang) app.UI {
	switch {
	case s.phase != failed:
		return parts.Loading(wordLoading.In(lang))
	case isNotCached(s.failure):
		return parts.Empty("cloud-off", wordNotHere.In(lang), parts.ErrorText(lang, s.failure),
			parts.Button("refresh", wordTryAgain.In(lang), s.tryAgain))
	}
	return parts.Failed(wordCantOpen.In(lang), parts.ErrorText(lang, s.failure),
		parts.Button("refresh", wordTryAgain.In(lang), s.tryAgain))
}

func (s *Screen) tryAgain(ctx app.Context, e app.Event) { s.open(ctx) }

func title(a *article.Article) string {
	if a.Meta.Title != "" {
		return a.Meta.Title
	}
	first, _, _ := strings.Cut(strings.TrimSpace(a.Text), "\n")
	if r := []rune(first); len(r) > 80 {
		return string(r[:80]) + "…"
	}
	return first
}

func progress(list []wire.ArticleSummary) (done, of int) {
	for _, a := range list {
		if a.Status == annotation.Done || a.Status == annotation.Skipped {
			done++
		}
	}
	return done, len(list)
}

var (
	wordQueue     = i18n.Text{Ar: "قائمة المقالات", En: "Articles"}
	wordInspector = i18n.Text{Ar: "لوحة التفاصيل", En: "Details"}
	wordProgress  = i18n.Text{Ar: "ما أُنجز من المقالات", En: "Articles finished"}
	wordDoneOf    = i18n.Text{Ar: "{done} من {of}", En: "{done} of {of}"}
	wordText      = i18n.Text{Ar: "نص المقال", En: "Text of the article"}
	wordTextHelp  = i18n.Text{
		Ar: "تحرّك بالأسهم، وحدّد مع Shift، واضغط مفتاح الوسم. علامة الاستفهام تعرض المفاتيح كلها، وEsc يخرج من النص.",
		En: "Move with the arrows, select with Shift, press a label's key. The question mark shows all keys; Esc leaves the text.",
	}
	wordLoading  = i18n.Text{Ar: "يُفتح المقال…", En: "Opening the article…"}
	wordNotHere  = i18n.Text{Ar: "هذا المقال ليس على جهازك", En: "This article is not on this device"}
	wordCantOpen = i18n.Text{Ar: "تعذّر فتح المقال", En: "The article can't be opened"}
	wordTryAgain = i18n.Text{Ar: "أعد المحاولة", En: "Try again"}
)
