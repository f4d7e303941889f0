package reading

import (
	"errors"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/sync"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
)

// renderAcross is the preview of a name's mentions in all articles, and what
// became of it. Where the keyboard goes next depends on the phase, so the parts
// that come and go stand in places of their own.
func (v *dialogView) renderAcross() app.UI {
	a, lang := v.s.across, v.Lang
	if a == nil {
		return app.Div()
	}
	head := app.P().Class("across-name "+v.s.editor.labelClass(a.query.Label)).Body(
		app.I().Class("label-dot"),
		app.Span().Class("entity-name bidi").Dir("auto").Lang(v.s.editor.article.Lang).Text(a.query.Name),
		app.Span().Class("label-code").Text(a.query.Label),
	)
	var body app.UI
	switch a.phase {
	case asking:
		body = v.renderProgress(wordAsking, a.looked, a.of)
	case unasked:
		body = v.renderUnasked(a)
	case offered:
		body = v.renderOffer(a)
	case writing:
		body = v.renderProgress(wordWriting, a.behind, a.targets)
	case takingBack:
		body = v.renderProgress(wordTakingBack, a.behind, a.targets)
	case written, takenBack:
		body = v.renderTold(a)
	}
	return app.Div().Class("stack across").Lang(string(lang)).OnKeyDown(v.acrossKey).Body(head, app.Div().Class("slot").Body(body))
}

func (v *dialogView) renderProgress(what i18n.Text, done, of int) app.UI {
	return app.Div().Class("stack").Body(
		app.P().Role("status").Class("num").Text(fill(wordSoFar, "what", what, "done", strconv.Itoa(done), "of", strconv.Itoa(of)).In(v.Lang)),
		parts.Progress(what.In(v.Lang), done, of),
	)
}

func (v *dialogView) renderUnasked(a *across) app.UI {
	again := parts.Button("refresh", wordTryAgain.In(v.Lang), v.askAgain)
	if errors.Is(a.failure, sync.ErrOffline) {
		return parts.Empty("cloud-off", wordNeedsServer.In(v.Lang), wordNeedsServerWhy.In(v.Lang), again)
	}
	return parts.Failed(wordNotAsked.In(v.Lang), parts.ErrorText(v.Lang, a.failure), again)
}

func (v *dialogView) renderOffer(a *across) app.UI {
	lang := v.Lang
	checked, of := a.places()
	var said []i18n.Text
	if of > 0 {
		said = append(said, fill(wordAcrossSum, "places", counted(countPlaces, of), "articles", counted(countInArticles, len(a.found))))
	}
	if left := a.leftOut(); len(left) > 0 {
		said = append(said, fill(wordNotOffered, "what", list(left)))
	}
	if a.cut || a.beyond > 0 {
		said = append(said, wordTooMany)
	}
	lines := make([]app.UI, len(said))
	for i, t := range said {
		lines[i] = app.P().Class("muted").Text(t.In(lang))
	}
	if of == 0 {
		lines = append([]app.UI{parts.Empty("search", wordNowhereElse.In(lang), wordNowhereElseWhy.In(lang), nil)}, lines...)
	}
	articles := a.shown()
	groups := make([]app.UI, len(articles))
	for i, one := range articles {
		groups[i] = v.renderAcrossArticle(a, one)
	}
	return app.Div().Class("stack").Body(
		app.Div().Class("stack").Body(lines...),
		parts.FieldError(v.acrossFailure(a)),
		app.Div().Class("stack").Body(groups...),
		v.renderAcrossPages(a),
		app.Div().Class("across-foot").Body(
			app.If(of > 0, func() app.UI {
				return app.Button().Type("button").Class("btn btn-primary").ID("across-accept").Disabled(checked == 0).OnClick(v.acceptAcross).Body(
					parts.Icon("check"), app.Span().Text(counted(countAdd, checked).In(lang)), app.Kbd().Class("keycap only-desktop").Text(v.s.keyCap("Semicolon")),
				)
			}).Else(func() app.UI {
				return app.Button().Type("button").Class("btn btn-primary").ID("across-close").OnClick(v.endAcross).Text(wordClose.In(lang))
			}),
			app.If(len(a.wrote) > 0, func() app.UI {
				return parts.Button("undo", counted(countTakeBack, a.labels).In(lang), v.takeBackAcross)
			}),
			app.If(a.hidden > 0, func() app.UI {
				return parts.Button("", counted(countMore, a.hidden).In(lang), v.moreAcross).ID("across-more")
			}),
		),
	)
}

