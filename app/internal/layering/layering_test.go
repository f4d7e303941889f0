//go:build !js

// Package layering holds the test that keeps the folders apart.
package layering

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"testing"
)

const module = "hashiya/"

// rules say which packages (by prefix) must not import which, and why. Where
// direct is not set, they must not reach them by way of others either.
var rules = []struct {
	from, to string
	direct   bool
	why      string
}{
	{"app", "syscall/js", true, "app compiles natively too: the browser's things belong into wasm/"},
	{"app", module + "wasm", false, "app is what annotation is, wasm brings it into a browser"},
	{"app", module + "server", false, "app runs in the browser: nothing of the server may be linked into it"},
	{"app", "github.com/dgraph-io/badger", false, "the database belongs to the server"},
	{"app", "net/http", true, "it doubles the download: use fetch through wasm/remote"},
	{"wasm", "net/http", true, "it doubles the download: use fetch through wasm/remote"},
	{"wasm", module + "server", false, "the two sides meet in app/ and over the wire only"},
	{"server", module + "wasm", false, "the two sides meet in app/ and over the wire only"},
	{"app", module + "app/ui/story", false, "stories are fixtures of the story program: nobody downloads them with the app"},
	{"app/annotation", module + "app/ui", false, "the model does not know screens"},
	{"app/sync", module + "app/ui", false, "the outbox does not know screens"},
	{"app/annotation", "github.com/maxence-charriere/go-app", false, "the model does not know screens"},
	{"app/sync", "github.com/maxence-charriere/go-app", false, "the outbox does not know screens"},
	{"server", "github.com/maxence-charriere/go-app", false, "the server sends files, it renders no screens"},
	{"server/log", module + "server/view", false, "the log is the truth, the view is made of it"},
	{"server/api", "github.com/dgraph-io/badger", true, "handlers read the view: the log's engine may change"},
	{"server/view", "github.com/dgraph-io/badger", false, "the view is written through server/kv: the log's engine may change"},
}

func TestFoldersStayApart(t *testing.T) {
	for _, goos := range []string{"", "js"} {
		for pkg, p := range packages(t, goos) {
			for _, r := range rules {
				if !within(pkg, r.from) {
					continue
				}
				reached := p.deps
				if r.direct {
					reached = p.imports
				}
				for _, d := range reached {
					if within(d, r.to) {
						t.Errorf("%s depends on %s: %s", pkg, d, r.why)
					}
				}
			}
		}
	}
}

func within(pkg, prefix string) bool {
	return pkg == prefix || strings.HasPrefix(pkg, prefix+"/")
}

type pkg struct{ imports, deps []string }

// packages lists the packages of the module that one side builds.
func packages(t *testing.T, goos string) map[string]pkg {
	cmd := exec.Command("go", "list", "-e", "-f", `{{.ImportPath}}|{{join .Imports " "}}|{{join .Deps " "}}`, module+"...")
	cmd.Env = os.Environ()
	if goos == "js" {
		cmd.Env = append(cmd.Env, "GOOS=js", "GOARCH=wasm")
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, &stderr)
	}
	list := map[string]pkg{}
	for line := range strings.Lines(string(out)) {
		fields := strings.Split(strings.TrimSpace(line), "|")
		path := strings.TrimPrefix(fields[0], module)
		if goos == "js" && within(path, "server") || goos == "" && within(path, "wasm") {
			continue // never built for that side
		}
		list[path] = pkg{strings.Fields(fields[1]), strings.Fields(fields[2])}
	}
	if len(list) < 5 {
		t.Fatalf("go list found only %d packages", len(list))
	}
	return list
}
