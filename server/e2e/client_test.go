package e2e

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/network"
)

// download clicks and returns the content of the file that comes.
func (b *browser) download(selector, name string) string {
	b.t.Helper()
	dir := b.t.TempDir()
	b.do(cdpbrowser.SetDownloadBehavior(cdpbrowser.SetDownloadBehaviorBehaviorAllow).WithDownloadPath(dir))
	b.click(selector)
	path := filepath.Join(dir, name)
	within(b.t, 30*time.Second, name+" is downloaded", func() bool {
		f, err := os.Stat(path)
		return err == nil && f.Size() > 0
	})
	return path
}

// Somebody leaves a device with work that never reached the server; somebody
// else works there; the first one's work goes to the server in a file. And when
// she comes back, it is there once.
func TestWorkLeftBehindIsTakenToTheServerInAFile(t *testing.T) {
	d := sitDown(t)
	d.saved("server")
	d.s.kill()
	d.label(d.gold.Spans[3], false)
	d.label(d.gold.Spans[4], false)
	d.until("nothing is on its way to the disk", `!document.querySelector(".sync.sync-busy")`)
	d.do(network.ClearBrowserCookies()) // the session has ended
	d.s.start()
	d.click(".banner-warn a[href='/login']")
	d.see("#left-behind")
	d.shot("left-behind-ar")
	d.dark(true)
	d.size(390, 900)
	d.click(".door-bar button")
	d.until("the page is English", `document.documentElement.lang === "en"`)
	d.shot("left-behind-en-phone-dark")
	d.click(".door-bar button")
	d.dark(false)
	d.size(1440, 900)
	file := d.download("#download-unsent", "hashiya-unsent.jsonl")

	hashiya(t, d.data, "user", "add", "سلمى")
	d.signIn(d.s.linkFor("سلمى"))
	d.openArticle(d.deep)
	d.size(1440, 7000)
	d.sees(nil) // of her work, none
	d.size(1440, 900)
	d.label(d.gold.Spans[5], false)
	d.saved("server")

	out := hashiya(t, d.data, "import", "--project", "news", file)
	if out2 := hashiya(t, d.data, "import", "--project", "news", file); strings.Contains(out, "unsent work: 0 ops taken") || !strings.Contains(out2, "unsent work: 0 ops taken") {
		t.Errorf("the file was imported with\n%s\nand again with\n%s", out, out2)
	}
	layers := func() map[string][]goldSpan {
		return map[string][]goldSpan{"admin": d.gold.Spans[3:5], "سلمى": d.gold.Spans[5:6]}
	}
	check := func() {
		t.Helper()
		got := exported(t, d.data, "news")
		if len(got) != 1 || len(got[0].Layers) != 2 {
			t.Fatalf("exported %+v", got)
		}
		for _, l := range got[0].Layers {
			compareSpans(t, layers()[l.Annotator], l.Spans)
		}
	}
	check()
	d.signIn(d.s.linkFor("admin"))
	d.saved("server")
	d.openArticle(d.deep)
	d.size(1440, 7000)
	d.sees(d.gold.Spans[3:5])
	check()
	d.noErrors()
}

func TestARestoredOldBrowserProfileSendsItsWorkUnderANewId(t *testing.T) {
	d := sitDown(t)
	d.saved("server")
	d.label(d.gold.Spans[3], false)
	d.saved("server")
	d.quit()
	old := filepath.Join(t.TempDir(), "profile")
	if err := os.CopyFS(old, os.DirFS(d.profile)); err != nil {
		t.Skipf("this profile can't be copied: %v", err)
	}
	now := open(t, d.profile)
	now.openArticle(d.deep)
	d.at(now).label(d.gold.Spans[4], false)
	now.saved("server")
	now.quit()

	// Its next number is that of the label above.
	d.s.kill()
	again := open(t, old)
	again.openArticle(d.deep)
	r := d.at(again)
	r.label(d.gold.Spans[5], false)
	r.until("it is on the disk", `!document.querySelector(".sync.sync-busy")`)
	d.s.start()
	again.saved("server")
	again.size(1440, 7000)
	r.sees(d.gold.Spans[3:6]) // and the open article shows all, without a conflict
	again.size(1440, 900)
	r.clickOn(d.gold.Spans[5].Start, d.gold.Spans[5].End)
	again.press("KeyM")
	again.saved("server")
	again.until("there is no conflict", `!document.querySelector(".sheet-end .banner-warn")`)
	relabelled := append([]goldSpan{}, d.gold.Spans[3:6]...)
	again.eval(&relabelled[2].Label, `document.querySelector(".label-btn[aria-pressed=true]")?.dataset.label ?? ""`)
	compareSpans(t, relabelled, d.layer(t).Spans)
}

