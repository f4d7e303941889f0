package e2e

import (
	"fmt"
	"os"
	"testing"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/dataset"
)

// A lead renames a label, retires one and asks for a judgement, in the screen;
// an annotator who has an article open sees it, and loses nothing.
func TestALeadChangesTheSchemeWhileSomebodyLabels(t *testing.T) {
	g := readGold(t)
	data := t.TempDir()
	s := serve(t, data)
	lead := open(t, "")
	lead.signIn(s.signInLink())
	hashiya(t, data, "project", "create", "news")
	lead.importFile(s.url("/p/news"), g.labelled(t, "salma"))
	hashiya(t, data, "user", "add", "salma")
	gpe := 0
	for _, span := range g.Spans {
		if span.Label == "GPE" {
			gpe++
		}
	}

	annotator := open(t, "")
	annotator.signIn(s.linkFor("salma"))
	annotator.openArticle(s.url("/p/news/a/" + g.article.ID))
	annotator.until("the label is offered", `!!document.querySelector('.label-btn[data-label="GPE"]')`)

	// The screen: rename PER, retire GPE, add a target, write the guidelines.
	lead.goTo(s.url("/p/news"))
	lead.click("#open-scheme")
	lead.see("#scheme-labels")
	lead.until("the use is counted", `document.querySelector("#label-2 .edit-use").textContent.includes(%s)`, fmt.Sprint(gpe))
	lead.click("#label-0")
	lead.fill("#label-ar", "إنسان")
	lead.until("every colour says its contrast", `[...document.querySelectorAll(".swatch")].every(e => {
		const m = /([\d.]+):1/.exec(e.getAttribute("aria-label")); return m && Number(m[1]) >= 4.5 })`)
	lead.click("#label-key")
	lead.press("KeyS")
	lead.until("a fixed key is refused", `document.querySelector(".key-button").closest(".field").innerText.includes("موقف جديد")`)
	lead.schemeLooks("scheme-label")
	lead.click("#label-key")
	lead.press("KeyX")
	lead.until("a free key is taken", `document.querySelector(".key-button").innerText.includes("X")`)
	lead.click("#label-2")
	lead.until("the other form is open", `document.querySelector("#label-id").value === "GPE" && document.querySelector("#label-id").readOnly`)
	lead.click("#row-retire")
	lead.until("its use is told", `document.querySelector(".changes-use:not([hidden])")?.textContent.includes(%s)`, fmt.Sprint(gpe))
	lead.click("#target-add")
	lead.until("the field has the keyboard", `document.activeElement.id === "target-0"`)
	lead.fill("#target-0", "زيارة «بوتين» لأذربيجان")
	lead.fill("#guidelines", "# دليل جديد\n\n- **كل** ذِكر <img src=x onerror=alert(1)>")
	lead.until("the preview is drawn, safely", `(p => p.querySelector("h2").innerText === "دليل جديد" && p.querySelector("li b, li strong") && !p.querySelector("img"))(document.querySelector("#guidelines-preview"))`)

	// Nothing typed is lost by a reload.
	lead.goTo(s.url("/p/news/scheme"))
	lead.until("the draft is there", `document.querySelector("#target-0")?.value === "زيارة «بوتين» لأذربيجان" && document.querySelector("#label-0 .label-name").innerText === "إنسان"`)

	// Somebody else saves meanwhile: both are shown, and put together.
	lead.putScheme("news", `{...p.scheme, labels: p.scheme.labels.map(l => l.id === "ORG" ? {...l, names: {ar: "هيئة", en: "Body"}} : l)}`)
	lead.see("#scheme-rebase")
	lead.until("saving waits", `document.querySelector("#scheme-save").disabled`)
	lead.schemeLooks("scheme-behind")
	lead.click("#scheme-rebase")
	lead.until("both changes are there", `document.querySelector("#label-1 .label-name").innerText === "هيئة" && document.querySelector("#label-0 .label-name").innerText === "إنسان"`)
	lead.schemeLooks("scheme-draft")
	lead.click("#scheme-save")
	lead.until("version 3 is saved", `document.querySelector(".page-lead").textContent.includes("3") && document.querySelector(".save-bar").hidden && document.querySelectorAll(".versions > li").length === 3`)
	lead.schemeLooks("scheme-saved")

	// The annotator's open article follows.
	annotator.until("the retired label is not offered", `!document.querySelector('.label-btn[data-label="GPE"]')`)
	annotator.until("the renamed ones follow", `document.querySelector('.label-btn[data-label="PER"]').innerText.includes("إنسان") && document.querySelector('.label-btn[data-label="ORG"]').innerText.includes("هيئة")`)
	annotator.until("its spans are counted", `document.querySelector("#inspector .banner-inline")?.innerText.includes(%s)`, fmt.Sprint(gpe))
	annotator.until("and drawn neutrally", `document.querySelectorAll('.mark.label-c0[data-tag="GPE"]').length > 0 && !document.querySelector('.mark.label-c3')`)
	annotator.click("#inspector .banner-inline .btn")
	annotator.see(".span-retired")
	annotator.schemeLooks("scheme-annotator")
	annotator.click("#tab-1")
	annotator.until("the target is asked for", `document.querySelectorAll(".required .target").length === 1`)
	annotator.noErrors()

	// An older program marks the article done all the same: it is held.
	annotator.eval(nil, `(async () => {
		const op = {v: 1, device: "0123456789abcdef0123456789abcdef", seq: 1, lamport: 1000, project: "news", article: %s, text_sha256: %s, scheme: 3,
			time: new Date().toISOString(), subject: "status", kind: "set_status", status: "done"};
		const layer = await (await fetch("/api/events?poll=1")).json();
		op.prev = layer.events.filter(e => e.op?.subject === "status").map(e => e.op.device + ":" + e.op.seq);
		const r = await (await fetch("/api/ops", {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify({client: "old", ops: [op]})})).json();
		if (r.results?.[0].outcome !== "accepted") throw new Error(JSON.stringify(r));
	})()`, g.article.ID, g.article.TextSHA256)
	annotator.until("the annotator is told why it is not done", `document.querySelector(".sheet-end").innerText.includes("زيارة «بوتين» لأذربيجان")`)
	annotator.eval(nil, `document.querySelector(".sheet-end").scrollIntoView()`)
	annotator.schemeLooks("scheme-held")
	lead.goTo(s.url("/p/news"))
	lead.until("the lead sees it in the list", `document.querySelector("table").innerText.includes("زيارة «بوتين» لأذربيجان")`)
	lead.click("#only-flagged")
	lead.until("and finds it", `document.querySelectorAll("tbody tr").length === 1`)
	lead.schemeLooks("scheme-flags")
	lead.noErrors()

	var out dataset.Layer
	for _, a := range exported(t, data, "news") {
		for _, l := range a.Layers {
			out = l
		}
	}
	if out.Status != annotation.InProgress || len(out.Spans) != len(g.Spans) {
		t.Errorf("exported is a layer %s with %d of %d spans", out.Status, len(out.Spans), len(g.Spans))
	}
}

