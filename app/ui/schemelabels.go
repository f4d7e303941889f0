package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/scheme"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
)

// renderLabels is the labels in their order, each with its form on request.
func (s *schemeScreen) renderLabels(lang i18n.Lang, faults []fault) app.UI {
	d := &s.draft
	var rows []app.UI
	for i, l := range d.Next.Labels {
		rows = append(rows, s.renderRow(lang, rowView{
			row: row{labelRows, i}, of: len(d.Next.Labels), class: "label-c" + strconv.Itoa(l.Color), names: l.Names, id: l.ID,
			key: l.Key, use: used(lang, s.use.Labels, l.ID, spansUse), fault: faultsOf(faults, row{labelRows, i}, lang),
			form: func() app.UI { return s.renderLabelForm(lang, i, l) },
		}))
	}
	var retired []app.UI
	for i, l := range d.Next.Retired {
		retired = append(retired, s.renderRetired(lang, row{labelRows, i}, l.Names, l.ID, used(lang, s.use.Labels, l.ID, spansUse)))
	}
	return app.Section().Class("card").ID("scheme-labels").Body(
		app.H2().Class("card-title").Text(labelsTitle.In(lang)),
		app.P().Class("field-error").Hidden(faultsOf(faults, row{labelRows, -1}, lang) == "").Text(faultsOf(faults, row{labelRows, -1}, lang)),
		app.Ul().Class("edit-list").Body(rows...),
		app.Div().Class("form-actions").Body(append([]app.UI{parts.Button("plus", addLabel.In(lang), s.addLabel).ID("label-add")}, s.renderOptional(lang)...)...),
		app.Div().Class("retired").Hidden(len(retired) == 0).Body(
			app.H3().Class("field-label").Text(retiredTitle.In(lang)),
			app.P().Class("field-hint").Text(retiredHint.In(lang)),
			app.Ul().Class("edit-list").Body(retired...),
		),
	)
}

// renderOptional offers the labels that come with the preset and are not taken
// yet.
func (s *schemeScreen) renderOptional(lang i18n.Lang) (out []app.UI) {
	for i, l := range scheme.DefaultOptional() {
		if _, known := s.draft.Next.Known(l.ID); !known {
			out = append(out, parts.Button("plus", l.Names.In(string(lang)), s.addOptional).Class("btn-quiet").DataSet("at", i))
		}
	}
	return out
}

// rowView is a row of a list that is changed.
type rowView struct {
	row
	of                  int // rows of the list
	class               string
	icon                string // instead of the label's dot
	names               scheme.Names
	id, key, use, fault string
	form                func() app.UI
}

func (s *schemeScreen) renderRow(lang i18n.Lang, v rowView) app.UI {
	name := shownName(lang, v.names, v.id)
	open := s.open == v.row
	button := func(icon string, words i18n.Text, on app.EventHandler) app.HTMLButton {
		return parts.IconButton(icon, words.With(lang, "name", name), on).DataSet("list", v.list).DataSet("at", v.at)
	}
	class := "edit-row " + v.class
	if v.fault != "" {
		class += " is-faulty"
	}
	var mark app.UI = app.I().Class("label-dot").Aria("hidden", "true")
	if v.icon != "" {
		mark = parts.Icon(v.icon)
	}
	return app.Li().Class(class).Body(
		app.Div().Class("edit-head").Body(
			app.Button().Type("button").Class("edit-open").ID(v.list+"-"+strconv.Itoa(v.at)).Aria("expanded", strconv.FormatBool(open)).
				DataSet("list", v.list).DataSet("at", v.at).OnClick(s.toggle).Body(
				mark,
				app.Span().Class("label-name bidi").Text(name),
				app.Span().Class("label-code").Dir("ltr").Text(v.id),
				app.Elem("kbd").Class("keycap").Hidden(v.key == "").Text(keyName(v.key, s.Client.Browser.KeyLetter)),
				app.Span().Class("edit-use").Text(v.use),
				parts.Icon("edit"),
			),
			app.Div().Class("edit-moves").Body(
				button("chevron-down", moveUp, s.moveUp).Class("icon-up").Disabled(v.at == 0),
				button("chevron-down", moveDown, s.moveDown).Class("icon-down").Disabled(v.at == v.of-1),
			),
		),
		parts.FieldError(v.fault),
		app.Div().Class("slot").Body(app.If(open, v.form)),
	)
}

