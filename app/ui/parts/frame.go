package parts

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/ui/client"
	"hashiya/app/ui/i18n"
)

// Main is the id of the element that the skip link leads to.
const Main = "text"

// Slots is what a screen puts into the frame. Every slot may be empty.
type Slots struct {
	Project     string // name
	ProjectHref string
	Title       string // of the article
	TitleLang   string // BCP 47; "" where it is that of the interface
	Progress    app.UI // in the top bar
	Tools       app.UI // at the end of the top bar: the buttons that open the sides

	Start, Main, End, Bottom app.UI // queue, page, inspector, palette
	// Queue and Inspector say whether the sides are "open", "closed" or "auto":
	// where there is room.
	Queue, Inspector string
	// CloseSides is called by a press beside an open side, on narrow screens.
	CloseSides app.EventHandler
}

// Frame is a whole screen: the top bar, what the screen puts around it, and
// notices. A screen with neither sides nor bottom is a page.
func Frame(c *client.Client, s Slots) app.UI {
	lang := c.Lang()
	page := s.Start == nil && s.End == nil && s.Bottom == nil
	class := "app"
	if page {
		class += " app-page"
	}
	return app.Div().ID("app").Class(class).DataSet("queue", orAuto(s.Queue)).DataSet("inspector", orAuto(s.Inspector)).Body(
		app.A().Class("skip-link").Href("#"+Main).Text(skipText.In(lang)).OnClick(skip),
		app.Div().Class("topbar-stack").Body(
			&banners{Client: c},
			topbar(c, s, lang),
		),
		side("queue", s.Start),
		app.Main().ID(Main).Class("main").TabIndex(-1).Body(s.Main),
		side("inspector", s.End),
		bottom(s.Bottom),
		app.If(s.CloseSides != nil, func() app.UI {
			return app.Button().Type("button").Class("scrim").Aria("label", closeText.In(lang)).TabIndex(-1).OnClick(s.CloseSides)
		}),
		&notices{Client: c, Dismiss: closeText.In(lang)},
	)
}

var (
	skipText  = i18n.Text{Ar: "انتقل إلى المحتوى", En: "Skip to content"}
	closeText = i18n.Text{Ar: "إغلاق", En: "Close"}
	barText   = i18n.Text{Ar: "الشريط العلوي", En: "Top bar"}
)

func orAuto(s string) string {
	if s == "" {
		return "auto"
	}
	return s
}

// skip moves the keyboard by hand: the app's router would take the link for a
// navigation.
func skip(ctx app.Context, e app.Event) {
	e.PreventDefault()
	app.Window().GetElementByID(Main).Call("focus")
}

func side(class string, content app.UI) app.UI {
	if content == nil {
		return app.Aside().Class(class).Hidden(true)
	}
	return app.Aside().Class(class).Body(content)
}

func bottom(content app.UI) app.UI {
	if content == nil {
		return app.Footer().Class("palette").Hidden(true)
	}
	return app.Footer().Class("palette").Body(content)
}

func topbar(c *client.Client, s Slots, lang i18n.Lang) app.UI {
	return app.Header().Class("topbar").Aria("label", barText.In(lang)).Body(
		brand(lang),
		app.Nav().Class("crumbs").Hidden(s.Project == "" && s.Title == "").Body(
			app.A().Class("crumbs-project bidi").Href(s.ProjectHref).Text(s.Project).Hidden(s.Project == ""),
			app.Span().Class("crumbs-sep").Hidden(s.Project == "" || s.Title == "").Body(Icon("chevron")),
			app.Span().Class("crumbs-title").Lang(orLang(s.TitleLang, lang)).Dir("auto").Text(s.Title).Hidden(s.Title == ""),
		),
		app.Div().Class("topbar-progress").Hidden(s.Progress == nil).Body(s.Progress),
		app.Div().Class("topbar-end").Body(
			&SyncLine{Client: c},
			app.Elem("i").Class("topbar-rule only-wide"),
			&accountMenu{Client: c},
			app.Div().Class("row").Hidden(s.Tools == nil).Body(s.Tools),
		),
	)
}

func orLang(have string, ui i18n.Lang) string {
	if have == "" {
		return string(ui)
	}
	return have
}

func brand(lang i18n.Lang) app.UI {
	return app.A().Class("brand").Href("/").Title(homeText.In(lang)).Body(
		Mark(),
		app.Span().Class("brand-name").Text(brandText.In(lang)),
	)
}

var (
	brandText = i18n.Text{Ar: "حاشية", En: "Hashiya"}
	homeText  = i18n.Text{Ar: "الصفحة الرئيسية", En: "Home"}
)
