package e2e

import (
	"path/filepath"
	"testing"
	"time"
)

// The server's disk is lost and a backup takes its place. The browser has what
// was labelled since, and brings it back although nothing new is labelled.
func TestARestoredServerGetsWhatABrowserStillHas(t *testing.T) {
	d := sitDown(t)
	labels := d.gold.Spans[3:7]
	serverHas := func(n int) {
		t.Helper()
		within(t, 30*time.Second, "the server has the labels", func() bool {
			got := exported(t, d.data, "news")
			return len(got) == 1 && len(got[0].Layers) == 1 && len(got[0].Layers[0].Spans) == n
		})
	}
	d.label(labels[0], false)
	serverHas(1)
	backup := filepath.Join(t.TempDir(), "backup")
	hashiya(t, d.data, "backup", "--out", backup)
	for _, s := range labels[1:] {
		d.label(s, false)
	}
	serverHas(len(labels))
	d.s.kill()

	d.data = filepath.Join(t.TempDir(), "restored")
	hashiya(t, d.data, "restore", backup)
	d.s.data = d.data
	serverHas(1)
	d.s.start()
	d.signIn(d.s.linkFor("admin"))
	serverHas(len(labels))
	compareSpans(t, labels, d.layer(t).Spans)
	d.saved("server")
	hashiya(t, d.data, "check")
}