func (s *schemeScreen) renderRetired(lang i18n.Lang, r row, names scheme.Names, id, use string) app.UI {
	name := shownName(lang, names, id)
	return app.Li().Class("edit-row label-c0").Body(app.Div().Class("edit-head").Body(
		app.Span().Class("edit-open").Body(
			app.I().Class("label-dot").Aria("hidden", "true"),
			app.Span().Class("label-name bidi").Text(name),
			app.Span().Class("label-code").Dir("ltr").Text(id),
			app.Span().Class("edit-use").Text(use),
		),
		parts.Button("undo", restoreText.In(lang), s.restoreRow).Class("btn-quiet").Aria("label", restoreNamed.With(lang, "name", name)).
			DataSet("list", r.list).DataSet("at", r.at),
	))
}

func (s *schemeScreen) renderLabelForm(lang i18n.Lang, at int, l scheme.Label) app.UI {
	fixed := s.draft.fixed(at)
	return app.Div().Class("edit-form form").Body(
		app.Div().Class("field-row").Body(
			s.input("label-ar", arabicName.In(lang), "ar", "rtl", l.Names.Ar),
			s.input("label-en", englishName.In(lang), "en", "ltr", l.Names.En),
		),
		app.Div().Class("field-row").Body(
			app.Div().Class("field").Body(
				app.Label().For("label-id").Text(idName.In(lang)),
				app.Input().Type("text").Class("input").ID("label-id").Dir("ltr").DataSet("field", "id").Attr("value", l.ID).
					Attr("autocomplete", "off").MaxLength(64).ReadOnly(fixed).Aria("describedby", "label-id-hint").OnInput(s.setText),
				app.P().Class("field-hint").ID("label-id-hint").Text(hintOf(fixed).In(lang)),
			),
			s.renderKey(lang, l),
		),
		s.renderColors(lang, at, l),
		app.Div().Class("field-row").Body(
			s.area("label-help-ar", arabicHelp.In(lang), "help-ar", "rtl", l.Help.Ar),
			s.area("label-help-en", englishHelp.In(lang), "help-en", "ltr", l.Help.En),
		),
		app.Div().Class("form-actions").Body(s.retireButton(lang, fixed)),
	)
}

func (s *schemeScreen) retireButton(lang i18n.Lang, fixed bool) app.UI {
	words := removeText
	if fixed {
		words = retireText
	}
	return parts.Button("trash", words.In(lang), s.retireRow).Class("btn-danger").ID("row-retire")
}

func hintOf(fixed bool) i18n.Text {
	if fixed {
		return idFixed
	}
	return idHint
}

// input is a text field of the open row.
func (s *schemeScreen) input(id, name, field, dir, value string) app.UI {
	return app.Div().Class("field").Body(
		app.Label().For(id).Text(name),
		app.Input().Type("text").Class("input").ID(id).Dir(dir).Attr("autocomplete", "off").MaxLength(100).
			DataSet("field", field).Attr("value", value).OnInput(s.setText),
	)
}

func (s *schemeScreen) area(id, name, field, dir, value string) app.UI {
	return app.Div().Class("field").Body(
		app.Label().For(id).Text(name),
		app.Textarea().Class("textarea").ID(id).Rows(3).Dir(dir).MaxLength(1000).DataSet("field", field).Attr("value", value).OnInput(s.setText),
	)
}

