package parts

import (
	"unicode/utf8"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/ui/client"
	"hashiya/app/ui/i18n"
	"hashiya/app/wire"
)

// accountMenu is the end of the top bar: language, theme, and who is here.
type accountMenu struct {
	app.Compo

	Client *client.Client

	cancel func()
	remove []func()
}

func (m *accountMenu) OnMount(ctx app.Context) {
	m.cancel = m.Client.Watch(func() { ctx.Dispatch(nil) })
	m.remove = []func(){listen("pointerdown", m.pressed), listen("keydown", m.key)}
}

func (m *accountMenu) OnDismount() {
	if m.cancel != nil {
		m.cancel()
	}
	for _, f := range m.remove {
		f()
	}
}

// listen calls fn at every such event of the page.
func listen(event string, fn func(e app.Value)) (remove func()) {
	f := app.FuncOf(func(_ app.Value, args []app.Value) any {
		fn(args[0])
		return nil
	})
	app.Window().Call("addEventListener", event, f)
	return func() {
		app.Window().Call("removeEventListener", event, f)
		f.Release()
	}
}

// pressed closes the menu at a press anywhere else.
func (m *accountMenu) pressed(e app.Value) {
	if d := m.details(); d.Truthy() && d.Get("open").Bool() && !d.Call("contains", e.Get("target")).Bool() {
		d.Set("open", false)
	}
}

func (m *accountMenu) key(e app.Value) {
	if d := m.details(); e.Get("key").String() == "Escape" && d.Truthy() && d.Get("open").Bool() {
		d.Set("open", false)
		d.Call("querySelector", "summary").Call("focus")
	}
}

func (m *accountMenu) details() app.Value { return app.Window().GetElementByID("account") }

func (m *accountMenu) Render() app.UI {
	lang, me := m.Client.Lang(), m.Client.Me()
	return app.Div().Class("row account").Body(
		app.Div().Class("row only-desktop").Body(
			LanguageButton(m.switchLang, lang),
			IconButton(themeIcon(m.Client.Prefs().Theme), themeText.In(lang)+": "+ThemeName(lang, m.Client.Prefs().Theme), m.switchTheme),
		),
		app.Details().Class("menu").ID("account").Body(
			app.Summary().Aria("label", accountText.In(lang)).Title(accountText.In(lang)).Body(
				app.Span().Class("avatar").Aria("hidden", "true").Text(initial(me.Name)),
			),
			app.Div().Class("menu-panel").Body(
				app.Div().Class("menu-head").Body(
					app.Div().Class("person-name bidi").Dir("auto").Text(me.Name),
					app.Div().Class("muted").Text(RoleText(lang, me.Role)),
				),
				app.Div().Class("only-phone").Body(
					item("globe", otherLang(lang), m.switchLang),
					item(themeIcon(m.Client.Prefs().Theme), themeText.In(lang)+": "+ThemeName(lang, m.Client.Prefs().Theme), m.switchTheme),
				),
				app.If(m.Client.Browser.Installable(), func() app.UI {
					return item("install", installText.In(lang), m.install)
				}),
				app.A().Class("menu-item").Href("/settings").Body(Icon("settings"), app.Span().Text(settingsText.In(lang))),
				app.Hr(),
				&SignOut{Client: m.Client, Class: "menu-item menu-item-danger"},
			),
		),
	)
}

func item(icon, words string, on app.EventHandler) app.UI {
	return app.Button().Type("button").Class("menu-item").OnClick(on).Body(Icon(icon), app.Span().Text(words))
}

// LanguageButton is the button that switches to the other language, named in
// that language.
func LanguageButton(on app.EventHandler, lang i18n.Lang) app.HTMLButton {
	other := i18n.Ar
	if lang == i18n.Ar {
		other = i18n.En
	}
	return app.Button().Type("button").Class("btn btn-quiet").Lang(string(other)).OnClick(on).Body(
		Icon("globe"), app.Span().Text(otherLang(lang)),
	)
}

func otherLang(lang i18n.Lang) string {
	if lang == i18n.Ar {
		return "English"
	}
	return "العربية"
}

// SwitchLang puts the interface into the other language.
func SwitchLang(c *client.Client) {
	c.SetPrefs(func(p *client.Prefs) {
		if p.Lang == i18n.Ar {
			p.Lang = i18n.En
		} else {
			p.Lang = i18n.Ar
		}
	})
}

func (m *accountMenu) switchLang(ctx app.Context, e app.Event) { SwitchLang(m.Client) }

// Themes are the values of the theme preference, in the order in which the
// switch takes them.
var Themes = []string{"system", "light", "dark"}

func (m *accountMenu) switchTheme(ctx app.Context, e app.Event) { SwitchTheme(m.Client) }

// SwitchTheme puts the next of Themes into force.
func SwitchTheme(c *client.Client) {
	c.SetPrefs(func(p *client.Prefs) {
		for i, t := range Themes {
			if t == p.Theme {
				p.Theme = Themes[(i+1)%len(Themes)]
				return
			}
		}
	})
}

func (m *accountMenu) install(ctx app.Context, e app.Event) { m.Client.Browser.Install() }

func themeIcon(theme string) string {
	switch theme {
	case "light":
		return "sun"
	case "dark":
		return "moon"
	}
	return "contrast"
}

// ThemeName names a value of the theme preference.
func ThemeName(l i18n.Lang, theme string) string {
	switch theme {
	case "light":
		return lightText.In(l)
	case "dark":
		return darkText.In(l)
	}
	return systemText.In(l)
}

func initial(name string) string {
	r, _ := utf8.DecodeRuneInString(name)
	if r == utf8.RuneError {
		return ""
	}
	return string(r)
}

// RoleText names a role.
func RoleText(l i18n.Lang, r wire.Role) string {
	if t, ok := roleTexts[r]; ok {
		return t.In(l)
	}
	return string(r)
}

var roleTexts = map[wire.Role]i18n.Text{
	wire.Annotator: {Ar: "موسِّم", En: "Annotator"},
	wire.Curator:   {Ar: "مراجع", En: "Curator"},
	wire.Lead:      {Ar: "مشرف المشروع", En: "Project lead"},
}

var (
	accountText  = i18n.Text{Ar: "حسابي", En: "My account"}
	settingsText = i18n.Text{Ar: "الإعدادات", En: "Settings"}
	installText  = i18n.Text{Ar: "تثبيت التطبيق", En: "Install the app"}
	themeText    = i18n.Text{Ar: "المظهر", En: "Theme"}
	systemText   = i18n.Text{Ar: "حسب النظام", En: "System"}
	lightText    = i18n.Text{Ar: "فاتح", En: "Light"}
	darkText     = i18n.Text{Ar: "داكن", En: "Dark"}
)
