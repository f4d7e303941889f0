package e2e

import (
	"fmt"
	"os"
	"testing"
)

// Every screen, in both languages, wide and on a phone, light and dark: it says
// which language and direction it is in, nothing hangs over the edge, and
// nothing goes wrong in the console. With $HASHIYA_SHOTS it keeps the pictures.
func TestEveryScreenInBothLanguagesWideAndNarrowLightAndDark(t *testing.T) {
	s := serve(t, t.TempDir(), "--demo")
	b := open(t, "")
	b.signIn(s.signInLink())
	a := longest(t)
	screens := []struct{ name, path, ready string }{
		{"home", "/", ".row-link"},
		{"project", "/p/demo", "table, .row-link"},
		{"article", "/p/demo/a/" + a.ID, "#reading-surface .para-text"},
		{"settings", "/settings", ".setting"},
		{"missing", "/no-such-page", "main"},
	}
	visit := func(prefix string, screens []struct{ name, path, ready string }) {
		for _, lang := range []string{"ar", "en"} {
			for _, dark := range []bool{false, true} {
				for _, width := range []int64{1440, 390} {
					b.dark(dark)
					b.size(width, 900)
					b.eval(nil, `localStorage.setItem("hashiya.prefs", JSON.stringify({...JSON.parse(localStorage.getItem("hashiya.prefs") || "{}"), lang: %s}))`, lang)
					for _, screen := range screens {
						b.goTo(s.url(screen.path))
						b.see(screen.ready)
						look := "light"
						if dark {
							look = "dark"
						}
						name := fmt.Sprintf("%s%s-%s-%d-%s", prefix, screen.name, lang, width, look)
						var page struct {
							Lang, Dir string
							Over      int
						}
						b.eval(&page, `({Lang: document.documentElement.lang, Dir: document.documentElement.dir, Over: document.documentElement.scrollWidth - innerWidth})`)
						if want := map[string]string{"ar": "rtl", "en": "ltr"}[lang]; page.Lang != lang || page.Dir != want {
							t.Errorf("%s: lang %q dir %q", name, page.Lang, page.Dir)
						}
						if page.Over > 0 {
							t.Errorf("%s: %d px hang over the edge", name, page.Over)
						}
						b.shot("tour-" + name)
					}
				}
			}
		}
	}
	visit("", screens)
	b.noErrors()
	b.eval(nil, `fetch("/api/logout", {method: "POST"}).then(() => localStorage.removeItem("hashiya.user"))`)
	b.eval(nil, `new Promise(done => { const r = indexedDB.deleteDatabase("hashiya-"); r.onsuccess = r.onerror = r.onblocked = done })`)
	visit("", []struct{ name, path, ready string }{{"sign-in", "/login", "form"}, {"join", "/join", ".door-card"}})
}

// The README's picture: some labels in a demo article, made as people make
// them.
func TestThePictureOfTheReadme(t *testing.T) {
	if os.Getenv("HASHIYA_SHOTS") == "" {
		t.Skip("makes a picture only where $HASHIYA_SHOTS says where to")
	}
	g := demoGold(t)
	s := serve(t, t.TempDir(), "--demo")
	b := open(t, "")
	b.signIn(s.signInLink())
	b.openArticle(s.url("/p/demo/a/" + g.article.ID))
	r := b.reading(g.article)
	for _, span := range g.Spans[:18] {
		r.label(span, false)
	}
	r.clickOn(g.Spans[3].Start, g.Spans[3].End) // one with a proclitic
	b.until("it is selected", `document.querySelector(".span-core")?.textContent === %s`, g.Spans[3].Text)
	b.eval(nil, `document.querySelector(".main").scrollTop = 0`)
	b.until("it has scrolled", `document.querySelector(".main").scrollTop < 2`)
	b.shot("readme")
}
