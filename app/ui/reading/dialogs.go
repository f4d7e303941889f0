package reading

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/annotation"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
)

// dialogView is what stands over the page.
type dialogView struct {
	app.Compo
	s *Screen

	Lang   i18n.Lang
	Turn   int
	Dialog int

	query  string
	reason string
}

func (v *dialogView) Render() app.UI {
	if v.s.editor == nil || dialog(v.Dialog) == noDialog {
		v.query, v.reason = "", ""
		return app.Div().Hidden(true)
	}
	d := &parts.Dialog{Label: wordClose.In(v.Lang), OnClose: v.s.closeDialog}
	switch dialog(v.Dialog) {
	case keysDialog:
		d.Title, d.Class, d.Body = wordKeys.In(v.Lang), "dialog-wide", &keysView{s: v.s, Lang: v.Lang, Turn: v.Turn}
	case entityDialog:
		d.Title, d.Body = wordWhich.In(v.Lang), v.renderEntities()
	case skipDialog:
		d.Title, d.Body = wordSkip.In(v.Lang), v.renderSkip()
	case flagDialog:
		d.Title, d.Body = wordFlag.In(v.Lang), v.renderFlag()
	case acrossDialog:
		d.Title, d.Class, d.Body, d.OnClose = wordAcross.In(v.Lang), "dialog-wide", v.renderAcross(), v.s.closeAcross
	case conflictDialog:
		d.Title, d.Class, d.Body = wordConflicts.In(v.Lang), "dialog-wide", v.renderConflicts()
	}
	return app.Div().Body(d)
}

// renderEntities is the choice of the selected span's entity. Enter takes the
// first.
func (v *dialogView) renderEntities() app.UI {
	e := v.s.editor
	s, there := e.Span()
	if !there {
		return app.Div()
	}
	var rows []app.UI
	for _, n := range e.Choices(s.Span, v.query) {
		rows = append(rows, app.Button().Type("button").Class("menu-item "+e.labelClass(n.Label)).DataSet("entity", n.ID).OnClick(v.join).Body(
			app.I().Class("label-dot"),
			app.Span().Class("entity-name bidi").Dir("auto").Text(n.Name),
			app.Span().Class("label-code").Text(n.Label),
			app.Span().Class("count").Text(parts.Number(len(e.mentions(n.ID)))),
		))
	}
	name := strings.TrimSpace(v.query)
	if name == "" {
		name = e.entityName(s.Start, s.End)
	}
	rows = append(rows, app.Button().Type("button").Class("menu-item").OnClick(v.separate).Body(
		parts.Icon("plus"), app.Span().Class("bidi").Text(fill(wordNewEntity, "name", name).In(v.Lang))))
	return app.Form().Class("form").OnSubmit(v.joinFirst).Body(
		app.P().Class("span-context bidi").Lang(e.article.Lang).Dir("auto").Body(v.contextOf(s)...),
		app.Div().Class("field").Body(
			app.Label().For("entity-query").Text(wordSearchEntity.In(v.Lang)),
			app.Input().Class("input").ID("entity-query").Dir("auto").AutoFocus(true).AutoComplete(false).OnInput(v.search),
		),
		app.Div().Class("stack").Body(rows...),
	)
}

func (v *dialogView) contextOf(s annotation.NamedSpan) []app.UI {
	before, after := v.s.editor.context(s.Start, s.End)
	return []app.UI{app.Text(before), app.B().Text(v.s.editor.Text(s.Start, s.End)), app.Text(after)}
}

func (v *dialogView) search(ctx app.Context, _ app.Event) { v.query = value(ctx) }

func (v *dialogView) join(ctx app.Context, _ app.Event) {
	id := data(ctx, "entity")
	if s, there := v.s.editor.Span(); there {
		v.s.do(v.s.editor.Join(s.ID, id))
	}
	parts.CloseDialog(ctx)
}

func (v *dialogView) joinFirst(ctx app.Context, ev app.Event) {
	ev.PreventDefault()
	if s, there := v.s.editor.Span(); there {
		if choices := v.s.editor.Choices(s.Span, v.query); len(choices) > 0 {
			v.s.do(v.s.editor.Join(s.ID, choices[0].ID))
		} else {
			v.s.do(v.s.editor.Separate(s.ID, v.query))
		}
	}
	parts.CloseDialog(ctx)
}

func (v *dialogView) separate(ctx app.Context, _ app.Event) {
	if s, there := v.s.editor.Span(); there {
		v.s.do(v.s.editor.Separate(s.ID, v.query))
	}
	parts.CloseDialog(ctx)
}

func (v *dialogView) renderSkip() app.UI {
	return app.Form().Class("form").OnSubmit(v.skip).Body(
		app.Div().Class("field").Body(
			app.Label().For("skip-reason").Text(wordWhySkip.In(v.Lang)),
			app.Textarea().Class("textarea").ID("skip-reason").Rows(3).Dir("auto").AutoFocus(true).Required(true).OnInput(v.typed),
			app.P().Class("field-hint").Text(wordSkipHint.In(v.Lang)),
		),
		app.Div().Class("form-actions").Body(app.Button().Type("submit").Class("btn btn-primary").Text(wordSkip.In(v.Lang))),
	)
}

func (v *dialogView) typed(ctx app.Context, _ app.Event) { v.reason = value(ctx) }

func (v *dialogView) skip(ctx app.Context, ev app.Event) {
	ev.PreventDefault()
	o := v.s.editor.Skip(v.reason)
	v.s.do(o)
	if o.Refused == none {
		parts.CloseDialog(ctx)
	}
}

