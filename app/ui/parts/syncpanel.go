package parts

import (
	"context"
	"net/url"

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
	titles map[string]string // of the stuck ops' articles, by project and id
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
		titles := titlesOf(ctx, place, stuck)
		ctx.Dispatch(func(app.Context) { p.counts, p.stuck, p.titles, p.failed = counts, stuck, titles, err })
	})
}

// titlesOf returns the titles of the ops' articles, as far as this device has
// them.
func titlesOf(ctx context.Context, place *client.Workplace, stuck []sync.Stuck) map[string]string {
	titles := map[string]string{}
	for _, s := range stuck {
		key := articleKey(&s.Op)
		if _, asked := titles[key]; asked {
			continue
		}
		titles[key] = ""
		if a, err := place.Store.Article(ctx, s.Op.Project, s.Op.Article); err == nil {
			titles[key] = a.Meta.Title
		}
	}
	return titles
}

func articleKey(o *annotation.Op) string { return o.Project + "/" + o.Article }

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
				return app.P().Class("field-error").Body(Icon("warning"), app.Span().Class("bidi").Dir("auto").Text(FailureText(lang, s.State)))
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
			caution(s.Cramped, func() string { return panelCramped.In(lang) }),
			caution(p.Client.Storage().Asked && !p.Client.Storage().Granted, func() string { return panelNoStorage.In(lang) }),
			caution(s.Skew != 0, func() string { return SkewText(lang, s.Skew) }),
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
		app.P().Class("field-hint").Text(panelStuckHint.In(lang)),
		app.Ul().Class("report").Body(
			app.Range(p.stuck).Slice(func(i int) app.UI {
				s := p.stuck[i]
				title := p.titles[articleKey(&s.Op)]
				if title == "" {
					title = s.Op.Article
				}
				return app.Li().Class("report-line report-bad").Body(
					Icon("warning"),
					app.Span().Text(kindText(lang, s.Op.Kind)),
					app.A().Class("bidi").Dir("auto").Href("/p/"+url.PathEscape(s.Op.Project)+"/a/"+url.PathEscape(s.Op.Article)).Text(title),
					app.Span().Class("report-why bidi").Dir("auto").Text(FaultText(lang, s.Result.Code, s.Result.Params, s.Result.Reason)),
				)
			}),
		),
	)
}

// caution is a line about something that does not keep the work from going on.
func caution(holds bool, words func() string) app.UI {
	return app.If(holds, func() app.UI {
		return app.P().Class("banner banner-warn banner-inline").Body(Icon("warning"), app.Span().Class("banner-text").Text(words()))
	})
}

func (p *syncPanel) try(ctx app.Context, e app.Event) { p.Client.Nudge() }

func (p *syncPanel) download(ctx app.Context, e app.Event) { DownloadUnsent(ctx, p.Client) }

// DownloadUnsent hands the user all of the user's work on this device that the
// server has not taken.
func DownloadUnsent(ctx app.Context, c *client.Client) {
	ctx.Async(func() {
		unsent, err := c.Unsent(context.Background())
		ctx.Dispatch(func(ctx app.Context) {
			if err != nil {
				Say(ctx, Toast{Text: ErrorText(c.Lang(), err), Kind: "danger"})
				return
			}
			c.Browser.Download("hashiya-unsent.jsonl", "application/jsonl", unsent.File)
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
	panelCramped  = i18n.Text{
		Ar: "المساحة على هذا الجهاز ضيّقة: حُذفت نسخ مقالات يحتفظ بها الخادم كي يبقى مكان لعملك. قد لا تُفتح بعض المقالات دون اتصال حتى تُفرغ مساحة.",
		En: "This device is short of room: copies of articles that the server has were dropped, to leave room for your work. Some articles may not open offline until you free space.",
	}
	panelNoStorage = i18n.Text{
		Ar: "لم يمنح المتصفّح تخزينًا دائمًا، وقد يمحو ما لم يُرسَل إن امتلأ القرص: ثبّت التطبيق، أو لا تترك عملًا دون إرسال طويلًا.",
		En: "The browser granted no lasting storage and may clear unsent work when the disk fills up: install the app, or don't leave work unsent for long.",
	}
	panelStuckHint = i18n.Text{
		Ar: "ليست هذه التغييرات في عملك على الخادم. تبقى هنا لتقرأها وتنزّلها.",
		En: "These changes are not in your work on the server. They stay here to be read and downloaded.",
	}
	panelStuck = i18n.Text{Ar: "ما لم يقبله الخادم", En: "What the server did not take"}
)
