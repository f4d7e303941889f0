package ui

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
	"hashiya/app/wire"
)

// renderScheme shows a project's labels and stance labels, and leads to the
// whole of its scheme. letter says what the user's keyboard writes with a
// physical key, "" where the browser doesn't tell.
func renderScheme(lang i18n.Lang, p wire.Project, lead bool, letter func(code string) string) app.UI {
	s, icon, open := p.Scheme, "book", readScheme
	if lead {
		icon, open = "edit", editScheme
	}
	return app.Section().Class("card").ID("scheme").Body(
		app.H2().Class("card-title").Text(schemeText.In(lang)),
		app.Div().Class("stack").Body(
			app.Ul().Class("scheme-list").Body(app.Range(s.Labels).Slice(func(i int) app.UI {
				l := s.Labels[i]
				return app.Li().Class("scheme-label label-c"+strconv.Itoa(l.Color)).Title(l.ID).Body(
					app.Elem("i").Class("label-dot"),
					app.Span().Class("label-name").Text(l.Names.In(string(lang))),
					app.Elem("kbd").Class("keycap").Hidden(l.Key == "").Text(keyName(l.Key, letter)),
				)
			})),
			app.H3().Class("field-label").Text(scaleText.In(lang)),
			app.Div().Class("row").Body(app.Range(s.Stances).Slice(func(i int) app.UI {
				return app.Span().Class("chip").Text(s.Stances[i].Names.In(string(lang)))
			})),
			app.P().Class("field-hint").Text(versionText.With(lang, "n", strconv.Itoa(s.Version))),
			app.A().Class("btn").ID("open-scheme").Href(projectHref(p.ID)+"/scheme").Body(parts.Icon(icon), app.Span().Text(open.In(lang))),
		),
	)
}

// keyName is the letter of the user's layout on a physical key, or the Latin
// one.
func keyName(code string, letter func(string) string) string {
	if l := letter(code); l != "" {
		return strings.ToUpper(l)
	}
	return strings.TrimPrefix(strings.TrimPrefix(code, "Key"), "Digit")
}

var (
	schemeText  = i18n.Text{Ar: "دليل الوسوم", En: "Scheme"}
	scaleText   = i18n.Text{Ar: "سلّم المواقف", En: "Stance scale"}
	editScheme  = i18n.Text{Ar: "حرّر الدليل", En: "Edit the scheme"}
	readScheme  = i18n.Text{Ar: "اقرأ الدليل كاملًا", En: "Read the whole scheme"}
	versionText = i18n.Text{Ar: "الإصدار {n} من الدليل", En: "Version {n} of the scheme"}
)
