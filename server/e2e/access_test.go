package e2e

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// axe returns the source of axe-core, which `make need-axe` fetches.
func axe(t *testing.T) string {
	t.Helper()
	const path = "../../bin/axe/node_modules/axe-core/axe.min.js"
	source, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("no axe-core at %s: run `make need-axe` (it needs npm and a registry) to check the screens with it", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(source)
}

// visitor looks at every screen of the app.
type visitor struct {
	*browser
	server *server
	gold   gold
	look   func(screen string)
}

func (v *visitor) signedOut() {
	v.goTo(v.server.url("/login"))
	v.see(".door-card form")
	v.look("sign in")
	v.goTo(v.server.url("/join#nosuchtoken0000000000000000"))
	v.see(".door-card")
	v.look("join, a dead link")
}

func (v *visitor) signedIn() {
	article := v.server.url("/p/news/a/" + v.gold.article.ID)
	v.goTo(v.server.url("/"))
	v.see(".page")
	v.look("home")
	v.goTo(v.server.url("/p/news"))
	v.see("#import")
	v.look("project")
	v.click("#import")
	v.see("dialog[open]")
	v.look("import dialog")
	v.closeDialog()
	v.click("#export")
	v.see("dialog[open]")
	v.look("export dialog")
	v.goTo(v.server.url("/p/news/search"))
	v.see("#found .empty")
	v.look("search")
	v.goTo(v.server.url("/p/news/search?q=%D8%A7%D9%84"))
	v.see(".found")
	v.look("search, found")
	v.goTo(v.server.url("/p/news/scheme"))
	v.click("#label-0")
	v.see("#swatches")
	v.look("scheme, a label's form")
	v.click("#row-retire")
	v.click("#stance-0")
	v.click("#target-add")
	v.see(".save-bar")
	v.look("scheme, changed, with a fault")
	v.click("#scheme-discard")
	v.goTo(v.server.url("/settings"))
	v.see(".setting")
	v.look("settings")
	v.goTo(v.server.url("/nowhere"))
	v.look("not found")

	v.openArticle(article)
	v.look("article")
	v.focusText()
	v.press("BracketRight")
	v.see(".span-editor")
	v.look("article, span editor")
	v.press("KeyJ")
	v.see("dialog[open]")
	v.look("entity dialog")
	v.closeDialog()
	v.focusText()
	for range v.spansTo("بوتين") {
		v.press("BracketRight")
	}
	v.press("KeyJ", shift)
	v.see("#across-accept")
	v.look("a name in all articles")
	v.closeDialog()
	v.focusText()
	v.press("Slash", shift)
	v.see("dialog[open]")
	v.look("keys dialog")
	v.closeDialog()
	v.focusText()
	v.press("KeyA", ctrl)
	v.press("KeyS")
	v.see(".stance-form")
	v.look("article, stance form")
	v.click("#tab-2")
	v.see("#inspector-panel")
	v.look("article, third tab")
	v.click("#tab-0")
	v.eval(nil, `document.querySelectorAll(".fold").forEach(f => f.open = true)`)
	v.eval(nil, `document.querySelector("details.menu").open = true`)
	v.look("article, menu and folds open")
}

// spansTo returns how many spans further than the first the first one over text
// is.
func (v *visitor) spansTo(text string) int {
	v.t.Helper()
	spans := slices.SortedFunc(slices.Values(v.gold.Spans[:12]), func(a, b goldSpan) int { return a.Start - b.Start })
	i := slices.IndexFunc(spans, func(s goldSpan) bool { return s.Text == text })
	if i < 0 {
		v.t.Skipf("the gold file labels no %s early on", text)
	}
	return i
}

func (v *visitor) focusText() {
	v.t.Helper()
	v.eval(nil, `document.getElementById("reading-surface").focus()`)
}

func (v *visitor) closeDialog() {
	v.t.Helper()
	v.press("Escape")
	v.until("the dialog is closed", `!document.querySelector("dialog")`)
}

// prefer sets this device's preferences and starts the app anew with them.
func (b *browser) prefer(lang, theme, size string) {
	b.t.Helper()
	b.eval(nil, `hashiyaSetPrefs(JSON.stringify({...JSON.parse(hashiyaPrefs() || "{}"), lang: %s, theme: %s, textSize: %s}))`, lang, theme, size)
}

// visitors starts a server with an article that has labels, an entity and a
// stance, and a browser on its sign-in.
func visitors(t *testing.T) *visitor {
	t.Helper()
	g := readGold(t)
	data := t.TempDir()
	s := serve(t, data)
	b := open(t, "")
	v := &visitor{browser: b, server: s, gold: g}
	b.signIn(s.signInLink())
	hashiya(t, data, "project", "create", "news")
	b.importFile(s.url("/p/news"), g.path)
	b.openArticle(s.url("/p/news/a/" + g.article.ID))
	r := b.reading(g.article)
	for i, span := range g.Spans[:12] {
		r.label(span, i < 2)
	}
	b.until("all is on the server", `!!document.querySelector(".sync.sync-server")`)
	return v
}

// finding is a rule of axe-core that a screen breaks.
type finding struct {
	ID, Impact, Help string
	Nodes            []struct {
		HTML           string
		FailureSummary string
	}
}

func TestAxeFindsNothingSeriousInAnyScreen(t *testing.T) {
	source := axe(t)
	v := visitors(t)
	seen := map[string][]string{} // by what is wrong: where
	screens := 0
	var where string
	v.look = func(screen string) {
		t.Helper()
		screens++
		v.do(chromedp.Evaluate(source, nil))
		var found []finding
		// Nothing is judged in the middle of a transition.
		v.eval(&found, `(async () => {
			await Promise.all(document.getAnimations().filter(a => a.effect?.getComputedTiming().iterations !== Infinity).map(a => { a.finish(); return a.finished }));
			const r = await axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"]});
			return r.violations.map(v => ({ID: v.id, Impact: v.impact, Help: v.help, Nodes: v.nodes.slice(0, 3).map(n => ({HTML: n.html.slice(0, 220), FailureSummary: n.failureSummary}))}));
		})()`)
		for _, f := range found {
			if f.Impact != "serious" && f.Impact != "critical" {
				continue
			}
			for _, n := range f.Nodes {
				key := fmt.Sprintf("%s (%s): %s\n  %s\n  %s", f.ID, f.Impact, f.Help, n.HTML, strings.ReplaceAll(n.FailureSummary, "\n", " "))
				seen[key] = append(seen[key], where+screen)
			}
		}
		v.shot("axe-" + strings.NewReplacer(" ", "-", ",", "", ":", "").Replace(where+screen))
	}
	for _, lang := range []string{"ar", "en"} {
		for _, theme := range []string{"light", "dark"} {
			where = lang + " " + theme + ": "
			v.prefer(lang, theme, "m")
			v.signedIn()
		}
	}
	v.size(390, 844)
	for _, lang := range []string{"ar", "en"} {
		where = lang + " phone: "
		v.prefer(lang, "light", "m")
		v.goTo(v.server.url("/p/news/a/" + v.gold.article.ID))
		v.see("#reading-surface .para-text")
		v.look("article")
	}
	v.size(1440, 900)
	door := open(t, "")
	outside := &visitor{browser: door, server: v.server, gold: v.gold, look: v.look}
	v.browser = door
	for _, lang := range []string{"ar", "en"} {
		for _, theme := range []string{"light", "dark"} {
			where = lang + " " + theme + ": "
			door.goTo(v.server.url("/login"))
			door.prefer(lang, theme, "m")
			outside.signedOut()
		}
	}
	t.Logf("axe-core looked at %d screens", screens)
	for what, places := range seen {
		t.Errorf("%s\n  in %s", what, strings.Join(places, "; "))
	}
}

// What sticks out sideways, and controls whose words are cut off, are found by
// measuring; ellipses that were meant (a title in a bar) have .ellipsis or
// another way to be read in full.
const cutOff = `(() => {
	const out = [], name = e => e.outerHTML.replace(/\s+/g, " ").slice(0, 160);
	const page = document.scrollingElement;
	if (page.scrollWidth > innerWidth + 1) out.push("the page is " + page.scrollWidth + " px wide in a window of " + innerWidth);
	const shown = e => { if (!e.checkVisibility()) return false; const r = e.getBoundingClientRect(), s = getComputedStyle(e); return r.width > 1 && r.height > 1 && s.visibility !== "hidden" && !e.closest(".visually-hidden, .skip-link, [inert]") };
	for (const e of document.querySelectorAll("button, .btn, a.btn, .tab, .chip, summary, .segmented > *, select")) {
		if (!shown(e) || getComputedStyle(e).clip !== "auto") continue;
		const s = getComputedStyle(e);
		if (e.matches(".label-btn, .mention, .entity > summary, .stance, .evidence-text, .ellipsis")) continue;
		if (e.scrollWidth > e.clientWidth + 1 && s.display !== "inline") out.push("words are cut (" + e.scrollWidth + " in " + e.clientWidth + "): " + name(e));
		if (e.scrollHeight > e.clientHeight + 2 && s.display !== "inline" && s.overflowY !== "visible") out.push("lines are cut (" + e.scrollHeight + " in " + e.clientHeight + "): " + name(e));
	}
	for (const e of document.querySelectorAll("button, a, input, select, textarea, h1, h2")) {
		if (!shown(e)) continue;
		let scrolls = false;
		for (let p = e.parentElement; p; p = p.parentElement) if (/auto|scroll/.test(getComputedStyle(p).overflowX)) scrolls = true;
		const r = e.getBoundingClientRect();
		if (!scrolls && (r.left < -1 || r.right > innerWidth + 1)) out.push("sticks out (" + Math.round(r.left) + " to " + Math.round(r.right) + "): " + name(e));
	}
	return out;
})()`

func TestNothingIsCutWhenTextIsTwiceAsLarge(t *testing.T) {
	v := visitors(t)
	seen := map[string][]string{}
	var where string
	v.look = func(screen string) {
		t.Helper()
		// What the browser does for a reader who set twice the text size.
		v.eval(nil, `document.documentElement.style.setProperty("font-size", "200%")`)
		v.eval(nil, `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))`)
		var found []string
		v.eval(&found, cutOff)
		for _, f := range found {
			seen[f] = append(seen[f], where+screen)
		}
		v.shot("large-" + strings.NewReplacer(" ", "-", ",", "", ":", "").Replace(where+screen))
		v.eval(nil, `document.documentElement.style.removeProperty("font-size")`)
	}
	for _, width := range []int64{1440, 390} {
		for _, lang := range []string{"ar", "en"} {
			where = fmt.Sprintf("%s at %d: ", lang, width)
			v.do(emulation.SetDeviceMetricsOverride(width, 900, 1, width < 600))
			v.prefer(lang, "light", "xl")
			v.signedIn()
		}
	}
	var all []string
	for what, places := range seen {
		all = append(all, what+"\n  in "+strings.Join(places, "; "))
	}
	slices.Sort(all)
	for _, what := range all {
		t.Error(what)
	}
}

func TestNothingMovesForReadersWhoWantNoMotion(t *testing.T) {
	v := visitors(t)
	v.do(emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}))
	v.look = func(screen string) {
		t.Helper()
		var moving []string
		v.eval(&moving, `document.getAnimations().filter(a => { const t = a.effect.getComputedTiming(); return t.duration > 10 && t.iterations * t.duration > 100 })
			.map(a => (a.animationName || a.transitionProperty) + " on " + a.effect.target.outerHTML.slice(0, 100))`)
		for _, m := range moving {
			t.Errorf("%s: %s", screen, m)
		}
	}
	v.signedIn()
}

