package reading

import (
	"context"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/suggest"
	"hashiya/app/ui/client"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
)

// loadSuggestions brings what the project suggests by, from this device where
// the server doesn't answer, and suggests from it. Without it the gazetteer is
// left.
func (s *Screen) loadSuggestions(ctx app.Context, place *client.Workplace) {
	load, e, project := s.load, s.editor, s.project
	ctx.Async(func() {
		likely := e.FindLikelyNames()
		ctx.Dispatch(func(app.Context) { e.LikelyNames(likely) })
		if e.scheme.Unassisted || place == nil {
			return
		}
		known, _ := place.Outbox.Suggestions(context.Background(), project)
		if known.Off {
			return
		}
		if known.Memory == nil {
			known.Memory = &suggest.Memory{}
		}
		found := e.FindSuggestions(known.Memory)
		ctx.Dispatch(func(ctx app.Context) {
			if load == s.load && s.editor == e {
				e.SuggestFrom(found)
				s.paint(false)
				s.settle()
			}
		})
	})
}

// propose looks for what can be offered, now that the text is painted.
func (s *Screen) propose() {
	if s.editor == nil {
		return
	}
	if o, news := s.editor.OfferNew(); news {
		parts.Announce(s.ctx, s.say(o.Say))
		s.paint(false)
		s.stale = true
	}
}

// renderProposed is what can be accepted by one key, as Take does: in the
// palette, under the thumb.
func (v *paletteView) renderProposed() app.UI {
	e, lang := v.s.editor, v.Lang
	line := app.Div().Class("palette-proposed")
	accept := func(words i18n.Text, on app.EventHandler) app.UI {
		return app.Button().Type("button").Class("btn btn-accept").OnClick(on).Body(
			parts.Icon("check"), app.Span().Text(words.In(lang)), app.Kbd().Class("keycap only-desktop").Text(v.s.keyCap("Semicolon")))
	}
	items, _ := e.Mentions()
	checked := 0
	for _, m := range items {
		if m.Checked {
			checked++
		}
	}
	if checked > 0 {
		s, _ := e.OfferedFor()
		words := i18n.Text{
			Ar: countAdd.In(i18n.Ar, checked) + ": " + short(e.Text(s.Start, s.End), 24), En: countAdd.In(i18n.En, checked) + ": " + short(e.Text(s.Start, s.End), 24),
		}
		return line.Body(accept(words, v.take), parts.IconButton("close", wordLeave.In(lang), v.dismiss))
	}
	if s, selected := e.Suggestion(); selected {
		return line.Body(
			accept(fill(wordAcceptAs, "label", e.labelNames(s.Label)), v.take),
			parts.IconButton("close", wordRefuse.In(lang), v.refuse),
		)
	}
	if n := len(e.Suggestions()); n > 0 {
		return line.Class("is-quiet").Body(app.Button().Type("button").Class("btn btn-quiet").Title(wordToSuggestion.In(lang)).OnClick(v.nextSuggestion).Body(
			app.Span().Text(counted(countSuggestions, n).In(lang)), app.Kbd().Class("keycap only-desktop").Text(v.s.keyCap("Quote"))))
	}
	return line
}

func (v *paletteView) take(ctx app.Context, _ app.Event) {
	v.s.do(v.s.editor.Take())
	v.s.back()
}

func (v *paletteView) refuse(ctx app.Context, _ app.Event) {
	v.s.do(v.s.editor.RefuseSuggestion())
	v.s.back()
}

func (v *paletteView) dismiss(ctx app.Context, _ app.Event) {
	v.s.do(v.s.editor.DismissMentions())
	v.s.back()
}

func (v *paletteView) nextSuggestion(ctx app.Context, _ app.Event) {
	v.s.do(v.s.editor.NextSuggestion())
	v.s.back()
}

var (
	wordAcceptAs     = i18n.Text{Ar: "اقبل: {label}", En: "Accept: {label}"}
	wordRefuse       = i18n.Text{Ar: "ارفض الاقتراح", En: "Refuse the suggestion"}
	wordToSuggestion = i18n.Text{Ar: "إلى الاقتراح التالي", En: "To the next suggestion"}

	countSuggestions = i18n.Count{
		ArZero: "لا اقتراحات", ArOne: "اقتراح واحد", ArTwo: "اقتراحان", ArFew: "{n} اقتراحات", ArMany: "{n} اقتراحًا", ArOther: "{n} اقتراح",
		EnOne: "1 suggestion", EnOther: "{n} suggestions",
	}
)
