package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

const (
	goApp = "github.com/maxence-charriere/go-app/v10"

	// goAppHash is the hashOf the go-app that the changes below were written for.
	goAppHash = "d3f2aea3856ae4f6c756cd04ba14f260f69b083e139f5c5d3ee21f91eca9c315"
)

// replaced are the files of go-app that bring in net/http, crypto/tls and crypto/x509
// for things that only its server does. Of them the browser's part needs just this.
var replaced = map[string]string{
	"pkg/app/http.go": `package app

// Handler is named by GenerateStaticWebsite, which panics in a browser.
type Handler struct{}
`,
	"pkg/app/resource.go": `package app

// clientResourceResolver returns a function that leaves locations as they are: Hashiya
// keeps nothing beneath /web/, the only folder that go-app serves from elsewhere.
func clientResourceResolver(string) func(string) string {
	return func(location string) string { return location }
}
`,
}

// The router needs package regexp for the patterns of routes only.
const (
	router    = "pkg/app/route.go"
	itsRegexp = "\n\t\"regexp\"\n"
	ourRegexp = "\n\tregexp \"hashiya/web/slim/pathpattern\"\n"
)

// prepare fills the folder work with a copy of go-app without its server and with a
// go.mod, whose path it returns, that has the copy in go-app's place.
func prepare(work string) (modfile string, err error) {
	dir, err := moduleDir()
	if err != nil {
		return "", err
	}
	files, err := read(dir)
	if err != nil {
		return "", err
	}
	if err := change(files); err != nil {
		return "", fmt.Errorf("%s in %s: %w", goApp, dir, err)
	}

	copied := filepath.Join(work, "go-app")
	if err := os.RemoveAll(copied); err != nil {
		return "", err
	}
	for name, content := range files {
		path := filepath.Join(copied, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return "", err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return "", err
		}
	}
	return useInstead(copied, work)
}

// change takes the server out of go-app's files. It refuses files that it was not
// written for and then leaves them as they are.
func change(files map[string][]byte) error {
	if hash := hashOf(files); hash != goAppHash {
		return fmt.Errorf("it is not the version that web/slim/goapp.go was written for: see there whether the changes to %s still hold, "+
			"then set goAppHash to %q", strings.Join(slices.Sorted(maps.Keys(replaced)), ", ")+" and "+router, hash)
	}
	for name, content := range replaced {
		files[name] = []byte(content)
	}
	files[router] = bytes.Replace(files[router], []byte(itsRegexp), []byte(ourRegexp), 1)
	return nil
}

// moduleDir returns where the go command keeps go-app. It loads it when it is not
// there yet.
func moduleDir() (string, error) {
	for _, load := range []bool{false, true} {
		if load {
			if _, err := goCommand("mod", "download", goApp); err != nil {
				return "", err
			}
		}
		dir, err := goCommand("list", "-m", "-f", "{{.Dir}}", goApp)
		if dir != "" || err != nil {
			return dir, err
		}
	}
	return "", fmt.Errorf("the go command knows no folder of %s: see that it is in go.mod", goApp)
}

// read returns the files that a front end is built from, by their path with slashes.
func read(dir string) (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, pattern := range []string{"go.mod", "pkg/app/*.go", "pkg/errors/*.go"} {
		names, err := fs.Glob(os.DirFS(dir), pattern)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			if files[name], err = os.ReadFile(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
				return nil, err
			}
		}
	}
	return files, nil
}

func hashOf(files map[string][]byte) string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(h, "%s %d\n%s", name, len(files[name]), files[name])
	}
	return hex.EncodeToString(h.Sum(nil))
}

// useInstead writes a go.mod with its go.sum into work that says to build with copied
// in go-app's place. A path relative to the module stays so: it ends up in the app,
// which must not differ from one folder to another.
func useInstead(copied, work string) (modfile string, err error) {
	for _, name := range []string{"go.mod", "go.sum"} {
		content, err := os.ReadFile(name)
		if err != nil {
			return "", fmt.Errorf("%w: run slim in the folder of go.mod", err)
		}
		if err := os.WriteFile(filepath.Join(work, name), content, 0o644); err != nil {
			return "", err
		}
	}
	if filepath.IsLocal(copied) {
		copied = "./" + filepath.ToSlash(copied)
	}
	modfile = filepath.Join(work, "go.mod")
	_, err = goCommand("mod", "edit", "-replace="+goApp+"="+copied, modfile)
	return modfile, err
}

func goCommand(args ...string) (output string, err error) {
	cmd := exec.Command("go", args...)
	cmd.Env = append(os.Environ(), "GOWORK=off")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("go %s: %w: %s", strings.Join(args, " "), err, bytes.TrimSpace(stderr.Bytes()))
	}
	return strings.TrimSpace(string(out)), nil
}
