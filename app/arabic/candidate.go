package arabic

import "strings"

// Candidates returns ranges of words [i,j) that are worth a look for a name that
// nobody has labelled yet, ascending, not overlapping. It is a way to move
// through a text, no judgement: cheap rules about the words around names in
// news, in favour of finding too much. joined tells whether nothing but white
// space or a slash stands between words i-1 and i. words are whole words,
// proclitics and all; known is what their article shows.
//
//   - a month, with the number before it and the year behind it; a weekday; a year;
//   - a word that begins the name of a body, a place or an event (وكالة, بحر,
//     مؤتمر), with the definite words behind it, or else the next one;
//   - a post (الرئيس) with its adjective, and then the one or two words of the
//     person's name;
//   - a definite relational adjective (الروسية), with the definite word before it;
//   - a word without the article behind a preposition (إلى باكو), unless its
//     ending is that of a common noun.
func Candidates(words []string, known Lexicon, joined func(i int) bool) [][2]int {
	c := candidates{joined: joined}
	for _, w := range words {
		runes := NewKey(w, spelled).Runes
		n := CoreStart(w, known)
		c.words = append(c.words, string(runes))
		c.cores = append(c.cores, string(NewKey(string([]rune(w)[n:]), spelled).Runes))
	}
	var out [][2]int
	for i := 0; i < len(words); {
		if j := c.end(i); j > i {
			out = append(out, [2]int{i, j})
			i = j
			continue
		}
		i++
	}
	return out
}

type candidates struct {
	words, cores []string
	joined       func(i int) bool
}

// end returns where a candidate that begins with word i ends; i for none.
func (c *candidates) end(i int) int {
	core := c.cores[i]
	switch {
	case isYear(core):
		return i + 1
	case isNumber(core) && c.is(i+1, months):
		return c.date(i + 1)
	case months[core]:
		return c.date(i)
	case weekdays[core]:
		return i + 1
	case core == "امس" || core == "أمس":
		if c.is(i+1, weekdays) {
			return i + 2
		}
		return i
	case nameHeads[core]:
		return c.named(i + 1)
	case posts[core]:
		if j := i + 1; c.next(j) && isRelational(c.cores[j]) {
			return j + 1
		}
		return i + 1
	case i > 0 && c.next(i) && (posts[c.cores[i-1]] || i > 1 && posts[c.cores[i-2]] && isRelational(c.cores[i-1])):
		return c.person(i)
	case c.next(i+1) && isDefinite(core) && isRelational(c.cores[i+1]):
		return i + 2
	case isRelational(core):
		return i + 1
	case i > 0 && placeWords[c.words[i-1]] && c.next(i) && c.bare(i):
		return i + 1
	case core != c.words[i] && c.bare(i) && !isDefinite(core):
		return i + 1 // the article shows the core alone: و and a name, often
	}
	return i
}

func (c *candidates) next(j int) bool { return j < len(c.words) && c.joined(j) }

func (c *candidates) is(j int, in map[string]bool) bool { return c.next(j) && in[c.cores[j]] }

// date goes on from a month: its other name, the year, "next".
func (c *candidates) date(i int) int {
	j := i + 1
	for c.next(j) && (months[c.cores[j]] || c.cores[j] == "الأول" || c.cores[j] == "الثاني" || isYear(c.cores[j]) || relative[c.cores[j]]) {
		j++
	}
	return j
}

// named goes on from a word that begins a name.
func (c *candidates) named(j int) int {
	from := j
	for c.next(j) && isDefinite(c.words[j]) && j < from+3 {
		j++
	}
	if j == from && c.next(j) && c.bare(j) {
		j++
	}
	return j
}

func (c *candidates) person(i int) int {
	if !c.bare(i) {
		return i
	}
	if j := i + 1; c.next(j) && c.bare(j) && !isDefinite(c.words[j]) {
		return j + 1
	}
	return i + 1
}

// bare reports whether word i can be a name without the article.
func (c *candidates) bare(i int) bool {
	w := c.cores[i]
	if len([]rune(w)) < 4 || isDefinite(w) || common[w] || placeWords[c.words[i]] || posts[w] || isNumber(w) {
		return false
	}
	for _, ending := range []string{"ة", "ات", "اء", "ون", "ها", "هم", "نا"} {
		if strings.HasSuffix(w, ending) {
			return false
		}
	}
	return true
}

func isDefinite(w string) bool { return hasArticle([]rune(w)) }

// isRelational reports whether w ends like الروسي, الروسية, الأوكرانيين.
func isRelational(w string) bool {
	if !isDefinite(w) || len([]rune(w)) < 6 || common[w] {
		return false
	}
	for _, ending := range []string{"ي", "ية", "يين", "يون", "يات"} {
		if strings.HasSuffix(w, ending) {
			return true
		}
	}
	return false
}

func isNumber(w string) bool {
	return w != "" && strings.Trim(w, "0123456789٠١٢٣٤٥٦٧٨٩") == ""
}

func isYear(w string) bool {
	return isNumber(w) && len([]rune(w)) == 4 && strings.ContainsAny(w[:1]+string([]rune(w)[:1]), "12١٢")
}

var (
	months = set(
		"يناير فبراير مارس أبريل إبريل نيسان مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
		"كانون شباط آذار أيار حزيران تموز آب أيلول تشرين رمضان شوال محرم صفر رجب",
		"شعبان جانفي فيفري أفريل جوان جويلية أوت",
	)
	weekdays = set(
		"السبت الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة",
	)
	relative = set(
		"المقبل الماضي الجاري القادم المنصرم الحالي",
	)

	nameHeads = set(
		"وكالة وزارة مجلس حزب حركة منظمة جامعة شركة مؤسسة هيئة جماعة بنك صحيفة قناة",
		"نادي محكمة جمعية تحالف الاتحاد الولايات القوات الجيش التلفزيون الأمم البنك البرلمان بحر نهر",
		"إقليم مدينة محافظة جزيرة جزر خليج جبل صحراء منطقة ولاية قرية بلدة مضيق قره",
		"مطار ميناء سد مؤتمر قمة مهرجان بطولة كأس معركة اتفاقية",
	)
	posts = set(
		"الرئيس رئيس رئيسة وزير الوزير وزيرة نظيره نظيرته الملك ملك الأمير أمير الشيخ السفير",
		"سفير النائب الأمين المتحدث المبعوث الجنرال اللواء العقيد الدكتور السيد السيدة والد المدير مدير",
		"زعيم قائد المستشار الحاكم حاكم",
	)
	placeWords = set(
		"في إلى من على عن مع بين حسب بحسب ضد لدى عبر وفي وإلى",
		"ومن وعلى ومع نحو قرب شرق غرب شمال جنوب عاصمة",
	)

	// common are frequent words that the rules would take for names.
	common = set(
		"ذلك تلك هذا هذه خلال حيث بعد قبل عند كان كانت أكثر غير كما",
		"حين عام عامي آخر جديد طريق شكل قبر وجه مدى قيام سبيل إطار أجل",
		"الذي التي التالي الحالي الماضي الثاني الجاري الأساسي الرئيسي اليومي الذين اللذين التعاونية مساء",
		"صباح أطفال أراضيها جانب جميع بعض عدد أحد نفس مثل عدم دون",
	)
)
