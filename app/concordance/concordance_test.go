package concordance

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hashiya/app/annotation"
	"hashiya/app/arabic"
	"hashiya/app/article"
	"hashiya/app/internal/awkward"
	"hashiya/app/text"
)

func found(typed, s string) string {
	var out []string
	for _, r := range NewQuery(typed).In(s) {
		out = append(out, text.NewIndex(s).Slice(r.Start, r.End))
	}
	return strings.Join(out, " | ")
}

func TestSpellingMakesNoDifferenceToAQuery(t *testing.T) {
	for _, c := range []struct{ typed, in, want string }{
		{"اذربيجان", "لأذربيجان وبأذربيجان، أَذْرَبَيْجَان وآذربيجان", "أذربيجان | أذربيجان | أَذْرَبَيْجَان | آذربيجان"},
		{"السلام", "السـلام والســـلام السَّلامُ", "السـلام | الســـلام | السَّلامُ"},
		{"لا", "ﻻ لا لَا", "ﻻ | لا | لَا"},
		{"الان", "الا\u0653ن الآن", "الا\u0653ن | الآن"},
		{"لاردن", "لﻷردن", "ﻷردن"}, // the ligature brings a lam of its own
		{"الأردن", "اﻷردن", "اﻷردن"},
		{"القاهره", "القاهرة", "القاهرة"},
		{"2018", "سبتمبر/أيلول ٢٠١٨ ۲۰۱۸", "٢٠١٨ | ۲۰۱۸"},
		{"gdp", "وقّعت GDP\u200f 3.5%", "GDP"},
		{"مي خواهم", "می\u200cخواهم", ""},
		{"ميخواهم", "می\u200cخواهم", "می\u200cخواهم"},
		{"بوتين  في\tموسكو", "قال «بوتين في موسكو»", "بوتين في موسكو"},
		{"بوتين موسكو", "بوتين\r\nموسكو", ""}, // none goes over the end of a line
		{"🙂", "عقد 🙂🙂", "🙂 | 🙂"},
		{"", "نص", ""},
		{" \u200f ", "نص", ""},
	} {
		if got := found(c.typed, c.in); got != c.want {
			t.Errorf("%q in %q: %q, want %q", c.typed, c.in, got, c.want)
		}
	}
}

func TestWhatStandsInATextIsFoundInIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := awkward.Any().Draw(t, "text")
		x := text.NewIndex(s)
		if x.Len() == 0 {
			return
		}
		from := rapid.IntRange(0, x.Len()-1).Draw(t, "from")
		to := rapid.IntRange(from+1, x.Len()).Draw(t, "to")
		part := x.Slice(from, to)
		last := 0
		hits := NewQuery(part).In(s)
		for _, r := range hits {
			if r.Start < last || r.End <= r.Start || r.End > x.Len() {
				t.Fatalf("%+v is out of order in %d code points", r, x.Len())
			}
			if got := Comparable(x.Slice(r.Start, r.End)); got != Comparable(strings.Join(strings.Fields(part), " ")) {
				t.Fatalf("%q is found as %q", part, got)
			}
			last = r.End
		}
		letters := NewQuery(part).Letters() > 0 && !strings.ContainsAny(part, "\r\n")
		if letters && len(hits) == 0 && !strings.ContainsAny(part[:1]+part, "\u0653") {
			t.Fatalf("%q is not found in %q", part, s)
		}
	})
}

func TestLookingAtAnArticleFindsWhatItsParagraphsHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := awkward.Any().Draw(t, "text")
		if s == "" {
			return
		}
		a := article.New(s, "ar", article.Meta{}, nil)
		q := NewQuery(rapid.SampledFrom(awkward.Pieces).Draw(t, "piece"))
		hits, first := q.Look(&a, 3)
		if want := q.Hits(text.NewIndex(s), a.Annotated()); hits != len(want) || len(first) != min(3, len(want)) {
			t.Fatalf("%d hits, %d listed, want %d", hits, len(first), len(want))
		}
	})
}

