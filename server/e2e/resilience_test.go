package e2e

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"

	"hashiya/app/dataset"
)

// desk is a browser with an article of a new project open in it, and the
// server behind it.
type desk struct {
	*reader
	s    *server
	data string
	deep string
	gold gold
}

func sitDown(t *testing.T) *desk {
	t.Helper()
	d := &desk{gold: readGold(t), data: t.TempDir()}
	d.s = serve(t, d.data)
	b := open(t, "")
	b.signIn(d.s.signInLink())
	hashiya(t, d.data, "project", "create", "news")
	hashiya(t, d.data, "import", "--project", "news", d.gold.path)
	d.deep = d.s.url("/p/news/a/" + d.gold.article.ID)
	b.openArticle(d.deep)
	d.reader = b.reading(d.gold.article)
	return d
}

// at points a fresh browser, or the same one after a reload, at the article.
func (d *desk) at(b *browser) *reader { return b.reading(d.gold.article) }

func (d *desk) layer(t *testing.T) dataset.Layer {
	t.Helper()
	got := exported(t, d.data, "news")
	if len(got) != 1 || len(got[0].Layers) != 1 {
		t.Fatalf("exported %+v", got)
	}
	return got[0].Layers[0]
}

func (b *browser) saved(where string) {
	b.t.Helper()
	b.until("the sync line says "+where, `!!document.querySelector(".sync.sync-" + %s)`, where)
}

func TestALabelOutlivesTheBrowsersDeath(t *testing.T) {
	d := sitDown(t)
	d.saved("server")
	d.s.kill()
	d.label(d.gold.Spans[3], false)
	// From here on it is on the disk, whatever the line says about the server.
	d.until("nothing is on its way to the disk", `!document.querySelector(".sync.sync-busy")`)
	d.crash()

	d.s.start()
	again := open(t, d.profile)
	again.openArticle(d.deep)
	// A browser that dies right after the sign-in takes its cookie with it; the
	// work is here, and goes on its way when somebody signs in.
	again.size(1440, 7000)
	d.at(again).sees(d.gold.Spans[3:4])
	again.signIn(d.s.linkFor("admin"))
	again.saved("server")
	compareSpans(t, d.gold.Spans[3:4], d.layer(t).Spans)
}

func TestAServerKilledWhileOpsComeInLosesAndDoublesNothing(t *testing.T) {
	d := sitDown(t)
	now, _ := d.gold.choose(t, 20, 0)
	for i, s := range now {
		d.label(s, false)
		if i%4 == 3 {
			d.s.kill() // whatever it is doing
			d.s.start()
		}
	}
	d.saved("server")
	compareSpans(t, now, d.layer(t).Spans)
	if out := hashiya(t, d.data, "check"); out == "" {
		t.Error("check says nothing")
	}
}

func TestUndoRelabelAndDeleteOutliveAReload(t *testing.T) {
	d := sitDown(t)
	s := d.gold.Spans[3]
	d.label(s, false)
	d.press("KeyO") // relabels: the span is still selected
	d.until("it is an organisation now", `document.querySelector(".label-btn[aria-pressed=true]")?.dataset.label === "ORG"`)
	d.do(chromedp.Reload())
	d.openArticle(d.deep)
	d.size(1440, 7000)
	d.sees([]goldSpan{s})

	focus := func() { d.eval(nil, `document.getElementById("reading-surface").focus()`) }
	class := func(n int) string {
		return fmt.Sprintf(`!!document.querySelector('.mark[data-id].label-c%d:not(.is-suggestion)')`, n)
	}
	focus()
	d.press("KeyZ", ctrl)
	d.until("undo gives the person back", class(1))
	d.press("KeyZ", ctrl)
	d.sees(nil)
	d.press("KeyZ", ctrl, shift)
	d.sees([]goldSpan{s})
	d.press("KeyZ", ctrl, shift)
	d.until("redo makes it an organisation again", class(2))
	focus()
	d.press("Tab")
	d.press("Delete")
	d.sees(nil)
	d.press("KeyZ", ctrl)
	d.sees([]goldSpan{s})
	d.saved("server")
	s.Label = "ORG"
	compareSpans(t, []goldSpan{s}, d.layer(t).Spans)
	d.noErrors()
}

func TestTwoTabsAndTwoDevicesShowOneLayer(t *testing.T) {
	d := sitDown(t)
	tab := d.tab()
	tab.openArticle(d.deep)
	device := open(t, "")
	device.signIn(d.s.linkFor("admin"))
	device.openArticle(d.deep)
	all := []*reader{d.reader, d.at(tab), d.at(device)}
	for _, r := range all {
		r.size(1440, 7000)
	}
	var made []goldSpan
	for i, r := range all {
		r.label(d.gold.Spans[3+i], false)
		made = append(made, d.gold.Spans[3+i])
		for _, other := range all {
			other.sees(made)
		}
	}
	d.saved("server")
	compareSpans(t, made, d.layer(t).Spans)
}

func TestTwoDevicesThatDisagreeAreAsked(t *testing.T) {
	d := sitDown(t)
	s := d.gold.Spans[3]
	d.label(s, false)
	d.saved("server")
	device := open(t, "")
	device.signIn(d.s.linkFor("admin"))
	device.openArticle(d.deep)
	other := d.at(device)
	other.size(1440, 7000)
	other.sees([]goldSpan{s})

	d.s.kill()
	relabel := func(r *reader, key, label string) {
		r.clickOn(s.Start, s.End)
		r.press(key)
		r.until("it is "+label, `document.querySelector(".label-btn[aria-pressed=true]")?.dataset.label === %s`, label)
		r.until("it is on the disk", `!document.querySelector(".sync.sync-busy")`)
	}
	relabel(d.reader, "KeyO", "ORG")
	relabel(other, "KeyG", "GPE")
	d.s.start()
	for _, r := range []*reader{d.reader, other} {
		r.until("the conflict is flagged", `!!document.querySelector(".sheet-end .banner-warn")`)
	}
	d.shot("conflict-banner")
	d.click(".sheet-end .banner-warn button")
	d.see("dialog[open]")
	d.shot("conflict-dialog")
	for _, left := range []int{2, 1} { // the span's label, and its entity's
		d.until("so many conflicts are left", `document.querySelectorAll("dialog[open] .versus").length === %s`, left)
		d.click("dialog[open] .version button")
	}
	for _, r := range []*reader{d.reader, other} {
		r.until("the conflict is settled", `!document.querySelector(".sheet-end .banner-warn")`)
	}
	if l := d.layer(t); len(l.Spans) != 1 {
		t.Errorf("%d spans", len(l.Spans))
	}
}

func TestLabellingByTouchOnAPhone(t *testing.T) {
	d := sitDown(t)
	d.size(390, 844)
	d.openArticle(d.deep)
	words := d.gold.Spans[5] // one word
	d.tap(words.Start, words.End)
	d.until("the word is selected", `document.querySelector(".palette-word")?.textContent === %s`, words.Text)
	d.shot("phone-selected")
	d.touch(`.label-btn[data-label="` + words.Label + `"]`)
	d.until("it is labelled", `!!document.querySelector(".mark[data-id]:not(.is-suggestion)")`)
	d.shot("phone-labelled")
	d.saved("server")
	compareSpans(t, []goldSpan{words}, d.layer(t).Spans)
	d.noErrors()
}