// renderKey takes a key by its place on the keyboard: press the button, then
// the key.
func (s *schemeScreen) renderKey(lang i18n.Lang, l scheme.Label) app.UI {
	says := noKey.In(lang)
	if l.Key != "" {
		says = keyName(l.Key, s.Client.Browser.KeyLetter)
	}
	if s.keyWaits {
		says = pressKey.In(lang)
	}
	return app.Div().Class("field").Body(
		app.Span().Class("field-label").ID("label-key-name").Text(keyTitle.In(lang)),
		app.Div().Class("input-group").Body(
			app.Button().Type("button").Class("btn key-button").ID("label-key").Aria("labelledby", "label-key-name label-key").
				Aria("pressed", strconv.FormatBool(s.keyWaits)).OnClick(s.waitForKey).OnKeyDown(s.pressed).OnBlur(s.keyLeft).
				Body(parts.Icon("keyboard"), app.Span().Text(says)),
			parts.IconButton("close", noKeyText.In(lang), s.dropKey).Disabled(l.Key == ""),
		),
		app.P().Class("field-error").Role("alert").Hidden(s.keyFault == i18n.Text{}).Text(s.keyFault.In(lang)),
		app.P().Class("field-hint").Hidden(s.keyFault != i18n.Text{}).Text(keyHint.In(lang)),
	)
}

// renderColors is the palette; every colour says its contrast with the page.
func (s *schemeScreen) renderColors(lang i18n.Lang, at int, l scheme.Label) app.UI {
	var swatches []app.UI
	for c := 1; c <= scheme.Colors; c++ {
		name := colorNames[c-1].In(lang)
		if r := s.colors[c]; r > 0 {
			name = colorName.With(lang, "color", name, "ratio", ratio(r))
		}
		for i, other := range s.draft.Next.Labels {
			if i != at && other.Color == c {
				name += " · " + colorOf.With(lang, "label", shownName(lang, other.Names, other.ID))
				break
			}
		}
		swatches = append(swatches, app.Button().Type("button").Class("swatch label-c"+strconv.Itoa(c)).ID("color-"+strconv.Itoa(c)).Role("radio").
			Aria("checked", strconv.FormatBool(l.Color == c)).Aria("label", name).Title(name).DataSet("color", c).OnClick(s.setColor).
			Body(app.Span().Class("swatch-letter").Aria("hidden", "true").Text("ب")))
	}
	chosen := colorNames[max(0, min(l.Color, scheme.Colors)-1)].In(lang)
	if r := s.colors[l.Color]; r > 0 {
		chosen = colorName.With(lang, "color", chosen, "ratio", ratio(r))
	}
	return app.Div().Class("field").Body(
		app.Span().Class("field-label").ID("color-name").Text(colorTitle.In(lang)),
		app.Div().Class("swatches").ID("swatches").Role("radiogroup").Aria("labelledby", "color-name").Body(swatches...),
		app.P().Class("field-hint").Text(chosen),
	)
}

func ratio(r float64) string { return strconv.FormatFloat(r, 'f', 1, 64) + ":1" }

// measure reads from the page how well each colour stands on it.
func (s *schemeScreen) measure(app.Context) {
	group := app.Window().GetElementByID("swatches")
	if !group.Truthy() {
		return
	}
	style := func(el app.Value, property string) string {
		return app.Window().Call("getComputedStyle", el).Get(property).String()
	}
	ground := style(group, "backgroundColor")
	s.colors = map[int]float64{}
	for c := 1; c <= scheme.Colors; c++ {
		if el := app.Window().GetElementByID("color-" + strconv.Itoa(c)); el.Truthy() {
			s.colors[c] = contrast(style(el, "color"), ground)
		}
	}
}

