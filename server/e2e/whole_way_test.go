package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"hashiya/app/caret"
	"hashiya/app/dataset"
	"hashiya/app/scheme"
)

// The way of a label from the selection to the dataset, through everything that
// may go wrong on it: no network, a reload, a server that is killed.
func TestALabelsWholeWay(t *testing.T) {
	g := readGold(t)
	data := t.TempDir()
	s := serve(t, data)
	b := open(t, "")

	b.signIn(s.signInLink())
	hashiya(t, data, "project", "create", "news")
	b.importFile(s.url("/p/news"), g.path)

	deep := s.url("/p/news/a/" + g.article.ID)
	b.openArticle(deep)
	r := b.reading(g.article)

	online, offline := g.choose(t, 25, 5)
	for i, span := range online {
		r.label(span, i < 3)
	}
	for _, st := range g.Stances[:2] {
		r.tagStance(&g, st)
	}
	b.until("the sync line says that all is on the server", `!!document.querySelector(".sync.sync-server")`)
	b.shot("article-labelled")

	// No network from here: the page is cut off and the server is dead.
	b.offline(true)
	s.kill()
	b.do(chromedp.Reload())
	b.openArticle(deep)
	b.size(1440, 7000)
	r.sees(online)
	b.size(1440, 900)
	for _, span := range offline {
		r.label(span, false)
	}
	b.until("the sync line says that the work is on this device only",
		`(() => { const c = document.querySelector(".sync").classList; return c.contains("sync-waiting") || c.contains("sync-offline") })()`)
	b.shot("article-offline")
	b.do(chromedp.Reload())
	b.openArticle(deep)

	s.start()
	other := open(t, "")
	other.signIn(s.linkFor("admin"))
	other.openArticle(deep)
	other.size(1440, 7000)
	o := other.reading(g.article)
	o.sees(online)

	b.offline(false)
	b.until("all is on the server again", `!!document.querySelector(".sync.sync-server")`)
	all := append(slices.Clone(online), offline...)
	o.sees(all)
	b.noErrors()
	other.noErrors()

	got := exported(t, data, "news")
	if len(got) != 1 {
		t.Fatalf("%d articles exported", len(got))
	}
	if got[0].Text != g.article.Text || got[0].TextSHA256 != g.article.TextSHA256 {
		t.Error("the text was altered")
	}
	if len(got[0].Layers) != 1 || got[0].Layers[0].Annotator != "admin" {
		t.Fatalf("layers: %+v", got[0].Layers)
	}
	compareSpans(t, all, got[0].Layers[0].Spans)
	compareStances(t, &g, g.Stances[:2], &got[0].Layers[0])
}

// choose returns n spans to label now and m for later. Among the first are
// nested ones, one behind a proclitic, and a date with a slash.
func (g *gold) choose(t *testing.T, n, m int) (now, later []goldSpan) {
	t.Helper()
	var must, rest []goldSpan
	needs := map[string]bool{"nested": true, "proclitic": true, "slash": true}
	need := func(kind string) bool {
		was := needs[kind]
		delete(needs, kind)
		return was
	}
	for i, s := range g.Spans {
		switch {
		case i < 3: // these are labelled by the keyboard alone
			must = append(must, s)
		case i > 0 && s.End <= g.Spans[i-1].End && need("nested"),
			s.Proclitic != "" && need("proclitic"),
			strings.Contains(s.Text, "/") && need("slash"):
			must = append(must, s)
		default:
			rest = append(rest, s)
		}
	}
	if len(needs) > 0 {
		t.Fatalf("the gold file has no span of these kinds: %v", needs)
	}
	// The entities that the stances speak of have to be there.
	for _, st := range g.Stances[:2] {
		for _, id := range []string{st.Holder.Entity, st.Target.Entity} {
			i := slices.IndexFunc(rest, func(s goldSpan) bool { return id != "" && s.Entity == id })
			if i >= 0 && !slices.ContainsFunc(must, func(s goldSpan) bool { return s.Entity == id }) {
				must = append(must, rest[i])
				rest = slices.Delete(rest, i, i+1)
			}
		}
	}
	fill := n - len(must)
	if fill < 0 || len(rest) < fill+m {
		t.Fatalf("the gold file has only %d spans", len(g.Spans))
	}
	return append(must, rest[:fill]...), rest[len(rest)-m:]
}

