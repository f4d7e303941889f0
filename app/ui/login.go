package ui

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/ui/client"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
)

// loginScreen signs in by name and password.
type loginScreen struct {
	app.Compo

	Client *client.Client

	busy   bool
	failed error
	unsent client.Unsent // of who was here last
	cancel func()
}

func (s *loginScreen) OnMount(ctx app.Context) {
	s.cancel = s.Client.Watch(func() { ctx.Dispatch(nil) })
	ctx.Async(func() {
		unsent, err := s.Client.Unsent(ctx)
		if err == nil {
			ctx.Dispatch(func(app.Context) { s.unsent = unsent })
		}
	})
}

func (s *loginScreen) OnDismount() {
	if s.cancel != nil {
		s.cancel()
	}
}

func (s *loginScreen) OnNav(ctx app.Context) {
	ctx.Page().SetTitle("%s", pageTitle(s.Client.Lang(), loginTitle.In(s.Client.Lang())))
	if s.Client.Me().Name != "" && !s.Client.State().SignedOut {
		ctx.Navigate(after(ctx.Page().URL()))
	}
}

func (s *loginScreen) Render() app.UI {
	lang := s.Client.Lang()
	return parts.Door(s.Client,
		app.Form().Class("form").OnSubmit(s.submit).Body(
			app.H1().Class("door-title").Text(loginTitle.In(lang)),
			field("login-name", nameText.In(lang), app.Input().Type("text").Name("username").Attr("autocomplete", "username").Attr("dir", "auto").Required(true).Attr("value", s.Client.Me().Name)),
			field("login-password", passwordText.In(lang), app.Input().Type("password").Name("password").Attr("autocomplete", "current-password").Required(true)),
			parts.FieldError(parts.ErrorText(lang, s.failed)),
			app.Button().Type("submit").Class("btn btn-primary btn-large btn-wide").Disabled(s.busy).Body(
				parts.Icon("login"), app.Span().Text(loginText.In(lang)),
			),
		),
		app.P().Class("field-hint").Text(linkHint.In(lang)),
		app.If(s.unsent.Ops > 0, func() app.UI {
			return app.Div().Class("stack").ID("left-behind").Body(
				app.P().Class("field-hint").Text(unsentHere.In(lang, s.unsent.Ops)+" "+unsentHereHint.With(lang, "name", "\u2068"+s.unsent.User+"\u2069")),
				parts.Button("download", downloadUnsentText.In(lang), s.download).ID("download-unsent"),
			)
		}),
	)
}

func (s *loginScreen) download(ctx app.Context, e app.Event) { parts.DownloadUnsent(ctx, s.Client) }

func field(id, label string, input app.HTMLInput) app.UI {
	return app.Div().Class("field").Body(
		app.Label().For(id).Text(label),
		input.ID(id).Class("input"),
	)
}

func (s *loginScreen) submit(ctx app.Context, e app.Event) {
	e.PreventDefault()
	if s.busy {
		return
	}
	name, password := valueOf("login-name"), valueOf("login-password")
	s.busy, s.failed = true, nil
	ctx.Async(func() {
		err := s.Client.SignIn(ctx, name, password)
		ctx.Dispatch(func(ctx app.Context) {
			s.busy, s.failed = false, err
			if err == nil {
				ctx.Navigate(after(ctx.Page().URL()))
			}
		})
	})
}

// valueOf reads an input: what a password manager filled in is seen too.
func valueOf(id string) string { return app.Window().GetElementByID(id).Get("value").String() }

// pageTitle is the title of the window.
func pageTitle(l i18n.Lang, page string) string {
	return titleText.With(l, "page", page)
}

var (
	titleText  = i18n.Text{Ar: "{page} · حاشية", En: "{page} · Hashiya"}
	loginTitle = i18n.Text{Ar: "تسجيل الدخول", En: "Sign in"}
	loginText  = i18n.Text{Ar: "دخول", En: "Sign in"}
	unsentHere = i18n.Count{
		ArZero: "لا شيء على هذا الجهاز لم يُرسَل.", ArOne: "على هذا الجهاز تغيير واحد لم يصل إلى الخادم.", ArTwo: "على هذا الجهاز تغييران لم يصلا إلى الخادم.", ArFew: "على هذا الجهاز {n} تغييرات لم تصل إلى الخادم.", ArMany: "على هذا الجهاز {n} تغييرًا لم يصل إلى الخادم.", ArOther: "على هذا الجهاز {n} تغيير لم يصل إلى الخادم.",
		EnOne: "1 change on this device has not reached the server.", EnOther: "{n} changes on this device have not reached the server.",
	}
	unsentHereHint = i18n.Text{
		Ar: "يُرسَل ذلك حين يدخل {name} من هنا. ويمكن تنزيله ملفًّا يستورده مشرف المشروع.",
		En: "This is sent when {name} signs in here. It can also be downloaded, as a file that a project lead imports.",
	}
	downloadUnsentText = i18n.Text{Ar: "تنزيل ما لم يُرسَل", En: "Download unsent work"}
	nameText           = i18n.Text{Ar: "الاسم", En: "Name"}
	passwordText       = i18n.Text{Ar: "كلمة المرور", En: "Password"}
	linkHint           = i18n.Text{
		Ar: "وصلك رابط يُستعمل مرة واحدة؟ افتحه في هذا المتصفّح وتدخل مباشرة. وإن فقدته فاطلب غيره من مشرف المشروع.",
		En: "Did you get a one-time link? Open it in this browser and you are in. If you have lost it, ask the project lead for another.",
	}
)
