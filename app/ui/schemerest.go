package ui

import (
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/scheme"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/markdown"
	"hashiya/app/ui/parts"
)

// renderTargets is what every article is judged on as a whole, in the order in
// which it is asked.
func (s *schemeScreen) renderTargets(lang i18n.Lang, faults []fault) app.UI {
	var rows []app.UI
	for i, t := range s.draft.Next.Targets {
		name := targetNumber.With(lang, "n", strconv.Itoa(i+1))
		why := faultsOf(faults, row{targetRows, i}, lang)
		use := ""
		if slices.Contains(s.draft.Base.Targets, t) {
			use = used(lang, s.use.Targets, t, judgementsOn)
		}
		button := func(icon string, words i18n.Text, on app.EventHandler) app.HTMLButton {
			return parts.IconButton(icon, words.With(lang, "name", name), on).DataSet("list", targetRows).DataSet("at", i)
		}
		rows = append(rows, app.Li().Class("edit-row").Body(
			app.Div().Class("edit-head").Body(
				app.Input().Type("text").Class("input").ID("target-"+strconv.Itoa(i)).Dir("auto").Attr("autocomplete", "off").
					Aria("label", name).Aria("invalid", strconv.FormatBool(why != "")).DataSet("at", i).Attr("value", t).OnInput(s.setTarget),
				app.Div().Class("edit-moves").Body(
					button("chevron-down", moveUp, s.moveUp).Class("icon-up").Disabled(i == 0),
					button("chevron-down", moveDown, s.moveDown).Class("icon-down").Disabled(i == len(s.draft.Next.Targets)-1),
					button("trash", removeTarget, s.dropTarget),
				),
			),
			app.P().Class("field-hint").Hidden(use == "").Text(use),
			parts.FieldError(why),
		))
	}
	return app.Section().Class("card").ID("scheme-targets").Body(
		app.H2().Class("card-title").Text(targetsTitle.In(lang)),
		app.P().Class("field-hint").Text(targetsHint.In(lang)),
		app.Ul().Class("edit-list").Body(rows...),
		app.Div().Class("form-actions").Body(parts.Button("plus", addTarget.In(lang), s.addTarget).ID("target-add")),
	)
}

func (s *schemeScreen) addTarget(ctx app.Context, _ app.Event) {
	s.draft.Next.Targets = append(s.draft.Next.Targets, "")
	s.keep()
	focusOn(ctx, "target-"+strconv.Itoa(len(s.draft.Next.Targets)-1))
}

func (s *schemeScreen) setTarget(ctx app.Context, _ app.Event) {
	if at := rowOf(ctx).at; at >= 0 && at < len(s.draft.Next.Targets) {
		s.draft.Next.Targets[at] = ctx.JSSrc().Get("value").String()
		s.keep()
	}
}

func (s *schemeScreen) dropTarget(ctx app.Context, _ app.Event) {
	at := rowOf(ctx).at
	if at < 0 || at >= len(s.draft.Next.Targets) {
		return
	}
	drop := func() { s.draft.Next.Targets = slices.Delete(s.draft.Next.Targets, at, at+1) }
	if strings.TrimSpace(s.draft.Next.Targets[at]) == "" {
		drop()
		s.keep()
		return
	}
	s.undoable(ctx, retiredText, drop)
}

// renderGuidelines is the guidelines as they are written, and as annotators see
// them.
func (s *schemeScreen) renderGuidelines(lang i18n.Lang, faults []fault) app.UI {
	text := s.draft.Next.Guidelines
	return app.Section().Class("card").ID("scheme-guidelines").Body(
		app.H2().Class("card-title").Text(guidelinesTitle.In(lang)),
		app.Div().Class("guidelines-edit").Body(
			app.Div().Class("field").Body(
				app.Label().For("guidelines").Text(markdownText.In(lang)),
				app.Textarea().Class("textarea").ID("guidelines").Rows(16).Dir("auto").Attr("spellcheck", "true").
					Aria("describedby", "guidelines-hint").Attr("value", text).OnInput(s.setGuidelines),
				app.P().Class("field-hint").ID("guidelines-hint").Text(markdownHint.In(lang)),
				parts.FieldError(faultsOf(faults, row{"guidelines", -1}, lang)),
			),
			app.Div().Class("field").Body(
				app.Span().Class("field-label").Text(previewText.In(lang)),
				app.Div().Class("prose preview").ID("guidelines-preview").TabIndex(0).Role("region").Aria("label", previewText.In(lang)).
					Body(markdown.Render(text)...),
			),
		),
	)
}

