package ui

import (
	"context"
	"html"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/annotation"
	"hashiya/app/sync"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/internal/uitest"
	"hashiya/app/wire"
)

// lead returns a world in which سلمى, who leads, has the lists and articles on
// her device, and has labelled the first article.
func lead(t *testing.T) *uitest.World {
	t.Helper()
	w := uitest.New()
	w.Run(t)
	if err := w.SignIn(context.Background(), "سلمى", "open sesame"); err != nil {
		t.Fatal(err)
	}
	uitest.Until(t, "the articles are on the device", func() bool { return w.Ready().Have == 2 })
	a := w.Server.Contents["news"][0]
	w.Opened("news", a.ID, a.Meta.Title)
	_, err := w.Workplace().Outbox.Append(context.Background(), []annotation.Op{
		uitest.Draft("news", a, uitest.Span("s1", 4, 9)),
		uitest.Draft("news", a, uitest.Span("s2", 13, 17)),
	})
	if err != nil {
		t.Fatal(err)
	}
	uitest.Until(t, "it is sent", func() bool { return w.State().Waiting == 0 && !w.State().LastSync.IsZero() })
	return w
}

// screens renders every screen and dialog as it stands after its data came.
func screens(t *testing.T, w *uitest.World) map[string]app.UI {
	t.Helper()
	c, ctx := w.Client, context.Background()
	project := &projectScreen{Client: c, id: "news", loaded: true}
	var list []wire.ArticleSummary
	var err error
	project.project, list, err = readProject(ctx, c, c.Workplace(), "news")
	if err != nil {
		t.Fatal(err)
	}
	project.list.set(list)
	nobody := uitest.New()
	nobody.In(c.Lang())
	out := schemeScreens(w, project.project)
	maps.Copy(out, map[string]app.UI{
		"home":            &homeScreen{Client: c, seen: readHome(ctx, c)},
		"home, empty":     &homeScreen{Client: c, seen: homeData{loaded: true}},
		"home, loading":   &homeScreen{Client: c},
		"home, failed":    &homeScreen{Client: c, seen: homeData{loaded: true, failed: sync.ErrStorage}},
		"project":         project,
		"project, none":   &projectScreen{Client: c, loaded: true, missing: true},
		"project, failed": &projectScreen{Client: c, loaded: true, failed: sync.ErrNotCached},
		"search":          &searchScreen{Client: c, id: "news", project: project.project},
		"search, short":   &searchScreen{Client: c, id: "news", query: "ب", asked: textSearch{turn: 1, short: true}},
		"search, busy":    &searchScreen{Client: c, id: "news", query: "بوتين", asked: textSearch{turn: 1, busy: true, looked: 40, of: 400}},
		"search, nothing": &searchScreen{Client: c, id: "news", query: "بوتين", asked: textSearch{turn: 1, looked: 2, of: 2}},
		"search, failed":  &searchScreen{Client: c, id: "news", query: "بوتين", asked: textSearch{turn: 1, failure: sync.ErrSignedOut}},
		"search, found":   &searchScreen{Client: c, id: "news", query: "بوتين", asked: found(t, w, "بوتين")},
		"settings":        &settingsScreen{Client: c},
		"settings, new":   &settingsScreen{Client: nobody.Client},
		"sign in":         &loginScreen{Client: nobody.Client, failed: &wire.Problem{Title: "Unauthorized", Code: "wrong_password"}},
		"join":            &joinScreen{Client: nobody.Client},
		"join, in":        &joinScreen{Client: nobody.Client, in: true},
		"join, failed":    &joinScreen{Client: nobody.Client, failed: &wire.Problem{Title: "Gone", Code: "used"}},
		"not found":       &notFoundScreen{Client: nobody.Client},
		"import": &importDialog{Client: c, Project: "news", report: &wire.ImportReport{
			Added: 3, Already: 1, Layers: 1, Omitted: 4, Refused: []wire.Refusal{{File: "خبر.txt", Line: 7, Reason: "the text is empty"}},
		}},
		"importing": &importDialog{Client: c, Project: "news", busy: 2},
		"export":    &exportDialog{Client: c, Project: "news", layer: "all"},
		"people":    &peopleCard{Client: c, loaded: true, people: []wire.Account{{Name: "سلمى", Role: wire.Lead}}, link: &wire.Link{URL: "http://localhost/join#x"}, whose: "سلمى"},
	})
	return out
}

