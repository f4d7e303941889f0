package api

import (
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"hashiya/web"
)

// shellPath is the page that every address of the app shows.
const shellPath = "/shell.html"

// pages are the addresses of the app.
func isPage(path string) bool {
	switch path {
	case "/", "/join", "/login", "/settings":
		return true
	}
	return strings.HasPrefix(path, "/p/")
}

// Files serves the built front end: its files by their paths, its shell for
// every address of the app, and nothing else. Without files it says on every
// page that the front end was not built.
func Files(files map[string]web.File) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f, there := files[r.URL.Path]
		if !there && isPage(r.URL.Path) {
			f, there = files[shellPath]
		}
		switch {
		case len(files) == 0:
			plain(w, http.StatusServiceUnavailable, "The front end was not built into this program, so there is no page to show; the API works.\nBuild it with `make build` and start bin/hashiya again.\n")
		case !there:
			plain(w, http.StatusNotFound, "There is nothing at this address.\n")
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			w.Header().Set("Allow", "GET, HEAD")
			plain(w, http.StatusMethodNotAllowed, "This address can only be read.\n")
		default:
			serveFile(w, r, &f)
		}
	})
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	w.Write([]byte(text))
}

func serveFile(w http.ResponseWriter, r *http.Request, f *web.File) {
	h := w.Header()
	h.Set("Content-Type", f.ContentType)
	h.Set("Vary", "Accept-Encoding")
	// Always asked again: one deployed version never mixes with another. The
	// service worker, not this cache, makes the app start fast.
	h.Set("Cache-Control", "no-cache")
	if f.Path == "/app.wasm" {
		// The page shows progress by it, which Content-Length can't tell it.
		h.Set("X-Wasm-Length", strconv.FormatInt(f.Raw.Size, 10))
	}
	body, etag := f.Raw, f.ETag
	if f.Brotli.Size > 0 && acceptsBrotli(r) {
		// Other bytes, so another strong validator.
		body, etag = f.Brotli, strings.TrimSuffix(f.ETag, `"`)+`-br"`
		h.Set("Content-Encoding", "br")
	}
	h.Set("ETag", etag)
	if slices.Contains(tags(r.Header.Get("If-None-Match")), etag) {
		h.Del("Content-Encoding")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Length", strconv.FormatInt(body.Size, 10))
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		io.Copy(w, body.Reader())
	}
}

// tags splits an If-None-Match header; weak tags compare like strong ones
// (RFC 9110, section 13.1.2).
func tags(header string) []string {
	list := strings.Split(header, ",")
	for i := range list {
		list[i] = strings.TrimPrefix(strings.TrimSpace(list[i]), "W/")
	}
	return list
}

func acceptsBrotli(r *http.Request) bool {
	for _, part := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		coding, params, _ := strings.Cut(part, ";")
		if strings.TrimSpace(coding) != "br" {
			continue
		}
		q, given := strings.CutPrefix(strings.TrimSpace(params), "q=")
		weight, err := strconv.ParseFloat(strings.TrimSpace(q), 64)
		return !given || err == nil && weight > 0
	}
	return false
}