// A full disk takes the copies of articles first, then stops new work in plain
// words; with room again, what was on the screen is saved.
func TestAFullDiskIsToldAndLosesNothing(t *testing.T) {
	d := sitDown(t)
	d.saved("server")
	other := filepath.Join(t.TempDir(), "other.txt")
	if err := os.WriteFile(other, []byte("وصل «بوتين» إلى باكو في سبتمبر/أيلول."), 0o644); err != nil {
		t.Fatal(err)
	}
	hashiya(t, d.data, "import", "--project", "news", other)
	b, r := d.browser, d.reader
	const copies = `new Promise(done => { const r = indexedDB.open("hashiya-admin"); r.onsuccess = () => {
		const n = r.result.transaction("articles").objectStore("articles").count();
		n.onsuccess = () => { r.result.close(); done(n.result) } } })`
	// Coming online has the app fetch what it may need later.
	b.until("both articles are on the device", `(dispatchEvent(new Event("online")), `+copies+`.then(n => n === 2))`)
	b.press("KeyK")
	b.see("#note-text")
	// Chromium looks at its quota only now and then (package idb's tests fill a real
	// one): here the database answers as a full one does.
	b.eval(nil, `(() => { const put = IDBObjectStore.prototype.put; window.full = true;
		IDBObjectStore.prototype.put = function (...all) {
			if (window.full && this.name === "ops") throw new DOMException("no room", "QuotaExceededError");
			return put.apply(this, all);
		} })()`)

	r.label(d.gold.Spans[3], false)
	b.see(".banner-danger button")
	b.until("the copy that nobody works on is gone", copies+`.then(n => n === 1)`)
	b.shot("disk-full")
	b.fill("#note-text", "ملاحظة لم تُحفظ")
	b.click("form:has(#note-text) [type=submit]")
	b.see(".toast")
	b.shot("disk-full-note")
	var kept struct {
		Note   string
		Locked bool
	}
	b.eval(&kept, `({Note: document.querySelector("#note-text").value, Locked: document.querySelector(".label-btn").disabled})`)
	if kept.Note != "ملاحظة لم تُحفظ" || !kept.Locked {
		t.Errorf("on a full disk the note is %q, and that the labels are off is %v", kept.Note, kept.Locked)
	}

	b.eval(nil, `window.full = false`)
	b.click(".banner-danger button")
	b.until("the banner is gone", `!document.querySelector(".banner-danger")`)
	b.click("form:has(#note-text) [type=submit]")
	b.until("the note is taken", `document.querySelector("#note-text").value === ""`)
	b.saved("server")
	for _, rec := range exported(t, d.data, "news") {
		for _, l := range rec.Layers {
			compareSpans(t, d.gold.Spans[3:4], l.Spans)
			if len(l.Comments) != 1 {
				t.Errorf("%d notes", len(l.Comments))
			}
		}
	}
}

// renewed is the server with a newer version of the same app, once it is told
// to: other bytes in boot.js under another version, as a deployment brings.
type renewed struct {
	*httptest.Server
	newer atomic.Bool
}

const newerVersion = "feedfacefeedface"

