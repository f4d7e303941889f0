package reading

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
)

// searchView is the search in the article, a bar over the text.
type searchView struct {
	app.Compo
	s *Screen

	Lang i18n.Lang
	Turn int
	Open bool
}

func (v *searchView) Render() app.UI {
	if v.s.editor == nil || !v.Open {
		return app.Div().Class("search-bar").Hidden(true)
	}
	at, of := v.s.editor.Hits()
	count := fill(wordHits, "n", strconv.Itoa(at), "of", strconv.Itoa(of))
	if v.s.editor.query == "" {
		count = none
	} else if of == 0 {
		count = sayNoHits
	}
	return app.Form().Class("search-bar").Role("search").Lang(string(v.Lang)).Dir(v.Lang.Dir()).OnSubmit(v.submit).Body(
		parts.Icon("search"),
		app.Input().Type("search").Class("input").ID("article-search").Dir("auto").AutoComplete(false).
			Aria("label", wordSearch.In(v.Lang)).Placeholder(wordSearch.In(v.Lang)).OnInput(v.typed).OnKeyDown(v.key),
		app.Span().Class("num search-count").Role("status").Text(count.In(v.Lang)),
		parts.IconButton("chevron-down", wordPreviousHit.In(v.Lang), v.previous).Class("flip-block").Disabled(of == 0),
		parts.IconButton("chevron-down", wordNextHit.In(v.Lang), v.next).Disabled(of == 0),
		app.A().Class("btn btn-quiet only-desktop").ID("search-project").Href(SearchHref(v.s.project, v.s.editor.query)).Text(wordInProject.In(v.Lang)),
		parts.IconButton("close", wordClose.In(v.Lang), v.close),
	)
}

// openSearch opens the bar and gives it the keyboard.
func (s *Screen) openSearch() {
	s.searching = true
	s.changed()
	s.ctx.After(2*calm, func(app.Context) {
		focus("article-search")
		if field := app.Window().GetElementByID("article-search"); field.Truthy() {
			field.Call("select")
		}
	})
}

func (s *Screen) closeSearch() {
	s.searching = false
	s.editor.EndSearch()
	s.paint(false)
	s.changed()
	s.back()
}

func (v *searchView) typed(ctx app.Context, _ app.Event) { v.s.do(v.s.editor.Search(value(ctx))) }

// submit is Enter: the next place.
func (v *searchView) submit(_ app.Context, ev app.Event) {
	ev.PreventDefault()
	v.s.do(v.s.editor.NextHit(true))
}

func (v *searchView) key(_ app.Context, ev app.Event) {
	switch code := ev.Get("code").String(); {
	case code == "Escape":
		ev.PreventDefault()
		v.s.closeSearch()
	case code == "Enter" && ev.Get("shiftKey").Bool(), code == "F3" && ev.Get("shiftKey").Bool():
		ev.PreventDefault()
		v.s.do(v.s.editor.NextHit(false))
	case code == "F3":
		ev.PreventDefault()
		v.s.do(v.s.editor.NextHit(true))
	}
}

func (v *searchView) next(app.Context, app.Event)     { v.s.do(v.s.editor.NextHit(true)) }
func (v *searchView) previous(app.Context, app.Event) { v.s.do(v.s.editor.NextHit(false)) }
func (v *searchView) close(app.Context, app.Event)    { v.s.closeSearch() }

var (
	wordSearch      = i18n.Text{Ar: "ابحث في المقال", En: "Search the article"}
	wordHits        = i18n.Text{Ar: "{n} من {of}", En: "{n} of {of}"}
	wordNextHit     = i18n.Text{Ar: "الموضع التالي", En: "Next place"}
	wordPreviousHit = i18n.Text{Ar: "الموضع السابق", En: "Previous place"}
)
