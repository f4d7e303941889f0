package e2e

import (
	"slices"
	"strings"
	"testing"

	"hashiya/app/dataset"
)

// What an annotator does around the labels: reads the guidelines, searches,
// flags, judges the whole article, and looks from a label to its stances.
func TestTheWorkAroundTheText(t *testing.T) {
	g := readGold(t)
	data := t.TempDir()
	s := serve(t, data)
	b := open(t, "")
	b.signIn(s.signInLink())
	hashiya(t, data, "project", "create", "news")
	b.importFile(s.url("/p/news"), g.labelled(t, "admin"))

	b.openArticle(s.url("/p/news/a/" + g.article.ID))

	// The lead changes the scheme while the article is open.
	targets := []string{"زيارة بوتين", "العقوبات"}
	b.eval(nil, `(async () => {
		const p = await (await fetch("/api/projects/news")).json();
		const r = await fetch("/api/projects/news/scheme", {method: "PUT", headers: {"Content-Type": "application/json"},
			body: JSON.stringify({...p.scheme, version: p.scheme.version + 1, targets: %s,
				guidelines: p.scheme.guidelines + "\n<img src=x onerror=alert(1)> [دليل](https://example.org/)"})});
		if (!r.ok) throw new Error(await r.text());
	})()`, targets)
	b.click("#tab-1")
	b.until("the new targets are there", `document.querySelectorAll(".required .target").length === 2`)
	r := b.reading(g.article)
	text := func(selector string) string {
		var out string
		b.eval(&out, `document.querySelector(%s)?.innerText ?? ""`, selector)
		return out
	}
	focus := func() { b.eval(nil, `document.getElementById("reading-surface").focus()`) }

	// Done is refused until each target is judged, which one key each does.
	focus()
	b.press("Enter", ctrl)
	b.see(".required .target.is-selected")
	b.until("the refusal names both targets", `(t => t.includes("زيارة بوتين") && t.includes("العقوبات"))(document.querySelector(".toasts, .toast")?.innerText ?? "")`)
	b.shot("around-required")
	b.press("Digit3")
	b.until("the first is judged", `document.querySelectorAll(".target.is-judged").length === 1`)
	b.click(`.target-choice[data-target="العقوبات"][data-label="discuss"]`)
	b.until("both are judged", `document.querySelectorAll(".target.is-judged").length === 2`)
	b.shot("around-judged")

	// Search: no vowel signs, another alef.
	focus()
	b.press("KeyF", ctrl)
	b.see("#article-search")
	b.until("the search has the keyboard", `document.activeElement.id === "article-search"`)
	b.fill("#article-search", "اذربيجان")
	b.until("every place is marked", `new Set([...document.querySelectorAll(".mark.is-search")].map(e => e.dataset.id ?? e.className)).size > 0`)
	want := strings.Count(annotatedText(g), "أذربيجان")
	b.until("the count is shown", `document.querySelector(".search-count").innerText.includes(String(%s))`, want)
	b.press("Enter")
	b.shot("around-search")
	b.press("Escape")
	b.until("the bar is gone", `!document.querySelector("#article-search")`)

	// A stance with everything: two ranges, a source between, degrees, a note.
	st := g.Stances[0]
	r.drag(st.Evidence[0].Start, st.Evidence[0].End, alt)
	b.press("KeyS")
	b.see(".stance-form")
	second := g.Stances[1].Evidence[0]
	r.drag(second.Start, second.End, alt)
	b.press("KeyS")
	b.until("two pieces of evidence", `document.querySelectorAll(".evidence-chip").length === 2`)
	b.choose("#stance-via", "outlet")
	b.until("a source", `document.querySelectorAll(".stance-form .chip-remove").length >= 3`)
	focus()
	b.press("Digit2")
	b.press("Digit3", shift)
	b.press("Digit1", alt)
	b.fill("#stance-note", "نقلًا عن الناطق")
	b.until("the form shows the keys' choices", `document.querySelector("[data-label=against][aria-checked=true]") &&
		document.querySelectorAll(".stance-form [data-n][aria-pressed=true]").length === 2`)
	b.shot("around-form")
	b.press("KeyS", ctrl)
	b.until("the form is closed", `!document.querySelector(".stance-form")`)

	// It lights both ends and its evidence; a label of an end leads back to it.
	b.until("evidence is lit", `document.querySelectorAll(".mark.is-evidence").length > 0 && document.querySelectorAll(".mark.is-stance-end").length > 0`)
	b.press("Escape")
	b.click("#tab-0")
	i := slices.IndexFunc(g.Spans, func(s goldSpan) bool { return s.Entity == st.Holder.Entity && s.Start > st.Evidence[0].Start })
	r.clickOn(g.Spans[i].Start, g.Spans[i].End)
	b.until("the label shows its stance", `[...document.querySelectorAll("#inspector .section .stance")].length === 1`)
	b.shot("around-span-stances")

	// A flag.
	b.eval(nil, `[...document.querySelectorAll(".sheet-end button")].find(e => e.querySelector('use[href$="#flag"]')).click()`)
	b.fill("#flag-reason", "تاريخ النشر مشكوك فيه")
	b.click("dialog [type=submit]")
	b.until("the flag is shown", `document.querySelector(".sheet-end .banner")?.innerText.includes("تاريخ النشر")`)

	// Guidelines: Markdown, and no markup of others.
	b.click("#tab-3")
	b.see(".guidelines .prose h2")
	if got := text(".guidelines .prose"); !strings.Contains(got, "<img src=x") {
		t.Errorf("HTML is not shown as text: %.200s", got)
	}
	var img, help int
	b.eval(&img, `document.querySelectorAll(".guidelines img").length`)
	b.eval(&help, `document.querySelectorAll(".guidelines .help").length`)
	if img != 0 || help != 15 {
		t.Errorf("%d images, %d explained labels and judgements", img, help)
	}
	b.looks("around-guidelines")
	focus()
	b.press("Escape")
	b.click("#tab-1")
	b.see(".stance")
	b.looks("around-stances")

	focus()
	b.press("Enter", ctrl)
	b.until("done", `!!document.querySelector(".sheet-end .chip-ok")`)
	b.until("all is on the server", `!!document.querySelector(".sync.sync-server")`)
	b.noErrors()

	l := exported(t, data, "news")[0].Layers[0]
	got := map[string]string{}
	for _, s := range l.Stances {
		switch {
		case s.Holder.Outlet:
			got[s.Target.Claim] = s.Label
		case len(s.Evidence) != 2 || len(s.Via) != 1 || !s.Via[0].Outlet || s.Intensity != 3 || s.Certainty != 1 || s.Note != "نقلًا عن الناطق":
			t.Errorf("the stance came out as %+v", s)
		}
	}
	if got[targets[0]] != "neutral" || got[targets[1]] != "discuss" || len(l.Stances) != 3 {
		t.Errorf("judgements %v of %d stances", got, len(l.Stances))
	}
	if !slices.ContainsFunc(l.Comments, func(c dataset.Comment) bool { return c.Flag && c.Text == "تاريخ النشر مشكوك فيه" }) {
		t.Errorf("the flag is not exported: %+v", l.Comments)
	}
}

// annotatedText is the text that is searched.
func annotatedText(g gold) string {
	var b strings.Builder
	runes := []rune(g.article.Text)
	for _, p := range g.article.Paragraphs() {
		if p.Kind.Annotated() {
			b.WriteString(string(runes[p.Start:p.End]) + "\n")
		}
	}
	return b.String()
}
