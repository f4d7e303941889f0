package ui

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/annotation"
	"hashiya/app/concordance"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
	"hashiya/app/ui/reading"
	"hashiya/app/wire"
)

// perPage is how many articles are on the page at once, however many there are.
const perPage = 100

// articleList is a list of articles as it is looked through: what is searched
// for, and which page of what was found.
type articleList struct {
	all    []wire.ArticleSummary
	keys   []string // search keys, of all
	query  string
	status annotation.Status // "" for any
	found  []int             // indices into all
	page   int

	flags       map[string][]wire.Flagged // by article; for who may see them
	onlyFlagged bool
}

func (l *articleList) set(all []wire.ArticleSummary) {
	l.all, l.keys = all, make([]string, len(all))
	for i, a := range all {
		l.keys[i] = concordance.Comparable(a.Title + "\n" + a.Outlet)
	}
	l.find()
}

// search begins at the first page again.
func (l *articleList) search(query string, status annotation.Status) {
	l.query, l.status, l.page = query, status, 0
	l.find()
}

func (l *articleList) find() {
	l.found = l.found[:0]
	words := strings.Fields(concordance.Comparable(l.query))
next:
	for i, a := range l.all {
		if l.status != "" && a.Status != l.status {
			continue
		}
		if l.onlyFlagged && len(l.flags[a.ID]) == 0 {
			continue
		}
		for _, w := range words {
			if !strings.Contains(l.keys[i], w) {
				continue next
			}
		}
		l.found = append(l.found, i)
	}
	l.page = max(0, min(l.page, l.pages()-1))
}

func (l *articleList) pages() int { return (len(l.found) + perPage - 1) / perPage }

// shown returns the indices into all of the page.
func (l *articleList) shown() []int {
	return l.found[min(l.page*perPage, len(l.found)):min((l.page+1)*perPage, len(l.found))]
}

func (l *articleList) count(s annotation.Status) int {
	n := 0
	for _, a := range l.all {
		if a.Status == s {
			n++
		}
	}
	return n
}

func (s *projectScreen) renderArticles(lang i18n.Lang, lead bool) app.UI {
	l := &s.list
	if len(l.all) == 0 {
		var action app.UI
		why := noArticlesWhy.In(lang)
		if lead {
			action, why = parts.Button("upload", importText.In(lang), s.openImport).Class("btn-primary"), noArticlesLead.In(lang)
		}
		return app.Section().Class("card").Body(parts.Empty("inbox", noArticles.In(lang), why, action))
	}
	shown := l.shown()
	return app.Section().Class("page-section").Aria("label", articlesName.In(lang)).Body(
		app.Div().Class("filters").Body(
			app.Form().Class("row").Role("search").OnSubmit(s.searchTexts).Body(
				app.Input().Type("search").Class("input").ID("find").Placeholder(findText.In(lang)).Aria("label", findText.In(lang)).OnInput(s.find),
				app.Button().Type("submit").Class("btn").ID("search-texts").Body(parts.Icon("search"), app.Span().Text(searchTexts.In(lang))),
			),
			app.Div().Class("segmented").Role("group").Aria("label", statusName.In(lang)).Body(
				app.Range(statusFilters).Slice(func(i int) app.UI {
					f := statusFilters[i]
					n := len(l.all)
					if f != "" {
						n = l.count(f)
					}
					return app.Button().Type("button").Aria("pressed", strconv.FormatBool(l.status == f)).
						OnClick(s.filter(f), app.EventScope(string(f))).
						Body(app.Span().Text(filterText(lang, f)), app.Span().Class("num muted only-desktop").Text(parts.Number(n)))
				}),
			),
			s.renderFlagFilter(lang),
		),
		app.Div().Class("card card-flush").Body(
			app.If(len(shown) == 0, func() app.UI {
				return parts.Empty("search", nothingFound.In(lang), nothingFoundWhy.In(lang), parts.Button("search", searchTexts.In(lang), s.openTexts))
			}).Else(func() app.UI { return s.renderTable(lang, shown) }),
		),
		s.renderPager(lang),
	)
}

var statusFilters = []annotation.Status{"", annotation.New, annotation.InProgress, annotation.Done, annotation.Skipped}

func filterText(lang i18n.Lang, s annotation.Status) string {
	if s == "" {
		return anyStatus.In(lang)
	}
	return parts.StatusText(lang, s)
}

func (s *projectScreen) find(ctx app.Context, e app.Event) {
	s.list.search(ctx.JSSrc().Get("value").String(), s.list.status)
}

// searchTexts leads to the search over the texts, with what stands in the field.
func (s *projectScreen) searchTexts(ctx app.Context, e app.Event) {
	e.PreventDefault()
	s.openTexts(ctx, e)
}

func (s *projectScreen) openTexts(ctx app.Context, e app.Event) {
	ctx.Navigate(reading.SearchHref(s.id, strings.TrimSpace(s.list.query)))
}

