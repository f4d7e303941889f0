package reading

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/annotation"
	"hashiya/app/scheme"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
)

func (v *inspectorView) renderStances() []app.UI {
	e, lang := v.s.editor, v.Lang
	l := e.Layer()
	out := []app.UI{v.renderRequired()}
	if d := e.Draft(); d != nil {
		out = append(out, &stanceForm{s: v.s, Draft: d.ID, Lang: lang, Turn: v.Turn})
	} else {
		out = append(out, app.Div().Class("row").Body(
			parts.Button("plus", wordNewStance.In(lang), v.newStance).Disabled(e.locked() != none),
			app.Kbd().Class("keycap").Text(v.s.keyCap("KeyS")),
		))
	}
	if len(l.Stances) == 0 && e.Draft() == nil {
		out = append(out, app.Div().Class("empty empty-small").Body(
			parts.Icon("speech"),
			app.P().Class("empty-title").Text(wordNoStances.In(lang)),
			app.P().Text(wordNoStancesHelp.In(lang)),
		))
	}
	for _, s := range l.Stances {
		if e.judgesArticle(&s.Stance) {
			continue // a row of renderRequired
		}
		out = append(out, v.renderStance(s))
	}
	return out
}

func (v *inspectorView) renderStance(s annotation.NamedStance) app.UI {
	e, lang := v.s.editor, v.Lang
	look := stanceLook(e.scheme, s.Label)
	class := "stance " + look
	lit := e.stance == s.ID
	if lit {
		class += " is-selected"
	}
	var quote []string
	for _, r := range s.Evidence {
		quote = append(quote, short(e.Text(r.Start, r.End), 120))
	}
	meta := []app.UI{app.Span().Text(modeNames[s.Mode].In(lang))}
	if s.Intensity > 0 {
		meta = append(meta, app.Span().Text(fill(wordIntensityIs, "n", strconv.Itoa(s.Intensity)).In(lang)))
	}
	if s.Certainty > 0 {
		meta = append(meta, app.Span().Text(fill(wordCertaintyIs, "n", strconv.Itoa(s.Certainty)).In(lang)))
	}
	for _, h := range s.Via {
		meta = append(meta, app.Span().Text(fill(wordViaIs, "source", e.HolderName(h)).In(lang)))
	}
	return app.Div().Class("stance-item").Body(
		app.Button().Type("button").Class(class).Aria("pressed", strconv.FormatBool(lit)).DataSet("stance", s.ID).OnClick(v.light).Body(
			app.Span().Class("stance-line").Body(
				app.Span().Class("stance-party bidi").Text(e.HolderName(s.Holder).In(lang)),
				app.Elem("svg").XMLNS("http://www.w3.org/2000/svg").Attr("class", "icon icon-flip stance-arrow").Attr("aria-hidden", "true").Body(
					app.Elem("use").XMLNS("http://www.w3.org/2000/svg").Attr("href", "/icons.svg#arrow"),
				),
				app.Span().Class("stance-party bidi").Text(e.TargetName(s.Target).In(lang)),
			),
			app.Span().Class("stance-label").Body(parts.Icon(look), app.Span().Text(stanceName(e.scheme, s.Label, lang))),
			app.Span().Class("stance-quote").Lang(e.article.Lang).Dir("auto").Text(strings.Join(quote, " … ")),
			app.Span().Class("stance-meta").Body(meta...),
		),
		app.If(lit, func() app.UI {
			return app.Div().Class("row").Body(
				parts.Button("edit", wordEdit.In(lang), v.editStance).DataSet("stance", s.ID).Disabled(e.locked() != none),
				parts.Button("trash", wordDelete.In(lang), v.deleteStance).Class("btn-danger").DataSet("stance", s.ID).Disabled(e.locked() != none),
			)
		}),
	)
}

func (v *inspectorView) newStance(ctx app.Context, _ app.Event) { v.s.do(v.s.editor.NewStance()) }
func (v *inspectorView) light(ctx app.Context, _ app.Event) {
	v.s.do(v.s.editor.ChooseStance(data(ctx, "stance")))
}
func (v *inspectorView) editStance(ctx app.Context, _ app.Event) {
	v.s.do(v.s.editor.EditStance(data(ctx, "stance")))
}
func (v *inspectorView) deleteStance(ctx app.Context, _ app.Event) {
	v.s.do(v.s.editor.DeleteStance(data(ctx, "stance")))
}

