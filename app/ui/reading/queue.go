package reading

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/annotation"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
	"hashiya/app/wire"
)

// queueView is the project's articles, at the start side.
type queueView struct {
	app.Compo
	s *Screen

	Lang    i18n.Lang
	Turn    int
	Article string
}

// around is how many articles are listed on either side of the current one:
// the project's page has them all.
const around = 100

func (v *queueView) Render() app.UI {
	s, lang := v.s, v.Lang
	at := 0
	for i, a := range s.list {
		if a.ID == s.id {
			at = i
		}
	}
	near := s.list[max(0, at-around):min(len(s.list), at+around)]
	return app.Div().Class("slot").ID("queue").Body(
		app.Div().Class("side-head").Body(
			app.H2().Class("side-title").Text(wordArticles.In(lang)),
			app.Span().Class("count").Text(parts.Number(len(s.list))),
			parts.IconButton("close", wordCloseQueue.In(lang), s.closeQueue).Class("side-close"),
		),
		app.Div().Class("side-body").Body(
			app.Nav().Class("queue-list").Aria("label", wordArticles.In(lang)).Body(
				app.Range(near).Slice(func(i int) app.UI { return v.item(near[i]) }),
			),
			app.P().Class("muted").Hidden(len(s.list) > 0 || s.phase == waiting).Text(wordNoList.In(lang)),
		),
	)
}

func (v *queueView) item(a wire.ArticleSummary) app.UI {
	if a.Title == "" {
		a.Title, a.Lang = wordUntitled.In(v.Lang), string(v.Lang)
	}
	q := &queueItem{
		Lang: v.Lang, Href: v.s.href(a.ID), Title: a.Title, TitleLang: a.Lang, Outlet: a.Outlet,
		Status: string(a.Status), Spans: a.Spans, Current: a.ID == v.s.id,
	}
	if q.Current && v.s.editor != nil { // the list is as old as the last look at the database
		l := v.s.editor.Layer()
		q.Status, q.Spans, q.Conflict = string(l.Status), len(l.Spans), len(l.Conflicts) > 0
	}
	return q
}

// queueItem is one article of the queue: a component, so that a label renders
// one line of the list and not all of it.
type queueItem struct {
	app.Compo

	Lang                                   i18n.Lang
	Href, Title, TitleLang, Outlet, Status string
	Spans                                  int
	Current, Conflict                      bool
}

func (q *queueItem) Render() app.UI {
	status := annotation.Status(q.Status)
	icon, class := "circle", "status"
	switch {
	case q.Conflict:
		icon, class = "warning", "status status-conflict"
	case status == annotation.Done:
		icon, class = "check-circle", "status status-done"
	case status == annotation.Skipped:
		icon, class = "skip", "status status-skipped"
	case status == annotation.InProgress:
		icon, class = "circle-half", "status status-open"
	}
	item := app.A().Class("queue-item").Href(q.Href).Body(
		app.Span().Class(class).Title(parts.StatusText(q.Lang, status)).Body(
			parts.Icon(icon), app.Span().Class("visually-hidden").Text(parts.StatusText(q.Lang, status)),
		),
		app.Span().Class("queue-item-title bidi").Lang(q.TitleLang).Dir("auto").Text(q.Title),
		app.Span().Class("queue-item-meta").Body(
			app.Span().Class("bidi").Text(q.Outlet),
			app.Span().Text(countSpans.In(q.Lang, q.Spans)),
		),
	)
	if q.Current {
		item = item.Aria("current", "page")
	}
	return item
}

var (
	wordArticles   = i18n.Text{Ar: "المقالات", En: "Articles"}
	wordUntitled   = i18n.Text{Ar: "بلا عنوان", En: "Untitled"}
	wordCloseQueue = i18n.Text{Ar: "إخفاء القائمة", En: "Hide the list"}
	wordNoList     = i18n.Text{Ar: "قائمة المقالات ليست على هذا الجهاز بعد.", En: "The list of articles is not on this device yet."}
	countSpans     = i18n.Count{
		ArZero: "بلا وسوم", ArOne: "وسم واحد", ArTwo: "وسمان", ArFew: "{n} وسوم", ArMany: "{n} وسمًا", ArOther: "{n} وسم",
		EnOne: "1 label", EnOther: "{n} labels",
	}
)