func renew(t *testing.T, s *server) *renewed {
	t.Helper()
	target, _ := url.Parse(s.url(""))
	version, boot := "", []byte(nil)
	get := func(path string) []byte {
		resp, err := http.Get(s.url(path))
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		b, _ := io.ReadAll(resp.Body)
		return b
	}
	boot = get("/boot.js")
	_, rest, _ := strings.Cut(string(boot), `hashiyaVersion = "`)
	version, _, _ = strings.Cut(rest, `"`)
	later := func(b []byte) []byte { return bytes.ReplaceAll(b, []byte(version), []byte(newerVersion)) }
	sum := func(b []byte) []byte { h := sha256.Sum256(b); return []byte(hex.EncodeToString(h[:])) }

	changes := map[string]bool{"/boot.js": true, "/worker.js": true, "/api/me": true}
	r := &renewed{}
	proxy := httputil.NewSingleHostReverseProxy(target)
	proxy.ErrorHandler = func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) }
	proxy.ModifyResponse = func(resp *http.Response) error {
		path := resp.Request.URL.Path
		if !r.newer.Load() || !changes[path] || resp.StatusCode != http.StatusOK {
			return nil
		}
		b, err := io.ReadAll(resp.Body)
		if err != nil {
			return err
		}
		if path == "/worker.js" {
			b = bytes.ReplaceAll(b, sum(boot), sum(later(boot)))
		}
		b = later(b)
		resp.Body = io.NopCloser(bytes.NewReader(b))
		resp.ContentLength = int64(len(b))
		resp.Header.Set("Content-Length", strconv.Itoa(len(b)))
		resp.Header.Del("ETag")
		return nil
	}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if changes[req.URL.Path] {
			req.Header.Del("Accept-Encoding")
			req.Header.Del("If-None-Match")
		}
		proxy.ServeHTTP(w, req)
	}))
	t.Cleanup(func() {
		r.CloseClientConnections()
		r.Close()
	})
	return r
}

func TestANewVersionWaitsForTheUserAndForWhatIsHalfWritten(t *testing.T) {
	g := readGold(t)
	data := t.TempDir()
	s := serve(t, data)
	site := renew(t, s)
	b := open(t, "")
	b.signIn(strings.Replace(s.signInLink(), "http://"+s.addr, site.URL, 1))
	hashiya(t, data, "project", "create", "news")
	hashiya(t, data, "import", "--project", "news", g.path)
	b.openArticle(site.URL + "/p/news/a/" + g.article.ID)
	within(t, 60*time.Second, "the service worker serves the page", func() bool {
		var served bool
		b.tryEval(&served, `Promise.race([navigator.serviceWorker.ready.then(() => !!navigator.serviceWorker.controller), new Promise(done => setTimeout(done, 10000, false))])`)
		if !served { // its files did not all come in one piece: the next start tries again
			b.openArticle(site.URL + "/p/news/a/" + g.article.ID)
		}
		return served
	})
	var before string
	b.eval(&before, `(window.first = true, hashiyaVersion)`)

	s.kill()
	site.newer.Store(true)
	s.start()
	b.see("#update")
	d := b.reading(g.article)
	d.label(g.Spans[3], false) // the old version works on, and is listened to
	b.saved("server")
	b.press("KeyK")
	b.fill("#note-text", "نصف ملاحظ")
	b.click("#update")
	b.see(".toast")
	b.shot("update-held")
	var still struct {
		First         bool
		Version, Note string
	}
	b.eval(&still, `({First: !!window.first, Version: hashiyaVersion, Note: document.querySelector("#note-text").value})`)
	if !still.First || still.Version != before || still.Note != "نصف ملاحظ" {
		t.Fatalf("over a half-written note the page became %+v", still)
	}
	b.click("form:has(#note-text) [type=submit]")
	b.until("the note is taken", `document.querySelector("#note-text").value === ""`)
	// It is held back once more while the note is on its way: people press again.
	within(t, 60*time.Second, "the new version is there", func() bool {
		var there bool
		b.tryEval(nil, `hashiyaVersion !== %s && document.querySelector("#update")?.click()`, newerVersion)
		for range 60 {
			if time.Sleep(100 * time.Millisecond); b.tryEval(&there, `!window.first && hashiyaVersion === %s`, newerVersion) == nil && there {
				return true
			}
		}
		return false
	})
	b.see("#reading-surface .para-text")
	b.until("it is not offered again", `!document.querySelector("#update")`)
	got := exported(t, data, "news")
	compareSpans(t, g.Spans[3:4], got[0].Layers[0].Spans)
}
