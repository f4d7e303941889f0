package e2e

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/server/importing"
)

// gold is an article with the labels that a careful annotator gives it.
type gold struct {
	path     string // of the article's file
	article  article.Article
	Entities []struct{ ID, Name, Label string }
	Spans    []goldSpan
	Stances  []goldStance
}

type goldSpan struct {
	annotation.Span
	Text string
}

type goldStance struct {
	Holder   annotation.Holder
	Target   annotation.Target
	Label    string
	Mode     annotation.Mode
	Evidence []struct {
		annotation.Range
		Text string
	}
}

const sharedGold = "../../../shared/articles/marsad-putin-in-azerbaijan"

// readGold reads the shared real article where there is one, else one of the
// demo articles.
func readGold(t *testing.T) gold {
	t.Helper()
	if _, err := os.Stat(sharedGold + ".txt"); errors.Is(err, fs.ErrNotExist) {
		return demoGold(t)
	}
	return readGoldOf(t, sharedGold+".txt", sharedGold+".gold.json")
}

// demoGold reads the demo article that has gold labels.
func demoGold(t *testing.T) gold {
	t.Helper()
	return readGoldOf(t, "../demo/articles/1-dams.txt", "testdata/dams.gold.json")
}

func readGoldOf(t *testing.T, text, labels string) gold {
	t.Helper()
	data, err := os.ReadFile(labels)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("labelling %s", filepath.Base(text))
	g := gold{path: text}
	if err := json.Unmarshal(data, &g); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(g.path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for r := range importing.Read(filepath.Base(g.path), f, importing.Options{}) {
		if r.Refusal != nil {
			t.Fatalf("%s: %s", g.path, r.Refusal.Reason)
		}
		g.article = r.Article
	}
	runes := []rune(g.article.Text)
	for _, s := range g.Spans {
		if got := string(runes[s.Start:s.End]); got != s.Text {
			t.Fatalf("the gold file says [%d,%d) is %q, the text says %q", s.Start, s.End, s.Text, got)
		}
	}
	return g
}

// shared reports whether it is the shared real article.
func (g *gold) shared() bool { return strings.HasPrefix(g.path, sharedGold) }

// outside reports whether a code point lies where the gold file labels nothing:
// it has the body, the app has the title too.
func (g *gold) outside(at int) bool {
	return !slices.ContainsFunc(g.article.Regions, func(r article.Region) bool { return r.Kind == article.Body && r.Start <= at && at < r.End })
}

// shownName is the name that the app gives an entity of the gold file: the text
// of its first mention.
func (g *gold) shownName(id string) string {
	for _, s := range g.Spans {
		if s.Entity == id && id != "" {
			return s.Text
		}
	}
	return ""
}
