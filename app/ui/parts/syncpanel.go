package parts

import (
	"context"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/annotation"
	"hashiya/app/sync"
	"hashiya/app/ui/client"
	"hashiya/app/ui/i18n"
)

// syncPanel is what stands behind the sync line: counts, times, refused ops
// with their reasons, and a way to take all unsent work along as a file.
type syncPanel struct {
	app.Compo

	Client  *client.Client
	OnClose func(ctx app.Context)

	counts sync.Counts
	stuck  []sync.Stuck
	failed error
	cancel func()
}

func (p *syncPanel) OnMount(ctx app.Context) {
	p.cancel = p.Client.Watch(func() { ctx.Dispatch(p.load) })
	p.load(ctx)
}

func (p *syncPanel) OnDismount() {
	if p.cancel != nil {
		p.cancel()
	}
}

func (p *syncPanel) load(ctx app.Context) {
	place := p.Client.Workplace()
	if place == nil {
		return
	}
	ctx.Async(func() {
		counts, err := place.Store.Counts(ctx)
		var stuck []sync.Stuck
		if err == nil {
			stuck, err = place.Store.Stuck(ctx)
		}
		ctx.Dispatch(func(app.Context) { p.counts, p.stuck, p.failed = counts, stuck, err })
	})
}

func (p *syncPanel) Render() app.UI {
	lang, s, now := p.Client.Lang(), p.Client.State(), p.Client.Clock.Now()
	line := syncState(s, lang, now)
	unsent := p.counts.Waiting + p.counts.Refused + p.counts.Quarantined
	return &Dialog{
		Title: panelTitle.In(lang), Label: closeText.In(lang), OnClose: p.OnClose,
		Body: app.Div().Class("stack").Body(
			app.Div().Class("row").Body(
				app.Span().Class("sync").Class(line.class).Body(Icon(line.icon), app.Span().Text(line.words)),
			),
			app.If(s.Failure != "", func() app.UI {
				return app.P().Class("field-error").Body(Icon("warning"), app.Span().Class("bidi").Dir("auto").Text(FailureText(lang, s.Failure)))
			}),
			app.If(p.failed != nil, func() app.UI {
				return app.P().Class("field-error").Body(Icon("warning"), app.Span().Text(ErrorText(lang, p.failed)))
			}),
			app.Dl().Class("kv").Body(
				app.Dt().Text(panelWaiting.In(lang)), app.Dd().Class("num").Text(Number(p.counts.Waiting)),
				app.Dt().Text(panelSince.In(lang)), app.Dd().Text(orDash(!p.counts.WaitingSince.IsZero(), func() string { return Ago(lang, now, p.counts.WaitingSince) })),
				app.Dt().Text(panelLast.In(lang)), app.Dd().Text(orDash(!s.LastSync.IsZero(), func() string { return Ago(lang, now, s.LastSync) })),
				app.Dt().Text(panelRefused.In(lang)), app.Dd().Class("num").Text(Number(p.counts.Refused+p.counts.Quarantined)),
				app.Dt().Text(panelMade.In(lang)), app.Dd().Class("num").Text(Number(p.counts.Ops)),
			),
			app.P().Class("field-hint").Text(panelPromise.In(lang)),
			app.If(len(p.stuck) > 0, func() app.UI { return p.renderStuck(lang) }),
		),
		Actions: []app.UI{
			Button("download", panelDownload.In(lang), p.download).Disabled(unsent == 0),
			Button("refresh", panelTry.In(lang), p.try).Class("btn-primary"),
		},
	}
}

func (p *syncPanel) renderStuck(lang i18n.Lang) app.UI {
	return app.Section().Class("stack").Body(
		app.H3().Class("card-title").Text(panelStuck.In(lang)),
		app.Ul().Class("report").Body(
			app.Range(p.stuck).Slice(func(i int) app.UI {
				s := p.stuck[i]
				return app.Li().Class("report-line report-bad").Body(
					Icon("warning"),
					app.Span().Text(kindText(lang, s.Op.Kind)),
					app.Span().Class("num muted").Text(s.Op.ID().String()[:8]),
					app.Span().Class("report-why bidi").Dir("auto").Text(s.Result.Reason),
				)
			}),
		),
	)
}

func (p *syncPanel) try(ctx app.Context, e app.Event) { p.Client.Nudge() }

func (p *syncPanel) download(ctx app.Context, e app.Event) { DownloadUnsent(ctx, p.Client) }

// DownloadUnsent hands the user all work of this device that the server has
// not taken.
func DownloadUnsent(ctx app.Context, c *client.Client) {
	ctx.Async(func() {
		b, err := c.Unsent(context.Background())
		ctx.Dispatch(func(ctx app.Context) {
			if err != nil {
				Say(ctx, Toast{Text: ErrorText(c.Lang(), err), Kind: "danger"})
				return
			}
			c.Browser.Download("hashiya-unsent.jsonl", "application/jsonl", b)
		})
	})
}

func orDash(there bool, words func() string) string {
	if there {
		return words()
	}
	return "—"
}

func kindText(l i18n.Lang, k annotation.Kind) string {
	if t, ok := kindTexts[k]; ok {
		return t.In(l)
	}
	return string(k)
}

var kindTexts = map[annotation.Kind]i18n.Text{
	annotation.PutSpan:       {Ar: "وضع وسم", En: "Label put"},
	annotation.DeleteSpan:    {Ar: "حذف وسم", En: "Label deleted"},
	annotation.PutEntity:     {Ar: "وضع كيان", En: "Entity put"},
	annotation.DeleteEntity:  {Ar: "حذف كيان", En: "Entity deleted"},
	annotation.PutStance:     {Ar: "وضع موقف", En: "Stance put"},
	annotation.DeleteStance:  {Ar: "حذف موقف", En: "Stance deleted"},
	annotation.PutComment:    {Ar: "كتابة ملاحظة", En: "Note written"},
	annotation.DeleteComment: {Ar: "حذف ملاحظة", En: "Note deleted"},
	annotation.SetStatus:     {Ar: "تغيير حالة المقال", En: "Status of the article"},
	annotation.PutWork:       {Ar: "وقت العمل", En: "Working time"},
}

var (
	panelTitle    = i18n.Text{Ar: "أين عملك الآن؟", En: "Where your work is"}
	panelWaiting  = i18n.Text{Ar: "بانتظار الإرسال", En: "Waiting to be sent"}
	panelSince    = i18n.Text{Ar: "أقدم تغيير ينتظر", En: "The oldest"}
	panelLast     = i18n.Text{Ar: "آخر رد من الخادم", En: "Last answer of the server"}
	panelRefused  = i18n.Text{Ar: "ما رفضه الخادم", En: "Refused by the server"}
	panelMade     = i18n.Text{Ar: "كل التغييرات من هذا الجهاز", En: "Everything made on this device"}
	panelPromise  = i18n.Text{Ar: "يُحفظ كل تغيير على قرص هذا الجهاز أولًا، ثم يُرسَل. ولا يُحذف شيء من الجهاز قبل أن يؤكّد الخادم استلامه.", En: "Every change is first saved on this device's disk, then sent. Nothing leaves this device before the server has confirmed it."}
	panelTry      = i18n.Text{Ar: "حاول الآن", En: "Try now"}
	panelDownload = i18n.Text{Ar: "تنزيل ما لم يُرسَل", En: "Download unsent work"}
	panelStuck    = i18n.Text{Ar: "ما لم يقبله الخادم", En: "What the server did not take"}
)
