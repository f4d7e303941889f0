package reading

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/scheme"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
	"hashiya/app/wire"
)

// renderSpan is the editor of the selected span.
func (v *inspectorView) renderSpan(s annotation.NamedSpan) app.UI {
	e, lang := v.s.editor, v.Lang
	locked := e.locked() != none
	_, canPut := e.boundaryStep(s.Span, -1)
	_, canTake := e.boundaryStep(s.Span, +1)
	// Many names begin with a letter that can be a prefix: it is offered to be
	// left out only where one was, or where the word's core begins later.
	core, _, _, _ := e.snap.Snap(s.Start, s.Start)
	offer := s.Proclitic != "" || core > s.Start && core < s.End
	return app.Section().Class("span-editor "+e.labelClass(s.Label)).Aria("label", wordSpan.In(lang)).Body(
		app.Div().Class("span-text").Lang(e.article.Lang).Dir(string(e.paragraphOf(s.Start).Dir)).Body(
			app.If(s.Proclitic != "", func() app.UI { return app.Span().Class("span-left-out").Text(shownProclitic(s.Proclitic)) }),
			app.Span().Class("span-core").Text(short(e.Text(s.Start, s.End), 120)),
		),
		app.If(s.Proclitic != "", func() app.UI {
			return app.P().Class("span-note").Text(fill(wordLeftOut, "letters", shownProclitic(s.Proclitic)).In(lang))
		}),
		app.Div().Class("slot").Body(v.renderRetiredNote(s.Label)),
		app.Div().Class("span-row").Body(
			app.Label().For("span-label").Text(wordType.In(lang)),
			app.Select().Class("select").ID("span-label").Disabled(locked).OnChange(v.relabel).Body(labelOptions(e.scheme, s.Label, lang)...),
		),
		app.Div().Class("span-row").Body(
			app.Span().Text(wordEntity.In(lang)),
			app.Button().Type("button").Class("btn").Disabled(locked).OnClick(v.chooseEntity).Body(
				parts.Icon("entity"), app.Span().Class("bidi ellipsis").Dir("auto").Text(short(v.entityOf(s), 36)),
			),
		),
		app.Div().Class("span-row").Body(
			app.Span().Text(wordBounds.In(lang)),
			app.Div().Class("row").Body(
				v.stepper(wordStart, "start", locked),
				v.stepper(wordEnd, "end", locked),
			),
		),
		app.If(offer, func() app.UI {
			return app.Div().Class("span-row").Body(
				app.Span().Text(wordPrefix.In(lang)),
				app.Div().Class("row").Body(
					parts.Button("", wordPutBack.In(lang), v.putBack).Disabled(locked || !canPut).Title(keyName("Equal")),
					parts.Button("", wordTakeOff.In(lang), v.takeOff).Disabled(locked || !canTake).Title(keyName("Minus")),
				),
			)
		}),
		app.Div().Class("span-actions").Body(
			parts.Button("note", wordNote.In(lang), v.note),
			parts.Button("search", wordEverywhereElse.In(lang), v.showAcross).ID("across").Hidden(!v.s.client.Me().Role.May(wire.Lead)),
			parts.Button("trash", wordDelete.In(lang), v.delete).Class("btn-danger").Disabled(locked),
		),
	)
}

func (v *inspectorView) entityOf(s annotation.NamedSpan) string {
	if s.Entity == "" {
		return wordNoEntity.In(v.Lang)
	}
	return v.s.editor.EntityName(s.Entity).In(v.Lang)
}

// stepper widens or narrows the span at one end.
func (v *inspectorView) stepper(name i18n.Text, edge string, locked bool) app.UI {
	return app.Span().Class("stepper").Role("group").Aria("label", name.In(v.Lang)).Body(
		parts.IconButton("minus", wordNarrow.In(v.Lang), v.step).DataSet("edge", edge).DataSet("by", "-").Disabled(locked),
		app.Span().Class("stepper-label").Text(name.In(v.Lang)),
		parts.IconButton("plus", wordWiden.In(v.Lang), v.step).DataSet("edge", edge).DataSet("by", "+").Disabled(locked),
	)
}

