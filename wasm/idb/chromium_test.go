//go:build !js

package idb_test

import (
	"io"
	"net/http"
	"testing"
	"time"

	"hashiya/wasm/internal/inchromium"
)

func TestStoreInChromium(t *testing.T) { inchromium.Run(t, nil, ".") }

func TestFullDeviceInChromium(t *testing.T) {
	site := inchromium.Serve(t, nil)
	b := inchromium.Open(t, "")
	b.Quota(site, 2<<20)
	b.Start(site, "TestAFullDeviceTakesNothingAndSaysSo", "QUOTA=1").Wait()
}

// The browser is killed while it appends; everything that Append had returned
// is there when the profile is opened again, and nothing by halves.
func TestWhatIsSavedOutlivesTheBrowser(t *testing.T) {
	saved := make(chan string, 1000)
	site := inchromium.Serve(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if id, err := io.ReadAll(r.Body); err == nil && len(id) > 0 {
			select {
			case saved <- string(id):
			default:
			}
		}
	}))
	profile := t.TempDir()
	b := inchromium.Open(t, profile)
	b.Start(site, "TestAppendAndReport", "PHASE=append")
	var last string
	for n := range 20 {
		select {
		case last = <-saved:
		case <-time.After(time.Minute):
			t.Fatalf("nothing was saved after report %d", n)
		}
	}
	b.Kill()
	for len(saved) > 0 {
		last = <-saved
	}
	t.Logf("killed after %s was saved", last)
	inchromium.Open(t, profile).Start(site, "TestReadWhatWasSaved", "PHASE=read", "SAVED="+last).Wait()
}
