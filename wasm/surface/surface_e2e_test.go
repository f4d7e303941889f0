//go:build !js

package surface

import (
	"fmt"
	"image"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"golang.org/x/text/unicode/bidi"

	"hashiya/app/text"
	"hashiya/app/ui/reading"
)

// awkward has a proclitic before a name, tashkeel, tatweel, lam-alef, both kinds of
// quotes, Latin and digits, a date with a slash, RLM and LRM, ZWNJ, an emoji, a
// CRLF, an NFD letter and a byte order mark in front of a paragraph.
const awkward = "زار «الوفد» لأذربيجان وبأوكرانيا، وقالَ مُحَمَّدٌ إنّ “السـلام” آتٍ.\r\n" +
	"في سبتمبر/أيلول 2018 وقّعت GDP\u200F 3.5% و2003 عقدًا\u200E مع F-16 🙂 ومی\u200Cخواهم 7 لا.\n" +
	"لا إله، الأَردن والا\u0653ن وe\u0301té\n" +
	"\uFEFFThe OPEC\u200E (أوبك) said 5 ملايين barrels on 12 مايو, then left.\n"

// documentOf lays every line of s out as a paragraph.
func documentOf(s string) reading.Document {
	x := text.NewIndex(s)
	doc := reading.Document{Text: s, Lang: "ar"}
	for _, l := range text.Lines(s) {
		doc.Paragraphs = append(doc.Paragraphs, reading.SurfaceParagraph{
			Start: l.Start, End: l.End, Class: "para-body",
			Dir: text.FirstStrong(x.Slice(l.Start, l.End), text.RTL),
		})
	}
	return doc
}

func (b *tab) open(doc reading.Document) {
	b.Helper()
	var failed string
	b.eval(`document.fonts.ready.then(() => surface.open("text", `+asJSON(asJSON(doc))+`))`, &failed)
	if failed != "" {
		b.Fatal(failed)
	}
	b.eval(`Promise.all([...document.fonts].map((f) => f.load())).then(() => frames(4))`, nil)
}

func (b *tab) paint(marks ...reading.Mark) {
	b.Helper()
	if marks == nil {
		marks = []reading.Mark{}
	}
	b.call("paint", asJSON(marks))
}

// letter is a grapheme and where the browser puts it.
type letter struct {
	start, end int // code points
	box        [4]float64
	rtl        bool
}

// edge returns a point within the letter, near the edge by which reading enters or
// leaves it.
func (l letter) edge(leaving bool) [2]float64 {
	x := l.box[0] + (l.box[2]-l.box[0])*0.25
	if l.rtl != leaving {
		x = l.box[2] - (l.box[2]-l.box[0])*0.25
	}
	return [2]float64{x, (l.box[1] + l.box[3]) / 2}
}

// letters measures all letters that have a width, by the page's own means; their
// direction is that of the Unicode bidirectional algorithm.
func (b *tab) letters(doc reading.Document) []letter {
	b.Helper()
	runes := []rune(doc.Text)
	var out []letter
	for i, p := range doc.Paragraphs {
		body := string(runes[p.Start:p.End])
		rtl := directions(b, body, p.Dir)
		cuts := text.Graphemes(body)
		var calls []string
		for k := 1; k < len(cuts); k++ {
			calls = append(calls, fmt.Sprintf("rectsOf(%d,%d,%d)", i, utf16Len(runes[p.Start:p.Start+cuts[k-1]]), utf16Len(runes[p.Start:p.Start+cuts[k]])))
		}
		var boxes [][][4]float64
		b.eval("["+strings.Join(calls, ",")+"]", &boxes)
		for k, list := range boxes {
			if len(list) == 1 && list[0][2]-list[0][0] > 1.5 {
				out = append(out, letter{p.Start + cuts[k], p.Start + cuts[k+1], list[0], rtl[cuts[k]]})
			}
		}
	}
	return out
}

func utf16Len(r []rune) int { return len(utf16.Encode(r)) }

