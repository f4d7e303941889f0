package suggest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hashiya/app/annotation"
	"hashiya/app/arabic"
	"hashiya/app/article"
	"hashiya/app/internal/awkward"
	"hashiya/app/text"
)

func over(s, lang string) (*text.Index, []article.Paragraph) {
	a := article.New(s, lang, article.Meta{}, nil)
	return text.NewIndex(s), a.Paragraphs()
}

// said returns suggestions as "proclitic+form:label(entity)", with * behind
// those of the gazetteer.
func said(s string, found []Suggestion) string {
	x := text.NewIndex(s)
	var out []string
	for _, f := range found {
		one := x.Slice(f.Start, f.End) + ":" + f.Label
		if f.Proclitic != "" {
			one = f.Proclitic + "+" + one
		}
		if f.Entity != "" {
			one += "(" + f.Entity + ")"
		}
		if f.Source == FromGazetteer {
			one += "*"
		}
		out = append(out, one)
	}
	return strings.Join(out, " ")
}

func labelled(surface, label, entity string, times int) []Observation {
	return slices.Repeat([]Observation{{Surface: surface, Label: label, Entity: entity}}, times)
}

func refused(surface, label string, times int) []Observation {
	return slices.Repeat([]Observation{{Surface: surface, Label: label, Refused: true}}, times)
}

func TestSuggestions(t *testing.T) {
	putin := labelled("بوتين", "PER", "فلاديمير بوتين", 1)
	for name, c := range map[string]struct {
		lang, text, want string
		memory           []Observation
	}{
		"the gazetteer, behind proclitics": {
			text: "زار لأذربيجان وبأوكرانيا، لليمن للبنان وللبحرين في القاهرة",
			want: "ل+أذربيجان:GPE(أذربيجان)* وب+أوكرانيا:GPE(أوكرانيا)* ل+ليمن:GPE(اليمن)* ل+لبنان:GPE(لبنان)* ول+لبحرين:GPE(البحرين)*",
		},
		"spelling": {
			text: "اذربيجان أَذْرَبَيْجَان أذربيجـان ﺃﺫﺭﺑﻴﺠﺎﻥ ا\u0654ذربيجان",
			want: "اذربيجان:GPE(أذربيجان)* أَذْرَبَيْجَان:GPE(أذربيجان)* أذربيجـان:GPE(أذربيجان)* ﺃﺫﺭﺑﻴﺠﺎﻥ:GPE(أذربيجان)* ا\u0654ذربيجان:GPE(أذربيجان)*",
		},
		"usual names lead to the territory": {text: "السعودية والولايات المتحدة الأميركية", want: "السعودية:GPE(المملكة العربية السعودية)* و+الولايات المتحدة الأميركية:GPE(الولايات المتحدة)*"},
		"the longest form":                  {text: "جمهورية الكونغو الديمقراطية، الكونغو", want: "جمهورية الكونغو الديمقراطية:GPE(الكونغو - كينشاسا)* الكونغو:GPE(الكونغو - برازافيل)*"},
		"whole words only":                  {text: "روسياا لبنانية أذربيجاني"},
		"no name goes on in the next line":  {text: "كوستا\nبوركينا\nفاسو"},
		"what was labelled once":            {text: "قال بوتين وبوتين", memory: putin, want: "بوتين:PER(فلاديمير بوتين) و+بوتين:PER(فلاديمير بوتين)"},
		"not behind ف and ك":                {text: "فبوتين كبوتين", memory: putin},
		"refused as often as labelled":      {text: "قال بوتين", memory: append(refused("بوتين", "PER", 1), putin...)},
		"labelled more often than refused":  {text: "قال بوتين", memory: append(refused("بوتين", "PER", 1), labelled("بوتين", "PER", "", 3)...), want: "بوتين:PER"},
		"annotators disagree":               {text: "الكرملين", memory: append(labelled("الكرملين", "ORG", "", 3), labelled("الكرملين", "FAC", "", 3)...)},
		"annotators mostly agree":           {text: "الكرملين", memory: append(labelled("الكرملين", "ORG", "", 9), labelled("الكرملين", "FAC", "", 2)...), want: "الكرملين:ORG"},
		"short forms need two sightings":    {text: "ريا", memory: labelled("ريا", "ORG", "", 1)},
		"short forms with two sightings":    {text: "ريا", memory: labelled("ريا", "ORG", "", 2), want: "ريا:ORG"},
		"the project overrides the gazetteer": {
			text: "جورجيا", memory: labelled("جورجيا", "PER", "", 5), want: "جورجيا:PER",
		},
		"a name refused three times more often than accepted": {text: "تشاد", memory: refused("تشاد", "GPE", 3)},
		"a name refused once":                 {text: "تشاد", memory: refused("تشاد", "GPE", 1), want: "تشاد:GPE(تشاد)*"},
		"a name that was labelled":            {text: "تشاد", memory: labelled("تشاد", "GPE", "", 1), want: "تشاد:GPE(تشاد)"},
		"forms with digits and Latin":         {text: "“كوب 29” F-16 وF-16", memory: append(labelled("كوب 29", "EVENT", "", 1), labelled("F-16", "MISC", "", 1)...), want: "كوب 29:EVENT F-16:MISC و+F-16:MISC"},
		"a date with a slash":                 {text: "سبتمبر/أيلول 2018", memory: labelled("سبتمبر/أيلول 2018", "DATE", "", 1), want: "سبتمبر/أيلول 2018:DATE"},
		"emoji and controls do not count":     {text: "🙂 باكو\u200F 🙂", memory: labelled("باكو", "GPE", "", 1), want: "باكو:GPE"},
		"Persian":                             {lang: "fa", text: "ایران و آمریکا، وایران", want: "ایران:GPE(ایران)* آمریکا:GPE(ایالات متحده)*"},
		"Hebrew":                              {lang: "he", text: "ישראל וצרפת, צרפת", want: "ישראל:GPE(ישראל)* צרפת:GPE(צרפת)*"},
		"Urdu":                                {lang: "ur-PK", text: "پاکستان میں", want: "پاکستان:GPE(پاکستان)*"},
		"a language without a gazetteer":      {lang: "en", text: "Lebanon لبنان"},
		"words that are seldom the territory": {text: "خبير مالي بنين"},
	} {
		var m Memory
		for _, o := range c.memory {
			m.Add(o)
		}
		if c.lang == "" {
			c.lang = "ar"
		}
		x, p := over(c.text, c.lang)
		if got := said(c.text, NewIndex(c.lang, &m).Suggest(x, p, nil, nil)); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, c.want)
		}
	}
}

