package main

import (
	"context"
	"fmt"
	"mime"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// These tests run the packed boot.js and worker.js in Chromium, against a server that
// can change versions, lose a file or go away. The app is an empty module: what is
// tested is how it is loaded and kept.

const (
	emptyModule = "\x00asm\x01\x00\x00\x00"
	fakeGo      = `globalThis.Go = class {
	importObject = {};
	run() {
		const main = document.createElement("main");
		main.textContent = "running {{VERSION}}";
		document.getElementById("loader").replaceWith(main);
		return new Promise(() => {});
	}
};`
)

// site serves packed files the way the server does: the shell for every navigation.
type site struct {
	mu      sync.Mutex
	root    string
	files   map[string]bool
	broken  string // a path that answers 404
	offline bool
	calls   int // of the API
}

func (s *site) set(change func(*site)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(s)
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	path := r.URL.Path
	switch {
	case s.offline:
		panic(http.ErrAbortHandler) // cuts the connection
	case strings.HasPrefix(path, "/api/"):
		s.calls++
		fmt.Fprintf(w, "call %d", s.calls)
		return
	case path == s.broken:
		http.NotFound(w, r)
		return
	case !s.files[path] && !strings.Contains(path, "."):
		path = "/shell.html"
	case !s.files[path]:
		http.NotFound(w, r)
		return
	}
	kind := contentTypes[filepath.Ext(path)]
	if kind == "" {
		kind = mime.TypeByExtension(filepath.Ext(path))
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'")
	http.ServeFile(w, r, filepath.Join(s.root, filepath.FromSlash(path)))
}

// release packs a version of the front end whose app tells name, and returns a change
// that puts it on the site.
func release(t *testing.T, name string) func(*site) {
	t.Helper()
	sources, err := gather("..", "/dev/null", "/dev/null")
	if err != nil {
		t.Fatal(err)
	}
	for i := range sources {
		switch sources[i].path {
		case "/app.wasm":
			sources[i].content = []byte(emptyModule)
		case "/wasm_exec.js":
			sources[i].content = []byte(strings.ReplaceAll(fakeGo, versionMark, name))
		}
	}
	out := t.TempDir()
	files := map[string]bool{}
	for _, f := range pack(t, out, sources).Files {
		files[f.Path] = true
	}
	return func(s *site) { s.root, s.files = out, files }
}

func awaitPromise(p *runtime.EvaluateParams) *runtime.EvaluateParams {
	return p.WithAwaitPromise(true)
}

type page struct {
	*testing.T
	ctx context.Context
	url string
}

func open(t *testing.T, s *site) *page {
	t.Helper()
	browser, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no chromium on this machine: apt-get install chromium")
	}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(browser), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-background-networking", true))
	alloc, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, time.Minute)
	t.Cleanup(cancel)
	return &page{t, ctx, server.URL}
}

func (p *page) visit(path string) {
	p.Helper()
	if err := chromedp.Run(p.ctx, chromedp.Navigate(p.url+path)); err != nil {
		p.Fatalf("opening %s: %v", path, err)
	}
}

// eval returns the string that a JavaScript expression, or the promise it gives, comes to.
func (p *page) eval(js string) string {
	p.Helper()
	var out string
	err := chromedp.Run(p.ctx, chromedp.Evaluate("(async () => String(await ("+js+")))()", &out, awaitPromise))
	if err != nil {
		p.Fatalf("%s: %v", js, err)
	}
	return out
}

// want polls until a JavaScript expression comes to a string.
func (p *page) want(js, value string) {
	p.Helper()
	var got string
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		var out string
		// A page that is just reloading has no context to evaluate in: try again.
		if chromedp.Run(p.ctx, chromedp.Evaluate("(async () => String(await ("+js+")))()", &out, awaitPromise)) != nil {
			continue
		}
		if got = out; got == value {
			return
		}
	}
	p.Fatalf("%s is %q, want %q", js, got, value)
}

const (
	running    = `document.querySelector("main")?.textContent`
	controlled = `navigator.serviceWorker.controller !== null`
	cacheNames = `caches.keys().then((names) => names.length)`
)

func TestAfterOneVisitADeepLinkOpensOffline(t *testing.T) {
	s := &site{}
	s.set(release(t, "one"))
	p := open(t, s)
	p.visit("/")
	p.want(running, "running one")
	p.want(controlled, "true")
	s.set(func(s *site) { s.offline = true })
	p.visit("/p/news/a/0123456789abcdef?from=queue")
	p.want(running, "running one")
	p.want(`document.fonts.load('20px "Hashiya Naskh"', "حاشية").then((fonts) => fonts.length)`, "1")
}

func TestAnswersOfTheAPIAreNeverKept(t *testing.T) {
	s := &site{}
	s.set(release(t, "one"))
	p := open(t, s)
	p.visit("/")
	p.want(controlled, "true")
	fetchAPI := `fetch("/api/state").then((r) => r.text(), () => "unreachable")`
	if a, b := p.eval(fetchAPI), p.eval(fetchAPI); a == b {
		t.Errorf("two calls gave the same answer %q", a)
	}
	s.set(func(s *site) { s.offline = true })
	if got := p.eval(fetchAPI); got != "unreachable" {
		t.Errorf("offline the API answers %q", got)
	}
}