// directions tells for every code point of s whether it runs to the left.
func directions(b *tab, s string, base text.Direction) []bool {
	b.Helper()
	var p bidi.Paragraph
	dir := bidi.DefaultDirection(bidi.LeftToRight)
	if base == text.RTL {
		dir = bidi.DefaultDirection(bidi.RightToLeft)
	}
	if _, err := p.SetString(s, dir); err != nil {
		b.Fatal(err)
	}
	order, err := p.Order()
	if err != nil {
		b.Fatal(err)
	}
	out := make([]bool, len([]rune(s)))
	for i := range order.NumRuns() {
		run := order.Run(i)
		from, to := run.Pos() // code points, to included
		for k := from; k <= to; k++ {
			out[k] = run.Direction() == bidi.RightToLeft
		}
	}
	return out
}

func TestATapNamesThePlaceBesideTheLetterUnderItAndTheMarksOnIt(t *testing.T) {
	b := openTab(t)
	doc := documentOf(awkward)
	b.open(doc)
	letters := b.letters(doc)
	if len(letters) < 150 {
		t.Fatalf("only %d letters are laid out", len(letters))
	}
	// One mark a letter, so that each names itself, and one around all.
	marks := []reading.Mark{{ID: "all", Start: 0, End: len([]rune(awkward)), Class: "label-c1"}}
	for i, l := range letters {
		marks = append(marks, reading.Mark{ID: fmt.Sprint(i), Start: l.start, End: l.end, Class: "label-c3", Level: 1})
	}
	b.paint(marks...)
	for i, l := range letters {
		for _, leaving := range []bool{false, true} {
			at := l.edge(leaving)
			b.click(at[0], at[1], 1)
			got, want := b.next("tap"), l.start
			if leaving {
				want = l.end
			}
			if got.At != want {
				t.Errorf("letter %d %q, leaving=%v, rtl=%v: tap at %d, want %d", i, string([]rune(awkward)[l.start:l.end]), leaving, l.rtl, got.At, want)
			}
			if strings.Join(got.Marks, " ") != fmt.Sprintf("%d all", i) {
				t.Errorf("letter %d: marks %v", i, got.Marks)
			}
		}
	}
}

func TestADragFromLetterToLetterReportsExactlyTheirRange(t *testing.T) {
	b := openTab(t)
	doc := documentOf(awkward)
	b.open(doc)
	letters := b.letters(doc)
	random := rand.New(rand.NewPCG(1, 2))
	for range 80 {
		i, j := random.IntN(len(letters)), random.IntN(len(letters))
		if i > j {
			i, j = j, i
		}
		from, to := letters[i].edge(false), letters[j].edge(true)
		if random.IntN(2) == 0 {
			from, to = to, from
		}
		alt := input.Modifier(0)
		if random.IntN(3) == 0 {
			alt = input.ModifierAlt
		}
		if math.Hypot(from[0]-to[0], from[1]-to[1]) <= mouseSlopInTest {
			continue
		}
		b.drag(from, to, alt)
		got := b.next("select")
		if got.Start != letters[i].start || got.End != letters[j].end || got.Raw != (alt != 0) {
			t.Errorf("drag over [%d,%d) raw=%v reported [%d,%d) raw=%v", letters[i].start, letters[j].end, alt != 0, got.Start, got.End, got.Raw)
		}
	}
}

// mouseSlopInTest is mouseSlop, which only the browser's build has.
const mouseSlopInTest = 3

func find(s, part string) (start, end int) {
	at := strings.Index(s, part)
	start = len([]rune(s[:at]))
	return start, start + len([]rune(part))
}

// middle returns a point on the first letter of a part of the document.
func (b *tab) middle(doc reading.Document, part string) [2]float64 {
	b.Helper()
	start, _ := find(doc.Text, part)
	for _, l := range b.letters(doc) {
		if l.start == start {
			return [2]float64{(l.box[0] + l.box[2]) / 2, (l.box[1] + l.box[3]) / 2}
		}
	}
	b.Fatalf("%q is not laid out", part)
	return [2]float64{}
}

