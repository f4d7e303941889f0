package ui

import (
	"errors"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/concordance"
	"hashiya/app/sync"
	"hashiya/app/ui/client"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
	"hashiya/app/ui/reading"
	"hashiya/app/wire"
)

// searchScreen looks for words in the titles and texts of a project: on the
// server, or where that can't be reached in what is on this device.
type searchScreen struct {
	app.Compo

	Client *client.Client

	id      string
	project wire.Project
	query   string // that was asked for; "" for none
	asked   textSearch
	loader  loader
	cancel  func()
}

// textSearch is a search as far as it has come.
type textSearch struct {
	turn    int // counts searches, so that a slow one can't replace a later one
	busy    bool
	short   bool // the query has too few letters, or too many
	here    bool // on this device only
	found   []wire.ArticleHits
	looked  int // articles
	of      int
	next    uint64 // 0: that was all
	failure error
}

// enough is how many more articles are looked for at a time.
const enough = 20

func (s *searchScreen) OnMount(ctx app.Context) {
	s.cancel = follow(ctx, s.Client, func(ctx app.Context) { s.load(ctx) })
}

func (s *searchScreen) OnDismount() {
	if s.cancel != nil {
		s.cancel()
	}
}

func (s *searchScreen) OnNav(ctx app.Context) {
	if !known(ctx, s.Client) {
		return
	}
	u := ctx.Page().URL()
	s.id, _ = projectOf(u.Path)
	s.query = strings.Join(strings.Fields(u.Query().Get("q")), " ")
	s.project = wire.Project{ID: s.id}
	s.load(ctx)
	s.search(ctx)
}

// load reads the project's name; a search that came before the database was
// open begins with it.
func (s *searchScreen) load(ctx app.Context) {
	id, p := s.id, s.Client.Workplace()
	if p == nil || id == "" {
		return
	}
	if s.query != "" && s.asked.turn == 0 {
		s.search(ctx)
	}
	s.loader.load(ctx, func() func() {
		list, err := p.Store.Projects(ctx)
		return func() {
			for _, of := range list {
				if err == nil && of.ID == id && s.id == id {
					s.project = of
					ctx.Page().SetTitle("%s", pageTitle(s.Client.Lang(), searchTitle.In(s.Client.Lang())+" · "+of.Name))
				}
			}
		}
	})
}

// search begins anew with the query.
func (s *searchScreen) search(ctx app.Context) {
	turn := s.asked.turn + 1
	if s.Client.Workplace() == nil {
		turn = 0 // load comes back once the database is open
	}
	s.asked = textSearch{turn: turn}
	if s.query == "" || turn == 0 {
		return
	}
	q := concordance.NewQuery(s.query)
	if q.Letters() < concordance.MinLetters || len([]rune(s.query)) > concordance.MaxQuery {
		s.asked.short = true
		return
	}
	s.more(ctx, enough)
}

// more goes on until so many more articles are found.
func (s *searchScreen) more(ctx app.Context, articles int) {
	a := &s.asked
	a.busy, a.failure = true, nil
	id, query, turn, after, first := s.id, s.query, a.turn, a.next, a.looked == 0
	ctx.Async(func() {
		for articles > 0 {
			found, err := s.Client.Corpus.Search(ctx, id, query, after)
			here := first && errors.Is(err, sync.ErrOffline)
			if here {
				found, err = s.Client.SearchHere(ctx, id, query, nil)
			}
			articles -= len(found.Articles)
			first, after = false, found.Next
			last := err != nil || after == 0 || articles <= 0
			ctx.Dispatch(func(ctx app.Context) {
				if s.asked.turn == turn {
					s.asked.take(found, here, err)
					s.asked.busy = !last
					if last {
						parts.Announce(ctx, s.asked.sum(s.Client.Lang()))
					}
				}
			})
			if last {
				return
			}
		}
	})
}

func (a *textSearch) take(found wire.Hits, here bool, err error) {
	if a.failure = err; err != nil {
		return
	}
	a.here = here
	a.found = append(a.found, found.Articles...)
	a.looked += found.Looked
	a.of, a.next = found.Of, found.Next
}

// sum says what was found.
func (a *textSearch) sum(lang i18n.Lang) string {
	hits := 0
	for _, f := range a.found {
		hits += f.Hits
	}
	return foundText.With(lang, "places", places(lang, hits), "articles", articlesFound.In(lang, len(a.found)))
}

// places says how often something stands in a text; 0 times, in a title alone.
func places(lang i18n.Lang, n int) string {
	if n == 0 {
		return inTitle.In(lang)
	}
	return placesText.In(lang, n)
}

