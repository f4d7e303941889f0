package ui

import (
	"context"
	"errors"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/annotation"
	"hashiya/app/sync"
	"hashiya/app/ui/client"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
	"hashiya/app/wire"
)

// projectScreen is one project: its articles, and for leads what goes in and
// out of it, its scheme and its people.
type projectScreen struct {
	app.Compo

	Client *client.Client

	id      string
	project wire.Project
	list    articleList
	loaded  bool
	missing bool
	failed  error
	open    string // the dialog that is open: "import", "export" or ""
	loader  loader

	flagLoader loader
	cancel     func()
}

func (s *projectScreen) OnMount(ctx app.Context) {
	s.cancel = follow(ctx, s.Client, func(ctx app.Context) { s.load(ctx) })
}

func (s *projectScreen) OnDismount() {
	if s.cancel != nil {
		s.cancel()
	}
}

// OnNav also comes when the router goes from one project to another, which
// keeps the component.
func (s *projectScreen) OnNav(ctx app.Context) {
	if !known(ctx, s.Client) {
		return
	}
	id, ok := projectOf(ctx.Page().URL().Path)
	if !ok {
		s.missing, s.loaded = true, true
		return
	}
	s.id, s.loaded, s.missing, s.failed, s.list = id, false, false, nil, articleList{}
	s.load(ctx)
	s.refresh(ctx)
}

func (s *projectScreen) load(ctx app.Context) {
	id, p := s.id, s.Client.Workplace()
	if p == nil || id == "" {
		return
	}
	s.loadFlags(ctx)
	s.loader.load(ctx, func() func() {
		project, list, err := readProject(ctx, s.Client, p, id)
		return func() {
			if s.id == id {
				s.show(ctx, project, list, err)
			}
		}
	})
}

func (s *projectScreen) show(ctx app.Context, project wire.Project, list []wire.ArticleSummary, err error) {
	if st := s.Client.State(); errors.Is(err, sync.ErrNotCached) && !s.loaded && st.Online && !st.SignedOut {
		return // on its way
	}
	s.loaded, s.failed = true, err
	s.missing = err == nil && project.ID == ""
	if err == nil {
		s.project = project
		s.list.set(list)
		ctx.Page().SetTitle("%s", pageTitle(s.Client.Lang(), project.Name))
	}
}

// readProject reads a project from this device; its ID is "" where the device
// knows the projects and this is none.
func readProject(ctx context.Context, c *client.Client, p *client.Workplace, id string) (wire.Project, []wire.ArticleSummary, error) {
	projects, err := p.Store.Projects(ctx)
	if err != nil {
		return wire.Project{}, nil, err
	}
	for _, project := range projects {
		if project.ID == id {
			list, err := p.Store.Articles(ctx, id)
			return project, c.WithLocal(ctx, id, list), err
		}
	}
	return wire.Project{}, nil, nil
}

// refresh fetches the lists; what is news comes through WatchData.
func (s *projectScreen) refresh(ctx app.Context) {
	id, p := s.id, s.Client.Workplace()
	if p == nil {
		return // the outbox of a workplace to come fetches them
	}
	ctx.Async(func() {
		_, err := p.Outbox.Projects(ctx)
		if err == nil {
			_, err = p.Outbox.Articles(ctx, id)
		}
		ctx.Dispatch(func(ctx app.Context) {
			if s.id == id && !s.loaded {
				s.show(ctx, wire.Project{}, nil, err)
				s.load(ctx)
			}
		})
	})
}

func (s *projectScreen) Render() app.UI {
	lang := s.Client.Lang()
	return parts.Frame(s.Client, parts.Slots{
		Project: s.project.Name, ProjectHref: projectHref(s.project.ID),
		Main: app.Div().Class("page").Body(s.renderPage(lang)...),
	})
}