func TestDoubleClickSelectsTheWordTripleTheParagraphAndShiftExtends(t *testing.T) {
	b := openTab(t)
	doc := documentOf(awkward)
	b.open(doc)
	at := b.middle(doc, "أذربيجان")
	b.click(at[0], at[1], 1)
	b.click(at[0], at[1], 2)
	start, end := find(awkward, "لأذربيجان")
	if got := b.next("select"); got.Start != start || got.End != end {
		t.Errorf("double click selected [%d,%d), want the word [%d,%d)", got.Start, got.End, start, end)
	}
	b.click(at[0], at[1], 3)
	if got := b.next("select"); got.Start != 0 || got.End != doc.Paragraphs[0].End {
		t.Errorf("triple click selected [%d,%d), want the paragraph", got.Start, got.End)
	}
	b.call("caret", 2, 2, false)
	b.mouse(input.MousePressed, at[0], at[1], 1, input.ModifierShift)
	b.mouse(input.MouseReleased, at[0], at[1], 1, input.ModifierShift)
	if got := b.next("select"); got.Start != 2 || got.End < start || got.End > start+2 {
		t.Errorf("shift-click selected [%d,%d), want from the caret at 2", got.Start, got.End)
	}
}

func TestADragAtTheEdgeScrollsOnAndSelectsWhatComes(t *testing.T) {
	b := openTab(t)
	doc := documentOf(strings.Repeat(awkward, 12))
	b.open(doc)
	from := b.letters(doc)[3].edge(false)
	b.mouse(input.MousePressed, from[0], from[1], 1, 0)
	b.mouse(input.MouseMoved, 450, 400, 1, 0)
	b.mouse(input.MouseMoved, 450, 697, 1, 0)
	b.eval("frames(40)", nil)
	var bottom, scrolled float64
	b.eval("scrollY", &scrolled)
	b.eval(`Math.max(...[...document.querySelectorAll(".is-selection")].map((e) => e.getBoundingClientRect().bottom))`, &bottom)
	b.mouse(input.MouseReleased, 450, 697, 1, 0)
	got := b.next("select")
	if scrolled < 200 || bottom < 600 {
		t.Errorf("scrolled by %v, the selection is drawn down to %v of 700", scrolled, bottom)
	}
	if first := b.letters(doc)[3].start; got.Start != first || got.End < doc.Paragraphs[8].Start {
		t.Errorf("selected [%d,%d)", got.Start, got.End)
	}
}

func TestMarksCoverExactlyTheTextOfTheirRanges(t *testing.T) {
	b := openTab(t)
	doc := documentOf(strings.Repeat(awkward, 2))
	b.open(doc)
	n := len([]rune(doc.Text))
	sub, subEnd := find(doc.Text, "أذربيجان")
	marks := []reading.Mark{
		{ID: "outer", Start: 4, End: 40, Class: "label-c1", Tag: "ORG"},
		{ID: "inner", Start: 12, End: 20, Class: "label-c2", Level: 1},
		{ID: "crossing", Start: 15, End: 60, Class: "label-c3", Level: 2},
		{ID: "subword", Start: sub, End: subEnd, Class: "label-c3", Level: 3},
		{ID: "one", Start: 30, End: 31, Class: "label-c4"},
		{ID: "paragraphs", Start: 50, End: n - 10, Class: "is-evidence"},
	}
	b.paint(marks...)
	for _, m := range marks {
		b.covered(doc, m)
	}
	var level string
	b.eval(`document.querySelector('[data-id="crossing"]').style.getPropertyValue("--level")`, &level)
	if level != "2" {
		t.Errorf("--level of a mark inside two others is %q", level)
	}
	var order []string
	b.eval(`[...document.querySelectorAll('.para[data-i="0"] .mark')].map((e) => e.dataset.id)`, &order)
	if got := strings.Join(order, " "); !strings.HasPrefix(got, "paragraphs outer ") || strings.Index(got, "crossing") > strings.LastIndex(got, "one") {
		t.Errorf("marks are stacked as %s, want evidence below and outer before inner", got)
	}
	var tags []string
	b.eval(`[...document.querySelectorAll("[data-tag]")].map((e) => e.dataset.id + e.dataset.tag)`, &tags)
	if strings.Join(tags, " ") != "outerORG" {
		t.Errorf("tags are %v, want one, on the outer mark", tags)
	}
	b.shot("#text", "marks")
}

