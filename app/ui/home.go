package ui

import (
	"context"
	"errors"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/annotation"
	"hashiya/app/sync"
	"hashiya/app/ui/client"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
	"hashiya/app/wire"
)

// lookedInto bounds in how many articles the day's work is searched for.
const lookedInto = 150

// queueLength is how many of the next articles home shows of each project.
const queueLength = 6

// homeScreen is where a day begins: continue where I was, what comes next, and
// what I did today.
type homeScreen struct {
	app.Compo

	Client *client.Client

	seen   homeData
	loader loader
	cancel func()
	gone   context.CancelFunc
}

type homeData struct {
	loaded   bool
	failed   error
	resume   *resume
	projects []queued
	today    day
}

// resume is the article that was open last.
type resume struct {
	client.Visit
	Project string
	Summary wire.ArticleSummary
}

// queued is a project with what comes next in it.
type queued struct {
	wire.Project
	Next []wire.ArticleSummary
	Left int // articles neither done nor skipped
}

func (h *homeScreen) OnMount(ctx app.Context) {
	life, gone := context.WithCancel(ctx)
	h.gone = gone
	h.cancel = follow(ctx, h.Client, func(ctx app.Context) { h.load(ctx) })
	refreshLists(life, h.Client)
}

func (h *homeScreen) OnDismount() {
	if h.cancel != nil {
		h.cancel()
		h.gone()
	}
}

func (h *homeScreen) OnNav(ctx app.Context) {
	ctx.Page().SetTitle("%s", pageTitle(h.Client.Lang(), homeTitle.In(h.Client.Lang())))
	known(ctx, h.Client)
}

func (h *homeScreen) load(ctx app.Context) {
	h.loader.load(ctx, func() func() {
		d := readHome(ctx, h.Client)
		return func() { h.seen = d }
	})
}

// readHome reads everything from this device.
func readHome(ctx context.Context, c *client.Client) homeData {
	p := c.Workplace()
	if p == nil {
		return homeData{}
	}
	projects, err := p.Store.Projects(ctx)
	if s := c.State(); errors.Is(err, sync.ErrNotCached) && s.Online && !s.SignedOut {
		return homeData{} // on its way
	}
	if err != nil {
		return homeData{loaded: true, failed: err}
	}
	d := homeData{loaded: true}
	visits, now := c.Visits(), c.Clock.Now()
	worked := map[[2]string]bool{} // project and article: where today's work may lie
	for _, v := range visits {
		if now.Sub(v.At) < 24*time.Hour {
			worked[[2]string{v.Project, v.Article}] = true
		}
	}
	for _, project := range projects {
		list, err := p.Store.Articles(ctx, project.ID)
		if err != nil && !errors.Is(err, sync.ErrNotCached) {
			return homeData{loaded: true, failed: err}
		}
		list = c.WithLocal(ctx, project.ID, list)
		q := queued{Project: project}
		for _, a := range list {
			if d.resume == nil && len(visits) > 0 && visits[0].Project == project.ID && visits[0].Article == a.ID {
				d.resume = &resume{visits[0], project.Name, a}
			}
			if a.Status != annotation.New && len(worked) < lookedInto {
				worked[[2]string{project.ID, a.ID}] = true // begun, perhaps today on another device
			}
			if a.Status == annotation.Done || a.Status == annotation.Skipped {
				continue
			}
			q.Left++
			if len(q.Next) < queueLength {
				q.Next = append(q.Next, a)
			}
		}
		d.projects = append(d.projects, q)
	}
	for at := range worked {
		if ops, err := p.Store.Ops(ctx, at[0], at[1]); err == nil {
			d.today.add(dayOf(ops, now))
		}
	}
	return d
}

// refreshLists fetches the projects and their articles once; what is news
// comes through WatchData.
func refreshLists(ctx context.Context, c *client.Client) {
	go func() {
		p := c.Workplace()
		for p == nil {
			select {
			case <-ctx.Done():
				return
			case <-c.Clock.After(100 * time.Millisecond):
				p = c.Workplace()
			}
		}
		projects, err := p.Outbox.Projects(ctx)
		if err != nil {
			return // the sync line says it, and the lists of this device stand
		}
		for _, project := range projects {
			_, _ = p.Outbox.Articles(ctx, project.ID) // likewise
		}
	}()
}

