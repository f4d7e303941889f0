package api_test

import (
	"strings"
	"testing"

	"hashiya/app/annotation"
	"hashiya/app/wire"
	"hashiya/server/api"
)

func TestImportOfAnExportExportsTheSameAgainByteForByte(t *testing.T) {
	s, art := withArticle(t)
	a := s.add("سمر", wire.Annotator)
	entity := span(&art, "d1", 1, "e1")
	entity.Change = annotation.Change{Subject: "e1", Kind: annotation.PutEntity, Entity: &annotation.Entity{Name: "بوتين", Label: "PER"}}
	mention := span(&art, "d1", 2, "s1")
	mention.Span.Entity = "e1"
	stance := span(&art, "d1", 3, "x1")
	stance.Change = annotation.Change{Subject: "x1", Kind: annotation.PutStance, Stance: &annotation.Stance{
		Holder: annotation.Holder{Entity: "e1"}, Target: annotation.Target{Claim: "لا حرب"}, Label: "against", Mode: annotation.Quote,
		Evidence: []annotation.Range{{Start: 0, End: 12}},
	}}
	work := span(&art, "d1", 4, "w1")
	work.Change = annotation.Change{Subject: "w1", Kind: annotation.PutWork, Work: &annotation.Work{ActiveSeconds: 412}}
	done := span(&art, "d1", 5, "status")
	done.Change = annotation.Change{Subject: "status", Kind: annotation.SetStatus, Status: annotation.Done}
	if got := outcomes(a.push(entity, mention, stance, work, done)); got != "accepted accepted accepted accepted accepted" {
		t.Fatal(got)
	}
	op := s.asOperator()
	op.upload("news", file{"b.txt", "نص ثان بلا وسوم"})
	report := call[api.ExportReport](op, "GET", "/api/projects/news/export/report", nil)
	if report.Articles != 2 || report.Layers != 1 || report.Spans != 1 || report.Stances != 1 || report.Done != 1 {
		t.Errorf("the report is %+v", report)
	}
	_, first := op.do("GET", "/api/projects/news/export", nil)

	elsewhere := open(t).asOperator()
	call[wire.Project](elsewhere, "POST", "/api/projects", wire.NewProject{Name: "copy"})
	if r := elsewhere.upload("copy", file{"news.jsonl", string(first)}); r.Added != 2 || r.Layers != 1 || len(r.Refused) != 0 {
		t.Fatalf("the import said %+v", r)
	}
	_, second := elsewhere.do("GET", "/api/projects/copy/export", nil)
	if string(first) != string(second) {
		t.Errorf("the export of the import differs:\n%s\n%s", first, second)
	}
	if r := elsewhere.upload("copy", file{"news.jsonl", string(first)}); r.Added != 0 || r.Already != 2 || r.Layers != 0 || len(r.Refused) != 0 {
		t.Errorf("the import again said %+v", r)
	}
	if _, third := elsewhere.do("GET", "/api/projects/copy/export", nil); string(third) != string(first) {
		t.Error("importing twice changed the export")
	}
	if _, none := op.do("GET", "/api/projects/news/export?layer=omar", nil); strings.Contains(string(none), "سمر") || strings.Count(string(none), "\n") != 2 {
		t.Errorf("the export of one annotator's layers is %s", none)
	}
}

func TestAnExportAtAPositionStaysTheSame(t *testing.T) {
	s, art := withArticle(t)
	op, a := s.asOperator(), s.add("سمر", wire.Annotator)
	a.push(span(&art, "d1", 1, "s1"))
	at := call[api.ExportReport](op, "GET", "/api/projects/news/export/report", nil).Position
	_, before := op.do("GET", "/api/projects/news/export", nil)
	a.push(span(&art, "d1", 2, "s2"))
	op.upload("news", file{"b.txt", "نص ثان"})
	_, then := op.do("GET", "/api/projects/news/export?at="+itoa(at), nil)
	if string(then) != string(before) {
		t.Errorf("what was exported at %d has changed:\n%s\n%s", at, before, then)
	}
	if _, now := op.do("GET", "/api/projects/news/export", nil); string(now) == string(before) {
		t.Error("what came since is in no export")
	}
}

func TestWhatCantBeImportedIsNamedAndTheRestGoesIn(t *testing.T) {
	s, art := withArticle(t)
	good := `{"id":"g1","text":"نص جيد","text_sha256":"","offset_unit":"codepoint"}`
	r := s.asOperator().upload("news",
		file{"empty.txt", ""}, file{"bad.txt", "\xff\xfe\xfd"}, file{"good.txt", "نص جيد\r\nسطر"}, file{"again.txt", art.Text}, file{"lines.jsonl", good + "\n"})
	if r.Added != 1 || r.Already != 1 || len(r.Refused) != 3 {
		t.Fatalf("the report is %+v", r)
	}
	for i, want := range []struct {
		file string
		line int
	}{{"empty.txt", 0}, {"bad.txt", 0}, {"lines.jsonl", 1}} {
		if got := r.Refused[i]; got.File != want.file || got.Line != want.line || got.Reason == "" {
			t.Errorf("refusal %d is %+v, want %s:%d", i, got, want.file, want.line)
		}
	}
}
