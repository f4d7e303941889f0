package reading

import (
	"net/url"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/ui/i18n"
)

// FoundHref returns the address of an article in which a query was found: the
// article opens with the search in it, at the first hit from the offset on.
func FoundHref(project, article, query string, at int) string {
	return "/p/" + url.PathEscape(project) + "/a/" + url.PathEscape(article) +
		"?" + url.Values{"find": {query}, "at": {strconv.Itoa(at)}}.Encode()
}

// SearchHref returns the address of the search over the project's texts; ""
// asks for nothing yet.
func SearchHref(project, query string) string {
	href := "/p/" + url.PathEscape(project) + "/search"
	if query != "" {
		href += "?" + url.Values{"q": {query}}.Encode()
	}
	return href
}

// openFound goes to the hit that the page's address names.
func (s *Screen) openFound(ctx app.Context) {
	asked := ctx.Page().URL().Query()
	query := asked.Get("find")
	if query == "" {
		return
	}
	at, _ := strconv.Atoi(asked.Get("at"))
	s.searching = true
	s.do(s.editor.SearchFrom(query, at))
	s.changed()
	ctx.After(2*calm, func(app.Context) {
		if field := app.Window().GetElementByID("article-search"); field.Truthy() {
			field.Set("value", query)
		}
	})
}

var wordInProject = i18n.Text{Ar: "في كل المقالات", En: "All articles"}