func (h *homeScreen) Render() app.UI {
	lang := h.Client.Lang()
	return parts.Frame(h.Client, parts.Slots{Main: app.Div().Class("page").Body(h.renderPage(lang)...)})
}

func (h *homeScreen) renderPage(lang i18n.Lang) []app.UI {
	d := h.seen
	switch {
	case h.Client.State().Trouble != nil:
		return []app.UI{parts.Failed(homeFailed.In(lang), parts.ErrorText(lang, h.Client.State().Trouble), nil)}
	case !d.loaded:
		return []app.UI{parts.Loading(loadingText.In(lang))}
	case d.failed != nil:
		return []app.UI{parts.Failed(homeFailed.In(lang), parts.ErrorText(lang, d.failed), nil)}
	}
	return []app.UI{
		app.Header().Class("page-head").Body(
			app.Div().Body(
				app.H1().Class("page-title bidi").Text(greeting.With(lang, "name", h.Client.Me().Name)),
				app.P().Class("page-lead").Text(h.lead(lang)),
			),
		),
		h.renderResume(lang),
		app.Div().Class("page-cols").Body(
			app.Div().Class("page-section").Body(h.renderQueue(lang)...),
			app.Div().Class("page-section").Body(
				h.renderToday(lang),
				h.renderReady(lang),
			),
		),
	}
}

func (h *homeScreen) lead(lang i18n.Lang) string {
	left := 0
	for _, q := range h.seen.projects {
		left += q.Left
	}
	return leftText.In(lang, left)
}

func (h *homeScreen) renderResume(lang i18n.Lang) app.UI {
	r := h.seen.resume
	if r == nil {
		return nil
	}
	href := articleHref(r.Visit.Project, r.Article)
	return app.Section().Class("card resume").Aria("label", continueText.In(lang)).Body(
		app.Div().Class("stack").Body(
			app.Div().Class("resume-meta").Body(
				app.Span().Text(continueText.In(lang)),
				app.Span().Class("bidi").Text(r.Project),
				app.Span().Text(parts.Ago(lang, h.Client.Clock.Now(), r.At)),
			),
			app.A().Class("resume-title bidi").Href(href).Lang(r.Summary.Lang).Dir(r.Summary.Dir).Text(titleOf(lang, r.Summary)),
			app.Div().Class("resume-meta").Body(
				statusChip(lang, r.Summary.Status),
				app.Span().Text(spansText.In(lang, r.Summary.Spans)),
				app.Span().Text(stancesText.In(lang, r.Summary.Stances)),
			),
		),
		app.A().Class("btn btn-primary btn-large").ID("resume").Href(href).Text(resumeText.In(lang)),
	)
}

func (h *homeScreen) renderQueue(lang i18n.Lang) []app.UI {
	if len(h.seen.projects) == 0 {
		return []app.UI{app.Div().Class("card").Body(parts.Empty("inbox", noProjects.In(lang), noProjectsWhy.In(lang), nil))}
	}
	var out []app.UI
	for _, q := range h.seen.projects {
		out = append(out, app.Section().Class("page-section").Body(
			app.Div().Class("page-section-head").Body(
				app.H2().Class("page-section-title").Body(app.A().Class("bidi").Href(projectHref(q.ID)).Text(q.Name)),
				app.Span().Class("count").Title(leftText.In(lang, q.Left)).Text(parts.Number(q.Left)),
				app.A().Class("btn btn-quiet push").Href(projectHref(q.ID)).Body(app.Span().Text(allText.In(lang)), parts.Icon("chevron")),
			),
			h.renderProject(lang, q),
		))
	}
	return out
}

