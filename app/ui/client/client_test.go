package client_test

import (
	"bytes"
	"context"
	"errors"
	"testing"

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
	b, err := w.Unsent(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(b, []byte("\n")); n != 3 {
		t.Errorf("the file has %d lines, want the refused op and two waiting ones:\n%s", n, b)
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
