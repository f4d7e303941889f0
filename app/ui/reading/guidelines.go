package reading

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/ui/i18n"
	"hashiya/app/ui/markdown"
	"hashiya/app/ui/parts"
)

// renderGuidelines is the project's guidelines, then what each label is for.
func (v *inspectorView) renderGuidelines() app.UI {
	s, lang := v.s.editor.scheme, v.Lang
	text := strings.TrimSpace(s.Guidelines)
	var labels, scale []app.UI
	for _, l := range s.Labels {
		if help := l.Help.In(string(lang)); help != "" {
			labels = append(labels, app.Div().Class("help label-c"+strconv.Itoa(l.Color)).Body(
				app.Div().Class("help-head").Body(
					app.I().Class("label-dot"), app.B().Text(l.Names.In(string(lang))), app.Span().Class("label-code").Text(l.ID),
					app.If(l.Key != "", func() app.UI { return app.Kbd().Class("keycap push").Text(v.s.keyCap(l.Key)) }),
				),
				app.P().Text(help),
			))
		}
	}
	for _, l := range s.Stances {
		if help := l.Help.In(string(lang)); help != "" {
			look := stanceLook(s, l.ID)
			scale = append(scale, app.Div().Class("help "+look).Body(
				app.Div().Class("help-head").Body(parts.Icon(look), app.B().Text(l.Names.In(string(lang)))),
				app.P().Text(help),
			))
		}
	}
	return app.Div().Class("guidelines").Body(
		app.Div().Class("empty empty-small").Hidden(text != "").Body(parts.Icon("book"), app.P().Text(wordNoGuidelines.In(lang))),
		app.Div().Class("prose").Hidden(text == "").Body(markdown.Render(text)...),
		app.Section().Class("section").Hidden(len(labels) == 0).Body(append([]app.UI{sectionHead(wordLabels.In(lang), len(labels))}, labels...)...),
		app.Section().Class("section").Hidden(len(scale) == 0).Body(append([]app.UI{sectionHead(wordJudgements.In(lang), len(scale))}, scale...)...),
	)
}

var (
	wordNoGuidelines = i18n.Text{Ar: "لم يُكتب دليل لهذا المشروع بعد.", En: "This project has no guidelines yet."}
	wordJudgements   = i18n.Text{Ar: "الأحكام", En: "Judgements"}
)
