package reading

import (
	"slices"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/annotation"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
)

// outdated is a span or a stance that bears a label which the scheme does not
// offer: it was retired, or this device has an older scheme.
type outdated struct{ span, stance string } // the id of one of them

// retired returns what bears a label that the scheme does not offer: spans in
// the order of the text, then stances.
func (e *Editor) retired() []outdated {
	var out []outdated
	for _, s := range e.layer.Spans {
		if _, offered := e.scheme.Label(s.Label); !offered {
			out = append(out, outdated{span: s.ID})
		}
	}
	for _, s := range e.layer.Stances {
		if _, offered := e.scheme.Stance(s.Label); !offered {
			out = append(out, outdated{stance: s.ID})
		}
	}
	return out
}

// NextRetired goes to the next span or stance whose label the scheme does not
// offer, behind the one that is chosen; behind the last to the first.
func (e *Editor) NextRetired() Outcome {
	all := e.retired()
	if len(all) == 0 {
		return Outcome{}
	}
	next := 0
	for i, o := range all {
		if o.span != "" && o.span == e.span || o.stance != "" && o.stance == e.stance {
			next = (i + 1) % len(all)
		}
	}
	if id := all[next].span; id != "" {
		e.stance = ""
		o := e.Select(id)
		o.Say = join(o.Say, sayRetired)
		return o
	}
	e.span, e.stance = "", all[next].stance
	s, _ := e.stanceByID(e.stance)
	o := Outcome{Say: sayRetired, Request: OpenStance}
	if len(s.Evidence) > 0 {
		o.Reveal = annotation.Range{Start: s.Evidence[0].Start, End: s.Evidence[0].End}
	}
	return o
}

// renderRetired counts what bears a label that the scheme does not offer, and
// leads from one to the next.
func renderRetired(s *Screen, lang i18n.Lang, next app.EventHandler) app.UI {
	n := len(s.editor.retired())
	if n == 0 || s.editor.locked() != none {
		return nil
	}
	return app.Div().Class("banner banner-warn banner-inline").Role("status").Body(
		parts.Icon("tag"), app.Span().Class("banner-text").Text(countRetired.In(lang, n)),
		parts.Button("", wordNextRetired.In(lang), next),
	)
}

// renderUnjudged says why an article that was marked done is not.
func (v *endView) renderUnjudged() app.UI {
	l := v.s.editor.Layer()
	if len(l.Unjudged) == 0 {
		return nil
	}
	names := make([]i18n.Text, len(l.Unjudged))
	for i, t := range l.Unjudged {
		names[i] = verbatim(t)
	}
	// A target that is not asked for any more can't be judged here: under the
	// present scheme the article is done without it.
	asked := slices.ContainsFunc(v.s.editor.scheme.Targets, func(t string) bool { return slices.Contains(l.Unjudged, t) })
	says := wordHeldByOld
	if asked {
		says = wordHeld
	}
	return app.Div().Class("banner banner-warn").Role("status").Body(
		parts.Icon("stance-unclear"), app.Span().Class("banner-text").Text(fill(says, "targets", list(names)).In(v.Lang)),
		app.If(asked, func() app.UI { return parts.Button("", wordJudge.In(v.Lang), v.judge) }),
	)
}

func (v *endView) judge(ctx app.Context, _ app.Event) { v.s.do(v.s.editor.NextRequired()) }

func (v *endView) nextRetired(ctx app.Context, _ app.Event)       { v.s.goToRetired() }
func (v *inspectorView) nextRetired(ctx app.Context, _ app.Event) { v.s.goToRetired() }

func (s *Screen) goToRetired() {
	o := s.editor.NextRetired()
	s.do(o)
	if o.Request == NoRequest {
		s.show(entitiesTab)
	}
}

func (v *inspectorView) renderRetiredNote(label string) app.UI {
	note, is := v.s.editor.retiredNote(label)
	if !is {
		return nil
	}
	return app.P().Class("span-note span-retired").Body(parts.Icon("warning"), app.Span().Text(note.In(v.Lang)))
}

// retiredNote says of a label that the scheme does not offer it.
func (e *Editor) retiredNote(label string) (i18n.Text, bool) {
	if _, offered := e.scheme.Label(label); offered {
		return none, false
	}
	if _, known := e.scheme.Known(label); known {
		return sayRetired, true
	}
	return sayUnknownHere, true
}

var (
	sayRetired = i18n.Text{
		Ar: "لم يعد هذا الوسم في دليل الوسوم. يبقى كما هو حتى تغيّره أو تحذفه.",
		En: "This label is no longer in the scheme. It stays as it is until you change or delete it.",
	}
	sayUnknownHere = i18n.Text{
		Ar: "هذا الوسم ليس في إصدار الدليل الذي على هذا الجهاز.",
		En: "This label is not in the version of the scheme that this device has.",
	}
	countRetired = i18n.Count{
		ArZero: "كل الوسوم في الدليل", ArOne: "وسم واحد لم يعد في الدليل", ArTwo: "وسمان لم يعودا في الدليل", ArFew: "{n} وسوم لم تعد في الدليل", ArMany: "{n} وسمًا لم تعد في الدليل", ArOther: "{n} وسم لم تعد في الدليل",
		EnOne: "1 label is no longer in the scheme", EnOther: "{n} labels are no longer in the scheme",
	}
	wordNextRetired = i18n.Text{Ar: "اعرض التالي", En: "Show the next"}
	wordRetiredName = i18n.Text{Ar: "{label} (لم يعد في الدليل)", En: "{label} (no longer in the scheme)"}
	wordHeld        = i18n.Text{
		Ar: "أشرت إلى أن المقال أُنجز، ولا يُحسب كذلك حتى يُحكم على موقفه من: {targets}.",
		En: "You marked this article done. It does not count as done until its stance is judged toward: {targets}.",
	}
	wordHeldByOld = i18n.Text{
		Ar: "أشرت إلى أن المقال أُنجز حين كان يُطلب الحكم على: {targets}. لم يعد ذلك مطلوبًا: أكّد من جديد أن المقال أُنجز.",
		En: "You marked this article done while a judgement was required toward: {targets}. It is not required any more: mark the article done again.",
	}
	wordJudge = i18n.Text{Ar: "احكم", En: "Judge"}
)
