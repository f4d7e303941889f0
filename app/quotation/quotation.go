// Package quotation reads how a passage of Arabic news gives somebody's words:
// in quotation marks, in other words behind a verb of speech, or not at all,
// and who the text says is speaking, and of what. Its readings are offers: the
// rules know words, not grammar. All offsets are code points.
package quotation

import (
	"slices"
	"strings"
	"unicode"

	"hashiya/app/annotation"
	"hashiya/app/arabic"
	"hashiya/app/text"
)

// Mention is a place where the text names somebody who can hold a stance, or
// be the target of one.
type Mention struct {
	annotation.Range
	Person bool
}

// Reading is what the words around a passage suggest.
type Reading struct {
	Mode     annotation.Mode
	Holder   int      // index of a mention, -1 where none is suggested
	Implicit bool     // the passage accuses in the passive and names nobody
	Target   int      // index of a mention, -1 where none is suggested
	Claims   []string // what the passage may be about, in words; the likeliest first
}

// Read reads the passage within its paragraph. The passage must lie in the
// paragraph; mentions in any order, those outside the paragraph are ignored.
func Read(x *text.Index, paragraph, passage annotation.Range, mentions []Mention) Reading {
	r := reader{x: x, paragraph: paragraph, passage: passage, mentions: mentions}
	for _, w := range text.Words(x.Slice(paragraph.Start, paragraph.End)) {
		at := annotation.Range{Start: w.Start + paragraph.Start, End: w.End + paragraph.Start}
		s := x.Slice(at.Start, at.End)
		r.words = append(r.words, word{at, s, arabic.NewKey(s, arabic.Folded).String()})
	}
	return r.read()
}

type word struct {
	annotation.Range
	text, key string
}

type reader struct {
	x                  *text.Index
	paragraph, passage annotation.Range
	mentions           []Mention
	words              []word
}

func (r *reader) read() Reading {
	out := Reading{Mode: annotation.Narration, Holder: -1, Target: -1}
	quote, quoted := r.quote()
	from := r.passage
	if quoted {
		out.Mode, from = annotation.Quote, quote
	}
	lo, hi := r.sentence(from)
	if i, f, found := r.verb(from, lo, hi, quoted); found {
		r.spoken(&out, i, f, lo, hi, quoted)
	} else if m := r.attributed(lo, hi); m >= 0 {
		out.Holder = m
		if !quoted {
			out.Mode = annotation.Paraphrase
		}
		r.about(&out, r.passage.Start, "", false)
	} else if m := r.feeling(); m >= 0 {
		out.Holder = m
		out.Claims = r.antecedent(lo)
	}
	if quoted {
		out.Target = -1
		out.Claims = r.claims(out.Claims, r.passage.Start, "")
	}
	return out
}

// quote returns the inside of the quotation that holds the passage, which may
// take in the marks themselves.
func (r *reader) quote() (annotation.Range, bool) {
	open := -1
	var closing rune
	for at := r.paragraph.Start; at < r.paragraph.End; at++ {
		c := r.x.Rune(at)
		switch {
		case open >= 0 && (c == closing || closing == '”' && c == '"' || closing == '"' && c == '”'):
			if open <= r.passage.Start && r.passage.End <= at+1 {
				return annotation.Range{Start: open + 1, End: at}, true
			}
			open = -1
		case open >= 0: // inside
		case c == '«':
			open, closing = at, '»'
		case c == '“':
			open, closing = at, '”'
		case c == '"':
			open, closing = at, '"'
		case c == '„':
			open, closing = at, '“'
		}
	}
	return annotation.Range{}, false
}

// sentence returns the bounds of the sentences that the range lies in. A full
// stop within it does not end it: quotations have several sentences.
func (r *reader) sentence(in annotation.Range) (lo, hi int) {
	lo, hi = r.paragraph.Start, r.paragraph.End
	for at := in.Start - 1; at >= r.paragraph.Start; at-- {
		if r.ends(at) {
			lo = at + 1
			break
		}
	}
	for at := in.End; at < r.paragraph.End; at++ {
		if r.ends(at) {
			hi = at
			break
		}
	}
	return lo, hi
}