func (v *dialogView) acrossFailure(a *across) string {
	if a.failure == nil {
		return ""
	}
	return strings.TrimSpace(a.told().In(v.Lang) + " " + parts.ErrorText(v.Lang, a.failure))
}

func (v *dialogView) renderAcrossArticle(a *across, one *acrossArticle) app.UI {
	lang := v.Lang
	title := one.Title
	if one.ID == a.from {
		title = fill(wordThisArticle, "title", title).In(lang)
	}
	rows := make([]app.UI, len(one.Mentions))
	for i, m := range one.Mentions {
		before, name, after := m.Shown()
		rows[i] = &acrossRow{
			v: v, Article: one.ID, Place: i, Before: before, Text: name, After: after, Rule: ruleWords(m.Rule).In(lang),
			Class: v.s.editor.labelClass(a.query.Label), TextLang: one.Lang, Dir: one.Dir, Checked: one.checked[i],
		}
	}
	// In the article's direction: a box stands where its line begins.
	return app.Section().Class("across-article").Dir(one.Dir).DataSet("article", one.ID).Body(
		app.H3().Class("across-title").Body(
			app.Label().Class("check").Body(
				app.Input().Type("checkbox").Checked(one.count() == len(one.checked)).DataSet("article", one.ID).OnChange(v.checkArticle),
				app.Span().Class("bidi").Lang(one.Lang).Dir("auto").Text(title),
			),
			app.Span().Class("count num bidi").Text(fill(wordSome, "n", strconv.Itoa(one.count()), "of", strconv.Itoa(len(one.checked))).In(lang)),
		),
		app.P().Class("span-note bidi").Hidden(!one.Unclear).Text(fill(wordUnclear, "name", a.query.Entity).In(lang)),
		app.Div().Body(rows...),
	)
}

func (v *dialogView) renderAcrossPages(a *across) app.UI {
	n := len(a.pages()) - 1
	if n < 2 {
		return nil
	}
	return app.Nav().Class("row").Aria("label", wordPages.In(v.Lang)).Body(
		parts.Button("", wordPrevious.In(v.Lang), v.acrossBack).Disabled(a.page == 0),
		app.Span().Class("muted num").Role("status").Text(fill(wordPageOf, "n", strconv.Itoa(a.page+1), "of", strconv.Itoa(n)).In(v.Lang)),
		parts.Button("", wordNext.In(v.Lang), v.acrossOn).Disabled(a.page == n-1),
	)
}

func (v *dialogView) renderTold(a *across) app.UI {
	lang := v.Lang
	return app.Div().Class("stack").Body(
		app.P().Class("row").Role("status").Body(parts.Icon("check-circle"), app.Span().Text(a.told().In(lang))),
		parts.FieldError(parts.ErrorText(lang, a.failure)),
		app.Div().Class("across-foot").Body(
			app.Button().Type("button").Class("btn btn-primary").ID("across-close").OnClick(v.endAcross).Text(wordClose.In(lang)),
			app.If(a.phase == written && a.labels > 0, func() app.UI {
				return parts.Button("undo", counted(countTakeBack, a.labels).In(lang), v.takeBackAcross).ID("across-back")
			}),
		),
	)
}

// acrossKey accepts by the key that accepts in the article, too.
func (v *dialogView) acrossKey(_ app.Context, ev app.Event) {
	k := Key{Code: ev.Get("code").String(), Shift: ev.Get("shiftKey").Bool(), Alt: ev.Get("altKey").Bool(), Ctrl: ev.Get("ctrlKey").Bool(), Meta: ev.Get("metaKey").Bool()}
	if chordOf(k) == v.s.editor.keys.Own(chord{"Semicolon", 0}) && !ev.Get("repeat").Bool() {
		ev.PreventDefault()
		v.s.acceptAcross()
	}
}

func (v *dialogView) askAgain(app.Context, app.Event)       { v.anew(v.s.across.query.All) }
func (v *dialogView) moreAcross(app.Context, app.Event)     { v.anew(true) }
func (v *dialogView) acceptAcross(app.Context, app.Event)   { v.s.acceptAcross() }
func (v *dialogView) takeBackAcross(app.Context, app.Event) { v.s.takeBackAcross(v.s.across) }
func (v *dialogView) endAcross(ctx app.Context, _ app.Event) {
	parts.CloseDialog(ctx)
}
func (v *dialogView) acrossOn(app.Context, app.Event)   { v.turnAcross(+1) }
func (v *dialogView) acrossBack(app.Context, app.Event) { v.turnAcross(-1) }

func (v *dialogView) turnAcross(by int) {
	v.s.across.page += by
	v.s.changed()
}