func TestWhatIsLabelledOrRefusedIsNotSuggestedAgain(t *testing.T) {
	const s = "بنك لبنان في لبنان ولبنان ولبنان"
	x, p := over(s, "ar")
	index := NewIndex("ar", nil)
	existing := []annotation.Span{
		{Start: 0, End: 9, Label: "ORG"},   // another label around it: spans nest
		{Start: 13, End: 18, Label: "LOC"}, // the same range
		{Start: 19, End: 22, Label: "PER"}, // crosses it
	}
	if got, want := said(s, index.Suggest(x, p, existing, nil)), "لبنان:GPE(لبنان)* و+لبنان:GPE(لبنان)*"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	existing[0].Label = "GPE"
	if got, want := said(s, index.Suggest(x, p, existing, nil)), "و+لبنان:GPE(لبنان)*"; got != want {
		t.Errorf("inside a span of its label: got %s, want %s", got, want)
	}
	if got := index.Suggest(x, p, existing, []Refusal{{27, 32, "GPE"}}); len(got) != 0 {
		t.Errorf("refused, and suggested again: %s", said(s, got))
	}
}

func TestOnlyTheGivenParagraphsAreSearched(t *testing.T) {
	const s = "لبنان\nمصر"
	x, p := over(s, "ar")
	if got := said(s, NewIndex("ar", nil).Suggest(x, p[1:], nil, nil)); got != "مصر:GPE(مصر)*" {
		t.Errorf("got %s", got)
	}
}

func TestSuggestionsKeepTheirPromises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var m Memory
		for _, o := range rapid.SliceOfN(observation(), 0, 20).Draw(t, "observations") {
			m.Add(o)
		}
		s := awkward.Any().Draw(t, "text")
		x, paragraphs := over(s, "ar")
		index := NewIndex("ar", &m)
		var existing []annotation.Span
		var no []Refusal
		for i, f := range index.Suggest(x, paragraphs, nil, nil) {
			switch i % 3 {
			case 1:
				existing = append(existing, annotation.Span{Start: f.Start, End: f.End, Label: f.Label})
			case 2:
				no = append(no, Refusal{f.Start, f.End, f.Label})
			}
		}
		got := index.Suggest(x, paragraphs, existing, no)
		if again := index.Suggest(x, paragraphs, existing, no); !slices.Equal(got, again) {
			t.Fatalf("once %v, then %v", got, again)
		}
		last := 0
		for _, f := range got {
			if f.Start < last || f.End <= f.Start {
				t.Fatalf("%+v overlaps or is empty", f)
			}
			last = f.End
			if !slices.ContainsFunc(paragraphs, func(p article.Paragraph) bool { return p.Start <= f.Start && f.End <= p.End }) {
				t.Fatalf("%+v lies in no paragraph", f)
			}
			if n := len([]rune(f.Proclitic)); x.Slice(f.Start-n, f.Start) != f.Proclitic || n > 0 && !arabic.IsProclitic(f.Proclitic) {
				t.Fatalf("%+v: no proclitic stands in front", f)
			}
			if f.Score < enough || f.Score >= 1 || barred(existing, f) || slices.Contains(no, Refusal{f.Start, f.End, f.Label}) {
				t.Fatalf("%+v should not be suggested", f)
			}
		}
	})
}

