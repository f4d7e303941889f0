//go:build js && wasm

package remote

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"syscall/js"
	"testing"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/sync"
	"hashiya/app/wire"
)

// The server of these tests is in chromium_test.go: it plays what the name of a
// project or the cursor asks for.

var ctx = context.Background()

func TestOpsArriveAsTheyAre(t *testing.T) {
	o := annotation.Op{V: 1, Device: "d1", Seq: 1<<53 + 1, Lamport: 7, Project: "demo", Article: "a1"}
	o.Change = annotation.Change{Subject: "s1", Kind: annotation.PutComment, Comment: &annotation.Comment{Text: awkwardText}}
	results, err := New("v1.2.3").Push(ctx, []annotation.Op{o})
	want := []wire.Result{{ID: o.ID(), Outcome: wire.Refused, Reason: "v1.2.3 v1.2.3 " + o.ContentHash()}}
	if err != nil || !reflect.DeepEqual(results, want) {
		t.Errorf("answer %v, %v; want %v", results, err, want)
	}
}

func TestListsAndArticles(t *testing.T) {
	s := New("v1")
	if list, err := s.Articles(ctx, "demo"); err != nil || len(list) != 1 || list[0].Title != awkwardText {
		t.Errorf("articles: %v, %v", list, err)
	}
	if a, err := s.Article(ctx, "demo", "a1"); err != nil || a.Text != awkwardText || a.Validate() != nil {
		t.Errorf("article: %v, %v, %v", a, err, a.Validate())
	}
}

func TestErrorsSayWhatTheOutboxMustKnow(t *testing.T) {
	s := New("v1")
	ask := func(project string) error {
		_, err := s.Articles(ctx, project)
		return err
	}
	var p *wire.Problem
	if err := ask("full"); !errors.As(err, &p) || p.Code != "disk_reserve" || p.Status != 507 || !strings.Contains(err.Error(), "القرص") {
		t.Errorf("a problem: %#v", err)
	}
	if err := ask("signed-out"); !errors.Is(err, sync.ErrSignedOut) {
		t.Errorf("a session that ended: %v", err)
	}
	if _, err := s.SignIn(ctx, "salma", "wrong"); errors.Is(err, sync.ErrSignedOut) || !errors.As(err, &p) || p.Code != "wrong_password" {
		t.Errorf("a wrong password: %v", err)
	}
	for _, project := range []string{"gateway", "cut"} {
		if err := ask(project); !errors.Is(err, sync.ErrOffline) {
			t.Errorf("%s: %v", project, err)
		}
	}
	if err := ask("bare"); errors.Is(err, sync.ErrOffline) || !errors.As(err, &p) || p.Status != 500 {
		t.Errorf("an error without a reason: %v", err)
	}
	var gap *wire.Problem
	if err := ask("gap"); !errors.As(err, &gap) || gap.Code != "gap" || gap.Device != "d1" || gap.Expected != 4 {
		t.Errorf("a gap: %#v", err)
	}
}

func TestARequestEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(ctx)
	time.AfterFunc(200*time.Millisecond, cancel)
	begin := time.Now()
	if _, err := New("v1").Articles(ctx, "slow"); !errors.Is(err, context.Canceled) {
		t.Errorf("error: %v", err)
	}
	if waited := time.Since(begin); waited > 5*time.Second {
		t.Errorf("it took %v", waited)
	}
}

func TestSignInAndOut(t *testing.T) {
	s := New("v1")
	if me, err := s.SignInByLink(ctx, "token"); err != nil || me.Name != "سلمى" {
		t.Errorf("by link: %v, %v", me, err)
	}
	if err := s.SetPassword(ctx, "", "new one"); err != nil {
		t.Errorf("password: %v", err)
	}
	if err := s.SignOut(ctx); err != nil {
		t.Errorf("out: %v", err)
	}
	if p, err := s.CreateProject(ctx, wire.NewProject{Name: "أخبار"}); err != nil || p.Name != "أخبار" {
		t.Errorf("project: %v, %v", p, err)
	}
}

