//go:build !js

package surface

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	cdppage "github.com/chromedp/cdproto/page"
	cdpruntime "github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// What all tests share: one browser and one server, started by the first that
// needs them.
var shared struct {
	once  sync.Once
	skip  string
	err   error
	ctx   context.Context
	url   string
	close []func()
}

func TestMain(m *testing.M) {
	code := m.Run()
	for _, f := range shared.close {
		f()
	}
	os.Exit(code)
}

func start() {
	chromium := os.Getenv("CHROMIUM")
	if chromium == "" {
		chromium = "/usr/bin/chromium"
	}
	if _, err := os.Stat(chromium); err != nil {
		shared.skip = "no Chromium: install the package chromium, or name one in $CHROMIUM"
		return
	}
	dir, err := os.MkdirTemp("", "surface")
	if err != nil {
		shared.err = err
		return
	}
	// go test knows nothing of files built for the browser: it takes an old result for
	// a new one unless the test itself looks at them.
	for _, pattern := range []string{"*.go", "testpage/*"} {
		files, _ := filepath.Glob(pattern)
		for _, f := range files {
			os.Stat(f)
		}
	}
	wasm := filepath.Join(dir, "app.wasm")
	build := exec.Command("go", "build", "-o", wasm, "./testpage")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if out, err := build.CombinedOutput(); err != nil {
		shared.err = fmt.Errorf("building the test page: %v\n%s", err, out)
		return
	}
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		shared.err = fmt.Errorf("go env GOROOT: %v", err)
		return
	}
	server := httptest.NewServer(site(wasm, strings.TrimSpace(string(goroot))))
	shared.url = server.URL
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium),
		chromedp.UserDataDir(filepath.Join(dir, "profile")),
		chromedp.WindowSize(1200, 900),
		chromedp.NoSandbox, // CI runs as root
		chromedp.DisableGPU,
		chromedp.Flag("headless", "new"),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("force-color-profile", "srgb"),
		chromedp.WSURLReadTimeout(60*time.Second),
	)
	alloc, stopBrowser := chromedp.NewExecAllocator(context.Background(), opts...)
	ctx, _ := chromedp.NewContext(alloc)
	shared.err = chromedp.Run(ctx)
	shared.ctx = ctx
	quit := func() { chromedp.Cancel(ctx) } // waits: the browser writes to its profile until it ends
	shared.close = []func(){quit, stopBrowser, server.Close, func() { os.RemoveAll(dir) }}
}

// site serves the test page with the real style sheets and fonts, under the real
// content security policy.
func site(wasm, goroot string) http.Handler {
	mux := http.NewServeMux()
	file := func(path, name string) {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, name) })
	}
	file("/app.wasm", wasm)
	file("/wasm_exec.js", filepath.Join(goroot, "lib/wasm/wasm_exec.js"))
	file("/page.js", "testpage/page.js")
	mux.Handle("GET /fonts/", http.StripPrefix("/fonts/", http.FileServer(http.Dir("../../web/fonts"))))
	if fonts, _ := filepath.Glob("../../web/fonts/*.woff2"); len(fonts) > 0 {
		file("/late.woff2", fonts[0]) // one that no style sheet knows
	}
	mux.HandleFunc("GET /app.css", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/css")
		for _, name := range []string{"tokens", "base", "fonts", "article", "marks"} {
			sheet, err := os.ReadFile("../../web/css/" + name + ".css")
			if err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
			w.Write(sheet)
		}
	})
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; font-src 'self'; connect-src 'self'; img-src 'self'")
		http.ServeFile(w, r, "testpage/page.html")
	})
	return mux
}

// tab is one open test page.
type tab struct {
	*testing.T
	ctx context.Context
}

// openTab loads the test page and waits for its Wasm.
func openTab(t *testing.T) *tab {
	t.Helper()
	shared.once.Do(start)
	if shared.skip != "" {
		t.Skip(shared.skip)
	}
	if shared.err != nil {
		t.Fatal(shared.err)
	}
	ctx, closeTab := chromedp.NewContext(shared.ctx)
	t.Cleanup(closeTab)
	b := &tab{t, ctx}
	chromedp.ListenTarget(ctx, func(ev any) {
		switch ev := ev.(type) {
		case *cdpruntime.EventExceptionThrown:
			t.Errorf("exception in the page: %v", ev.ExceptionDetails.Error())
		case *cdpruntime.EventConsoleAPICalled:
			for _, a := range ev.Args {
				t.Logf("console: %s %s", a.Value, a.Description)
			}
			if ev.Type == cdpruntime.APITypeError {
				t.Error("the page reports an error")
			}
		}
	})
	b.do(emulation.SetDeviceMetricsOverride(900, 700, 1, false), chromedp.Navigate(shared.url+"/"))
	b.eval(`new Promise((done) => { const look = () => globalThis.surface ? done(true) : setTimeout(look, 10); look(); })`, nil)
	return b
}