func (s *searchScreen) Render() app.UI {
	lang := s.Client.Lang()
	return parts.Frame(s.Client, parts.Slots{
		Project: s.project.Name, ProjectHref: projectHref(s.id),
		Main: app.Div().Class("page page-narrow").Body(
			app.Header().Class("page-head").Body(app.H1().Class("page-title").Text(searchTitle.In(lang))),
			app.Form().Class("input-group").Role("search").OnSubmit(s.submit).Body(
				app.Input().Type("search").Class("input").ID("search-text").Dir("auto").AutoFocus(true).AutoComplete(false).MaxLength(concordance.MaxQuery).
					Aria("label", searchLabel.In(lang)).Aria("describedby", "search-help").Placeholder(searchLabel.In(lang)).Value(s.query),
				app.Button().Type("submit").Class("btn btn-primary").ID("search-go").Body(parts.Icon("search"), app.Span().Text(searchButton.In(lang))),
			),
			app.P().Class("field-hint").ID("search-help").Text(searchHelp.In(lang)),
			app.Div().Class("page-section").ID("found").Body(s.renderFound(lang)...),
		),
	})
}

func (s *searchScreen) submit(ctx app.Context, e app.Event) {
	e.PreventDefault()
	query := strings.TrimSpace(app.Window().GetElementByID("search-text").Get("value").String())
	if query == s.query { // the address stays, so nothing else would come of it
		s.search(ctx)
		return
	}
	ctx.Navigate(reading.SearchHref(s.id, query))
}

func (s *searchScreen) renderFound(lang i18n.Lang) []app.UI {
	a := &s.asked
	switch {
	case s.query == "":
		return []app.UI{parts.Empty("search", searchEmpty.In(lang), searchEmptyWhy.In(lang), nil)}
	case a.short:
		return []app.UI{parts.FieldError(searchShort.In(lang))}
	case a.turn == 0:
		return []app.UI{parts.Loading(loadingText.In(lang))}
	}
	out := []app.UI{
		app.Div().Class("banner banner-warn").Role("status").Hidden(!a.here).Body(
			parts.Icon("cloud-off"),
			app.Span().Class("banner-text").Text(searchedHere.With(lang, "n", strconv.Itoa(a.looked), "of", strconv.Itoa(a.of))),
			parts.Button("refresh", tryServer.In(lang), s.again),
		),
		app.P().Class("muted num").Hidden(len(a.found) == 0).Text(a.sum(lang)),
		app.Div().Class("page-section").Body(app.Range(a.found).Slice(func(i int) app.UI { return s.renderArticle(lang, &a.found[i]) })),
	}
	switch {
	case a.busy:
		out = append(out, app.Div().Class("stack").Body(
			app.P().Class("muted num").Role("status").Text(lookingText.With(lang, "n", strconv.Itoa(a.looked), "of", strconv.Itoa(max(a.of, a.looked)))),
			parts.Progress(searchTitle.In(lang), a.looked, max(a.of, a.looked)),
		))
	case a.failure != nil:
		out = append(out, parts.Failed(searchFailed.In(lang), parts.ErrorText(lang, a.failure), parts.Button("refresh", searchAgain.In(lang), s.goOn)))
	case a.next != 0:
		out = append(out, app.Div().Class("row").Body(
			parts.Button("", moreText.In(lang), s.goOn).ID("search-more"),
			app.Span().Class("muted num").Text(lookedText.With(lang, "n", strconv.Itoa(a.looked), "of", strconv.Itoa(a.of))),
		))
	case len(a.found) == 0:
		out = append(out, parts.Empty("search", nothingFound.In(lang), searchNothingWhy.In(lang), nil))
	}
	return out
}

func (s *searchScreen) again(ctx app.Context, e app.Event) { s.search(ctx) }
func (s *searchScreen) goOn(ctx app.Context, e app.Event)  { s.more(ctx, enough) }

func (s *searchScreen) renderArticle(lang i18n.Lang, f *wire.ArticleHits) app.UI {
	rest := f.Hits - len(f.Places)
	first := 0
	if len(f.Places) > 0 {
		first = f.Places[0].Start
	}
	title := titleOf(lang, wire.ArticleSummary{Title: f.Title})
	return app.Section().Class("card found").Lang(f.Lang).Body(
		app.H2().Class("found-title").Dir(f.Dir).Body(
			app.A().Class("cell-title").Href(reading.FoundHref(s.id, f.ID, s.query, first)).Body(marked(title, f)...),
		),
		app.P().Class("cell-sub").Lang(string(lang)).Body(
			app.Span().Class("bidi").Text(f.Outlet), app.Span().Hidden(f.Outlet == "").Text(" · "),
			app.Span().Class("num bidi").Text(f.Published), app.Span().Hidden(f.Published == "").Text(" · "),
			app.Span().Class("num").Text(places(lang, f.Hits)),
		),
		app.Div().Class("mentions").Dir(f.Dir).Body(app.Range(f.Places).Slice(func(i int) app.UI {
			p := f.Places[i]
			before, found, after := p.Shown()
			return app.A().Class("mention found-place").Href(reading.FoundHref(s.id, f.ID, s.query, p.Start)).Body(
				app.Span().Class("mention-context").Body(app.Text(before), app.Mark().Text(found), app.Text(after)),
			)
		})),
		app.If(rest > 0, func() app.UI {
			return app.A().Class("found-rest").Lang(string(lang)).Href(reading.FoundHref(s.id, f.ID, s.query, f.Places[len(f.Places)-1].End)).
				Text(restText.In(lang, rest))
		}),
	)
}