func TestAnUpdateThatLacksAFileLeavesTheOldVersionAtWorkOffline(t *testing.T) {
	s := &site{}
	s.set(release(t, "one"))
	p := open(t, s)
	p.visit("/")
	p.want(controlled, "true")

	s.set(release(t, "two"))
	s.set(func(s *site) { s.broken = "/icons.svg" })
	// icons.svg is the same in both versions and would be taken from the old cache.
	p.eval(`caches.keys().then((names) => caches.open(names[0])).then((c) => c.delete("/icons.svg"))`)
	p.eval(`navigator.serviceWorker.getRegistration().then((r) => r.update()).then(() => "", () => "")`)
	p.want(`navigator.serviceWorker.getRegistration().then((r) => r.installing === null && r.waiting === null)`, "true")
	p.want(cacheNames, "1")
	if p.eval(`hashiyaUpdateWaiting()`) != "false" {
		t.Error("half an update is offered")
	}

	s.set(func(s *site) { s.offline = true })
	p.visit("/p/news")
	p.want(running, "running one")
}

func TestAServerThatChangesVersionsInMidInstallCannotMixThem(t *testing.T) {
	s := &site{}
	s.set(release(t, "one"))
	p := open(t, s)
	p.visit("/")
	p.want(controlled, "true")

	two, three := &site{}, &site{}
	release(t, "two")(two)
	release(t, "three")(three)
	// The worker is of version two, everything it fetches of version three.
	mixed := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == workerPath {
			two.ServeHTTP(w, r)
		} else {
			three.ServeHTTP(w, r)
		}
	})
	s.set(func(s *site) { s.offline = true })
	other := httptest.NewServer(mixed)
	t.Cleanup(other.Close)
	p.url = other.URL
	p.visit("/")
	p.want(running, "running three")
	end := p.eval(`navigator.serviceWorker.register("/worker.js").then((r) => new Promise((done) => {
		const worker = r.installing || r.waiting || r.active;
		const look = () => { if (["redundant", "activated"].includes(worker.state)) done(worker.state); };
		worker.addEventListener("statechange", look);
		look();
	}))`)
	if end != "redundant" {
		t.Errorf("the worker of version two with files of version three is %s, want it dropped", end)
	}
	p.want(cacheNames, "0")
}

func TestACompleteUpdateWaitsUntilItIsAskedFor(t *testing.T) {
	s := &site{}
	s.set(release(t, "one"))
	p := open(t, s)
	p.visit("/")
	p.want(controlled, "true")
	p.eval(`(window.heard = 0, addEventListener("hashiya:update", () => window.heard++), "")`)

	s.set(release(t, "two"))
	// Asked again until it is heard of: the page may not have its registration yet.
	p.want(`(window.heard || goappTryUpdate(), window.heard)`, "1")
	p.want(`hashiyaUpdateWaiting()`, "true")
	p.want(running, "running one")

	p.eval(`hashiyaApplyUpdate()`)
	p.want(running, "running two")
	p.want(`hashiyaUpdateWaiting()`, "false")
	p.want(cacheNames, "1")
	s.set(func(s *site) { s.offline = true })
	p.visit("/settings")
	p.want(running, "running two")
}

func TestAFailedDownloadSaysSoInBothLanguagesAndOffersToRetry(t *testing.T) {
	s := &site{}
	s.set(release(t, "one"))
	s.set(func(s *site) { s.broken = "/app.wasm" })
	p := open(t, s)
	p.visit("/")
	p.want(`document.getElementById("loader-error")?.hidden`, "false")
	text := p.eval(`document.getElementById("loader-error").innerText`)
	for _, want := range []string{"تنزيل التطبيق", "could not be downloaded", "404", "أعد المحاولة"} {
		if !strings.Contains(text, want) {
			t.Errorf("the message is %q, want it to say %q", text, want)
		}
	}
	s.set(func(s *site) { s.broken = "" })
	p.eval(`(document.getElementById("loader-retry").click(), "")`)
	p.want(running, "running one")
}

func TestPreferencesStandBeforeTheFirstPaint(t *testing.T) {
	s := &site{}
	s.set(release(t, "one"))
	p := open(t, s)
	p.visit("/")
	root := `[document.documentElement.lang, document.documentElement.dir, document.documentElement.dataset.theme, document.documentElement.dataset.textSize, document.documentElement.dataset.readingFont].join(" ")`
	p.want(root, "ar rtl  m amiri")
	p.eval(`hashiyaSetPrefs('{"lang":"en","theme":"dark","textSize":"xl"}')`)
	p.want(root, "en ltr dark xl amiri")
	p.visit("/settings")
	p.want(root, "en ltr dark xl amiri")
	p.eval(`hashiyaSetPrefs('{"theme":"system","readingFont":"comic"}')`)
	p.want(root, "en ltr  xl amiri")
}