// covered fails unless what is painted for m is, within half a pixel, the area of
// its text as the page measures it.
func (b *tab) covered(doc reading.Document, m reading.Mark) {
	b.Helper()
	runes := []rune(doc.Text)
	var text [][4]float64
	for i, p := range doc.Paragraphs {
		if from, to := max(m.Start, p.Start), min(m.End, p.End); from < to {
			var list [][4]float64
			b.eval(fmt.Sprintf("rectsOf(%d,%d,%d)", i, utf16Len(runes[p.Start:from]), utf16Len(runes[p.Start:to])), &list)
			text = append(text, list...)
		}
	}
	var marks [][4]float64
	b.eval("painted("+asJSON(m.ID)+")", &marks)
	if len(marks) == 0 {
		b.Fatalf("nothing is painted for %s", m.ID)
	}
	inside := func(p [2]float64, list [][4]float64) bool {
		for _, r := range list {
			if r[0]-.5 <= p[0] && p[0] <= r[2]+.5 && r[1]-.5 <= p[1] && p[1] <= r[3]+.5 {
				return true
			}
		}
		return false
	}
	check := func(list, by [][4]float64, what string) {
		b.Helper()
		for _, r := range list {
			for x := r[0]; x <= r[2]; x++ {
				if p := ([2]float64{x, (r[1] + r[3]) / 2}); !inside(p, by) {
					b.Fatalf("%s: %s at %v", m.ID, what, p)
				}
			}
		}
	}
	check(text, marks, "text that is not painted")
	check(marks, text, "paint where the text of the range is not")
	for i, r := range marks {
		for _, o := range marks[i+1:] {
			if r[1] == o[1] && r[0] < o[2] && o[0] < r[2] {
				b.Errorf("%s: two rectangles overlap: %v %v", m.ID, r, o)
			}
		}
	}
}

const sentence = "وصل الوفد أمس لأذربيجان في زيارة رسمية، ثم غادر إلى موسكو."

// inkBelow and noInkFrom are luminances (0–255). A pixel of the plain picture that
// is darker than inkBelow is the body of a stroke: the letters are nearly black and
// the fill takes no pixel below 190. It has lost its ink when the other picture has
// it at noInkFrom or lighter; what lies between is left to antialiasing.
const (
	inkBelow  = 80
	noInkFrom = 120
)

// lostInk counts the stroke pixels of plain, and those that other lacks.
func lostInk(plain, other image.Image) (ink, lost int) {
	bounds := plain.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			if luminance(plain, x, y) < inkBelow {
				ink++
				if luminance(other, x, y) >= noInkFrom {
					lost++
				}
			}
		}
	}
	return ink, lost
}

func luminance(img image.Image, x, y int) float64 {
	r, g, b, _ := img.At(x, y).RGBA()
	return (0.2126*float64(r) + 0.7152*float64(g) + 0.0722*float64(b)) / 257
}

func TestAHighlightThatStartsInsideAWordLeavesEveryLetterJoinedAndInked(t *testing.T) {
	b := openTab(t)
	doc := documentOf(sentence)
	start, end := find(sentence, "أذربيجان")
	for _, font := range []string{"amiri", "noto"} {
		for _, size := range []string{"s", "m", "l", "xl"} {
			b.eval(fmt.Sprintf(`Object.assign(document.documentElement.dataset, {readingFont: %q, textSize: %q})`, font, size), nil)
			b.open(doc)
			plain := b.shot("#text", font+"-"+size+"-plain")
			b.paint(reading.Mark{ID: "m", Start: start, End: end, Class: "label-c3", Tag: "GPE"})
			marked := b.shot("#text", font+"-"+size+"-marked")
			ink, lost := lostInk(plain, marked)
			if ink < 400 {
				t.Fatalf("%s %s: only %d pixels of ink", font, size, ink)
			}
			if lost > 0 {
				t.Errorf("%s %s: %d of %d pixels of ink are lost under the highlight", font, size, lost, ink)
			}
			if _, same := lostInk(marked, marked); same != 0 || samePicture(plain, marked) {
				t.Errorf("%s %s: the highlight cannot be seen", font, size)
			}
			b.covered(doc, reading.Mark{ID: "m", Start: start, End: end})
			b.paint()

			// What a span wrapped around the letters does to them must be found.
			for _, broken := range []string{"padding:0 3px", "font-weight:700", "display:inline-block"} {
				property, value, _ := strings.Cut(broken, ":")
				b.eval(fmt.Sprintf(`(() => {
					const text = run(0), inner = text.splitText(%d), rest = inner.splitText(%d), span = document.createElement("span");
					span.style.setProperty(%q, %q);
					inner.replaceWith(span);
					span.append(inner);
				})()`, start, end-start, property, value), nil)
				b.eval("frames(2)", nil)
				if _, lost := lostInk(plain, b.shot("#text", font+"-"+size+"-"+property)); lost < 20 {
					t.Errorf("%s %s: a span with %s loses only %d pixels: the test would not see broken letters", font, size, broken, lost)
				}
				b.eval(`(() => { const p = document.querySelector(".para-text"), s = p.textContent; p.textContent = s; })()`, nil)
			}
		}
	}
}

