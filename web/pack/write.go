package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/andybalholm/brotli"
	"golang.org/x/sync/errgroup"

	"hashiya/web"
)

var contentTypes = map[string]string{
	".css":         "text/css; charset=utf-8",
	".html":        "text/html; charset=utf-8",
	".js":          "text/javascript; charset=utf-8",
	".png":         "image/png",
	".svg":         "image/svg+xml",
	".txt":         "text/plain; charset=utf-8",
	".wasm":        "application/wasm", // without it browsers refuse to compile while loading
	".webmanifest": "application/manifest+json",
	".woff2":       "font/woff2",
}

// write fills in the sources and writes them, compressed, into out. It returns
// changed == false when out already holds exactly that. An empty index stands there
// meanwhile, so that a folder left half-written is not taken for whole.
func write(out string, sources []source, quality int) (index web.Index, changed bool, err error) {
	version := versionOf(sources)
	inputs := fmt.Sprintf("%s brotli-%d", version, quality)
	old := readIndex(out)
	if old.Inputs == inputs && whole(out, old) {
		return old, false, nil
	}
	if err := fill(sources, version); err != nil {
		return web.Index{}, false, err
	}

	index = web.Index{Version: version, Inputs: inputs, Quality: quality, Files: make([]web.IndexEntry, len(sources))}
	compressed := make([][]byte, len(sources))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, s := range sources {
		group.Go(func() error {
			kind, ok := contentTypes[filepath.Ext(s.path)]
			if !ok {
				return fmt.Errorf("%s: no content type is known for this kind of file: add it to contentTypes", s.path)
			}
			entry := web.IndexEntry{Path: s.path, ContentType: kind, SHA256: hashOf(s.content), Size: len(s.content)}
			if worthCompressing(s.path) {
				data, err := compress(out, old, entry, s.content, quality)
				if err != nil {
					return fmt.Errorf("compressing %s: %w", s.path, err)
				}
				if len(data) < len(s.content) {
					compressed[i], entry.Brotli = data, len(data)
				}
			}
			index.Files[i] = entry
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return web.Index{}, false, err
	}

	if err := clear(out); err != nil {
		return web.Index{}, false, err
	}
	if err := writeIndex(out, web.Index{}); err != nil {
		return web.Index{}, false, err
	}
	for i, s := range sources {
		name := filepath.Join(out, filepath.FromSlash(s.path))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return web.Index{}, false, err
		}
		if err := os.WriteFile(name, s.content, 0o644); err != nil {
			return web.Index{}, false, err
		}
		if compressed[i] != nil {
			if err := os.WriteFile(name+".br", compressed[i], 0o644); err != nil {
				return web.Index{}, false, err
			}
		}
	}
	return index, true, writeIndex(out, index)
}

func writeIndex(out string, index web.Index) error {
	data, err := json.MarshalIndent(index, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, web.IndexName), data, 0o644)
}

// worthCompressing leaves alone what is compressed by its own format.
func worthCompressing(path string) bool {
	switch filepath.Ext(path) {
	case ".woff2", ".png":
		return false
	}
	return true
}

// compress takes the compressed form that lies in out when it is of the same content
// and quality: the app takes half a minute, a style sheet beside it should not.
func compress(out string, old web.Index, entry web.IndexEntry, content []byte, quality int) ([]byte, error) {
	for _, e := range old.Files {
		if e.Path == entry.Path && e.SHA256 == entry.SHA256 && e.Brotli > 0 && old.Quality == quality {
			if data, err := os.ReadFile(brotliName(out, e)); err == nil && len(data) == e.Brotli {
				return data, nil
			}
		}
	}
	var buf bytes.Buffer
	w := brotli.NewWriterOptions(&buf, brotli.WriterOptions{Quality: quality, LGWin: 24})
	if _, err := w.Write(content); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

func brotliName(out string, e web.IndexEntry) string {
	return filepath.Join(out, filepath.FromSlash(e.Path)) + ".br"
}

// readIndex returns the index of an earlier run, or an empty one when there is none
// that can be read: then everything is made anew.
func readIndex(out string) web.Index {
	var index web.Index
	data, err := os.ReadFile(filepath.Join(out, web.IndexName))
	if err != nil || json.Unmarshal(data, &index) != nil {
		return web.Index{}
	}
	return index
}

// whole reports whether every file of the index lies in out in its length.
func whole(out string, index web.Index) bool {
	has := func(name string, size int) bool {
		info, err := os.Stat(name)
		return err == nil && info.Size() == int64(size)
	}
	for _, e := range index.Files {
		if !has(filepath.Join(out, filepath.FromSlash(e.Path)), e.Size) || e.Brotli > 0 && !has(brotliName(out, e), e.Brotli) {
			return false
		}
	}
	return true
}

// clear empties out. It keeps .gitkeep, which is committed so that the folder exists
// for go:embed, and refuses a folder that holds something but no index: pack did not
// write that.
func clear(out string) error {
	entries, err := os.ReadDir(out)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	_, err = os.Stat(filepath.Join(out, web.IndexName))
	ours := err == nil
	for _, e := range entries {
		if e.Name() == ".gitkeep" {
			continue
		}
		if !ours {
			return fmt.Errorf("%s holds %s but no %s, so pack did not write it: name another folder with -out, or empty this one", out, e.Name(), web.IndexName)
		}
		if err := os.RemoveAll(filepath.Join(out, e.Name())); err != nil {
			return err
		}
	}
	return nil
}
