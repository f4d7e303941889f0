package reading

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/annotation"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
)

// renderEntities lists the entities under their labels, then the spans that
// belong to none. A label without entities keeps its place, hidden.
func (v *inspectorView) renderEntities() []app.UI {
	e, lang := v.s.editor, v.Lang
	groups, loose := e.EntityGroups(), e.Unlinked()
	out := []app.UI{app.Div().Class("empty empty-small").Hidden(len(groups)+len(loose) > 0).Body(
		parts.Icon("entity"),
		app.P().Class("empty-title").Text(wordNoEntities.In(lang)),
		app.P().Text(wordNoEntitiesHelp.In(lang)),
	)}
	byLabel := map[string][]EntityGroup{}
	var order []string
	for _, l := range e.scheme.Labels {
		order = append(order, l.ID)
	}
	for _, g := range groups {
		if _, known := e.scheme.Label(g.Label); !known && byLabel[g.Label] == nil {
			order = append(order, g.Label)
		}
		byLabel[g.Label] = append(byLabel[g.Label], g)
	}
	for _, label := range order {
		list := byLabel[label]
		body := []app.UI{sectionHead(e.labelNames(label).In(string(lang)), len(list))}
		for _, g := range list {
			body = append(body, v.entity(g))
		}
		out = append(out, app.Div().Class("section").Hidden(len(list) == 0).Body(body...))
	}
	return append(out, v.renderLoose(loose))
}

// looseKey folds the spans without an entity, as an entity's id folds its
// mentions.
const looseKey = "loose"

func (v *inspectorView) renderLoose(loose []annotation.NamedSpan) app.UI {
	const (
		few  = 8   // so many stand open by themselves
		most = 300 // the text shows all of them; a longer list helps nobody
	)
	open, said := v.opened[looseKey]
	open = said && open || !said && len(loose) <= few
	var rows []app.UI
	if open {
		for _, s := range loose[:min(most, len(loose))] {
			rows = append(rows, v.mention(s))
		}
	}
	return app.Details().Class("section loose").Open(open).Hidden(len(loose) == 0).Body(
		app.Summary().Class("section-head").DataSet("entity", looseKey).OnClick(v.toggle).Body(
			app.Span().Text(wordLoose.In(v.Lang)), app.Span().Class("count").Text(parts.Number(len(loose)))),
		app.Div().Class("mentions").Body(rows...),
	)
}

func sectionHead(name string, n int) app.UI {
	return app.Div().Class("section-head").Body(app.Span().Text(name), app.Span().Class("count").Text(parts.Number(n)))
}

func (v *inspectorView) entity(g EntityGroup) app.UI {
	e := v.s.editor
	r := &entityRow{
		v: v, ID: g.ID, Name: g.Name, Label: g.Label, Class: e.labelClass(g.Label), Lang: v.Lang, Mentions: len(g.Mentions),
		Editing: v.editing == g.ID, Locked: e.locked() != none,
	}
	if s, there := e.Span(); there && s.Entity == g.ID {
		r.Selected = true
	}
	open, said := v.opened[g.ID]
	if r.Open = said && open || !said && r.Selected; r.Open {
		r.Turn = v.Turn
	}
	return r
}

// entityRow is an entity in the list: a component, so that one mention more
// renders one row. Its mentions are there only while it is open: an article
// has thousands.
type entityRow struct {
	app.Compo
	v *inspectorView

	ID, Name, Label, Class          string
	Lang                            i18n.Lang
	Mentions                        int
	Selected, Open, Editing, Locked bool
	Turn                            int // while open
}

func (r *entityRow) Render() app.UI {
	class := "entity " + r.Class
	if r.Selected {
		class += " is-selected"
	}
	var rows []app.UI
	var form app.UI
	if r.Open {
		for _, m := range r.v.s.editor.mentions(r.ID) {
			rows = append(rows, r.v.mention(m))
		}
		if r.Editing {
			form = &entityForm{s: r.v.s, ID: r.ID, Lang: r.Lang, Turn: r.Turn, done: r.v.edited}
		} else {
			form = app.Button().Type("button").Class("btn btn-quiet").DataSet("entity", r.ID).Disabled(r.Locked).OnClick(r.v.edit).
				Body(parts.Icon("edit"), app.Span().Text(wordEditEntity.In(r.Lang)))
		}
	}
	return app.Details().Class(class).Open(r.Open).Body(
		app.Summary().DataSet("entity", r.ID).OnClick(r.v.toggle).Body(
			app.I().Class("label-dot"),
			app.Span().Class("entity-name bidi").Dir("auto").Text(r.Name),
			app.Span().Class("label-code").Text(r.Label),
			app.Span().Class("count").Text(parts.Number(r.Mentions)),
		),
		app.Div().Class("mentions").Body(rows...),
		app.Div().Class("entity-tools").Body(app.If(form != nil, func() app.UI { return form })),
	)
}