func (v *inspectorView) step(ctx app.Context, _ app.Event) {
	e := v.s.editor
	s, there := e.Span()
	if !there {
		return
	}
	start := data(ctx, "edge") == "start"
	onward := (data(ctx, "by") == "+") != start // the end widens onward, the start back
	left := onward == e.isForward(true, s.Start)
	v.s.do(e.Nudge(start, left))
}

func (v *inspectorView) relabel(ctx app.Context, _ app.Event) {
	v.s.do(v.s.editor.Label(value(ctx)))
	v.s.changed() // a refused label goes back to what it was
}

func (v *inspectorView) chooseEntity(ctx app.Context, _ app.Event) { v.s.do(v.s.editor.AskEntity()) }
func (v *inspectorView) putBack(ctx app.Context, _ app.Event)      { v.s.do(v.s.editor.PutBack()) }
func (v *inspectorView) takeOff(ctx app.Context, _ app.Event)      { v.s.do(v.s.editor.TakeOff()) }
func (v *inspectorView) note(ctx app.Context, _ app.Event)         { v.s.request(WriteNote) }

func (v *inspectorView) delete(ctx app.Context, _ app.Event) {
	v.s.do(v.s.editor.Delete())
	v.s.reading()
}

func labelOptions(s *scheme.Scheme, chosen string, lang i18n.Lang) []app.UI {
	var out []app.UI
	if _, offered := s.Label(chosen); !offered && chosen != "" {
		name := chosen
		if l, known := s.Known(chosen); known {
			name = l.Names.In(string(lang))
		}
		out = append(out, app.Option().Value(chosen).Selected(true).Text(wordRetiredName.With(lang, "label", name)))
	}
	for _, l := range s.Labels {
		out = append(out, app.Option().Value(l.ID).Selected(l.ID == chosen).Text(l.Names.In(string(lang))))
	}
	return out
}

func (e *Editor) labelClass(label string) string {
	if l, known := e.scheme.Label(label); known {
		return "label-c" + strconv.Itoa(l.Color)
	}
	return "label-c0" // the scheme no longer has it
}

// paragraphOf returns the paragraph, annotated or not, that holds an offset.
func (e *Editor) paragraphOf(at int) article.Paragraph {
	for _, p := range e.all {
		if at < p.End {
			return p
		}
	}
	return article.Paragraph{Start: at, End: e.index.Len(), Dir: e.article.Dir}
}

// paragraphNumber counts the annotated paragraphs from 1.
func (e *Editor) paragraphNumber(at int) int {
	n := 1
	for _, p := range e.annotated {
		if p.End < at {
			n++
		}
	}
	return min(n, len(e.annotated))
}

var (
	wordSpan     = i18n.Text{Ar: "الوسم المختار", En: "Selected label"}
	wordType     = i18n.Text{Ar: "النوع", En: "Type"}
	wordEntity   = i18n.Text{Ar: "الكيان", En: "Entity"}
	wordNoEntity = i18n.Text{Ar: "بلا كيان", En: "None"}
	wordBounds   = i18n.Text{Ar: "الحدود", En: "Bounds"}
	wordStart    = i18n.Text{Ar: "البداية", En: "Start"}
	wordEnd      = i18n.Text{Ar: "النهاية", En: "End"}
	wordNarrow   = i18n.Text{Ar: "تضييق بحرف", En: "Narrow by a letter"}
	wordWiden    = i18n.Text{Ar: "توسيع بحرف", En: "Widen by a letter"}
	wordPrefix   = i18n.Text{Ar: "السابقة", En: "Prefix"}
	wordPutBack  = i18n.Text{Ar: "ضمّها", En: "Take in"}
	wordTakeOff  = i18n.Text{Ar: "أخرجها", En: "Leave out"}
	wordNote     = i18n.Text{Ar: "ملاحظة", En: "Note"}
	wordDelete   = i18n.Text{Ar: "حذف", En: "Delete"}
)