// stanceForm writes the editor's draft. What is typed goes into the draft at
// once, so that nothing is lost when the form renders again or the tab changes.
type stanceForm struct {
	app.Compo
	s *Screen

	Draft string // id of the stance, "" for a new one
	Lang  i18n.Lang
	Turn  int

	tried bool // to save
}

func (f *stanceForm) CompoID() string { return "stance " + f.Draft }

func (f *stanceForm) Render() app.UI {
	e, lang := f.s.editor, f.Lang
	d := e.Draft()
	if d == nil {
		return app.Form().Class("form").Hidden(true)
	}
	missing := e.Missing()
	holder, target, mode := d.Offered()
	return app.Form().Class("form stance-form").Aria("label", wordStanceForm.In(lang)).OnSubmit(f.save).Body(
		app.Div().Class("field").Body(
			f.fieldName("stance-holder", wordHolder, "KeyH", holder),
			app.Select().Class("select").ID("stance-holder").OnChange(f.holder).Body(f.holders(d.Holder)...),
		),
		app.Div().Class("field").Body(
			app.Label().For("stance-via").Text(wordVia.In(lang)),
			f.renderVia(d),
			app.Select().Class("select").ID("stance-via").OnChange(f.via).Body(f.holders(annotation.Holder{})...),
		),
		app.Div().Class("field").Body(
			f.fieldName("stance-target", wordTarget, "KeyU", target),
			app.Select().Class("select").ID("stance-target").OnChange(f.target).Body(f.targets(d.Target)...),
			app.Textarea().Class("textarea").ID("stance-claim").Rows(2).Dir("auto").Lang(e.article.Lang).
				Placeholder(wordClaimHint.In(lang)).Aria("label", wordClaim.In(lang)).
				Hidden(d.Target.Entity != "").Attr("value", d.Target.Claim).OnInput(f.claim),
		),
		app.Div().Class("field").Body(
			app.Span().Class("field-label").ID("stance-label").Text(wordJudgement.In(lang)),
			app.Div().Class("stance-scale").Role("radiogroup").Aria("labelledby", "stance-label").Body(f.scale(d)...),
		),
		app.Div().Class("field").Body(
			app.Div().Class("field-name").Body(
				app.Span().Class("field-label").ID("stance-mode").Text(wordMode.In(lang)), f.offeredChip(mode), app.Kbd().Class("keycap push").Text(f.s.keyCap("KeyI")),
			),
			app.Div().Class("segmented").Role("group").Aria("labelledby", "stance-mode").Body(f.modes(d)...),
		),
		app.Div().Class("field-row").Body(
			app.Div().Class("field").Body(
				app.Span().Class("field-label").ID("stance-intensity").Text(wordIntensity.In(lang)),
				app.Div().Class("segmented").Role("group").Aria("labelledby", "stance-intensity").Body(f.degrees(d.Intensity, f.intensity)...),
			),
			app.Div().Class("field").Body(
				app.Span().Class("field-label").ID("stance-certainty").Text(wordCertainty.In(lang)),
				app.Div().Class("segmented").Role("group").Aria("labelledby", "stance-certainty").Body(f.degrees(d.Certainty, f.certainty)...),
			),
		),
		app.Div().Class("field").Body(
			app.Span().Class("field-label").Text(wordEvidence.In(lang)),
			app.Div().Class("evidence").Body(f.pieces(d)...),
			parts.Button("evidence", wordAddEvidence.In(lang), f.addEvidence),
			app.P().Class("field-hint").Text(wordEvidenceHint.In(lang)),
		),
		app.Div().Class("field").Body(
			app.Label().For("stance-note").Text(wordNote.In(lang)),
			app.Textarea().Class("textarea").ID("stance-note").Rows(2).Dir("auto").Attr("value", d.Note).OnInput(f.note),
		),
		app.If(f.tried && len(missing) > 0, func() app.UI {
			return app.P().Class("field-error").Role("alert").Body(parts.Icon("warning"),
				app.Span().Text(fill(sayStanceLacks, "what", list(missing)).In(lang)))
		}),
		app.Div().Class("form-actions").Body(
			app.Button().Type("submit").Class("btn btn-primary").Text(wordSaveStance.In(lang)),
			parts.Button("", wordCancel.In(lang), f.cancel),
		),
	)
}

