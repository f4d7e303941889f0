//go:build !js

package arabic

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
)

// corpusDir has real text with gold entities; it is not part of the
// repository.
const corpusDir = "../../../shared/corpora/wojood-sample"

// corpus is a text and which of its code points lie in a gold entity.
type corpus struct {
	text     string
	inside   []bool
	entities map[string]bool // surface forms, tokens joined by a space
}

func readCorpus(t *testing.T) corpus {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join(corpusDir, "*.txt"))
	if len(files) == 0 {
		t.Skipf("no corpus at %s: nothing to measure", corpusDir)
	}
	c := corpus{entities: map[string]bool{}}
	var b strings.Builder
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		open := map[string][]string{} // by type
		closeAll := func(keep map[string]bool) {
			for typ, tokens := range open {
				if !keep[typ] {
					c.entities[strings.Join(tokens, " ")] = true
					delete(open, typ)
				}
			}
		}
		for line := range strings.Lines(string(data)) {
			fields := strings.Fields(line)
			if len(fields) == 0 {
				closeAll(nil)
				b.WriteByte('\n')
				c.inside = append(c.inside, false)
				continue
			}
			token, in, keep := fields[0], false, map[string]bool{}
			for _, tag := range fields[1:] {
				if len(tag) < 3 {
					continue
				}
				in = true
				typ := tag[2:]
				if tag[0] == 'B' && open[typ] != nil {
					c.entities[strings.Join(open[typ], " ")] = true
					delete(open, typ)
				}
				open[typ] = append(open[typ], token)
				keep[typ] = true
			}
			closeAll(keep)
			b.WriteString(token + " ")
			for range []rune(token) {
				c.inside = append(c.inside, in)
			}
			c.inside = append(c.inside, false)
		}
		closeAll(nil)
	}
	c.text = b.String()
	return c
}

// The bounds of Trust rest on this measurement; docs/mentions.md keeps the
// table.
func TestTrustHoldsOnACorpus(t *testing.T) {
	c := readCorpus(t)
	known := NewLexicon(strings.Fields(c.text))
	f := NewFinder(c.text)
	type cell struct{ hit, all int }
	rules := map[string]*cell{}
	trusts := map[Trust]*cell{Sure: {}, Likely: {}, OnRequest: {}}
	misses := map[string]int{}
	for _, e := range sorted(c.entities) {
		core := e[len(string([]rune(e)[:CoreStart(strings.Fields(e)[0], known)])):]
		tokens, letters := len(strings.Fields(core)), len([]rune(core))
		source := true // the place that the core is known from does not count
		for _, m := range f.Mentions(core, nil) {
			if source && m.Proclitic == "" && c.inside[m.Start] {
				source = false
				continue
			}
			size := "several tokens"
			switch {
			case tokens == 1 && letters >= 4:
				size = "one token of 4 letters or more"
			case tokens == 1:
				size = "one token of 2 or 3 letters"
			}
			prefix := m.Proclitic
			if prefix == "" {
				prefix = "none"
			}
			tier := []string{"plain", "folded", "loose"}[m.Tier]
			rule := fmt.Sprintf("%s | %s | %s", size, prefix, tier)
			if rules[rule] == nil {
				rules[rule] = &cell{}
			}
			hit := c.inside[m.Start]
			for _, x := range []*cell{rules[rule], trusts[m.Trust]} {
				x.all++
				if hit {
					x.hit++
				}
			}
			if !hit && m.Trust == Sure {
				misses[core]++
			}
		}
	}
	var table strings.Builder
	for _, rule := range sorted(rules) {
		if x := rules[rule]; x.all >= 20 {
			fmt.Fprintf(&table, "| %s | %d | %.2f |\n", rule, x.all, float64(x.hit)/float64(x.all))
		}
	}
	t.Logf("| core | proclitic | spelling | places | share in a gold entity |\n|---|---|---|---|---|\n%s", &table)
	worst := sorted(misses)
	sort.SliceStable(worst, func(i, j int) bool { return misses[worst[i]] > misses[worst[j]] })
	t.Logf("most often wrong though sure: %v", worst[:min(15, len(worst))])
	share := func(tr Trust) float64 { return float64(trusts[tr].hit) / float64(trusts[tr].all) }
	t.Logf("sure %.3f of %d, likely %.3f of %d, on request %.3f of %d", share(Sure), trusts[Sure].all, share(Likely), trusts[Likely].all, share(OnRequest), trusts[OnRequest].all)
	if share(Sure) < 0.85 || share(Sure) < share(Likely) || share(Likely) < share(OnRequest) {
		t.Errorf("the levels of trust do not order the places: sure %.3f, likely %.3f, on request %.3f", share(Sure), share(Likely), share(OnRequest))
	}
}

func sorted[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}