// label makes the span: with the mouse, or with nothing but the keyboard.
func (r *reader) label(s goldSpan, keyboard bool) {
	r.t.Helper()
	def := scheme.Default()
	l, ok := def.Label(s.Label)
	if !ok {
		r.t.Fatalf("the default scheme has no label %s", s.Label)
	}
	if keyboard {
		r.selectByKeys(s.Start, s.End)
	} else if from, to, _, ok := r.snap.Snap(s.Start, s.End); ok && from == s.Start && to == s.End {
		r.drag(s.Start, s.End)
	} else {
		r.drag(s.Start, s.End, alt) // snapping has no evidence that the name begins there
	}
	r.until(fmt.Sprintf("%q is selected", s.Text), `document.querySelector(".palette-word")?.textContent.replace(/\s+/g, " ") === %s`, strings.Join(strings.Fields(s.Text), " "))
	if keyboard { // the caret goes on, so there is one label more and nothing selected
		const spans = `new Set([...document.querySelectorAll(".mark[data-id]:not(.is-suggestion)")].map(e => e.dataset.id)).size`
		var before int
		r.eval(&before, spans)
		r.press(l.Key)
		r.until(fmt.Sprintf("%q is labelled", s.Text), spans+` > %s`, before)
		return
	}
	r.press(l.Key)
	r.until(fmt.Sprintf("%q is labelled", s.Text), `[...document.querySelectorAll(".label-btn[aria-pressed=true]")].some(e => e.dataset.label === %s)`, s.Label)
}

// selectByKeys walks the caret from the start of the article and extends it.
func (r *reader) selectByKeys(start, end int) {
	r.t.Helper()
	r.goToByKeys(start)
	r.walk(start, end, shift)
}

// goToByKeys walks the caret from the start of the article.
func (r *reader) goToByKeys(at int) {
	r.t.Helper()
	r.eval(nil, `document.getElementById("reading-surface").focus()`)
	r.press("Escape")
	r.eval(nil, `document.getElementById("reading-surface").focus()`)
	r.press("Home", ctrl)
	r.walk(r.stops.Move(0, caret.Text, false), at)
}

// walk moves the caret from one offset to another, by words and then letters,
// in right-to-left text.
func (r *reader) walk(from, to int, held ...input.Modifier) {
	r.t.Helper()
	for from != to {
		if next := r.snap.Step(from, true, len(held) > 0); next <= to {
			r.press("ArrowLeft", append(held, ctrl)...)
			from = next
			continue
		}
		next := r.stops.Move(from, caret.Letter, true)
		if next > to {
			r.t.Fatalf("no caret stop at %d", to)
		}
		r.press("ArrowLeft", held...)
		from = next
	}
}

// tagStance fills in the stance form, with the evidence taken from the text.
func (r *reader) tagStance(g *gold, s goldStance) {
	r.t.Helper()
	r.drag(s.Evidence[0].Start, s.Evidence[0].End, alt)
	r.press("KeyS")
	r.see(".stance-form")
	option := func(selector, name string) string {
		var value string
		r.eval(&value, `[...document.querySelectorAll(%s + " option")].find(o => o.textContent.startsWith(%s + " ·"))?.value ?? ""`, selector, name)
		if value == "" {
			r.t.Fatalf("%s has no entity %q", selector, name)
		}
		return value
	}
	if s.Holder.Implicit {
		r.choose("#stance-holder", "implicit")
	} else {
		r.choose("#stance-holder", option("#stance-holder", g.shownName(s.Holder.Entity)))
	}
	if s.Target.Claim != "" {
		r.choose("#stance-target", "claim")
		r.fill("#stance-claim", s.Target.Claim)
	} else {
		r.choose("#stance-target", option("#stance-target", g.shownName(s.Target.Entity)))
	}
	r.pick(`.stance-choice[data-label="`+s.Label+`"]`, "aria-checked")
	r.pick(`[data-mode="`+string(s.Mode)+`"]`, "aria-pressed")
	r.shot("stance-form")
	r.click(".stance-form [type=submit]")
	r.until("the form is closed", `!document.querySelector(".stance-form")`)
}