// The value of an option names a party: an entity's id behind "e:", or a word.
// None may be empty: go-app leaves an empty value out, and the browser then
// takes the option's text for it.
const (
	partyNobody   = "nobody"
	claimed       = "claim"
	partyAuthor   = "author"
	partyOutlet   = "outlet"
	partyImplicit = "implicit"
)

func (f *stanceForm) holders(chosen annotation.Holder) []app.UI {
	e, lang := f.s.editor, f.Lang
	out := []app.UI{app.Option().Value(partyNobody).Selected(chosen == annotation.Holder{}).Text(wordChoose.In(lang))}
	for _, n := range e.layer.Entities {
		out = append(out, app.Option().Value("e:"+n.ID).Selected(chosen.Entity == n.ID).Text(n.Name+" · "+n.Label))
	}
	return append(out,
		app.Option().Value(partyAuthor).Selected(chosen.Author).Text(wordAuthor.In(lang)),
		app.Option().Value(partyOutlet).Selected(chosen.Outlet).Text(e.HolderName(annotation.Holder{Outlet: true}).In(lang)),
		app.Option().Value(partyImplicit).Selected(chosen.Implicit).Text(wordImplicit.In(lang)),
	)
}

func party(value string) annotation.Holder {
	id, _ := strings.CutPrefix(value, "e:")
	switch value {
	case partyNobody:
		return annotation.Holder{}
	case partyAuthor:
		return annotation.Holder{Author: true}
	case partyOutlet:
		return annotation.Holder{Outlet: true}
	case partyImplicit:
		return annotation.Holder{Implicit: true}
	}
	return annotation.Holder{Entity: id}
}

func (f *stanceForm) targets(chosen annotation.Target) []app.UI {
	out := []app.UI{app.Option().Value(claimed).Selected(chosen.Entity == "").Text(wordClaim.In(f.Lang))}
	for _, n := range f.s.editor.layer.Entities {
		out = append(out, app.Option().Value("e:"+n.ID).Selected(chosen.Entity == n.ID).Text(n.Name+" · "+n.Label))
	}
	return out
}

func (f *stanceForm) renderVia(d *StanceDraft) app.UI {
	var chips []app.UI
	for i, h := range d.Via {
		chips = append(chips, app.Span().Class("chip").Body(
			app.Span().Class("bidi").Text(f.s.editor.HolderName(h).In(f.Lang)),
			app.Button().Type("button").Class("chip-remove").DataSet("i", i).Aria("label", wordRemove.In(f.Lang)).OnClick(f.dropVia).Body(parts.Icon("close")),
		))
	}
	return app.Div().Class("row").Hidden(len(chips) == 0).Body(chips...)
}

func (f *stanceForm) scale(d *StanceDraft) []app.UI {
	s := f.s.editor.scheme
	var out []app.UI
	for i, l := range s.Stances {
		look := stanceLook(s, l.ID)
		out = append(out, app.Button().Type("button").Class("stance-choice "+look).Role("radio").
			Aria("checked", strconv.FormatBool(d.Label == l.ID)).DataSet("label", l.ID).OnClick(f.label).
			Title(l.Help.In(string(f.Lang))).
			Body(parts.Icon(look), app.Span().Text(l.Names.In(string(f.Lang))), app.Kbd().Class("keycap").Text(strconv.Itoa(i+1))))
	}
	return out
}

func (f *stanceForm) modes(d *StanceDraft) []app.UI {
	var out []app.UI
	for _, m := range annotation.Modes {
		out = append(out, app.Button().Type("button").Aria("pressed", strconv.FormatBool(d.Mode == m)).
			DataSet("mode", string(m)).OnClick(f.mode).Text(modeNames[m].In(f.Lang)))
	}
	return out
}

func (f *stanceForm) degrees(chosen int, on app.EventHandler) []app.UI {
	var out []app.UI
	for n := 1; n <= 3; n++ {
		out = append(out, app.Button().Type("button").Aria("pressed", strconv.FormatBool(chosen == n)).
			DataSet("n", n).OnClick(on).Text(strconv.Itoa(n)))
	}
	return out
}

