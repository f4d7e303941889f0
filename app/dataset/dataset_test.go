package dataset

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/text"
)

var update = flag.Bool("update", false, "write the golden file of testdata anew")

const body = "قال «أحمد» لأذربيجان 🕊️ F-16\r\nســلامٌ في سبتمبر/أيلول 2023 و2003\u200F\u2028نهاية"

// at returns the range of the first occurrence of part in body.
func at(t testing.TB, part string) annotation.Range {
	t.Helper()
	b := strings.Index(body, part)
	if b < 0 {
		t.Fatalf("%q is not in the text", part)
	}
	x := text.NewIndex(body)
	return annotation.Range{Start: x.FromByte(b), End: x.FromByte(b + len(part))}
}

// document has everything that a layer can hold.
func document(t testing.TB) Document {
	name, place, war, when := at(t, "أحمد"), at(t, "أذربيجان"), at(t, "أذربيجان 🕊️ F-16"), at(t, "سبتمبر/أيلول 2023")
	return Document{
		Article: article.New(body, "ar", article.Meta{
			Title: "ســلامٌ <b>", Outlet: "الديوان", Published: "2026-02-17", Fetched: "2026-02-18T00:00:00Z", Credits: []string{"وكالات"},
		}, []article.Region{{Kind: article.Title, Start: 0, End: 10}, {Kind: article.Body, Start: 10, End: 40}}),
		Layers: []NamedLayer{
			{"ليلى", annotation.Layer{
				Status: annotation.Done, Scheme: 3, ActiveSeconds: 412,
				Entities: []annotation.NamedEntity{
					{ID: "e1", Entity: annotation.Entity{Name: "أحمد", Label: "PER"}},
					{ID: "e2", Entity: annotation.Entity{Name: "أذربيجان & جوارها", Label: "GPE"}},
				},
				Spans: []annotation.NamedSpan{
					{ID: "s1", Span: annotation.Span{Start: name.Start, End: name.End, Label: "PER", Entity: "e1"}},
					{ID: "s2", Span: annotation.Span{Start: war.Start, End: war.End, Label: "EVENT"}},
					{ID: "s3", Span: annotation.Span{Start: place.Start, End: place.End, Label: "GPE", Proclitic: "ل", Entity: "e2", Source: annotation.FromGazetteer}},
					{ID: "s4", Span: annotation.Span{Start: when.Start, End: when.End, Label: "DATE"}},
				},
				Stances: []annotation.NamedStance{{ID: "t1", Stance: annotation.Stance{
					Holder: annotation.Holder{Entity: "e1"}, Via: []annotation.Holder{{Outlet: true}},
					Target: annotation.Target{Claim: "السلام"}, Label: "favor", Mode: annotation.Quote,
					Evidence: []annotation.Range{name, when}, Intensity: 2, Certainty: 3, Note: "واضح",
				}}, {ID: "t2", Stance: annotation.Stance{ // the whole article's, on a required target
					Holder: annotation.Holder{Outlet: true}, Via: []annotation.Holder{}, Target: annotation.Target{Claim: "المفاوضات"},
					Label: "neutral", Mode: annotation.Narration, Evidence: []annotation.Range{},
				}}},
				Refusals: []annotation.NamedRefusal{{ID: "r1", Refusal: annotation.Refusal{Start: name.Start, End: name.End, Label: "GPE", Source: annotation.FromMemory}}},
				Comments: []annotation.NamedComment{{ID: "c1", Comment: annotation.Comment{On: "s3", Text: "أين الحد؟"}}, {ID: "c2", Comment: annotation.Comment{Text: "نصّ ناقص", Flag: true}}},
			}},
			{"ben", annotation.Layer{Status: annotation.Skipped, SkipReason: "مكرر", Scheme: 1}},
			{"nobody", annotation.Layer{Status: annotation.New}},
		},
	}
}

func TestTheCanonicalLineIsTheGoldenOne(t *testing.T) {
	got, err := Marshal(document(t))
	if err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/canonical.jsonl"
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s\n(after a wanted change of the form: go test -update)", got, want)
	}
}

func TestReadingTheCanonicalLineAndWritingItGivesItBack(t *testing.T) {
	first, err := Marshal(document(t))
	if err != nil {
		t.Fatal(err)
	}
	d, err := Unmarshal(first)
	if err != nil {
		t.Fatal(err)
	}
	second, err := Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, second) {
		t.Errorf("first\n%s\nsecond\n%s", first, second)
	}
}

