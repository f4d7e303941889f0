package quotation

import (
	"slices"
	"strings"

	"hashiya/app/arabic"
)

// claims adds the words said from an offset on, within the passage, up to the
// first punctuation.
func (r *reader) claims(have []string, from int, takes string) []string {
	var said []word
	for _, w := range r.words {
		if w.Start >= from && w.End <= r.passage.End {
			if len(said) > 0 && strings.ContainsAny(r.x.Slice(said[len(said)-1].End, w.Start), ".,،؛:«»“”\"()–") {
				break
			}
			said = append(said, w)
		}
	}
	for len(said) > 0 && (opensClause(said[0].key) || said[0].key == takes) {
		said = said[1:]
	}
	return addClaim(have, r.claim(said, takes))
}

const longest = 14 // words of a claim that is offered

func (r *reader) claim(said []word, takes string) string {
	for len(said) > 1 {
		last, before := said[len(said)-1], said[len(said)-2]
		switch {
		case before.key == "بشكل" || before.key == "بصورة" || before.key == "بطريقة":
			said = said[:len(said)-2]
			continue
		case slices.Contains([]string{"بشدة", "بقوة", "بحزم", "تماما", "بوضوح", "مجددا", "ايضا", "قاطعا"}, last.key):
			said = said[:len(said)-1]
			continue
		}
		break
	}
	if len(said) == 0 || len(said) > longest {
		return ""
	}
	s := r.x.Slice(said[0].Start, said[len(said)-1].End)
	if takes == "ب" && len([]rune(said[0].key)) > 3 { // رحب بقرار: the claim is the قرار
		if rest, cut := strings.CutPrefix(s, "ب"); cut {
			s = strings.TrimLeftFunc(rest, arabic.IsMark)
		}
	}
	return s
}

func addClaim(have []string, s string) []string {
	if s == "" || slices.Contains(have, s) {
		return have
	}
	return append(have, s)
}

// antecedent returns the clause that a passage such as "which angered the
// Kremlin" points back to: as it stands, and first with its pronoun spelled
// out, so that it can stand alone.
func (r *reader) antecedent(lo int) []string {
	if !r.pointsBack() {
		return nil
	}
	var clauses [][]word
	for i, w := range r.words {
		if w.Start < lo || w.End > r.passage.Start {
			continue
		}
		if len(clauses) == 0 || strings.ContainsAny(r.x.Slice(r.words[i-1].End, w.Start), ",،") {
			clauses = append(clauses, nil)
		}
		clauses[len(clauses)-1] = append(clauses[len(clauses)-1], w)
	}
	for i := len(clauses) - 1; i >= 0; i-- {
		c := clauses[i]
		if slices.Contains([]string{"بما", "بينها", "منها", "مثل", "خصوصا", "خاصة", "لا", "بحسب", "وفق", "وفقا", "ومنها", "وبينها"}, c[0].key) {
			continue // an aside
		}
		return r.deed(c)
	}
	return nil
}

func (r *reader) pointsBack() bool {
	for i, w := range r.words {
		if w.Start < r.passage.Start {
			continue
		}
		next := ""
		if i+1 < len(r.words) {
			next = r.words[i+1].key
		}
		return w.key == "الامر" && next == "الذي" || w.key == "مما" || w.key == "ما" || w.key == "وهو" && next == "ما"
	}
	return false
}

// deed returns what a clause says was done: what stands behind its subject and
// a preposition, or all of it.
func (r *reader) deed(clause []word) []string {
	const reach = 5 // words in which the subject is looked for
	for i, w := range clause[:min(reach, len(clause))] {
		m := r.at(w.Range, -1)
		if m < 0 {
			continue
		}
		for k := i + 1; k < len(clause)-1; k++ {
			if clause[k].Start >= r.mentions[m].End {
				if slices.Contains(into, clause[k].key) || opensClause(clause[k].key) {
					rest := clause[k+1:]
					out := addClaim(nil, r.spelledOut(rest, r.x.Slice(r.mentions[m].Start, r.mentions[m].End)))
					return addClaim(out, r.claim(rest, ""))
				}
				break
			}
		}
		break
	}
	return addClaim(nil, r.claim(clause, ""))
}

// spelledOut returns the words with the first possessive ها or ه replaced by the
// name it stands for; "" where there is none.
func (r *reader) spelledOut(said []word, name string) string {
	for _, w := range said {
		for _, pronoun := range []string{"ها", "ه"} {
			noun, cut := strings.CutSuffix(w.text, pronoun)
			if !cut || len([]rune(noun)) < 4 {
				continue
			}
			if stem, is := strings.CutSuffix(noun, "ت"); is && !strings.HasSuffix(stem, "ا") {
				noun = stem + "ة" // زيارتها
			}
			s := r.claim(said, "")
			if s == "" {
				return ""
			}
			before := r.x.Slice(said[0].Start, w.Start)
			return before + noun + " " + name + strings.TrimPrefix(s, before+w.text)
		}
	}
	return ""
}

// opensClause reports whether the word begins the words said.
func opensClause(key string) bool {
	switch strings.TrimPrefix(key, "ب") {
	case "ان", "انه", "انها", "انهم", "انهما", "اننا", "انني", "انا":
		return true
	}
	return false
}
