package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// styleSheets are joined in this order: tokens first, what overrides last.
var styleSheets = []string{
	"tokens", "fonts", "base", "buttons", "shell", "article", "marks",
	"palette", "inspector", "forms", "pages", "scheme", "overlays", "loader",
}

const (
	versionMark = "{{VERSION}}"
	filesMark   = "{{FILES}}"
	workerPath  = "/worker.js"
)

// source is one file before templates are filled in, under the path of its URL.
type source struct {
	path    string
	content []byte
}

// gather reads all that a browser is sent, ascending by path.
func gather(src, wasm, wasmExec string) ([]source, error) {
	var css bytes.Buffer
	for _, name := range styleSheets {
		data, err := os.ReadFile(filepath.Join(src, "css", name+".css"))
		if err != nil {
			return nil, err
		}
		css.Write(data)
	}
	sources := []source{{"/app.css", css.Bytes()}}

	named := map[string]string{
		"/app.wasm":     wasm,
		"/wasm_exec.js": wasmExec,
		"/icons.svg":    filepath.Join(src, "icons", "icons.svg"),
	}
	for _, name := range []string{"shell.html", "boot.js", "worker.js", "manifest.webmanifest"} {
		named["/"+name] = filepath.Join(src, name)
	}
	for folder, patterns := range map[string][]string{"fonts": {"*.woff2", "OFL-*.txt"}, "icons": {"*.png", "mark.svg"}} {
		for _, pattern := range patterns {
			found, err := filepath.Glob(filepath.Join(src, folder, pattern))
			if err != nil {
				return nil, err
			}
			for _, file := range found {
				named["/"+folder+"/"+filepath.Base(file)] = file
			}
		}
	}
	for path, file := range named {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		sources = append(sources, source{path, data})
	}
	sort.Slice(sources, func(i, j int) bool { return sources[i].path < sources[j].path })
	return sources, nil
}

// versionOf hashes paths and contents.
func versionOf(sources []source) string {
	h := sha256.New()
	for _, s := range sources {
		fmt.Fprintf(h, "%s %d\n", s.path, len(s.content))
		h.Write(s.content)
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// fill replaces the marks in the scripts. The worker is filled last: it lists the
// hashes of the others as they are served.
func fill(sources []source, version string) error {
	precached := map[string]string{}
	var worker *source
	for i := range sources {
		s := &sources[i]
		if strings.HasSuffix(s.path, ".js") {
			s.content = bytes.ReplaceAll(s.content, []byte(versionMark), []byte(version))
		}
		if s.path == workerPath {
			worker = s
		} else if precache(s.path) {
			precached[s.path] = hashOf(s.content)
		}
	}
	list, err := json.MarshalIndent(precached, "", "  ")
	if err != nil {
		return err
	}
	if worker == nil || !bytes.Contains(worker.content, []byte(filesMark)) {
		return fmt.Errorf("%s does not say %s where the list of files goes", workerPath, filesMark)
	}
	worker.content = bytes.ReplaceAll(worker.content, []byte(filesMark), list)
	return nil
}

// precache says whether the worker keeps a file for work without a network. Rendered
// icons are for the operating system, which reads them when it installs the app, and
// licences are for people.
func precache(path string) bool {
	switch filepath.Ext(path) {
	case ".png", ".txt":
		return false
	}
	return path != workerPath
}

func hashOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}
