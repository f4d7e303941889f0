package reading

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
)

// renderRequired is a row for each required target: what the article as a whole
// says of it. It stands above the other stances.
func (v *inspectorView) renderRequired() app.UI {
	e, lang := v.s.editor, v.Lang
	targets := e.scheme.Targets
	open := len(e.layer.NotJudged(targets))
	rows := []app.UI{app.Div().Class("section-head").Body(
		app.Span().Text(wordArticleStance.In(lang)),
		app.Span().Class("count").Text(fill(wordDoneOf, "done", strconv.Itoa(len(targets)-open), "of", strconv.Itoa(len(targets))).In(lang)),
		app.Kbd().Class("keycap push").Text(v.s.keyCap("KeyB")),
	)}
	for _, t := range targets {
		rows = append(rows, v.renderTarget(t))
	}
	return app.Section().Class("section required").Aria("label", wordArticleStance.In(lang)).Hidden(len(targets) == 0).Body(rows...)
}

func (v *inspectorView) renderTarget(target string) app.UI {
	e, lang := v.s.editor, v.Lang
	s, judged := e.layer.Judgement(target)
	class, state := "target", wordNotJudged.In(lang)
	if judged {
		class, state = "target is-judged", stanceName(e.scheme, s.Label, lang)
	}
	if e.required == target {
		class += " is-selected"
	}
	var scale []app.UI
	for i, l := range e.scheme.Stances {
		look := stanceLook(e.scheme, l.ID)
		name := l.Names.In(string(lang))
		scale = append(scale, app.Button().Type("button").Class("target-choice "+look).Role("radio").
			Aria("checked", strconv.FormatBool(judged && s.Label == l.ID)).Aria("label", name).
			Title(name+" · "+strconv.Itoa(i+1)).DataSet("target", target).DataSet("label", l.ID).Disabled(e.locked() != none).
			OnClick(v.judge).Body(parts.Icon(look)))
	}
	return app.Div().Class(class).Body(
		app.Div().Class("target-head").Body(
			app.Span().Class("target-name bidi").Dir("auto").Text(target),
			app.Span().Class("target-state").Text(state),
		),
		app.Div().Class("target-scale").Role("radiogroup").Aria("label", target).Body(append(scale,
			app.Button().Type("button").Class("btn-icon").Aria("label", wordUnjudge.In(lang)).Title(wordUnjudge.In(lang)+" · 0").
				DataSet("target", target).Disabled(!judged || e.locked() != none).OnClick(v.unjudge).Body(parts.Icon("undo")),
			app.Button().Type("button").Class("btn-icon").Aria("label", wordEdit.In(lang)).Title(wordEdit.In(lang)).
				DataSet("stance", s.ID).Disabled(!judged || e.locked() != none).OnClick(v.editStance).Body(parts.Icon("edit")),
		)...),
	)
}

func (v *inspectorView) judge(ctx app.Context, _ app.Event) {
	v.s.do(v.s.editor.JudgeArticle(data(ctx, "target"), data(ctx, "label")))
}

func (v *inspectorView) unjudge(ctx app.Context, _ app.Event) {
	v.s.do(v.s.editor.UnjudgeArticle(data(ctx, "target")))
}

var (
	wordArticleStance = i18n.Text{Ar: "موقف المقال كله", En: "The article's own stance"}
	wordNotJudged     = i18n.Text{Ar: "لم يُحكم بعد", En: "Not judged"}
	wordUnjudge       = i18n.Text{Ar: "اسحب الحكم", En: "Take the judgement back"}
)