func (v *inspectorView) toggle(ctx app.Context, ev app.Event) {
	ev.PreventDefault() // open follows the state, not the browser
	id := data(ctx, "entity")
	now := ctx.JSSrc().Get("parentElement").Get("open").Bool()
	if v.opened == nil {
		v.opened = map[string]bool{}
	}
	v.opened[id] = !now
}

func (v *inspectorView) edit(ctx app.Context, _ app.Event) { v.editing = data(ctx, "entity") }
func (v *inspectorView) edited(ctx app.Context)            { v.editing = "" }

// entityForm renames an entity, changes its label, merges it into another, or
// removes it.
type entityForm struct {
	app.Compo
	s    *Screen
	done func(app.Context)

	ID   string
	Lang i18n.Lang
	Turn int

	name  *string         // typed, nil before
	apart map[string]bool // spans chosen to be split off
}

func (f *entityForm) CompoID() string { return f.ID }

func (f *entityForm) Render() app.UI {
	e, lang := f.s.editor, f.Lang
	n, _ := e.layer.Entity(f.ID)
	name := n.Name
	if f.name != nil {
		name = *f.name
	}
	merge := []app.UI{app.Option().Value(partyNobody).Text(wordChoose.In(lang))}
	for _, other := range e.layer.Entities {
		if other.ID != f.ID {
			merge = append(merge, app.Option().Value(other.ID).Text(other.Name+" · "+other.Label))
		}
	}
	return app.Form().Class("form").OnSubmit(f.save).Body(
		app.Div().Class("field").Body(
			app.Label().For("entity-name").Text(wordName.In(lang)),
			app.Input().Class("input").ID("entity-name").Dir("auto").Value(name).OnInput(f.typed),
		),
		app.Div().Class("field").Body(
			app.Label().For("entity-label").Text(wordType.In(lang)),
			app.Select().Class("select").ID("entity-label").OnChange(f.relabel).Body(labelOptions(e.scheme, n.Label, lang)...),
		),
		app.Div().Class("field").Body(
			app.Label().For("entity-merge").Text(wordMerge.In(lang)),
			app.Select().Class("select").ID("entity-merge").Disabled(len(merge) == 1).OnChange(f.merge).Body(merge...),
		),
		f.renderSplit(),
		app.Div().Class("form-actions").Body(
			app.Button().Type("submit").Class("btn btn-primary").Text(wordSave.In(lang)),
			parts.Button("", wordCancel.In(lang), f.cancel),
			app.If(len(e.mentions(f.ID)) == 0, func() app.UI {
				return parts.Button("trash", wordDelete.In(lang), f.delete).Class("btn-danger")
			}),
		),
	)
}

func (f *entityForm) typed(ctx app.Context, _ app.Event) {
	name := value(ctx)
	f.name = &name
}

func (f *entityForm) save(ctx app.Context, ev app.Event) {
	ev.PreventDefault()
	if f.name != nil {
		o := f.s.editor.Rename(f.ID, *f.name)
		f.s.do(o)
		if o.Refused != none {
			return
		}
	}
	f.close(ctx)
}

func (f *entityForm) relabel(ctx app.Context, _ app.Event) {
	f.s.do(f.s.editor.RelabelEntity(f.ID, value(ctx)))
	f.s.changed()
}

func (f *entityForm) merge(ctx app.Context, _ app.Event) {
	f.s.do(f.s.editor.Merge(f.ID, value(ctx)))
	f.close(ctx)
}

func (f *entityForm) delete(ctx app.Context, _ app.Event) {
	f.s.do(f.s.editor.DeleteEntity(f.ID))
	f.close(ctx)
}

func (f *entityForm) cancel(ctx app.Context, _ app.Event) { f.close(ctx) }

func (f *entityForm) close(ctx app.Context) {
	f.done(ctx)
	f.s.changed()
}

var (
	wordNoEntities     = i18n.Text{Ar: "لا كيانات بعد", En: "No entities yet"}
	wordNoEntitiesHelp = i18n.Text{Ar: "كل اسم تسمُه يظهر هنا مع مواضعه في النص.", En: "Every name that you label appears here, with its mentions."}
	wordLoose          = i18n.Text{Ar: "بلا كيان", En: "Without an entity"}
	wordEditEntity     = i18n.Text{Ar: "تعديل الكيان", En: "Edit entity"}
	wordName           = i18n.Text{Ar: "الاسم", En: "Name"}
	wordMerge          = i18n.Text{Ar: "ادمجه في", En: "Merge into"}
	wordChoose         = i18n.Text{Ar: "اختر…", En: "Choose…"}
	wordSave           = i18n.Text{Ar: "حفظ", En: "Save"}
	wordCancel         = i18n.Text{Ar: "إلغاء", En: "Cancel"}
)
