// Package concordance finds words over many articles, each with the words
// around it: what somebody typed, and the other mentions of a name. It is pure,
// so that the server over a whole project, and the browser over what is on the
// device, find the same. All offsets are code points.
package concordance

import (
	"slices"
	"strings"
	"unicode"

	"hashiya/app/annotation"
	"hashiya/app/arabic"
	"hashiya/app/article"
	"hashiya/app/text"
)

// Query is what somebody looks for, as it is compared: vowel signs, tatweel,
// forms of alef, ya and ta marbuta, digits' scripts, white space and case make
// no difference. The zero Query finds nothing.
type Query struct{ letters []rune }

// MaxQuery is the longest query that is worth looking for in a whole project,
// in code points; MinLetters how many letters and digits it needs there.
const (
	MaxQuery   = 200
	MinLetters = 2
)

// NewQuery returns the query for what was typed.
func NewQuery(typed string) Query {
	return Query{keyOf(strings.Join(strings.Fields(typed), " ")).Runes}
}

// keyOf is the key of a text that queries are compared with.
func keyOf(s string) arabic.Key {
	k := arabic.NewKey(s, arabic.Loose)
	for i, r := range k.Runes {
		if r < '\u0600' || r > '\u06FF' { // Arabic letters are nearly all of a text, and have no case
			k.Runes[i] = unicode.ToLower(r)
		}
	}
	return k
}

// Comparable returns a text as queries are compared with it.
func Comparable(s string) string { return keyOf(s).String() }

// Letters returns how many letters and digits the query has.
func (q Query) Letters() (n int) {
	for _, r := range q.letters {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			n++
		}
	}
	return n
}

// Empty reports whether the query is nothing to look for.
func (q Query) Empty() bool { return len(q.letters) == 0 }

// In returns the places of s that hold the query, ascending and not
// overlapping. None goes over the end of a line.
func (q Query) In(s string) []annotation.Range {
	var out []annotation.Range
	key := keyOf(s)
	for i := q.next(key, 0); i >= 0; i = q.next(key, i+len(q.letters)) {
		start, end := key.Range(i, i+len(q.letters))
		out = append(out, annotation.Range{Start: start, End: end})
	}
	return out
}

// next returns where the query stands in the key, from the index on; -1 for
// nowhere.
func (q Query) next(key arabic.Key, from int) int {
	if q.Empty() {
		return -1
	}
	for i := from; i+len(q.letters) <= len(key.Runes); i++ {
		if key.Runes[i] == q.letters[0] && slices.Equal(key.Runes[i:i+len(q.letters)], q.letters) {
			return i
		}
	}
	return -1
}

// Hits returns the places of the article's annotated part that hold the query.
func (q Query) Hits(of *text.Index, paragraphs []article.Paragraph) []annotation.Range {
	var out []annotation.Range
	for _, p := range paragraphs {
		for _, r := range q.In(of.Slice(p.Start, p.End)) {
			out = append(out, annotation.Range{Start: p.Start + r.Start, End: p.Start + r.End})
		}
	}
	return out
}

// Look returns how often the query stands in the annotated part of the article,
// and the first most of these places.
func (q Query) Look(a *article.Article, most int) (hits int, first []Place) {
	if q.next(keyOf(a.Text), 0) < 0 {
		return 0, []Place{} // most articles of most searches: nothing more to prepare
	}
	of, paragraphs := text.NewIndex(a.Text), a.Annotated()
	all := q.Hits(of, paragraphs)
	first = make([]Place, 0, min(most, len(all)))
	for _, r := range all[:min(most, len(all))] {
		first = append(first, At(of, paragraphs, r))
	}
	return len(all), first
}
