package parts

import (
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/ui/client"
	"hashiya/app/ui/i18n"
)

// SyncLine is the one place that says where the work is, and always the truth
// of it. A press opens what stands behind it.
type SyncLine struct {
	app.Compo

	Client *client.Client

	open   bool
	cancel func()
	ended  chan struct{}
}

func (s *SyncLine) OnMount(ctx app.Context) {
	s.cancel = s.Client.Watch(func() { ctx.Dispatch(nil) })
	s.ended = make(chan struct{})
	ended := s.ended
	// "A minute ago" grows older without any event.
	go func() {
		for {
			select {
			case <-ended:
				return
			case <-time.After(20 * time.Second):
				ctx.Dispatch(nil)
			}
		}
	}()
}

func (s *SyncLine) OnDismount() {
	if s.cancel != nil {
		s.cancel()
		close(s.ended)
	}
}

func (s *SyncLine) Render() app.UI {
	lang := s.Client.Lang()
	if s.Client.Me().Name == "" {
		return app.Div().Hidden(true)
	}
	line := syncState(s.Client.State(), lang, s.Client.Clock.Now())
	return app.Div().Class("sync-box").Body(
		app.Button().Type("button").Class("sync").Class(line.class).ID("sync").
			Aria("label", line.words).Aria("haspopup", "dialog").Title(line.words).OnClick(s.show).Body(
			Icon(line.icon),
			app.Span().Class("sync-text").Role("status").Text(line.words),
			app.Span().Class("sync-count").Aria("hidden", "true").Text(line.count),
		),
		app.If(s.open, func() app.UI { return &syncPanel{Client: s.Client, OnClose: s.hide} }),
	)
}

func (s *SyncLine) show(ctx app.Context, e app.Event) { s.open = true }
func (s *SyncLine) hide(ctx app.Context)              { s.open = false }

// syncWords is how a state looks and what it says.
type syncWords struct {
	class, icon, words string
	count              string // what a phone shows in place of the words; may be ""
}

// justNow is how long work may be on its way before the line calls it waiting.
const justNow = 10 * time.Second

// syncState puts a state into words, the gravest thing first.
func syncState(s client.State, l i18n.Lang, now time.Time) syncWords {
	waiting := ""
	if s.Waiting > 0 {
		waiting = Number(s.Waiting)
	}
	switch {
	case s.Trouble != nil:
		return syncWords{"sync-failed", "warning", lineTrouble.In(l), "!"}
	case s.Unsaved != nil:
		return syncWords{"sync-failed", "warning", lineUnsaved.In(l), "!"}
	case s.Saving > 0:
		return syncWords{"sync-device sync-busy", "device", lineSaving.In(l), ""}
	case s.Opening:
		return syncWords{"sync-device sync-busy", "device", lineOpening.In(l), ""}
	case s.Refused > 0:
		return syncWords{"sync-refused", "warning", lineRefused.In(l, s.Refused), Number(s.Refused)}
	case s.SignedOut && s.Waiting > 0:
		return syncWords{"sync-waiting", "logout", lineSignedOutWaiting.In(l, s.Waiting), waiting}
	case s.SignedOut:
		return syncWords{"sync-offline", "logout", lineSignedOut.In(l), ""}
	case !s.Online && s.Waiting > 0:
		return syncWords{"sync-offline", "cloud-off", lineOfflineWaiting.In(l, s.Waiting), waiting}
	case !s.Online:
		return syncWords{"sync-offline", "cloud-off", lineOffline.In(l), ""}
	case s.Waiting > 0 && (s.Failure != "" || now.Sub(s.WaitingSince) >= justNow):
		return syncWords{"sync-waiting", "cloud-up", lineWaiting.In(l, s.Waiting) + " · " + Ago(l, now, s.WaitingSince), waiting}
	case s.Waiting > 0:
		return syncWords{"sync-device sync-busy", "device", lineDevice.In(l), waiting}
	case s.LastSync.IsZero():
		return syncWords{"sync-device", "device", lineDevice.In(l), ""}
	}
	return syncWords{"sync-server", "cloud-check", lineServer.In(l), ""}
}

var (
	lineTrouble   = i18n.Text{Ar: "لا يمكن الحفظ على هذا الجهاز", En: "Can't save on this device"}
	lineUnsaved   = i18n.Text{Ar: "التغيير الأخير غير محفوظ", En: "The last change is not saved"}
	lineSaving    = i18n.Text{Ar: "يُحفظ على هذا الجهاز…", En: "Saving on this device…"}
	lineOpening   = i18n.Text{Ar: "تُفتح قاعدة البيانات…", En: "Opening the database…"}
	lineDevice    = i18n.Text{Ar: "محفوظ على هذا الجهاز", En: "Saved on this device"}
	lineServer    = i18n.Text{Ar: "محفوظ على الخادم", En: "Saved on the server"}
	lineOffline   = i18n.Text{Ar: "دون اتصال", En: "Offline"}
	lineSignedOut = i18n.Text{Ar: "انتهت الجلسة", En: "Signed out"}

	lineRefused = i18n.Count{
		ArZero: "لم يُرفض شيء", ArOne: "رفض الخادم تغييرًا", ArTwo: "رفض الخادم تغييرين", ArFew: "رفض الخادم {n} تغييرات", ArMany: "رفض الخادم {n} تغييرًا", ArOther: "رفض الخادم {n} تغيير",
		EnOne: "The server refused 1 change", EnOther: "The server refused {n} changes",
	}
	lineWaiting = i18n.Count{
		ArZero: "لا شيء بانتظار الإرسال", ArOne: "تغيير بانتظار الإرسال", ArTwo: "تغييران بانتظار الإرسال", ArFew: "{n} تغييرات بانتظار الإرسال", ArMany: "{n} تغييرًا بانتظار الإرسال", ArOther: "{n} تغيير بانتظار الإرسال",
		EnOne: "1 change waiting to be sent", EnOther: "{n} changes waiting to be sent",
	}
	lineOfflineWaiting = i18n.Count{
		ArZero: "دون اتصال", ArOne: "دون اتصال · تغيير محفوظ على الجهاز", ArTwo: "دون اتصال · تغييران محفوظان على الجهاز", ArFew: "دون اتصال · {n} تغييرات محفوظة على الجهاز", ArMany: "دون اتصال · {n} تغييرًا محفوظًا على الجهاز", ArOther: "دون اتصال · {n} تغيير محفوظ على الجهاز",
		EnOne: "Offline · 1 change saved on this device", EnOther: "Offline · {n} changes saved on this device",
	}
	lineSignedOutWaiting = i18n.Count{
		ArZero: "انتهت الجلسة", ArOne: "انتهت الجلسة · تغيير ينتظر", ArTwo: "انتهت الجلسة · تغييران ينتظران", ArFew: "انتهت الجلسة · {n} تغييرات تنتظر", ArMany: "انتهت الجلسة · {n} تغييرًا ينتظر", ArOther: "انتهت الجلسة · {n} تغيير ينتظر",
		EnOne: "Signed out · 1 change waiting", EnOther: "Signed out · {n} changes waiting",
	}
)
