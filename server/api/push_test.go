package api_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"hashiya/app/annotation"
	"hashiya/app/wire"
)

func outcomes(results []wire.Result) string {
	var out []string
	for _, r := range results {
		out = append(out, string(r.Outcome))
	}
	return strings.Join(out, " ")
}

func TestPushingAgainGetsTheFirstAnswersAndAddsNothingToTheLog(t *testing.T) {
	s, art := withArticle(t)
	a := s.add("سمر", wire.Annotator)
	bad := span(&art, "d1", 2, "s2")
	bad.Span.Label = "KING"
	ops := []annotation.Op{span(&art, "d1", 1, "s1"), bad, span(&art, "d1", 3, "s3")}
	first := a.push(ops...)
	if outcomes(first) != "accepted refused accepted" || first[1].Reason == "" {
		t.Fatalf("the first answers are %+v", first)
	}
	_, _, before, _ := s.log.Info(t.Context())
	if again := a.push(ops...); fmt.Sprint(again) != fmt.Sprint(first) {
		t.Errorf("the second answers are %+v, the first were %+v", again, first)
	}
	if _, _, after, _ := s.log.Info(t.Context()); after != before {
		t.Errorf("pushing again moved the log from %d to %d", before, after)
	}
}

func TestTheSameOpTwiceInOnePushIsOneOp(t *testing.T) {
	s, art := withArticle(t)
	a := s.add("سمر", wire.Annotator)
	o := span(&art, "d1", 1, "s1")
	got := a.push(o, o)
	if outcomes(got) != "accepted accepted" || got[0].Pos != got[1].Pos {
		t.Errorf("answered with %+v, want one position twice", got)
	}
}

func TestAGapSaysWhereToGoOnAndIsForgotten(t *testing.T) {
	s, art := withArticle(t)
	a := s.add("سمر", wire.Annotator)
	a.push(span(&art, "d1", 1, "s1"))
	push := wire.PushRequest{Ops: []annotation.Op{span(&art, "d1", 4, "s4")}}
	p := a.refuse(409, "gap", "POST", "/api/ops", push)
	if p.Device != "d1" || p.Expected != 2 {
		t.Errorf("the problem names device %q and seq %d, want d1 and 2", p.Device, p.Expected)
	}
	got := a.push(span(&art, "d1", 2, "s2"), span(&art, "d1", 3, "s3"), span(&art, "d1", 4, "s4"))
	if outcomes(got) != "accepted accepted accepted" {
		t.Errorf("from seq 2 on: %+v", got)
	}
}

func TestOpsBeforeAGapInOnePushAreKept(t *testing.T) {
	s, art := withArticle(t)
	a := s.add("سمر", wire.Annotator)
	push := wire.PushRequest{Ops: []annotation.Op{span(&art, "d1", 1, "s1"), span(&art, "d1", 3, "s3")}}
	if p := a.refuse(409, "gap", "POST", "/api/ops", push); p.Expected != 2 {
		t.Errorf("the problem expects seq %d, want 2", p.Expected)
	}
}

func TestARestoredOldProfileIsQuarantinedWithAllThatFollows(t *testing.T) {
	s, art := withArticle(t)
	a := s.add("سمر", wire.Annotator)
	a.push(span(&art, "d1", 1, "s1"), span(&art, "d1", 2, "s2"))
	other := span(&art, "d1", 2, "other")
	got := a.push(span(&art, "d1", 1, "s1"), other, span(&art, "d1", 3, "s3"))
	if outcomes(got) != "accepted quarantined quarantined" {
		t.Fatalf("answered with %+v", got)
	}
	if got := a.push(span(&art, "d1", 3, "mine")); outcomes(got) != "accepted" {
		t.Errorf("the device's own next op: %+v", got)
	}
}

func TestNobodyPushesIntoAnothersDevice(t *testing.T) {
	s, art := withArticle(t)
	s.add("سمر", wire.Annotator).push(span(&art, "d1", 1, "s1"))
	if got := s.add("omar", wire.Annotator).push(span(&art, "d1", 2, "s2")); outcomes(got) != "quarantined" {
		t.Errorf("answered with %+v, want quarantined", got)
	}
}

