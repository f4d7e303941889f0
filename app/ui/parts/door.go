package parts

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/ui/client"
	"hashiya/app/ui/i18n"
)

// Door is a page with one card on it, for who is not inside: signing in, a
// one-time link, an address where nothing is. c may have no user.
func Door(c *client.Client, body ...app.UI) app.UI {
	lang := c.Lang()
	return app.Div().ID("app").Class("door").Body(
		app.Div().Class("door-bar").Body(&doorBar{Client: c, Lang: lang}),
		app.Main().Class("door-main").ID(Main).TabIndex(-1).Body(
			app.Div().Class("door-card").Body(append([]app.UI{
				app.Div().Class("door-brand").Body(
					Mark(),
					app.Div().Body(
						app.Div().Class("door-name").Text(brandText.In(lang)),
						app.P().Class("door-lead").Text(leadText.In(lang)),
					),
				),
			}, body...)...),
		),
		app.Footer().Class("door-foot").Text(footText.In(lang)),
		&notices{Client: c, Dismiss: closeText.In(lang)},
	)
}

// doorBar changes the language and the theme where there is no account menu.
type doorBar struct {
	app.Compo

	Client *client.Client
	Lang   i18n.Lang
}

func (d *doorBar) Render() app.UI {
	theme := d.Client.Prefs().Theme
	return app.Div().Class("row").Body(
		LanguageButton(d.switchLang, d.Lang),
		IconButton(themeIcon(theme), themeText.In(d.Lang)+": "+ThemeName(d.Lang, theme), d.switchTheme),
	)
}

func (d *doorBar) switchLang(ctx app.Context, e app.Event)  { SwitchLang(d.Client) }
func (d *doorBar) switchTheme(ctx app.Context, e app.Event) { SwitchTheme(d.Client) }

var (
	leadText = i18n.Text{Ar: "وسم الأخبار العربية: الكيانات والمواقف", En: "Labelling Arabic news: entities and stance"}
	footText = i18n.Text{Ar: "يُحفظ عملك على هذا الجهاز، ويستمر حتى دون اتصال.", En: "Your work is kept on this device and goes on offline too."}
)
