package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"hashiya/web"
)

const testQuality = 4

// project lays out the real sources of the front end beside a stand-in for the app,
// which is large and built elsewhere.
func project(t *testing.T, app string) (sources func() []source, wasm string) {
	t.Helper()
	dir := t.TempDir()
	wasm = filepath.Join(dir, "app.wasm")
	exec := filepath.Join(dir, "wasm_exec.js")
	if err := os.WriteFile(wasm, []byte(app), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(exec, []byte(strings.Repeat("globalThis.Go = class {};\n", 9)), 0o644); err != nil {
		t.Fatal(err)
	}
	return func() []source {
		s, err := gather("..", wasm, exec)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}, wasm
}

func pack(t *testing.T, out string, sources []source) web.Index {
	t.Helper()
	index, _, err := write(out, sources, testQuality)
	if err != nil {
		t.Fatal(err)
	}
	return index
}

func read(t *testing.T, out, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(out, path))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// listed is the list of files in a packed worker.
func listed(t *testing.T, out string) map[string]string {
	t.Helper()
	m := regexp.MustCompile(`(?s)const files = (\{.*?\});`).FindSubmatch(read(t, out, "worker.js"))
	if m == nil {
		t.Fatal("the packed worker has no list of files")
	}
	files := map[string]string{}
	if err := json.Unmarshal(m[1], &files); err != nil {
		t.Fatalf("the list in the packed worker: %v", err)
	}
	return files
}

func TestTheWorkerListsEveryFileAPageNeedsWithTheHashOfWhatIsServed(t *testing.T) {
	sources, _ := project(t, "app")
	out := t.TempDir()
	index := pack(t, out, sources())
	files := listed(t, out)
	for _, path := range []string{"/shell.html", "/app.css", "/boot.js", "/wasm_exec.js", "/app.wasm", "/icons.svg", "/manifest.webmanifest", "/fonts/amiri-400.woff2"} {
		if files[path] == "" {
			t.Errorf("the worker does not keep %s", path)
		}
	}
	for path, hash := range files {
		if got := hashOf(read(t, out, path)); got != hash {
			t.Errorf("%s hashes to %s, the worker expects %s: it would never install", path, got, hash)
		}
	}
	if files["/worker.js"] != "" {
		t.Error("the worker keeps itself: it could never be replaced")
	}
	if !bytes.Contains(read(t, out, "worker.js"), []byte(index.Version)) {
		t.Error("the worker does not name its version")
	}
}

func TestNoTemplateMarkIsLeft(t *testing.T) {
	sources, _ := project(t, "app")
	out := t.TempDir()
	for _, f := range pack(t, out, sources()).Files {
		if content := read(t, out, f.Path); strings.HasSuffix(f.ContentType, "utf-8") && bytes.Contains(content, []byte("{{")) {
			t.Errorf("%s still has a template mark", f.Path)
		}
	}
}

func TestEveryAddressInShellStyleSheetAndManifestIsPacked(t *testing.T) {
	sources, _ := project(t, "app")
	out := t.TempDir()
	packed := map[string]bool{}
	for _, f := range pack(t, out, sources()).Files {
		packed[f.Path] = true
	}
	address := regexp.MustCompile(`"(/[a-z0-9_/-]+\.[a-z0-9]+)[#"]`)
	for _, name := range []string{"shell.html", "app.css", "boot.js", "manifest.webmanifest"} {
		for _, m := range address.FindAllSubmatch(read(t, out, name), -1) {
			if !packed[string(m[1])] {
				t.Errorf("%s asks for %s, which is not packed", name, m[1])
			}
		}
	}
}

func TestTheVersionChangesWithTheAppAndWithNothingElseButContent(t *testing.T) {
	one, _ := project(t, "app one")
	two, _ := project(t, "app two")
	if versionOf(one()) == versionOf(two()) {
		t.Error("two apps have one version")
	}
	if again, _ := project(t, "app one"); versionOf(one()) != versionOf(again()) {
		t.Error("the same sources have two versions")
	}
}

func TestBrotliFormsUnpackToTheirFilesAndFontsHaveNone(t *testing.T) {
	sources, _ := project(t, strings.Repeat("wasm ", 10_000))
	out := t.TempDir()
	for _, f := range pack(t, out, sources()).Files {
		if strings.HasSuffix(f.Path, ".woff2") || strings.HasSuffix(f.Path, ".png") {
			if f.Brotli != 0 {
				t.Errorf("%s is compressed a second time", f.Path)
			}
			continue
		}
		if f.Brotli == 0 {
			t.Errorf("%s is not compressed", f.Path)
			continue
		}
		got, err := io.ReadAll(brotli.NewReader(bytes.NewReader(read(t, out, f.Path+".br"))))
		if err != nil || !bytes.Equal(got, read(t, out, f.Path)) {
			t.Errorf("%s.br does not unpack to %s: %v", f.Path, f.Path, err)
		}
	}
}

func TestUnchangedInputsAreNotPackedAgain(t *testing.T) {
	sources, wasm := project(t, "app")
	out := t.TempDir()
	first := pack(t, out, sources())
	if _, changed, err := write(out, sources(), testQuality); err != nil || changed {
		t.Errorf("changed = %v, error = %v", changed, err)
	}

	t.Run("but another quality is", func(t *testing.T) {
		if _, changed, err := write(out, sources(), testQuality+1); err != nil || !changed {
			t.Errorf("changed = %v, error = %v", changed, err)
		}
	})
	t.Run("but a file that went missing is made again", func(t *testing.T) {
		pack(t, out, sources())
		if err := os.Remove(filepath.Join(out, "app.css.br")); err != nil {
			t.Fatal(err)
		}
		pack(t, out, sources())
		read(t, out, "app.css.br")
	})
	t.Run("but a new app is, and what did not change keeps its hash", func(t *testing.T) {
		if err := os.WriteFile(wasm, []byte("another app"), 0o644); err != nil {
			t.Fatal(err)
		}
		second := pack(t, out, sources())
		if second.Version == first.Version {
			t.Error("the version stayed")
		}
		if listed(t, out)["/app.css"] != hashOf(read(t, out, "app.css")) {
			t.Error("the style sheet's hash is wrong")
		}
	})
}

func TestLeftoversOfAnEarlierVersionAreRemovedAndGitkeepStays(t *testing.T) {
	sources, _ := project(t, "app")
	out := t.TempDir()
	if err := os.WriteFile(filepath.Join(out, ".gitkeep"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	pack(t, out, sources())
	if err := os.WriteFile(filepath.Join(out, "old.js"), []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, _, err := write(out, sources(), testQuality+1); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(out, "old.js")); err == nil {
		t.Error("old.js is still there and would be embedded")
	}
	read(t, out, ".gitkeep")
}

func TestAFolderOfSomebodyElseIsNotEmptied(t *testing.T) {
	sources, _ := project(t, "app")
	out := t.TempDir()
	if err := os.WriteFile(filepath.Join(out, "thesis.txt"), []byte("years"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, _, err := write(out, sources(), testQuality); err == nil || !strings.Contains(err.Error(), "thesis.txt") {
		t.Errorf("error is %v, want one that names thesis.txt", err)
	}
	if string(read(t, out, "thesis.txt")) != "years" {
		t.Error("thesis.txt was touched")
	}
}

func TestEveryStyleSheetIsJoined(t *testing.T) {
	found, err := filepath.Glob("../css/*.css")
	if err != nil || len(found) == 0 {
		t.Fatalf("no style sheets: %v", err)
	}
	joined := map[string]bool{}
	for _, name := range styleSheets {
		joined[name+".css"] = true
	}
	for _, file := range found {
		if !joined[filepath.Base(file)] {
			t.Errorf("%s is not in styleSheets, so no page would have it", file)
		}
	}
}

func TestTheFirstVisitBesideTheAppStaysSmall(t *testing.T) {
	const budget = 150 << 10
	sources, _ := project(t, "app")
	out := t.TempDir()
	total := 0
	for _, f := range pack(t, out, sources()).Files {
		if listed(t, out)[f.Path] == "" || f.Path == "/app.wasm" || f.Path == "/wasm_exec.js" {
			continue
		}
		if f.Brotli > 0 {
			total += f.Brotli
		} else {
			total += f.Size
		}
	}
	t.Logf("style sheet, fonts, icons and scripts: %d bytes over the wire", total)
	if total > budget {
		t.Errorf("%d bytes, the budget is %d", total, budget)
	}
}
