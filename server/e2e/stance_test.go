package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"

	"hashiya/app/annotation"
	"hashiya/app/caret"
	"hashiya/app/dataset"
	"hashiya/app/scheme"
	"hashiya/app/ui/reading"
)

// labelled writes the article with the gold spans and entities, but no stance,
// as a layer of an annotator: what somebody has who labels names first.
func (g *gold) labelled(t *testing.T, annotator string) string {
	t.Helper()
	line, err := dataset.Marshal(dataset.Document{Article: g.article, Layers: []dataset.NamedLayer{{Annotator: annotator, Layer: g.layer()}}})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "labelled.jsonl")
	if err := os.WriteFile(path, line, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// layer is the gold spans and entities, and no stance.
func (g *gold) layer() annotation.Layer {
	l := annotation.Layer{Status: annotation.InProgress, Scheme: 1}
	for _, e := range g.Entities {
		l.Entities = append(l.Entities, annotation.NamedEntity{ID: e.ID, Entity: annotation.Entity{Name: e.Name, Label: e.Label}})
	}
	for i, s := range g.Spans {
		l.Spans = append(l.Spans, annotation.NamedSpan{ID: fmt.Sprint("s", i), Span: s.Span})
	}
	return l
}

// counter counts the keys pressed.
type counter struct {
	*reader
	keys []string
}

func (c *counter) press(code string, held ...input.Modifier) {
	c.t.Helper()
	name := strings.TrimPrefix(strings.TrimPrefix(code, "Key"), "Digit")
	if slices.Contains(held, ctrl) {
		name = "Ctrl+" + name
	}
	c.keys = append(c.keys, name)
	c.reader.press(code, held...)
	c.settled()
}

// settled waits until the form shows what the editor holds.
func (c *counter) settled() {
	c.t.Helper()
	c.eval(nil, `new Promise(done => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 90))`)
}

// form is what the open stance form shows.
type form struct{ Holder, Target, Claim, Label, Mode string }

func (c *counter) form() form {
	c.t.Helper()
	var f form
	c.eval(&f, `(() => { const v = s => document.querySelector(s); return {
		Holder: v("#stance-holder").value, Target: v("#stance-target").value, Claim: v("#stance-claim").value,
		Label: v(".stance-choice[aria-checked=true]")?.dataset.label ?? "", Mode: v("[data-mode][aria-pressed=true]")?.dataset.mode ?? "" } })()`)
	var isEntity bool
	if f.Target, isEntity = strings.CutPrefix(f.Target, "e:"); isEntity {
		f.Claim = "" // hidden
	} else {
		f.Target = ""
	}
	return f
}

func (c *counter) until(key string, what func(f form) bool) {
	c.t.Helper()
	const patience = 12
	for range patience {
		if what(c.form()) {
			return
		}
		c.press(key)
	}
	c.t.Errorf("%d presses of %s do not bring it: the form shows %+v", patience, key, c.form())
}

// target brings the target into the form: as it is offered; a claim that is not
// offered soon is selected in the text or, where it doesn't stand there, written,
// a key a letter.
func (c *counter) target(e *reading.Editor, want annotation.Target) {
	c.t.Helper()
	const soon = 3
	there := func() bool { f := c.form(); return f.Target == want.Entity && f.Claim == want.Claim }
	for range soon {
		if there() {
			return
		}
		if want.Claim == "" {
			c.press("KeyU")
		}
	}
	if want.Claim == "" {
		c.until("KeyU", func(form) bool { return there() })
		return
	}
	if !strings.Contains(e.Text(0, 1<<30), want.Claim) {
		c.write(want.Claim)
	} else if way, ok := selecting(*e, func(r annotation.Range) bool { return e.Text(r.Start, r.End) == want.Claim }); ok {
		c.pressAll(append(way, reading.Key{Code: "KeyU"}))
		if !there() {
			c.t.Errorf("the claim that was selected is not the target: %+v", c.form())
		}
	} else {
		c.write(want.Claim)
	}
}

func (c *counter) write(claim string) {
	c.t.Helper()
	c.choose("#stance-target", "claim")
	c.see("#stance-claim")
	c.fill("#stance-claim", claim)
	for _, letter := range claim {
		c.keys = append(c.keys, string(letter))
	}
	c.reader.press("Escape") // back to the text
	c.settled()
}

func (c *counter) pressAll(way []reading.Key) {
	c.t.Helper()
	for _, k := range way {
		c.press(k.Code, modifiers(k)...)
	}
}

// strides are the keys by which a clause is reached and selected.
var strides = func() (out []reading.Key) {
	for _, shift := range []bool{false, true} {
		for _, k := range []reading.Key{
			{Code: "BracketRight"}, {Code: "BracketLeft"}, {Code: "Period"}, {Code: "ArrowLeft"}, {Code: "ArrowLeft", Ctrl: true}, {Code: "ArrowRight", Ctrl: true},
		} {
			k.Shift = shift
			out = append(out, k)
		}
	}
	return append(out, reading.Key{Code: "Space"})
}()

// selecting returns the fewest keys that select what is wanted, from the caret
// of the editor.
func selecting(from reading.Editor, wanted func(annotation.Range) bool) (way []reading.Key, ok bool) {
	type state struct {
		reading.Caret
		span string
	}
	type node struct {
		editor reading.Editor
		way    []reading.Key
	}
	seen := map[state]bool{}
	next := []node{{from, nil}}
	for len(next) > 0 && len(next) < 2_000 {
		var further []node
		for _, n := range next {
			if r, selected := n.editor.Selection(); selected && wanted(r) {
				return n.way, true
			}
			for _, k := range strides {
				ed := n.editor
				if _, used := ed.Key(k); used {
					s, _ := ed.Span()
					if at := (state{ed.Caret(), s.ID}); !seen[at] {
						seen[at] = true
						further = append(further, node{ed, append(slices.Clip(n.way), k)})
					}
				}
			}
		}
		next = further
	}
	return nil, false
}

// Each stance is entered by the keyboard alone. Counted from the caret at the
// start of the sentence, where somebody is who has just read it; an action is
// one key press with its modifiers.
func TestTheGoldStancesTakeFewKeys(t *testing.T) {
	const most = 8 // for the shared article, which the rules were written for
	g := readGold(t)
	data := t.TempDir()
	s := serve(t, data)
	b := open(t, "")
	b.signIn(s.signInLink())
	hashiya(t, data, "project", "create", "news")
	b.importFile(s.url("/p/news"), g.labelled(t, "admin"))
	b.openArticle(s.url("/p/news/a/" + g.article.ID))
	r := b.reading(g.article)
	labelled := g.layer()
	def := scheme.Default()
	def.Unassisted = true // the article is labelled
	editor := reading.NewEditor(&g.article, &def, func(int, int) (int, bool) { return 0, false })
	editor.Show(&labelled)
	for i, want := range g.Stances {
		e := want.Evidence[0]
		sentence := r.stops.Move(e.Start+1, caret.Sentence, false)
		r.goToByKeys(sentence)
		editor.Tapped(sentence, nil, false)
		way, ok := selecting(*editor, func(r annotation.Range) bool { return r == e.Range })
		c := &counter{reader: r}
		if !ok {
			r.selectByKeys(e.Start, e.End)
			c.keys = append(c.keys, "(walked)")
			editor.Dragged(e.Start, e.End, true)
		}
		c.pressAll(way)
		for _, k := range way {
			editor.Key(k)
		}
		c.press("KeyS")
		c.see(".stance-form")
		c.settled()
		if i == 0 {
			b.shot("stance-suggested")
		}
		holder := "e:" + want.Holder.Entity
		if want.Holder.Implicit {
			holder = "implicit"
		}
		c.until("KeyH", func(f form) bool { return f.Holder == holder })
		c.target(editor, want.Target)
		c.until("KeyI", func(f form) bool { return f.Mode == string(want.Mode) })
		n := slices.Index([]string{"favor", "against", "neutral", "discuss", "unclear"}, want.Label) + 1
		c.press(fmt.Sprint("Digit", n))
		c.press("Enter", ctrl)
		r.until("the form is closed", `!document.querySelector(".stance-form")`)
		t.Logf("%q: %d actions: %s", e.Text, len(c.keys), strings.Join(c.keys, " "))
		if g.shared() && len(c.keys) > most {
			t.Errorf("%q takes %d actions, at most %d are wanted", e.Text, len(c.keys), most)
		}
		r.press("Escape")
	}
	b.noErrors()

	var layer dataset.Layer
	within(t, 20*time.Second, "every stance that was entered is exported", func() bool {
		layer = exported(t, data, "news")[0].Layers[0]
		return len(layer.Stances) == len(g.Stances)
	})
	for _, w := range g.Stances {
		if !slices.ContainsFunc(layer.Stances, func(s dataset.Stance) bool {
			return s.Holder == w.Holder && s.Target == w.Target && s.Label == w.Label && s.Mode == w.Mode &&
				len(s.Evidence) == 1 && s.Evidence[0].Start == w.Evidence[0].Start && s.Evidence[0].End == w.Evidence[0].End
		}) {
			t.Errorf("not exported as entered: %+v", w)
		}
	}
}
