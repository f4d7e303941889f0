package importing

import (
	"slices"
	"strings"
	"unicode"

	"hashiya/app/article"
)

// The words that open the parts below the body, folded.
var (
	creditWords   = []string{"المصدر", "المصادر", "مصدر الخبر"}
	readAlsoWords = []string{"اقرا ايضا", "اقرا كذلك", "اقرا المزيد", "طالع ايضا", "شاهد ايضا"}
	shareWords    = []string{"طباعه شارك", "شارك طباعه"}
	tagWords      = []string{"طباعه", "شارك", "وسوم", "الوسوم", "كلمات مفتاحيه", "الكلمات المفتاحيه", "كلمات دلاليه", "الكلمات الدلاليه"}
	similarNouns  = []string{"مقالات", "مواضيع", "موضوعات", "اخبار", "تقارير", "قصص"}
	similarWords  = []string{"مشابهه", "ذات صله", "ذات صله بالموضوع", "متعلقه"}
)

// footer returns the kind of the part that the line begins, "" for none, and
// whether the lines behind it belong to it too, up to the next mark. Credits
// go into meta.
func footer(l line, meta *article.Meta) (kind article.RegionKind, opens bool) {
	head, value, colon := strings.Cut(l.key, ":")
	head, value = strings.TrimSpace(head), strings.TrimSpace(value)
	switch {
	case colon && slices.Contains(creditWords, head) && l.len() <= maxCredit:
		addCredits(meta, l.s)
		return article.Credit, false
	case hasWords(l.key, readAlsoWords) && l.len() <= maxReadAlso:
		return article.ReadAlso, slices.Contains(readAlsoWords, head) && value == ""
	case hasWords(l.key, shareWords), slices.Contains(tagWords, head) && (colon || value == ""):
		return article.Tags, true
	case value == "":
		noun, rest, _ := strings.Cut(head, " ")
		if slices.Contains(similarNouns, noun) && slices.Contains(similarWords, rest) {
			return article.Similar, true
		}
	}
	return "", false
}

// addCredits adds the names behind the colon of "المصدر : الجزيرة + وكالات".
func addCredits(meta *article.Meta, s string) {
	_, names, _ := strings.Cut(s, ":")
	for name := range strings.SplitSeq(names, "+") {
		if name = strings.TrimFunc(name, isBlank); name != "" && !slices.Contains(meta.Credits, name) {
			meta.Credits = append(meta.Credits, name)
		}
	}
}

// hasWords reports whether key begins with one of the phrases, as whole words.
func hasWords(key string, phrases []string) bool {
	for _, p := range phrases {
		if rest, ok := strings.CutPrefix(key, p); ok && (rest == "" || rest[0] == ' ' || rest[0] == ':') {
			return true
		}
	}
	return false
}

// fold returns s as the words above are spelt: without harakat, tatweel and
// format characters, alef, ya and ta marbuta in one form each, digits ASCII,
// Latin in lower case, one blank between words. It is for recognising a line,
// never for text that is kept.
func fold(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			gap = b.Len() > 0
			continue
		case unicode.In(r, unicode.Mn, unicode.Cf), r == '\u0640':
			continue
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		b.WriteRune(foldRune(r))
	}
	return b.String()
}

func foldRune(r rune) rune {
	switch {
	case strings.ContainsRune("أإآٱ", r):
		return 'ا'
	case r == 'ى' || r == 'ی':
		return 'ي'
	case r == 'ة':
		return 'ه'
	case r == 'ک':
		return 'ك'
	case r == '：':
		return ':'
	case '٠' <= r && r <= '٩':
		return '0' + r - '٠'
	case '۰' <= r && r <= '۹':
		return '0' + r - '۰'
	}
	return unicode.ToLower(r)
}
