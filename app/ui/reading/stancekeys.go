package reading

import (
	"strconv"

	"hashiya/app/ui/i18n"
)

// draftKeys work in the text while a stance is being written, before all
// others: a scheme may have labels on the same keys.
var draftKeys = keyGroup{i18n.Text{Ar: "الموقف المفتوح", En: "The open stance"}, []keyRow{
	{i18n.Text{Ar: "الحكم، بترتيبه في السلّم", En: "The judgement, by its place on the scale"}, numbers(9, 0, (*Editor).Judge)},
	{i18n.Text{Ar: "صاحب الموقف: كيان الوسم المختار، أو المرشّح التالي", En: "Holder: the selected label's entity, or the next candidate"}, []binding{
		{chord{"KeyH", 0}, false, does((*Editor).NextHolder)},
	}},
	{i18n.Text{Ar: "نقلًا عن كيان الوسم المختار", En: "Quoted through the selected label's entity"}, []binding{
		{chord{"KeyH", shift}, false, does((*Editor).AddSource)},
	}},
	{i18n.Text{Ar: "الموقف من: النصّ المحدَّد، أو كيان الوسم المختار، أو المرشّح التالي", En: "Toward: the selected text, the selected label's entity, or the next candidate"}, []binding{
		{chord{"KeyU", 0}, false, does((*Editor).NextTarget)},
	}},
	{i18n.Text{Ar: "صيغة الإيراد التالية", En: "Next way of reporting"}, []binding{
		{chord{"KeyI", 0}, false, does((*Editor).NextMode)},
	}},
	{i18n.Text{Ar: "الشدّة", En: "Intensity"}, numbers(3, shift, (*Editor).Intensity)},
	{i18n.Text{Ar: "اليقين", En: "Certainty"}, numbers(3, alt, (*Editor).Certainty)},
	{i18n.Text{Ar: "حفظ", En: "Save"}, []binding{
		{chord{"Enter", ctrl}, false, ask(SaveStanceDraft)},
	}},
}}

// targetKeys work while the article's required targets are being judged.
var targetKeys = keyGroup{i18n.Text{Ar: "أحكام المقال كله", En: "Judgements on the whole article"}, []keyRow{
	{i18n.Text{Ar: "الهدف التالي الذي لم يُحكم عليه", En: "Next target that is not judged"}, []binding{
		{chord{"KeyB", 0}, false, does((*Editor).NextRequired)},
	}},
	{i18n.Text{Ar: "الحكم على هذا الهدف", En: "Judge this target"}, numbers(9, 0, (*Editor).JudgeTarget)},
	{i18n.Text{Ar: "سحب الحكم", En: "Take the judgement back"}, []binding{
		{chord{"Digit0", 0}, false, does((*Editor).Unjudge)},
	}},
}}

func numbers(most int, m mods, run func(*Editor, int) Outcome) []binding {
	var out []binding
	for n := 1; n <= most; n++ {
		out = append(out, binding{chord{"Digit" + strconv.Itoa(n), m}, false, func(e *Editor, _ bool) (Outcome, bool) { return run(e, n), true }})
	}
	return out
}

var draftMap, targetMap = mapOf(draftKeys), mapOf(targetKeys)

func mapOf(g keyGroup) map[chord]binding {
	m := map[chord]binding{}
	for _, r := range g.rows {
		for _, b := range r.keys {
			m[b.chord] = b
		}
	}
	return m
}

// stanceKey runs what is on a chord while a stance is being written, or the
// article's targets are being judged.
func (e *Editor) stanceKey(c chord) (Outcome, bool) {
	if e.draft != nil {
		if b, bound := draftMap[c]; bound {
			return b.run(e, false)
		}
		return Outcome{}, false
	}
	if b, bound := targetMap[c]; bound && len(e.scheme.Targets) > 0 && (e.required != "" || c.code == "KeyB") {
		return b.run(e, false)
	}
	return Outcome{}, false
}