func samePicture(a, b image.Image) bool {
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			if a.At(x, y) != b.At(x, y) {
				return false
			}
		}
	}
	return true
}

func TestMarksFollowTheTextWhenTheLayoutChanges(t *testing.T) {
	b := openTab(t)
	doc := documentOf(strings.Repeat(awkward, 3))
	b.open(doc)
	marks := []reading.Mark{
		{ID: "a", Start: 4, End: 70, Class: "label-c1"},
		{ID: "b", Start: 150, End: 170, Class: "label-c2"},
	}
	b.paint(marks...)
	follow := func(what, change string) {
		t.Helper()
		b.eval(change, nil)
		b.eval("frames(6)", nil)
		for _, m := range marks {
			b.covered(doc, m)
		}
	}
	for _, width := range []int64{390, 1200, 620} {
		b.do(emulation.SetDeviceMetricsOverride(width, 700, 1, false))
		follow("width", "true")
	}
	follow("text size", `document.documentElement.dataset.textSize = "xl"`)
	follow("reading font", `document.documentElement.dataset.readingFont = "noto"`)
	follow("leading", `document.getElementById("text").dataset.tags = "all"`)
}

func TestMarksFollowAFontThatArrivesLate(t *testing.T) {
	b := openTab(t)
	doc := documentOf(sentence)
	b.open(doc)
	start, end := find(sentence, "أذربيجان")
	mark := reading.Mark{ID: "m", Start: start, End: end, Class: "label-c3"}
	// A host of a fixed size: nothing but the font tells the surface.
	b.eval(`(() => {
		const host = document.getElementById("text");
		host.style.setProperty("height", "300px");
		host.querySelector(".para").style.setProperty("font-family", "Late, monospace");
		globalThis.late = new FontFace("Late", "url(/late.woff2)", {display: "swap"});
		return frames(4);
	})()`, nil)
	b.eval(`(dispatchEvent(new Event("resize")), frames(4))`, nil)
	b.paint(mark)
	b.covered(doc, mark)
	var before, after [][4]float64
	b.eval(`painted("m")`, &before)
	b.eval(`(document.fonts.add(late), late.load().then(() => frames(6)))`, nil)
	b.covered(doc, mark)
	b.eval(`painted("m")`, &after)
	if before[0] == after[0] {
		t.Fatal("the font has changed nothing: the test proves nothing")
	}
}

func TestTheCaretStandsAtTheEdgeByWhichReadingEntersTheNextLetter(t *testing.T) {
	b := openTab(t)
	doc := documentOf(awkward)
	b.open(doc)
	for i, l := range b.letters(doc) {
		b.call("caret", l.start, l.start, false)
		var box [4]float64
		b.eval(`bounds(".caret")`, &box)
		want := l.box[0]
		if l.rtl {
			want = l.box[2]
		}
		if x := (box[0] + box[2]) / 2; math.Abs(x-want) > 0.6 || math.Abs(box[1]-l.box[1]) > 0.6 {
			t.Errorf("letter %d %q: the caret is at %.1f, want %.1f (rtl %v)", i, string([]rune(awkward)[l.start:l.end]), x, want, l.rtl)
		}
	}
	b.call("hideCaret")
	var none *[4]float64
	if b.eval(`bounds(".caret")`, &none); none != nil {
		t.Error("the caret is hidden but still there")
	}
}

