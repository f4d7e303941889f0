package story

import (
	"fmt"
	"strings"

	"hashiya/app/annotation"
	"hashiya/app/article"
)

// section is one region of an article that is being put together.
type section struct {
	kind article.RegionKind
	text string
}

// compose puts an article together, an empty line between its sections.
func compose(meta article.Meta, lang string, sections ...section) article.Article {
	var text []rune
	var regions []article.Region
	for _, s := range sections {
		if len(text) > 0 {
			text = append(text, '\n', '\n')
		}
		start := len(text)
		text = append(text, []rune(s.text)...)
		regions = append(regions, article.Region{Kind: s.kind, Start: start, End: len(text)})
		if s.kind == article.Title {
			meta.Title = s.text
		}
	}
	return article.New(string(text), lang, meta, regions)
}

// summit is the article that most stories open.
var summit = compose(article.Meta{Outlet: "مرصد القوقاز", Published: "2026-03-14"}, "ar",
	section{article.Title, "بوتين في باكو: وعود بالغاز وخلاف على الممر"},
	section{article.Dateline, "باكو – مرصد القوقاز، 14 آذار/مارس 2026"},
	section{article.Body, "وصل الرئيس الروسي فلاديمير بوتين، أمس الجمعة، إلى العاصمة الأذربيجانية باكو في زيارة تستمر يومين، هي الأولى له منذ سبتمبر/أيلول 2018، والتقى نظيره الأذربيجاني إلهام علييف في قصر «زاغولبا».\n\n" +
		"وقال علييف إن لأذربيجان «مصلحة راسخة» في عبور الغاز الروسي أراضيها، وإن شركة سوكار وقّعت مع غازبروم عقدًا مدته 15 عامًا. ونقلت وكالة الأنباء الأذربيجانية عن مسؤول لم تسمّه أن بوتين «وعد بالكثير».\n\n" +
		"لكنّ وزارة الخارجية الأرمينية رفضت ما جاء في بيان القمّة، ورأت أنّ فتح ممر زنغزور «بشروط باكو» يمسّ سيادة أرمينيا. واتُّهمت موسكو بأنها تقف مع طرف دون آخر، فيما دعا الاتحاد الأوروبي إلى ضبط النفس.\n\n" +
		"ووصف الناطق باسم الكرملين مُحَمَّد يوسفوف الموقفَ بأنه “سـوء فهم”، وقال إن بوتين وعلييف سيلتقيان مجددًا في قازان و2026 عامٌ للحلول."},
	section{article.ReadAlso, "أرمينيا تعلّق مشاركتها في مناورات الحلف\n\nالغاز الروسي يصل إلى إيران عبر أذربيجان"},
)

// shelf is the project's articles as the annotator has left them.
func shelf() []listed {
	short := func(outlet, published, title, body string) article.Article {
		return compose(article.Meta{Outlet: outlet, Published: published}, "ar", section{article.Title, title}, section{article.Body, body})
	}
	return []listed{
		{summit, annotation.New, 0, 0},
		{short("وكالة القوقاز للأنباء", "2026-03-13", "تبليسي تفتح معبرها البري مع أرمينيا بعد أسبوع من الإغلاق", "فتحت تبليسي المعبر."), annotation.InProgress, 7, 1},
		{short("صحيفة الضفاف", "2026-03-12", "أنقرة: لا ممر بلا اتفاق سلام", "قالت أنقرة."), annotation.Done, 31, 4},
		{short("الميزان الاقتصادي", "2026-03-12", "سوكار ترفع إنتاجها 4.6% و«بي بي» BP تبقى شريكًا", "رفعت سوكار إنتاجها."), annotation.Done, 24, 2},
		{short("مرصد القوقاز", "2026-03-11", "بروكسل تعرض مليارَي يورو على يريفان", "عرضت بروكسل."), annotation.Skipped, 0, 0},
		{short("صحيفة الديوان", "2026-03-10", "علييف يستقبل وفد منظمة التعاون", "استقبل علييف الوفد."), annotation.New, 0, 0},
		{short("وكالة القوقاز للأنباء", "2026-03-09", "نصف مليون نازح ينتظرون العودة إلى بيوتهم في قرى لم يبق منها إلا أسماؤها على خرائط قديمة", "ينتظر النازحون."), annotation.New, 0, 0},
		{compose(article.Meta{Outlet: "Caspian Post", Published: "2026-03-08"}, "en", section{article.Title, "Baku and Yerevan trade maps of minefields"}, section{article.Body, "Baku said."}), annotation.New, 0, 0},
	}
}

// nest is one phrase in which five names stand within each other.
var nest = compose(article.Meta{Outlet: "مرصد القوقاز", Published: "2026-03-14"}, "ar",
	section{article.Title, "رئيس لجنة حقوق الإنسان في برلمان جمهورية أذربيجان يستقيل"},
	section{article.Body, "أعلن رئيس لجنة حقوق الإنسان في برلمان جمهورية أذربيجان استقالته اليوم، وقالت عضو اللجنة نفسها إن القرار «نهائي». " +
		"ورحّب وزير خارجية دولة الإمارات العربية المتحدة بالخطوة، ولا سيما أنّ البرلمان الأذربيجاني صوّت ضد لجنة حقوق الإنسان في برلمان جمهورية أذربيجان مرتين."},
)

// mixed has every direction in one line: Arabic, Hebrew, Latin, digits and the
// controls between them.
var mixed = compose(article.Meta{Outlet: "Caspian Post", Published: "2026-03-14"}, "ar",
	section{article.Title, "Apple و«غوغل» تتنافسان على F-16 الرقمية في 2026"},
	section{article.Body, "قالت شركة Apple Inc. إن هاتف iPhone 17 Pro\u200f بيع في إسرائيل (ישראל) بنحو 4,599.50 شيكل، أي +12.5% فوق سعره في U.S.A.، وكتبت صحيفة «הארץ» أن «אין חדש» تحت الشمس.\n\n" +
		"English first: the spokesman in تل أبيب said “لا تعليق” on 14/03/2026 at 15:09, and nothing about باكو.\n\n" +
		"רמאללה – כתב הארץ: הנשיא אמר כי بوتين יגיע ב-14 במרץ 2026 לבאקו.\n\n" +
		"السطر الأخير يجمع GDP\u200f 3.5%، و2003، وA/B، و٢٠٢٦–١٩٩٩، ومی\u200cخواهم الفارسية، و(أقواسًا [متداخلة]) مع رابط example.com/a?b=1."},
)

// gazette is a text in English in an Arabic project.
var gazette = compose(article.Meta{Outlet: "Caspian Post", Published: "2026-03-12"}, "en",
	section{article.Title, "Baku hosts summit on gas and corridors"},
	section{article.Body, "BAKU — President Vladimir Putin of Russia met his counterpart Ilham Aliyev (علييف) on Friday. “We agreed on the route,” Mr Aliyev said, quoting the memorandum of 2003.\n\nYerevan’s foreign ministry rejected the statement and said that the corridor “on Baku’s terms” was unacceptable to Armenia."},
)

// place returns the range of the nth occurrence, from 0, of a phrase.
func place(a *article.Article, phrase string, nth int) annotation.Range {
	from := 0
	for {
		i := strings.Index(a.Text[from:], phrase)
		if i < 0 {
			panic(fmt.Sprintf("%q does not stand that often in %q", phrase, a.Meta.Title))
		}
		if from += i; nth == 0 {
			start := len([]rune(a.Text[:from]))
			return annotation.Range{Start: start, End: start + len([]rune(phrase))}
		}
		nth--
		from += len(phrase)
	}
}
