package reading

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/annotation"
	"hashiya/app/concordance"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
)

type tab int

const (
	entitiesTab tab = iota
	stancesTab
	notesTab
	guidelinesTab
)

// inspectorView is what the article's layer holds, at the end side.
type inspectorView struct {
	app.Compo
	s *Screen

	Lang i18n.Lang
	Turn int
	Tab  tab

	opened  map[string]bool // what was folded and unfolded by hand
	editing string          // the entity whose form is open
}

func (v *inspectorView) Render() app.UI {
	s, lang := v.s, v.Lang
	if s.editor == nil {
		return app.Div().Class("slot").ID("inspector")
	}
	l := s.editor.Layer()
	var body []app.UI
	switch v.Tab {
	case entitiesTab:
		body = v.renderEntities()
	case stancesTab:
		body = v.renderStances()
	case notesTab:
		body = v.renderNotes()
	case guidelinesTab:
		body = []app.UI{v.renderGuidelines()}
	}
	// What comes and goes stands in a place of its own: go-app compares children
	// by their number, and would make everything behind it anew.
	span, chosen := s.editor.Span()
	if v.Tab == stancesTab && s.editor.Draft() != nil || v.Tab == guidelinesTab {
		chosen = false // the form needs the room, and so does what is to be read
	}
	return app.Div().Class("slot").ID("inspector").Body(
		app.Div().Class("tabs").Role("tablist").Aria("label", wordInspector.In(lang)).Body(
			v.renderTab(entitiesTab, wordEntities, len(l.Entities)),
			v.renderTab(stancesTab, wordStances, len(l.Stances)),
			v.renderTab(notesTab, wordNotes, len(l.Comments)),
			v.renderTab(guidelinesTab, wordGuidelines, 0),
			parts.IconButton("close", wordCloseInspector.In(lang), s.closeInspector).Class("side-close push"),
		),
		app.Div().Class("tab-panel").Role("tabpanel").ID("inspector-panel").Aria("labelledby", "tab-"+strconv.Itoa(int(v.Tab))).Body(
			app.Div().Class("slot").Body(renderRetired(s, lang, v.nextRetired)),
			app.Div().Class("slot").Body(app.If(chosen, func() app.UI { return v.renderSpan(span) })),
			app.Div().Class("slot").Body(v.renderSpanStances(span, chosen)...),
			app.Div().Class("slot").Body(v.renderMentions()...),
			app.Div().Class("slot").Body(body...),
		),
	)
}

func (v *inspectorView) renderTab(t tab, name i18n.Text, count int) app.UI {
	b := app.Button().Type("button").Class("tab").Role("tab").ID("tab-"+strconv.Itoa(int(t))).Aria("controls", "inspector-panel").
		Aria("selected", strconv.FormatBool(t == v.Tab)).DataSet("tab", int(t)).OnClick(v.choose)
	return b.Body(
		app.Span().Text(name.In(v.Lang)),
		app.If(count > 0, func() app.UI { return app.Span().Class("count").Text(parts.Number(count)) }),
	)
}

func (v *inspectorView) choose(ctx app.Context, e app.Event) {
	if n, err := strconv.Atoi(data(ctx, "tab")); err == nil {
		v.s.show(tab(n))
	}
}

// mention is a row that leads to a place of the text: the words around it, and
// its paragraph's number.
func (v *inspectorView) mention(m annotation.NamedSpan) app.UI {
	e := v.s.editor
	before, after := e.context(m.Start, m.End)
	return &mentionRow{
		v: v, ID: m.ID, Before: before, Text: e.Text(m.Start, m.End), After: after, Class: e.labelClass(m.Label),
		TextLang: e.article.Lang, Dir: string(e.paragraphOf(m.Start).Dir), Place: e.paragraphNumber(m.Start), Focused: m.ID == e.span,
	}
}

type mentionRow struct {
	app.Compo
	v *inspectorView

	ID, Before, Text, After, Class, TextLang, Dir string
	Place                                         int
	Focused                                       bool
}

func (r *mentionRow) Render() app.UI {
	class := "mention " + r.Class
	if r.Focused {
		class += " is-focused"
	}
	return app.Button().Type("button").Class(class).DataSet("span", r.ID).OnClick(r.v.goToSpan).Body(
		app.Span().Class("mention-context").Lang(r.TextLang).Dir(r.Dir).Body(
			app.Text(r.Before), app.B().Text(r.Text), app.Text(r.After),
		),
		app.Span().Class("mention-place").Dir("ltr").Text("¶"+strconv.Itoa(r.Place)),
	)
}

func (v *inspectorView) goToSpan(ctx app.Context, _ app.Event) {
	v.s.do(v.s.editor.Select(data(ctx, "span")))
	v.s.reading()
}

// reading gives the text back the keyboard, and the screen where the inspector
// covers it.
func (s *Screen) reading() {
	if narrow(inspectorFolds) {
		s.inspector = "auto"
		s.changed()
	}
	s.back()
}

// context returns the words of the same paragraph before and behind a range.
func (e *Editor) context(start, end int) (before, after string) {
	return concordance.Around(e.index, e.paragraphOf(start), annotation.Range{Start: start, End: end}, 24)
}

var (
	wordEntities       = i18n.Text{Ar: "الكيانات", En: "Entities"}
	wordStances        = i18n.Text{Ar: "المواقف", En: "Stances"}
	wordNotes          = i18n.Text{Ar: "الملاحظات", En: "Notes"}
	wordGuidelines     = i18n.Text{Ar: "الدليل", En: "Guidelines"}
	wordCloseInspector = i18n.Text{Ar: "إخفاء التفاصيل", En: "Hide the details"}
)
