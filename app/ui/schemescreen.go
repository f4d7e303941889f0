package ui

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/scheme"
	"hashiya/app/ui/client"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
	"hashiya/app/wire"
)

// schemeScreen is a project's scheme: for leads to change, for everybody else to
// read. What a lead changes is a draft, kept in the browser, until it is saved
// as the next version.
type schemeScreen struct {
	app.Compo
	Client *client.Client
	schemeState

	loader loader
	cancel func()
}

// schemeState is what the screen knows of the project that it shows.
type schemeState struct {
	id       string
	project  wire.Project
	loaded   bool
	missing  bool
	failed   error
	draft    schemeDraft
	unkept   bool // the browser does not take the draft
	open     row  // whose form is open; the zero row for none
	versions []wire.SchemeVersion
	use      wire.SchemeUse
	counted  bool
	unasked  error           // why versions and use are not known
	colors   map[int]float64 // contrast of each colour slot, as the browser shows it

	keyWaits bool
	keyFault i18n.Text
	saving   bool
	refused  error
}

func (s *schemeScreen) OnMount(ctx app.Context) {
	cancel := follow(ctx, s.Client, func(ctx app.Context) { s.load(ctx) })
	// A theme has colours of its own.
	themes := s.Client.Watch(func() { ctx.Dispatch(func(ctx app.Context) { ctx.Defer(s.measure) }) })
	writing := s.Client.OnWriting(s.draft.dirty)
	s.cancel = func() {
		cancel()
		themes()
		writing()
	}
}

func (s *schemeScreen) OnDismount() {
	if s.cancel != nil {
		s.cancel()
	}
}

func (s *schemeScreen) OnNav(ctx app.Context) {
	if !known(ctx, s.Client) {
		return
	}
	id, ok := projectOf(ctx.Page().URL().Path)
	if !ok {
		s.missing, s.loaded = true, true
		return
	}
	s.schemeState = schemeState{id: id}
	s.load(ctx)
	s.refresh(ctx)
}

func (s *schemeScreen) lead() bool { return s.Client.Me().Role.May(wire.Lead) }

func (s *schemeScreen) load(ctx app.Context) {
	id, p := s.id, s.Client.Workplace()
	if p == nil || id == "" {
		return
	}
	s.loader.load(ctx, func() func() {
		project, _, err := readProject(ctx, s.Client, p, id)
		return func() {
			if s.id == id {
				s.show(ctx, project, err)
			}
		}
	})
}

func (s *schemeScreen) show(ctx app.Context, project wire.Project, err error) {
	if st := s.Client.State(); project.ID == "" && err != nil && !s.loaded && st.Online && !st.SignedOut {
		return // on its way
	}
	first := !s.loaded
	s.loaded, s.failed = true, err
	s.missing = err == nil && project.ID == ""
	if err != nil || s.missing {
		return
	}
	newer := project.Scheme.Version != s.project.Scheme.Version
	s.project = project
	if first && s.lead() {
		if d, ok := restored(s.Client.Browser.LoadDraft(s.Client.Me().Name, s.draftKey())); ok {
			s.draft = d
		}
	}
	s.settle()
	ctx.Page().SetTitle("%s", pageTitle(s.Client.Lang(), schemeText.In(s.Client.Lang())+" · "+project.Name))
	if newer {
		s.ask(ctx)
	}
}

// settle begins a new draft from the newest version where the present one holds
// no work of anybody's.
func (s *schemeScreen) settle() {
	if s.draft.Base.Version == 0 || s.draft.Base.Version < s.project.Scheme.Version && !s.draft.dirty() {
		s.draft, s.open = draftOf(s.project.Scheme), row{}
	}
}

// behind reports whether somebody saved a version since the draft was begun.
func (s *schemeScreen) behind() bool { return s.draft.Base.Version < s.project.Scheme.Version }

func (s *schemeScreen) draftKey() string { return "scheme/" + s.id }