func (f *stanceForm) pieces(d *StanceDraft) []app.UI {
	e := f.s.editor
	var out []app.UI
	for _, r := range d.Evidence {
		out = append(out, app.Div().Class("evidence-chip").Lang(e.article.Lang).Dir(string(e.paragraphOf(r.Start).Dir)).Body(
			app.Button().Type("button").Class("evidence-text").DataSet("start", r.Start).DataSet("end", r.End).OnClick(f.reveal).
				Text(short(e.Text(r.Start, r.End), 90)),
			app.Button().Type("button").Class("chip-remove").DataSet("start", r.Start).DataSet("end", r.End).
				Aria("label", wordRemove.In(f.Lang)).OnClick(f.dropEvidence).Body(parts.Icon("close")),
		))
	}
	return out
}

// draft changes the draft and shows it, in the text too.
func (f *stanceForm) draft(change func(d *StanceDraft)) {
	if d := f.s.editor.Draft(); d != nil {
		change(d)
		f.s.paint(false)
		f.s.changed()
	}
}

func (f *stanceForm) holder(ctx app.Context, _ app.Event) {
	h := party(value(ctx))
	f.draft(func(d *StanceDraft) { d.Holder = h })
}

func (f *stanceForm) via(ctx app.Context, _ app.Event) {
	h := party(value(ctx))
	ctx.JSSrc().Set("value", partyNobody)
	if h != (annotation.Holder{}) {
		f.draft(func(d *StanceDraft) { d.Via = append(d.Via, h) })
	}
}

func (f *stanceForm) dropVia(ctx app.Context, _ app.Event) {
	i, _ := strconv.Atoi(data(ctx, "i"))
	f.draft(func(d *StanceDraft) {
		if i < len(d.Via) {
			d.Via = append(d.Via[:i:i], d.Via[i+1:]...)
		}
	})
}

func (f *stanceForm) target(ctx app.Context, _ app.Event) {
	id, entity := strings.CutPrefix(value(ctx), "e:")
	t := annotation.Target{Entity: id}
	if !entity { // what was written before, or nothing yet
		t = annotation.Target{Claim: app.Window().GetElementByID("stance-claim").Get("value").String()}
	}
	f.draft(func(d *StanceDraft) { d.Target = t })
}

func (f *stanceForm) claim(ctx app.Context, _ app.Event) {
	text := value(ctx)
	f.draft(func(d *StanceDraft) { d.Target = annotation.Target{Claim: text} })
}

func (f *stanceForm) label(ctx app.Context, _ app.Event) {
	id := data(ctx, "label")
	f.draft(func(d *StanceDraft) { d.Label = id })
}

func (f *stanceForm) mode(ctx app.Context, _ app.Event) {
	m := annotation.Mode(data(ctx, "mode"))
	f.draft(func(d *StanceDraft) { d.Mode = m })
}

func (f *stanceForm) intensity(ctx app.Context, _ app.Event) {
	n, _ := strconv.Atoi(data(ctx, "n"))
	f.draft(func(d *StanceDraft) { d.Intensity = pick(d.Intensity, n) })
}

func (f *stanceForm) certainty(ctx app.Context, _ app.Event) {
	n, _ := strconv.Atoi(data(ctx, "n"))
	f.draft(func(d *StanceDraft) { d.Certainty = pick(d.Certainty, n) })
}

// pick chooses a degree; the chosen one again takes it back.
func pick(have, n int) int {
	if have == n {
		return 0
	}
	return n
}

func (f *stanceForm) note(ctx app.Context, _ app.Event) {
	text := value(ctx)
	f.draft(func(d *StanceDraft) { d.Note = text })
}

func (f *stanceForm) addEvidence(ctx app.Context, _ app.Event) {
	f.s.do(f.s.editor.AddEvidence())
	f.s.changed()
}

func pieceOf(ctx app.Context) annotation.Range {
	start, _ := strconv.Atoi(data(ctx, "start"))
	end, _ := strconv.Atoi(data(ctx, "end"))
	return annotation.Range{Start: start, End: end}
}

func (f *stanceForm) dropEvidence(ctx app.Context, _ app.Event) {
	f.s.editor.RemoveEvidence(pieceOf(ctx))
	f.s.paint(false)
	f.s.changed()
}

