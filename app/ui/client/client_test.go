package client_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/sync"
	"hashiya/app/ui/client"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/internal/uitest"
	"hashiya/app/wire"
)

const sesame = "open sesame"

// work makes n labels in the workplace that is open now.
func work(t *testing.T, w *uitest.World, n int) {
	t.Helper()
	p := w.Workplace()
	for i := range n {
		if _, err := p.Outbox.Append(context.Background(), []annotation.Op{
			uitest.Draft("news", w.Server.Contents["news"][0], uitest.Span(annotation.NewID(), i, i+1)),
		}); err != nil {
			t.Fatal(err)
		}
	}
}

func signIn(t *testing.T, w *uitest.World, name string) {
	t.Helper()
	if err := w.SignIn(context.Background(), name, sesame); err != nil {
		t.Fatal(err)
	}
	uitest.Until(t, "a workplace is open", func() bool { p := w.Workplace(); return p != nil && p.User == name })
}

func took(w *uitest.World, name string) (n int) {
	w.Server.Set(func(s *uitest.Server) { n = len(s.Took[name]) })
	return n
}

func TestSigningInOpensTheUsersDatabaseAndSendsItsWork(t *testing.T) {
	w := uitest.New()
	w.Run(t)
	if err := w.SignIn(context.Background(), "سلمى", "wrong"); err == nil {
		t.Error("a wrong password signs in")
	}
	if w.Me().Name != "" || w.Workplace() != nil {
		t.Fatal("somebody is here after a wrong password")
	}
	signIn(t, w, "سلمى")
	work(t, w, 3)
	uitest.Until(t, "the server has the work", func() bool { return took(w, "سلمى") == 3 && w.State().Waiting == 0 })
}

func TestSigningOutKeepsWhatWasNotSentAndTheNextUserDoesNotSeeIt(t *testing.T) {
	w := uitest.New()
	w.Run(t)
	signIn(t, w, "سلمى")
	w.Server.Set(func(s *uitest.Server) { s.Down = true })
	work(t, w, 2)

	if err := w.SignOut(context.Background()); !errors.Is(err, sync.ErrOffline) {
		t.Fatalf("signing out offline gave %v: the session would stay open", err)
	}
	if w.Me().Name != "سلمى" {
		t.Fatal("a sign-out that failed signed out")
	}
	// The server comes back for the sign-out, but takes no work before it.
	w.Server.Set(func(s *uitest.Server) { s.Down, s.Session = false, "" })
	if err := w.SignOut(context.Background()); err != nil {
		t.Fatal(err)
	}
	if w.Workplace() != nil || w.Browser.LoadUser().Name != "" {
		t.Fatal("a workplace is left after the sign-out")
	}

	signIn(t, w, "يونس")
	if n := w.State().Waiting; n != 0 {
		t.Errorf("the next user has %d ops waiting", n)
	}
	signIn(t, w, "سلمى")
	uitest.Until(t, "what had waited is sent", func() bool { return took(w, "سلمى") == 2 })
	if n := took(w, "يونس"); n != 0 {
		t.Errorf("%d ops arrived under the other name", n)
	}
}

func TestAKnownUserStartsOfflineAndWorks(t *testing.T) {
	w := uitest.New()
	w.Browser.SaveUser(wire.Me{Name: "سلمى", Role: wire.Annotator})
	w.Server.Set(func(s *uitest.Server) { s.Down = true })
	w.Client = w.Fresh()
	if s := w.State(); !s.Opening {
		t.Error("before its start the client does not say that it opens")
	}
	w.Run(t)
	uitest.Until(t, "a workplace is open", func() bool { return w.Workplace() != nil })
	work(t, w, 1)
	uitest.Until(t, "the state is offline with work waiting", func() bool { s := w.State(); return !s.Online && s.Waiting == 1 })
}

func TestAnOpOfTheOpenArticleCountsAsWaitingBeforeItCountsAsSaved(t *testing.T) {
	w := uitest.New()
	w.Browser.SaveUser(wire.Me{Name: "سلمى", Role: wire.Annotator})
	w.Server.Set(func(s *uitest.Server) { s.Down = true })
	w.Client = w.Fresh()
	w.Run(t)
	uitest.Until(t, "a workplace is open", func() bool { return w.Workplace() != nil })
	for i := range 50 {
		draft := uitest.Draft("news", w.Server.Contents["news"][0], uitest.Span(annotation.NewID(), i, i+1))
		if _, err := w.Workplace().Ops().Append(context.Background(), []annotation.Op{draft}); err != nil {
			t.Fatal(err)
		}
		// The desk calls it saved on this device from here on.
		if n := w.State().Waiting; n != i+1 {
			t.Fatalf("%d ops are on the disk, %d are said to wait for the server", i+1, n)
		}
	}
}

