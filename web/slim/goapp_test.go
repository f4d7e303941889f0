package main

import (
	"bytes"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

func TestTheBrowsersGoAppIsWithoutItsServer(t *testing.T) {
	t.Chdir("../..")
	work := t.TempDir()
	for range 2 { // the second time over what the first one left
		if _, err := prepare(work); err != nil {
			t.Fatal(err)
		}
	}
	modfile, err := prepare(work)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "list", "-modfile="+modfile, "-deps", goApp+"/pkg/app")
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOWORK=off")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	deps := " " + strings.Join(strings.Fields(string(out)), " ") + " "
	for _, p := range []string{"net/http", "crypto/tls", "crypto/x509", "mime", "regexp", "regexp/syntax"} {
		if strings.Contains(deps, " "+p+" ") {
			t.Errorf("go-app still brings in %s", p)
		}
	}
	if !strings.Contains(deps, " hashiya/web/slim/pathpattern ") {
		t.Error("go-app's router does not use pathpattern")
	}
}

func TestAnotherGoAppIsRefused(t *testing.T) {
	t.Chdir("../..")
	dir, err := moduleDir()
	if err != nil {
		t.Fatal(err)
	}
	files, err := read(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := change(maps.Clone(files)); err != nil {
		t.Fatalf("the go-app of go.mod: %v", err)
	}
	for _, name := range []string{"go.mod", "pkg/app/http.go", "pkg/app/route.go", "pkg/app/node.go", "pkg/errors/errors.go"} {
		other := maps.Clone(files)
		other[name] = append(bytes.Clone(files[name]), '\n')
		before := maps.Clone(other)
		if err := change(other); err == nil || !strings.Contains(err.Error(), hashOf(before)) {
			t.Errorf("%s is another one; error: %v", name, err)
		}
		if hashOf(other) != hashOf(before) {
			t.Errorf("%s is another one, and files were changed", name)
		}
	}
	without := maps.Clone(files)
	delete(without, "pkg/app/resource.go")
	if change(without) == nil {
		t.Error("a go-app without resource.go was taken")
	}
}

func TestWhatIsInlinedIsInTheApp(t *testing.T) {
	t.Chdir("../..")
	cmd := exec.Command("go", "list", "-deps", "./wasm")
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	deps := strings.Fields(string(out))
	for _, pattern := range inlined {
		prefix, below := strings.CutSuffix(pattern, "/...")
		if !slices.ContainsFunc(deps, func(p string) bool {
			return p == prefix || below && strings.HasPrefix(p, prefix+"/")
		}) {
			t.Errorf("no package of the app is called %s", pattern)
		}
	}
}