func (s *schemeScreen) setGuidelines(ctx app.Context, _ app.Event) {
	s.draft.Next.Guidelines = ctx.JSSrc().Get("value").String()
	s.keep()
}

// renderSuggesting is the switch that keeps annotators independent of each
// other.
func (s *schemeScreen) renderSuggesting(lang i18n.Lang) app.UI {
	return app.Section().Class("card").ID("suggesting").Body(
		app.H2().Class("card-title").Text(suggestingText.In(lang)),
		app.Label().Class("check").Body(
			app.Input().Type("checkbox").ID("suggest").Checked(!s.draft.Next.Unassisted).OnChange(s.setSuggesting),
			app.Span().Text(suggestText.In(lang)),
		),
		app.P().Class("field-hint").Text(suggestHint.In(lang)),
	)
}

func (s *schemeScreen) setSuggesting(ctx app.Context, _ app.Event) {
	s.draft.Next.Unassisted = !ctx.JSSrc().Get("checked").Bool()
	s.keep()
}

// renderPresets offers schemes to start from.
func (s *schemeScreen) renderPresets(lang i18n.Lang) app.UI {
	return app.Section().Class("card").ID("presets").Body(
		app.H2().Class("card-title").Text(presetsTitle.In(lang)),
		app.P().Class("field-hint").Text(presetsHint.In(lang)),
		app.Div().Class("form-actions").Body(app.Range(presets).Slice(func(i int) app.UI {
			return parts.Button("", presets[i].name.In(lang), s.begin).DataSet("at", i).ID("preset-" + strconv.Itoa(i))
		})),
	)
}

func (s *schemeScreen) begin(ctx app.Context, _ app.Event) {
	at := rowOf(ctx).at
	if at < 0 || at >= len(presets) {
		return
	}
	preset, _ := scheme.ByPreset(presets[at].id)
	if presets[at].optional {
		preset.Labels = append(preset.Labels, scheme.DefaultOptional()...)
	}
	s.undoable(ctx, begunText, func() {
		s.draft.begin(preset)
		s.open = row{}
	})
}

var presets = []struct {
	id       string
	optional bool
	name     i18n.Text
}{
	{"hashiya", false, i18n.Text{Ar: "حاشية: 10 وسوم", En: "Hashiya: 10 labels"}},
	{"hashiya", true, i18n.Text{Ar: "حاشية مع الاختيارية: 14 وسمًا", En: "Hashiya with the optional ones: 14 labels"}},
	{"wojood", false, i18n.Text{Ar: "وجود: 21 وسمًا", En: "Wojood: 21 labels"}},
}

