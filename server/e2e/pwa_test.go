package e2e

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

func TestChromiumFindsNothingAgainstInstalling(t *testing.T) {
	s := serve(t, t.TempDir(), "--demo")
	b := open(t, "")
	b.signIn(s.signInLink())
	b.until("the service worker is active", `navigator.serviceWorker.ready.then(r => !!r.active)`)
	var faults []*page.InstallabilityError
	b.do(chromedp.ActionFunc(func(ctx context.Context) (err error) {
		faults, err = page.GetInstallabilityErrors().Do(ctx)
		return err
	}))
	for _, f := range faults {
		// A profile of a test is off the record for Chromium.
		if f.ErrorID != "in-incognito" {
			t.Errorf("Chromium would not install it: %s %v", f.ErrorID, f.ErrorArguments)
		}
	}

	resp, err := http.Get(s.url("/manifest.webmanifest"))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	var m struct {
		ID, Name, Lang, Dir, Display string
		Icons                        []struct{ Src, Sizes, Purpose string }
	}
	if err := json.Unmarshal(body, &m); err != nil {
		t.Fatal(err)
	}
	if m.ID == "" || m.Name != "حاشية" || m.Lang != "ar" || m.Dir != "rtl" || m.Display != "standalone" {
		t.Errorf("manifest: %+v", m)
	}
	maskable := false
	for _, i := range m.Icons {
		resp, err := http.Get(s.url(i.Src))
		if err != nil || resp.StatusCode != http.StatusOK {
			t.Errorf("icon %s: %v %v", i.Src, resp, err)
			continue
		}
		resp.Body.Close()
		maskable = maskable || i.Purpose == "maskable"
	}
	if !maskable {
		t.Error("no maskable icon")
	}
}

func TestTheInstallButtonTakesTheBrowsersOffer(t *testing.T) {
	s := serve(t, t.TempDir(), "--demo")
	b := open(t, "")
	b.signIn(s.signInLink())
	const button = `.menu-item:has(use[href$="#install"])`
	b.click(".menu summary")
	b.see(button) // Chromium has made its offer
	b.shot("menu-install")
	// Its own prompt is out of a test's reach, so the answer comes from here.
	b.eval(nil, `(() => { const e = new Event("beforeinstallprompt", {cancelable: true});
		e.prompt = () => { window.prompted = true }; e.userChoice = Promise.resolve({outcome: "accepted"}); dispatchEvent(e) })()`)
	b.click(button)
	b.until("the browser was asked to install", `window.prompted === true`)
	b.until("the button is gone", `!document.querySelector(%s)`, button)
}

func TestStartedFromItsIconWithoutANetworkTheWorkIsThere(t *testing.T) {
	d := sitDown(t)
	d.saved("server")
	d.label(d.gold.Spans[3], false)
	d.saved("server")
	d.s.kill()
	d.offline(true)

	d.goTo(d.s.url("/")) // the manifest's start_url
	d.see("#resume")
	d.shot("home-offline")
	d.click("#resume")
	d.see("#reading-surface .para-text")
	d.size(1440, 7000)
	d.sees(d.gold.Spans[3:4])
	d.size(1440, 900)
	d.label(d.gold.Spans[4], false)
	d.quit()

	again := open(t, d.profile)
	again.offline(true)
	again.openArticle(d.deep)
	again.size(1440, 7000)
	d.at(again).sees(d.gold.Spans[3:5])
	d.s.start()
	again.offline(false)
	again.saved("server")
	compareSpans(t, d.gold.Spans[3:5], d.layer(t).Spans)
}
