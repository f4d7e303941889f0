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

// paletteView is the labels with their keys, below the text.
type paletteView struct {
	app.Compo
	s *Screen

	Lang  i18n.Lang
	Turn  int
	Words int
}

func (v *paletteView) Render() app.UI {
	s, lang := v.s, v.Lang
	if s.editor == nil {
		return app.Div().Class("palette-labels")
	}
	labels := s.editor.scheme.Labels
	var current string
	if span, there := s.editor.Span(); there {
		current = span.Label
	}
	locked := s.editor.locked() != none
	buttons := make([]app.UI, len(labels))
	for i, l := range labels {
		buttons[i] = v.renderLabel(i, l, l.ID == current, locked)
	}
	class := "slot"
	if len(labels) > scheme.Colors {
		class += " palette-many"
	}
	return app.Div().Class(class).Body(
		v.renderSelection(),
		v.renderProposed(),
		app.Div().Class("palette-labels").Role("toolbar").Aria("label", wordLabels.In(lang)).Body(buttons...),
		app.Div().Class("palette-end").Body(
			parts.IconButton("speech", wordStanceHere.In(lang), v.stance).Disabled(locked),
			parts.IconButton("undo", wordUndo.In(lang), v.undo).Disabled(!s.desk.CanUndo()),
			parts.IconButton("redo", wordRedo.In(lang), v.redo).Disabled(!s.desk.CanRedo()),
			parts.IconButton("keyboard", wordKeys.In(lang), v.keys).Class("only-desktop"),
		),
	)
}

// renderSelection says what a label would be given to now.
func (v *paletteView) renderSelection() app.UI {
	e := v.s.editor
	if subject, there := e.Subject(); there {
		return app.Div().Class("palette-selection").Body(
			app.Span().Class("palette-word bidi").Lang(e.article.Lang).Dir("auto").Text(short(subject.Text, 60)),
			app.If(subject.Proclitic != "", func() app.UI {
				return app.Span().Class("chip").Title(fill(wordLeftOut, "letters", shownProclitic(subject.Proclitic)).In(v.Lang)).
					Text("− " + shownProclitic(subject.Proclitic))
			}),
		)
	}
	return app.Div().Class("palette-selection").Body(app.Span().Class("palette-hint").Text(wordHint.In(v.Lang)))
}

func (v *paletteView) renderLabel(i int, l scheme.Label, current, locked bool) app.UI {
	name := []app.UI{app.Span().Class("label-name").Text(l.Names.In(string(v.Lang)))}
	if v.Lang == i18n.En { // the English names are too long for a phone
		name = []app.UI{
			app.Span().Class("label-name only-desktop").Text(l.Names.En),
			app.Span().Class("label-name only-phone").Text(l.ID),
		}
	}
	b := app.Button().Type("button").Class("label-btn label-c"+strconv.Itoa(l.Color)).
		Aria("pressed", strconv.FormatBool(current)).Title(l.ID).DataSet("label", l.ID).Disabled(locked).OnClick(v.label).Body(append(name,
		app.If(l.Key != "", func() app.UI {
			return app.Kbd().Class("keycap").Text(v.s.keyCap(l.Key))
		}),
	)...)
	if i == 0 {
		b = b.ID("label-first")
	}
	return b
}

func (v *paletteView) label(ctx app.Context, e app.Event) {
	v.s.do(v.s.editor.Label(data(ctx, "label")))
	v.s.back()
}

func (v *paletteView) stance(ctx app.Context, e app.Event) { v.s.do(v.s.editor.NewStance()) }
func (v *paletteView) undo(ctx app.Context, e app.Event)   { v.s.takeBack(true) }
func (v *paletteView) redo(ctx app.Context, e app.Event)   { v.s.takeBack(false) }
func (v *paletteView) keys(ctx app.Context, e app.Event)   { v.s.openDialog(keysDialog) }

// keyLetter is what to print on a key: its Latin letter, and the one that the
// user's layout has there where that is another.
func (s *Screen) keyLetter(code string) string {
	cap := keyName(code)
	if own := s.client.Browser.KeyLetter(code); own != "" && !strings.EqualFold(own, cap) {
		return cap + " " + strings.ToUpper(own)
	}
	return cap
}

// keyName is what stands on a physical key of a US keyboard.
func keyName(code string) string {
	if name, ok := keyNames[code]; ok {
		return name
	}
	return strings.TrimPrefix(strings.TrimPrefix(code, "Key"), "Digit")
}

var keyNames = map[string]string{
	"ArrowLeft": "←", "ArrowRight": "→", "ArrowUp": "↑", "ArrowDown": "↓", "Comma": ",", "Period": ".", "Slash": "/",
	"BracketLeft": "[", "BracketRight": "]", "Equal": "=", "Minus": "−", "Escape": "Esc", "PageUp": "PgUp", "PageDown": "PgDn",
	"Delete": "Del", "Backspace": "⌫", "Enter": "↵", "Semicolon": ";", "Quote": "'", "Space": "␣",
}