// renderSchemeText is a scheme to read.
func renderSchemeText(lang i18n.Lang, s scheme.Scheme, letter func(code string) string) app.UI {
	var labels, scale []app.UI
	for _, l := range s.Labels {
		labels = append(labels, renderHelp("label-c"+strconv.Itoa(l.Color), app.I().Class("label-dot"), l.Names.In(string(lang)), l.ID, keyName(l.Key, letter), l.Help.In(string(lang))))
	}
	for _, l := range s.Stances {
		scale = append(scale, renderHelp(stanceClass(l), parts.Icon(stanceClass(l)), l.Names.In(string(lang)), "", "", l.Help.In(string(lang))))
	}
	return app.Div().Class("page-section").Body(
		app.Section().Class("card").ID("scheme-labels").Body(app.H2().Class("card-title").Text(labelsTitle.In(lang)), app.Div().Class("stack").Body(labels...)),
		app.Section().Class("card").ID("scheme-stances").Body(app.H2().Class("card-title").Text(scaleText.In(lang)), app.Div().Class("stack").Body(scale...)),
		app.Section().Class("card").ID("scheme-targets").Hidden(len(s.Targets) == 0).Body(
			app.H2().Class("card-title").Text(targetsTitle.In(lang)),
			app.Ol().Class("target-list").Body(app.Range(s.Targets).Slice(func(i int) app.UI {
				return app.Li().Class("bidi").Dir("auto").Text(s.Targets[i])
			})),
		),
		app.Section().Class("card").ID("scheme-guidelines").Hidden(strings.TrimSpace(s.Guidelines) == "").Body(
			app.H2().Class("card-title").Text(guidelinesTitle.In(lang)),
			app.Div().Class("prose").Body(markdown.Render(s.Guidelines)...),
		),
		app.Section().Class("card").ID("scheme-retired").Hidden(len(s.Retired) == 0).Body(
			app.H2().Class("card-title").Text(retiredTitle.In(lang)),
			app.Div().Class("row").Body(app.Range(s.Retired).Slice(func(i int) app.UI {
				return app.Span().Class("chip").Title(s.Retired[i].ID).Text(s.Retired[i].Names.In(string(lang)))
			})),
		),
	)
}

func renderHelp(class string, mark app.UI, name, id, key, help string) app.UI {
	return app.Div().Class("help "+class).Body(
		app.Div().Class("help-head").Body(
			mark, app.B().Text(name), app.Span().Class("label-code").Dir("ltr").Text(id),
			app.Elem("kbd").Class("keycap push").Hidden(key == "").Text(key),
		),
		app.P().Hidden(help == "").Text(help),
	)
}

var (
	targetsTitle    = i18n.Text{Ar: "الأهداف المطلوبة", En: "Required targets"}
	targetsHint     = i18n.Text{Ar: "يُحكم على موقف كل مقال منها قبل أن يُعدّ منجزًا. من غيّر نصّ هدف فقد كتب هدفًا جديدًا.", En: "Each article is judged on each of them before it counts as done. A target with other words is another target."}
	addTarget       = i18n.Text{Ar: "هدف جديد", En: "New target"}
	removeTarget    = i18n.Text{Ar: "احذف: {name}", En: "Remove: {name}"}
	guidelinesTitle = i18n.Text{Ar: "الإرشادات", En: "Guidelines"}
	markdownText    = i18n.Text{Ar: "النص", En: "Text"}
	markdownHint    = i18n.Text{Ar: "# عنوان، - قائمة، 1. قائمة مرقّمة، **عريض**، *مائل*، > اقتباس.", En: "# heading, - list, 1. numbered list, **bold**, *italic*, > quotation."}
	previewText     = i18n.Text{Ar: "كما يراها الواسم", En: "As annotators see it"}
	presetsTitle    = i18n.Text{Ar: "ابدأ من دليل جاهز", En: "Start from a preset"}
	presetsHint     = i18n.Text{Ar: "يحلّ محلّ الوسوم في المسودة. ما لا يذكره الدليل الجاهز يُترك ولا يُحذف، وتبقى الأهداف.", En: "It takes the place of the labels in the draft. What the preset hasn't is retired, not deleted; the targets stay."}
	begunText       = i18n.Text{Ar: "المسودة الآن من الدليل الجاهز.", En: "The draft is the preset's now."}
	suggestingText  = i18n.Text{Ar: "الاقتراحات", En: "Suggestions"}
	suggestText     = i18n.Text{Ar: "اقترِح الوسوم قبل أن يبدأ الواسم", En: "Suggest labels before an annotator begins"}
	suggestHint     = i18n.Text{
		Ar: "من وسوم الجميع في المشروع ومن أسماء الدول. أوقفها حين يُراد أن يعمل كل واسم مستقلًّا عن غيره.",
		En: "From everybody's labels in the project and from names of countries. Switch them off where annotators are to work independently.",
	}
	judgementsOn = i18n.Count{
		ArZero: "لا حكم", ArOne: "حكم واحد", ArTwo: "حكمان", ArFew: "{n} أحكام", ArMany: "{n} حكمًا", ArOther: "{n} حكم",
		EnOne: "1 judgement", EnOther: "{n} judgements",
	}
)