func TestAnEndedSessionLetsWorkGoOnAndASignInSendsIt(t *testing.T) {
	w := uitest.New()
	w.Run(t)
	signIn(t, w, "سلمى")
	w.Server.Set(func(s *uitest.Server) { s.Session = "" })
	work(t, w, 1)
	uitest.Until(t, "the state says signed out", func() bool { return w.State().SignedOut })
	work(t, w, 1)
	if w.Me().Name != "سلمى" || w.State().Waiting != 2 {
		t.Fatalf("the user is %q with %d waiting", w.Me().Name, w.State().Waiting)
	}
	signIn(t, w, "سلمى")
	uitest.Until(t, "all is sent", func() bool { return took(w, "سلمى") == 2 && !w.State().SignedOut })
}

func TestWorkNeverArrivesUnderTheNameOfWhoSignedInByAnotherTab(t *testing.T) {
	w := uitest.New()
	w.Browser.SaveUser(wire.Me{Name: "سلمى", Role: wire.Annotator})
	w.Client = w.Fresh()
	w.Server.Set(func(s *uitest.Server) { s.Session = "يونس" })
	w.Run(t)
	uitest.Until(t, "a workplace is open", func() bool { return w.Workplace() != nil })
	work(t, w, 1)
	uitest.Until(t, "the state says signed out", func() bool { return w.State().SignedOut })
	if n := took(w, "يونس"); n != 0 {
		t.Fatalf("%d ops arrived under the other name", n)
	}
	w.Browser.OtherTab(wire.Me{Name: "يونس", Role: wire.Annotator})
	uitest.Until(t, "this tab follows", func() bool { p := w.Workplace(); return p != nil && p.User == "يونس" })
}

func TestUnsentWorkCanBeTakenAlong(t *testing.T) {
	w := uitest.New()
	w.Run(t)
	signIn(t, w, "سلمى")
	w.Server.Set(func(s *uitest.Server) { s.Refuse = "no such label" })
	work(t, w, 1)
	uitest.Until(t, "the op is refused", func() bool { return w.State().Refused == 1 })
	w.Server.Set(func(s *uitest.Server) { s.Down = true })
	work(t, w, 2)
	unsent, err := w.Unsent(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	lines := linesOf(t, unsent.File)
	if unsent.Ops != 3 || len(lines) != 3 || lines[0].Answer == nil || lines[0].Answer.Reason != "no such label" || lines[2].Answer != nil {
		t.Errorf("the file has %d lines, want the refused op with its reason and two waiting ones:\n%s", len(lines), unsent.File)
	}

	// The session has ended, and the user is signed out: whose work it is stays
	// known, and nobody else's is in the file.
	w.Server.Set(func(s *uitest.Server) { s.Down, s.Session = false, "" })
	if err := w.SignOut(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, c := range []*client.Client{w.Client, w.Fresh()} {
		again, err := c.Unsent(context.Background())
		if err != nil || again.User != "سلمى" || string(again.File) != string(unsent.File) {
			t.Errorf("signed out, the file of %q is %v\n%s", again.User, err, again.File)
		}
	}
	signIn(t, w, "يونس")
	if other, err := w.Unsent(context.Background()); err != nil || other.User != "يونس" || other.Ops != 0 {
		t.Errorf("the next user's file has %d ops of %s, %v", other.Ops, other.User, err)
	}
}

func linesOf(t *testing.T, file []byte) (lines []wire.Unsent) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(file))
	d.DisallowUnknownFields()
	for d.More() {
		var u wire.Unsent
		if err := d.Decode(&u); err != nil || u.Format != wire.UnsentFormat || u.Annotator != "سلمى" {
			t.Fatalf("a line is %+v, %v", u, err)
		}
		lines = append(lines, u)
	}
	return lines
}

func TestANewVersionStartsOverNothingUnsentUnsavedOrHalfWritten(t *testing.T) {
	w := uitest.New()
	w.Run(t)
	signIn(t, w, "سلمى")
	uitest.Until(t, "all is sent", func() bool { return !w.State().LastSync.IsZero() && w.State().Waiting == 0 })
	half := true
	cancel := w.OnWriting(func() bool { return half })
	if h := w.StartUpdate(); h != client.HoldWriting {
		t.Errorf("over something half written: %v", h)
	}
	half = false
	w.SetSaving(1, nil)
	if h := w.StartUpdate(); h != client.HoldSaving {
		t.Errorf("over something on its way to the disk: %v", h)
	}
	w.SetSaving(0, nil)
	w.Server.Set(func(s *uitest.Server) { s.Down = true })
	work(t, w, 1)
	if h := w.StartUpdate(); h != client.HoldWaiting {
		t.Errorf("over something unsent: %v", h)
	}
	if w.Browser.Asked != "" {
		t.Fatalf("the browser was asked to %s", w.Browser.Asked)
	}
	w.Server.Set(func(s *uitest.Server) { s.Down = false })
	w.Nudge()
	uitest.Until(t, "all is sent", func() bool { return w.State().Waiting == 0 })
	half = true
	cancel()
	if h := w.StartUpdate(); h != client.NoHold || w.Browser.Asked != "apply " {
		t.Errorf("over nothing: %v, asked to %q", h, w.Browser.Asked)
	}
}

