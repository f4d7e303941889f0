package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// chromium finds the browser: $CHROMIUM, or the usual names.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{os.Getenv("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); name != "" && err == nil {
			return path
		}
	}
	t.Fatal("no Chromium: install the package chromium, or name one in $CHROMIUM")
	return ""
}

// browser is one Chromium with a profile of its own, and one tab of it.
type browser struct {
	t       *testing.T
	ctx     context.Context
	stop    func()
	profile string

	mu      sync.Mutex
	console []string
}

// newProfile makes a folder that is removed at the end as far as it goes: a
// browser's last process may still write there.
func newProfile(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "profile")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for range 20 {
			if os.RemoveAll(dir) == nil {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
	})
	return dir
}

// open starts Chromium on the profile folder ("" for a new one).
func open(t *testing.T, profile string) *browser {
	t.Helper()
	if profile == "" {
		profile = newProfile(t)
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium(t)),
		chromedp.UserDataDir(profile),
		chromedp.WindowSize(1440, 900),
		chromedp.NoSandbox, // CI runs as root
		chromedp.Flag("headless", "new"),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("force-color-profile", "srgb"),
		chromedp.WSURLReadTimeout(60*time.Second),
	)
	alloc, cancelAlloc := chromedp.NewExecAllocator(context.Background(), opts...)
	ctx, cancel := chromedp.NewContext(alloc)
	b := &browser{t: t, ctx: ctx, profile: profile}
	b.stop = sync.OnceFunc(func() {
		cancel()
		cancelAlloc()
	})
	b.listen()
	b.do(network.Enable(), page.Enable())
	t.Cleanup(func() {
		if t.Failed() {
			b.failedShot()
		}
		b.stop()
	})
	return b
}

// tab opens another tab of the same browser, in a window of its own: a hidden
// tab paints nothing.
func (b *browser) tab() *browser {
	b.t.Helper()
	var id target.ID
	b.do(chromedp.ActionFunc(func(ctx context.Context) (err error) {
		c := chromedp.FromContext(ctx)
		id, err = target.CreateTarget("about:blank").WithNewWindow(true).Do(cdp.WithExecutor(ctx, c.Browser))
		return err
	}))
	ctx, cancel := chromedp.NewContext(b.ctx, chromedp.WithTargetID(id))
	other := &browser{t: b.t, ctx: ctx, profile: b.profile, stop: cancel}
	other.listen()
	other.do(network.Enable(), page.Enable())
	return other
}

func (b *browser) listen() {
	chromedp.ListenTarget(b.ctx, func(ev any) {
		var line string
		switch ev := ev.(type) {
		case *runtime.EventConsoleAPICalled:
			for _, a := range ev.Args {
				line += " " + string(a.Value) + a.Description
			}
			line = string(ev.Type) + ":" + line
		case *runtime.EventExceptionThrown:
			line = "exception: " + ev.ExceptionDetails.Error()
		default:
			return
		}
		b.mu.Lock()
		b.console = append(b.console, line)
		b.mu.Unlock()
	})
}

// quit ends the browser; crash ends it without a word.
func (b *browser) quit() {
	chromedp.Cancel(b.ctx)
	b.stop()
}

func (b *browser) crash() {
	if c := chromedp.FromContext(b.ctx); c != nil && c.Browser != nil && c.Browser.Process() != nil {
		c.Browser.Process().Kill()
		c.Browser.Process().Wait()
	}
	b.stop()
}

func (b *browser) do(actions ...chromedp.Action) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 40*time.Second)
	defer cancel()
	// The first Run on a context starts the browser and must not be given the
	// derived context, whose end would end the browser.
	if chromedp.FromContext(b.ctx).Target == nil {
		if err := chromedp.Run(b.ctx); err != nil {
			b.t.Fatal(err)
		}
	}
	if err := chromedp.Run(ctx, actions...); err != nil {
		b.t.Helper()
		b.t.Fatalf("in the browser: %v", err)
	}
}

// goTo loads a page and waits until the app stands.
func (b *browser) goTo(url string) {
	b.t.Helper()
	b.do(chromedp.Navigate(url))
	b.see(".app, .door-card")
}

// eval runs an expression in the page and decodes its JSON into out (nil: not
// wanted). Promises are awaited.
func (b *browser) eval(out any, expr string, args ...any) {
	b.t.Helper()
	if err := b.tryEval(out, expr, args...); err != nil {
		b.t.Fatalf("%.300s: %v", expr, err)
	}
}

func (b *browser) tryEval(out any, expr string, args ...any) error {
	quoted := make([]any, len(args))
	for i, a := range args {
		j, _ := json.Marshal(a)
		quoted[i] = string(j)
	}
	if len(args) > 0 {
		expr = fmt.Sprintf(expr, quoted...)
	}
	ctx, cancel := context.WithTimeout(b.ctx, 30*time.Second)
	defer cancel()
	await := func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }
	if out == nil {
		var ignored any
		err := chromedp.Run(ctx, chromedp.Evaluate(expr+"; true", &ignored, await))
		return err
	}
	return chromedp.Run(ctx, chromedp.Evaluate(expr, out, await))
}

// see waits until the selector matches something visible.
func (b *browser) see(selector string) {
	b.t.Helper()
	b.until(fmt.Sprintf("%s is on the page", selector),
		`(() => { const e = document.querySelector(%s); return !!e && e.getClientRects().length > 0 })()`, selector)
}

// until waits until the expression is true.
func (b *browser) until(what, expr string, args ...any) {
	b.t.Helper()
	within(b.t, 30*time.Second, what, func() bool {
		var ok bool
		return b.tryEval(&ok, expr, args...) == nil && ok
	})
}