// Each case changes one thing in a good line.
func TestALineThatWouldLoseOrBendSomethingIsRefused(t *testing.T) {
	line, err := Marshal(document(t))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ old, new, want string }{
		"UTF-16 offsets":               {`"offset_unit":"codepoint"`, `"offset_unit":"utf16"`, `offset_unit is "utf16"`},
		"no unit":                      {`"offset_unit":"codepoint",`, ``, `offset_unit is ""`},
		"another text":                 {`قال «أحمد»`, `قال «أحمدُ»`, "the text was altered"},
		"an unknown key":               {`"status":"done"`, `"status":"done","mood":"good"`, `the key "mood"`},
		"a shifted span":               {`"id":"s4","start":41`, `"id":"s4","start":40`, "span s4"},
		"a span behind the text":       {`"id":"s1","start":5,"end":9`, `"id":"s1","start":5,"end":999`, "[5,999)"},
		"shifted evidence":             {`"evidence":[{"start":5`, `"evidence":[{"start":4`, "stance t1, evidence 1"},
		"an id twice":                  {`"id":"s2"`, `"id":"e1"`, "the id e1 stands twice"},
		"the status's id":              {`"id":"s2"`, `"id":"status"`, "belongs to the status"},
		"an id with a blank":           {`"id":"s2"`, `"id":"s 2"`, "want only letters"},
		"a span of no entity":          {`"proclitic":"ل","entity":"e2"`, `"proclitic":"ل","entity":"e9"`, "entity e9"},
		"two holders":                  {`"holder":{"entity":"e1"}`, `"holder":{"entity":"e1","author":true}`, "exactly one"},
		"no target":                    {`"target":{"claim":"السلام"}`, `"target":{}`, "target"},
		"a mode nobody has":            {`"mode":"quote"`, `"mode":"shout"`, `mode "shout"`},
		"a status nobody has":          {`"status":"done"`, `"status":"finished"`, `status "finished"`},
		"no scheme version":            {`"scheme":3`, `"scheme":0`, "versions count from 1"},
		"negative time":                {`"active_seconds":412`, `"active_seconds":-1`, "active_seconds"},
		"two layers of one":            {`"annotator":"ben"`, `"annotator":"ليلى"`, "two layers"},
		"a layer of nobody":            {`"annotator":"ben"`, `"annotator":""`, "no annotator"},
		"a region kind nobody has":     {`"kind":"title"`, `"kind":"headline"`, `"headline"`},
		"regions that overlap":         {`"kind":"body","start":10`, `"kind":"body","start":9`, "region body"},
		"a direction nobody has":       {`"dir":"rtl"`, `"dir":"ttb"`, `dir is "ttb"`},
		"no language":                  {`"lang":"ar"`, `"lang":""`, "lang is missing"},
		"a date in another form":       {`"2026-02-17"`, `"17/02/2026"`, "meta.published"},
		"a time in another form":       {`"2026-02-18T00:00:00Z"`, `"yesterday"`, "meta.fetched"},
		"half a surrogate pair":        {`السلام"`, `\ud83d"`, `\ud83d is half`},
		"a pair the wrong way round":   {`السلام"`, `\udd4a\ud83d"`, `\udd4a is half`},
		"bad UTF-8":                    {`السلام"`, "\xff\"", "not valid UTF-8"},
		"a number for a text":          {`"annotator":"ben"`, `"annotator":5`, "annotator is a JSON number"},
		"something behind the article": {"]}]}\n", "]}]} {}", "something follows"},
		"no closing brace":             {"]}\n", "]", "cut off"},
	} {
		t.Run(name, func(t *testing.T) {
			bad := strings.Replace(string(line), c.old, c.new, 1)
			if bad == string(line) {
				t.Fatalf("%s is not in the line %s", c.old, line)
			}
			if _, err := Unmarshal([]byte(bad)); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one that says %q", err, c.want)
			}
		})
	}
}

func TestASurrogatePairWrittenAsEscapesIsOneCharacter(t *testing.T) {
	line, err := Marshal(document(t))
	if err != nil {
		t.Fatal(err)
	}
	escaped := strings.ReplaceAll(string(line), "🕊", `\ud83d\udd4a`)
	d, err := Unmarshal([]byte(escaped))
	if err != nil {
		t.Fatal(err)
	}
	if d.Article.Text != body {
		t.Errorf("text %q", d.Article.Text)
	}
}

func TestEveryImportedOpIsOneThatTheLogTakes(t *testing.T) {
	d := document(t)
	ops, err := Ops("p", &d.Article, d.Layers[0])
	if err != nil {
		t.Fatal(err)
	}
	for i := range ops {
		if err := ops[i].Validate(); err != nil {
			t.Error(err)
		}
		if ops[i].Seq != uint64(i+1) || ops[i].Action != "" || ops[i].Scheme != 3 {
			t.Errorf("op %d is %+v", i, ops[i])
		}
	}
	if len(ops[0].Device) != 32 {
		t.Errorf("device %q, want 32 hex digits", ops[0].Device)
	}
	var f annotation.Fold
	f.Add(ops...)
	before, _ := Digest(&d.Article, d.Layers[0])
	after, _ := Digest(&d.Article, NamedLayer{"ليلى", f.Layer()})
	if before != after {
		t.Error("the ops make another layer than the one imported")
	}
}

func TestALayerThatDoesNotFitItsArticleIsAnErrorNotAPanic(t *testing.T) {
	d := document(t)
	d.Layers[0].Spans[0].End = 1000
	if _, err := Marshal(d); err == nil || !strings.Contains(err.Error(), "span s1") {
		t.Errorf("error %v", err)
	}
}

func TestKeysStandInTheOrderOfTheContract(t *testing.T) {
	line, err := Marshal(document(t))
	if err != nil {
		t.Fatal(err)
	}
	dec := json.NewDecoder(bytes.NewReader(line))
	var keys []string
	depth, key := 0, false
	for {
		tok, err := dec.Token()
		if err != nil {
			break
		}
		switch v := tok.(type) {
		case json.Delim:
			if v == '{' || v == '[' {
				depth++
			} else {
				depth--
			}
			key = depth == 1
		case string:
			if depth == 1 && key {
				keys = append(keys, v)
			}
			key = depth == 1 && !key
		}
	}
	if got := strings.Join(keys, " "); got != "id text text_sha256 offset_unit lang dir meta regions layers" {
		t.Errorf("keys %s", got)
	}
}