func (v *dialogView) anew(all bool) {
	v.s.across = v.s.across.again(all)
	v.s.askAcross()
	v.s.changed()
}

func (v *dialogView) checkArticle(ctx app.Context, _ app.Event) {
	v.s.across.set(data(ctx, "article"), -1, ctx.JSSrc().Get("checked").Bool())
	v.s.changed()
}

// acrossRow is one place: whether it is to become a mention, the words around
// it, and how it was found.
type acrossRow struct {
	app.Compo
	v *dialogView

	Article, Before, Text, After, Rule, Class, TextLang, Dir string
	Place                                                    int
	Checked                                                  bool
}

func (r *acrossRow) Render() app.UI {
	return app.Div().Class("offered-row " + r.Class).Body(
		app.Label().Class("check").Body(
			app.Input().Type("checkbox").Checked(r.Checked).DataSet("article", r.Article).DataSet("place", r.Place).OnChange(r.check),
			app.Span().Class("offered-text").Body(
				app.Span().Class("mention-context").Lang(r.TextLang).Dir(r.Dir).Body(
					app.Text(r.Before), app.B().Text(r.Text), app.Text(r.After),
				),
				app.Span().Class("offered-rule bidi").Text(r.Rule),
			),
		),
	)
}

func (r *acrossRow) check(ctx app.Context, _ app.Event) {
	if place, err := strconv.Atoi(data(ctx, "place")); err == nil {
		r.v.s.across.set(data(ctx, "article"), place, ctx.JSSrc().Get("checked").Bool())
		r.v.s.changed()
	}
}

var (
	wordAcross         = i18n.Text{Ar: "هذا الاسم في كل المقالات", En: "This name in all articles"}
	wordSoFar          = i18n.Text{Ar: "{what} {done} من {of}", En: "{what} {done} of {of}"}
	wordAsking         = i18n.Text{Ar: "يُبحث في المقالات…", En: "Looking through the articles…"}
	wordWriting        = i18n.Text{Ar: "تُكتب الوسوم على هذا الجهاز، مقالًا مقالًا…", En: "Writing the labels to this device, article by article…"}
	wordTakingBack     = i18n.Text{Ar: "يُتراجع عن الوسوم…", En: "Taking the labels back…"}
	wordNeedsServer    = i18n.Text{Ar: "لا بدّ لهذا من الخادم", En: "This needs the server"}
	wordNeedsServerWhy = i18n.Text{Ar: "نصوص المشروع كلها عند الخادم، ولا اتصال به الآن. وسم المواضع في هذا المقال متاح دون اتصال.", En: "The server has all texts of the project, and it can't be reached now. Places in this article can be labelled offline."}
	wordNotAsked       = i18n.Text{Ar: "تعذّر البحث في المقالات", En: "The articles can't be looked through"}
	wordAcrossSum      = i18n.Text{Ar: "{places} {articles}.", En: "{places} {articles}."}
	wordNotOffered     = i18n.Text{Ar: "ولا يُعرض: {what}.", En: "Left out: {what}."}
	wordTooMany        = i18n.Text{Ar: "المواضع أكثر مما يُعرض مرة واحدة: أضف هذه ثم اسأل ثانية.", En: "There are more places than are shown at once: add these, then ask again."}
	wordNowhereElse    = i18n.Text{Ar: "لا مواضع لتوسَم", En: "No places to label"}
	wordNowhereElseWhy = i18n.Text{Ar: "كل مواضع هذا الاسم موسومة، أو ليس في المقالات الأخرى.", En: "Every place of this name has a label, or it stands in no other article."}
	wordThisArticle    = i18n.Text{Ar: "هذا المقال: {title}", En: "This article: {title}"}
	wordSome           = i18n.Text{Ar: "{n} من {of}", En: "{n} of {of}"}
	wordUnclear        = i18n.Text{Ar: "في هذا المقال أكثر من كيان قد يكون «{name}»، فلم يُختر شيء. ما تختاره يوسَم بلا كيان.", En: "Several entities of this article may be {name}, so nothing is checked. What you check is labelled without an entity."}
	wordPages          = i18n.Text{Ar: "الصفحات", En: "Pages"}
	wordPageOf         = i18n.Text{Ar: "صفحة {n} من {of}", En: "Page {n} of {of}"}
	wordPrevious       = i18n.Text{Ar: "السابق", En: "Previous"}
	wordNext           = i18n.Text{Ar: "التالي", En: "Next"}
	wordEverywhereElse = i18n.Text{Ar: "في كل المقالات", En: "In all articles"}
)
