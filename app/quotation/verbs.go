package quotation

import (
	"strings"
	"sync"

	"hashiya/app/arabic"
)

// verb is a verb of speech, or of what is done by speaking (accusing,
// rejecting, issuing).
type verb struct {
	past    string // he said
	present string // says, without the letter of the person
	takes   string // the preposition before what it is about, "" for none
	// voiced is set where a damma on the present's first letter makes the
	// passive; elsewhere the active has one too (يُعلن).
	voiced bool
	forms  []string // irregular forms, in place of the regular ones
}

// verbs are those that Arabic news quotes with. Spelled by match key: without
// vowel signs, every alef bare.
var verbs = []verb{
	{past: "قال", present: "قول", voiced: true},
	{past: "اضاف", present: "ضيف"},
	{past: "اكد", present: "ؤكد", takes: "على"},
	{past: "صرح", present: "صرح", takes: "ب"},
	{past: "اعتبر", present: "عتبر", voiced: true},
	{past: "رفض", present: "رفض", voiced: true},
	{past: "اتهم", present: "تهم", takes: "ب", voiced: true},
	{past: "رحب", present: "رحب", takes: "ب"},
	{past: "انتقد", present: "نتقد", voiced: true},
	{past: "شدد", present: "شدد", takes: "على"},
	{past: "اعلن", present: "علن"},
	{past: "ذكر", present: "ذكر", voiced: true},
	{past: "اوضح", present: "وضح"},
	{past: "اشار", present: "شير", takes: "الى"},
	{past: "حذر", present: "حذر", takes: "من"},
	{past: "زعم", present: "زعم", voiced: true},
	{past: "افاد", present: "فيد", takes: "ب"},
	{past: "كشف", present: "كشف", takes: "عن", voiced: true},
	{past: "طالب", present: "طالب", takes: "ب"},
	{past: "ندد", present: "ندد", takes: "ب"},
	{past: "ادان", present: "دين"},
	{past: "استنكر", present: "ستنكر", voiced: true},
	{past: "شجب", present: "شجب", voiced: true},
	{past: "اشاد", present: "شيد", takes: "ب"},
	{past: "هاجم", present: "هاجم"},
	{past: "هدد", present: "هدد", takes: "ب"},
	{past: "تعهد", present: "تعهد", takes: "ب"},
	{past: "اعرب", present: "عرب", takes: "عن"},
	{past: "عبر", present: "عبر", takes: "عن"},
	{past: "لفت", present: "لفت", takes: "الى"},
	{past: "نوه", present: "نوه", takes: "ب"},
	{past: "تابع", present: "تابع"},
	{past: "اردف", present: "ردف"},
	{past: "نبه", present: "نبه", takes: "الى"},
	{past: "اقر", present: "قر", takes: "ب"},
	{past: "اعترف", present: "عترف", takes: "ب"},
	{past: "شكك", present: "شكك", takes: "في"},
	{past: "رجح", present: "رجح"},
	{past: "توقع", present: "توقع"},
	{past: "ناشد", present: "ناشد"},
	{past: "وصف", present: "صف", voiced: true},
	{past: "ايد", present: "ؤيد"},
	{past: "عارض", present: "عارض"},
	{past: "استبعد", present: "ستبعد", voiced: true},
	{past: "اصدر", present: "صدر"},
	{past: "حث", present: "حث", takes: "على", voiced: true},
	{past: "رد", present: "رد", takes: "على"},
	{past: "نفى", takes: "", forms: []string{"نفى", "نفت", "نفوا", "نفيا", "ينفي", "تنفي", "ينفون", "ينفيان"}},
	{past: "دعا", takes: "الى", forms: []string{"دعا", "دعت", "دعوا", "يدعو", "تدعو", "يدعون", "يدعوان"}},
	{past: "رأى", forms: []string{"راى", "رات", "راوا", "يرى", "ترى", "يرون"}},
	{past: "ادعى", forms: []string{"ادعى", "ادعت", "ادعوا", "يدعي", "تدعي", "يدعون"}},
	{past: "ابدى", forms: []string{"ابدى", "ابدت", "ابدوا", "يبدي", "تبدي", "يبدون"}},
	{past: "اخذ", present: "اخذ", takes: "على", forms: []string{"اخذ", "اخذت", "اخذوا", "ياخذ", "تاخذ", "ياخذون"}},
}

