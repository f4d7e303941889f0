package suggest

import (
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"

	"hashiya/app/annotation"
	"hashiya/app/arabic"
	"hashiya/app/article"
	"hashiya/app/text"
)

// Source is where a suggestion comes from.
type Source int

const (
	FromMemory    Source = iota // the project has labelled this form
	FromGazetteer               // only the gazetteer has it
	FromArticle                 // the article's own labels have it
)

// Suggestion is a span that a person may want to make.
type Suggestion struct {
	Start, End int    // code points of the text; the core, without the proclitic
	Proclitic  string // what stands in front of it in its word
	Label      string
	Entity     string  // the name of the entity; "" when none is known
	Source     Source  // what speaks for it
	Score      float64 // above 0, below 1: how much speaks for it
}

// Refusal is a suggestion that was refused at its place.
type Refusal struct {
	Start, End int
	Label      string
}

// token is a run of letters and digits in a key.
type token struct{ start, end int }

func tokensOf(key []rune) []token {
	var out []token
	inside := false
	for i, r := range key {
		word := unicode.IsLetter(r) || unicode.IsNumber(r)
		switch {
		case word && !inside:
			out = append(out, token{i, i + 1})
		case word:
			out[len(out)-1].end = i + 1
		}
		inside = word
	}
	return out
}

// Suggest proposes spans in the given paragraphs of a text. What an existing
// span has already (the same range, or the same label over a part of it), what
// crosses one, and what was refused at its place is left out. Suggestions don't
// overlap: a longer one is preferred, then the higher score. They come in
// ascending order.
func (x *Index) Suggest(of *text.Index, paragraphs []article.Paragraph, existing []annotation.Span, refused []Refusal) []Suggestion {
	return x.Find(of, paragraphs).Open(existing, refused)
}

// Found is every known form of a text, also where two share a letter. It is
// immutable.
type Found struct {
	all    []Suggestion
	length int // of the text
}

// Find reads the text for Open: the slow half of Suggest, which is the same
// until the index changes.
func (x *Index) Find(of *text.Index, paragraphs []article.Paragraph) Found {
	f := Found{length: of.Len()}
	for _, p := range paragraphs {
		f.all = x.scan(f.all, p.Start, of.Slice(p.Start, p.End))
	}
	return f
}

// Only returns what was found of the labels that keep keeps.
func (f Found) Only(keep func(label string) bool) Found {
	f.all = slices.DeleteFunc(slices.Clone(f.all), func(s Suggestion) bool { return !keep(s.Label) })
	return f
}

// With returns what was found in a text of the given length, and more.
func (f Found) With(length int, more []Suggestion) Found {
	return Found{append(slices.Clip(f.all), more...), length}
}

// Open returns what Suggest does, for the spans and refusals of the moment.
func (f Found) Open(existing []annotation.Span, refused []Refusal) []Suggestion {
	no := make(map[Refusal]bool, len(refused))
	for _, r := range refused {
		no[r] = true
	}
	spans := newSpanIndex(existing)
	found := make([]Suggestion, 0, len(f.all))
	for _, s := range f.all {
		if !no[Refusal{s.Start, s.End, s.Label}] && !spans.has(s) {
			found = append(found, s)
		}
	}
	slices.SortFunc(found, func(a, b Suggestion) int {
		return cmp.Or(cmp.Compare(b.End-b.Start, a.End-a.Start), cmp.Compare(b.Score, a.Score), cmp.Compare(a.Start, b.Start))
	})
	taken := make([]bool, f.length)
	found = slices.DeleteFunc(found, func(s Suggestion) bool {
		if slices.Contains(taken[s.Start:s.End], true) {
			return true
		}
		for at := s.Start; at < s.End; at++ {
			taken[at] = true
		}
		return false
	})
	slices.SortFunc(found, func(a, b Suggestion) int { return cmp.Compare(a.Start, b.Start) })
	return found
}

// scan appends the longest form at each token of a paragraph, with each
// proclitic that the token can begin with.
func (x *Index) scan(out []Suggestion, offset int, paragraph string) []Suggestion {
	k := arabic.NewKey(paragraph, arabic.Folded)
	tokens := tokensOf(k.Runes)
	if len(tokens) == 0 {
		return out
	}
	line := newLine(k.Runes)
	runes := []rune(paragraph)
	for t, first := range tokens {
		for start := first.start; ; start++ {
			if start > first.start && !x.procliticAt(k, first, start) {
				break
			}
			if last, e, ok := x.longest(k.Runes, line, tokens[t:], start, start > first.start && k.Runes[start-1] == 'ل'); ok {
				word, _ := k.Range(first.start, first.end)
				from, to := k.Range(start, last)
				out = append(out, Suggestion{offset + from, offset + to, string(runes[word:from]), e.label, e.entity, e.source, e.score})
			}
		}
	}
	return out
}

// procliticAt reports whether what stands in front of start in the token is a
// proclitic that mentions are offered behind.
func (x *Index) procliticAt(k arabic.Key, word token, start int) bool {
	if !x.clitics || start >= word.end || k.At[start] == k.At[start-1] {
		return false
	}
	before := string(k.Runes[word.start:start])
	return arabic.Rule{Size: arabic.LongToken, After: before, Tier: arabic.Folded}.Trust() == arabic.Likely && arabic.IsProclitic(before)
}

// longest returns where the longest known form that begins at start ends. Behind
// ل the article is written without its alef, or not at all.
func (x *Index) longest(key []rune, l line, tokens []token, start int, lam bool) (end int, e entry, ok bool) {
	fronts := []string{""}
	if lam && key[start] == 'ل' {
		fronts = []string{"", "ا", "ال"}
	}
	for _, front := range fronts {
		for n := min(x.reach[front+l.slice(start, tokens[0].end)], len(tokens)); n > 0; n-- {
			if found, there := x.entries[front+l.slice(start, tokens[n-1].end)]; there {
				if last := tokens[n-1].end; last > end {
					end, e, ok = last, found, true
				}
				break
			}
		}
	}
	return end, e, ok
}

// line is a key as a string that can be sliced by rune.
type line struct {
	s  string
	at []int // byte of each rune, and the length
}

func newLine(key []rune) line {
	at := make([]int, len(key)+1)
	for i, r := range key {
		at[i+1] = at[i] + utf8.RuneLen(r)
	}
	return line{string(key), at}
}

func (l line) slice(i, j int) string { return l.s[l.at[i]:l.at[j]] }