func (f *stanceForm) reveal(ctx app.Context, _ app.Event) {
	r := pieceOf(ctx)
	f.s.surface.Reveal(r.Start, r.End)
}

func (f *stanceForm) save(ctx app.Context, ev app.Event) {
	ev.PreventDefault()
	f.tried = true
	o := f.s.editor.SaveStance()
	f.s.do(o)
	if o.Refused == none {
		f.tried = false
		f.s.reading()
	}
	f.s.changed()
}

func (f *stanceForm) cancel(ctx app.Context, _ app.Event) {
	f.s.editor.DropDraft()
	f.s.paint(false)
	f.s.changed()
	f.s.back()
}

// stanceLook is the class and icon of a stance label: its own for the default
// five, by its sign for others.
func stanceLook(s *scheme.Scheme, id string) string {
	switch id {
	case "favor", "against", "neutral", "discuss", "unclear":
		return "stance-" + id
	}
	l, _ := s.KnownStance(id)
	switch {
	case l.Sign > 0:
		return "stance-favor"
	case l.Sign < 0:
		return "stance-against"
	}
	return "stance-neutral"
}

func stanceName(s *scheme.Scheme, id string, lang i18n.Lang) string {
	l, known := s.KnownStance(id)
	name := l.Names.In(string(lang))
	if !known {
		name = id
	}
	if _, offered := s.Stance(id); !offered && id != "" {
		return wordRetiredName.With(lang, "label", name)
	}
	return name
}

var modeNames = map[annotation.Mode]i18n.Text{
	annotation.Quote:      {Ar: "اقتباس", En: "Quote"},
	annotation.Paraphrase: {Ar: "نقل بالمعنى", En: "Paraphrase"},
	annotation.Narration:  {Ar: "سرد", En: "Narration"},
}

var (
	wordNewStance     = i18n.Text{Ar: "موقف جديد", En: "New stance"}
	wordNoStances     = i18n.Text{Ar: "لا مواقف بعد", En: "No stances yet"}
	wordNoStancesHelp = i18n.Text{Ar: "حدّد في النص ما يدلّ على موقف، ثم اضغط «موقف جديد».", En: "Select what shows a stance in the text, then press New stance."}
	wordStanceForm    = i18n.Text{Ar: "الموقف", En: "Stance"}
	wordHolder        = i18n.Text{Ar: "صاحب الموقف", En: "Holder"}
	wordVia           = i18n.Text{Ar: "نقلًا عن", En: "Quoted through"}
	wordTarget        = i18n.Text{Ar: "الموقف من", En: "Toward"}
	wordClaim         = i18n.Text{Ar: "قضية بالكلمات", En: "A claim, in words"}
	wordClaimHint     = i18n.Text{Ar: "مثلًا: اتهامات المحكمة", En: "For example: the court's charges"}
	wordJudgement     = i18n.Text{Ar: "الحكم", En: "Judgement"}
	wordMode          = i18n.Text{Ar: "صيغة الإيراد", En: "Reported as"}
	wordIntensity     = i18n.Text{Ar: "الشدّة", En: "Intensity"}
	wordCertainty     = i18n.Text{Ar: "اليقين", En: "Certainty"}
	wordIntensityIs   = i18n.Text{Ar: "الشدّة {n}", En: "Intensity {n}"}
	wordCertaintyIs   = i18n.Text{Ar: "اليقين {n}", En: "Certainty {n}"}
	wordViaIs         = i18n.Text{Ar: "نقلًا عن {source}", En: "via {source}"}
	wordEvidence      = i18n.Text{Ar: "الشواهد", En: "Evidence"}
	wordAddEvidence   = i18n.Text{Ar: "أضف المحدَّد في النص", En: "Add the selected text"}
	wordEvidenceHint  = i18n.Text{Ar: "حدّد الشاهد في النص ثم أضفه؛ للموقف أن يستند إلى أكثر من شاهد.", En: "Select the evidence in the text, then add it. A stance may rest on several pieces."}
	wordSaveStance    = i18n.Text{Ar: "احفظ الموقف", En: "Save stance"}
	wordEdit          = i18n.Text{Ar: "تعديل", En: "Edit"}
	wordRemove        = i18n.Text{Ar: "أزل", En: "Remove"}
)