// marked returns the title with what was found in it marked.
func marked(title string, f *wire.ArticleHits) []app.UI {
	runes, at := []rune(title), 0
	var out []app.UI
	for _, r := range f.InTitle {
		if r.Start < at || r.End > len(runes) {
			continue
		}
		out = append(out, app.Text(string(runes[at:r.Start])), app.Mark().Text(string(runes[r.Start:r.End])))
		at = r.End
	}
	return append(out, app.Text(string(runes[at:])))
}

var (
	searchTitle      = i18n.Text{Ar: "البحث في نصوص المشروع", En: "Search the project's texts"}
	searchLabel      = i18n.Text{Ar: "كلمات من العنوان أو النص", En: "Words of the title or the text"}
	searchButton     = i18n.Text{Ar: "ابحث", En: "Search"}
	searchHelp       = i18n.Text{Ar: "لا فرق في التشكيل والتطويل وأشكال الألف والياء والتاء المربوطة والأرقام.", En: "Vowel signs, tatweel, forms of alef, ya and ta marbuta, and scripts of digits make no difference."}
	searchEmpty      = i18n.Text{Ar: "ابحث في كل المقالات", En: "Search all articles"}
	searchEmptyWhy   = i18n.Text{Ar: "اكتب كلمة أو أكثر كما ترد متجاورة في النص، ثم اضغط «ابحث».", En: "Write one word, or several as they stand side by side in the text, and press Enter."}
	searchShort      = i18n.Text{Ar: "اكتب حرفين على الأقل، ولا تزد على 200 حرف.", En: "Write at least two letters, and no more than 200."}
	searchNothingWhy = i18n.Text{Ar: "جرّب كلمة واحدة، أو جزءًا منها بلا سوابق.", En: "Try one word, or a part of it without prefixes."}
	searchFailed     = i18n.Text{Ar: "تعذّر البحث", En: "The search failed"}
	searchedHere     = i18n.Text{Ar: "لا اتصال بالخادم: بُحث في {n} من {of} من المقالات، وهي التي على هذا الجهاز.", En: "Offline: only the articles on this device were searched, {n} of {of}."}
	tryServer        = i18n.Text{Ar: "ابحث على الخادم", En: "Search on the server"}
	lookingText      = i18n.Text{Ar: "يُبحث… {n} من {of} من المقالات", En: "Searching… {n} of {of} articles"}
	lookedText       = i18n.Text{Ar: "بُحث في {n} من {of} من المقالات", En: "{n} of {of} articles searched"}
	moreText         = i18n.Text{Ar: "المزيد", En: "More"}
	foundText        = i18n.Text{Ar: "{places} {articles}", En: "{places} {articles}"}
	inTitle          = i18n.Text{Ar: "في العنوان وحده", En: "in the title only"}
	searchAgain      = i18n.Text{Ar: "أعد المحاولة", En: "Try again"}
	searchTexts      = i18n.Text{Ar: "ابحث في النصوص", En: "Search the texts"}

	placesText = i18n.Count{
		ArZero: "لا مواضع", ArOne: "موضع واحد", ArTwo: "موضعان", ArFew: "{n} مواضع", ArMany: "{n} موضعًا", ArOther: "{n} موضع",
		EnOne: "1 place", EnOther: "{n} places",
	}
	articlesFound = i18n.Count{
		ArZero: "في لا مقال", ArOne: "في مقال واحد", ArTwo: "في مقالين", ArFew: "في {n} مقالات", ArMany: "في {n} مقالًا", ArOther: "في {n} مقال",
		EnOne: "in 1 article", EnOther: "in {n} articles",
	}
	restText = i18n.Count{
		ArZero: "ولا مواضع أخرى في هذا المقال", ArOne: "وموضع آخر في هذا المقال", ArTwo: "وموضعان آخران في هذا المقال", ArFew: "و{n} مواضع أخرى في هذا المقال", ArMany: "و{n} موضعًا آخر في هذا المقال", ArOther: "و{n} موضع آخر في هذا المقال",
		EnOne: "and 1 more place in this article", EnOther: "and {n} more places in this article",
	}
)
