package parts

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/ui/client"
	"hashiya/app/ui/i18n"
)

// banners are the lines across the top that need an answer: work that is only
// on the screen, a session that ended, a new version.
type banners struct {
	app.Compo

	Client *client.Client

	cancel func()
}

func (b *banners) OnMount(ctx app.Context) { b.cancel = b.Client.Watch(func() { ctx.Dispatch(nil) }) }
func (b *banners) OnDismount() {
	if b.cancel != nil {
		b.cancel()
	}
}

func (b *banners) Render() app.UI {
	lang, s := b.Client.Lang(), b.Client.State()
	return app.Div().Body(
		app.If(s.Trouble != nil, func() app.UI {
			return banner("banner-danger", "warning", troubleText.With(lang, "why", ErrorText(lang, s.Trouble)),
				Button("", againText.In(lang), b.reopen))
		}),
		app.If(s.Unsaved != nil, func() app.UI {
			return banner("banner-danger", "warning", unsavedText.With(lang, "why", ErrorText(lang, s.Unsaved)),
				Button("refresh", againText.In(lang), b.retry))
		}),
		app.If(s.SignedOut, func() app.UI {
			return banner("banner-warn", "login", signedOutText.In(lang),
				app.A().Class("btn").Href("/login").Text(signInText.In(lang)))
		}),
		app.If(s.Skew != 0 && !s.SkewSeen, func() app.UI {
			return banner("banner-warn", "warning", SkewText(lang, s.Skew), Button("", understoodText.In(lang), b.seeSkew))
		}),
		app.If(b.Client.Browser.UpdateWaiting(), func() app.UI {
			return banner("", "refresh", updateText.In(lang), Button("", updateNowText.In(lang), b.update).ID("update"))
		}).ElseIf(s.Outdated, func() app.UI {
			return banner("", "refresh", outdatedText.In(lang), nil)
		}),
	)
}

func (b *banners) seeSkew(ctx app.Context, e app.Event) { b.Client.SeeSkew() }

func banner(class, icon, words string, action app.UI) app.UI {
	return app.Div().Class("banner").Class(class).Role("status").Body(
		Icon(icon),
		app.Span().Class("banner-text").Text(words),
		action,
	)
}

func (b *banners) reopen(ctx app.Context, e app.Event) { b.Client.Reopen() }
func (b *banners) retry(ctx app.Context, e app.Event)  { b.Client.Retry() }

func (b *banners) update(ctx app.Context, e app.Event) {
	if why, held := holdTexts[b.Client.StartUpdate()]; held {
		Say(ctx, Toast{Text: why.In(b.Client.Lang()), Kind: "warn"})
	}
}

var holdTexts = map[client.Hold]i18n.Text{
	client.HoldSaving:  {Ar: "لم يبدأ الإصدار الجديد: على الشاشة تغيير لم يُحفظ بعد على هذا الجهاز.", En: "The new version has not started: a change on the screen is not saved on this device yet."},
	client.HoldWaiting: {Ar: "لم يبدأ الإصدار الجديد: ما زال عملك يُرسَل. حدّث حين يصل كله إلى الخادم.", En: "The new version has not started: your work is still waiting to be sent. Update once all of it is on the server."},
	client.HoldWriting: {Ar: "لم يبدأ الإصدار الجديد: تكتب شيئًا لم يكتمل. احفظه أو ألغه ثم حدّث.", En: "The new version has not started: something is half written. Save or discard it, then update."},
}

var (
	troubleText = i18n.Text{
		Ar: "تعذّر فتح قاعدة البيانات على هذا الجهاز، فلا يمكن حفظ العمل الآن: {why}",
		En: "The database on this device can't be opened, so no work can be saved now: {why}",
	}
	unsavedText = i18n.Text{
		Ar: "لم يُحفظ آخر تغيير على هذا الجهاز، وهو ظاهر على الشاشة فقط: {why}",
		En: "Your last change is not saved on this device; it is only on the screen: {why}",
	}
	signedOutText = i18n.Text{
		Ar: "انتهت الجلسة. يستمر عملك محفوظًا على هذا الجهاز، ويُرسَل بعد تسجيل الدخول.",
		En: "Your session has ended. Your work goes on and is kept on this device; it is sent once you sign in.",
	}
	updateText   = i18n.Text{Ar: "إصدار جديد من حاشية جاهز. يبدأ حين تشاء، أو حين تفتح حاشية في المرة القادمة.", En: "A new version of Hashiya is ready. It starts when you say so, or the next time you open Hashiya."}
	outdatedText = i18n.Text{
		Ar: "على الخادم إصدار أحدث من حاشية. يبدأ حين يكتمل جلبه وتشاء، أو حين تفتح حاشية في المرة القادمة. يستمر عملك ويُرسَل كالمعتاد.",
		En: "The server has a newer version of Hashiya. It starts once it is here and you say so, or the next time you open Hashiya. Your work goes on and is sent as ever.",
	}
	understoodText = i18n.Text{Ar: "فهمت", En: "Got it"}
	updateNowText  = i18n.Text{Ar: "تحديث الآن", En: "Update now"}
	againText      = i18n.Text{Ar: "إعادة المحاولة", En: "Try again"}
	signInText     = i18n.Text{Ar: "تسجيل الدخول", En: "Sign in"}
)