// found is a search that was made on this device, of which there is more.
func found(t *testing.T, w *uitest.World, query string) textSearch {
	t.Helper()
	hits, err := w.SearchHere(t.Context(), "news", query, nil)
	if err != nil || len(hits.Articles) == 0 {
		t.Fatalf("the device found %+v, %v", hits, err)
	}
	hits.Articles[0].Hits, hits.Next = 9, 7
	a := textSearch{turn: 1}
	a.take(hits, true, nil)
	return a
}

var (
	tags      = regexp.MustCompile(`(?s)<[^>]*>`)
	spoken    = regexp.MustCompile(`(?:aria-label|title|placeholder)="([^"]*)"`)
	placemark = regexp.MustCompile(`\{\w+\}`)
)

// said returns everything that the markup says: its text and its labels.
func said(markup string) []string {
	var out []string
	for _, m := range spoken.FindAllStringSubmatch(markup, -1) {
		out = append(out, m[1])
	}
	for _, s := range strings.Split(tags.ReplaceAllString(markup, "\x00"), "\x00") {
		if s = strings.TrimSpace(html.UnescapeString(s)); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// foreign are words that stand in the other alphabet in both languages.
var foreign = regexp.MustCompile(`English|العربية|JSONL?|UTF-8|\.txt|\.jsonl|v1\.2\.3|http\S*|hashiya project create|` +
	`\b(PER|ORG|GPE|LOC|FAC|NORP|ROLE|EVENT|DATE|MISC)\b|\b(favor|against|neutral|discuss|unclear)\b|^[A-Z]$|the text is empty`)

// content is what tests put in: names, titles.
var content = regexp.MustCompile(`سلمى|أخبار القوقاز|بوتين في أذربيجان|علييف والغاز|المرصد|^وصل$|^بوتين$|^في أذربيجان$|^إلى باكو\.$|خبر\.txt|^ح$|^س$|^ب$|` + regexp.QuoteMeta(sample))

func TestEveryScreenSpeaksOneLanguage(t *testing.T) {
	w := lead(t)
	for _, lang := range []i18n.Lang{i18n.Ar, i18n.En} {
		w.In(lang)
		for name, screen := range screens(t, w) {
			markup := app.HTMLString(screen)
			if len(said(markup)) < 3 {
				t.Errorf("%s in %s says next to nothing:\n%s", name, lang, markup)
			}
			for _, s := range said(markup) {
				own := foreign.ReplaceAllString(content.ReplaceAllString(s, ""), "")
				if lang == i18n.Ar && strings.ContainsFunc(own, func(r rune) bool { return unicode.Is(unicode.Latin, r) }) ||
					lang == i18n.En && strings.ContainsFunc(own, func(r rune) bool { return unicode.Is(unicode.Arabic, r) }) {
					t.Errorf("%s in %s says %q", name, lang, s)
				}
				if placemark.MatchString(s) {
					t.Errorf("%s in %s leaves a place open: %q", name, lang, s)
				}
			}
		}
	}
}

func TestNoScreenHasInlineStylesOrScript(t *testing.T) {
	w := lead(t)
	for name, screen := range screens(t, w) {
		if markup := app.HTMLString(screen); strings.Contains(markup, " style") || strings.Contains(markup, "<script") {
			t.Errorf("%s: the content security policy would block it:\n%s", name, markup)
		}
	}
}

func TestTextsOfArticlesCarryTheirOwnDirection(t *testing.T) {
	w := lead(t)
	w.In(i18n.En)
	markup := app.HTMLString(screens(t, w)["home"])
	if !regexp.MustCompile(`<a[^>]*\bdir="rtl"[^>]*>\s*بوتين في أذربيجان`).MatchString(markup) &&
		!regexp.MustCompile(`<span[^>]*\bdir="rtl"[^>]*>\s*بوتين في أذربيجان`).MatchString(markup) {
		t.Errorf("the Arabic title has no direction of its own on the English page:\n%s", markup)
	}
}

func TestHomeKnowsTheLastArticleAndTheDay(t *testing.T) {
	w := lead(t)
	d := readHome(context.Background(), w.Client)
	if d.resume == nil || d.resume.Title != "بوتين في أذربيجان" || d.resume.Summary.Status != annotation.InProgress || d.resume.Summary.Spans != 2 {
		t.Errorf("the last article is %+v", d.resume)
	}
	if d.today.Spans != 2 {
		t.Errorf("the day is %+v", d.today)
	}
	if len(d.projects) != 1 || d.projects[0].Left != 2 {
		t.Errorf("the queue is %+v", d.projects)
	}
}

func TestOnlyLeadsSeeWhatIsForLeads(t *testing.T) {
	w := lead(t)
	if markup := app.HTMLString(screens(t, w)["project"]); !strings.Contains(markup, `id="people"`) {
		t.Error("a lead has no people")
	}
	if err := w.SignIn(context.Background(), "يونس", "open sesame"); err != nil {
		t.Fatal(err)
	}
	uitest.Until(t, "his articles are on the device", func() bool { return w.Ready().Have == 2 && w.Workplace().User == "يونس" })
	if markup := app.HTMLString(screens(t, w)["project"]); strings.Contains(markup, `id="people"`) {
		t.Error("an annotator has people")
	}
}

func TestPathsOfProjects(t *testing.T) {
	for path, want := range map[string]string{
		"/p/news": "news", "/p/news/a/x1": "news", "/p/n%65ws": "news", "/p/": "", "/": "", "/p/a%2Fb": "", "/p/%zz": "", "/settings": "",
	} {
		if id, ok := projectOf(path); ok != (want != "") || ok && id != want {
			t.Errorf("%s is project %q, %v; want %q", path, id, ok, want)
		}
	}
	if h := articleHref("news", "a.b-c"); h != "/p/news/a/a.b-c" {
		t.Errorf("the address of an article is %s", h)
	}
}

func TestSigningInLeadsBackOnlyWithinTheApp(t *testing.T) {
	for next, want := range map[string]string{
		"/p/news/a/x": "/p/news/a/x", "": "/", "https://evil.example/": "/", "//evil.example": "/", `/\evil.example`: "/", "p": "/", "/\t/evil": "/",
	} {
		u := &url.URL{Path: "/login", RawQuery: url.Values{"next": {next}}.Encode()}
		if got := after(u); got != want {
			t.Errorf("next=%q leads to %q, want %q", next, got, want)
		}
	}
}

func TestTitlesAreFoundHoweverTheyAreWritten(t *testing.T) {
	var l articleList
	l.set([]wire.ArticleSummary{
		{Title: "وصل الرئيسُ إلى أذربيجان", Outlet: "المرصد"},
		{Title: "السـلام في القمّة", Status: annotation.Done},
		{Title: "GDP grows"},
	})
	for query, want := range map[string][]int{
		"": {0, 1, 2}, "اذربيجان": {0}, "الرئيس": {0}, "السلام": {1}, "القمه": {1}, "gdp": {2}, "مرصد الرئيس": {0}, "لا شيء": nil,
	} {
		l.search(query, "")
		if !slices.Equal(l.found, want) {
			t.Errorf("%q finds %v, want %v", query, l.found, want)
		}
	}
	l.search("", annotation.Done)
	if !slices.Equal(l.found, []int{1}) {
		t.Errorf("the done ones are %v", l.found)
	}
}

func TestALongListIsShownByPages(t *testing.T) {
	var l articleList
	l.set(make([]wire.ArticleSummary, 10_000))
	if l.pages() != 100 || len(l.shown()) != perPage {
		t.Fatalf("%d pages, %d shown", l.pages(), len(l.shown()))
	}
	l.page = 99
	if s := l.shown(); s[0] != 9900 || s[len(s)-1] != 9999 {
		t.Errorf("the last page shows %d to %d", s[0], s[len(s)-1])
	}
	l.set(make([]wire.ArticleSummary, 5))
	if l.page != 0 || len(l.shown()) != 5 {
		t.Errorf("after the list has shrunk, page %d shows %d", l.page, len(l.shown()))
	}
	l.set(nil)
	if len(l.shown()) != 0 || l.pages() != 0 {
		t.Error("nothing is shown as something")
	}
}

func TestADayCountsWhatIsLeftOfIt(t *testing.T) {
	now := time.Date(2026, 3, 14, 22, 0, 0, 0, time.FixedZone("UTC+3", 3*3600))
	f := func(seq uint64, at time.Time, c annotation.Change, prev ...uint64) annotation.Op {
		o := annotation.Op{Device: "d", Seq: seq, Lamport: seq, Time: at.UTC().Format(time.RFC3339), Change: c}
		for _, p := range prev {
			o.Prev = append(o.Prev, annotation.OpID{Device: "d", Seq: p})
		}
		return o
	}
	yesterday, morning, evening := now.AddDate(0, 0, -1), now.Add(-21*time.Hour-30*time.Minute), now.Add(-time.Hour)
	work := func(seconds int) annotation.Change {
		return annotation.Change{Subject: "w", Kind: annotation.PutWork, Work: &annotation.Work{ActiveSeconds: seconds}}
	}
	ops := []annotation.Op{
		f(1, yesterday, uitest.Span("old", 0, 1)),
		f(2, yesterday, work(600)),
		f(3, morning, uitest.Span("kept", 1, 2)),
		f(4, morning, uitest.Span("deleted", 2, 3)),
		f(5, evening, annotation.Change{Subject: "deleted", Kind: annotation.DeleteSpan}, 4),
		f(6, evening, uitest.Span("kept", 1, 3), 3),
		f(7, evening, annotation.Change{Subject: "st", Kind: annotation.PutStance, Stance: &annotation.Stance{}}),
		f(8, evening, annotation.Change{Subject: annotation.StatusSubject, Kind: annotation.SetStatus, Status: annotation.Done}),
		f(9, evening, work(960), 2),
		f(10, now.AddDate(0, 0, 1), uitest.Span("tomorrow", 3, 4)),
	}
	want := day{Spans: 1, Stances: 1, Done: 1, Active: 6 * time.Minute}
	if got := dayOf(ops, now); got != want {
		t.Errorf("the day is %+v, want %+v", got, want)
	}
	if got := clock(61*time.Minute + 59*time.Second); got != "1:01" {
		t.Errorf("an hour and a minute is %q", got)
	}
}

func TestOfflineTheLocalLayerStandsForTheServers(t *testing.T) {
	w := lead(t)
	w.Server.Set(func(s *uitest.Server) { s.Down = true })
	a := w.Server.Contents["news"][1]
	w.Opened("news", a.ID, a.Meta.Title)
	_, err := w.Workplace().Outbox.Append(context.Background(), []annotation.Op{
		uitest.Draft("news", a, annotation.Change{Subject: annotation.StatusSubject, Kind: annotation.SetStatus, Status: annotation.Done}),
	})
	if err != nil {
		t.Fatal(err)
	}
	_, list, err := readProject(context.Background(), w.Client, w.Workplace(), "news")
	if err != nil {
		t.Fatal(err)
	}
	if list[0].Status != annotation.InProgress || list[1].Status != annotation.Done {
		t.Errorf("the list says %s and %s", list[0].Status, list[1].Status)
	}
}
