//go:build !js

package arabic

import (
	"fmt"
	"strings"
	"testing"

	"hashiya/app/arabic/corpus"
)

// What somebody meets who goes through real text by candidates: how many are
// exactly an entity, how many lie on one somehow, how many are nothing, and how
// many of the entities that stand in no other are met.
func TestHowManyCandidatesAreNames(t *testing.T) {
	for _, part := range []string{"train", "val"} {
		g := corpus.Wojood(t, wojoodDir, part)
		text := []rune(g.Text)
		found := Candidates(Words{
			List: g.Tokens, Known: NewLexicon(g.Tokens), Demonym: demonym,
			Between: func(i int) string { return string(text[g.At[i-1]+len([]rune(g.Tokens[i-1])) : g.At[i]]) },
		})
		exact := map[[2]int]bool{}
		outer := 0
		for _, e := range g.Entities {
			exact[[2]int{e.First, e.Last + 1}] = true
		}
		met := map[[2]int]bool{}
		hits, touching, none, all := 0, 0, 0, 0
		for _, c := range found {
			if c.Inner {
				continue
			}
			all++
			switch at := [2]int{c.First, c.Last}; {
			case exact[at]:
				hits++
				met[at] = true
			case len(g.Covering[c.First])+len(g.Covering[c.Last-1]) > 0:
				touching++
			default:
				none++
			}
		}
		for _, e := range g.Entities {
			if inOther(g, e) || strings.Contains("CARDINAL ORDINAL", e.Label) {
				continue
			}
			outer++
		}
		share := func(n, of int) string { return fmt.Sprintf("%d (%.2f)", n, float64(n)/float64(of)) }
		t.Logf("%s: %d candidates: exactly an entity %s, on one %s, nothing %s; of %d outer entities %s are met exactly",
			part, all, share(hits, all), share(touching, all), share(none, all), outer, share(len(met), outer))
	}
}

func inOther(g *corpus.Gold, e corpus.Entity) bool {
	for _, i := range g.Covering[e.First] {
		o := g.Entities[i]
		if o != e && o.First <= e.First && e.Last <= o.Last {
			return true
		}
	}
	return false
}
