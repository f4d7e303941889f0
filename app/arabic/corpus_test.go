//go:build !js

package arabic

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"hashiya/app/arabic/corpus"
)

// wojoodDir has real text with gold entities; it is not part of the repository.
const wojoodDir = "../../../shared/corpora/wojood-sample"

// gold is the sample and what is measured on it.
type gold struct{ *corpus.Gold }

// seed is a core that an annotator has labelled once, at one place. All other
// places that it leads to are measured.
type seed struct {
	core, proclitic string
	place           corpus.Entity
	labels          map[string]bool // all labels that the core has anywhere
}

// seeds returns a seed for each core that is no amount, at its first place, the
// longest first. The corpus keeps
// proclitics in its entities, so the cores come from CoreStart, which sees the
// corpus as its article.
func (g gold) seeds() []*seed {
	known := NewLexicon(g.Tokens)
	var out []*seed
	byCore := map[string]*seed{}
	for _, e := range g.Entities {
		if corpus.Amounts[e.Label] {
			continue
		}
		s := []rune(g.Surface(e))
		n := CoreStart(g.Tokens[e.First], known)
		core := string(s[n:])
		if byCore[core] == nil {
			byCore[core] = &seed{core, string(s[:n]), e, map[string]bool{}}
			out = append(out, byCore[core])
		}
		byCore[core].labels[e.Label] = true
	}
	slices.SortStableFunc(out, func(a, b *seed) int { return len(b.core) - len(a.core) })
	return out
}

// judgement counts places: all, in an entity or on one, on one, on one of the
// seed's labels.
type judgement struct{ places, in, on, same int }

func (j *judgement) add(g gold, s *seed, first, last int) {
	j.places++
	in, on, same := false, false, false
	for _, i := range g.Covering[first] {
		e := g.Entities[i]
		in = in || e.First <= first && last <= e.Last
		if e.First == first && e.Last == last {
			on, same = true, same || s.labels[e.Label]
		}
	}
	for n, is := range map[*int]bool{&j.in: in, &j.on: on, &j.same: same} {
		if is {
			*n++
		}
	}
}

func (j judgement) String() string {
	of := func(n int) float64 { return float64(n) / float64(j.places) }
	return fmt.Sprintf("%d | %.2f | %.2f | %.2f", j.places, of(j.in), of(j.on), of(j.same))
}

// repeats returns the gold entities that a reader would take for the seed
// again: of its labels and length, its letters at the end, up to five letters
// in front, whatever they are. It knows nothing of proclitics.
func (g gold) repeats(s *seed, tails map[string][]int) []int {
	var out []int
	for _, i := range tails[tail(s.core)] {
		e := g.Entities[i]
		word := []rune(g.Surface(e))
		core := NewKey(s.core, Loose).String()
		if e.First == s.place.First && e.Last == s.place.Last || !s.labels[e.Label] || e.Last-e.First != s.place.Last-s.place.First {
			continue
		}
		if k := NewKey(string(word), Loose).String(); strings.HasSuffix(k, core) && len([]rune(k))-len([]rune(core)) <= maxProclitic {
			out = append(out, i)
		}
	}
	return out
}

func tail(s string) string {
	k := NewKey(s, Loose).Runes
	return string(k[max(0, len(k)-2):])
}

func sizeName(s Size) string {
	return []string{"several tokens", "one of 4 letters or more", "one of 2 or 3 letters"}[s]
}

func ruleName(r Rule) string {
	after := cmp.Or(r.After, "none")
	if r.Article {
		after += " and the article"
	}
	return fmt.Sprintf("%s | %s | %s", sizeName(r.Size), after, []string{"plain", "folded", "loose"}[r.Tier])
}

// measure is what became of the places that all seeds lead to.
type measure struct {
	rules  map[string]*judgement
	trusts [OnRequest + 1]judgement
	wrong  map[string]int // cores by sure places that are not even in an entity
}

// precision follows every seed. Together, a place that a longer core has is
// closed to a shorter one, as it is for who labels an article.
func (g gold) precision(f *Finder, together bool) measure {
	m := measure{rules: map[string]*judgement{}, wrong: map[string]int{}}
	var taken [][2]int
	for _, s := range g.seeds() {
		for _, place := range f.Mentions(s.core, s.proclitic, taken) {
			first, last := g.TokenAt[place.Start], g.TokenAt[place.End-1]
			if together && place.Trust() == Sure {
				taken = append(taken, [2]int{place.Start, place.End})
			}
			if first == s.place.First && last == s.place.Last {
				continue
			}
			name := ruleName(place.Rule)
			if m.rules[name] == nil {
				m.rules[name] = &judgement{}
			}
			trust := &m.trusts[place.Trust()]
			in := trust.in
			m.rules[name].add(g, s, first, last)
			trust.add(g, s, first, last)
			if place.Trust() == Sure && trust.in == in {
				m.wrong[s.core]++
			}
		}
	}
	return m
}

// recall counts the repeats that a seed leads to, by how they are offered.
type recall struct{ all, sure, likely, requested int }

func (g gold) recall(f *Finder) (bySize [ShortToken + 1]recall, missed map[string]int) {
	tails := map[string][]int{}
	for i, e := range g.Entities {
		k := tail(g.Surface(e))
		tails[k] = append(tails[k], i)
	}
	missed = map[string]int{}
	for _, s := range g.seeds() {
		found := map[[2]int]Trust{}
		for _, m := range f.Mentions(s.core, s.proclitic, nil) {
			found[[2]int{g.TokenAt[m.Start], g.TokenAt[m.End-1]}] = m.Trust()
		}
		r := &bySize[sizeOf(NewKey(s.core, Plain).Runes)]
		for _, i := range g.repeats(s, tails) {
			e := g.Entities[i]
			trust, ok := found[[2]int{e.First, e.Last}]
			r.all++
			for level, n := range []*int{&r.sure, &r.likely, &r.requested} {
				if ok && int(trust) <= level {
					*n++
				}
			}
			if !ok {
				missed[strings.TrimSuffix(NewKey(g.Surface(e), Loose).String(), NewKey(s.core, Loose).String())+"+"+s.core]++
			}
		}
	}
	return bySize, missed
}

