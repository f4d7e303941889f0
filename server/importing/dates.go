package importing

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// fetchTime reads a line that is nothing but a time with its zone, such as
// 2025-05-28@00:20:02 GMT, as RFC 3339 in UTC.
func fetchTime(s string) (string, bool) {
	if len(s) > 64 {
		return "", false
	}
	t := strings.ToUpper(fold(s))
	for _, zone := range []string{"GMT", "UTC"} {
		if rest, ok := strings.CutSuffix(t, zone); ok {
			t = strings.TrimSpace(rest) + "Z"
		}
	}
	day, clock, ok := strings.Cut(t, "@")
	if !ok {
		day, clock, ok = strings.Cut(strings.Replace(t, " ", "T", 1), "T")
	}
	if !ok {
		return "", false
	}
	t = strings.TrimSpace(day) + "T" + strings.ReplaceAll(clock, " ", "")
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00"} {
		if at, err := time.Parse(layout, t); err == nil {
			return at.UTC().Format(time.RFC3339), true
		}
	}
	return "", false
}

// maxPublication is the longest line, in code points, that can be one.
const maxPublication = 80

// publication reads a line such as تاريخ النشر: 19th, August 2024 GMT as
// YYYY-MM-DD. It is a publication line even where its date can't be read;
// without a colon, where it could begin a sentence, it needs a date.
func publication(l line) (string, bool) {
	if l.len() > maxPublication {
		return "", false
	}
	if label, rest, colon := strings.Cut(l.key, ":"); colon {
		date, _ := readDate(rest)
		return date, slices.Contains(publicationLabels, strings.TrimSpace(label))
	}
	if !hasWords(l.key, publicationOpenings) {
		return "", false
	}
	return readDate(l.key)
}

var (
	publicationLabels   = []string{"تاريخ النشر", "تاريخ نشر", "نشر بتاريخ", "نشر في", "نشر", "نشرت في"}
	publicationOpenings = []string{"تاريخ النشر", "نشر بتاريخ", "نشر في", "نشرت في"}
)

var (
	yearFirst = regexp.MustCompile(`\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b`)
	yearLast  = regexp.MustCompile(`\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b`)
	dayNumber = regexp.MustCompile(`\b(\d{1,2})(?:st|nd|rd|th)?\b`)
	fourDigit = regexp.MustCompile(`\b(\d{4})\b`)
)

// readDate reads the first date in a folded line. Of 05/04/2024 the first
// number is the day, as Arabic papers write it, unless that is impossible.
func readDate(key string) (string, bool) {
	// ISO 8601 writes the time of day behind a T, and \b sees no edge there.
	if m := yearFirst.FindStringSubmatch(strings.ReplaceAll(key, "t", " ")); m != nil {
		return makeDate(m[1], m[2], m[3])
	}
	if m := yearLast.FindStringSubmatch(key); m != nil {
		if date, ok := makeDate(m[3], m[2], m[1]); ok {
			return date, true
		}
		return makeDate(m[3], m[1], m[2])
	}
	month, year, day := monthIn(key), fourDigit.FindString(key), dayNumber.FindStringSubmatch(key)
	if month == 0 || year == "" || day == nil {
		return "", false
	}
	return makeDate(year, strconv.Itoa(month), day[1])
}

func makeDate(year, month, day string) (string, bool) {
	t, err := time.Parse("2006-1-2", year+"-"+month+"-"+day)
	if err != nil {
		return "", false
	}
	return t.Format(time.DateOnly), true
}

// months are the names of the twelve months, folded: the international ones as
// they are said in Egypt and the Gulf, in the Levant and Iraq, in the Maghreb,
// and in English.
var months = [12][]string{
	{"يناير", "كانون الثاني", "جانفي", "january", "jan"},
	{"فبراير", "شباط", "فيفري", "february", "feb"},
	{"مارس", "اذار", "march", "mar"},
	{"ابريل", "نيسان", "افريل", "april", "apr"},
	{"مايو", "ايار", "ماي", "may"},
	{"يونيو", "يونيه", "حزيران", "جوان", "june", "jun"},
	{"يوليو", "يوليه", "تموز", "جويليه", "يوليوز", "july", "jul"},
	{"اغسطس", "اب", "اوت", "غشت", "august", "aug"},
	{"سبتمبر", "ايلول", "شتنبر", "september", "sept", "sep"},
	{"اكتوبر", "تشرين الاول", "october", "oct"},
	{"نوفمبر", "تشرين الثاني", "نونبر", "november", "nov"},
	{"ديسمبر", "كانون الاول", "دجنبر", "december", "dec"},
}

// monthIn returns the month that is named in a folded line, 1 to 12, or 0.
func monthIn(key string) int {
	words := strings.FieldsFunc(key, func(r rune) bool { return !unicode.IsLetter(r) })
	line := " " + strings.Join(words, " ") + " "
	for i, names := range months {
		for _, name := range names {
			if strings.Contains(line, " "+name+" ") {
				return i + 1
			}
		}
	}
	return 0
}