func TestFilesOfAnInputAreUploaded(t *testing.T) {
	document := js.Global().Get("document")
	input := document.Call("createElement", "input")
	input.Set("type", "file")
	input.Set("multiple", true)
	input.Set("id", "import-files")
	document.Get("documentElement").Call("appendChild", input)
	chosen := js.Global().Get("DataTransfer").New()
	for _, name := range []string{"خبر.txt", "b.jsonl"} {
		chosen.Get("items").Call("add", js.Global().Get("File").New([]any{awkwardText, name}, name))
	}
	input.Set("files", chosen.Get("files"))

	report, err := New("v1").Upload(ctx, "demo", "import-files")
	if err != nil || report.Added != 2 || len(report.Refused) != 2 {
		t.Fatalf("report: %+v, %v", report, err)
	}
	for i, name := range []string{"خبر.txt", "b.jsonl"} {
		if r := report.Refused[i]; r.File != name || r.Reason != awkwardText+name {
			t.Errorf("file %d arrived as %q with %q", i, r.File, r.Reason)
		}
	}
	if _, err := New("v1").Upload(ctx, "demo", "no such element"); err == nil {
		t.Error("an upload from nowhere is no error")
	}
}

func TestExportAddress(t *testing.T) {
	if got := New("v1").ExportURL("demo", "jsonl", "سلمى"); got != "/api/projects/demo/export?format=jsonl&layer=%D8%B3%D9%84%D9%85%D9%89" {
		t.Error(got)
	}
}

// follow collects what Events brings until it has n calls, or ends by itself.
func follow(t *testing.T, s *Server, after uint64, n int) (calls []wire.Events, err error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, 40*time.Second)
	defer cancel()
	err = s.Events(ctx, after, func(events []wire.Event, cursor uint64) error {
		calls = append(calls, wire.Events{Events: events, Cursor: cursor})
		if len(calls) == n {
			cancel()
		}
		return nil
	})
	return calls, err
}

// Cursors of the test server's streams.
const (
	streamFine     = 0
	streamHeldBack = 1000
	streamSignOut  = 3000
	streamBusy     = 4000
	streamEnds     = 5000
)

func TestLiveEventsComeInOrderWithTheirCursor(t *testing.T) {
	calls, err := follow(t, New("v1"), streamFine, 4)
	if !errors.Is(err, context.Canceled) || len(calls) != 4 {
		t.Fatalf("%+v, %v", calls, err)
	}
	for i, want := range []uint64{0, 1, 1, 2} { // at once, an op, a heartbeat, an op
		if calls[i].Cursor != want {
			t.Errorf("call %d has cursor %d, want %d", i, calls[i].Cursor, want)
		}
	}
	if o := calls[1].Events[0].Op; o == nil || o.Comment.Text != awkwardText {
		t.Errorf("the first op is %+v", o)
	}
}

func TestLiveEventsNameWhoseWorkIsAwaited(t *testing.T) {
	if got := New("v1").For("سلمى").(*Server).eventsPath(7); got != "/api/events?after=7&user=%D8%B3%D9%84%D9%85%D9%89" {
		t.Error(got)
	}
}

func TestAStreamThatIsHeldBackIsReplacedByPolls(t *testing.T) {
	s := New("v1")
	s.opening = 2 * time.Second
	begin := time.Now()
	for range 2 {
		calls, err := follow(t, s, streamHeldBack, 3)
		if !errors.Is(err, context.Canceled) || len(calls) != 3 {
			t.Fatalf("%+v, %v", calls, err)
		}
		for i, want := range []uint64{streamHeldBack, streamHeldBack + 1, streamHeldBack + 2} {
			if calls[i].Cursor != want {
				t.Errorf("call %d has cursor %d, want %d", i, calls[i].Cursor, want)
			}
		}
	}
	if took := time.Since(begin); took > 2*s.opening {
		t.Errorf("it took %v: the second time should not wait for the stream again", took)
	}
}

func TestWhyALiveConnectionFailed(t *testing.T) {
	if _, err := follow(t, New("v1"), streamSignOut, 99); !errors.Is(err, sync.ErrSignedOut) {
		t.Errorf("signed out: %v", err)
	}
	var p *wire.Problem
	if _, err := follow(t, New("v1"), streamBusy, 99); !errors.As(err, &p) || p.Code != "connections" {
		t.Errorf("too many connections: %v", err)
	}
	if calls, err := follow(t, New("v1"), streamEnds, 99); err != nil || len(calls) != 1 {
		t.Errorf("ended by the server: %v, %v", calls, err)
	}
	failure := errors.New("the disk is full")
	err := New("v1").Events(ctx, streamFine, func([]wire.Event, uint64) error { return failure })
	if err != failure {
		t.Errorf("the receiver's error: %v", err)
	}
}