func TestMarksShowInForcedColors(t *testing.T) {
	v := visitors(t)
	v.do(emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "forced-colors", Value: "active"}}))
	v.openArticle(v.server.url("/p/news/a/" + v.gold.article.ID))
	v.focusText()
	v.press("BracketRight")
	v.see(".mark.is-focused")
	v.shot("forced-colors")
	var widths struct{ Line, Focus, Caret float64 }
	v.eval(&widths, `(() => {
		const line = getComputedStyle(document.querySelector(".mark[data-id]:not(.is-suggestion)"), "::before"), focus = getComputedStyle(document.querySelector(".mark.is-focused"), "::before");
		return {Line: parseFloat(line.borderBlockEndWidth), Focus: focus.outlineStyle === "none" ? 0 : parseFloat(focus.outlineWidth), Caret: document.querySelector(".caret").getBoundingClientRect().width};
	})()`)
	if widths.Line < 2 || widths.Focus < 1 || widths.Caret < 2 {
		t.Errorf("underline, focus ring and caret are %v px wide", widths)
	}
	var contrast bool
	v.eval(&contrast, `(() => {
		const s = getComputedStyle(document.querySelector(".caret"));
		return s.backgroundColor !== getComputedStyle(document.body).backgroundColor && (s.backgroundImage === "none" || s.forcedColorAdjust === "none");
	})()`)
	if !contrast {
		t.Error("the caret has the colour of the page")
	}
}