// barred says in the plainest way which suggestions existing spans leave no room
// for.
func barred(spans []annotation.Span, s Suggestion) bool {
	return slices.ContainsFunc(spans, func(e annotation.Span) bool {
		apart := e.End <= s.Start || s.End <= e.Start
		same := e.Start == s.Start && e.End == s.End
		inside := e.Start <= s.Start && s.End <= e.End
		around := s.Start <= e.Start && e.End <= s.End
		return !apart && (same || e.Label == s.Label || !inside && !around)
	})
}

func TestSpansLeaveRoomAsThePlainRuleSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		span := rapid.Custom(func(t *rapid.T) annotation.Span {
			start := rapid.IntRange(0, 20).Draw(t, "start")
			return annotation.Span{Start: start, End: start + rapid.IntRange(1, 12).Draw(t, "length"), Label: rapid.SampledFrom([]string{"GPE", "ORG"}).Draw(t, "label")}
		})
		existing, s := rapid.SliceOf(span).Draw(t, "existing"), span.Draw(t, "suggestion")
		f := Suggestion{Start: s.Start, End: s.End, Label: s.Label}
		if got, want := newSpanIndex(existing).has(f), barred(existing, f); got != want {
			t.Fatalf("barred: got %v, want %v", got, want)
		}
	})
}

func TestEveryTerritoryIsFoundByItsName(t *testing.T) {
	for _, lang := range []string{"ar", "fa", "he", "ur"} {
		index, n := NewIndex(lang, nil), 0
		for name, territory := range Territories(lang) {
			n++
			x, p := over(name, lang)
			got := index.Suggest(x, p, nil, nil)
			if len(got) != 1 || got[0].Start != 0 || got[0].End != x.Len() || got[0].Label != "GPE" || keyOf(got[0].Entity) != keyOf(territory) {
				t.Errorf("%s %s: got %s", lang, name, said(name, got))
			}
		}
		if n < 240 {
			t.Errorf("%s has %d names", lang, n)
		}
	}
}

// fiveThousandWords is a long article in which every third word is suggested.
func fiveThousandWords() string {
	var b strings.Builder
	for i := 0; i < 5000; i += 10 {
		fmt.Fprintf(&b, "وقال الرئيس الروسي كلمة%d لأذربيجان في باكو وبأوكرانيا، رقم%d للكرملين وعلييف ٢٠٢٤.\n", i%700, i)
	}
	return b.String()
}

func BenchmarkSuggest(b *testing.B) {
	var m Memory
	for _, o := range slices.Concat(labelled("باكو", "GPE", "", 2), labelled("الكرملين", "ORG", "", 2), labelled("الرئيس الروسي", "ROLE", "", 2)) {
		m.Add(o)
	}
	for i := range 20000 {
		m.Add(Observation{Surface: fmt.Sprintf("شكل%d آخر", i), Label: "MISC"})
	}
	x, p := over(fiveThousandWords(), "ar")
	index := NewIndex("ar", &m)
	var existing []annotation.Span
	for _, f := range index.Suggest(x, p, nil, nil)[:1000] {
		existing = append(existing, annotation.Span{Start: f.Start, End: f.End, Label: f.Label})
	}
	b.Run("5000 words", func(b *testing.B) {
		for b.Loop() {
			index.Suggest(x, p, nil, nil)
		}
	})
	b.Run("5000 words, 1000 spans", func(b *testing.B) {
		for b.Loop() {
			index.Suggest(x, p, existing, nil)
		}
	})
	b.Run("index of 20000 forms", func(b *testing.B) {
		for b.Loop() {
			NewIndex("ar", &m)
		}
	})
}