// shownProclitic draws the letters joined to what comes, as they are written.
func shownProclitic(letters string) string {
	if r := []rune(letters); len(r) > 0 && strings.ContainsRune("بلكسف", r[len(r)-1]) {
		return letters + "ـ"
	}
	return letters
}

func short(s string, most int) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > most {
		return string(r[:most*2/3]) + " … " + string(r[len(r)-most/4:])
	}
	return s
}

// endView is what stands below the text: done, skip, reopen.
type endView struct {
	app.Compo
	s *Screen

	Lang i18n.Lang
	Turn int
}

func (v *endView) Render() app.UI {
	s, lang := v.s, v.Lang
	if s.editor == nil {
		return app.Div().Class("sheet-end")
	}
	l := s.editor.Layer()
	var body []app.UI
	if n := len(l.Conflicts); n > 0 {
		body = append(body, app.Div().Class("banner banner-warn").Role("status").Body(
			parts.Icon("split"), app.Span().Class("banner-text").Text(countConflicts.In(lang, n)),
			parts.Button("", wordSettle.In(lang), v.conflicts),
		))
	}
	body = append(body, app.Div().Class("slot").Body(renderRetired(s, lang, v.nextRetired)), app.Div().Class("slot").Body(v.renderUnjudged()))
	body = append(body, v.renderFlags()...)
	switch l.Status {
	case annotation.Done:
		body = append(body,
			app.Span().Class("chip chip-ok").Body(parts.Icon("check-circle"), app.Span().Text(parts.StatusText(lang, l.Status))),
			parts.Button("edit", wordReopen.In(lang), v.reopen),
			parts.Button("arrow", wordNextOne.In(lang), v.next).Class("btn-primary"))
	case annotation.Skipped:
		body = append(body,
			app.Span().Class("chip chip-warn").Body(parts.Icon("skip"), app.Span().Class("bidi").Dir("auto").Text(parts.StatusText(lang, l.Status)+": "+l.SkipReason)),
			parts.Button("edit", wordReopen.In(lang), v.reopen),
			parts.Button("arrow", wordNextOne.In(lang), v.next).Class("btn-primary"))
	default:
		body = append(body,
			parts.Button("check", wordDone.In(lang), v.done).Class("btn-primary"),
			parts.Button("skip", wordSkip.In(lang), v.skip),
			parts.Button("flag", wordFlag.In(lang), v.flag),
			parts.Button("arrow", wordNextOne.In(lang), v.next).Class("btn-quiet"))
	}
	return app.Div().Class("sheet-end").Lang(string(lang)).Dir(lang.Dir()).Body(body...)
}

func (v *endView) done(ctx app.Context, e app.Event)      { v.s.do(v.s.editor.Done()) }
func (v *endView) reopen(ctx app.Context, e app.Event)    { v.s.do(v.s.editor.Reopen()) }
func (v *endView) next(ctx app.Context, e app.Event)      { v.s.next() }
func (v *endView) skip(ctx app.Context, e app.Event)      { v.s.openDialog(skipDialog) }
func (v *endView) conflicts(ctx app.Context, e app.Event) { v.s.openDialog(conflictDialog) }

var (
	wordLabels     = i18n.Text{Ar: "الوسوم", En: "Labels"}
	wordHint       = i18n.Text{Ar: "ضع المؤشر على كلمة أو حدّد نصًّا، ثم اختر وسمًا", En: "Put the caret on a word or select text, then choose a label"}
	wordLeftOut    = i18n.Text{Ar: "«{letters}» خارج الوسم", En: "“{letters}” is left out"}
	wordStanceHere = i18n.Text{Ar: "موقف جديد، أو إضافة المحدَّد إلى شواهد المفتوح", En: "New stance, or add the selection to the open one's evidence"}
	wordUndo       = i18n.Text{Ar: "تراجع", En: "Undo"}
	wordRedo       = i18n.Text{Ar: "إعادة", En: "Redo"}
	wordKeys       = i18n.Text{Ar: "مفاتيح لوحة المفاتيح", En: "Keyboard"}
	wordDone       = i18n.Text{Ar: "أنجزت المقال", En: "Article done"}
	wordSkip       = i18n.Text{Ar: "اترك المقال", En: "Skip"}
	wordNextOne    = i18n.Text{Ar: "المقال التالي", En: "Next article"}
	wordReopen     = i18n.Text{Ar: "أعد فتح المقال", En: "Reopen"}
	wordSettle     = i18n.Text{Ar: "احسم", En: "Settle"}

	countConflicts = i18n.Count{
		ArZero: "لا تعارض", ArOne: "تعارض واحد بين جهازين لم يُحسم", ArTwo: "تعارضان بين جهازين لم يُحسما", ArFew: "{n} تعارضات بين جهازين لم تُحسم", ArMany: "{n} تعارضًا بين جهازين لم يُحسم", ArOther: "{n} تعارض بين جهازين لم يُحسم",
		EnOne: "1 conflict between two devices is open", EnOther: "{n} conflicts between two devices are open",
	}
)