func TestLinesAreSteppedThroughInOrderAndBackKeepingTheColumn(t *testing.T) {
	b := openTab(t)
	doc := documentOf(strings.Repeat(awkward, 4))
	b.open(doc)
	at, path := 12, []int{12}
	for {
		var step struct {
			At int
			OK bool
		}
		b.eval(fmt.Sprintf("surface.lineStep(%d, 1)", at), &step)
		if !step.OK {
			break
		}
		if step.At <= at {
			t.Fatalf("a step down from %d went to %d", at, step.At)
		}
		at = step.At
		path = append(path, at)
	}
	if len(path) < 16 {
		t.Fatalf("only %d lines: %v", len(path), path)
	}
	back := []int{at}
	for {
		var step struct {
			At int
			OK bool
		}
		b.eval(fmt.Sprintf("surface.lineStep(%d, -1)", at), &step)
		if !step.OK {
			break
		}
		at = step.At
		back = append([]int{at}, back...)
	}
	if fmt.Sprint(back) != fmt.Sprint(path) {
		t.Errorf("down by %v\nback by %v", path, back)
	}
}

func TestAFoldedGroupOpensForTheCaretAndIsNotPaintedBefore(t *testing.T) {
	b := openTab(t)
	doc := documentOf(awkward)
	for i := 2; i < 4; i++ {
		doc.Paragraphs[i].Group, doc.Paragraphs[i].GroupTitle = "similar", "أخبار ذات صلة"
	}
	b.open(doc)
	folded := doc.Paragraphs[2]
	mark := reading.Mark{ID: "m", Start: folded.Start, End: folded.Start + 2, Class: "label-c1"}
	b.paint(mark)
	var painted [][4]float64
	if b.eval(`painted("m")`, &painted); len(painted) != 0 {
		t.Error("a mark in a closed fold is painted")
	}
	var rect struct{ OK bool }
	if b.eval(fmt.Sprintf("surface.rect(%d,%d)", mark.Start, mark.End), &rect); rect.OK {
		t.Error("text in a closed fold has a place on the screen")
	}
	b.call("caret", folded.Start, folded.Start, true)
	b.eval("frames(4)", nil)
	b.covered(doc, mark)
	if b.eval(fmt.Sprintf("surface.rect(%d,%d)", mark.Start, mark.End), &rect); !rect.OK {
		t.Error("text in an open fold has no place on the screen")
	}
}

func TestTheTextNodesHoldTheParagraphsUntouchedAndControlsAreTicked(t *testing.T) {
	b := openTab(t)
	doc := documentOf(awkward)
	b.open(doc)
	for i, p := range doc.Paragraphs {
		var units []uint16
		b.eval(fmt.Sprintf(`[...Array(run(%d).length).keys()].map((k) => run(%d).data.charCodeAt(k))`, i, i), &units)
		if want := string([]rune(awkward)[p.Start:p.End]); string(utf16.Decode(units)) != want {
			t.Errorf("paragraph %d: the page has %q, want %q", i, string(utf16.Decode(units)), want)
		}
	}
	var names []string
	b.eval(`[...document.querySelectorAll(".bidi-tick")].map((e) => e.dataset.name)`, &names)
	if got := strings.Join(names, " "); got != "RLM LRM LRM" {
		t.Errorf("ticks: %s, want RLM LRM LRM", got)
	}
}

