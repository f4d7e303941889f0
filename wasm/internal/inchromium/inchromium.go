//go:build !js

// Package inchromium runs a package's js/wasm tests in real Chromium, for what
// Node.js doesn't have: IndexedDB, EventSource, Web Locks.
package inchromium

import (
	"context"
	_ "embed"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	cdpruntime "github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"
)

//go:embed page.html
var pageHTML []byte

//go:embed page.js
var pageJS []byte

// Site serves a package's tests, and beside them what they talk to.
type Site struct {
	*httptest.Server
	t *testing.T
}

// Serve builds the js/wasm tests of the package in the working folder, and
// serves them on a loopback port. api answers all other paths; it may be nil.
func Serve(t *testing.T, api http.Handler) *Site {
	t.Helper()
	wasm := filepath.Join(t.TempDir(), "test.wasm")
	build := exec.Command("go", "test", "-c", "-o", wasm, ".")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building the tests: %v\n%s", err, out)
	}
	mux := http.NewServeMux()
	content := func(path, mediaType string, b []byte) {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", mediaType)
			w.Write(b)
		})
	}
	content("/test.html", "text/html; charset=utf-8", pageHTML)
	content("/page.js", "text/javascript", pageJS)
	mux.HandleFunc("GET /test.wasm", func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, wasm) })
	mux.HandleFunc("GET /wasm_exec.js", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFile(w, r, filepath.Join(goroot(t), "lib", "wasm", "wasm_exec.js"))
	})
	if api != nil {
		mux.Handle("/", api)
	}
	s := &Site{httptest.NewServer(mux), t}
	t.Cleanup(func() {
		s.CloseClientConnections()
		s.Close()
	})
	return s
}

func goroot(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// Browser is one Chromium on a profile of its own.
type Browser struct {
	t      *testing.T
	ctx    context.Context
	cancel func()
}

// Open starts Chromium on a profile folder ("" for a new one).
func Open(t *testing.T, profile string) *Browser {
	t.Helper()
	path := os.Getenv("CHROMIUM")
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); path == "" && err == nil {
			path = found
		}
	}
	if path == "" {
		t.Skip("no Chromium: install the package chromium, or name one in $CHROMIUM")
	}
	if profile == "" {
		profile = t.TempDir()
	}
	alloc, cancelAlloc := chromedp.NewExecAllocator(context.Background(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.UserDataDir(profile),
		chromedp.NoSandbox, // CI runs as root
		chromedp.DisableGPU,
		chromedp.Flag("headless", "new"),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.WSURLReadTimeout(time.Minute),
		// A process group of its own, so that Kill finds every process.
		chromedp.ModifyCmdFunc(func(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: pdeathsig()} }),
	)...)
	ctx, _ := chromedp.NewContext(alloc)
	if err := chromedp.Run(ctx); err != nil {
		cancelAlloc()
		t.Fatalf("starting Chromium: %v", err)
	}
	b := &Browser{t, ctx, cancelAlloc}
	t.Cleanup(b.Quit)
	return b
}

func pdeathsig() syscall.Signal {
	if runtime.GOOS == "linux" {
		return syscall.SIGKILL
	}
	return 0
}

// Quit ends the browser as people do, and waits until all of it has ended.
func (b *Browser) Quit() {
	if b.cancel == nil {
		return
	}
	_ = chromedp.Cancel(b.ctx) // what it leaves behind is ended below
	b.end()
}

// Kill ends all its processes with SIGKILL, as they stand.
func (b *Browser) Kill() { b.end() }

func (b *Browser) end() {
	group := -chromedp.FromContext(b.ctx).Browser.Process().Pid
	_ = syscall.Kill(group, syscall.SIGKILL)
	b.cancel()
	b.cancel = nil
	for deadline := time.Now().Add(10 * time.Second); syscall.Kill(group, 0) == nil; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			b.t.Errorf("Chromium's processes don't end")
			return
		}
	}
}

// Tab is one page that runs tests.
type Tab struct {
	b      *Browser
	ctx    context.Context
	close  func()
	result chan result
}

// Close closes the tab in the middle of what it does.
func (tab *Tab) Close() { tab.close() }

type result struct {
	Code   int    `json:"code"`
	Output string `json:"output"`
	err    error
}

// Start opens a tab and runs the tests that match the pattern in it. Each env
// is "NAME=value", for os.Getenv.
func (b *Browser) Start(s *Site, pattern string, env ...string) *Tab {
	b.t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx)
	b.t.Cleanup(cancel)
	tab := &Tab{b, ctx, cancel, make(chan result, 1)}
	address := s.URL + "/test.html" + query(pattern, env)
	go func() {
		var r result
		r.err = chromedp.Run(ctx,
			page.Enable(),
			chromedp.Navigate(address),
			chromedp.Evaluate(`finished`, &r, func(p *cdpruntime.EvaluateParams) *cdpruntime.EvaluateParams {
				return p.WithAwaitPromise(true)
			}),
		)
		tab.result <- r
	}()
	return tab
}

// Wait returns when the tab's tests are over, and fails this one with them.
func (tab *Tab) Wait() {
	t := tab.b.t
	t.Helper()
	select {
	case r := <-tab.result:
		if r.err != nil {
			t.Fatalf("in Chromium: %v", r.err)
		}
		if r.Code != 0 {
			t.Errorf("the tests in Chromium ended with %d", r.Code)
		}
		t.Logf("in Chromium:\n%s", r.Output)
	case <-time.After(3 * time.Minute):
		var output string
		_ = chromedp.Run(tab.ctx, chromedp.Evaluate(`output`, &output))
		t.Fatalf("the tests in Chromium did not end:\n%s", output)
	}
}

// Run runs the matching tests of the package in a new Chromium.
func Run(t *testing.T, api http.Handler, pattern string, env ...string) {
	t.Helper()
	s := Serve(t, api)
	Open(t, "").Start(s, pattern, env...).Wait()
}

func query(pattern string, env []string) string {
	q := url.Values{"arg": {"-test.v", "-test.run=" + pattern}, "env": env}
	return "?" + q.Encode()
}

// Quota gives the site only so many bytes of storage, as a full device does.
func (b *Browser) Quota(s *Site, bytes float64) {
	b.t.Helper()
	if err := chromedp.Run(b.ctx, storage.OverrideQuotaForOrigin(s.URL).WithQuotaSize(bytes)); err != nil {
		b.t.Fatalf("setting a quota: %v", err)
	}
}
