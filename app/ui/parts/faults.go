package parts

import (
	"time"

	"hashiya/app/annotation"
	"hashiya/app/ui/i18n"
	"hashiya/app/wire"
)

// faultTexts say why the server does not take an op, and what to do.
var faultTexts = map[annotation.FaultCode]i18n.Text{
	annotation.Malformed:    {Ar: "هذا التغيير ليس بصيغة سليمة. نزّل ما لم يُرسَل وأرسله إلى من يدير الخادم. ({detail})", En: "This change is not well-formed. Download the unsent work and send it to whoever runs the server. ({detail})"},
	annotation.NotAllowed:   {Ar: "حساب {author} لا يوسم في المشروع {project}. اطلب الإذن من مشرف المشروع.", En: "{author} may not label in project {project}. Ask the project lead."},
	annotation.NoArticle:    {Ar: "لم يعد هذا المقال ({article}) في المشروع {project} على الخادم. أخبر مشرف المشروع.", En: "Article {article} is not in project {project} on the server. Tell the project lead."},
	annotation.NoScheme:     {Ar: "لا يعرف الخادم الإصدار {version} من دليل المشروع {project}. أخبر مشرف المشروع.", En: "The server does not know version {version} of the scheme of project {project}. Tell the project lead."},
	annotation.OtherText:    {Ar: "نصّ المقال على الخادم ليس النصّ الذي عملت عليه. افتح المقال من جديد وأعد العمل على نصه الحالي.", En: "The article's text on the server is not the one you worked on. Open the article again and redo this on the present text."},
	annotation.NoLabel:      {Ar: "الوسم «{label}» ليس في الإصدار {version} من الدليل. اختر وسمًا آخر، أو اطلب من مشرف المشروع إضافته.", En: "The label “{label}” is not in version {version} of the scheme. Choose another one, or ask the project lead to add it."},
	annotation.NoStance:     {Ar: "الموقف «{label}» ليس في الإصدار {version} من الدليل. اختر غيره، أو اطلب من مشرف المشروع إضافته.", En: "The stance “{label}” is not in version {version} of the scheme. Choose another one, or ask the project lead to add it."},
	annotation.OutsideText:  {Ar: "الموضع من {start} إلى {end} خارج نصّ المقال، وطوله {length}. افتح المقال من جديد وأعد وضع الوسم.", En: "Characters {start} to {end} lie outside the article's text of {length}. Open the article again and place the label anew."},
	annotation.OtherDevice:  {Ar: "معرّف هذا الجهاز لحساب آخر. يأخذ الجهاز معرّفًا جديدًا من تلقاء نفسه ويعيد الإرسال.", En: "This device's id belongs to another account. The device takes a new one by itself and sends this again."},
	annotation.IDInUse:      {Ar: "رقم هذا التغيير مستعمل لتغيير آخر، كما يحدث بعد استعادة نسخة قديمة من المتصفّح. يأخذ الجهاز معرّفًا جديدًا من تلقاء نفسه ويعيد الإرسال.", En: "Another change has this one's number, as after restoring an old copy of the browser's profile. The device takes a new id by itself and sends this again."},
	annotation.BehindFaulty: {Ar: "ينتظر تغييرًا قبله يُرسَل بمعرّف جديد.", En: "It waits for a change before it that is sent under a new id."},
}

// FaultText says why an op was not taken. What a newer server says in a code of
// its own it says in its own words.
func FaultText(l i18n.Lang, code annotation.FaultCode, params map[string]string, reason string) string {
	t, known := faultTexts[code]
	if !known {
		return reason
	}
	var pairs []string
	for name, value := range params {
		pairs = append(pairs, name, isolate(value))
	}
	return t.With(l, pairs...)
}

// isolate keeps a name in its own direction within a sentence of the other one.
func isolate(s string) string { return "\u2068" + s + "\u2069" }

// RefusalText says why a record of an import was not taken.
func RefusalText(l i18n.Lang, r wire.Refusal) string {
	return FaultText(l, r.Code, r.Params, r.Reason)
}

// SkewText says how wrong this device's clock is.
func SkewText(l i18n.Lang, skew time.Duration) string {
	if skew > 0 {
		return clockAhead.With(l, "time", Duration(l, skew))
	}
	return clockBehind.With(l, "time", Duration(l, -skew))
}

var (
	clockAhead = i18n.Text{
		Ar: "ساعة هذا الجهاز متقدّمة {time}. يُحفظ عملك ويُرسَل كالمعتاد، لكن الأوقات المعروضة خطأ: اضبط ساعة الجهاز.",
		En: "This device's clock is {time} ahead. Your work is saved and sent as ever, but the times shown are wrong: set the device's clock.",
	}
	clockBehind = i18n.Text{
		Ar: "ساعة هذا الجهاز متأخّرة {time}. يُحفظ عملك ويُرسَل كالمعتاد، لكن الأوقات المعروضة خطأ: اضبط ساعة الجهاز.",
		En: "This device's clock is {time} behind. Your work is saved and sent as ever, but the times shown are wrong: set the device's clock.",
	}
)
