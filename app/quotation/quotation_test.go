package quotation

import (
	"strings"
	"testing"

	"hashiya/app/annotation"
	"hashiya/app/text"
)

// In a row's text, [ ] is the passage, { } a mention, < > a mention of a
// person. A row wants "mode holder → target", where the target is a mention, or
// the first claim in ( ), or – for none.
var sentences = []struct{ text, want string }{
	// A verb of speech and أن or إن: the source's words in other words.
	{"قال {البنك المركزي} إن [التضخم سيتراجع قريبا].", "paraphrase البنك المركزي → (التضخم سيتراجع قريبا)"},
	{"وقالت {وزارة الصحة} إنّ [اللقاح آمن].", "paraphrase وزارة الصحة → (اللقاح آمن)"},
	{"فأضاف <سليم> أنّ [الطريق مغلق].", "paraphrase سليم → (الطريق مغلق)"},
	{"وأكّدت {الشركة} أن [المصنع لن يُغلق].", "paraphrase الشركة → (المصنع لن يُغلق)"},
	{"صرّح <عادل> بأن [الميزانية لا تكفي].", "paraphrase عادل → (الميزانية لا تكفي)"},
	{"ويعتبر {الاتحاد} أن [القانون غير عادل].", "paraphrase الاتحاد → (القانون غير عادل)"},
	{"وذكرت {الوكالة} أن [السفينة وصلت].", "paraphrase الوكالة → (السفينة وصلت)"},
	{"وأوضح المتحدث باسم {البلدية} <نبيل> أن [الجسر متين].", "paraphrase نبيل → (الجسر متين)"},
	{"أشار {التقرير} إلى أن [المياه ملوثة].", "paraphrase التقرير → (المياه ملوثة)"},
	{"وحذّر {مرصد الزلازل} من أن [الهزات ستتكرر].", "paraphrase مرصد الزلازل → (الهزات ستتكرر)"},
	{"ونفت {الحكومة} أن تكون [رفعت الأسعار].", "paraphrase الحكومة → (رفعت الأسعار)"},
	{"شدّد <رامي> على أن [التعليم حق للجميع].", "paraphrase رامي → (التعليم حق للجميع)"},
	{"وأعلنت {النقابة} أن [الإضراب مستمر].", "paraphrase النقابة → (الإضراب مستمر)"},
	{"قـالَ {المجلس} إن [القرار نهائي].", "paraphrase المجلس → (القرار نهائي)"},
	{"وقال {المجلس}\u200f إنّ [نسبة 3.5% كافية].", "paraphrase المجلس → (نسبة 3.5% كافية)"},
	{"سيعلن {البرلمان} أن [الجلسة مؤجلة].", "paraphrase البرلمان → (الجلسة مؤجلة)"},
	{"وقالوا في {النادي} إن [الملعب جاهز].", "paraphrase النادي → (الملعب جاهز)"},
	{"{الجمعية} قالت إن [الحديقة للجميع].", "paraphrase الجمعية → (الحديقة للجميع)"},
	{"وقال <سمير> إن الطقس جميل، مضيفا أن [البحر هادئ].", "paraphrase سمير → (البحر هادئ)"},
	{"وأعلنت <هدى> النتائج مؤكدة أن [الفرز انتهى].", "paraphrase هدى → (الفرز انتهى)"},

	{"وقال «{المجلس}» إن [القرار نهائي].", "paraphrase المجلس → (القرار نهائي)"},

	// What is done by speaking.
	{"[رفض {المصنع} شروط العمال بشكل قاطع].", "paraphrase المصنع → (شروط العمال)"},
	{"[وانتقد <كريم> {الوزارة} بشدة].", "paraphrase كريم → الوزارة"},
	{"[واتهمت {المعارضة} {الحزب} بالتزوير].", "paraphrase المعارضة → الحزب"},
	{"[ورحّبت {المدينة} بقرار التوسعة].", "paraphrase المدينة → (قرار التوسعة)"},
	{"دعا {الاتحاد} إلى [وقف الصيد الجائر].", "paraphrase الاتحاد → (وقف الصيد الجائر)"},
	{"[ودعت {الأمم المتحدة} إلى وقف القتال].", "paraphrase الأمم المتحدة → (وقف القتال)"},
	{"[تأخذ {القرية} على {البلدية} إهمال الطرق].", "paraphrase القرية → البلدية"},
	{"وأصدرت {المحكمة} في مارس [حكما بحق <فريد>].", "paraphrase المحكمة → فريد"},
	{"[طالب {العمال} بزيادة الأجور]، ثم انصرفوا.", "paraphrase العمال → (زيادة الأجور)"},
	{"[أدانت {المنظمة} قطع الأشجار].", "paraphrase المنظمة → (قطع الأشجار)"},

	// Quotation marks.
	{"وقال <وليد>: «[لن نغادر أرضنا]».", "quote وليد → (لن نغادر أرضنا)"},
	{"قالت {الشركة} “[سنعيد المال]” للزبائن.", "quote الشركة → (سنعيد المال)"},
	{"وقال <منير> للصحفيين \"[نحن مستعدون]\".", "quote منير → (نحن مستعدون)"},
	{"«[لا نخاف أحدا]»، قال <هاني> للحشد.", "quote هاني → (لا نخاف أحدا)"},
	{"أكد <باسم>: «بدأنا العمل. [وسننتهي غدا].»", "quote باسم → (وسننتهي غدا)"},
	{"وصف <عمر> الخطة [“بالكارثة”].", "quote عمر → (بالكارثة)"},
	{"قال <زيد> إن «السعر عادل»، لكن [السوق تراجع].", "paraphrase زيد → (السوق تراجع)"},

	// The passive that names nobody.
	{"[وتُتهم {الشركة} بأنها لوّثت النهر].", "narration implicit → الشركة"},
	{"[واتُّهم <سعيد> بالسرقة].", "narration implicit → سعيد"},
	{"قيل إن [السد سينهار].", "narration implicit → –"},

	// Sources named otherwise.
	{"[ارتفعت الأسعار] بحسب {الغرفة التجارية}.", "paraphrase الغرفة التجارية → (ارتفعت الأسعار)"},
	{"[المحصول وفير]، نقلا عن {وزارة الزراعة}.", "paraphrase وزارة الزراعة → (المحصول وفير)"},

	// Attitudes that the text itself tells of.
	{"ووسعت {المدينة} ميناءها، [الأمر الذي أثار استياء {الجيران}].", "narration الجيران → (ووسعت المدينة ميناءها)"},
	{"سعت {البلدة} إلى زيادة مواردها، بما في ذلك السياحة، [مما أثار قلق {القرى}].", "narration القرى → (زيادة موارد البلدة)"},

	// Nobody speaks.
	{"[وصل <خالد> إلى {الميناء} صباحا].", "narration – → –"},
	{"[يقع {السوق} قرب {النهر}].", "narration – → –"},
	{"[أخذت <ليلى> كتابا من {المكتبة}].", "narration – → –"},
	{"وقال <نادر> إن الحفل ألغي. [ثم عاد {الجمهور}].", "narration – → –"},
	{"شركة {قال وقيل} [افتتحت فرعا].", "narration – → –"},
	{"فاز الفريق، [🙂 وفرح {المدرب}].", "narration – → –"},
}