func (r *reader) ends(at int) bool {
	switch r.x.Rune(at) {
	case '!', '?', '؟', '…', '؛', '\n':
		return true
	case '.':
		return at+1 >= r.paragraph.End || !unicode.IsNumber(r.x.Rune(at+1)) // 3.5
	}
	return false
}

// verb returns the verb that governs the range: the first in it, else the last
// before it in the sentence, else, of a quotation, one soon behind it.
func (r *reader) verb(in annotation.Range, lo, hi int, quoted bool) (at int, f form, found bool) {
	const soon = 3 // words from the quotation to «قال»
	behind := 0
	for i, w := range r.words {
		if w.Start < lo || w.End > hi {
			continue
		}
		g, is := formOf(w.text)
		is = is && !r.named(w.Range) && r.says(i, g)
		switch {
		case w.End <= in.Start:
			if is {
				at, f, found = i, g, true
			}
		case w.Start < in.End:
			if is && !quoted {
				return i, g, true
			}
		case !found && quoted && behind < soon:
			behind++
			if is {
				return i, g, true
			}
		}
	}
	return at, f, found
}

// says reports whether a verb with several senses is used in the one meant.
func (r *reader) says(i int, f form) bool {
	if f.past != "اخذ" { // to take; with على, to reproach
		return true
	}
	for _, w := range r.words[i+1 : min(len(r.words), i+5)] {
		if w.key == "على" {
			return true
		}
	}
	return false
}

// named reports whether the word belongs to a name.
func (r *reader) named(w annotation.Range) bool {
	return slices.ContainsFunc(r.mentions, func(m Mention) bool { return m.Start < w.End && w.Start < m.End })
}

// spoken reads a passage that the verb words[i] governs.
func (r *reader) spoken(out *Reading, i int, f form, lo, hi int, quoted bool) {
	subject := r.subject(i, f, lo, hi)
	if f.passive {
		out.Implicit, out.Target = true, subject
		return
	}
	out.Holder = subject
	if !quoted {
		out.Mode = annotation.Paraphrase
	}
	begin, clause := r.words[i].End, false
	if subject >= 0 && r.mentions[subject].Start > begin {
		begin = r.mentions[subject].End
	}
	for _, w := range r.words {
		if w.Start >= r.words[i].End && w.Start < max(begin, r.passage.Start)+1 && opensClause(w.key) {
			clause, begin = true, max(begin, w.End)
		}
	}
	r.about(out, max(begin, r.passage.Start), f.takes, clause)
}

// subject returns who says it: the name behind the verb, before the words said;
// else the last one before the verb in the sentence.
func (r *reader) subject(i int, f form, lo, hi int) int {
	end := hi
	verb := r.words[i]
	for _, w := range r.words[i+1:] {
		if opensClause(w.key) {
			end = min(end, w.Start)
			break
		}
	}
	for at := verb.End; at < end; at++ {
		c := r.x.Rune(at)
		if strings.ContainsRune(":.،,", c) || strings.ContainsRune("«“\"", c) && r.begins(at+1) < 0 {
			end = at
			break
		}
	}
	if verb.End <= r.passage.Start {
		end = min(end, r.passage.Start)
	}
	if !f.participle {
		if m := r.first(verb.End, end); m >= 0 {
			return r.appositive(m, end)
		}
	}
	if f.participle { // whoever spoke before
		for k := i - 1; k >= 0 && r.words[k].Start >= lo; k-- {
			if g, is := formOf(r.words[k].text); is && !g.participle && !r.named(r.words[k].Range) {
				return r.subject(k, g, lo, hi)
			}
		}
	}
	return r.last(lo, verb.Start)
}

// begins returns a mention that begins at an offset, -1 for none: a name may
// stand in quotation marks of its own.
func (r *reader) begins(at int) int {
	return slices.IndexFunc(r.mentions, func(m Mention) bool { return m.Start == at })
}

