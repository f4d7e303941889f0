package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"hashiya/app/annotation"
	"hashiya/app/article"
)

// awkwardPlaces has a name in all the ways in which news writes it.
const awkwardPlaces = "عن العراق والأردن، خبر للاختبار\n\nقال «العِراق» إنّ العـــراق يشكر للعراق، وبالعراق والعراق 🙂 مياه.\r\n" +
	"وفي ﻷردن الخير والاردن وَالأُرْدُنّ وبالأردن في سبتمبر/أيلول ٢٠١٨.\n"

// demoProject starts a server with the demo project and one article more, and returns
// the article that holds part.
func demoProject(t *testing.T) (s *server, find func(part string) article.Article) {
	t.Helper()
	data := t.TempDir()
	s = serve(t, data, "--demo")
	s.signInLink()
	path := filepath.Join(t.TempDir(), "awkward.txt")
	if err := os.WriteFile(path, []byte(awkwardPlaces), 0o644); err != nil {
		t.Fatal(err)
	}
	hashiya(t, data, "import", "--project", "demo", path)
	all := exported(t, data, "demo")
	return s, func(part string) article.Article {
		t.Helper()
		for _, r := range all {
			if d, err := r.Document(); err == nil && strings.Contains(d.Article.Text, part) {
				return d.Article
			}
		}
		t.Fatalf("no article holds %q", part)
		return article.Article{}
	}
}

// A lead labels a name, looks where it stands in all articles, labels it there
// by one key, sees the labels in another article, and takes all back.
func TestALeadLabelsANameInAllArticlesAndTakesItBack(t *testing.T) {
	s, find := demoProject(t)
	dams, awkward := find("سد الموصل"), find("«العِراق»")
	b := open(t, "")
	b.signIn(s.link)
	b.openArticle(s.url("/p/demo/a/" + dams.ID))
	r := b.reading(dams)
	start, end := placeOf(dams.Text, "العراق", 1)
	r.drag(start, end)
	r.press("KeyG")
	r.saved("server")
	r.press("KeyJ", shift)
	b.see("#across-accept")
	b.until("the accept button has the keyboard", `document.activeElement.id === "across-accept"`)
	b.until("several articles are offered", `document.querySelectorAll(".across-article").length >= 2`)
	b.until("what is labelled is counted", `document.querySelector(".across").innerText.includes("1 موسوم من قبل")`)
	b.faces("across-offer")
	inAwkward := func(what, expr string) {
		b.t.Helper()
		b.until(what, `(rows => `+expr+`)([...document.querySelectorAll('.across-article[data-article="'+%s+'"] .offered-row')])`, awkward.ID)
	}
	inAwkward("each way of writing it is offered", `rows.length === 6`)
	inAwkward("the sure ones are checked", `rows.filter(r => r.querySelector("input").checked).map(r => r.querySelector("b").textContent).join(" ") === "العراق العِراق العـــراق"`)
	inAwkward("each says how it was found", `rows.every(r => r.querySelector(".offered-rule").textContent.length > 2)`)
	// One more by hand, by the keyboard.
	b.eval(nil, `[...document.querySelectorAll('.across-article[data-article="'+%s+'"] .offered-row')].find(r => !r.querySelector("input").checked).querySelector("input").focus()`, awkward.ID)
	b.do(chromedp.KeyEvent(" "))
	inAwkward("a fourth is checked", `rows.filter(r => r.querySelector("input").checked).length === 4`)
	var checked int
	b.eval(&checked, `document.querySelectorAll(".offered-row input:checked").length`)
	b.press("Semicolon")
	b.see("#across-back")
	b.shot("across-written")
	b.saved("server")

	other := b.tab()
	other.openArticle(s.url("/p/demo/a/" + awkward.ID))
	other.count("the labels are in the other article", labels, 4)
	other.shot("across-other-article")
	spans, sources := 0, map[annotation.Source]int{}
	for _, rec := range exported(t, s.data, "demo") {
		for _, l := range rec.Layers {
			spans += len(l.Spans)
			names := map[string]bool{}
			for _, e := range l.Entities {
				names[e.Name+" "+e.Label] = true
			}
			if len(l.Entities) != 1 || !names["العراق GPE"] {
				t.Errorf("article %s has the entities %v", rec.ID, l.Entities)
			}
			for _, sp := range l.Spans {
				sources[sp.Source]++
				if sp.Entity != l.Entities[0].ID || sp.Label != "GPE" {
					t.Errorf("the span is %+v", sp)
				}
			}
		}
	}
	if spans != checked+1 || sources[annotation.FromMention] != checked {
		t.Errorf("%d spans, from %v; %d were checked", spans, sources, checked)
	}

	b.click("#across-back")
	b.until("all are taken back", `document.querySelector(".across").innerText.includes("تُراجع عن") && !document.querySelector("#across-back")`)
	b.until("the close button has the keyboard", `document.activeElement.id === "across-close"`)
	b.do(chromedp.KeyEvent("\r"))
	b.until("the dialog is closed", `!document.querySelector("dialog")`)
	other.count("they are gone from the other article", labels, 0)
	b.saved("server")
	within(t, 20*time.Second, "one span is left on the server", func() bool {
		n := 0
		for _, rec := range exported(t, s.data, "demo") {
			for _, l := range rec.Layers {
				n += len(l.Spans)
			}
		}
		return n == 1
	})

	s.kill()
	b.eval(nil, `document.getElementById("reading-surface").focus()`)
	b.press("BracketRight")
	b.see(".span-editor")
	b.click("#across")
	b.see("dialog .empty")
	b.shot("across-offline")
	other.noErrors()
}