func (s *projectScreen) filter(f annotation.Status) app.EventHandler {
	return func(ctx app.Context, e app.Event) { s.list.search(s.list.query, f) }
}

func (s *projectScreen) renderTable(lang i18n.Lang, shown []int) app.UI {
	return app.Div().Class("table-wrap").Body(app.Table().Class("table table-stack").Body(
		app.THead().Body(app.Tr().Body(
			app.Th().Scope("col").Text(articleName.In(lang)),
			app.Th().Scope("col").Class("cell-num").Text(wordsName.In(lang)),
			app.Th().Scope("col").Class("cell-num").Text(spansName.In(lang)),
			app.Th().Scope("col").Class("cell-num").Text(stancesName.In(lang)),
			app.Th().Scope("col").Text(statusName.In(lang)),
		)),
		app.TBody().Body(app.Range(shown).Slice(func(i int) app.UI {
			a := s.list.all[shown[i]]
			return app.Tr().Body(
				app.Td().Class("cell-main").Body(
					app.A().Class("cell-title bidi").Href(articleHref(s.project.ID, a.ID)).Lang(a.Lang).Dir(a.Dir).Text(titleOf(lang, a)),
					app.Span().Class("cell-sub").Body(
						app.Span().Class("bidi").Text(a.Outlet),
						app.Span().Hidden(a.Outlet == "" || a.Published == "").Text(" · "),
						app.Span().Class("num bidi").Text(a.Published),
					),
					s.list.renderFlags(lang, a),
				),
				cell(lang, wordsText, a.Words),
				cell(lang, spansText, a.Spans),
				cell(lang, stancesText, a.Stances),
				app.Td().Class("cell-tight").Body(statusChip(lang, a.Status)),
			)
		})),
	))
}

// cell is a number that says what it counts where the table is a list.
func cell(lang i18n.Lang, words i18n.Count, n int) app.UI {
	return app.Td().Class("cell-num").Body(
		app.Span().Class("only-desktop").Text(parts.Number(n)),
		app.Span().Class("only-phone muted").Text(words.In(lang, n)),
	)
}

func (s *projectScreen) renderPager(lang i18n.Lang) app.UI {
	l := &s.list
	if l.pages() < 2 {
		return nil
	}
	return app.Nav().Class("row").Aria("label", pagesName.In(lang)).Body(
		parts.Button("", previousText.In(lang), s.turnBack).Disabled(l.page == 0),
		app.Span().Class("muted num").Text(pageText.With(lang, "n", strconv.Itoa(l.page+1), "of", strconv.Itoa(l.pages()))),
		parts.Button("", nextText.In(lang), s.turn).Disabled(l.page == l.pages()-1),
	)
}

func (s *projectScreen) turn(ctx app.Context, e app.Event)     { s.goTo(ctx, s.list.page+1) }
func (s *projectScreen) turnBack(ctx app.Context, e app.Event) { s.goTo(ctx, s.list.page-1) }

func (s *projectScreen) goTo(ctx app.Context, page int) {
	s.list.page = max(0, min(page, s.list.pages()-1))
	app.Window().GetElementByID(parts.Main).Set("scrollTop", 0)
	parts.Announce(ctx, pageText.With(s.Client.Lang(), "n", strconv.Itoa(s.list.page+1), "of", strconv.Itoa(s.list.pages())))
}

var (
	articlesName    = i18n.Text{Ar: "المقالات", En: "Articles"}
	articleName     = i18n.Text{Ar: "المقال", En: "Article"}
	statusName      = i18n.Text{Ar: "الحالة", En: "Status"}
	wordsName       = i18n.Text{Ar: "الكلمات", En: "Words"}
	anyStatus       = i18n.Text{Ar: "الكل", En: "All"}
	findText        = i18n.Text{Ar: "ابحث بالعنوان أو المصدر", En: "Search by title or outlet"}
	nothingFound    = i18n.Text{Ar: "لا نتائج", En: "Nothing found"}
	nothingFoundWhy = i18n.Text{Ar: "جرّب كلمات أقل، أو اختر «الكل» في الحالة.", En: "Try fewer words, or choose “All” as the status."}
	noArticles      = i18n.Text{Ar: "لا مقالات في هذا المشروع بعد", En: "No articles in this project yet"}
	noArticlesWhy   = i18n.Text{Ar: "حين يضيف مشرف المشروع مقالات تظهر هنا.", En: "They show here once the project lead adds some."}
	noArticlesLead  = i18n.Text{Ar: "أضف مقالات من ملفات نصية أو ملفات JSONL.", En: "Add articles from text files or JSONL files."}
	previousText    = i18n.Text{Ar: "السابق", En: "Previous"}
	nextText        = i18n.Text{Ar: "التالي", En: "Next"}
	pageText        = i18n.Text{Ar: "صفحة {n} من {of}", En: "Page {n} of {of}"}
	pagesName       = i18n.Text{Ar: "الصفحات", En: "Pages"}
)