// participles go on with the words of whoever spoke last: "adding that".
var participles = []string{
	"مضيف", "مؤكد", "قائل", "موضح", "مشير", "معتبر", "محذر", "مشدد", "معلن", "نافي", "رافض", "متهم", "داعي", "منتقد", "لافت", "زاعم",
	"مطالب", "مرحب", "مندد", "متابع", "مردف", "منوه", "مبين", "ذاكر", "متعهد", "مهدد", "معرب", "معبر", "كاشف",
}

// silent are passives that need no vowel sign to be known.
var silent = []string{"قيل", "يقال"}

// feelings are the nouns that tell of somebody's attitude when a name follows.
var feelings = []string{
	"استياء", "قلق", "غضب", "ترحيب", "تاييد", "ادانة", "انتقاد", "انتقادات", "تحفظ", "تحفظات", "اعتراض", "معارضة", "مخاوف", "امتعاض",
	"سخط", "استنكار", "تنديد", "رضا", "ارتياح", "رفض", "اتهامات", "تحذيرات", "دعوات", "مطالبات", "شكوك", "حفيظة",
}

// according are the words that name a source behind them; "نقلا عن" is two.
var according = []string{"بحسب", "حسب", "وفق", "وفقا", "نقلا"}

type form struct {
	*verb
	participle bool
	passive    bool // whatever its vowels
	present    bool
}

var forms = sync.OnceValue(func() map[string]form {
	m := map[string]form{}
	for i := range verbs {
		v := &verbs[i]
		if v.forms != nil {
			for _, f := range v.forms {
				m[f] = form{verb: v}
			}
			continue
		}
		for _, end := range []string{"", "ت", "وا", "ا", "تا"} {
			m[v.past+end] = form{verb: v}
		}
		for _, f := range []string{"ي" + v.present, "ت" + v.present, "ي" + v.present + "ون", "ي" + v.present + "ان", "ت" + v.present + "ان"} {
			m[f] = form{verb: v, present: true}
		}
	}
	for _, p := range participles {
		for _, end := range []string{"ا", "ة", "ين"} {
			m[p+end] = form{verb: &verb{past: p}, participle: true}
		}
	}
	m["مشيرا"], m["لافتا"], m["داعيا"] = form{verb: &verb{takes: "الى"}, participle: true}, form{verb: &verb{takes: "الى"}, participle: true}, form{verb: &verb{takes: "الى"}, participle: true}
	for _, s := range silent {
		m[s] = form{verb: &verb{past: s}, passive: true}
	}
	return m
})

// formOf returns the verb that a word of the text is, with و or ف and then س in
// front or without.
func formOf(word string) (form, bool) {
	key := arabic.NewKey(word, arabic.Folded).String()
	for {
		if f, known := forms()[key]; known {
			f.passive = f.passive || !f.participle && passive(word, f)
			return f, true
		}
		rest, cut := strings.CutPrefix(key, "و")
		if !cut {
			if rest, cut = strings.CutPrefix(key, "ف"); !cut {
				if rest, cut = strings.CutPrefix(key, "س"); !cut {
					return form{}, false
				}
			}
		}
		if len([]rune(rest)) < 2 {
			return form{}, false
		}
		key = rest
		word = word[strings.IndexAny(word, "وفس"):]
		word = strings.TrimLeftFunc(word[len("و"):], arabic.IsMark)
	}
}

// passive reports whether the vowel signs make the form a passive: a damma on
// the first letter, where the active has none.
func passive(word string, f form) bool {
	const damma = 'ُ'
	r := []rune(word)
	marked := false
	for _, c := range r[1:] {
		if !arabic.IsMark(c) {
			break
		}
		marked = marked || c == damma
	}
	if !marked && !f.present && len(r) > 2 { // اتُّهم
		for _, c := range r[2:] {
			if !arabic.IsMark(c) {
				break
			}
			marked = marked || c == damma
		}
	}
	return marked && (f.voiced || !f.present)
}