// first returns the outermost mention that begins first in [from, to).
func (r *reader) first(from, to int) int {
	best := -1
	for i, m := range r.mentions {
		if m.Start < from || m.End > to {
			continue
		}
		if best < 0 || m.Start < r.mentions[best].Start || m.Start == r.mentions[best].Start && m.End > r.mentions[best].End {
			best = i
		}
	}
	return best
}

// last returns the outermost mention that ends last in [from, to).
func (r *reader) last(from, to int) int {
	best := -1
	for i, m := range r.mentions {
		if m.Start < from || m.End > to {
			continue
		}
		if best < 0 || m.End > r.mentions[best].End || m.End == r.mentions[best].End && m.Start < r.mentions[best].Start {
			best = i
		}
	}
	return best
}

// appositive goes from an institution on to the person who is named right
// behind it: "the Kremlin's spokesman, Peskov".
func (r *reader) appositive(m, end int) int {
	if r.mentions[m].Person {
		return m
	}
	for i, o := range r.mentions {
		if o.Person && o.Start >= r.mentions[m].End && o.End <= end && strings.TrimSpace(r.x.Slice(r.mentions[m].End, o.Start)) == "" {
			return i
		}
	}
	return m
}

// about reads what is said from an offset on: of whom, or which claim.
func (r *reader) about(out *Reading, from int, takes string, clause bool) {
	if !clause {
		out.Target = r.whom(from, out.Holder)
	}
	if out.Target < 0 {
		out.Claims = r.claims(out.Claims, from, takes)
	}
}

// toward are the words that lead to a target wherever they stand; into are
// those that do so right behind the verb.
var (
	toward = []string{"بحق", "ضد", "تجاه", "ازاء", "حيال", "نحو"}
	into   = append([]string{"على", "من", "الى", "عن", "مع", "في"}, toward...)
)

func (r *reader) whom(from, holder int) int {
	begun := 0
	for k, w := range r.words {
		if w.Start < from || w.End > r.passage.End {
			continue
		}
		lead := begun == 0
		begun++
		if lead {
			if m := r.at(w.Range, holder); m >= 0 {
				return m
			}
		}
		if k+1 < len(r.words) && (slices.Contains(toward, w.key) || lead && slices.Contains(into, w.key)) {
			if m := r.at(r.words[k+1].Range, holder); m >= 0 && r.mentions[m].End <= r.passage.End {
				return m
			}
		}
	}
	return -1
}

// at returns the outermost mention that begins in the word.
func (r *reader) at(w annotation.Range, except int) int {
	best := -1
	for i, m := range r.mentions {
		if i != except && w.Start <= m.Start && m.Start < w.End && (best < 0 || m.End > r.mentions[best].End) {
			best = i
		}
	}
	return best
}

// attributed returns the source that "according to" names in the sentence.
func (r *reader) attributed(lo, hi int) int {
	for k, w := range r.words {
		if w.Start < lo || w.End > hi || !slices.Contains(according, w.key) {
			continue
		}
		from := k + 1
		if from < len(r.words) && (r.words[from].key == "عن" || r.words[from].key == "ل") {
			from++
		}
		for _, next := range r.words[from:min(len(r.words), from+3)] {
			if m := r.at(next.Range, -1); m >= 0 {
				return r.appositive(m, hi)
			}
		}
	}
	return -1
}

// feeling returns whose attitude a noun of the passage tells.
func (r *reader) feeling() int {
	for k, w := range r.words {
		if w.Start < r.passage.Start || w.End > r.passage.End || k+1 >= len(r.words) {
			continue
		}
		key := w.key
		if !slices.Contains(feelings, key) {
			key = strings.TrimLeft(key, "وبل")
		}
		if slices.Contains(feelings, key) {
			if m := r.at(r.words[k+1].Range, -1); m >= 0 {
				return m
			}
		}
	}
	return -1
}