// Who leads nothing has no button, and is told why the key does nothing.
func TestOnlyLeadsLabelOverAllArticles(t *testing.T) {
	s, find := demoProject(t)
	awkward := find("«العِراق»")
	hashiya(t, s.data, "user", "add", "layla")
	b := open(t, "")
	b.signIn(s.linkFor("layla"))
	b.openArticle(s.url("/p/demo/a/" + awkward.ID))
	r := b.reading(awkward)
	start, end := placeOf(awkward.Text, "العراق", 1)
	r.drag(start, end)
	r.press("KeyG")
	b.see(".span-editor")
	b.press("KeyJ", shift)
	b.until("she is told", `(document.querySelector(".toasts")?.innerText ?? "").includes("لمشرفي المشروع")`)
	b.until("there is no button", `!document.querySelector("#across") || document.querySelector("#across").hidden`)
}

// A search over the project finds however a word is written, leads to the very
// place, goes on from there, and works without a server on what is at hand.
func TestTheProjectIsSearchedOnlineAndOffline(t *testing.T) {
	s, _ := demoProject(t)
	b := open(t, "")
	b.signIn(s.link)
	b.goTo(s.url("/p/demo"))
	b.click("#search-texts")
	b.see("#found .empty")
	b.faces("search-empty")
	b.fill("#search-text", "الاُردنِ")
	b.do(chromedp.KeyEvent("\r"))
	b.see(".found")
	b.until("two articles hold it", `document.querySelectorAll(".found").length === 2`)
	b.until("each place is marked", `document.querySelectorAll(".found-place mark").length >= 5`)
	b.until("as it stands there", `(t => ["الأردن", "الاردن", "الأُرْدُنّ"].every(w => t.includes(w)))([...document.querySelectorAll("mark")].map(e => e.textContent))`)
	b.faces("search-found")
	b.fill("#search-text", "لا يوجد هذا في نص")
	b.click("#search-go")
	b.see("#found .empty")
	b.fill("#search-text", "ب")
	b.click("#search-go")
	b.see("#found .field-error")

	b.fill("#search-text", "الاردن")
	b.click("#search-go")
	b.until("it is found again", `document.querySelectorAll(".found").length === 2`)
	third := `.found:last-child .found-place:nth-child(3)`
	var want string
	b.eval(&want, `document.querySelector(%s).querySelector("mark").textContent`, third)
	b.click(third)
	b.see("#reading-surface .para-text")
	b.until("the third place is the one gone to", `document.querySelector(".search-count")?.innerText.trim() === "3 من 4"`)
	b.until("the query stands in the field", `document.querySelector("#article-search").value === "الاردن"`)
	b.see(".mark.is-search.is-focused")
	b.shot("search-in-article")
	b.press("F3")
	b.until("the next one follows", `document.querySelector(".search-count").innerText.trim() === "4 من 4"`)
	b.press("F3")
	b.until("and the first", `document.querySelector(".search-count").innerText.trim() === "1 من 4"`)
	b.press("KeyG")
	b.count("the hit is selected, ready for a label", labels+":not(.is-search)", 1)
	b.saved("server")

	s.kill()
	b.goTo(s.url("/p/demo/search?q=%D8%A7%D9%84%D8%A7%D8%B1%D8%AF%D9%86"))
	b.until("offline it says so", `[...document.querySelectorAll("#found .banner")].some(e => !e.hidden && e.innerText.includes("لا اتصال بالخادم"))`)
	b.until("and finds the same", `document.querySelectorAll(".found").length === 2`)
	b.shot("search-offline")
	b.click(third)
	b.until("a hit opens offline", `document.querySelector(".search-count")?.innerText.trim() === "3 من 4"`)
	s.start()
	b.goTo(s.url("/p/demo/search?q=%D8%A7%D9%84%D8%A7%D8%B1%D8%AF%D9%86"))
	b.until("online again", `document.querySelectorAll(".found").length === 2 && [...document.querySelectorAll("#found .banner")].every(e => e.hidden)`)
}

// faces keeps pictures of the page on a desk and in the hand, in both themes.
func (b *browser) faces(name string) {
	b.t.Helper()
	if os.Getenv("HASHIYA_SHOTS") == "" {
		return
	}
	for _, width := range []int64{1440, 390} {
		b.size(width, 900)
		for _, dark := range []bool{false, true} {
			b.dark(dark)
			time.Sleep(600 * time.Millisecond) // what moves has come to rest
			b.shot(fmt.Sprintf("%s-%d-%s", name, width, map[bool]string{false: "light", true: "dark"}[dark]))
		}
	}
	b.dark(false)
	b.size(1440, 900)
}