func TestKeysFocusHoverAndCopy(t *testing.T) {
	b := openTab(t)
	doc := documentOf(awkward)
	b.open(doc)
	b.call("focus")
	if !b.next("focus").Has {
		t.Error("the surface got the keyboard but does not say so")
	}
	var prevented []bool
	b.eval(`["KeyP", "KeyX"].map((code) => !document.getElementById("text").dispatchEvent(new KeyboardEvent("keydown", {code, key: "ح", cancelable: true, bubbles: true})))`, &prevented)
	if fmt.Sprint(prevented) != "[true false]" {
		t.Errorf("default prevented: %v, want it for the key that was used only", prevented)
	}
	if k := b.next("key"); k.Code != "KeyP" || k.Key != "ح" {
		t.Errorf("key %+v", k)
	}
	start, end := find(awkward, "أذربيجان")
	b.paint(reading.Mark{ID: "m", Start: start, End: end, Class: "label-c3", Tag: "GPE"})
	at := b.middle(doc, "أذربيجان")
	b.mouse(input.MouseMoved, at[0], at[1], 0, 0)
	if h := b.next("hover"); h.Mark != "m" {
		t.Errorf("hover over the mark reports %q", h.Mark)
	}
	var hovered bool
	if b.eval(`frames(3).then(() => !!document.querySelector(".mark.is-hover"))`, &hovered); !hovered {
		t.Error("the mark under the mouse does not look so")
	}
	b.mouse(input.MouseMoved, 2, 2, 0, 0)
	if h := b.next("hover"); h.Mark != "" {
		t.Errorf("away from the mark, hover reports %q", h.Mark)
	}
	b.call("caret", start, end, false)
	var copied string
	b.eval(`(() => { const e = new ClipboardEvent("copy", {clipboardData: new DataTransfer(), bubbles: true, cancelable: true}); document.getElementById("text").dispatchEvent(e); return e.clipboardData.getData("text/plain"); })()`, &copied)
	if copied != "أذربيجان" {
		t.Errorf("copied %q", copied)
	}
	var collapsed bool
	if b.eval(`(() => { const s = getSelection(); return s.isCollapsed && s.focusNode === run(0); })()`, &collapsed); !collapsed {
		t.Error("the browser's own selection is not collapsed where the caret is")
	}
}

func TestCloseLeavesNothingBehind(t *testing.T) {
	b := openTab(t)
	b.open(documentOf(awkward))
	b.paint(reading.Mark{ID: "m", Start: 4, End: 20, Class: "label-c1"})
	b.call("caret", 3, 9, true)
	b.call("reveal", 3, 9)
	at := b.middle(documentOf(awkward), "الوفد")
	b.call("close")
	b.call("close")
	b.events()
	var left string
	b.eval(`(() => { const h = document.getElementById("text"); return h.innerHTML + [...h.attributes].map((a) => a.name + "=" + a.value).join(" "); })()`, &left)
	if left = strings.TrimSuffix(left, " style="); left != "class=surface id=text" {
		t.Errorf("left on the page: %s", left)
	}
	b.click(at[0], at[1], 1)
	b.do(emulation.SetDeviceMetricsOverride(500, 700, 1, false))
	if list := b.events(); len(list) > 0 {
		t.Errorf("a closed surface reports %+v", list)
	}
	b.eval(`new Promise((done) => setTimeout(done, 1500))`, nil) // the timers' time
	b.open(documentOf(sentence))
	b.paint(reading.Mark{ID: "m", Start: 4, End: 20, Class: "label-c1"})
	b.covered(documentOf(sentence), reading.Mark{ID: "m", Start: 4, End: 20})
}

// longText returns n words in paragraphs of 70, every one an awkward one at times.
func longText(n int) string {
	words := strings.Fields(strings.ReplaceAll(awkward, "\uFEFF", ""))
	var s strings.Builder
	for i := range n {
		s.WriteString(words[i%len(words)])
		if i%70 == 69 {
			s.WriteString("\n")
		} else {
			s.WriteString(" ")
		}
	}
	return s.String()
}

// manyMarks spreads n marks over words of the text.
func manyMarks(s string, n int) []reading.Mark {
	words := text.Words(s)
	marks := make([]reading.Mark, 0, n)
	for i := range n {
		w := words[i*len(words)/n]
		marks = append(marks, reading.Mark{ID: fmt.Sprint("m", i), Start: w.Start, End: w.End, Class: fmt.Sprint("label-c", 1+i%14), Tag: "GPE"})
	}
	return marks
}

