package api_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"hashiya/app/annotation"
	"hashiya/app/sync"
	"hashiya/app/wire"
)

// taken is the file in which somebody took unsent work along.
func taken(annotator string, ops ...annotation.Op) file {
	var b bytes.Buffer
	for _, o := range ops {
		json.NewEncoder(&b).Encode(wire.Unsent{Format: wire.UnsentFormat, Annotator: annotator, Op: o})
	}
	return file{"hashiya-unsent.jsonl", b.String()}
}

// layerOps returns how many ops the annotator's layers have.
func (a *agent) layerOps() (n int) {
	a.t.Helper()
	for _, e := range call[wire.Events](a, "GET", "/api/events?poll=1", nil).Events {
		if e.Op != nil {
			n++
		}
	}
	return n
}

func TestUnsentWorkCountsOnceWhicheverWayItComesFirst(t *testing.T) {
	s, art := withArticle(t)
	a, op := s.add("سمر", wire.Annotator), s.asOperator()
	ops := []annotation.Op{span(&art, "d1", 1, "s1"), span(&art, "d1", 2, "s2"), span(&art, "d1", 3, "s3")}
	a.push(ops[0])
	for i, want := range []wire.ImportReport{{Ops: 2, OpsHad: 1}, {OpsHad: 3}} {
		r := op.upload("news", taken("سمر", append(ops, ops[2])...))
		if r.Ops != want.Ops || r.OpsHad != want.OpsHad+1 || len(r.Refused) != 0 { // one stands twice in the file
			t.Errorf("import %d: %+v", i+1, r)
		}
	}
	if got := a.push(append(ops, span(&art, "d1", 4, "s4"))...); outcomes(got) != "accepted accepted accepted accepted" {
		t.Errorf("the device itself then got %+v", got)
	}
	if n := a.layerOps(); n != 4 {
		t.Errorf("the layer has %d ops, want 4", n)
	}
	if n := s.add("omar", wire.Annotator).layerOps(); n != 0 {
		t.Errorf("somebody else has %d of them", n)
	}
}

func TestUnsentWorkOfARestoredProfileGetsTheIdThatTheDeviceWouldGiveIt(t *testing.T) {
	s, art := withArticle(t)
	a := s.add("سمر", wire.Annotator)
	a.push(span(&art, "d1", 1, "s1"), span(&art, "d1", 2, "s2"))
	again := []annotation.Op{span(&art, "d1", 2, "other"), span(&art, "d1", 3, "third")}
	again[1].Prev, again[1].Subject = []annotation.OpID{again[0].ID()}, "other"
	for i, want := range []int{2, 0} {
		if r := s.asOperator().upload("news", taken("سمر", again...)); r.Ops != want || r.OpsHad != 2-want || len(r.Refused) != 0 {
			t.Errorf("import %d: %+v", i+1, r)
		}
	}
	_, moved := sync.Head{}.Renumber(again)
	if got := a.push(moved...); outcomes(got) != "accepted accepted" {
		t.Errorf("the device that re-keys got %+v", got)
	}
	if n := a.layerOps(); n != 4 {
		t.Errorf("the layer has %d ops, want 4", n)
	}
}

func TestUnsentWorkAboutWhatIsNotHereCanBeImportedLater(t *testing.T) {
	s, art := withArticle(t)
	op := s.asOperator()
	stranger := taken("هند", span(&art, "d2", 1, "s1"))
	if r := op.upload("news", stranger); r.Ops != 0 || len(r.Refused) != 1 || !strings.Contains(r.Refused[0].Reason, "no account هند") {
		t.Errorf("for nobody: %+v", r)
	}
	s.add("هند", wire.Annotator)
	if r := op.upload("news", stranger); r.Ops != 1 {
		t.Errorf("once she is here: %+v", r)
	}
	later := span(&art, "d2", 2, "s2")
	later.Scheme = 7
	gone := taken("هند", later, span(&art, "d2", 3, "s3"), span(&art, "d3", 5, "s5"))
	r := op.upload("news", gone)
	if r.Ops != 0 || len(r.Refused) != 3 || r.Refused[2].Line != 3 || !strings.Contains(r.Refused[2].Reason, "from 1 on") {
		t.Fatalf("work under a scheme that is not here, and behind a gap: %+v", r)
	}
	later.Scheme = 1
	if r := op.upload("news", taken("هند", later, span(&art, "d2", 3, "s3"))); r.Ops != 2 {
		t.Errorf("nothing was refused for ever: %+v", r)
	}
}

func TestWhatIsWrongWithUnsentWorkIsToldByACode(t *testing.T) {
	s, art := withArticle(t)
	a := s.add("سمر", wire.Annotator)
	bad := span(&art, "d1", 1, "s1")
	bad.Span.Label = "NOPE"
	for _, from := range []string{"file", "device"} {
		var code annotation.FaultCode
		var params map[string]string
		if from == "file" {
			r := s.asOperator().upload("news", taken("سمر", bad, span(&art, "d1", 2, "s2")))
			if r.Ops != 1 || len(r.Refused) != 1 {
				t.Fatalf("%+v", r)
			}
			code, params = r.Refused[0].Code, r.Refused[0].Params
		} else {
			r := a.push(bad)
			code, params = r[0].Code, r[0].Params
		}
		if code != annotation.NoLabel || params["label"] != "NOPE" || params["version"] != "1" {
			t.Errorf("by the %s: %q %v", from, code, params)
		}
	}
	broken := taken("سمر", span(&art, "d1", 3, "s3"))
	broken.content = strings.Replace(broken.content, `"v":1`, `"v":1,"hologram":1`, 1) + "\n" + taken("سمر", span(&art, "d1", 3, "s3")).content
	if r := s.asOperator().upload("news", broken); r.Ops != 1 || len(r.Refused) != 1 || r.Refused[0].Line != 1 {
		t.Errorf("a line that can't be read, and one that can: %+v", r)
	}
}

func TestOnlyWhoMayImportBringsUnsentWork(t *testing.T) {
	s, art := withArticle(t)
	a := s.add("سمر", wire.Annotator)
	body, contentType := form(taken("omar", span(&art, "d1", 1, "s1")))
	s.add("omar", wire.Annotator)
	if resp, _ := a.do("POST", "/api/projects/news/articles", body, "Content-Type", contentType); resp.StatusCode != 403 {
		t.Errorf("an annotator's import is answered with %s", resp.Status)
	}
}
