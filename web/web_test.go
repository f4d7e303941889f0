package web

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/fstest"
)

func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

func dist(t *testing.T, files map[string]string, entries ...IndexEntry) fstest.MapFS {
	t.Helper()
	index, err := json.Marshal(Index{Version: "v1", Inputs: "v1 brotli-1", Files: entries})
	if err != nil {
		t.Fatal(err)
	}
	m := fstest.MapFS{IndexName: {Data: index}}
	for name, content := range files {
		m[name] = &fstest.MapFile{Data: []byte(content)}
	}
	return m
}

func all(t *testing.T, c Content) string {
	t.Helper()
	b, err := io.ReadAll(c.Reader())
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestAFileComesWithItsTypeItsTagAndItsBrotliForm(t *testing.T) {
	b, err := read(dist(t, map[string]string{"app.css": "body{}", "app.css.br": "br", "fonts/a.woff2": "font"},
		IndexEntry{Path: "/app.css", ContentType: "text/css; charset=utf-8", SHA256: hash("body{}"), Size: 6, Brotli: 2},
		IndexEntry{Path: "/fonts/a.woff2", ContentType: "font/woff2", SHA256: hash("font"), Size: 4},
	))
	if err != nil {
		t.Fatal(err)
	}
	css := b.files["/app.css"]
	if all(t, css.Raw) != "body{}" || all(t, css.Brotli) != "br" || css.ContentType != "text/css; charset=utf-8" {
		t.Errorf("app.css is %+v", css)
	}
	if want := `"` + hash("body{}")[:16] + `"`; css.ETag != want {
		t.Errorf("etag is %s, want %s", css.ETag, want)
	}
	if font := b.files["/fonts/a.woff2"]; font.Brotli.Size != 0 {
		t.Errorf("the font has a Brotli form of %d bytes, its index lists none", font.Brotli.Size)
	}
	if b.version != "v1" {
		t.Errorf("version is %q", b.version)
	}
}

func TestWithoutAnIndexNothingIsBuiltIn(t *testing.T) {
	if _, err := read(fstest.MapFS{}); !errors.Is(err, ErrNotBuilt) {
		t.Errorf("error is %v, want ErrNotBuilt", err)
	}
}

func TestAHalfWrittenFolderCountsAsNotBuilt(t *testing.T) {
	if _, err := read(fstest.MapFS{IndexName: {Data: []byte("{}")}, "app.css": {}}); !errors.Is(err, ErrNotBuilt) {
		t.Errorf("error is %v, want ErrNotBuilt", err)
	}
}

func TestAMissingOrShortenedFileIsReportedByName(t *testing.T) {
	entry := IndexEntry{Path: "/boot.js", SHA256: hash("start"), Size: 5}
	for name, files := range map[string]map[string]string{"missing": nil, "shortened": {"boot.js": "sta"}} {
		_, err := read(dist(t, files, entry))
		if err == nil || !strings.Contains(err.Error(), "boot.js") || !strings.Contains(err.Error(), "make build") {
			t.Errorf("%s: error is %v, want one that names boot.js and make build", name, err)
		}
	}
}

func TestWhatIsEmbeddedIsWhole(t *testing.T) {
	files, err := Files()
	if errors.Is(err, ErrNotBuilt) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/shell.html", "/worker.js", "/app.wasm", "/wasm_exec.js", "/app.css", "/boot.js", "/icons.svg", "/manifest.webmanifest"} {
		if _, ok := files[path]; !ok {
			t.Errorf("%s is not built in", path)
		}
	}
	for path, f := range files {
		if got := `"` + hash(all(t, f.Raw))[:16] + `"`; got != f.ETag {
			t.Errorf("%s: etag is %s, its content hashes to %s", path, f.ETag, got)
		}
	}
	if len(Version()) != 16 {
		t.Errorf("version is %q", Version())
	}
}
