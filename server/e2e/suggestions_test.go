package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/chromedp/chromedp"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/dataset"
)

const (
	labelledArticle = "وصل إلهام علييف إلى «شوشا». وقال علييف إنّ شوشا مدينة، وعلييف يعرفها. ثم قال علييف: لعلييف وبعلييف وفعلييف.\r\nفي سبتمبر/أيلول 2018 عاد علييـف 🙂.\n"
	freshArticle    = "في موسكو\n\nالتقى علييف، وعلييف صديق، الوزير في تشاد. قال «علييف» لأذربيجان: عُد إلى شوشا.\n"
)

// project makes a project of texts and returns its articles, by text.
func (s *server) project(name string, texts ...string) map[string]article.Article {
	s.t.Helper()
	hashiya(s.t, s.data, "project", "create", name)
	for i, text := range texts {
		path := filepath.Join(s.t.TempDir(), string(rune('a'+i))+".txt")
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			s.t.Fatal(err)
		}
		hashiya(s.t, s.data, "import", "--project", name, path)
	}
	out := map[string]article.Article{}
	for _, r := range exported(s.t, s.data, name) {
		d, err := r.Document()
		if err != nil {
			s.t.Fatal(err)
		}
		for _, text := range texts {
			if strings.Contains(d.Article.Text, text[:40]) {
				out[text] = d.Article
			}
		}
	}
	if len(out) != len(texts) {
		s.t.Fatalf("of %d articles %d are there", len(texts), len(out))
	}
	return out
}

// placeOf returns the range of the nth (from 1) place where the text holds part.
func placeOf(text, part string, nth int) (start, end int) {
	before := strings.Join(strings.SplitN(text, part, nth+1)[:nth], part)
	start = utf8.RuneCountInString(before)
	return start, start + utf8.RuneCountInString(part)
}

func (b *browser) count(what, selector string, want int) {
	b.t.Helper()
	b.until(what, `new Set([...document.querySelectorAll(%s)].map(e => e.dataset.id)).size === %s`, selector, want)
}

const (
	labels    = ".mark[data-id]:not(.is-suggestion)"
	proposals = ".mark.is-suggestion[data-id]"
)