func TestOnlyThePartThatIsAnnotatedIsLookedThrough(t *testing.T) {
	body := "وصل بوتين إلى باكو وقال كلامًا طويلًا جدًّا جدًّا جدًّا ثم عاد بوتين.\r\n"
	s := body + "اقرأ أيضًا: بوتين"
	a := article.New(s, "ar", article.Meta{}, []article.Region{{Kind: article.Body, Start: 0, End: len([]rune(body))}})
	hits, first := NewQuery("بوتين").Look(&a, 1)
	if hits != 2 || len(first) != 1 {
		t.Fatalf("%d hits, %d listed", hits, len(first))
	}
	p := first[0]
	if p.Before != "وصل " || p.Text != "بوتين" || !strings.HasPrefix(p.After, " إلى باكو") || strings.Contains(p.After, "\n") || p.Start != 4 || p.End != 9 {
		t.Errorf("the place is %+v", p)
	}
}

func TestAMarkDoesNotTearLamAlefApart(t *testing.T) {
	for _, c := range []struct {
		before, text, after, want string
	}{
		{"سيعود ل", "أذربيجان", " ثم", "سيعود |لأذربيجان| ثم"},
		{"سيعود لَ", "أذربيجان", "", "سيعود |لَأذربيجان|"},
		{"ل", "إيران", "", "|لإيران|"},
		{"سيعود ب", "أذربيجان", "", "سيعود ب|أذربيجان|"},
		{"قل ", "أذربيجان", "", "قل |أذربيجان|"},
		{"ل", "لجنة", "", "ل|لجنة|"},
		{"", "أ", "", "|أ|"},
		{"\u200f", "ا", "", "\u200f|ا|"},
		{"يوم ", "ال", "أَحد", "يوم |الأَ|حد"},
		{"يوم ", "ال", "جمعة", "يوم |ال|جمعة"},
		{"", "ل", " أ", "|ل| أ"},
	} {
		before, marked, after := Place{Before: c.before, Text: c.text, After: c.after}.Shown()
		if got := before + "|" + marked + "|" + after; got != c.want {
			t.Errorf("%q, %q, %q: shown as %q, want %q", c.before, c.text, c.after, got, c.want)
		}
	}
}