// putScheme saves what the expression makes of the project p, as a script would.
func (b *browser) putScheme(project, expr string) {
	b.t.Helper()
	b.eval(nil, `(async () => {
		const p = await (await fetch("/api/projects/"+`+fmt.Sprintf("%q", project)+`)).json();
		const next = `+expr+`;
		const r = await fetch("/api/projects/"+p.id+"/scheme", {method: "PUT", headers: {"Content-Type": "application/json"}, body: JSON.stringify({...next, version: p.scheme.version + 1})});
		if (!r.ok) throw new Error(await r.text());
	})()`)
}

// schemeLooks keeps pictures in both widths, languages and themes.
func (b *browser) schemeLooks(name string) {
	b.t.Helper()
	if os.Getenv("HASHIYA_SHOTS") == "" {
		return
	}
	settled := func(name string) {
		time.Sleep(500 * time.Millisecond)
		b.shot(name)
	}
	settled(name + "-1440")
	b.dark(true)
	b.size(390, 844)
	settled(name + "-390-dark")
	b.dark(false)
	b.size(1440, 900)
	b.click(".btn[lang=en]")
	settled(name + "-en-1440")
	b.size(390, 844)
	settled(name + "-en-390")
	b.size(1440, 900)
	b.click(".btn[lang=ar]")
}