// keep brings the draft to the browser's disk, after every change of it.
func (s *schemeScreen) keep() {
	text := ""
	if s.draft.dirty() {
		text = s.draft.String()
	}
	s.unkept = !s.Client.Browser.SaveDraft(s.Client.Me().Name, s.draftKey(), text)
}

// refresh fetches the project; a newer version comes through WatchData.
func (s *schemeScreen) refresh(ctx app.Context) {
	id, p := s.id, s.Client.Workplace()
	if p == nil {
		return
	}
	ctx.Async(func() {
		_, err := p.Outbox.Projects(ctx)
		ctx.Dispatch(func(ctx app.Context) {
			if s.id == id && !s.loaded {
				s.show(ctx, wire.Project{}, err)
				s.load(ctx)
			}
		})
	})
}

// ask fetches who made which version, and for leads how much of the scheme is
// in use. Without a connection the page does without.
func (s *schemeScreen) ask(ctx app.Context) {
	id, account, lead := s.id, s.Client.Account, s.lead()
	ctx.Async(func() {
		versions, err := account.SchemeVersions(ctx, id)
		var use wire.SchemeUse
		counted := false
		if err == nil && lead {
			use, err = account.SchemeUse(ctx, id)
			counted = err == nil
		}
		ctx.Dispatch(func(app.Context) {
			if s.id != id {
				return
			}
			if s.unasked = err; versions != nil {
				s.versions, s.use, s.counted = versions, use, counted
			}
		})
	})
}

func (s *schemeScreen) save(ctx app.Context, _ app.Event) {
	if s.saving || len(s.draft.faults()) > 0 || !s.draft.dirty() {
		return
	}
	next, id, account := s.draft.ready(), s.id, s.Client.Account
	s.saving, s.refused = true, nil
	ctx.Async(func() {
		err := account.SetScheme(context.Background(), id, next)
		var taken *wire.Problem
		if p := s.Client.Workplace(); p != nil && (err == nil || errors.As(err, &taken)) {
			_, _ = p.Outbox.Projects(context.Background()) // the live events bring them too, a moment later
		}
		ctx.Dispatch(func(ctx app.Context) {
			s.saving = false
			if s.id != id {
				return
			}
			if err != nil {
				s.refused = err
				s.load(ctx) // shows what somebody else has saved meanwhile
				return
			}
			// What was typed while it was on its way stays, over the version that it
			// went into.
			typed := cloneScheme(s.draft.Next)
			s.draft = schemeDraft{Base: next, Next: typed}
			if s.project.Scheme.Version < next.Version {
				s.project.Scheme = next
			}
			s.keep()
			s.load(ctx)
			s.ask(ctx)
			parts.Say(ctx, parts.Toast{Text: savedVersion.With(s.Client.Lang(), "n", strconv.Itoa(next.Version))})
		})
	})
}

// discard goes back to the newest version; the notice can take that back.
func (s *schemeScreen) discard(ctx app.Context, _ app.Event) {
	s.undoable(ctx, discardedText, func() { s.draft, s.open = draftOf(s.project.Scheme), row{} })
}

// rebase puts the draft's changes on top of the version that somebody else
// saved.
func (s *schemeScreen) rebase(ctx app.Context, _ app.Event) {
	s.undoable(ctx, rebasedText, func() {
		s.draft = schemeDraft{s.project.Scheme, scheme.Rebase(s.draft.Base, s.draft.Next, s.project.Scheme)}
		s.open, s.refused = row{}, nil
	})
}

// undoable changes the draft, says so, and offers the way back.
func (s *schemeScreen) undoable(ctx app.Context, say i18n.Text, change func()) {
	before := schemeDraft{s.draft.Base, cloneScheme(s.draft.Next)}
	change()
	s.keep()
	lang, id, base := s.Client.Lang(), s.id, s.draft.Base.Version
	parts.Say(ctx, parts.Toast{Text: say.In(lang), Action: takeBackText.In(lang), Do: func(app.Context) {
		if s.id == id && s.draft.Base.Version == base { // nothing was saved since
			s.draft, s.open = before, row{}
			s.keep()
		}
	}})
}

