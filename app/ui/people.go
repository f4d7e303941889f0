package ui

import (
	"context"
	"unicode/utf8"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/ui/client"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
	"hashiya/app/wire"
)

// peopleCard lists who has an account, and makes one-time links for them. For
// leads.
type peopleCard struct {
	app.Compo

	Client *client.Client

	people []wire.Account
	loaded bool
	failed error
	busy   bool
	link   *wire.Link
	whose  string
}

func (c *peopleCard) OnMount(ctx app.Context) { c.load(ctx) }

func (c *peopleCard) load(ctx app.Context) {
	ctx.Async(func() {
		people, err := c.Client.People.People(context.Background())
		ctx.Dispatch(func(app.Context) {
			c.loaded, c.failed = true, err
			if err == nil {
				c.people = people
			}
		})
	})
}

func (c *peopleCard) Render() app.UI {
	lang := c.Client.Lang()
	return app.Section().Class("card").ID("people").Body(
		app.H2().Class("card-title").Text(peopleText.In(lang)),
		app.If(!c.loaded, func() app.UI { return parts.Loading(loadingText.In(lang)) }),
		app.Ul().Body(app.Range(c.people).Slice(func(i int) app.UI {
			p := c.people[i]
			return app.Li().Class("person").Body(
				app.Span().Class("avatar").Aria("hidden", "true").Text(firstLetter(p.Name)),
				app.Div().Body(
					app.Div().Class("person-name bidi").Dir("auto").Text(p.Name),
					app.Div().Class("muted").Text(parts.RoleText(lang, p.Role)),
				),
				parts.IconButton("link", linkFor.With(lang, "name", p.Name), c.makeLink(p.Name), app.EventScope(p.Name)).Class("push").Disabled(c.busy),
			)
		})),
		parts.FieldError(parts.ErrorText(lang, c.failed)),
		app.Details().Body(
			app.Summary().Class("btn btn-quiet").Body(parts.Icon("plus"), app.Span().Text(addText.In(lang))),
			app.Form().Class("form").OnSubmit(c.add).Body(
				field("person-name", nameText.In(lang), app.Input().Type("text").Attr("autocomplete", "off").Attr("dir", "auto").Required(true).MaxLength(64)),
				app.Div().Class("field").Body(
					app.Label().For("person-role").Text(roleText.In(lang)),
					app.Select().Class("select").ID("person-role").Body(app.Range(wire.Roles).Slice(func(i int) app.UI {
						return app.Option().Value(string(wire.Roles[i])).Text(parts.RoleText(lang, wire.Roles[i]))
					})),
				),
				app.Div().Class("form-actions").Body(app.Button().Type("submit").Class("btn").Disabled(c.busy).Text(addText.In(lang))),
			),
		),
		app.If(c.link != nil, func() app.UI { return c.renderLink(lang) }),
	)
}

func (c *peopleCard) renderLink(lang i18n.Lang) app.UI {
	return &parts.Dialog{
		Title: linkTitle.With(lang, "name", c.whose), Label: closeDialogText.In(lang), OnClose: c.closeLink,
		Body: app.Div().Class("stack").Body(
			app.P().Text(linkOnce.In(lang)),
			app.Div().Class("input-group").Body(
				app.Input().Type("text").Class("input").ID("link-url").ReadOnly(true).Attr("dir", "ltr").Aria("label", linkTitle.With(lang, "name", c.whose)).Attr("value", c.link.URL),
				parts.Button("link", copyText.In(lang), c.copy),
			),
		),
	}
}

func (c *peopleCard) makeLink(name string) app.EventHandler {
	return func(ctx app.Context, e app.Event) {
		if c.busy {
			return
		}
		c.busy, c.failed = true, nil
		ctx.Async(func() {
			link, err := c.Client.People.LinkFor(context.Background(), name)
			ctx.Dispatch(func(app.Context) {
				c.busy, c.failed = false, err
				if err == nil {
					c.link, c.whose = &link, name
				}
			})
		})
	}
}

func (c *peopleCard) add(ctx app.Context, e app.Event) {
	e.PreventDefault()
	if c.busy {
		return
	}
	a := wire.Account{Name: valueOf("person-name"), Role: wire.Role(valueOf("person-role"))}
	c.busy, c.failed = true, nil
	ctx.Async(func() {
		err := c.Client.People.AddPerson(context.Background(), a)
		ctx.Dispatch(func(ctx app.Context) {
			c.busy, c.failed = false, err
			if err == nil {
				app.Window().GetElementByID("person-name").Set("value", "")
				parts.Say(ctx, parts.Toast{Text: addedPerson.With(c.Client.Lang(), "name", a.Name)})
				c.load(ctx)
			}
		})
	})
}

func (c *peopleCard) closeLink(ctx app.Context) { c.link = nil }

func (c *peopleCard) copy(ctx app.Context, e app.Event) {
	app.Window().GetElementByID("link-url").Call("select")
	app.Window().Get("navigator").Get("clipboard").Call("writeText", c.link.URL)
	parts.Say(ctx, parts.Toast{Text: copiedText.In(c.Client.Lang())})
}

func firstLetter(name string) string {
	r, _ := utf8.DecodeRuneInString(name)
	return string(r)
}

var (
	peopleText  = i18n.Text{Ar: "الفريق", En: "People"}
	addText     = i18n.Text{Ar: "إضافة عضو", En: "Add a person"}
	addedPerson = i18n.Text{Ar: "أُضيف {name}. أرسل إليه رابط الدخول.", En: "{name} was added. Send them a sign-in link."}
	roleText    = i18n.Text{Ar: "الدور", En: "Role"}
	linkFor     = i18n.Text{Ar: "رابط دخول لـ {name}", En: "Sign-in link for {name}"}
	linkTitle   = i18n.Text{Ar: "رابط دخول: {name}", En: "Sign-in link: {name}"}
	linkOnce    = i18n.Text{Ar: "يُدخل هذا الرابط صاحبه مرة واحدة. انسخه وأرسله إليه وحده؛ لن يُعرض مرة أخرى.", En: "This link signs its bearer in, once. Copy it and send it to nobody else; it is not shown again."}
	copyText    = i18n.Text{Ar: "نسخ", En: "Copy"}
	copiedText  = i18n.Text{Ar: "نُسخ الرابط.", En: "The link was copied."}
)
