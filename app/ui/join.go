package ui

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/ui/client"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
)

// joinScreen takes a one-time link, and offers to set a password so that the
// next sign-in needs no link.
type joinScreen struct {
	app.Compo

	Client *client.Client

	token  string
	busy   bool
	in     bool // the link was taken: the question is the password
	failed error
	cancel func()
}

func (s *joinScreen) OnMount(ctx app.Context) {
	s.cancel = s.Client.Watch(func() { ctx.Dispatch(nil) })
}

func (s *joinScreen) OnDismount() {
	if s.cancel != nil {
		s.cancel()
	}
}

func (s *joinScreen) OnNav(ctx app.Context) {
	ctx.Page().SetTitle("%s", pageTitle(s.Client.Lang(), joinTitle.In(s.Client.Lang())))
	u := ctx.Page().URL()
	if u.Fragment == "" {
		return
	}
	s.token = u.Fragment
	// Out of the address bar and the history, where it would be read later.
	u.Fragment = ""
	ctx.Page().ReplaceURL(u)
	s.join(ctx)
}

func (s *joinScreen) join(ctx app.Context) {
	if s.busy || s.token == "" {
		return
	}
	s.busy, s.failed = true, nil
	ctx.Async(func() {
		err := s.Client.SignInByLink(ctx, s.token)
		ctx.Dispatch(func(ctx app.Context) {
			s.busy, s.failed = false, err
			if err != nil {
				return
			}
			s.in, s.token = true, ""
			if s.Client.Me().HasPassword {
				ctx.Navigate("/")
			}
		})
	})
}

func (s *joinScreen) Render() app.UI {
	lang := s.Client.Lang()
	switch {
	case s.in:
		return parts.Door(s.Client, s.renderPassword(lang))
	case s.failed != nil:
		return parts.Door(s.Client,
			app.H1().Class("door-title").Text(joinTitle.In(lang)),
			parts.FieldError(parts.ErrorText(lang, s.failed)),
			app.Div().Class("form-actions").Body(
				parts.Button("refresh", retryText.In(lang), s.again).Class("btn-primary"),
				app.A().Class("btn").Href("/login").Text(loginTitle.In(lang)),
			),
		)
	case s.token == "" && !s.busy:
		return parts.Door(s.Client,
			app.H1().Class("door-title").Text(joinTitle.In(lang)),
			app.P().Text(noTokenText.In(lang)),
			app.A().Class("btn btn-primary btn-large btn-wide").Href("/").Text(onText.In(lang)),
		)
	}
	return parts.Door(s.Client, parts.Loading(joiningText.In(lang)))
}

func (s *joinScreen) renderPassword(lang i18n.Lang) app.UI {
	return app.Form().Class("form").OnSubmit(s.setPassword).Body(
		app.H1().Class("door-title").Text(welcomeText.With(lang, "name", s.Client.Me().Name)),
		app.P().Text(whyPassword.In(lang)),
		app.Input().Type("text").Name("username").Attr("autocomplete", "username").Hidden(true).Attr("value", s.Client.Me().Name),
		field("join-password", newPasswordText.In(lang), app.Input().Type("password").Name("password").Attr("autocomplete", "new-password").Required(true).Attr("minlength", 8)),
		parts.FieldError(parts.ErrorText(lang, s.failed)),
		app.Button().Type("submit").Class("btn btn-primary btn-large btn-wide").Disabled(s.busy).Text(savePassword.In(lang)),
		app.A().Class("btn btn-quiet btn-wide").ID("join-skip").Href("/").Text(laterText.In(lang)),
	)
}

func (s *joinScreen) again(ctx app.Context, e app.Event) { s.join(ctx) }

func (s *joinScreen) setPassword(ctx app.Context, e app.Event) {
	e.PreventDefault()
	if s.busy {
		return
	}
	password := valueOf("join-password")
	s.busy, s.failed = true, nil
	ctx.Async(func() {
		err := s.Client.SetPassword(ctx, "", password)
		ctx.Dispatch(func(ctx app.Context) {
			s.busy, s.failed = false, err
			if err == nil {
				ctx.Navigate("/")
			}
		})
	})
}

var (
	joinTitle       = i18n.Text{Ar: "الدخول برابط", En: "Sign in by link"}
	joiningText     = i18n.Text{Ar: "يُفتح حسابك…", En: "Opening your account…"}
	noTokenText     = i18n.Text{Ar: "هذا العنوان بلا رمز دخول. افتح الرابط كاملًا كما وصلك.", En: "This address has no token. Open the whole link as you got it."}
	onText          = i18n.Text{Ar: "متابعة إلى حاشية", En: "Go on to Hashiya"}
	retryText       = i18n.Text{Ar: "إعادة المحاولة", En: "Try again"}
	welcomeText     = i18n.Text{Ar: "أهلًا {name}", En: "Welcome, {name}"}
	whyPassword     = i18n.Text{Ar: "أنت داخل حسابك الآن. إن وضعت كلمة مرور استطعت الدخول من أي جهاز دون رابط.", En: "You are signed in. With a password you can sign in from any device without a link."}
	newPasswordText = i18n.Text{Ar: "كلمة مرور جديدة (8 أحرف على الأقل)", En: "New password (at least 8 characters)"}
	savePassword    = i18n.Text{Ar: "حفظ كلمة المرور", En: "Set the password"}
	laterText       = i18n.Text{Ar: "لاحقًا", En: "Later"}
)
