package reading

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/annotation"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
)

func (v *inspectorView) renderNotes() []app.UI {
	e, lang := v.s.editor, v.Lang
	span, on := e.Span()
	out := []app.UI{&noteForm{s: v.s, On: span.ID, Lang: lang, Turn: v.Turn}}
	l := e.Layer()
	if len(l.Comments) == 0 {
		out = append(out, app.Div().Class("empty empty-small").Body(parts.Icon("note"), app.P().Text(wordNoNotes.In(lang))))
	}
	for _, c := range l.Comments {
		if !c.Flag && (!on || c.On == span.ID) {
			out = append(out, v.renderNote(c))
		}
	}
	for _, c := range l.Comments {
		if !c.Flag && on && c.On != span.ID {
			out = append(out, v.renderNote(c))
		}
	}
	return out
}

func (v *inspectorView) renderNote(c annotation.NamedComment) app.UI {
	e := v.s.editor
	var about app.UI = app.Span().Text(wordOnArticle.In(v.Lang))
	if s, there := e.layer.Span(c.On); there {
		about = app.Button().Type("button").Class("btn btn-quiet").DataSet("span", s.ID).OnClick(v.goToSpan).Body(
			app.Span().Class("bidi").Dir("auto").Text(short(e.Text(s.Start, s.End), 40)))
	} else if c.On != "" {
		about = app.Span().Text(wordOnGone.In(v.Lang))
	}
	return app.Div().Class("note").Body(
		app.Div().Class("note-meta").Body(about,
			parts.IconButton("trash", wordDelete.In(v.Lang), v.deleteNote).DataSet("note", c.ID).Class("push")),
		app.P().Class("bidi").Dir("auto").Text(c.Text),
	)
}

func (v *inspectorView) deleteNote(ctx app.Context, _ app.Event) {
	v.s.do(v.s.editor.DeleteNote(data(ctx, "note")))
}

// noteForm writes a note on the selected span, or on the article.
type noteForm struct {
	app.Compo
	s *Screen

	On   string
	Lang i18n.Lang
	Turn int

	text string
}

func (f *noteForm) Render() app.UI {
	label := wordNoteOnArticle.In(f.Lang)
	if s, there := f.s.editor.layer.Span(f.On); there {
		label = fill(wordNoteOnSpan, "text", short(f.s.editor.Text(s.Start, s.End), 40)).In(f.Lang)
	}
	return app.Form().Class("form").OnSubmit(f.save).Body(
		app.Div().Class("field").Body(
			app.Label().For("note-text").Text(label),
			app.Textarea().Class("textarea").ID("note-text").Rows(3).Dir("auto").OnInput(f.typed),
		),
		app.Div().Class("form-actions").Body(
			app.Button().Type("submit").Class("btn btn-primary").Text(wordSaveNote.In(f.Lang)),
		),
	)
}

func (f *noteForm) typed(ctx app.Context, _ app.Event) { f.text = value(ctx) }

func (f *noteForm) save(ctx app.Context, ev app.Event) {
	ev.PreventDefault()
	o := f.s.editor.Note(f.On, f.text)
	f.s.do(o)
	if o.Refused != none {
		return
	}
	f.text = ""
	if field := app.Window().GetElementByID("note-text"); field.Truthy() {
		field.Set("value", "")
	}
	f.s.reading()
}

var (
	wordNoNotes       = i18n.Text{Ar: "لا ملاحظات بعد.", En: "No notes yet."}
	wordOnArticle     = i18n.Text{Ar: "على المقال", En: "On the article"}
	wordOnGone        = i18n.Text{Ar: "على وسم حُذف", En: "On a label that was deleted"}
	wordNoteOnArticle = i18n.Text{Ar: "ملاحظة على المقال", En: "Note on the article"}
	wordNoteOnSpan    = i18n.Text{Ar: "ملاحظة على «{text}»", En: "Note on “{text}”"}
	wordSaveNote      = i18n.Text{Ar: "احفظ الملاحظة", En: "Save note"}
)
