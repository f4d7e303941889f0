package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"hashiya/app/article"
	"hashiya/app/wire"
	"hashiya/server/internal/testdisk"
)

// saidOfDisk holds what was said against a row of the table.
func saidOfDisk(t *testing.T, row, said string) {
	t.Helper()
	pattern, ok := readDamageTable(t)[row]
	if !ok || !pattern.MatchString(said) {
		t.Errorf("%s:\n%s\nthe page says:\n%v", row, said, pattern)
	}
}

// fill takes so much of the disk.
func fill(t *testing.T, dir string, mib int) (free func()) {
	t.Helper()
	path := filepath.Join(dir, "filler")
	check(t, os.WriteFile(path, make([]byte, mib<<20), 0o600))
	return func() { check(t, os.Remove(path)) }
}

func TestAFullDiskIsNamedAtTheStart(t *testing.T) {
	disk := testdisk.New(t, 64)
	data := t.TempDir()
	ok(t, data, "project", "create", "news")
	copyFolder(t, data, filepath.Join(disk, "data"))
	for _, args := range [][]string{{"check"}, {"serve", "--addr", "127.0.0.1:0"}} {
		said, code := refuse(t, filepath.Join(disk, "data"), args...)
		if code != 1 {
			t.Errorf("hashiya %s: exit %d", args[0], code)
		}
		saidOfDisk(t, "The disk is full when the server starts", said)
	}
}

func TestADiskThatFillsStopsNewWorkNotReadingAndNotBackups(t *testing.T) {
	disk := testdisk.New(t, 600)
	data := filepath.Join(disk, "data")
	ok(t, data, "project", "create", "news")
	ok(t, data, "import", "--project", "news", write(t, "a.txt", awkward))
	ok(t, data, "user", "add", "سمر")
	p := serve(t, data)
	c := browser(t, ok(t, data, "user", "link", "سمر"))
	list := getJSON[[]wire.ArticleSummary](t, c, p.url+"/api/projects/news/articles")
	art := getJSON[article.Article](t, c, p.url+"/api/projects/news/articles/"+list[0].ID)
	if _, err := push(c, p.url, span(&art, "news", "d1", 1)); err != nil {
		t.Fatal(err)
	}

	free := fill(t, disk, 100)
	_, err := push(c, p.url, span(&art, "news", "d1", 2))
	if err == nil || !strings.HasPrefix(err.Error(), "507 ") || !strings.Contains(err.Error(), "disk_reserve") {
		t.Errorf("a push to a full disk: %v", err)
	}
	said, code := refuse(t, data, "user", "add", "omar")
	if code != 1 {
		t.Errorf("adding somebody: exit %d", code)
	}
	saidOfDisk(t, "The disk fills while the server runs", said)
	if resp, err := http.Get(p.url + "/readyz"); err != nil || resp.StatusCode != 503 {
		t.Errorf("/readyz: %v, %v", resp.Status, err)
	}
	if resp, err := http.Get(p.url + "/healthz"); err != nil || resp.StatusCode != 200 {
		t.Errorf("/healthz: %v, %v", resp.Status, err)
	}
	if again := getJSON[article.Article](t, c, p.url+"/api/projects/news/articles/"+list[0].ID); again.Text != art.Text {
		t.Error("the article can't be read")
	}
	ok(t, data, "check")
	ok(t, data, "backup", "--out", filepath.Join(t.TempDir(), "b"))

	free()
	results, err := push(c, p.url, span(&art, "news", "d1", 2))
	if err != nil || results[0].Outcome != wire.Accepted {
		t.Errorf("when there is space again: %+v, %v", results, err)
	}
	if code := p.end(syscall.SIGTERM); code != 0 {
		t.Errorf("exit %d", code)
	}
	ok(t, data, "check")
}

func TestADiskThatCanOnlyBeReadIsNamed(t *testing.T) {
	disk := testdisk.New(t, 600)
	data := filepath.Join(disk, "data")
	ok(t, data, "project", "create", "news")
	testdisk.ReadOnly(t, disk)
	for _, args := range [][]string{{"check"}, {"serve", "--addr", "127.0.0.1:0"}, {"project", "list"}} {
		said, code := refuse(t, data, args...)
		if code != 1 {
			t.Errorf("hashiya %s: exit %d", args[0], code)
		}
		saidOfDisk(t, "The disk can only be read", said)
	}
}
