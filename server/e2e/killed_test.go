package e2e

import (
	"context"
	"flag"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"

	"hashiya/server/internal/audit"
)

// `make crash` gives more.
var kills = flag.Int("kills", 10, "how often the browser is killed")

// The browser is killed while it sends what was labelled without a server, again
// and again, on one profile. Each time it comes back without a server, so what it
// shows stands on its own disk; in the end the server has every label once.
func TestKillingTheBrowserInMidSyncLosesAndDoublesNothing(t *testing.T) {
	d := sitDown(t)
	d.saved("server")
	d.quit() // in good order, for the cookie: Chromium writes cookies late
	d.s.kill()
	labels, _ := d.gold.choose(t, 20, 0)
	var made []goldSpan
	midway := 0
	for kill := range *kills {
		b := open(t, d.profile)
		b.openArticle(d.deep)
		r := d.at(b)
		b.size(1440, 7000)
		r.sees(made)
		next := labels[len(labels)*kill / *kills : len(labels)*(kill+1) / *kills]
		for _, s := range next {
			r.label(s, false)
		}
		made = append(made, next...)
		b.until("nothing is on its way to the disk", `!document.querySelector(".sync.sync-busy")`)
		d.s.start()
		b.offline(true)
		b.offline(false) // it is told that there is a network, and sends
		time.Sleep(time.Duration(rand.IntN(300)) * time.Millisecond)
		b.crash()
		d.s.kill()
		if got := exported(t, d.data, "news"); len(got[0].Layers) == 0 || len(got[0].Layers[0].Spans) < len(made) {
			midway++
		}
	}
	t.Logf("%d of %d kills left labels on the device only", midway, *kills)

	d.s.start()
	b := open(t, d.profile)
	b.openArticle(d.deep)
	b.saved("server")
	b.size(1440, 7000)
	d.at(b).sees(made)
	device := open(t, "")
	device.signIn(d.s.linkFor("admin"))
	device.openArticle(d.deep)
	device.size(1440, 7000)
	d.at(device).sees(made)
	compareSpans(t, made, d.layer(t).Spans)
	d.s.kill()
	if err := audit.Folder(context.Background(), d.data, nil); err != nil {
		t.Error(err)
	}
}

// Two tabs label in turns without a server. When it is back, the tab that sends
// for both dies at once, and the other one goes on where it was.
func TestTwoTabsThatRaceSendEveryLabelOnce(t *testing.T) {
	d := sitDown(t)
	d.saved("server")
	other := d.tab()
	other.openArticle(d.deep)
	tabs := []*reader{d.reader, d.at(other)}
	d.s.kill()
	labels, _ := d.gold.choose(t, 20, 0)
	labels = labels[:8]
	for i, s := range labels {
		tabs[i%2].label(s, false)
	}
	for _, tab := range tabs {
		tab.until("nothing is on its way to the disk", `!document.querySelector(".sync.sync-busy")`)
	}
	d.s.start()
	for _, tab := range tabs {
		tab.offline(true)
		tab.offline(false)
	}
	d.do(page.Close())
	other.saved("server")
	other.size(1440, 7000)
	tabs[1].sees(labels)
	compareSpans(t, labels, d.layer(t).Spans)
	d.s.kill()
	if err := audit.Folder(context.Background(), d.data, nil); err != nil {
		t.Error(err)
	}
}