// The bounds of Trust rest on this measurement; docs/mentions.md keeps the
// tables and says how to read them.
func TestTrustHoldsOnACorpus(t *testing.T) {
	g := gold{corpus.Wojood(t, wojoodDir, "train", "val")}
	f := NewFinder(g.Text)
	for _, together := range []bool{false, true} {
		m := g.precision(f, together)
		var table strings.Builder
		for _, rule := range sorted(m.rules) {
			if x := m.rules[rule]; x.places >= 10 {
				fmt.Fprintf(&table, "| %s | %s |\n", rule, x)
			}
		}
		for trust, name := range []string{"sure", "likely", "on request"} {
			fmt.Fprintf(&table, "| %s | %s |\n", name, m.trusts[trust])
		}
		t.Logf("precision, longest first: %v\n| core | after | spelling | places | in or on | on | on, same label |\n|---|---|---|---|---|---|---|\n%s", together, &table)
		t.Logf("wrong though sure: %v", most(m.wrong))
		share := func(tr Trust) float64 { return float64(m.trusts[tr].on) / float64(m.trusts[tr].places) }
		if together && (share(Sure) < 0.9 || min(share(Sure), share(Likely)) < share(OnRequest)+0.2) {
			t.Errorf("the levels of trust do not order the places: sure %.3f, likely %.3f, on request %.3f", share(Sure), share(Likely), share(OnRequest))
		}
	}
	bySize, missed := g.recall(f)
	for size, r := range bySize {
		of := func(n int) float64 { return float64(n) / float64(r.all) }
		if Size(size) != ShortToken && of(r.likely) < 0.95 {
			t.Errorf("%s: of %d repeats only %.3f are offered", sizeName(Size(size)), r.all, of(r.likely))
		}
		t.Logf("recall | %s | %d | %.2f | %.2f | %.2f |", sizeName(Size(size)), r.all, of(r.sure), of(r.likely), of(r.requested))
	}
	t.Logf("missed: %v", most(missed))
}

// articleFile is one article with gold entities and their mentions, to the code
// point.
const articleFile = "../../../shared/articles/marsad-putin-in-azerbaijan"

// In one article the entities are known, so a repeat is a mention of the same
// entity, however it is written.
func TestFirstMentionsLeadToTheOthersOfAnArticle(t *testing.T) {
	text, err := os.ReadFile(articleFile + ".txt")
	if err != nil {
		t.Skipf("no article at %s.txt: nothing to measure", articleFile)
	}
	data, err := os.ReadFile(articleFile + ".gold.json")
	if err != nil {
		t.Fatal(err)
	}
	type span struct {
		Start, End              int
		Text, Proclitic, Entity string
	}
	var g struct {
		Spans   []span
		Regions []struct {
			Kind       string
			Start, End int
		} `json:"expected_regions"`
	}
	if err := json.Unmarshal(data, &g); err != nil {
		t.Fatal(err)
	}
	f := NewFinder(string(text))
	annotated := func(at int) bool {
		for _, r := range g.Regions {
			if (r.Kind == "title" || r.Kind == "body") && r.Start <= at && at < r.End {
				return true
			}
		}
		return false
	}
	// The article is labelled from its beginning. A mention that an earlier one
	// led to is accepted; any other is entered by hand.
	at := map[[2]int]span{}
	for _, s := range g.Spans {
		at[[2]int{s.Start, s.End}] = s
	}
	accepted, refused, byHand := [3]int{}, [3]int{}, []string{}
	var taken [][2]int
	done := map[[2]int]bool{}
	mentions := 0
	for _, s := range g.Spans {
		if s.Entity == "" {
			continue
		}
		mentions++
		if done[[2]int{s.Start, s.End}] {
			continue
		}
		byHand = append(byHand, s.Text)
		taken = append(taken, [2]int{s.Start, s.End})
		for _, m := range f.Mentions(s.Text, s.Proclitic, taken) {
			place := [2]int{m.Start, m.End}
			switch {
			case !annotated(m.Start):
			case at[place].Entity == s.Entity:
				accepted[m.Trust()]++
				taken, done[place] = append(taken, place), true
			default:
				refused[m.Trust()]++
			}
		}
	}
	t.Logf("of %d mentions %d by hand: %v", mentions, len(byHand), byHand)
	t.Logf("offered: sure %d right, %d wrong; likely %d, %d; on request %d, %d", accepted[Sure], refused[Sure], accepted[Likely], refused[Likely], accepted[OnRequest], refused[OnRequest])
	if wrong := refused[Sure] + refused[Likely]; len(byHand)*5 > mentions*3 || wrong*5 > mentions {
		t.Errorf("of %d mentions %d are left to enter by hand, and %d places are offered wrongly", mentions, len(byHand), wrong)
	}
}

// most returns the 20 most frequent, with their counts.
func most(m map[string]int) []string {
	keys := sorted(m)
	slices.SortStableFunc(keys, func(a, b string) int { return m[b] - m[a] })
	var out []string
	for _, k := range keys[:min(20, len(keys))] {
		out = append(out, fmt.Sprintf("%q %d", k, m[k]))
	}
	return out
}

func sorted[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
