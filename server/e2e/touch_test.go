package e2e

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"

	"hashiya/app/scheme"
)

// On a phone a long press selects a word's core, a handle moves an end of it or
// of the label, the page stays where it is, and all of it is one label.
func TestAFingerSelectsLabelsAndResizes(t *testing.T) {
	g := readGold(t)
	data := t.TempDir()
	s := serve(t, data)
	b := open(t, "")
	b.signIn(s.signInLink())
	hashiya(t, data, "project", "create", "news")
	b.importFile(s.url("/p/news"), g.path)
	b.size(390, 844)
	b.openArticle(s.url("/p/news/a/" + g.article.ID))
	r := b.reading(g.article)

	var span goldSpan
	for _, s := range g.Spans {
		if s.Proclitic != "" && len([]rune(s.Text)) > 5 && !strings.ContainsAny(s.Text, " 0123456789") {
			span = s
			break
		}
	}
	if span.Text == "" {
		t.Fatal("the gold file has no one-word name behind a proclitic")
	}
	x1, y1, x2, y2 := r.edges(span.Start, span.End)
	finger := func(x, y float64) []*input.TouchPoint { return []*input.TouchPoint{{X: x, Y: y}} }
	b.do(input.DispatchTouchEvent(input.TouchStart, finger((x1+x2)/2, (y1+y2)/2)))
	time.Sleep(600 * time.Millisecond) // that is what a long press is
	b.do(input.DispatchTouchEvent(input.TouchEnd, []*input.TouchPoint{}))
	b.until("the core is selected", `document.querySelector(".palette-word")?.textContent === %s`, span.Text)
	b.until("two handles stand at it", `document.querySelectorAll(".handle:not([hidden])").length === 2`)
	b.shot("touch-selected")

	var low float64
	b.eval(&low, `Math.min(...[...document.querySelectorAll(".label-btn")].map(e => innerHeight - e.getBoundingClientRect().bottom))`)
	if low < 0 {
		t.Errorf("a label's button hangs %.0f px below the screen", -low)
	}
	def := scheme.Default()
	label, _ := def.Label(span.Label)
	b.touch(`.label-btn[data-label="` + label.ID + `"]`)
	b.until("it is labelled", `!!document.querySelector(".mark.is-focused[data-id]:not(.is-suggestion)")`)
	var id string
	b.eval(&id, `document.querySelector(".mark.is-focused[data-id]:not(.is-suggestion)").dataset.id`)

	// The handle at the start, over the proclitic.
	scroll := func() (y float64) {
		b.eval(&y, `document.querySelector(".main").scrollTop + scrollY`)
		return y
	}
	before := scroll()
	x1, _, x2, _ = r.edges(span.Start-1, span.Start)
	var knob struct{ X, Y float64 }
	b.until("the handles stand at the label", `document.querySelectorAll(".handle:not([hidden])").length === 2`)
	b.eval(&knob, `(() => { const r = document.querySelector('.handle[data-end="start"]').getBoundingClientRect(); return {X: r.x + r.width / 2, Y: r.y + r.height / 2} })()`)
	b.do(input.DispatchTouchEvent(input.TouchStart, finger(knob.X, knob.Y)))
	for i := range 6 {
		b.do(input.DispatchTouchEvent(input.TouchMove, finger(knob.X+(x1-x2+4)*float64(i+1)/6, knob.Y+float64(i*2))))
	}
	b.do(input.DispatchTouchEvent(input.TouchEnd, []*input.TouchPoint{}))
	want := string([]rune(g.article.Text)[span.Start-1 : span.End])
	b.until("the label holds the letter in front", `document.querySelector(".palette-word")?.textContent === %s`, want)
	b.shot("touch-resized")
	var now string
	b.eval(&now, `document.querySelector(".mark.is-focused[data-id]").dataset.id`)
	if now != id {
		t.Errorf("the label became another one: %s, was %s", now, id)
	}
	if y := scroll(); y != before {
		t.Errorf("dragging a handle scrolled the page by %v", y-before)
	}
	b.until("all is on the server", `!!document.querySelector(".sync.sync-server")`)
	got := exported(t, data, "news")[0].Layers[0].Spans
	if len(got) != 1 || got[0].Start != span.Start-1 || got[0].End != span.End {
		t.Errorf("exported: %+v", got)
	}
	b.noErrors()
}

// A key of the cheat sheet is moved, refused where it is taken, kept over a
// reload, and put back.
func TestKeysCanBePutElsewhere(t *testing.T) {
	g := readGold(t)
	data := t.TempDir()
	s := serve(t, data)
	b := open(t, "")
	b.signIn(s.signInLink())
	hashiya(t, data, "project", "create", "news")
	b.importFile(s.url("/p/news"), g.path)
	path := s.url("/p/news/a/" + g.article.ID)
	b.openArticle(path)
	sheet := func() {
		b.eval(nil, `document.getElementById("reading-surface").focus()`)
		b.press("Slash", shift)
		b.see("dialog[open] .keys-row")
	}
	sheet()
	b.click(`button.keys-combo[data-chord="Space"]`)
	b.press("KeyG")
	b.until("a taken key is refused with its owner", `document.querySelector("dialog .field-error")?.textContent.includes(%s)`, "كيان")
	b.click(`button.keys-combo[data-chord="Space"]`)
	b.press("KeyX")
	b.until("the new key shows", `document.querySelector('button.keys-combo[data-chord="Space"]').textContent.includes("X")`)
	b.shot("keys-moved")
	b.openArticle(path)
	b.eval(nil, `document.getElementById("reading-surface").focus()`)
	b.press("KeyX")
	b.until("the moved key selects a likely name", `!!document.querySelector(".mark.is-selection")`)
	sheet()
	b.click("#keys-reset")
	b.until("the standard key is back", `!document.querySelector('button.keys-combo[data-chord="Space"]').textContent.includes("X")`)
	b.noErrors()
}