func (b *tab) do(actions ...chromedp.Action) {
	b.Helper()
	if err := chromedp.Run(b.ctx, actions...); err != nil {
		b.Fatalf("in the browser: %v", err)
	}
}

// eval runs an expression, awaiting promises, and decodes its value into out.
func (b *tab) eval(expression string, out any) {
	b.Helper()
	if out == nil {
		var ignored json.RawMessage
		out = &ignored
		expression = "Promise.resolve(" + expression + ").then(() => true)"
	}
	await := func(p *cdpruntime.EvaluateParams) *cdpruntime.EvaluateParams { return p.WithAwaitPromise(true) }
	b.do(chromedp.Evaluate(expression, out, await))
}

// call calls a method of window.surface with JSON arguments and waits until its
// painting is done.
func (b *tab) call(method string, args ...any) {
	b.Helper()
	b.eval(fmt.Sprintf("(surface.%s(%s), frames(3))", method, literals(args)), nil)
}

func literals(args []any) string {
	list := make([]string, len(args))
	for i, a := range args {
		list[i] = asJSON(a)
	}
	return strings.Join(list, ", ")
}

func asJSON(v any) string {
	out, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(out)
}

// event is what window.events records.
type event struct {
	Kind       string
	Start, End int
	Raw        bool
	At         int
	Marks      []string
	Touch      bool
	Mark       string
	Code, Key  string
	Has        bool
}

// next waits for the next event of a kind, dropping those of other kinds.
func (b *tab) next(kind string) event {
	b.Helper()
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(2 * time.Millisecond) {
		var list []event
		b.eval(`(() => { const i = events.findIndex((e) => e.kind === `+asJSON(kind)+`); return i < 0 ? [] : events.splice(0, i + 1).slice(-1); })()`, &list)
		if len(list) > 0 {
			return list[0]
		}
	}
	b.Fatalf("no event %q came", kind)
	return event{}
}

// events returns what has come since the last time, after two frames.
func (b *tab) events() []event {
	b.Helper()
	var list []event
	b.eval(`frames(3).then(() => events.splice(0))`, &list)
	return list
}

func (b *tab) mouse(kind input.MouseType, x, y float64, clicks int64, mods input.Modifier) {
	b.Helper()
	e := input.DispatchMouseEvent(kind, x, y).WithModifiers(mods)
	if kind == input.MouseMoved {
		if clicks > 0 {
			e = e.WithButton(input.Left).WithButtons(1)
		}
	} else {
		e = e.WithButton(input.Left).WithClickCount(clicks)
	}
	b.do(e)
}

func (b *tab) click(x, y float64, clicks int64) {
	b.Helper()
	b.mouse(input.MousePressed, x, y, clicks, 0)
	b.mouse(input.MouseReleased, x, y, clicks, 0)
}

func (b *tab) drag(from, to [2]float64, mods input.Modifier) {
	b.Helper()
	b.mouse(input.MousePressed, from[0], from[1], 1, mods)
	b.mouse(input.MouseMoved, (from[0]+to[0])/2, (from[1]+to[1])/2, 1, mods)
	b.mouse(input.MouseMoved, to[0], to[1], 1, mods)
	b.mouse(input.MouseReleased, to[0], to[1], 1, mods)
}

func (b *tab) touch(kind input.TouchType, points ...*input.TouchPoint) {
	b.Helper()
	if points == nil {
		points = []*input.TouchPoint{}
	}
	b.do(input.DispatchTouchEvent(kind, points))
}

// shot takes a picture of an element; HASHIYA_SHOTS names a folder that keeps it.
func (b *tab) shot(selector, name string) image.Image {
	b.Helper()
	var box [4]float64
	b.eval(`bounds(`+asJSON(selector)+`)`, &box)
	var raw []byte
	b.do(chromedp.ActionFunc(func(ctx context.Context) (err error) {
		raw, err = cdppage.CaptureScreenshot().WithClip(&cdppage.Viewport{
			X: box[0], Y: box[1], Width: box[2] - box[0], Height: box[3] - box[1], Scale: 1,
		}).Do(ctx)
		return err
	}))
	if dir := os.Getenv("HASHIYA_SHOTS"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name+".png"), raw, 0o644); err != nil {
			b.Fatal(err)
		}
	}
	img, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		b.Fatal(err)
	}
	return img
}
