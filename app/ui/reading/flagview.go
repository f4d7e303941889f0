package reading

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
)

// renderFlags shows the article's flags below the text.
func (v *endView) renderFlags() []app.UI {
	var out []app.UI
	for _, c := range v.s.editor.Flags() {
		out = append(out, app.Div().Class("banner banner-warn").Body(
			parts.Icon("flag"), app.Span().Class("banner-text bidi").Dir("auto").Text(c.Text),
			parts.IconButton("close", wordUnflag.In(v.Lang), v.unflag).DataSet("flag", c.ID),
		))
	}
	return out
}

func (v *endView) flag(ctx app.Context, _ app.Event) { v.s.openDialog(flagDialog) }
func (v *endView) unflag(ctx app.Context, _ app.Event) {
	v.s.do(v.s.editor.Unflag(data(ctx, "flag")))
}

func (v *dialogView) renderFlag() app.UI {
	return app.Form().Class("form").OnSubmit(v.flag).Body(
		app.Div().Class("field").Body(
			app.Label().For("flag-reason").Text(wordWhyFlag.In(v.Lang)),
			app.Textarea().Class("textarea").ID("flag-reason").Rows(3).Dir("auto").AutoFocus(true).Required(true).OnInput(v.typed),
			app.P().Class("field-hint").Text(wordFlagHint.In(v.Lang)),
		),
		app.Div().Class("form-actions").Body(app.Button().Type("submit").Class("btn btn-primary").Text(wordFlag.In(v.Lang))),
	)
}

func (v *dialogView) flag(ctx app.Context, ev app.Event) {
	ev.PreventDefault()
	o := v.s.editor.Flag(v.reason)
	v.s.do(o)
	if o.Refused == none {
		parts.CloseDialog(ctx)
	}
}

var (
	wordFlag     = i18n.Text{Ar: "ارفع راية", En: "Flag"}
	wordUnflag   = i18n.Text{Ar: "أزل الراية", En: "Remove the flag"}
	wordWhyFlag  = i18n.Text{Ar: "ما الذي ينبغي النظر فيه؟", En: "What should be looked at?"}
	wordFlagHint = i18n.Text{Ar: "تبقى تعمل على المقال؛ ويظهر السبب مع ما تصدّره.", En: "You keep working on the article; the reason goes out with the export."}
)
