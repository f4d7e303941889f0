//go:build !js

// Package corpus reads the text with gold entities that measurements are made
// on. Only tests use it; the text is not part of the repository.
package corpus

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Gold is a tokenised text with its gold entities. An entity covers whole
// tokens, proclitics included. Tokens are joined by spaces, a sentence is a
// line.
type Gold struct {
	Text     string
	Tokens   []string
	At       []int // code point at which each token starts
	TokenAt  []int // token of each code point
	Entities []Entity
	Covering [][]int // entities over each token
}

// Entity is a labelled range of tokens, both ends inclusive.
type Entity struct {
	First, Last int
	Label       string
}

// Amounts are the labels whose entities repeat by chance: another 1 is another
// number.
var Amounts = map[string]bool{
	"CARDINAL": true, "ORDINAL": true, "PERCENT": true, "QUANTITY": true, "UNIT": true, "MONEY": true, "CURR": true,
	"DATE": true, "TIME": true,
}

// Wojood reads files of the Wojood sample (names without .txt) from dir: one
// token a line with a tag for each entity that it lies in, a blank line after
// each sentence. The test is skipped where there is no sample.
func Wojood(t *testing.T, dir string, names ...string) *Gold {
	t.Helper()
	g := &Gold{}
	var text strings.Builder
	write := func(s string) {
		text.WriteString(s)
		for range s {
			g.TokenAt = append(g.TokenAt, len(g.Tokens)-1)
		}
	}
	open := map[string][]int{} // by label: open entities, the outermost first
	for _, name := range names {
		path := filepath.Join(dir, name+".txt")
		data, err := os.ReadFile(path)
		if err != nil {
			t.Skipf("no corpus at %s: nothing to measure", path)
		}
		for line := range strings.Lines(string(data)) {
			fields := strings.Fields(line)
			if len(fields) == 0 {
				clear(open)
				write("\n")
				continue
			}
			g.Tokens = append(g.Tokens, fields[0])
			g.At = append(g.At, len(g.TokenAt))
			write(fields[0])
			write(" ")
			g.tag(fields[1:], open)
		}
	}
	g.Text = text.String()
	g.Covering = make([][]int, len(g.Tokens))
	for i, e := range g.Entities {
		for token := e.First; token <= e.Last; token++ {
			g.Covering[token] = append(g.Covering[token], i)
		}
	}
	return g
}

// tag takes the last token's tags: I- goes on with the open entities of its
// label, the outermost first, B- opens one.
func (g *Gold) tag(tags []string, open map[string][]int) {
	token := len(g.Tokens) - 1
	next := map[string][]int{}
	for _, tag := range tags {
		if label, inside := strings.CutPrefix(tag, "I-"); inside && len(next[label]) < len(open[label]) {
			e := open[label][len(next[label])]
			g.Entities[e].Last = token
			next[label] = append(next[label], e)
		}
	}
	for _, tag := range tags {
		if label, begins := strings.CutPrefix(tag, "B-"); begins {
			g.Entities = append(g.Entities, Entity{token, token, label})
			next[label] = append(next[label], len(g.Entities)-1)
		}
	}
	clear(open)
	for label, es := range next {
		open[label] = es
	}
}

// Surface returns the entity's tokens, joined by spaces.
func (g *Gold) Surface(e Entity) string { return strings.Join(g.Tokens[e.First:e.Last+1], " ") }