func (h *homeScreen) renderProject(lang i18n.Lang, q queued) app.UI {
	if len(q.Next) == 0 {
		words := queueDone.In(lang)
		if q.Articles == 0 {
			words = queueEmpty.In(lang)
		}
		return app.Div().Class("card").Body(app.Div().Class("empty empty-small").Body(parts.Icon("check-circle"), app.P().Text(words)))
	}
	return app.Div().Class("card card-flush").Body(
		app.Div().Class("rows").Body(
			app.Range(q.Next).Slice(func(i int) app.UI {
				a := q.Next[i]
				return app.A().Class("row-link").Href(articleHref(q.ID, a.ID)).Body(
					statusIcon(lang, a.Status),
					app.Span().Class("row-link-title bidi").Lang(a.Lang).Dir(a.Dir).Text(titleOf(lang, a)),
					app.Span().Class("row-link-meta").Body(
						app.Span().Class("bidi").Hidden(a.Outlet == "").Text(a.Outlet),
						app.Span().Class("num").Hidden(a.Published == "").Text(a.Published),
						app.Span().Text(wordsText.In(lang, a.Words)),
						app.Span().Hidden(a.Spans == 0).Text(spansText.In(lang, a.Spans)),
					),
					app.Span().Class("row-link-end").Body(parts.Icon("chevron")),
				)
			}),
		),
	)
}

func (h *homeScreen) renderToday(lang i18n.Lang) app.UI {
	t := h.seen.today
	figure := func(value, name string) app.UI {
		return app.Div().Body(
			app.Div().Class("figure-value").Text(value),
			app.Div().Class("figure-name").Text(name),
		)
	}
	return app.Section().Class("card").ID("today").Body(
		app.H2().Class("card-title").Text(todayText.In(lang)),
		app.Div().Class("figures").Body(
			figure(parts.Number(t.Spans), todaySpans.In(lang)),
			figure(parts.Number(t.Stances), todayStances.In(lang)),
			figure(parts.Number(t.Done), todayDone.In(lang)),
			figure(clock(t.Active), todayActive.In(lang)),
		),
	)
}

// clock writes a duration as hours and minutes, as a clock does.
func clock(d time.Duration) string {
	m := int(d / time.Minute)
	return parts.Number(m/60) + ":" + string(rune('0'+m%60/10)) + string(rune('0'+m%10))
}

func (h *homeScreen) renderReady(lang i18n.Lang) app.UI {
	r := h.Client.Ready()
	icon, words := "device", readyCount.In(lang, r.Have)
	switch {
	case r.Of == 0:
		words = readyNone.In(lang)
	case r.Have < r.Of:
		icon, words = "cloud-off", readySome.With(lang, "have", parts.Number(r.Have), "of", parts.Number(r.Of))
	}
	return app.Section().Class("card").ID("ready").Body(
		app.H2().Class("card-title").Text(readyText.In(lang)),
		app.Div().Class("person").Body(parts.Icon(icon), app.P().Text(words)),
		app.If(h.Client.Storage().Asked && !h.Client.Storage().Granted, func() app.UI {
			return app.P().Class("field-hint").Body(app.A().Href("/settings").Text(keepRefusedShort.In(lang)))
		}),
	)
}

func titleOf(lang i18n.Lang, a wire.ArticleSummary) string {
	if a.Title == "" {
		return untitledText.In(lang)
	}
	return a.Title
}

var statusIcons = map[annotation.Status]struct{ icon, class string }{
	annotation.New:        {"circle", "status"},
	annotation.InProgress: {"circle-half", "status status-open"},
	annotation.Done:       {"check-circle", "status status-done"},
	annotation.Skipped:    {"skip", "status status-skipped"},
}

func statusIcon(lang i18n.Lang, s annotation.Status) app.UI {
	look, ok := statusIcons[s]
	if !ok {
		look = statusIcons[annotation.New]
	}
	return app.Span().Class(look.class).Role("img").Aria("label", parts.StatusText(lang, s)).Title(parts.StatusText(lang, s)).Body(parts.Icon(look.icon))
}

func statusChip(lang i18n.Lang, s annotation.Status) app.UI {
	class := "chip"
	switch s {
	case annotation.Done:
		class += " chip-ok"
	case annotation.InProgress:
		class += " chip-accent"
	case annotation.Skipped:
		class += " chip-warn"
	}
	return app.Span().Class(class).Text(parts.StatusText(lang, s))
}