// renderStances is the stance scale in its order: the digits give its labels.
func (s *schemeScreen) renderStances(lang i18n.Lang, faults []fault) app.UI {
	d := &s.draft
	var rows []app.UI
	for i, l := range d.Next.Stances {
		rows = append(rows, s.renderRow(lang, rowView{
			row: row{stanceRows, i}, of: len(d.Next.Stances), class: stanceClass(l), icon: stanceClass(l), names: l.Names, id: l.ID,
			key: digitKey(i), use: used(lang, s.use.Stances, l.ID, stancesUse), fault: faultsOf(faults, row{stanceRows, i}, lang),
			form: func() app.UI { return s.renderStanceForm(lang, i, l) },
		}))
	}
	var retired []app.UI
	for i, l := range d.Next.RetiredStances {
		retired = append(retired, s.renderRetired(lang, row{stanceRows, i}, l.Names, l.ID, used(lang, s.use.Stances, l.ID, stancesUse)))
	}
	return app.Section().Class("card").ID("scheme-stances").Body(
		app.H2().Class("card-title").Text(scaleText.In(lang)),
		app.P().Class("field-hint").Text(scaleHint.In(lang)),
		app.Ul().Class("edit-list").Body(rows...),
		app.Div().Class("form-actions").Body(parts.Button("plus", addStance.In(lang), s.addStance).ID("stance-add")),
		app.Div().Class("retired").Hidden(len(retired) == 0).Body(
			app.H3().Class("field-label").Text(retiredTitle.In(lang)),
			app.Ul().Class("edit-list").Body(retired...),
		),
	)
}

func digitKey(at int) string {
	if at > 8 {
		return ""
	}
	return "Digit" + strconv.Itoa(at+1)
}

// stanceClass is the style of a stance label: the presets' own, else that of
// its side.
func stanceClass(l scheme.StanceLabel) string {
	switch {
	case l.ID == "discuss" || l.ID == "unclear":
		return "stance-" + l.ID
	case l.Sign > 0:
		return "stance-favor"
	case l.Sign < 0:
		return "stance-against"
	}
	return "stance-neutral"
}

func (s *schemeScreen) renderStanceForm(lang i18n.Lang, at int, l scheme.StanceLabel) app.UI {
	fixed := s.draft.fixedStance(at)
	var sides []app.UI
	for i, name := range sideNames {
		sign := 1 - i
		sides = append(sides, app.Button().Type("button").Aria("pressed", strconv.FormatBool(l.Sign == sign)).DataSet("sign", sign).
			OnClick(s.setSign).Text(name.In(lang)))
	}
	return app.Div().Class("edit-form form").Body(
		app.Div().Class("field-row").Body(
			s.input("stance-ar", arabicName.In(lang), "ar", "rtl", l.Names.Ar),
			s.input("stance-en", englishName.In(lang), "en", "ltr", l.Names.En),
		),
		app.Div().Class("field-row").Body(
			app.Div().Class("field").Body(
				app.Label().For("stance-id").Text(idName.In(lang)),
				app.Input().Type("text").Class("input").ID("stance-id").Dir("ltr").DataSet("field", "id").Attr("value", l.ID).
					Attr("autocomplete", "off").MaxLength(64).ReadOnly(fixed).Aria("describedby", "stance-id-hint").OnInput(s.setText),
				app.P().Class("field-hint").ID("stance-id-hint").Text(hintOf(fixed).In(lang)),
			),
			app.Div().Class("field").Body(
				app.Span().Class("field-label").ID("side-name").Text(sideTitle.In(lang)),
				app.Div().Class("segmented").Role("group").Aria("labelledby", "side-name").Body(sides...),
			),
		),
		app.Div().Class("field-row").Body(
			s.area("stance-help-ar", arabicHelp.In(lang), "help-ar", "rtl", l.Help.Ar),
			s.area("stance-help-en", englishHelp.In(lang), "help-en", "ltr", l.Help.En),
		),
		app.Div().Class("form-actions").Body(s.retireButton(lang, fixed)),
	)
}

