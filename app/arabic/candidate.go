package arabic

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Words is a text as the search for candidates sees it: its whole words,
// proclitics and all.
type Words struct {
	List []string
	// Between returns what stands between words i-1 and i.
	Between func(i int) string
	// Known is what the words' article shows.
	Known Lexicon
	// Demonym reports whether a word says where somebody or something is from
	// (الروسي, أوكرانيين). It may be nil.
	Demonym func(word string) bool
}

// Candidate is a range of words [First,Last) that is worth a look for a name
// that nobody has labelled yet. An inner one stands inside another and is worth
// a look once that has a label.
type Candidate struct {
	First, Last int
	Inner       bool
}

// Candidates returns the candidates of a text in the order of their first
// words; only inner ones overlap others. It is a way to move through a text, no
// judgement: cheap rules about the words around names in news.
//
//   - a month, with the number before it and the year behind it; a weekday; a year;
//   - a word that begins the name of a body, a place or an event (وكالة, بحر,
//     مؤتمر), with what belongs to it: definite words, a word in the construct
//     state before them, a purpose behind ل; a body also alone (المحكمة);
//   - one to three words in quotation marks;
//   - a post (الرئيس, رئيس اللجنة) with its adjective, and then the words of the
//     person's name;
//   - a demonym, and a definite word with a demonym behind it;
//   - a word without the article behind a preposition (إلى باكو), and any word
//     behind a verb of speech, unless its ending is that of a common noun;
//   - a word that one of these rules takes for a name elsewhere in the text; a
//     family name with the word before it.
func Candidates(w Words) []Candidate {
	s := search{Words: w, names: map[string]bool{}, families: map[string]bool{}}
	for _, word := range w.List {
		n := CoreStart(word, w.Known)
		s.words = append(s.words, string(NewKey(word, spelled).Runes))
		s.cores = append(s.cores, string(NewKey(string([]rune(word)[n:]), spelled).Runes))
	}
	s.all() // what the rules take for names at one place counts at all
	return s.all()
}

type search struct {
	Words
	words, cores    []string
	names, families map[string]bool // cores that a rule takes for a name, for a family's
}

func (s *search) all() (out []Candidate) {
	for i := 0; i < len(s.words); {
		j := s.end(i)
		if j <= i {
			i++
			continue
		}
		out = append(out, Candidate{First: i, Last: j})
		for k := i + 1; k < j; k++ {
			if e := s.within(k, j); e > k {
				out = append(out, Candidate{k, e, true})
			}
		}
		i = j
	}
	return out
}

// within returns where an inner candidate that begins with word k ends, before
// the end of the outer one; k for none.
func (s *search) within(k, end int) int {
	e := k
	switch core := s.cores[k]; {
	case s.demonym(k):
		e = k + 1
	case isHead(core, bodies) || isHead(core, sites):
		e = s.named(k)
	}
	if e > end || e == k+1 && !s.demonym(k) && !(isDefinite(s.cores[k]) && isHead(s.cores[k], bodies)) {
		return k
	}
	return e
}

// end returns where a candidate that begins with word i ends; i for none.
func (s *search) end(i int) int {
	core := s.cores[i]
	if n := s.quoted(i); n > 0 {
		return i + n
	}
	switch {
	case isYear(core):
		return i + 1
	case isNumber(core) && s.is(i+1, months):
		return s.date(i + 1)
	case months[core]:
		return s.date(i)
	case weekdays[core]:
		return i + 1
	case days[core] && s.is(i+1, weekdays):
		return i + 2
	case s.afterPost(i):
		if j := s.person(i); j > i {
			return j
		}
	}
	switch {
	case isPost(core):
		return s.post(i)
	case isHead(core, bodies) || isHead(core, sites):
		if j := s.named(i); j > i+1 || isHead(core, bodies) && isDefinite(core) {
			return j
		}
		return i
	case s.demonym(i):
		return s.adjectives(i + 1)
	case isDefinite(core) && s.next(i+1) && (s.demonym(i+1) || isRelational(core) && isRelational(s.cores[i+1])):
		return s.adjectives(i + 2)
	case s.next(i+1) && s.families[s.cores[i+1]] && s.words[i+1] == s.cores[i+1] && s.bare(i) && !looksLikeVerb(core):
		return i + 2
	case s.names[core]:
		return i + 1
	case i > 0 && s.next(i) && (saying[s.cores[i-1]] || saying[s.words[i-1]]) && (s.bare(i) || isDefinite(core) && !common[core]):
		return s.name(i)
	case i > 0 && s.next(i) && placeWords[s.words[i-1]] && (s.bare(i) || regions[core]):
		if isNoun(core) || beforeVerbs[s.words[i-1]] && looksLikeVerb(core) {
			return i
		}
		return s.name(i)
	case core != s.words[i] && s.bare(i) && !isNoun(core) && !strings.HasPrefix(s.words[i], "لل"):
		return s.name(i) // the article shows the core alone: و and a name, often
	}
	return i
}