// What one annotator labels is offered at its other places, and suggested to
// the next annotator in an article that nobody has labelled, also offline.
func TestLabelsLeadToOtherMentionsAndToSuggestions(t *testing.T) {
	data := t.TempDir()
	s := serve(t, data)
	s.signInLink()
	articles := s.project("news", labelledArticle, freshArticle)
	for _, name := range []string{"layla", "omar"} {
		hashiya(t, data, "user", "add", name)
	}
	first, fresh := articles[labelledArticle], articles[freshArticle]

	layla := open(t, "")
	layla.signIn(s.linkFor("layla"))
	layla.openArticle(s.url("/p/news/a/" + first.ID))
	r := layla.reading(first)
	start, end := placeOf(first.Text, "علييف", 2)
	r.drag(start, end)
	r.press("KeyP")
	r.count("six places are drawn dotted", proposals, 6)
	r.until("three of them are checked", `document.querySelectorAll(".offered-row input:checked").length === 3`)
	r.until("each says how it was found", `[...document.querySelectorAll(".offered-rule")].every(e => e.textContent.length > 2)`)
	r.looks("mentions")
	r.press("Semicolon")
	r.count("they are labels", labels, 4)
	r.press("KeyZ", ctrl)
	r.count("one undo takes all back", labels, 1)
	r.press("KeyZ", ctrl, shift)
	r.count("one redo gives them again", labels, 4)
	r.saved("server")
	layla.noErrors()

	omar := open(t, "")
	omar.signIn(s.linkFor("omar"))
	deep := s.url("/p/news/a/" + fresh.ID)
	omar.openArticle(deep)
	omar.count("names are suggested before the first key", proposals, 5)
	omar.count("nothing is labelled", labels, 0)
	omar.press("Quote")
	omar.see(".btn-accept")
	omar.looks("suggestions")
	omar.press("Semicolon")
	omar.count("the first is a label", labels, 1)
	omar.press("Semicolon")
	omar.count("and the second", labels, 2)
	omar.press("Delete")
	omar.count("the third is refused", proposals, 2)
	within(t, 20*time.Second, "the refusal is on the server", func() bool { return len(refusals(t, data)) == 1 })
	omar.do(chromedp.Reload())
	omar.openArticle(deep)
	omar.count("the refusal outlives a reload", proposals, 2)

	s.kill()
	omar.do(chromedp.Reload())
	omar.openArticle(deep)
	omar.count("suggestions are there without a server", proposals, 2)
	omar.press("Quote")
	omar.press("Semicolon")
	omar.count("and are accepted without one", labels, 3)
	s.start()
	omar.saved("server")
	omar.noErrors()

	sources := map[annotation.Source]int{}
	for _, a := range exported(t, data, "news") {
		for _, l := range a.Layers {
			for _, span := range l.Spans {
				sources[span.Source]++
			}
		}
	}
	if sources[""] != 1 || sources[annotation.FromMention] != 3 || sources[annotation.FromMemory]+sources[annotation.FromGazetteer] != 3 || sources[annotation.FromMemory] == 0 {
		t.Errorf("the spans came from %v", sources)
	}
	if r := refusals(t, data); len(r) != 1 || r[0].Text != "تشاد" || r[0].Source != annotation.FromGazetteer {
		t.Errorf("refusals: %+v", r)
	}
	out := hashiya(t, data, "export", "--project", "news", "--out", filepath.Join(t.TempDir(), "x.jsonl"))
	if !strings.Contains(out, "6 of the spans began as a proposal, 1 proposals were refused") {
		t.Errorf("the export's report does not say how many labels came from suggestions:\n%s", out)
	}
}

func refusals(t *testing.T, data string) (out []dataset.Refusal) {
	t.Helper()
	for _, a := range exported(t, data, "news") {
		for _, l := range a.Layers {
			out = append(out, l.Refusals...)
		}
	}
	return out
}

// A lead keeps annotators independent: nothing is suggested from then on.
func TestALeadSwitchesSuggestionsOff(t *testing.T) {
	data := t.TempDir()
	s := serve(t, data)
	link := s.signInLink()
	fresh := s.project("news", freshArticle)[freshArticle]
	b := open(t, "")
	b.signIn(link)
	b.openArticle(s.url("/p/news/a/" + fresh.ID))
	b.count("names of countries are suggested", proposals, 2)
	b.goTo(s.url("/p/news/scheme"))
	b.click("#suggest")
	b.click("#scheme-save")
	b.until("the scheme has a new version", `document.querySelector(".page-lead").textContent.includes("2") && document.querySelector(".save-bar").hidden`)
	b.shot("suggesting-off")
	b.openArticle(s.url("/p/news/a/" + fresh.ID))
	b.press("Quote")
	b.until("the key says that there is none", `document.body.textContent.includes("لا اقتراحات باقية")`)
	b.count("nothing is suggested", proposals, 0)
	b.noErrors()
}

// looks keeps pictures of the page as it looks on a desk and in the hand, in
// both themes.
func (b *browser) looks(name string) {
	settled := func(name string) {
		time.Sleep(600 * time.Millisecond) // what moves has come to rest
		b.shot(name)
	}
	b.t.Helper()
	if os.Getenv("HASHIYA_SHOTS") == "" {
		return
	}
	settled(name + "-1440")
	b.dark(true)
	settled(name + "-1440-dark")
	b.size(390, 844)
	settled(name + "-390-dark")
	b.dark(false)
	settled(name + "-390")
	b.size(1440, 900)
	b.click(".btn[lang=en]")
	settled(name + "-en-1440")
	b.click(".btn[lang=ar]")
	b.eval(nil, `document.getElementById("reading-surface").focus()`)
}
