package reading

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/annotation"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
)

// Split makes some mentions of an entity those of a new one, which is named
// after the first of them. The stances stay with the old entity: only the
// reader knows whom they mean.
func (e *Editor) Split(entity string, apart map[string]bool) Outcome {
	n, known := e.layer.Entity(entity)
	if !known {
		return Outcome{}
	}
	if refused := e.locked(); refused != none {
		return Outcome{Refused: refused}
	}
	all := e.mentions(entity)
	var moved []annotation.NamedSpan
	for _, m := range all {
		if apart[m.ID] {
			moved = append(moved, m)
		}
	}
	if len(moved) == 0 || len(moved) == len(all) {
		return Outcome{Refused: saySplitSome}
	}
	other := annotation.NamedEntity{ID: e.newID(), Entity: annotation.Entity{Name: e.entityName(moved[0].Start, moved[0].End), Label: n.Label}}
	changes := []annotation.Change{putEntity(other)}
	for _, m := range moved {
		m.Entity = other.ID
		changes = append(changes, putSpan(m))
	}
	return Outcome{Changes: changes, Say: fill(saySplit, "n", strconv.Itoa(len(moved)), "entity", n.Name)}
}

// renderSplit offers the mentions to choose those that mean somebody else.
func (f *entityForm) renderSplit() app.UI {
	e := f.s.editor
	all := e.mentions(f.ID)
	var rows []app.UI
	for _, m := range all {
		before, after := e.context(m.Start, m.End)
		rows = append(rows, app.Label().Class("check split-row").Body(
			app.Input().Type("checkbox").Checked(f.apart[m.ID]).DataSet("span", m.ID).OnChange(f.choose),
			app.Span().Class("mention-context").Lang(e.article.Lang).Dir(string(e.paragraphOf(m.Start).Dir)).Body(
				app.Text(before), app.B().Text(e.Text(m.Start, m.End)), app.Text(after)),
		))
	}
	return app.Details().Class("split").Hidden(len(all) < 2).Body(
		app.Summary().Class("section-head").Text(wordSplit.In(f.Lang)),
		app.P().Class("field-hint").Text(wordSplitHint.In(f.Lang)),
		app.Div().Class("stack").Body(rows...),
		parts.Button("split", wordSplitOff.In(f.Lang), f.split),
	)
}

func (f *entityForm) choose(ctx app.Context, _ app.Event) {
	if f.apart == nil {
		f.apart = map[string]bool{}
	}
	f.apart[data(ctx, "span")] = ctx.JSSrc().Get("checked").Bool()
}

func (f *entityForm) split(ctx app.Context, _ app.Event) {
	o := f.s.editor.Split(f.ID, f.apart)
	f.s.do(o)
	if o.Refused == none {
		f.apart = nil
		f.close(ctx)
	}
}

var (
	wordSplit     = i18n.Text{Ar: "فصل بعض المواضع", En: "Split off some mentions"}
	wordSplitHint = i18n.Text{Ar: "اختر المواضع التي تعني غيره؛ تصير كيانًا جديدًا.", En: "Choose the mentions that mean somebody else; they become a new entity."}
	wordSplitOff  = i18n.Text{Ar: "افصلها", En: "Split off"}
	saySplitSome  = i18n.Text{Ar: "اختر بعض المواضع، لا كلها.", En: "Choose some of the mentions, not all."}
	saySplit      = i18n.Text{Ar: "فُصل عن {entity}: {n}", En: "Split off {entity}: {n}"}
)