// the names of a place, with a + before what is sure.
func told(ms []Mention) string {
	var out []string
	for _, m := range ms {
		s := m.Proclitic + "|" + m.Text
		switch m.Rule.Trust() {
		case arabic.Sure:
			s = "+" + s
		case arabic.OnRequest:
			s = "?" + s
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

const meeting = "التقى علييف الوزير. قال «علييف» لعلييف وبعلييف إنّ عَلِيِيف وعلييـف كعلييف. إلهام علييف.\n"

func TestANameIsFoundByTheTiersOfOneArticle(t *testing.T) {
	a := article.New(meeting, "ar", article.Meta{}, nil)
	f := Find(&a, &annotation.Layer{}, Name{Core: "علييف", Label: "PER"})
	if got, want := told(f.Open), "+|علييف +|علييف ل|علييف وب|علييف +|عَلِيِيف و|علييـف ?ك|علييف +|علييف"; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func TestWhatIsNoChoiceIsLeftOutAndCounted(t *testing.T) {
	a := article.New(meeting, "ar", article.Meta{}, nil)
	r := func(part string, nth int) (int, int) {
		before := strings.Join(strings.SplitN(meeting, part, nth+1)[:nth], part)
		n := len([]rune(before))
		return n, n + len([]rune(part))
	}
	start, end := r("علييف", 1)
	no, noEnd := r("علييف", 2)
	l := annotation.Layer{
		Spans:    []annotation.NamedSpan{{ID: "s1", Span: annotation.Span{Start: start, End: end, Label: "ORG"}}},
		Refusals: []annotation.NamedRefusal{{ID: "r1", Refusal: annotation.Refusal{Start: no, End: noEnd, Label: "PER"}}},
	}
	n := Name{Core: "علييف", Label: "PER", Longer: []string{"إلهام علييف", "شيء آخر"}}
	f := Find(&a, &l, n)
	if f.LeftOut != (LeftOut{Labelled: 1, Refused: 1, Longer: 1}) || len(f.Open) != 5 {
		t.Errorf("%+v, open %s", f.LeftOut, told(f.Open))
	}
	l.Status = annotation.Done
	if f = Find(&a, &l, n); f.LeftOut != (LeftOut{Labelled: 1, Longer: 1, Finished: 6}) || len(f.Open) != 0 {
		t.Errorf("done: %+v, open %s", f.LeftOut, told(f.Open))
	}
}

func TestWhoIsMeantIsNotGuessed(t *testing.T) {
	a := article.New(meeting, "ar", article.Meta{}, nil)
	span := annotation.NamedSpan{ID: "s1", Span: annotation.Span{Start: 6, End: 11, Label: "PER", Entity: "e1"}}
	person := func(id, name string) annotation.NamedEntity {
		return annotation.NamedEntity{ID: id, Entity: annotation.Entity{Name: name, Label: "PER"}}
	}
	for what, c := range map[string]struct {
		layer annotation.Layer
		want  bool
		own   int
	}{
		"nobody yet":             {annotation.Layer{}, false, 0},
		"the same name":          {annotation.Layer{Entities: []annotation.NamedEntity{person("e1", "إلهام عَلِييف")}}, false, 1},
		"the same, mentioned":    {annotation.Layer{Entities: []annotation.NamedEntity{person("e1", "إلهام علييف")}, Spans: []annotation.NamedSpan{span}}, false, 1},
		"two of the name":        {annotation.Layer{Entities: []annotation.NamedEntity{person("e1", "إلهام علييف"), person("e2", "إلهام علييف")}}, true, 2},
		"somebody else":          {annotation.Layer{Entities: []annotation.NamedEntity{person("e1", "حيدر علييف")}, Spans: []annotation.NamedSpan{span}}, true, 0},
		"somebody else, unnamed": {annotation.Layer{Entities: []annotation.NamedEntity{person("e2", "علييف")}}, true, 0},
		"an unlike name":         {annotation.Layer{Entities: []annotation.NamedEntity{person("e1", "بوتين")}}, false, 0},
	} {
		n := Name{Core: "علييف", Label: "PER", Entity: "إلهام علييف"}
		if f := Find(&a, &c.layer, n); f.Unclear != c.want {
			t.Errorf("%s: unclear is %v", what, f.Unclear)
		}
		if own := Bearers(&c.layer, n.Entity, n.Label); len(own) != c.own {
			t.Errorf("%s: borne by %v", what, own)
		}
	}
}

// Whatever is found open can be labelled: it lies in the article, touches no
// span and no other place, and what is left out is all the rest.
func TestFoundPlacesKeepTheirPromises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Repeat(awkward.Any().Draw(t, "text")+" ", 3)
		a := article.New(s, "ar", article.Meta{}, nil)
		x := text.NewIndex(s)
		words := text.Words(s)
		if len(words) == 0 {
			return
		}
		w := rapid.SampledFrom(words).Draw(t, "word")
		var l annotation.Layer
		for range rapid.IntRange(0, 3).Draw(t, "spans") {
			o := rapid.SampledFrom(words).Draw(t, "labelled")
			l.Spans = append(l.Spans, annotation.NamedSpan{Span: annotation.Span{Start: o.Start, End: o.End, Label: "PER"}})
		}
		l = settled(l)
		n := Name{Core: x.Slice(w.Start, w.End), Label: "PER"}
		free, with := Find(&a, &annotation.Layer{}, n), Find(&a, &l, n)
		if got := len(with.Open) + with.LeftOut.Labelled + with.LeftOut.Longer; got != len(free.Open) {
			t.Fatalf("%d places without a layer, %d with one", len(free.Open), got)
		}
		last := 0
		for _, m := range with.Open {
			if m.Start < last || x.Slice(m.Start, m.End) != m.Text {
				t.Fatalf("%+v", m)
			}
			for _, sp := range l.Spans {
				if sp.Start < m.End && m.Start < sp.End {
					t.Fatalf("%+v touches %+v", m, sp)
				}
			}
			last = m.End
		}
	})
}

func settled(l annotation.Layer) annotation.Layer {
	var f annotation.Fold
	for i, s := range l.Spans {
		span := s.Span
		f.Add(annotation.Op{Device: "d", Seq: uint64(i) + 1, Lamport: uint64(i) + 1, Change: annotation.Change{Subject: string(rune('a' + i)), Kind: annotation.PutSpan, Span: &span}})
	}
	return f.Layer()
}
