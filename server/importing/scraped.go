package importing

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hashiya/app/article"
	"hashiya/app/text"
)

// A scraped page reads, each part on lines of its own and any of them missing:
//
//	outlet:
//	2025-05-28@00:20:02 GMT
//	title
//	تاريخ النشر: 19th, August 2024 GMT
//	title, again
//	dateline, when it has a line of its own
//	body …
//	المصدر: credit
//	إقرأ أيضاً:          and what it teases
//	طباعة شارك tags
//	مقالات مشابهة        and their titles
//
// A dateline that opens the first line of the body stays in the body, for its
// names are annotated with it.

// headLines is how many lines that are not blank may hold the head.
const headLines = 10

// Longer lines are prose, whatever they begin with; in code points.
const (
	maxOutlet   = 120
	maxTitle    = 300
	maxDateline = 60
	maxCredit   = 160
	maxReadAlso = maxTitle
)

// line is a line that is not blank, in code points, without blank edges.
type line struct {
	start, end int
	s          string
	key        string // see fold; "" for a line longer than maxTitle
}

func (l line) len() int { return l.end - l.start }

// scrape returns what the page says of itself and where its parts lie. A
// region begins with its first character that is not blank; a title or a
// dateline ends with its line, any other region where the next one begins, the
// last one with the text's last character that is not blank. Text without any
// of the marks is one body.
func scrape(s string) (article.Meta, []article.Region) {
	lines := solidLines(s)
	meta, regions, rest := readHead(lines)
	kind, block := article.Body, false
	for i, l := range rest {
		mark, opens := footer(l, &meta)
		switch {
		case mark != "":
			kind, block = mark, opens
		case !block:
			kind = article.Body
		}
		if n := len(regions); i == 0 || regions[n-1].Kind != kind {
			if i > 0 {
				regions[n-1].End = l.start
			}
			regions = append(regions, article.Region{Kind: kind, Start: l.start})
		}
		regions[len(regions)-1].End = l.end
	}
	return meta, regions
}

func solidLines(s string) []line {
	x := text.NewIndex(s)
	var out []line
	for _, l := range text.Lines(s) {
		raw := x.Slice(l.Start, l.End)
		left := strings.TrimLeftFunc(raw, isBlank)
		if left == "" {
			continue
		}
		t := strings.TrimRightFunc(left, isBlank)
		start := l.Start + utf8.RuneCountInString(raw[:len(raw)-len(left)])
		l := line{start: start, end: start + utf8.RuneCountInString(t), s: t}
		if l.len() <= maxTitle {
			l.key = fold(t)
		}
		out = append(out, l)
	}
	return out
}

func isBlank(r rune) bool {
	return unicode.IsSpace(r) || unicode.In(r, unicode.Cf) && r != '\u200C' && r != '\u200D'
}

func blank(s string) bool { return strings.IndexFunc(s, func(r rune) bool { return !isBlank(r) }) < 0 }

// readHead reads what stands above the body and returns the lines from the
// body on. Without a sign of a head (a fetch time, a date of publication, a
// title given twice) all lines are the body's.
func readHead(lines []line) (meta article.Meta, regions []article.Region, rest []line) {
	mark, outlet := lastMark(lines), hasOutlet(lines)
	if mark < 0 && !titleTwice(lines, 0) && !(outlet && titleTwice(lines, 1)) {
		return meta, nil, lines
	}
	rest = lines
	var title line
	if outlet {
		meta.Outlet = trimColon(lines[0].s)
		rest = rest[1:]
	}
	for ; len(lines)-len(rest) <= mark; rest = rest[1:] {
		l := rest[0]
		if at, ok := fetchTime(l.s); ok {
			meta.Fetched = at
		} else if date, ok := publication(l); ok {
			meta.Published = date
		} else if isURL(l.s) {
			meta.URL = l.s
		} else {
			title = l
		}
	}
	for len(rest) > 0 && isURL(rest[0].s) {
		meta.URL, rest = rest[0].s, rest[1:]
	}
	switch {
	case title.s != "" && len(rest) > 0 && rest[0].key == title.key:
		title, rest = rest[0], rest[1:]
	case titleTwice(rest, 0):
		// What stood above was not the title, then: a paper's name without
		// its colon.
		if meta.Outlet == "" && title.len() <= maxOutlet {
			meta.Outlet = title.s
		}
		title, rest = rest[1], rest[2:]
	case title.s == "" && len(rest) > 1 && rest[0].len() <= maxTitle && !isSentence(rest[0].s):
		title, rest = rest[0], rest[1:]
	}
	if title.s != "" {
		meta.Title = title.s
		regions = append(regions, article.Region{Kind: article.Title, Start: title.start, End: title.end})
	}
	if len(rest) > 1 && isDateline(rest[0]) {
		regions = append(regions, article.Region{Kind: article.Dateline, Start: rest[0].start, End: rest[0].end})
		rest = rest[1:]
	}
	return meta, regions, rest
}

// lastMark returns the index of the last line of the head that only a head
// has, −1 for none. A paragraph of prose ends the search: what stands below it
// is not a head.
func lastMark(lines []line) int {
	mark := -1
	for i, l := range lines[:min(len(lines), headLines)] {
		if l.len() > maxTitle {
			break
		}
		_, fetched := fetchTime(l.s)
		_, published := publication(l)
		if fetched || published {
			mark = i
		}
	}
	return mark
}

func hasOutlet(lines []line) bool {
	if len(lines) == 0 || lines[0].len() > maxOutlet {
		return false
	}
	if strings.HasSuffix(lines[0].s, ":") {
		return true
	}
	if len(lines) == 1 {
		return false
	}
	_, first := fetchTime(lines[0].s)
	_, second := fetchTime(lines[1].s)
	return second && !first
}

func titleTwice(lines []line, i int) bool {
	return i+1 < len(lines) && lines[i].key == lines[i+1].key && lines[i].len() <= maxTitle
}

func isDateline(l line) bool {
	const dashes = "-–—"
	if l.len() > maxDateline || isSentence(l.s) {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(l.s)
	words := strings.Fields(l.s)
	lone := slices.ContainsFunc(words, func(w string) bool { return len(words) <= 6 && strings.Contains(dashes, w) })
	return strings.ContainsRune(dashes, last) || lone
}

func isSentence(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, "\"”»’)"))
	return strings.ContainsRune(".؟?!…۔", last)
}

func isURL(s string) bool {
	return (strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")) && !strings.ContainsFunc(s, unicode.IsSpace)
}

func trimColon(s string) string {
	return strings.TrimRightFunc(s, func(r rune) bool { return r == ':' || isBlank(r) })
}