func TestOneMoreHighlightTouchesOneParagraphOf50000WordsWith2000Highlights(t *testing.T) {
	b := openTab(t)
	doc := documentOf(longText(50_000))
	b.open(doc)
	marks := manyMarks(doc.Text, 2000)
	b.paint(marks...)
	var painted int
	b.eval(`document.querySelectorAll(".mark").length`, &painted)
	if painted == 0 || painted > 400 {
		t.Fatalf("%d rectangles are painted, want those near the viewport only", painted)
	}
	b.eval(`(() => {
		globalThis.changed = [];
		new MutationObserver((list) => { for (const m of list) changed.push([m.type, m.target.closest(".para")?.dataset.i ?? "?"]); })
			.observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});
	})()`, nil)
	start := doc.Paragraphs[1].Start + 3
	b.paint(append(marks, reading.Mark{ID: "more", Start: start, End: start + 9, Class: "label-c1"})...)
	var changed [][2]string
	b.eval("changed.splice(0)", &changed)
	for _, c := range changed {
		if c[1] != "1" {
			t.Errorf("%s in paragraph %s", c[0], c[1])
		}
	}
	if len(changed) == 0 || len(changed) > 3 {
		t.Errorf("%d changes to the page for one highlight", len(changed))
	}
	b.covered(doc, reading.Mark{ID: "more", Start: start, End: start + 9})

	// Far away paragraphs are painted when they come near, and the near ones are
	// cleared when they go.
	far := marks[1500]
	b.call("reveal", far.Start, far.End)
	b.eval("frames(6)", nil)
	b.covered(doc, far)
	if b.eval(`document.querySelectorAll(".mark").length`, &painted); painted > 400 {
		t.Errorf("%d rectangles after scrolling", painted)
	}
}

func TestAFingerScrollsUntilALongPressSelectsAWord(t *testing.T) {
	b := openTab(t)
	b.do(emulation.SetDeviceMetricsOverride(390, 700, 1, true), emulation.SetTouchEmulationEnabled(true))
	doc := documentOf(strings.Repeat("مقدمة\n", 8) + strings.Repeat(awkward, 12))
	b.open(doc)
	const before = 150 // scrolled already, so that the page could go either way
	b.eval(fmt.Sprintf("scrollTo(0, %d), frames(3)", before), nil)
	finger := func(p [2]float64) *input.TouchPoint { return &input.TouchPoint{X: p[0], Y: p[1]} }
	scrolled := func() (y float64) {
		b.eval("scrollY", &y)
		return y
	}

	at := b.middle(doc, "أذربيجان")
	b.touch(input.TouchStart, finger(at))
	b.touch(input.TouchEnd)
	if tap := b.next("tap"); !tap.Touch {
		t.Error("a tap of a finger is not reported as touch")
	}

	// Moved as soon as the word is selected: a little later Chromium's own long press
	// would keep the page from scrolling.
	b.touch(input.TouchStart, finger(at))
	start, end := find(doc.Text, "لأذربيجان")
	if got := b.next("select"); got.Start != start || got.End != end {
		t.Errorf("a long press selected [%d,%d), want the word [%d,%d)", got.Start, got.End, start, end)
	}
	for i := range 8 {
		b.touch(input.TouchMove, finger([2]float64{at[0], at[1] + 22*float64(i+1)}))
	}
	b.touch(input.TouchEnd)
	got := b.next("select")
	if got.Start != start || got.End <= end {
		t.Errorf("dragging on after a long press selected [%d,%d), want more than [%d,%d)", got.Start, got.End, start, end)
	}
	if y := scrolled(); y != before {
		t.Errorf("extending has scrolled the page by %v", y-before)
	}
	for _, e := range b.events() {
		if e.Kind == "tap" {
			t.Error("a long press is also reported as a tap")
		}
	}
	var native string
	if b.eval(`getSelection().toString()`, &native); native != "" {
		t.Errorf("the browser selected %q as well", native)
	}

	from := [2]float64{195, 500}
	b.touch(input.TouchStart, finger(from))
	for i := range 10 {
		b.touch(input.TouchMove, finger([2]float64{195, 500 - float64(i)*30}))
	}
	b.touch(input.TouchEnd)
	b.eval("frames(6)", nil)
	if y := scrolled(); y < before+100 {
		t.Errorf("a swipe has scrolled the page by %v only", y-before)
	}
	time.Sleep(longPressInTest)
	for _, e := range b.events() {
		if e.Kind == "tap" || e.Kind == "select" {
			t.Errorf("a swipe is reported as %+v", e)
		}
	}
}

const longPressInTest = 600 * time.Millisecond