// renderConflicts shows the versions of each disputed thing side by side.
func (v *dialogView) renderConflicts() app.UI {
	e := v.s.editor
	if len(e.layer.Conflicts) == 0 {
		return app.P().Class("row").Body(parts.Icon("check"), app.Span().Text(wordAllSettled.In(v.Lang)))
	}
	var out []app.UI
	for _, c := range e.layer.Conflicts {
		var versions []app.UI
		for i := range c.Versions {
			versions = append(versions, v.renderVersion(c.Subject, &c.Versions[i], i == 0))
		}
		out = append(out, app.Section().Class("stack").Body(
			app.H3().Class("section-head").Text(disputed(&c.Versions[0].Change).In(v.Lang)),
			app.Div().Class("versus").Body(versions...),
		))
	}
	return app.Div().Class("stack").Body(out...)
}

// disputed names the kind of thing that a conflict is about: one act may touch a
// span and its entity, and both can be in dispute.
func disputed(c *annotation.Change) i18n.Text {
	switch c.Kind {
	case annotation.PutSpan, annotation.DeleteSpan:
		return i18n.Text{Ar: "الوسم", En: "The label"}
	case annotation.PutEntity, annotation.DeleteEntity:
		return i18n.Text{Ar: "الكيان", En: "The entity"}
	case annotation.PutStance, annotation.DeleteStance:
		return i18n.Text{Ar: "الموقف", En: "The stance"}
	case annotation.SetStatus:
		return i18n.Text{Ar: "حالة المقال", En: "The article's status"}
	}
	return i18n.Text{Ar: "الملاحظة", En: "The note"}
}

func (v *dialogView) renderVersion(subject string, o *annotation.Op, current bool) app.UI {
	class, head := "version", wordOther
	if current {
		class, head = "version is-shown", wordShownNow
	}
	return app.Div().Class(class).Body(
		app.Div().Class("version-head").Body(app.Span().Text(head.In(v.Lang)), app.Span().Class("num muted").Text(clockTime(o.Time))),
		app.Div().Class("version-text").Lang(v.s.editor.article.Lang).Dir("auto").Text(v.s.editor.tell(&o.Change).In(v.Lang)),
		parts.Button("check", wordKeep.In(v.Lang), v.keep).DataSet("subject", subject).DataSet("op", o.ID().String()),
	)
}

func (v *dialogView) keep(ctx app.Context, _ app.Event) {
	var id annotation.OpID
	if id.UnmarshalText([]byte(data(ctx, "op"))) == nil {
		v.s.do(v.s.editor.Keep(data(ctx, "subject"), id))
	}
}

func clockTime(rfc3339 string) string {
	t := strings.TrimSuffix(strings.Replace(rfc3339, "T", " ", 1), "Z")
	if len(t) > 16 {
		t = t[:16]
	}
	return t
}

// tell says what a change would have the layer say.
func (e *Editor) tell(c *annotation.Change) i18n.Text {
	switch {
	case c.IsDelete():
		return wordDeleted
	case c.Span != nil:
		return e.describe(annotation.NamedSpan{Span: *c.Span})
	case c.Entity != nil:
		return fill(sayLabelled, "text", c.Entity.Name, "label", e.labelNames(c.Entity.Label))
	case c.Stance != nil:
		l, _ := e.scheme.KnownStance(c.Stance.Label)
		return fill(wordStanceTold, "holder", e.HolderName(c.Stance.Holder), "label", l.Names, "target", e.TargetName(c.Stance.Target))
	case c.Comment != nil:
		return verbatim(c.Comment.Text)
	case c.Status != "":
		return i18n.Text{Ar: parts.StatusText(i18n.Ar, c.Status), En: parts.StatusText(i18n.En, c.Status)}
	}
	return none
}

var (
	wordClose        = i18n.Text{Ar: "إغلاق", En: "Close"}
	wordShiftNote    = i18n.Text{Ar: "⇧: مع Shift يمتدّ التحديد. والمفاتيح بمواضعها على اللوحة، أيًّا كانت لغة الكتابة.", En: "⇧: with Shift, the selection extends. Keys go by their place on the keyboard, in every layout."}
	wordWhich        = i18n.Text{Ar: "إلى أي كيان يشير؟", En: "Which entity is it?"}
	wordSearchEntity = i18n.Text{Ar: "ابحث أو اكتب اسمًا جديدًا", En: "Search, or write a new name"}
	wordNewEntity    = i18n.Text{Ar: "كيان جديد: {name}", En: "New entity: {name}"}
	wordWhySkip      = i18n.Text{Ar: "لماذا تتركه؟", En: "Why skip it?"}
	wordSkipHint     = i18n.Text{Ar: "مثلًا: مكرر، ليس خبرًا، نصّ ناقص. يقرأ السبب من يوزّع العمل.", En: "For example: a duplicate, not news, the text is cut off. Whoever hands out the work reads it."}
	wordConflicts    = i18n.Text{Ar: "تعارض بين جهازين", En: "Conflict between devices"}
	wordAllSettled   = i18n.Text{Ar: "حُسم كل شيء.", En: "Everything is settled."}
	wordShownNow     = i18n.Text{Ar: "المعروض الآن", En: "Shown now"}
	wordOther        = i18n.Text{Ar: "الرواية الأخرى", En: "The other version"}
	wordKeep         = i18n.Text{Ar: "أبقِ هذه", En: "Keep this one"}
	wordDeleted      = i18n.Text{Ar: "محذوف", En: "Deleted"}
	wordStanceTold   = i18n.Text{Ar: "{holder} ← {target}: {label}", En: "{holder} → {target}: {label}"}
)