func TestASessionOfSomebodyElseTakesNoOps(t *testing.T) {
	s, art := withArticle(t)
	a := s.add("سمر", wire.Annotator)
	ops := []annotation.Op{span(&art, "d1", 1, "s1")}
	a.refuse(401, "unauthorized", "POST", "/api/ops", wire.PushRequest{User: "هند", Ops: ops})
	if got := a.push(ops...); outcomes(got) != "accepted" {
		t.Errorf("under her own name they were %s", outcomes(got))
	}
}

func TestAPushOfANewerClientWaits(t *testing.T) {
	s, art := withArticle(t)
	a := s.add("سمر", wire.Annotator)
	o := span(&art, "d1", 1, "s1")
	o.V = annotation.Version + 1
	a.refuse(422, "newer_client", "POST", "/api/ops", wire.PushRequest{Ops: []annotation.Op{o}})
	o.V = annotation.Version
	if got := a.push(o); outcomes(got) != "accepted" {
		t.Errorf("the op in a known format: %+v", got)
	}
	a.refuse(400, "bad_json", "POST", "/api/ops", strings.NewReader(`{"ops":[{"v":1,"hologram":true}]}`))
}

func TestAPushIsBounded(t *testing.T) {
	s, art := withArticle(t)
	a := s.add("سمر", wire.Annotator)
	var many []annotation.Op
	for i := range uint64(wire.MaxPushOps + 1) {
		many = append(many, span(&art, "d1", i+1, "s"))
	}
	a.refuse(413, "too_large", "POST", "/api/ops", wire.PushRequest{Ops: many})
	if got := a.push(many[:wire.MaxPushOps]...); len(got) != wire.MaxPushOps {
		t.Errorf("a full push got %d answers", len(got))
	}
	a.refuse(413, "too_large", "POST", "/api/ops", strings.NewReader(`{"client":"`+strings.Repeat("x", 2*wire.MaxPushBytes)))
}

func TestTwoTabsThatPushTheSameOpsAtOnceAddThemOnce(t *testing.T) {
	s, art := withArticle(t)
	a := s.add("سمر", wire.Annotator)
	var ops []annotation.Op
	for i := range uint64(50) {
		ops = append(ops, span(&art, "d1", i+1, fmt.Sprint("s", i)))
	}
	var tabs sync.WaitGroup
	for range 4 {
		tabs.Go(func() {
			if got := a.push(ops...); strings.Contains(outcomes(got), "quarantined") || strings.Contains(outcomes(got), "refused") {
				t.Errorf("answered with %+v", got)
			}
		})
	}
	tabs.Wait()
	events := call[wire.Events](a, "GET", "/api/events?poll=1", nil)
	n := 0
	for _, e := range events.Events {
		if e.Op != nil {
			n++
		}
	}
	if n != len(ops) {
		t.Errorf("%d ops are in the layer, want %d", n, len(ops))
	}
}

// What the first version of the app sent, byte for byte but for the ids.
func TestAClientOfThePreviousVersionPushesAndIsToldOfTheNewOne(t *testing.T) {
	s, art := withArticle(t)
	a := s.add("سمر", wire.Annotator)
	const old = `{"client":"0","ops":[{"v":1,"device":"d1","seq":1,"lamport":1,"project":"news","article":"%s","text_sha256":"%s",` +
		`"scheme":1,"time":"2024-09-01T10:00:00Z","subject":"s1","kind":"put_span","span":{"start":5,"end":10,"label":"PER"}}]}`
	resp, body := a.do("POST", "/api/ops", strings.NewReader(fmt.Sprintf(old, art.ID, art.TextSHA256)))
	if resp.StatusCode != 200 || !strings.Contains(string(body), `"outcome":"accepted"`) {
		t.Fatalf("answered with %s: %s", resp.Status, body)
	}
	if me := call[wire.Me](a, "GET", "/api/me", nil); me.App != "app-2" {
		t.Errorf("the server says that its app is %q", me.App)
	}
}
