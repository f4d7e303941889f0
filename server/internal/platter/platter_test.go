package platter

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAPowerCutLeavesWhatWasSynced(t *testing.T) {
	dir := t.TempDir()
	if err := Probe(dir); err != nil {
		t.Skip(err)
	}
	path := filepath.Join(dir, "sub", "file")
	if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	write := func(page int, text string) {
		t.Helper()
		if _, err := f.WriteAt([]byte(strings.Repeat(text, pageSize)), int64(page)*pageSize); err != nil {
			t.Fatal(err)
		}
	}
	write(0, "a")
	write(5, "b")
	if err := f.Sync(); err != nil {
		t.Fatal(err)
	}
	d := New(dir)
	if err := d.Look(); err != nil {
		t.Fatal(err)
	}
	write(0, "c") // over what was synced
	write(3, "d") // in the hole
	left := filepath.Join(t.TempDir(), "left")
	if _, err := d.Cut(left); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(left, "sub", "file"))
	if err != nil || len(got) != 6*pageSize || got[0] != 'a' || got[3*pageSize] != 0 || got[5*pageSize] != 'b' {
		t.Errorf("%d bytes are left, with %q, %q and %q (%v)", len(got), got[0], got[3*pageSize], got[5*pageSize], err)
	}
}