var (
	labelsTitle  = i18n.Text{Ar: "الوسوم", En: "Labels"}
	addLabel     = i18n.Text{Ar: "وسم جديد", En: "New label"}
	addStance    = i18n.Text{Ar: "حكم جديد", En: "New stance label"}
	scaleHint    = i18n.Text{Ar: "ترتيبها هو ترتيب أرقامها على لوحة المفاتيح.", En: "Their order is that of their digits on the keyboard."}
	retiredTitle = i18n.Text{Ar: "المتروك", En: "Retired"}
	retiredHint  = i18n.Text{Ar: "لا تُعرض للوسم، وما وُسم بها يبقى وينبَّه إليه الواسم.", En: "They are not offered. What bears them stays, and is shown to its annotator."}
	restoreText  = i18n.Text{Ar: "أعده", En: "Bring back"}
	restoreNamed = i18n.Text{Ar: "أعده: {name}", En: "Bring back: {name}"}
	retireText   = i18n.Text{Ar: "اتركه", En: "Retire"}
	removeText   = i18n.Text{Ar: "احذفه", En: "Remove"}
	moveUp       = i18n.Text{Ar: "إلى أعلى: {name}", En: "Move up: {name}"}
	moveDown     = i18n.Text{Ar: "إلى أسفل: {name}", En: "Move down: {name}"}
	arabicName   = i18n.Text{Ar: "الاسم بالعربية", En: "Name in Arabic"}
	englishName  = i18n.Text{Ar: "الاسم بالإنجليزية", En: "Name in English"}
	arabicHelp   = i18n.Text{Ar: "شرحه وأمثلته بالعربية", En: "Help and examples in Arabic"}
	englishHelp  = i18n.Text{Ar: "شرحه وأمثلته بالإنجليزية", En: "Help and examples in English"}
	idName       = i18n.Text{Ar: "الرمز", En: "Id"}
	idHint       = i18n.Text{Ar: "يظهر فوق النص وفي الملفات المصدَّرة، ولا يتغيّر بعد الحفظ.", En: "It shows above the text and in exports, and is fixed once saved."}
	idFixed      = i18n.Text{Ar: "لا يتغيّر: ربما وُسم به على جهاز لم يتصل بعد.", En: "It is fixed: a device that is offline may have used it already."}
	keyTitle     = i18n.Text{Ar: "المفتاح", En: "Key"}
	keyHint      = i18n.Text{Ar: "بموضعه على لوحة المفاتيح، أيًّا كانت لغتها.", En: "By its place on the keyboard, whatever the layout."}
	noKey        = i18n.Text{Ar: "بلا مفتاح", En: "No key"}
	noKeyText    = i18n.Text{Ar: "بلا مفتاح", En: "Without a key"}
	pressKey     = i18n.Text{Ar: "اضغط المفتاح…", En: "Press the key…"}
	colorTitle   = i18n.Text{Ar: "اللون", En: "Colour"}
	colorName    = i18n.Text{Ar: "{color}، تباينه مع الصفحة {ratio}", En: "{color}, contrast with the page {ratio}"}
	colorOf      = i18n.Text{Ar: "لون: {label}", En: "colour of {label}"}
	sideTitle    = i18n.Text{Ar: "الجهة", En: "Side"}
	sideNames    = []i18n.Text{{Ar: "مع", En: "For"}, {Ar: "بلا جهة", En: "None"}, {Ar: "ضدّ", En: "Against"}}
	colorNames   = []i18n.Text{
		{Ar: "أزرق", En: "Blue"}, {Ar: "بنّي", En: "Brown"}, {Ar: "أخضر", En: "Green"}, {Ar: "فيروزي", En: "Teal"}, {Ar: "بنفسجي", En: "Violet"},
		{Ar: "وردي", En: "Pink"}, {Ar: "زيتوني", En: "Olive"}, {Ar: "أحمر", En: "Red"}, {Ar: "رمادي مزرق", En: "Slate"}, {Ar: "ترابي", En: "Taupe"},
		{Ar: "نيلي", En: "Indigo"}, {Ar: "طحلبي", En: "Moss"}, {Ar: "سماوي", En: "Azure"}, {Ar: "أرجواني", En: "Purple"},
	}
)
