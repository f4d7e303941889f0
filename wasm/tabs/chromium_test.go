//go:build !js

package tabs

import (
	"io"
	"net/http"
	"testing"
	"time"

	"hashiya/wasm/internal/inchromium"
)

func TestLeaderInChromium(t *testing.T) { inchromium.Run(t, nil, ".") }

func TestATabThatDiesIsReplaced(t *testing.T) {
	leads := make(chan string, 10)
	api := http.NewServeMux()
	api.HandleFunc("POST /leads", func(_ http.ResponseWriter, r *http.Request) {
		name, _ := io.ReadAll(r.Body)
		leads <- string(name)
	})
	site := inchromium.Serve(t, api)
	b := inchromium.Open(t, "")
	tabs := map[string]*inchromium.Tab{}
	for _, name := range []string{"a", "b"} {
		tabs[name] = b.Start(site, "TestLeadAndReport", "TAB="+name)
	}
	var first string
	select {
	case first = <-leads:
	case <-time.After(time.Minute):
		t.Fatal("no tab leads")
	}
	select {
	case second := <-leads:
		t.Fatalf("tabs %s and %s lead", first, second)
	case <-time.After(2 * time.Second):
	}
	tabs[first].Close()
	select {
	case second := <-leads:
		if second == first {
			t.Errorf("tab %s leads after its end", first)
		}
	case <-time.After(time.Minute):
		t.Error("no tab took over")
	}
}