// name takes word i for a name, here and elsewhere.
func (s *search) name(i int) int {
	if s.bare(i) {
		s.names[s.cores[i]] = true
	}
	return i + 1
}

func (s *search) next(j int) bool {
	if j <= 0 || j >= len(s.words) {
		return false
	}
	switch s.Between(j) {
	case " ", "/", "\u00a0":
		return true
	}
	return false
}

func (s *search) is(i int, in map[string]bool) bool { return s.next(i) && in[s.cores[i]] }

func (s *search) demonym(i int) bool {
	return s.Demonym != nil && s.Demonym(s.cores[i]) && utf8.RuneCountInString(s.cores[i]) > 3
}

// quoted returns how many words stand in quotation marks of their own from word
// i on; 0 for more than three or none.
func (s *search) quoted(i int) int {
	if i == 0 || !strings.ContainsAny(s.Between(i), "“«\"”") {
		return 0
	}
	for n := 1; n <= 3 && i+n < len(s.words); n++ {
		between := s.Between(i + n)
		if strings.ContainsAny(between, "”»\"“") {
			return n
		}
		if !s.next(i + n) {
			return 0
		}
	}
	return 0
}

// date goes on from a month: its other name, the year, "next".
func (s *search) date(i int) int {
	j := i + 1
	for s.next(j) && (months[s.cores[j]] || s.cores[j] == "الأول" || s.cores[j] == "الثاني" || isYear(s.cores[j]) || relative[s.cores[j]]) {
		j++
	}
	return j
}

// named goes on from a word that begins a name.
func (s *search) named(i int) int {
	j := i + 1
	if !isDefinite(s.cores[i]) {
		// The construct state: words without the article up to one with it.
		k := j
		for s.next(k) && k < i+3 && s.plain(k) {
			k++
		}
		if s.definite(k) {
			j = k
		} else if s.next(j) && s.bare(j) {
			j++
			if isHead(s.cores[i], sites) && s.next(j) && s.bare(j) && !looksLikeVerb(s.cores[j]) {
				j++
			}
			return j
		} else if isHead(s.cores[i], sites) && s.next(j) && s.next(j+1) && s.plain(j) && s.plain(j+1) {
			return j + 2 // قره باغ
		}
	}
	from := j
	for s.definite(j) && j < from+3 {
		if isDefinite(s.cores[i]) && !isRelational(s.cores[j]) && !adjectives[s.cores[j]] {
			break // الجيش المدينة: what goes with a definite word is an adjective
		}
		j++
	}
	if j == i+1 && !isDefinite(s.cores[i]) {
		return i + 1
	}
	return s.purpose(j)
}

// purpose goes on with ل and what a body is for: للأنباء, لأحواض الأنهار.
func (s *search) purpose(j int) int {
	if !s.next(j) || !strings.HasPrefix(s.words[j], "ل") || s.words[j] == s.cores[j] {
		return j
	}
	if isDefinite(s.cores[j]) || strings.HasPrefix(s.words[j], "لل") {
		return j + 1
	}
	if s.definite(j + 1) {
		return j + 2
	}
	return j
}

// definite reports whether word j goes on with a definite word of its own.
func (s *search) definite(j int) bool {
	return s.next(j) && isDefinite(s.words[j]) && !common[s.words[j]]
}

// plain reports whether word j can stand in the construct state.
func (s *search) plain(j int) bool {
	w := s.words[j]
	return utf8.RuneCountInString(w) >= 3 && !isDefinite(w) && !common[w] && !placeWords[w] && !saying[w] && !isPost(w) && !isNumber(w) && s.cores[j] == w
}