func TestWhoSaysItAndHow(t *testing.T) {
	for _, row := range sentences {
		t.Run(row.text, func(t *testing.T) {
			plain, passage, mentions := marked(row.text)
			x := text.NewIndex(plain)
			r := Read(x, annotation.Range{End: x.Len()}, passage, mentions)
			name := func(m int) string {
				if m < 0 {
					return "–"
				}
				return x.Slice(mentions[m].Start, mentions[m].End)
			}
			holder, target := name(r.Holder), name(r.Target)
			if r.Implicit {
				holder = "implicit"
			}
			if r.Target < 0 && len(r.Claims) > 0 {
				target = "(" + r.Claims[0] + ")"
			}
			if got := string(r.Mode) + " " + holder + " → " + target; got != row.want {
				t.Errorf("got  %s\nwant %s", got, row.want)
			}
		})
	}
}

// marked reads a row's brackets out of its text.
func marked(s string) (plain string, passage annotation.Range, mentions []Mention) {
	var b strings.Builder
	at := 0
	var open int
	for _, c := range s {
		switch c {
		case '[':
			passage.Start = at
		case ']':
			passage.End = at
		case '{', '<':
			open = at
		case '}', '>':
			mentions = append(mentions, Mention{annotation.Range{Start: open, End: at}, c == '>'})
		default:
			b.WriteRune(c)
			at++
		}
	}
	return b.String(), passage, mentions
}

func TestEveryFormOfAVerbIsKnown(t *testing.T) {
	for _, w := range strings.Fields("قال قالت قالوا يقول تقول يقولون وقال فقال وقالت سيقول وسيقول أضاف وأضافت يضيف أكّد وأكدوا يؤكد صرّح تصرح " +
		"اعتبر يعتبرون رفض وترفض نفى ونفت ينفون اتهم تتهم دعا ودعت فدعا يدعو رحّب ورحبت انتقد تنتقد شدّد أعلن وأعلنوا يعلن ذكر وذكرت أوضح توضح أشار تشير وأشارت حذّر يحذر فحذرت قـــال مضيفا مؤكدة مشيرين") {
		if _, known := formOf(w); !known {
			t.Errorf("%s is not known", w)
		}
	}
	for _, w := range strings.Fields("قلم ولد فرح سوق كتاب وصل الرئيس مدينة يوم 2003 GDP قولا") {
		if f, known := formOf(w); known {
			t.Errorf("%s is taken for a form of %s", w, f.past)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, row := range sentences {
		f.Add(row.text, 3, 9, 4, 8)
	}
	f.Fuzz(func(t *testing.T, s string, a, b, c, d int) {
		if text.Validate(s) != nil {
			return
		}
		x := text.NewIndex(s)
		if a < 0 || b <= a || b > x.Len() || c < 0 || d <= c || d > x.Len() {
			return
		}
		r := Read(x, annotation.Range{End: x.Len()}, annotation.Range{Start: a, End: b}, []Mention{{annotation.Range{Start: c, End: d}, false}})
		if r.Holder > 0 || r.Target > 0 || r.Mode == "" {
			t.Errorf("%+v", r)
		}
	})
}