func (s *projectScreen) renderPage(lang i18n.Lang) []app.UI {
	switch {
	case !s.loaded:
		return []app.UI{parts.Loading(loadingText.In(lang))}
	case s.missing:
		return []app.UI{parts.Empty("inbox", noProject.In(lang), noProjectWhy.In(lang), app.A().Class("btn").Href("/").Text(toHomeText.In(lang)))}
	case s.failed != nil:
		return []app.UI{parts.Failed(projectFailed.In(lang), parts.ErrorText(lang, s.failed), app.A().Class("btn").Href("/").Text(toHomeText.In(lang)))}
	}
	lead := s.Client.Me().Role.May(wire.Lead)
	return []app.UI{
		app.Header().Class("page-head").Body(
			app.Div().Body(
				app.H1().Class("page-title bidi").Dir("auto").Text(s.project.Name),
				app.P().Class("page-lead").Text(articlesText.In(lang, len(s.list.all))+" · "+doneText.In(lang, s.list.count(annotation.Done))),
			),
			app.Div().Class("page-actions").Hidden(!lead).Body(
				parts.Button("upload", importText.In(lang), s.openImport).ID("import"),
				parts.Button("download", exportText.In(lang), s.openExport).ID("export"),
			),
		),
		app.Div().Class("page-cols").Body(
			s.renderArticles(lang, lead),
			app.Div().Class("page-section").Body(
				renderMyProgress(lang, s.list),
				renderScheme(lang, s.project, lead, s.Client.Browser.KeyLetter),
				app.If(lead, func() app.UI { return &peopleCard{Client: s.Client} }),
			),
		),
		app.If(s.open == "import", func() app.UI {
			return &importDialog{Client: s.Client, Project: s.project.ID, OnClose: s.closeDialog}
		}),
		app.If(s.open == "export", func() app.UI {
			return &exportDialog{Client: s.Client, Project: s.project.ID, Articles: len(s.list.all), OnClose: s.closeDialog}
		}),
	}
}

func (s *projectScreen) openImport(ctx app.Context, e app.Event) { s.open = "import" }
func (s *projectScreen) openExport(ctx app.Context, e app.Event) { s.open = "export" }

func (s *projectScreen) closeDialog(ctx app.Context) { s.open = "" }

func renderMyProgress(lang i18n.Lang, list articleList) app.UI {
	done, all := list.count(annotation.Done), len(list.all)
	spans, stances := 0, 0
	for _, a := range list.all {
		spans += a.Spans
		stances += a.Stances
	}
	return app.Section().Class("card").Body(
		app.H2().Class("card-title").Text(progressText.In(lang)),
		app.Div().Class("stack").Body(
			parts.Progress(progressText.In(lang), done, all),
			app.Dl().Class("kv").Body(
				app.Dt().Text(parts.StatusText(lang, annotation.Done)), app.Dd().Class("num").Text(ofText.With(lang, "n", parts.Number(done), "of", parts.Number(all))),
				app.Dt().Text(parts.StatusText(lang, annotation.InProgress)), app.Dd().Class("num").Text(parts.Number(list.count(annotation.InProgress))),
				app.Dt().Text(spansName.In(lang)), app.Dd().Class("num").Text(parts.Number(spans)),
				app.Dt().Text(stancesName.In(lang)), app.Dd().Class("num").Text(parts.Number(stances)),
			),
		),
	)
}

var (
	projectFailed = i18n.Text{Ar: "تعذّر عرض المشروع", En: "The project can't be shown"}
	noProject     = i18n.Text{Ar: "لا يوجد هذا المشروع", En: "There is no such project"}
	noProjectWhy  = i18n.Text{Ar: "ربما كُتب العنوان ناقصًا، أو ليس المشروع من مشاريعك.", En: "The address may be incomplete, or the project is not one of yours."}
	importText    = i18n.Text{Ar: "استيراد مقالات", En: "Import articles"}
	exportText    = i18n.Text{Ar: "تصدير", En: "Export"}
	ofText        = i18n.Text{Ar: "{n} من {of}", En: "{n} of {of}"}
	progressText  = i18n.Text{Ar: "تقدّمي", En: "My progress"}
	spansName     = i18n.Text{Ar: "الوسوم", En: "Labels"}
	stancesName   = i18n.Text{Ar: "المواقف", En: "Stances"}

	articlesText = i18n.Count{
		ArZero: "لا مقالات بعد", ArOne: "مقال واحد", ArTwo: "مقالان", ArFew: "{n} مقالات", ArMany: "{n} مقالًا", ArOther: "{n} مقال",
		EnOne: "1 article", EnOther: "{n} articles",
	}
	doneText = i18n.Count{
		ArZero: "لم تُكمل شيئًا منها بعد", ArOne: "أكملت واحدًا", ArTwo: "أكملت اثنين", ArFew: "أكملت {n}", ArMany: "أكملت {n}", ArOther: "أكملت {n}",
		EnOne: "1 done by you", EnOther: "{n} done by you",
	}
)
