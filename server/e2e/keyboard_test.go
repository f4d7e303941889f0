package e2e

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"

	"hashiya/app/dataset"
	"hashiya/app/ui/reading"
)

// An annotator who knows the keys labels a whole article without the mouse. The
// keys are looked for with the app's own editor, then every one of them is
// pressed in the browser, and counted.
func TestAWholeArticleIsLabelledByKeyboardAlone(t *testing.T) {
	for _, c := range []struct {
		name string
		help help
		most float64 // actions a mention of the shared article
	}{
		{"by the labels' keys", labelKeys, 1.3},
		{"with the other places of a name", otherPlaces, 1.1},
		{"with suggestions, too", allHelp, 1.05},
	} {
		t.Run(c.name, func(t *testing.T) { labelAll(t, c.help, c.most) })
	}
}

func labelAll(t *testing.T, h help, most float64) {
	g := readGold(t)
	keys := plan(t, &g, h)
	data := t.TempDir()
	s := serve(t, data)
	b := open(t, "")
	b.signIn(s.signInLink())
	hashiya(t, data, "project", "create", "news")
	if h < allHelp {
		b.unassist("news")
	}
	b.importFile(s.url("/p/news"), g.path)
	b.openArticle(s.url("/p/news/a/" + g.article.ID))
	if h == allHelp {
		b.until("there are suggestions", `document.querySelector(".palette-proposed").textContent.trim() !== ""`)
	}
	b.eval(nil, `document.getElementById("reading-surface").focus()`)

	uses := map[string]int{}
	for _, k := range keys {
		b.press(k.Code, modifiers(k)...)
		uses[name(k)]++
	}
	b.until("all is on the server", `!!document.querySelector(".sync.sync-server:not(.sync-busy)")`)
	b.shot("keyboard-labelled")
	b.noErrors()

	got := exported(t, data, "news")
	compareSpans(t, g.Spans, slices.DeleteFunc(got[0].Layers[0].Spans, func(s dataset.Span) bool { return g.outside(s.Start) }))
	each := float64(len(keys)) / float64(len(g.Spans))
	t.Logf("%d actions for %d mentions: %.2f a mention; keys %v", len(keys), len(g.Spans), each, uses)
	if g.shared() && each > most {
		t.Errorf("%.2f actions a mention, more than %.2f", each, most)
	}
}

// unassist switches a project's suggestions off.
func (b *browser) unassist(project string) {
	b.t.Helper()
	var status int
	b.eval(&status, `(async () => {
		const p = await (await fetch("/api/projects/" + %s)).json();
		const r = await fetch("/api/projects/" + %s + "/scheme", {method: "PUT", headers: {"Content-Type": "application/json"},
			body: JSON.stringify({...p.scheme, version: p.scheme.version + 1, unassisted: true})});
		return r.status;
	})()`, project, project)
	if status/100 != 2 {
		b.t.Fatalf("switching the suggestions off gave %d", status)
	}
}

// What the rules do for an article that they were not written for: more keys,
// for it has fewer names and repeats fewer of them.
func TestAnotherArticleTakesMoreKeys(t *testing.T) {
	g := demoGold(t)
	keys := plan(t, &g, allHelp)
	each := float64(len(keys)) / float64(len(g.Spans))
	t.Logf("%d keys for %d mentions, %.2f a mention", len(keys), len(g.Spans), each)
	if each > 2.05 {
		t.Errorf("%.2f keys a mention, more than 2.05", each)
	}
}

func modifiers(k reading.Key) (out []input.Modifier) {
	for _, m := range []struct {
		held bool
		input.Modifier
	}{{k.Ctrl, ctrl}, {k.Alt, alt}, {k.Shift, shift}} {
		if m.held {
			out = append(out, m.Modifier)
		}
	}
	return out
}

func name(k reading.Key) string {
	var parts []string
	for _, m := range []struct {
		held bool
		name string
	}{{k.Ctrl, "Ctrl"}, {k.Alt, "Alt"}, {k.Shift, "Shift"}} {
		if m.held {
			parts = append(parts, m.name)
		}
	}
	return strings.Join(append(parts, k.Code), "+")
}
