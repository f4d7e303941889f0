package main

import (
	_ "embed"
	"html/template"
	"mime"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"hashiya/app/ui/i18n"
	"hashiya/app/ui/story"
)

//go:embed index.html
var indexHTML string

var index = template.Must(template.New("index").Parse(indexHTML))

// handler serves what build has made: the list of stories at /, the app's shell at
// every address that names a story, and the files.
//
// The app's service worker is left out: it would keep a story's old version.
func handler(dir string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-cache")
		name := filepath.Join(dir, filepath.FromSlash(r.URL.Path))
		switch info, err := os.Stat(name); {
		case r.URL.Query().Has("story"):
			http.ServeFile(w, r, filepath.Join(dir, "shell.html"))
		case r.URL.Path == "/worker.js":
			http.NotFound(w, r)
		case err == nil && info.Mode().IsRegular():
			if kind := mime.TypeByExtension(filepath.Ext(name)); kind != "" {
				w.Header().Set("Content-Type", kind)
			}
			http.ServeFile(w, r, name)
		case r.URL.Path == "/":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_ = index.Execute(w, chapters()) // the reader has gone
		default:
			http.Redirect(w, r, "/", http.StatusSeeOther) // a link out of a story
		}
	})
}

// chapter is the stories of one screen.
type chapter struct {
	Name    string
	Stories []entry
}

type entry struct {
	Name, State, About, URL string
	Width                   int // of its first look
}

func chapters() []chapter {
	var out []chapter
	for _, s := range story.All() {
		screen, state, _ := strings.Cut(s.Name, "/")
		if len(out) == 0 || out[len(out)-1].Name != screen {
			out = append(out, chapter{Name: screen})
		}
		if state == "" {
			state = "as usual"
		}
		c := &out[len(out)-1]
		c.Stories = append(c.Stories, entry{s.Name, state, s.About, s.URL(story.Look{Lang: i18n.Ar, Theme: "light"}), s.Looks[0].Width})
	}
	return out
}
