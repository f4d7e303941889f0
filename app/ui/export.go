package ui

import (
	"context"
	"slices"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/ui/client"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
	"hashiya/app/wire"
)

// exportDialog offers a project as a dataset. The browser itself downloads it,
// so its size doesn't matter here.
type exportDialog struct {
	app.Compo

	Client   *client.Client
	Project  string
	Articles int // in the project
	OnClose  func(ctx app.Context)

	layer  string
	people []wire.Account
	failed error
}

func (d *exportDialog) OnMount(ctx app.Context) {
	ctx.Async(func() {
		people, err := d.Client.People.People(context.Background())
		ctx.Dispatch(func(app.Context) { d.people, d.failed = people, err })
	})
}

func (d *exportDialog) OnInit() { d.layer = "all" }

func (d *exportDialog) Render() app.UI {
	lang, state := d.Client.Lang(), d.Client.State()
	layers := []string{"all"}
	for _, p := range d.people {
		layers = append(layers, p.Name)
	}
	if !slices.Contains(layers, d.layer) {
		layers = append(layers, d.layer)
	}
	return &parts.Dialog{
		Title: exportTitle.In(lang), Label: closeDialogText.In(lang), OnClose: d.OnClose,
		Body: app.Div().Class("form").Body(
			app.Div().Class("field").Body(
				app.Label().For("export-format").Text(formatText.In(lang)),
				app.Select().Class("select").ID("export-format").Body(
					app.Option().Value("jsonl").Text("JSONL"),
				),
				app.P().Class("field-hint").Text(formatHint.In(lang)),
			),
			app.Div().Class("field").Body(
				app.Label().For("export-layer").Text(layerText.In(lang)),
				app.Select().Class("select").ID("export-layer").OnChange(d.choose).Body(
					app.Range(layers).Slice(func(i int) app.UI {
						return app.Option().Value(layers[i]).Selected(layers[i] == d.layer).Text(layerName(lang, layers[i]))
					}),
				),
			),
			app.P().Text(exportCount.In(lang, d.Articles)),
			app.If(state.Waiting > 0, func() app.UI {
				return app.P().Class("field-error").Body(parts.Icon("warning"), app.Span().Text(exportWaiting.In(lang, state.Waiting)))
			}),
			parts.FieldError(parts.ErrorText(lang, d.failed)),
		),
		Actions: []app.UI{
			app.A().Class("btn btn-primary").ID("export-link").Download("").Href(d.Client.Account.ExportURL(d.Project, "jsonl", d.layer)).
				Body(parts.Icon("download"), app.Span().Text(downloadText.In(lang))),
		},
	}
}

func (d *exportDialog) choose(ctx app.Context, e app.Event) {
	d.layer = ctx.JSSrc().Get("value").String()
}

func layerName(lang i18n.Lang, layer string) string {
	if layer == "all" {
		return allLayers.In(lang)
	}
	return layer
}

var (
	exportTitle  = i18n.Text{Ar: "تصدير مجموعة البيانات", En: "Export the dataset"}
	formatText   = i18n.Text{Ar: "الصيغة", En: "Format"}
	formatHint   = i18n.Text{Ar: "سطر JSON لكل مقال: النص والأقسام والطبقات، والمواضع معدودة بنقاط يونيكود.", En: "One line of JSON an article: text, regions and layers, with offsets in code points."}
	layerText    = i18n.Text{Ar: "الطبقة", En: "Layer"}
	allLayers    = i18n.Text{Ar: "كل الطبقات", En: "All layers"}
	downloadText = i18n.Text{Ar: "تنزيل", En: "Download"}

	exportCount = i18n.Count{
		ArZero: "لا مقالات في المشروع بعد.", ArOne: "في الملف مقال واحد، سواء وُسم أم لم يُوسم.", ArTwo: "في الملف مقالان، سواء وُسما أم لم يُوسما.",
		ArFew: "في الملف {n} مقالات، ما وُسم منها وما لم يُوسم.", ArMany: "في الملف {n} مقالًا، ما وُسم منها وما لم يُوسم.", ArOther: "في الملف {n} مقال، ما وُسم منها وما لم يُوسم.",
		EnOne: "The file holds 1 article, labelled or not.", EnOther: "The file holds {n} articles, labelled or not.",
	}
	exportWaiting = i18n.Count{
		ArZero: "كل عملك على الخادم.", ArOne: "تغيير واحد لم يصل إلى الخادم بعد، فلن يكون في الملف.", ArTwo: "تغييران لم يصلا إلى الخادم بعد، فلن يكونا في الملف.",
		ArFew: "{n} تغييرات لم تصل إلى الخادم بعد، فلن تكون في الملف.", ArMany: "{n} تغييرًا لم يصل إلى الخادم بعد، فلن يكون في الملف.", ArOther: "{n} تغيير لم يصل إلى الخادم بعد، فلن يكون في الملف.",
		EnOne: "1 change has not reached the server yet and will not be in the file.", EnOther: "{n} changes have not reached the server yet and will not be in the file.",
	}
)
