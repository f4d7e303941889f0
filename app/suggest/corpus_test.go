//go:build !js

package suggest

import (
	"maps"
	"slices"
	"testing"

	"hashiya/app/arabic"
	"hashiya/app/arabic/corpus"
)

const wojoodDir = "../../../shared/corpora/wojood-sample"

// learn builds the memory of a project that has labelled all of a text. The
// corpus keeps proclitics in its entities; the cores come from CoreStart.
func learn(g *corpus.Gold) *Memory {
	known := arabic.NewLexicon(g.Tokens)
	m := &Memory{}
	for _, e := range g.Entities {
		if s := []rune(g.Surface(e)); !corpus.Amounts[e.Label] {
			m.Add(Observation{Surface: string(s[arabic.CoreStart(g.Tokens[e.First], known):]), Label: e.Label})
		}
	}
	return m
}

// What a project has labelled is suggested in text that it has not seen;
// docs/mentions.md keeps the table. A suggestion is right when a gold entity of
// its label covers the same tokens.
func TestSuggestionsHoldOnACorpus(t *testing.T) {
	train, val := corpus.Wojood(t, wojoodDir, "train"), corpus.Wojood(t, wojoodDir, "val")
	gold := 0
	for _, e := range val.Entities {
		if !corpus.Amounts[e.Label] {
			gold++
		}
	}
	for name, m := range map[string]*Memory{"gazetteer": nil, "gazetteer and memory": learn(train)} {
		x, p := over(val.Text, "ar")
		var all, right [2]int
		wrong := map[string]int{}
		for _, s := range NewIndex("ar", m).Suggest(x, p, nil, nil) {
			first, last := val.TokenAt[s.Start], val.TokenAt[s.End-1]
			all[s.Source]++
			if slices.ContainsFunc(val.Covering[first], func(i int) bool {
				e := val.Entities[i]
				return e.First == first && e.Last == last && e.Label == s.Label
			}) {
				right[s.Source]++
			} else {
				wrong[s.Label+" "+x.Slice(s.Start, s.End)]++
			}
		}
		t.Logf("%s: from memory %d, right %d; from the gazetteer %d, right %d; of %d gold entities", name, all[0], right[0], all[1], right[1], gold)
		t.Logf("wrong: %v", slices.Sorted(maps.Keys(wrong)))
		if n := all[0] + all[1]; 3*(right[0]+right[1]) < 2*n {
			t.Errorf("%s: of %d suggestions only %d are right", name, n, right[0]+right[1])
		}
	}
}
