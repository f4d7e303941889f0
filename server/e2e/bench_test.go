package e2e

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/dataset"
	"hashiya/app/text"
	"hashiya/server/demo"
	"hashiya/server/importing"
)

// TestBench measures what docs/bench.md shows, and writes it. `make bench`
// runs it; a plain test run passes over it, since no test asserts a time.
func TestBench(t *testing.T) {
	out := os.Getenv("HASHIYA_BENCH_OUT")
	if out == "" {
		t.Skip("measures only for `make bench`")
	}
	var doc strings.Builder
	fmt.Fprintf(&doc, "# Figures\n\nWritten by `make bench`. One machine, one run: %s, %d cores, %s.\nTimes on a shared machine vary; ratios are to a floor measured in the same run.\n", runtime.GOOS+"/"+runtime.GOARCH, runtime.NumCPU(), chromiumVersion(t))
	benchVisits(t, &doc)
	benchKeys(t, &doc)
	benchOps(t, &doc)
	if err := os.WriteFile(out, []byte(doc.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Log(doc.String())
}

func chromiumVersion(t *testing.T) string {
	out, err := exec.Command(chromium(t), "--version").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// benchVisits measures the first visit and later ones, on loopback.
func benchVisits(t *testing.T, doc *strings.Builder) {
	var cold, warm, offline []float64
	var wire int64
	for range 5 {
		s := serve(t, t.TempDir(), "--demo")
		link := s.signInLink()
		b := open(t, "")
		var bytes atomic.Int64
		chromedp.ListenTarget(b.ctx, func(ev any) {
			if e, ok := ev.(*network.EventLoadingFinished); ok {
				bytes.Add(int64(e.EncodedDataLength))
			}
		})
		cold = append(cold, b.usable(link, ".door-card form, .door-card a[href='/']"))
		wire = bytes.Load()
		b.click("a[href='/']")
		b.see(".row-link")
		deep := s.url("/p/demo/a/" + longest(t).ID)
		b.openArticle(deep)
		b.until("the worker is active", `navigator.serviceWorker.ready.then(r => !!r.active)`)
		time.Sleep(time.Second) // what the first visit still fetches is not the second one's
		warm = append(warm, b.usable(deep, "#reading-surface .para-text"))
		s.kill()
		offline = append(offline, b.usable(deep, "#reading-surface .para-text"))
		b.quit()
	}
	fmt.Fprintf(doc, "\n## Visits\n\nOn loopback, from the start of the navigation until the screen can be used; five runs.\n\n| visit | min ms | median ms | max ms |\n|---|---|---|---|\n")
	for _, v := range []struct {
		name string
		ms   []float64
	}{{"first, empty cache", cold}, {"again, deep link to 5,000 words", warm}, {"again, server dead", offline}} {
		slices.Sort(v.ms)
		fmt.Fprintf(doc, "| %s | %.0f | %.0f | %.0f |\n", v.name, v.ms[0], v.ms[len(v.ms)/2], v.ms[len(v.ms)-1])
	}
	fmt.Fprintf(doc, "\nThe first visit loads %.2f MB over the wire, until it can be used.\n", float64(wire)/1e6)
}

// usable loads a page and returns the milliseconds until the selector stands,
// by the page's own clock.
func (b *browser) usable(url, selector string) float64 {
	b.t.Helper()
	b.do(chromedp.Navigate("about:blank"))
	script := fmt.Sprintf(`(() => { const look = () => {
		const e = document.querySelector(%q);
		if (e && e.getClientRects().length) requestAnimationFrame(() => { window.usableAt = performance.now() });
		else requestAnimationFrame(look) }; look() })()`, selector)
	var ms float64
	b.do(chromedp.Navigate(url))
	b.eval(nil, script)
	within(b.t, 30*time.Second, "the page can be used", func() bool {
		return b.tryEval(&ms, `window.usableAt || 0`) == nil && ms > 0
	})
	return ms
}

// longest returns the demo's long article.
func longest(t *testing.T) article.Article {
	t.Helper()
	var best article.Article
	for _, f := range demo.Articles() {
		for r := range importing.Read(f.Name, bytes.NewReader(f.Data), importing.Options{}) {
			if len(r.Article.Text) > len(best.Text) {
				best = r.Article
			}
		}
	}
	return best
}

// benchKeys measures from a label's key press to the frame that shows it, in
// the real app, beside a key that does nothing.
func benchKeys(t *testing.T, doc *strings.Builder) {
	fmt.Fprintf(doc, "\n## Key press to painted highlight\n\nIn the real app, 60 presses each: from the key press until the second animation frame behind it. Idle: a key that does nothing.\n\n| words | spans | idle p50 ms | idle p95 ms | label p50 ms | label p95 ms |\n|---|---|---|---|---|---|\n")
	for _, words := range []int{500, 5_000, 50_000} {
		for _, spans := range []int{0, 100, 2_000} {
			idle, label := keyTimes(t, words, spans)
			fmt.Fprintf(doc, "| %d | %d | %.1f | %.1f | %.1f | %.1f |\n", words, spans, idle[len(idle)/2], idle[len(idle)*95/100], label[len(label)/2], label[len(label)*95/100])
		}
	}
}

func keyTimes(t *testing.T, words, spans int) (idle, label []float64) {
	data := t.TempDir()
	s := serve(t, data)
	b := open(t, "")
	b.signIn(s.signInLink())
	hashiya(t, data, "project", "create", "news")
	a, path := lengthy(t, words, spans)
	b.importFile(s.url("/p/news"), path)
	b.openArticle(s.url("/p/news/a/" + a.ID))
	b.until("all is quiet", `!!document.querySelector(".sync.sync-server:not(.sync-busy)")`)
	b.eval(nil, `(() => { window.frames2 = []; addEventListener("keydown", e => {
		if (e.code !== "F13" && e.code !== "KeyM") return;
		const t0 = e.timeStamp; requestAnimationFrame(() => requestAnimationFrame(() => frames2.push(performance.now() - t0))) }, true) })()`)
	b.eval(nil, `document.getElementById("reading-surface").focus()`)
	measure := func(press func()) []float64 {
		b.eval(nil, `frames2.length = 0`)
		for i := range 60 {
			press()
			b.until("two frames passed", `frames2.length > %s`, i)
		}
		var ms []float64
		b.eval(&ms, `frames2`)
		slices.Sort(ms)
		return ms
	}
	idle = measure(func() { b.press("F13") })
	label = measure(func() {
		b.press("ArrowLeft", ctrl)
		b.press("ArrowLeft", ctrl)
		b.press("KeyM")
	})
	return idle, label
}

// lengthy writes an article of so many words, out of the demo's long one, with
// so many spans of one to four words.
func lengthy(t *testing.T, words, spans int) (article.Article, string) {
	t.Helper()
	long := longest(t)
	var paragraphs []string
	for _, p := range long.Paragraphs() {
		if p.Kind == article.Body {
			paragraphs = append(paragraphs, string([]rune(long.Text)[p.Start:p.End]))
		}
	}
	var body strings.Builder
	for i, n := 0, 0; n < words; i++ {
		p := strings.Fields(paragraphs[i%len(paragraphs)])
		p = p[:min(len(p), words-n)]
		n += len(p)
		body.WriteString(strings.Join(p, " ") + "\n\n")
	}
	whole := []article.Region{{Kind: article.Body, Start: 0, End: utf8.RuneCountInString(body.String())}}
	a := article.New(body.String(), "ar", article.Meta{Title: fmt.Sprint(words, " words")}, whole)
	l := annotation.Layer{Status: annotation.InProgress, Scheme: 1}
	all := text.Words(a.Text)
	for i := range spans {
		from := i * len(all) / spans
		to := min(from+i%4, len(all)-1)
		l.Spans = append(l.Spans, annotation.NamedSpan{ID: fmt.Sprint("s", i), Span: annotation.Span{Start: all[from].Start, End: all[to].End, Label: []string{"GPE", "PER", "ORG", "LOC"}[i%4]}})
	}
	line, err := dataset.Marshal(dataset.Document{Article: a, Layers: []dataset.NamedLayer{{Annotator: "admin", Layer: l}}})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "long.jsonl")
	if err := os.WriteFile(path, line, 0o644); err != nil {
		t.Fatal(err)
	}
	for r := range importing.Read("long.jsonl", bytes.NewReader(line), importing.Options{}) {
		if r.Refusal != nil {
			t.Fatal(r.Refusal.Reason)
		}
		a = r.Article
	}
	return a, path
}

var metric = regexp.MustCompile(`([\d.e+]+) (ops/s|records/s|floor/s|×floor)`)

// benchOps runs the Go benchmarks of the log and of the view.
func benchOps(t *testing.T, doc *strings.Builder) {
	fmt.Fprintf(doc, "\n## Durable ops\n\nRecords a second that are on the disk when the call returns, beside plain append+fdatasync by one process in the same run. *view*: real ops with the whole view that is folded in the same transaction. *log*: records of 400 bytes with two small keys.\n\n| what | writers | per second | floor per second | ratio |\n|---|---|---|---|---|\n")
	for _, bench := range []struct{ name, pkg, run string }{{"view", "../view", "Ops"}, {"log", "../log/badgerlog", "Append"}} {
		out, err := exec.Command("go", "test", "-run", "^$", "-bench", bench.run, "-benchtime", "3s", bench.pkg).Output()
		if err != nil {
			t.Fatalf("%s: %v\n%s", bench.pkg, err, out)
		}
		for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
			_, writers, ok := strings.Cut(lines.Text(), "writers=")
			if !ok {
				continue
			}
			n, _, _ := strings.Cut(writers, "-")
			got := map[string]float64{}
			for _, m := range metric.FindAllStringSubmatch(lines.Text(), -1) {
				got[m[2]], _ = strconv.ParseFloat(m[1], 64)
			}
			fmt.Fprintf(doc, "| %s | %s | %.0f | %.0f | %.1f× |\n", bench.name, n, got["ops/s"]+got["records/s"], got["floor/s"], got["×floor"])
		}
	}
}
