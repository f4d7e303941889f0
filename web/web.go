// Package web holds the files that the browser is sent: style sheets, fonts, icons,
// the shell, the service worker and the app itself, as package pack has built them.
package web

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"sync"
)

//go:embed all:dist
var embedded embed.FS

// File is one file as it is sent to a browser.
type File struct {
	Path        string // of the URL: "/app.css"
	ContentType string // with charset, where it has one
	ETag        string // a strong validator, quoted: the start of the SHA-256 of Raw
	Raw         Content
	Brotli      Content // Raw in Brotli; empty where that would not be smaller
}

// Content is bytes that stay where they are, in the program's file: the whole front
// end on the heap would be 18 MB in every server. It is safe for concurrent use.
type Content struct {
	at   io.ReaderAt
	Size int64 // bytes
}

// Reader returns a reader of all of it.
func (c Content) Reader() io.Reader { return io.NewSectionReader(c.at, 0, c.Size) }

// Bytes is content that is in memory, for tests of who serves it.
func Bytes(b []byte) Content { return Content{bytes.NewReader(b), int64(len(b))} }

// ErrNotBuilt says that the program was compiled before the front end was packed.
var ErrNotBuilt = errors.New("the front end is not built into this program: run make build")

// Files returns every file by its path. The map and what it holds are shared: don't
// change them. It fails with ErrNotBuilt, or when the files and their index disagree.
func Files() (map[string]File, error) {
	b, err := load()
	return b.files, err
}

// Version names this build of the front end: the start of a SHA-256 over all that
// went into it, 16 hex digits. It is "" when nothing is built in.
func Version() string {
	b, _ := load()
	return b.version
}

// Index is what pack leaves beside the files it wrote: IndexName in the same folder.
type Index struct {
	Version string       `json:"version"`
	Inputs  string       `json:"inputs"`  // the version and how it was packed; "" while pack is at work
	Quality int          `json:"quality"` // of the Brotli compression, 0 to 11
	Files   []IndexEntry `json:"files"`   // ascending by path
}

// IndexEntry describes one file. Its content lies under its path, the Brotli form
// beside it under path + ".br".
type IndexEntry struct {
	Path        string `json:"path"`
	ContentType string `json:"content_type"`
	SHA256      string `json:"sha256"` // of the content, hex
	Size        int    `json:"size"`   // bytes
	Brotli      int    `json:"brotli"` // bytes, 0 for none
}

// IndexName is the name of the index within the folder that pack writes.
const IndexName = "index.json"

type bundle struct {
	version string
	files   map[string]File
}

var load = sync.OnceValues(func() (bundle, error) {
	dist, err := fs.Sub(embedded, "dist")
	if err != nil {
		return bundle{}, err
	}
	return read(dist)
})

func read(dist fs.FS) (bundle, error) {
	data, err := fs.ReadFile(dist, IndexName)
	if errors.Is(err, fs.ErrNotExist) {
		return bundle{}, ErrNotBuilt
	}
	if err != nil {
		return bundle{}, err
	}
	var index Index
	if err := json.Unmarshal(data, &index); err != nil {
		return bundle{}, fmt.Errorf("web: %s: %w: run make build again", IndexName, err)
	}
	if index.Inputs == "" { // pack was stopped in the midst of its work
		return bundle{}, ErrNotBuilt
	}
	b := bundle{version: index.Version, files: make(map[string]File, len(index.Files))}
	for _, e := range index.Files {
		f := File{Path: e.Path, ContentType: e.ContentType, ETag: `"` + e.SHA256[:16] + `"`}
		if f.Raw, err = sized(dist, e.Path[1:], e.Size); err != nil {
			return bundle{}, err
		}
		if e.Brotli > 0 {
			if f.Brotli, err = sized(dist, e.Path[1:]+".br", e.Brotli); err != nil {
				return bundle{}, err
			}
		}
		b.files[e.Path] = f
	}
	return b, nil
}

func sized(dist fs.FS, name string, size int) (Content, error) {
	f, err := dist.Open(name)
	if err != nil {
		return Content{}, fmt.Errorf("web: %w: run make build again", err)
	}
	info, err := f.Stat()
	if err != nil {
		return Content{}, err
	}
	if info.Size() != int64(size) {
		return Content{}, fmt.Errorf("web: %s has %d bytes, its index says %d: run make build again", name, info.Size(), size)
	}
	return Content{f.(io.ReaderAt), info.Size()}, nil // embed.FS promises the ReaderAt
}