func TestAnOlderAppGoesOnSendingAndLooksForTheNewOneOnce(t *testing.T) {
	w := uitest.New()
	w.Server.Set(func(s *uitest.Server) { s.App = "v1.2.4" })
	w.Run(t)
	signIn(t, w, "سلمى")
	work(t, w, 2)
	uitest.Until(t, "the server has the work", func() bool { return took(w, "سلمى") == 2 })
	uitest.Until(t, "it is known that there is a newer app", func() bool { return w.State().Outdated })
	w.Nudge()
	uitest.Until(t, "all is sent", func() bool { return w.State().Waiting == 0 })
	if w.Browser.Asked != "check " {
		t.Errorf("the browser was asked to %q", w.Browser.Asked)
	}
}

func TestAWrongClockIsWarnedAboutAndKeepsNothingFromGoingOn(t *testing.T) {
	for _, by := range []time.Duration{0, 72 * time.Hour, -72 * time.Hour, 4 * time.Minute} {
		w := uitest.New()
		w.Server.Set(func(s *uitest.Server) { s.Now = uitest.Now.Add(-by) })
		w.Run(t)
		signIn(t, w, "سلمى")
		work(t, w, 2)
		uitest.Until(t, "the server has the work", func() bool { return took(w, "سلمى") == 2 })
		want := by
		if by == 4*time.Minute {
			want = 0
		}
		if s := w.State(); s.Skew != want || s.SkewSeen {
			t.Errorf("a clock that is %v ahead: %v", by, s.Skew)
		}
		if w.SeeSkew(); !w.State().SkewSeen {
			t.Error("the line about it stays for ever")
		}
	}
}

func TestSavingOfTheOpenArticleIsPartOfTheState(t *testing.T) {
	w := uitest.New()
	told := 0
	cancel := w.Watch(func() { told++ })
	w.SetSaving(2, nil)
	w.SetSaving(2, nil)
	if s := w.State(); s.Saving != 2 || told != 1 {
		t.Errorf("saving %d, told %d times", s.Saving, told)
	}
	cancel()
	w.SetSaving(0, sync.ErrQuota)
	if s := w.State(); !errors.Is(s.Unsaved, sync.ErrQuota) || told != 1 {
		t.Errorf("unsaved %v, told %d times", s.Unsaved, told)
	}
}

func TestPrefsThatAreNoneBecomeTheDefaults(t *testing.T) {
	w := uitest.New()
	w.Browser.SavePrefs(client.Prefs{Lang: "tlh", Theme: "pink", TextSize: "xxxl", ReadingFont: "comic"})
	p := w.Fresh().Prefs()
	if p.Lang != i18n.Ar || p.Theme != "system" || p.TextSize != "m" || p.ReadingFont != "amiri" {
		t.Errorf("prefs are %+v", p)
	}
}

func TestTheNextArticlesComeToThisDevice(t *testing.T) {
	w := uitest.New()
	w.Run(t)
	signIn(t, w, "سلمى")
	uitest.Until(t, "both articles are here", func() bool { return w.Ready() == client.Ready{Have: 2, Of: 2} })
}

func TestTheLastVisitStandsFirstAndOnce(t *testing.T) {
	w := uitest.New()
	w.Run(t)
	signIn(t, w, "سلمى")
	for _, id := range []string{"a", "b", "a"} {
		w.Opened("news", id, "عنوان "+id)
	}
	v := w.Visits()
	if len(v) != 2 || v[0].Article != "a" || v[1].Article != "b" {
		t.Errorf("visits are %+v", v)
	}
}

func TestAnArticleHeldOnThisDeviceIsListedAsNotDone(t *testing.T) {
	w := uitest.New()
	w.Server.Set(func(s *uitest.Server) {
		s.Lists[0].Required = []wire.Required{{From: 1, Targets: []string{"الغاز"}}}
	})
	w.Run(t)
	signIn(t, w, "سلمى")
	uitest.Until(t, "the lists are here", func() bool { return w.Ready().Have == 2 })
	a := w.Server.Contents["news"][0]
	w.Opened("news", a.ID, a.Meta.Title)
	done := annotation.Change{Subject: annotation.StatusSubject, Kind: annotation.SetStatus, Status: annotation.Done}
	if _, err := w.Workplace().Outbox.Append(context.Background(), []annotation.Op{uitest.Draft("news", a, done)}); err != nil {
		t.Fatal(err)
	}
	list := w.WithLocal(context.Background(), "news", []wire.ArticleSummary{{ID: a.ID}})
	if list[0].Status != annotation.InProgress || list[0].Unjudged != 1 {
		t.Errorf("it is listed as %+v", list[0])
	}
}
