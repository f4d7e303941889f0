package reading

import (
	"context"
	"strings"
	"sync"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/desk"
	"hashiya/app/scheme"
)

// news is a short article with what makes Arabic news hard to label.
const news = "بوتين في أذربيجان\n\n" +
	"باكو – وصل الرئيس الروسي فلاديمير بوتين إلى باكو. وقال «بوتين» إنّ روسيا مدينة لأذربيجان، وبأوكرانيا كذلك.\r\n" +
	"في سبتمبر/أيلول 2018 وقّعت GDP\u200f 3.5% و2003 عقدًا مع مُحَمَّد 🙂 ومحمد.\n\n" +
	"اقرأ أيضًا: أذربيجان وروسيا"

func newsArticle() article.Article {
	title := strings.Index(news, "\n\n")
	body := strings.Index(news, "باكو –")
	more := strings.Index(news, "اقرأ")
	cp := func(b int) int { return len([]rune(news[:b])) }
	return article.New(news, "ar", article.Meta{Title: "بوتين في أذربيجان", Outlet: "المرصد"}, []article.Region{
		{Kind: article.Title, Start: 0, End: cp(title)},
		{Kind: article.Body, Start: cp(body), End: cp(more) - 2},
		{Kind: article.ReadAlso, Start: cp(more), End: cp(len(news))},
	})
}

// store is a desk.Store in memory.
type store struct {
	mu     sync.Mutex
	device string
	ops    []annotation.Op
}

func (s *store) Device(context.Context) (string, error) { return s.device, nil }

func (s *store) Append(_ context.Context, drafts []annotation.Op) ([]annotation.Op, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]annotation.Op, len(drafts))
	seq, lamport := uint64(0), uint64(0)
	for _, o := range s.ops {
		lamport = max(lamport, o.Lamport)
		if o.Device == s.device {
			seq = max(seq, o.Seq)
		}
	}
	for i, o := range drafts {
		o.Device, o.Seq, o.Lamport = s.device, seq+uint64(i)+1, lamport+uint64(i)+1
		out[i] = o
	}
	s.ops = append(s.ops, out...)
	return out, nil
}

func (s *store) Ops(context.Context, string, string) ([]annotation.Op, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]annotation.Op(nil), s.ops...), nil
}

// arrive puts an op of another device into the store.
func (s *store) arrive(o annotation.Op) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ops = append(s.ops, o)
}

// annotator drives an editor over a real desk, as the screen does.
type annotator struct {
	*Editor
	desk  *desk.Desk
	store *store
	t     failer
	last  Outcome
}

type failer interface {
	Helper()
	Fatalf(string, ...any)
}

func work(t failer, a article.Article) *annotator {
	s := &store{device: strings.Repeat("a", 32)}
	d, err := desk.Open(context.Background(), s, "p", a, 1, time.Now, func() {})
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	sch := scheme.Default()
	w := &annotator{desk: d, store: s, t: t}
	w.Editor = NewEditor(d.Article(), &sch, func(at, lines int) (int, bool) {
		if to := at + 40*lines; to >= 0 && to <= len([]rune(a.Text)) {
			return to, true
		}
		return 0, false
	})
	w.Show(d.Layer())
	return w
}

// do brings an outcome to the desk.
func (w *annotator) do(o Outcome) *annotator {
	w.last = o
	w.desk.Do(o.Changes...)
	w.Show(w.desk.Layer())
	return w
}

func (w *annotator) press(code string, m mods) *annotator {
	o, _ := w.Key(Key{Code: code, Ctrl: m&ctrl != 0, Alt: m&alt != 0, Shift: m&shift != 0})
	return w.do(o)
}

// find returns the range of the nth occurrence (from 0) of part.
func (w *annotator) find(part string, nth int) (int, int) {
	w.t.Helper()
	text, from := w.article.Text, 0
	for ; ; nth-- {
		i := strings.Index(text[from:], part)
		if i < 0 {
			w.t.Fatalf("%q is not in the text", part)
		}
		if from += i; nth == 0 {
			start := len([]rune(text[:from]))
			return start, start + len([]rune(part))
		}
		from += len(part)
	}
}

// over drags over the nth occurrence of part and gives it the label.
func (w *annotator) over(part string, nth int, label string) *annotator {
	w.t.Helper()
	start, end := w.find(part, nth)
	w.do(w.Dragged(start, end, false))
	w.do(w.Label(label))
	if w.last.Refused != none {
		w.t.Fatalf("%s over %q: %s", label, part, w.last.Refused.En)
	}
	return w
}

// at puts the caret into the nth occurrence of part, by so many letters.
func (w *annotator) at(part string, nth, letters int) *annotator {
	w.t.Helper()
	start, _ := w.find(part, nth)
	return w.do(w.Tapped(start+letters, nil, false))
}

func (w *annotator) spans() string {
	var out []string
	for _, s := range w.layer.Spans {
		one := s.Label + " " + w.Text(s.Start, s.End)
		if s.Proclitic != "" {
			one += " (" + s.Proclitic + "-)"
		}
		out = append(out, one)
	}
	return strings.Join(out, " | ")
}

func (w *annotator) entities() string {
	var out []string
	for _, g := range w.EntityGroups() {
		out = append(out, g.Label+" "+g.Name+" ×"+string(rune('0'+len(g.Mentions))))
	}
	return strings.Join(out, " | ")
}

func (w *annotator) wants(what, got, want string) {
	w.t.Helper()
	if got != want {
		w.t.Fatalf("%s:\n got %s\nwant %s", what, got, want)
	}
}

func awkwardArticle(s string) article.Article { return article.New(s, "ar", article.Meta{}, nil) }