var (
	homeTitle     = i18n.Text{Ar: "الرئيسية", En: "Home"}
	loadingText   = i18n.Text{Ar: "يُحمَّل…", En: "Loading…"}
	homeFailed    = i18n.Text{Ar: "تعذّر عرض عملك", En: "Your work can't be shown"}
	greeting      = i18n.Text{Ar: "أهلًا {name}", En: "Welcome, {name}"}
	continueText  = i18n.Text{Ar: "آخر مقال فتحته", En: "The last article you opened"}
	resumeText    = i18n.Text{Ar: "متابعة العمل", En: "Continue"}
	allText       = i18n.Text{Ar: "كل المقالات", En: "All articles"}
	noProjects    = i18n.Text{Ar: "لا مشاريع بعد", En: "No projects yet"}
	noProjectsWhy = i18n.Text{Ar: "ينشئ من يدير الخادم المشروع بالأمر hashiya project create، ثم يظهر هنا.", En: "Whoever runs the server creates one with hashiya project create; then it shows here."}
	queueDone     = i18n.Text{Ar: "أنجزت كل مقالات هذا المشروع.", En: "You have finished every article of this project."}
	queueEmpty    = i18n.Text{Ar: "لا مقالات في هذا المشروع بعد.", En: "This project has no articles yet."}
	untitledText  = i18n.Text{Ar: "بلا عنوان", En: "Untitled"}

	todayText    = i18n.Text{Ar: "عملي اليوم", En: "My work today"}
	todaySpans   = i18n.Text{Ar: "وسوم", En: "labels"}
	todayStances = i18n.Text{Ar: "مواقف", En: "stances"}
	todayDone    = i18n.Text{Ar: "مقالات مكتملة", En: "articles done"}
	todayActive  = i18n.Text{Ar: "ساعات العمل", En: "hours of work"}

	keepRefusedShort = i18n.Text{Ar: "لم يمنح المتصفّح تخزينًا دائمًا بعد.", En: "The browser has not granted lasting storage yet."}
	readyText        = i18n.Text{Ar: "العمل دون اتصال", En: "Working offline"}
	readyNone        = i18n.Text{Ar: "لا مقالات في قائمتك لحفظها على هذا الجهاز.", En: "There is nothing in your queue to keep on this device."}
	readySome        = i18n.Text{Ar: "{have} من {of} من مقالاتك القادمة على هذا الجهاز حتى الآن.", En: "{have} of {of} of your next articles are on this device so far."}

	readyCount = i18n.Count{
		ArZero: "لا مقالات على هذا الجهاز بعد.", ArOne: "مقالك القادم على هذا الجهاز، وتستطيع العمل عليه دون اتصال.", ArTwo: "مقالاك القادمان على هذا الجهاز، وتستطيع العمل عليهما دون اتصال.",
		ArFew: "{n} مقالات قادمة على هذا الجهاز، وتستطيع العمل عليها دون اتصال.", ArMany: "{n} مقالًا قادمًا على هذا الجهاز، وتستطيع العمل عليها دون اتصال.", ArOther: "{n} مقال قادم على هذا الجهاز، وتستطيع العمل عليها دون اتصال.",
		EnOne: "Your next article is on this device: you can work on it offline.", EnOther: "Your next {n} articles are on this device: you can work on them offline.",
	}
	leftText = i18n.Count{
		ArZero: "لا شيء ينتظرك الآن.", ArOne: "ينتظرك مقال واحد.", ArTwo: "ينتظرك مقالان.", ArFew: "تنتظرك {n} مقالات.", ArMany: "ينتظرك {n} مقالًا.", ArOther: "ينتظرك {n} مقال.",
		EnOne: "One article is waiting for you.", EnOther: "{n} articles are waiting for you.",
	}
	wordsText = i18n.Count{
		ArZero: "بلا كلمات", ArOne: "كلمة واحدة", ArTwo: "كلمتان", ArFew: "{n} كلمات", ArMany: "{n} كلمة", ArOther: "{n} كلمة",
		EnOne: "1 word", EnOther: "{n} words",
	}
	spansText = i18n.Count{
		ArZero: "بلا وسوم", ArOne: "وسم واحد", ArTwo: "وسمان", ArFew: "{n} وسوم", ArMany: "{n} وسمًا", ArOther: "{n} وسم",
		EnOne: "1 label", EnOther: "{n} labels",
	}
	stancesText = i18n.Count{
		ArZero: "بلا مواقف", ArOne: "موقف واحد", ArTwo: "موقفان", ArFew: "{n} مواقف", ArMany: "{n} موقفًا", ArOther: "{n} موقف",
		EnOne: "1 stance", EnOther: "{n} stances",
	}
)