func (s *search) adjectives(j int) int {
	for s.next(j) && (adjectives[s.cores[j]] || s.demonym(j) && isDefinite(s.cores[j])) && s.cores[j] == s.words[j] {
		j++
	}
	return j
}

// post goes on from a post: its adjective, or what it is the post of.
func (s *search) post(i int) int {
	j := i + 1
	if isDefinite(s.cores[i]) {
		if s.next(j) && (s.demonym(j) || isRelational(s.cores[j])) {
			return j + 1
		}
		return j
	}
	for s.definite(j) && j < i+4 {
		j++
	}
	if j == i+1 {
		return i // "a minister": which one, the next words say or nobody
	}
	return j
}

// afterPost reports whether a person's name may begin with word i.
func (s *search) afterPost(i int) bool {
	if i == 0 || !s.next(i) {
		return false
	}
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		if isPost(s.cores[k]) {
			return k == i-1 || isDefinite(s.cores[i-1]) // with an adjective or a genitive between
		}
		if !s.next(k) || !isDefinite(s.cores[k]) {
			return false
		}
	}
	return false
}

// person goes on from the first word of a person's name.
func (s *search) person(i int) int {
	if !s.bare(i) || looksLikeVerb(s.cores[i]) {
		return i
	}
	j := i + 1
	for s.next(j) && j < i+3 && s.words[j] == s.cores[j] &&
		(s.bare(j) && !looksLikeVerb(s.cores[j]) || isRelational(s.cores[j]) && !s.demonym(j)) {
		j++
	}
	for _, c := range s.cores[i:j] {
		s.names[c] = true
	}
	if j > i+1 {
		s.families[s.cores[j-1]] = true
	}
	return j
}

// bare reports whether word i can be a name without the article.
func (s *search) bare(i int) bool {
	w := s.cores[i]
	if utf8.RuneCountInString(w) < 4 || isDefinite(w) || common[w] || placeWords[s.words[i]] || saying[w] || isPost(w) ||
		isHead(w, bodies) || isHead(w, sites) || directions[w] || strings.ContainsAny(w, "0123456789٠١٢٣٤٥٦٧٨٩") {
		return false
	}
	for _, ending := range []string{"ة", "ات", "اء", "ون", "ها", "هم", "نا", "ته"} {
		if strings.HasSuffix(w, ending) {
			return false
		}
	}
	return true
}

func isDefinite(w string) bool { return hasArticle([]rune(w)) }

// isHead reports whether w begins a name, with or without the article.
func isHead(w string, heads map[string]bool) bool {
	return heads[w] || isDefinite(w) && heads[strings.TrimPrefix(w, "ال")]
}

// isPost reports whether w is a post or title, also "its president".
func isPost(w string) bool {
	if posts[w] || isDefinite(w) && posts[strings.TrimPrefix(w, "ال")] {
		return true
	}
	for _, ending := range []string{"ها", "هم", "ه"} {
		if stem, is := strings.CutSuffix(w, ending); is && len(stem) > 4 {
			if posts[stem] || strings.HasSuffix(stem, "ت") && posts[strings.TrimSuffix(stem, "ت")+"ة"] {
				return true
			}
		}
	}
	return false
}

// looksLikeVerb reports whether w begins as verbs in news do and names seldom:
// سيلتقي, يستقبل, استقبل.
func looksLikeVerb(w string) bool {
	for _, prefix := range []string{"سي", "ست", "ي", "است"} {
		if strings.HasPrefix(w, prefix) {
			return true
		}
	}
	return false
}

// isNoun reports whether w has the pattern of a verbal noun (إرسال, اتفاق, تبادل)
// or of a common plural (مواسم).
func isNoun(w string) bool {
	r := []rune(w)
	n := len(r)
	switch r[0] {
	case 'ا', 'إ':
		return n >= 5 && n <= 7 && r[n-2] == 'ا'
	case 'ت', 'م':
		return n == 5 && r[2] == 'ا'
	}
	return false
}

// isRelational reports whether w ends like الروسي, الروسية, الأوكرانيين.
func isRelational(w string) bool {
	if !isDefinite(w) || utf8.RuneCountInString(w) < 6 || common[w] {
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
	first, _ := utf8.DecodeRuneInString(w)
	return isNumber(w) && utf8.RuneCountInString(w) == 4 && unicode.IsDigit(first) && strings.ContainsRune("12١٢", first)
}
