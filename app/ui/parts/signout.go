package parts

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/ui/client"
	"hashiya/app/ui/i18n"
)

// SignOut is the button that signs out, and the question before it when work
// is still waiting.
type SignOut struct {
	app.Compo

	Client *client.Client
	Class  string

	asking, busy bool
}

func (s *SignOut) Render() app.UI {
	lang := s.Client.Lang()
	return app.Div().Body(
		app.Button().Type("button").Class(s.Class).OnClick(s.ask).Disabled(s.busy).Body(
			Icon("logout"), app.Span().Text(signOutText.In(lang)),
		),
		app.If(s.asking, func() app.UI {
			state := s.Client.State()
			words := waitingStays.In(lang, state.Waiting)
			if state.Saving > 0 || state.Unsaved != nil {
				words = unsavedStays.In(lang)
			}
			return &Dialog{
				Title: signOutQuestion.In(lang), Label: closeText.In(lang), OnClose: s.cancel,
				Body: app.P().Text(words),
				Actions: []app.UI{
					Button("", stayText.In(lang), s.close),
					Button("logout", signOutText.In(lang), s.leave).Class("btn-danger").Disabled(s.busy || state.Saving > 0),
				},
			}
		}),
	)
}

func (s *SignOut) ask(ctx app.Context, e app.Event) {
	if state := s.Client.State(); state.Waiting > 0 || state.Saving > 0 || state.Unsaved != nil {
		s.asking = true
		return
	}
	s.leave(ctx, e)
}

func (s *SignOut) close(ctx app.Context, e app.Event) { CloseDialog(ctx) }
func (s *SignOut) cancel(ctx app.Context)             { s.asking = false }

func (s *SignOut) leave(ctx app.Context, e app.Event) {
	s.busy = true
	ctx.Async(func() {
		err := s.Client.SignOut(ctx)
		ctx.Dispatch(func(ctx app.Context) {
			s.busy, s.asking = false, false
			if err != nil {
				Say(ctx, Toast{Text: stillIn.With(s.Client.Lang(), "why", ErrorText(s.Client.Lang(), err)), Kind: "danger"})
				return
			}
			ctx.Navigate("/login")
		})
	})
}

var (
	signOutText     = i18n.Text{Ar: "تسجيل الخروج", En: "Sign out"}
	signOutQuestion = i18n.Text{Ar: "تسجيل الخروج الآن؟", En: "Sign out now?"}
	stayText        = i18n.Text{Ar: "البقاء", En: "Stay"}
	stillIn         = i18n.Text{Ar: "لم يتم تسجيل الخروج: {why}", En: "You are still signed in: {why}"}
	unsavedStays    = i18n.Text{
		Ar: "على الشاشة تغيير لم يُحفظ بعد على هذا الجهاز، ويضيع إن خرجت الآن. انتظر حتى يُحفظ.",
		En: "A change on the screen is not saved on this device yet and would be lost. Wait until it is saved.",
	}
	waitingStays = i18n.Count{
		ArZero:  "كل عملك على الخادم.",
		ArOne:   "تغيير واحد لم يصل إلى الخادم بعد. يبقى محفوظًا على هذا الجهاز باسمك، ويُرسَل حين تسجّل الدخول عليه من جديد.",
		ArTwo:   "تغييران لم يصلا إلى الخادم بعد. يبقيان محفوظين على هذا الجهاز باسمك، ويُرسَلان حين تسجّل الدخول عليه من جديد.",
		ArFew:   "{n} تغييرات لم تصل إلى الخادم بعد. تبقى محفوظة على هذا الجهاز باسمك، وتُرسَل حين تسجّل الدخول عليه من جديد.",
		ArMany:  "{n} تغييرًا لم يصل إلى الخادم بعد. تبقى محفوظة على هذا الجهاز باسمك، وتُرسَل حين تسجّل الدخول عليه من جديد.",
		ArOther: "{n} تغيير لم يصل إلى الخادم بعد. تبقى محفوظة على هذا الجهاز باسمك، وتُرسَل حين تسجّل الدخول عليه من جديد.",
		EnOne:   "1 change has not reached the server yet. It stays on this device under your name and is sent when you sign in here again.",
		EnOther: "{n} changes have not reached the server yet. They stay on this device under your name and are sent when you sign in here again.",
	}
)
