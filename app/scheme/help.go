package scheme

// explained adds to the labels what the default scheme says of them.
func explained(labels []Label) []Label {
	for i := range labels {
		labels[i].Help = labelHelp[labels[i].ID]
	}
	return labels
}

var labelHelp = map[string]Names{
	"PER":      {"شخص بعينه، حقيقي أو متخيَّل، باسمه أو لقبه أو كنيته، دون منصبه. مثلًا: «أم كلثوم»، «ابن خلدون».", "One person, real or fictional, by name or nickname, without the post. For example: أم كلثوم, ابن خلدون."},
	"ORG":      {"جماعة منظَّمة لها اسم: وزارة، شركة، حزب، نادٍ، محكمة، وسيلة إعلام. مثلًا: «جامعة الدول العربية»، «بنك الخرطوم».", "An organised group with a name: a ministry, company, party, club, court, outlet. For example: جامعة الدول العربية, بنك الخرطوم."},
	"GPE":      {"مكان له حكومة: دولة أو ولاية أو مدينة، وإن قُصدت به حكومته. مثلًا: «المغرب»، «صنعاء».", "A place with a government: a country, state or city, also where its government is meant. For example: المغرب, صنعاء."},
	"LOC":      {"مكان من الطبيعة أو إقليم بلا حكومة: بحر، جبل، صحراء، قارّة. مثلًا: «وادي النيل»، «البحر الأحمر».", "A place of nature, or a region without a government: a sea, mountain, desert, continent. For example: وادي النيل, البحر الأحمر."},
	"FAC":      {"بناء من صنع الناس: مطار، جسر، ميناء، ملعب، طريق. مثلًا: «قناة السويس»، «مطار بيروت».", "Something people built: an airport, bridge, port, stadium, road. For example: قناة السويس, مطار بيروت."},
	"NORP":     {"انتماء إلى شعب أو دين أو تيار، اسمًا كان أو نسبة قائمة بذاتها. مثلًا: «الأمازيغ»، «التونسيون».", "Belonging to a people, religion or movement, as a noun or a free-standing adjective. For example: الأمازيغ, التونسيون."},
	"ROLE":     {"منصب أو صفة وظيفية، دون اسم صاحبها. مثلًا: «رئيس الوزراء»، «المتحدث باسم الشرطة».", "A post or function, without the name of who holds it. For example: رئيس الوزراء, المتحدث باسم الشرطة."},
	"EVENT":    {"حدث له اسم: حرب، مؤتمر، بطولة، كارثة. مثلًا: «كأس العالم»، «ثورة 1919».", "An event with a name: a war, conference, tournament, disaster. For example: كأس العالم, ثورة 1919."},
	"DATE":     {"زمن يُعرف من النص: يوم أو شهر أو سنة أو مدة. الاسمان المتقابلان تاريخ واحد: «نيسان/أبريل 2024».", "A time that the text tells: a day, month, year or span. Two names of one month are one date: نيسان/أبريل 2024."},
	"MISC":     {"اسم علم لا يناسبه وسم آخر: كتاب، فيلم، جائزة، لغة. مثلًا: «جائزة نوبل».", "A proper name that no other label fits: a book, film, prize, language. For example: جائزة نوبل."},
	"LAW":      {"نصّ ملزم له اسم: قانون، دستور، معاهدة. مثلًا: «الدستور اليمني».", "A binding text with a name: a law, constitution, treaty. For example: الدستور اليمني."},
	"MONEY":    {"مبلغ مع عملته. مثلًا: «خمسة ملايين دينار».", "An amount with its currency. For example: خمسة ملايين دينار."},
	"QUANTITY": {"مقدار مع وحدته. مثلًا: «40 كيلومترًا».", "A measure with its unit. For example: 40 كيلومترًا."},
	"PRODUCT":  {"شيء مصنوع له اسم تجاري أو طراز. مثلًا: «إيرباص A320».", "A made thing with a brand or model name. For example: إيرباص A320."},
}

var stanceHelp = map[string]Names{
	"favor":   {"يقبل الهدف أو يمدحه أو يدعو إليه.", "Accepts, praises or calls for the target."},
	"against": {"يرفض الهدف أو ينتقده أو يتهمه.", "Rejects, criticises or accuses the target."},
	"neutral": {"يذكر الهدف ويظهر من النص أنه لا يميل إليه ولا عنه.", "Speaks of the target, and the text shows that it leans neither way."},
	"discuss": {"يعرض الرأيين أو يناقش الهدف دون أن يحسم.", "Gives both sides or weighs the target without settling."},
	"unclear": {"له موقف، لكن النص لا يكفي لمعرفته.", "There is a stance, but the text does not suffice to know it."},
}

// defaultGuidelines is Markdown, as all guidelines are.
const defaultGuidelines = `# ما يوسَم وما لا يوسَم

- سِم **كل ذِكر** لاسم في العنوان والمتن، ولو تكرر.
- اترك السوابق خارج الوسم: و، ف، ب، ل، ك. وأبقِ **ال** فيه.
- للاسم داخل الاسم وسمه أيضًا: في «جامعة القاهرة» منظمة، وفيها مدينة.
- الوسم لما **يعنيه** الاسم هنا: «واشنطن» كيان سياسي وإن قُصدت حكومتها.
- لا علامات تنصيص ولا فواصل في طرفي الوسم.

# المواقف

1. حدّد **الشاهد** في النص أولًا، ثم صاحب الموقف، ثم ما هو موقف منه.
2. الحكم لما يقوله النص عن صاحبه، لا لما تعرفه أنت عنه.
3. «لم يُحكم» غير «محايد»: المحايد حكمٌ يدلّ عليه النص.

> قال الناقل إن الوزير رحّب بالاتفاق: صاحب الموقف الوزير، نقلًا عن الناقل.
`