// sees waits until exactly these spans are painted.
func (r *reader) sees(spans []goldSpan) {
	r.t.Helper()
	r.until(fmt.Sprintf("%d spans are painted", len(spans)),
		`new Set([...document.querySelectorAll(".mark[data-id]:not(.is-suggestion)")].map(e => e.dataset.id)).size === %s`, len(spans))
}

func (b *browser) signIn(link string) {
	b.t.Helper()
	b.goTo(link)
	b.click("a[href='/']")
	b.see(".sync")
}

func (b *browser) importFile(project, path string) {
	b.t.Helper()
	abs, err := filepath.Abs(path)
	if err != nil {
		b.t.Fatal(err)
	}
	b.goTo(project)
	b.click("#import")
	b.see("#import-files")
	b.do(chromedp.SetUploadFiles("#import-files", []string{abs}))
	b.see(".report-ok")
	b.shot("import-report")
}

func (b *browser) openArticle(url string) {
	b.t.Helper()
	b.goTo(url)
	b.see("#reading-surface .para-text")
}

// exported runs the export and reads its lines.
func exported(t *testing.T, data, project string) []dataset.Record {
	t.Helper()
	path := filepath.Join(t.TempDir(), "out.jsonl")
	hashiya(t, data, "export", "--project", project, "--format", "jsonl", "--layer", "all", "--out", path)
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []dataset.Record
	for d := json.NewDecoder(f); d.More(); {
		var rec dataset.Record
		if err := d.Decode(&rec); err != nil {
			t.Fatal(err)
		}
		out = append(out, rec)
	}
	return out
}

func compareSpans(t *testing.T, want []goldSpan, got []dataset.Span) {
	t.Helper()
	show := func(start, end int, label, text, proclitic string) string {
		return fmt.Sprintf("[%d,%d) %s %q after %q", start, end, label, text, proclitic)
	}
	var a, b []string
	for _, s := range want {
		a = append(a, show(s.Start, s.End, s.Label, s.Text, s.Proclitic))
	}
	for _, s := range got {
		b = append(b, show(s.Start, s.End, s.Label, s.Text, s.Proclitic))
	}
	slices.Sort(a)
	slices.Sort(b)
	for _, s := range a {
		if !slices.Contains(b, s) {
			t.Errorf("not exported: %s", s)
		}
	}
	for _, s := range b {
		if !slices.Contains(a, s) {
			t.Errorf("exported, but never labelled: %s", s)
		}
	}
	if len(a) != len(b) {
		t.Errorf("%d spans labelled, %d exported", len(a), len(b))
	}
}

func compareStances(t *testing.T, g *gold, want []goldStance, layer *dataset.Layer) {
	t.Helper()
	name := func(id string) string {
		for _, e := range layer.Entities {
			if e.ID == id {
				return e.Name
			}
		}
		return id
	}
	if len(layer.Stances) != len(want) {
		t.Fatalf("%d stances tagged, %d exported", len(want), len(layer.Stances))
	}
	for _, w := range want {
		found := slices.ContainsFunc(layer.Stances, func(s dataset.Stance) bool {
			return s.Label == w.Label && s.Mode == w.Mode && s.Target.Claim == w.Target.Claim &&
				s.Holder.Implicit == w.Holder.Implicit && name(s.Holder.Entity) == g.shownName(w.Holder.Entity) &&
				name(s.Target.Entity) == g.shownName(w.Target.Entity) &&
				len(s.Evidence) == len(w.Evidence) && s.Evidence[0].Start == w.Evidence[0].Start && s.Evidence[0].End == w.Evidence[0].End && s.Evidence[0].Text == w.Evidence[0].Text
		})
		if !found {
			t.Errorf("stance %+v is not among those exported: %+v", w, layer.Stances)
		}
	}
}