// click clicks the middle of the first visible match.
func (b *browser) click(selector string) {
	b.t.Helper()
	b.see(selector)
	var at struct{ X, Y float64 }
	b.eval(&at, `(() => { const e = [...document.querySelectorAll(%s)].find(e => e.getClientRects().length > 0);
		e.scrollIntoView({block: "nearest"}); const r = e.getBoundingClientRect();
		return {X: r.x + r.width / 2, Y: r.y + r.height / 2} })()`, selector)
	b.do(chromedp.MouseClickXY(at.X, at.Y))
}

// pick clicks a choice until it says that it is chosen: a form that has just
// changed may move under the mouse.
func (b *browser) pick(selector, says string) {
	b.t.Helper()
	within(b.t, 20*time.Second, selector+" is chosen", func() bool {
		b.click(selector)
		var chosen bool
		for range 20 {
			b.eval(&chosen, `document.querySelector(%s).getAttribute(%s) === "true"`, selector, says)
			if chosen {
				return true
			}
			time.Sleep(50 * time.Millisecond)
		}
		return false
	})
}

// fill replaces what stands in an input, by typing.
func (b *browser) fill(selector, text string) {
	b.t.Helper()
	b.see(selector)
	b.eval(nil, `(() => { const e = document.querySelector(%s); e.focus(); e.select && e.select() })()`, selector)
	b.do(input.InsertText(text))
}

// choose picks an option of a <select>.
func (b *browser) choose(selector, value string) {
	b.t.Helper()
	b.see(selector)
	b.eval(nil, `(() => { const e = document.querySelector(%s); e.value = %s;
		e.dispatchEvent(new Event("input", {bubbles: true})); e.dispatchEvent(new Event("change", {bubbles: true})) })()`, selector, value)
}

// modifiers of a key press.
const (
	alt   = input.ModifierAlt
	ctrl  = input.ModifierCtrl
	shift = input.ModifierShift
)

// arabicLayout is what an Arabic keyboard (101) writes with a physical key: the
// tests type on one, since that is what annotators have.
var arabicLayout = map[string]string{
	"KeyP": "ح", "KeyO": "خ", "KeyG": "ل", "KeyL": "م", "KeyF": "ب", "KeyN": "ى", "KeyR": "ق", "KeyE": "ث", "KeyD": "ي", "KeyM": "ة",
	"KeyS": "س", "KeyZ": "ئ", "KeyY": "غ", "KeyV": "ر", "KeyJ": "ت",
}

// press presses and releases a physical key (KeyboardEvent.code).
func (b *browser) press(code string, modifiers ...input.Modifier) {
	b.t.Helper()
	var mod input.Modifier
	for _, m := range modifiers {
		mod |= m
	}
	key, known := arabicLayout[code]
	if !known {
		key = code
	}
	codes := map[string]int64{"Enter": 13, "Escape": 27, "Tab": 9, "Backspace": 8, "Delete": 46, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40, "Home": 36, "End": 35}
	down := input.DispatchKeyEvent(input.KeyRawDown).WithCode(code).WithKey(key).WithModifiers(mod).WithWindowsVirtualKeyCode(codes[code])
	up := input.DispatchKeyEvent(input.KeyUp).WithCode(code).WithKey(key).WithModifiers(mod).WithWindowsVirtualKeyCode(codes[code])
	b.do(down, up)
}

// offline cuts the page off the network, or joins it again. Its service worker
// is a target of its own and stays joined: tests that mean it stop the server.
func (b *browser) offline(off bool) {
	b.t.Helper()
	b.do(chromedp.ActionFunc(func(ctx context.Context) error {
		return network.EmulateNetworkConditions(off, 0, -1, -1).Do(ctx)
	}))
}

// size makes the window another device's: touch from 0 to 600 px on.
func (b *browser) size(width, height int64) {
	b.t.Helper()
	b.do(emulation.SetDeviceMetricsOverride(width, height, 1, width < 600),
		emulation.SetTouchEmulationEnabled(width < 600))
}

// dark sets what the system prefers.
func (b *browser) dark(on bool) {
	b.t.Helper()
	value := "light"
	if on {
		value = "dark"
	}
	b.do(emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: value}}))
}

// shot keeps a picture of the page in the folder $HASHIYA_SHOTS; without it,
// nothing.
func (b *browser) shot(name string) {
	b.t.Helper()
	dir := os.Getenv("HASHIYA_SHOTS")
	if dir == "" {
		return
	}
	var png []byte
	b.do(chromedp.CaptureScreenshot(&png))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644); err != nil {
		b.t.Fatal(err)
	}
}

func (b *browser) failedShot() {
	if b.ctx.Err() != nil || chromedp.FromContext(b.ctx).Target == nil {
		return
	}
	ctx, cancel := context.WithTimeout(b.ctx, 10*time.Second)
	defer cancel()
	var png []byte
	if chromedp.Run(ctx, chromedp.CaptureScreenshot(&png)) == nil {
		path := filepath.Join(os.TempDir(), strings.ReplaceAll(b.t.Name(), "/", "_")+".png")
		if os.WriteFile(path, png, 0o644) == nil {
			b.t.Logf("what the browser showed: %s", path)
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.t.Logf("the console said:\n%s", strings.Join(b.console, "\n"))
}

// noErrors fails the test when the page threw or logged an error.
func (b *browser) noErrors() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, line := range b.console {
		if strings.HasPrefix(line, "exception:") || strings.HasPrefix(line, "error:") {
			b.t.Errorf("the page's console: %s", line)
		}
	}
}
