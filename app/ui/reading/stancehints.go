package reading

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/annotation"
	"hashiya/app/ui/i18n"
)

// fieldName is a field's name with its key, and whether what stands in it was
// suggested.
func (f *stanceForm) fieldName(id string, name i18n.Text, key string, offered bool) app.UI {
	return app.Div().Class("field-name").Body(
		app.Label().For(id).Text(name.In(f.Lang)), f.offeredChip(offered), app.Kbd().Class("keycap push").Text(f.s.keyCap(key)),
	)
}

func (f *stanceForm) offeredChip(offered bool) app.UI {
	return app.Span().Class("chip chip-offered").Hidden(!offered).Title(wordOfferedHint.In(f.Lang)).Text(wordOffered.In(f.Lang))
}

// renderSpanStances lists the stances that the selected span takes part in.
func (v *inspectorView) renderSpanStances(s annotation.NamedSpan, chosen bool) []app.UI {
	if !chosen {
		return nil
	}
	list := v.s.editor.StancesOf(s)
	if len(list) == 0 || v.Tab == stancesTab && len(list) == len(v.s.editor.layer.Stances) {
		return nil // there, they stand below anyway
	}
	out := []app.UI{sectionHead(wordSpanStances.In(v.Lang), len(list))}
	for _, st := range list {
		out = append(out, v.renderStance(st))
	}
	return []app.UI{app.Section().Class("section").Body(out...)}
}

var (
	wordOffered     = i18n.Text{Ar: "مقترح", En: "Suggested"}
	wordOfferedHint = i18n.Text{Ar: "من الكلام حول الشاهد؛ غيّره إن لم يصحّ.", En: "From the words around the evidence; change it where it is wrong."}
	wordSpanStances = i18n.Text{Ar: "مواقف هذا الوسم", En: "Stances of this label"}
)
