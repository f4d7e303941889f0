package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"image"
	"image/png"
	"maps"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/css"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"

	"hashiya/app/ui/story"
)

var update = flag.Bool("update", false, "keep the pictures as they are now as the right ones")

const (
	goldens   = "testdata"
	madeWith  = "testdata/made-with.txt"
	updateCmd = "go test ./web/story -update"
)

// Every story looks as in the picture of it that was looked at and kept. What differs is
// left in a folder that the test names, beside a picture of the difference.
func TestEveryStoryLooksLikeItsPicture(t *testing.T) {
	dir, err := build(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	b := start(t)
	maker := b.maker(t, dir)
	limits := exact
	if old, err := os.ReadFile(madeWith); err == nil && string(old) != maker && !*update {
		limits = coarse
		t.Logf("The pictures were made with\n%s\nThis is\n%s\nwhich draws letters otherwise, so that only what is plainly another picture is found. To make them anew: %s", old, maker, updateCmd)
	}
	out := filepath.Join(os.TempDir(), "hashiya-stories")
	if err := os.RemoveAll(out); err != nil {
		t.Fatal(err)
	}

	type job struct {
		story.Story
		look story.Look
		name string // of the picture's file
	}
	jobs, names := make(chan job), map[string]bool{}
	var made atomic.Int32
	var all sync.WaitGroup
	for range tabs {
		c := b.tab(t, dir)
		all.Go(func() {
			for j := range jobs {
				t.Run(j.Name+"/"+j.look.String(), func(t *testing.T) {
					c.turnTo(t, &j.Story, j.look)
					if *update {
						write(t, filepath.Join(goldens, j.name), fewColors(c.settled(t)))
						made.Add(1)
						return
					}
					golden, err := read(filepath.Join(goldens, j.name))
					if err != nil {
						t.Fatalf("%v\nIf the story is new, look at it (make story), then make its picture: %s", err, updateCmd)
					}
					actual := c.shot(t)
					d := limits.differ(golden, actual)
					if d != nil { // a repaint may have been on its way
						actual = c.settled(t)
						d = limits.differ(golden, actual)
					}
					if d == nil {
						return
					}
					now, diff := filepath.Join(out, j.name), filepath.Join(out, strings.TrimSuffix(j.name, ".png")+".diff.png")
					write(t, now, actual)
					if d.picture != nil {
						write(t, diff, d.picture)
					}
					t.Errorf("%s: %s\nit is now    %s\ndifference   %s\nThe picture kept is web/story/%s/%s. If the change is right, look at all that changed, then: %s",
						j.Name, d.why, now, diff, goldens, j.name, updateCmd)
				})
			}
		})
	}
	for _, s := range story.All() {
		for _, l := range s.Looks {
			name := strings.ReplaceAll(s.Name, "/", "-") + "." + l.String() + ".png"
			if names[name] {
				t.Errorf("two stories are called %s", s.Name)
			}
			names[name] = true
			jobs <- job{s, l, name}
		}
	}
	close(jobs)
	all.Wait()
	if *update && int(made.Load()) == len(names) { // with -run only some are made anew
		if err := os.WriteFile(madeWith, []byte(maker), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	dropOthers(t, names)
}

// dropOthers finds pictures of stories that are no more.
func dropOthers(t *testing.T, wanted map[string]bool) {
	for _, f := range kept(t) {
		if wanted[filepath.Base(f)] {
			continue
		}
		if !*update {
			t.Errorf("%s is the picture of no story: remove it, or %s", f, updateCmd)
		} else if err := os.Remove(f); err != nil {
			t.Error(err)
		}
	}
}

// kept returns the files of the pictures that are kept.
func kept(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(goldens, "*.png"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func read(name string) (image.Image, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return png.Decode(f)
}

func write(t *testing.T, name string, picture image.Image) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, picture); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// tabs is how many stories are looked at at once.
const tabs = 2

// chromium is a browser in which nothing moves.
type chromium struct{ ctx context.Context }

func start(t *testing.T) *chromium {
	t.Helper()
	path := ""
	for _, name := range []string{os.Getenv("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); path == "" && name != "" && err == nil {
			path = found
		}
	}
	if path == "" {
		t.Fatal("no Chromium: install the package chromium, or name one in $CHROMIUM")
	}
	alloc, stop := chromedp.NewExecAllocator(context.Background(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.UserDataDir(t.TempDir()),
		chromedp.NoSandbox, // CI runs as root
		chromedp.DisableGPU,
		chromedp.Flag("headless", "new"),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("force-color-profile", "srgb"),
		chromedp.Flag("disable-lcd-text", true), // its colour fringes depend on the screen
		chromedp.Flag("font-render-hinting", "none"),
		chromedp.WSURLReadTimeout(time.Minute),
	)...)
	// It would log every event that it does not know.
	ctx, cancel := chromedp.NewContext(alloc, chromedp.WithErrorf(func(string, ...any) {}))
	t.Cleanup(func() {
		_ = chromedp.Cancel(ctx) // waits until it has ended, and left its folder
		cancel()
		stop()
	})
	if err := chromedp.Run(ctx); err != nil {
		t.Fatalf("starting Chromium: %v", err)
	}
	return &chromium{ctx}
}

// camera is one tab.
type camera struct {
	ctx  context.Context
	site string
}

// tab opens a tab in a window of its own, for a hidden tab paints nothing, on a site of
// its own, for the tabs of one site share their preferences.
func (b *chromium) tab(t *testing.T, dir string) *camera {
	t.Helper()
	site := httptest.NewServer(handler(dir))
	t.Cleanup(site.Close)
	var id target.ID
	if err := chromedp.Run(b.ctx, chromedp.ActionFunc(func(ctx context.Context) (err error) {
		id, err = target.CreateTarget("about:blank").WithNewWindow(true).Do(cdp.WithExecutor(ctx, chromedp.FromContext(ctx).Browser))
		return err
	})); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := chromedp.NewContext(b.ctx, chromedp.WithTargetID(id))
	t.Cleanup(cancel)
	if err := chromedp.Run(ctx); err != nil { // binds the tab to a context without a deadline
		t.Fatal(err)
	}
	c := &camera{ctx, site.URL}
	c.do(t,
		page.Enable(),
		emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}),
		emulation.SetTimezoneOverride("UTC"),
		emulation.SetLocaleOverride().WithLocale("en-US"),
		emulation.SetScrollbarsHidden(true),
		emulation.SetFocusEmulationEnabled(true),
		// A field's caret blinks by itself, and of an animation of a millisecond the first
		// frame may be the last that is drawn.
		chromedp.ActionFunc(func(ctx context.Context) error {
			_, err := page.AddScriptToEvaluateOnNewDocument(`{
				const still = new CSSStyleSheet();
				still.replaceSync("*, *::before, *::after, *::backdrop { animation: none !important; transition: none !important; caret-color: transparent !important }");
				document.adoptedStyleSheets = [still];
			}`).Do(ctx)
			return err
		}),
	)
	return c
}

func (c *camera) do(t *testing.T, actions ...chromedp.Action) {
	t.Helper()
	ctx, cancel := context.WithTimeout(c.ctx, 30*time.Second)
	defer cancel()
	if err := chromedp.Run(ctx, actions...); err != nil {
		t.Fatalf("in Chromium: %v", err)
	}
}

// turnTo opens a story and waits until it is played, its fonts are there and the page
// was painted with them.
func (c *camera) turnTo(t *testing.T, s *story.Story, l story.Look) {
	t.Helper()
	var state string
	c.do(t,
		emulation.SetDeviceMetricsOverride(int64(l.Width), int64(s.HeightAt(l)), 1, false),
		chromedp.Navigate(c.site+s.URL(l)),
		chromedp.Evaluate(`(async () => {
			const root = document.documentElement;
			while (!root.dataset.story) await new Promise((done) => setTimeout(done, 5));
			await document.fonts.ready;
			for (let i = 0; i < 3; i++) await new Promise((done) => requestAnimationFrame(done));
			return root.dataset.story;
		})()`, &state, awaited),
	)
	if state != "shown" {
		stuck := filepath.Join(os.TempDir(), "hashiya-stories", strings.ReplaceAll(s.Name, "/", "-")+".stuck.png")
		write(t, stuck, c.shot(t))
		t.Fatalf("The story %s does not come about, it is %s. Where it got to: %s", s.Name, state, stuck)
	}
}

func awaited(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }

// shot is the page as it is now.
func (c *camera) shot(t *testing.T) image.Image {
	t.Helper()
	var data []byte
	c.do(t, chromedp.ActionFunc(func(ctx context.Context) (err error) {
		data, err = page.CaptureScreenshot().WithOptimizeForSpeed(true).Do(ctx)
		return err
	}))
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return picture
}

// settled is the page once two looks at it, some frames apart, are the same.
func (c *camera) settled(t *testing.T) image.Image {
	t.Helper()
	last := c.shot(t)
	for range 20 {
		c.do(t, chromedp.Evaluate(`new Promise((done) => setTimeout(() => requestAnimationFrame(() => done(true)), 150))`, nil, awaited))
		next := c.shot(t)
		if exact.differ(last, next) == nil {
			return next
		}
		last = next
	}
	t.Fatal("the page does not come to rest: something on it moves")
	return nil
}

// maker names what draws the letters: the browser, and its system's fonts for what the
// app leaves to them. Pictures of one maker are the same to the pixel, nearly.
func (b *chromium) maker(t *testing.T, dir string) string {
	t.Helper()
	c := b.tab(t, dir)
	samples := map[string]string{"Latin": "Hashiya 0123", "Hebrew": "שלום"}
	faces := map[string]string{"interface": "--font-ui", "reading": "--font-naskh"}
	lines := []string{}
	c.do(t, chromedp.Navigate(c.site), chromedp.ActionFunc(func(ctx context.Context) error {
		_, product, _, _, _, err := browser.GetVersion().Do(ctx)
		if err != nil {
			return err
		}
		lines = append(lines, product)
		if err := dom.Enable().Do(ctx); err != nil {
			return err
		}
		if err := css.Enable().Do(ctx); err != nil {
			return err
		}
		for _, script := range slices.Sorted(maps.Keys(samples)) {
			for _, face := range slices.Sorted(maps.Keys(faces)) {
				var ignored bool
				if err := chromedp.Evaluate(fmt.Sprintf(`(() => {
					document.body.innerHTML = "<p id=sample>%s</p>";
					document.getElementById("sample").style.fontFamily = "var(%s)";
					return document.getElementById("sample").offsetWidth > 0;
				})()`, samples[script], faces[face]), &ignored).Do(ctx); err != nil {
					return err
				}
				root, err := dom.GetDocument().Do(ctx)
				if err != nil {
					return err
				}
				node, err := dom.QuerySelector(root.NodeID, "#sample").Do(ctx)
				if err != nil {
					return err
				}
				fonts, err := css.GetPlatformFontsForNode(node).Do(ctx)
				if err != nil {
					return err
				}
				var names []string
				for _, f := range fonts {
					names = append(names, f.PostScriptName)
				}
				slices.Sort(names)
				lines = append(lines, fmt.Sprintf("%s, %s: %s", script, face, strings.Join(names, ", ")))
			}
		}
		return nil
	}))
	return strings.Join(lines, "\n") + "\n"
}
