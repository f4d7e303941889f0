package reading

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
)

// renderMentions is the other mentions of the selected span that are offered.
func (v *inspectorView) renderMentions() []app.UI {
	e, lang := v.s.editor, v.Lang
	items, hidden := e.Mentions()
	if len(items)+hidden == 0 {
		return nil
	}
	span, _ := e.OfferedFor()
	checked := 0
	rows := make([]app.UI, len(items))
	for i, m := range items {
		if m.Checked {
			checked++
		}
		before, after := e.context(m.Start, m.End)
		rows[i] = &offeredRow{
			v: v, ID: m.ID(), Before: before, Text: e.Text(m.Start, m.End), After: after, Checked: m.Checked,
			Rule: ruleWords(m.Rule).In(lang), Class: e.labelClass(span.Label), TextLang: e.article.Lang,
			Dir: string(e.paragraphOf(m.Start).Dir), Place: e.paragraphNumber(m.Start), Lang: lang,
		}
	}
	return []app.UI{app.Section().Class("section offered").Aria("label", fill(wordOtherPlacesOf, "text", e.Text(span.Start, span.End)).In(lang)).Body(
		app.Div().Class("section-head").Body(
			app.Span().Text(wordOtherPlaces.In(lang)+" "), app.Bdi().Lang(e.article.Lang).Text(short(e.Text(span.Start, span.End), 40)),
			parts.IconButton("close", wordLeave.In(lang), v.dismissMentions).Class("push"),
		),
		app.Div().Body(rows...),
		app.Div().Class("row").Body(
			parts.Button("check", counted(countAdd, checked).In(lang), v.acceptMentions).Class("btn-primary").Disabled(checked == 0),
			app.Kbd().Class("keycap only-desktop").Text(v.s.keyCap("Semicolon")),
			app.If(hidden > 0, func() app.UI { return parts.Button("", counted(countMore, hidden).In(lang), v.moreMentions) }),
		),
	)}
}

func (v *inspectorView) acceptMentions(ctx app.Context, _ app.Event) {
	v.s.do(v.s.editor.AcceptMentions())
	v.s.reading()
}

func (v *inspectorView) dismissMentions(ctx app.Context, _ app.Event) {
	v.s.do(v.s.editor.DismissMentions())
	v.s.back()
}

func (v *inspectorView) moreMentions(ctx app.Context, _ app.Event) { v.s.do(v.s.editor.MoreMentions()) }

// offeredRow is one place: whether it is to become a mention, the words around
// it, and how it was found.
type offeredRow struct {
	app.Compo
	v *inspectorView

	ID, Before, Text, After, Rule, Class, TextLang, Dir string
	Place                                               int
	Checked                                             bool
	Lang                                                i18n.Lang
}

func (r *offeredRow) Render() app.UI {
	return app.Div().Class("offered-row "+r.Class).Body(
		app.Label().Class("check").Body(
			app.Input().Type("checkbox").Checked(r.Checked).DataSet("mention", r.ID).OnChange(r.check),
			app.Span().Class("offered-text").Body(
				app.Span().Class("mention-context").Lang(r.TextLang).Dir(r.Dir).Body(
					app.Text(r.Before), app.B().Text(r.Text), app.Text(r.After),
				),
				app.Span().Class("offered-rule").Text(r.Rule),
			),
		),
		app.Button().Type("button").Class("mention-place").Dir("ltr").DataSet("mention", r.ID).
			Aria("label", fill(wordGoThere, "paragraph", strconv.Itoa(r.Place)).In(r.Lang)).OnClick(r.reveal).Text("¶"+strconv.Itoa(r.Place)),
	)
}

func (r *offeredRow) check(ctx app.Context, _ app.Event) {
	r.v.s.do(r.v.s.editor.CheckMention(data(ctx, "mention")))
}

func (r *offeredRow) reveal(ctx app.Context, _ app.Event) {
	items, _ := r.v.s.editor.Mentions()
	for _, m := range items {
		if m.ID() == data(ctx, "mention") {
			r.v.s.surface.Reveal(m.Start, m.End)
		}
	}
}

var (
	wordOtherPlaces   = i18n.Text{Ar: "مواضع أخرى:", En: "Other places of"}
	wordOtherPlacesOf = i18n.Text{Ar: "مواضع أخرى: {text}", En: "Other places of {text}"}
	wordLeave         = i18n.Text{Ar: "اتركها", En: "Leave them"}
	wordGoThere       = i18n.Text{Ar: "اذهب إلى الفقرة {paragraph}", En: "Go to paragraph {paragraph}"}

	countAdd = i18n.Count{
		ArZero: "أضف المختار", ArOne: "أضف موضعًا", ArTwo: "أضف موضعين", ArFew: "أضف {n} مواضع", ArMany: "أضف {n} موضعًا", ArOther: "أضف {n} موضع",
		EnOne: "Add 1 place", EnOther: "Add {n} places",
	}
	countMore = i18n.Count{
		ArZero: "لا مزيد", ArOne: "موضع آخر أقل احتمالًا", ArTwo: "موضعان آخران أقل احتمالًا", ArFew: "{n} مواضع أخرى أقل احتمالًا", ArMany: "{n} موضعًا آخر أقل احتمالًا", ArOther: "{n} موضع آخر أقل احتمالًا",
		EnOne: "1 more, less likely", EnOther: "{n} more, less likely",
	}
)
