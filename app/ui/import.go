package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/ui/client"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
	"hashiya/app/wire"
)

const importInput = "import-files"

// importDialog brings files into a project and says what became of each
// record.
type importDialog struct {
	app.Compo

	Client  *client.Client
	Project string
	OnClose func(ctx app.Context)

	over   bool // something is dragged over the drop zone
	busy   int  // how many files are on their way
	report *wire.ImportReport
	failed error
}

func (d *importDialog) Render() app.UI {
	lang := d.Client.Lang()
	drop := "drop"
	if d.over {
		drop += " is-over"
	}
	return &parts.Dialog{
		Title: importText.In(lang), Label: closeDialogText.In(lang), OnClose: d.OnClose,
		Body: app.Div().Class("stack").Body(
			app.Label().Class(drop).For(importInput).OnDragOver(d.dragOver).OnDragLeave(d.dragLeave).OnDrop(d.drop).Body(
				parts.Icon("upload"),
				app.Strong().Text(dropText.In(lang)),
				app.Span().Class("muted").Text(dropHint.In(lang)),
				app.Input().Type("file").ID(importInput).Multiple(true).Accept(".txt,.text,.jsonl,.ndjson,.json,text/plain").Disabled(d.busy > 0).OnChange(d.chosen),
			),
			app.If(d.busy > 0, func() app.UI {
				words := uploadingText.In(lang, d.busy)
				return app.Div().Class("stack").Role("status").Body(app.P().Text(words), app.Progress().Class("progress").Aria("label", words))
			}),
			parts.FieldError(parts.ErrorText(lang, d.failed)),
			app.If(d.report != nil, func() app.UI { return renderReport(lang, d.report) }),
		),
	}
}

func renderReport(lang i18n.Lang, r *wire.ImportReport) app.UI {
	line := func(class, icon, words string, n int) app.UI {
		return app.Li().Class("report-line").Class(class).Body(
			parts.Icon(icon), app.Span().Text(words), app.Span().Class("num").Text(parts.Number(n)),
		)
	}
	lines := []app.UI{
		line("report-ok", "check-circle", addedText.In(lang), r.Added),
		line("report-same", "circle-half", alreadyText.In(lang), r.Already),
	}
	if r.Layers > 0 {
		lines = append(lines, line("report-ok", "check-circle", layersText.In(lang), r.Layers))
	}
	if r.Ops > 0 {
		lines = append(lines, line("report-ok", "check-circle", opsText.In(lang), r.Ops))
	}
	if r.OpsHad > 0 {
		lines = append(lines, line("report-same", "circle-half", opsHadText.In(lang), r.OpsHad))
	}
	for _, f := range r.Refused {
		place := f.File
		if f.Line > 0 {
			place += ":" + strconv.Itoa(f.Line)
		}
		lines = append(lines, app.Li().Class("report-line report-bad").Body(
			parts.Icon("warning"),
			app.Span().Class("bidi").Dir("auto").Text(place),
			app.Span().Class("muted").Text(refusedText.In(lang)),
			app.Span().Class("report-why bidi").Dir("auto").Text(parts.RefusalText(lang, f)),
		))
	}
	if r.Omitted > 0 {
		lines = append(lines, line("report-bad", "warning", omittedText.In(lang), r.Omitted))
	}
	return app.Ul().Class("report").ID("import-report").Role("status").Body(lines...)
}

func (d *importDialog) dragOver(ctx app.Context, e app.Event) {
	e.PreventDefault()
	d.over = true
}

func (d *importDialog) dragLeave(ctx app.Context, e app.Event) { d.over = false }

func (d *importDialog) drop(ctx app.Context, e app.Event) {
	e.PreventDefault()
	d.over = false
	files := e.Get("dataTransfer").Get("files")
	if d.busy > 0 || files.Get("length").Int() == 0 {
		return
	}
	app.Window().GetElementByID(importInput).Set("files", files)
	d.upload(ctx)
}

func (d *importDialog) chosen(ctx app.Context, e app.Event) { d.upload(ctx) }

func (d *importDialog) upload(ctx app.Context) {
	n := app.Window().GetElementByID(importInput).Get("files").Get("length").Int()
	if d.busy > 0 || n == 0 {
		return
	}
	d.busy, d.report, d.failed = n, nil, nil
	ctx.Async(func() {
		report, err := d.Client.Account.Upload(ctx, d.Project, importInput)
		if p := d.Client.Workplace(); err == nil && p != nil {
			_, _ = p.Outbox.Projects(ctx) // the live events bring them too, a moment later
			_, _ = p.Outbox.Articles(ctx, d.Project)
		}
		ctx.Dispatch(func(ctx app.Context) {
			d.busy, d.failed = 0, err
			if err == nil {
				d.report = &report
			}
			// The same file can be chosen again.
			app.Window().GetElementByID(importInput).Set("value", "")
		})
	})
}

var (
	closeDialogText = i18n.Text{Ar: "إغلاق", En: "Close"}
	dropText        = i18n.Text{Ar: "أفلت الملفات هنا أو اضغط لاختيارها", En: "Drop files here, or press to choose them"}
	dropHint        = i18n.Text{Ar: "نصوص \u200e.txt\u200e أو \u200e.jsonl\u200e بترميز UTF-8. يمكنك إعادة الاستيراد بأمان: النص الموجود لا يُضاف مرتين.", En: "Texts (.txt) or .jsonl in UTF-8. Importing again is safe: a text that is there is not added twice."}
	addedText       = i18n.Text{Ar: "مقالات أُضيفت", En: "Articles added"}
	alreadyText     = i18n.Text{Ar: "موجودة من قبل بالنص نفسه", En: "There already, with the same text"}
	layersText      = i18n.Text{Ar: "طبقات وسوم أُضيفت معها", En: "Layers added with them"}
	opsText         = i18n.Text{Ar: "تغييرات لم تكن قد أُرسلت، أُضيفت إلى عمل أصحابها", En: "Unsent changes, added to the work of who made them"}
	opsHadText      = i18n.Text{Ar: "تغييرات كانت قد وصلت من قبل", En: "Changes that had arrived before"}
	refusedText     = i18n.Text{Ar: "لم يُقبل", En: "refused"}
	omittedText     = i18n.Text{Ar: "حالات رفض أخرى لم تُذكر لكثرتها", En: "More refusals, too many to list"}

	uploadingText = i18n.Count{
		ArZero: "لا ملفات", ArOne: "يُرسَل ملف واحد…", ArTwo: "يُرسَل ملفان…", ArFew: "تُرسَل {n} ملفات…", ArMany: "يُرسَل {n} ملفًا…", ArOther: "يُرسَل {n} ملف…",
		EnOne: "Sending 1 file…", EnOther: "Sending {n} files…",
	}
)