func (s *schemeScreen) Render() app.UI {
	lang := s.Client.Lang()
	return parts.Frame(s.Client, parts.Slots{
		Project: s.project.Name, ProjectHref: projectHref(s.project.ID), Title: schemeText.In(lang),
		Main: app.Div().Class("page scheme-page").Body(s.renderPage(lang)...),
	})
}

func (s *schemeScreen) renderPage(lang i18n.Lang) []app.UI {
	switch {
	case !s.loaded:
		return []app.UI{parts.Loading(loadingText.In(lang))}
	case s.missing:
		return []app.UI{parts.Empty("inbox", noProject.In(lang), noProjectWhy.In(lang), app.A().Class("btn").Href("/").Text(toHomeText.In(lang)))}
	case s.failed != nil:
		return []app.UI{parts.Failed(projectFailed.In(lang), parts.ErrorText(lang, s.failed), app.A().Class("btn").Href("/").Text(toHomeText.In(lang)))}
	}
	head := app.Header().Class("page-head").Body(app.Div().Body(
		app.H1().Class("page-title").Text(schemeText.In(lang)),
		app.P().Class("page-lead").Text(versionText.With(lang, "n", strconv.Itoa(s.project.Scheme.Version))+" · "+s.leadText(lang)),
	))
	if !s.lead() {
		return []app.UI{head, renderSchemeText(lang, s.project.Scheme, s.Client.Browser.KeyLetter), s.renderVersions(lang)}
	}
	faults := s.draft.faults()
	return []app.UI{
		head,
		app.Div().Class("page-cols").Body(
			app.Div().Class("page-section").Body(
				s.renderLabels(lang, faults),
				s.renderStances(lang, faults),
				s.renderTargets(lang, faults),
				s.renderGuidelines(lang, faults),
				s.renderSuggesting(lang),
			),
			app.Div().Class("page-section scheme-side").Body(
				s.renderChanges(lang, faults),
				s.renderPresets(lang),
				s.renderVersions(lang),
			),
		),
		s.renderBar(lang, faults),
	}
}

func (s *schemeScreen) leadText(lang i18n.Lang) string {
	if s.lead() {
		return schemeLead.In(lang)
	}
	return schemeReader.In(lang)
}

// renderBar stands at the foot of the window: how much there is to save.
func (s *schemeScreen) renderBar(lang i18n.Lang, faults []fault) app.UI {
	n := len(s.draft.changes())
	said := countChanges.In(lang, n)
	if len(faults) > 0 {
		said += " · " + countFaults.In(lang, len(faults))
	}
	if s.behind() {
		said += " · " + behindShort.In(lang)
	}
	return app.Div().Class("save-bar").Hidden(n == 0 && len(faults) == 0).Body(
		app.Span().Class("save-bar-text").Role("status").Text(said),
		parts.Button("", changesText.In(lang), s.showChanges).Class("only-narrow btn-quiet"),
		parts.Button("undo", discardText.In(lang), s.discard).ID("scheme-discard").Disabled(s.saving),
		parts.Button("check", saveText.With(lang, "n", strconv.Itoa(s.draft.Base.Version+1)), s.save).Class("btn-primary").ID("scheme-save").
			Disabled(s.saving || n == 0 || len(faults) > 0 || s.behind()),
	)
}

// showChanges leads to what the bar sums up, where it is not beside the form.
func (s *schemeScreen) showChanges(app.Context, app.Event) {
	if el := app.Window().GetElementByID("scheme-changes"); el.Truthy() {
		el.Call("scrollIntoView")
		el.Call("focus")
	}
}

func (s *schemeScreen) renderVersions(lang i18n.Lang) app.UI {
	return app.Section().Class("card").ID("versions").Hidden(len(s.versions) == 0).Body(
		app.H2().Class("card-title").Text(versionsText.In(lang)),
		app.Ol().Class("versions").Body(app.Range(s.versions).Slice(func(i int) app.UI {
			v := s.versions[i]
			return app.Li().Body(
				app.Div().Class("version-head").Body(
					app.B().Text(versionOf.With(lang, "n", strconv.Itoa(v.Version))),
					app.Span().Class("bidi").Dir("auto").Text(madeBy(lang, v.By)),
					app.Span().Class("num").Dir("ltr").Text(shortTime(v.Time)),
				),
				app.Ul().Class("changes").Hidden(len(v.Changes) == 0).Body(changeItems(lang, v.Changes, s.project.Scheme, nil)...),
			)
		})),
	)
}

func madeBy(lang i18n.Lang, by string) string {
	if by == "operator" {
		return operatorText.In(lang)
	}
	return by
}

// shortTime is an RFC 3339 time to the minute.
func shortTime(t string) string {
	day, rest, ok := strings.Cut(t, "T")
	if !ok || len(rest) < 5 {
		return t
	}
	return day + " " + rest[:5]
}

// dataOf returns a data attribute of the element that an event belongs to: one
// handler serves all rows of a list, for go-app compares handlers by their code.
func dataOf(ctx app.Context, name string) string {
	return ctx.JSSrc().Get("dataset").Get(name).String()
}

// rowOf is the row that the event's element says it is about.
func rowOf(ctx app.Context) row {
	at, err := strconv.Atoi(dataOf(ctx, "at"))
	if err != nil {
		at = -1
	}
	return row{dataOf(ctx, "list"), at}
}

var (
	schemeLead    = i18n.Text{Ar: "ما تغيّره هنا يبقى مسودة على هذا الجهاز حتى تحفظه إصدارًا جديدًا.", En: "What you change here is a draft on this device until you save it as a new version."}
	schemeReader  = i18n.Text{Ar: "يحرّره مشرف المشروع.", En: "The project lead edits it."}
	savedVersion  = i18n.Text{Ar: "حُفظ الإصدار {n}.", En: "Version {n} was saved."}
	discardText   = i18n.Text{Ar: "ألغِ المسودة", En: "Discard draft"}
	discardedText = i18n.Text{Ar: "أُلغيت المسودة.", En: "The draft was discarded."}
	rebasedText   = i18n.Text{Ar: "صارت تعديلاتك فوق الإصدار الأحدث. راجعها ثم احفظ.", En: "Your changes stand on the newest version now. Look at them, then save."}
	takeBackText  = i18n.Text{Ar: "تراجع", En: "Undo"}
	saveText      = i18n.Text{Ar: "احفظ الإصدار {n}", En: "Save version {n}"}
	versionsText  = i18n.Text{Ar: "الإصدارات", En: "Versions"}
	versionOf     = i18n.Text{Ar: "الإصدار {n}", En: "Version {n}"}
	operatorText  = i18n.Text{Ar: "مشغّل الخادم", En: "The server's operator"}
	behindShort   = i18n.Text{Ar: "حفظ غيرك إصدارًا أحدث", En: "somebody saved a newer version"}
	countChanges  = i18n.Count{
		ArZero: "لا تغيير", ArOne: "تغيير واحد لم يُحفظ", ArTwo: "تغييران لم يُحفظا", ArFew: "{n} تغييرات لم تُحفظ", ArMany: "{n} تغييرًا لم تُحفظ", ArOther: "{n} تغيير لم تُحفظ",
		EnOne: "1 change is not saved", EnOther: "{n} changes are not saved",
	}
	countFaults = i18n.Count{
		ArZero: "لا خطأ", ArOne: "خطأ واحد يمنع الحفظ", ArTwo: "خطآن يمنعان الحفظ", ArFew: "{n} أخطاء تمنع الحفظ", ArMany: "{n} خطأ تمنع الحفظ", ArOther: "{n} خطأ تمنع الحفظ",
		EnOne: "1 fault keeps it from being saved", EnOther: "{n} faults keep it from being saved",
	}
)
