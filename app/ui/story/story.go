// Package story shows every screen of the app in every state it can be in, each
// as a named story: the real screens over a server and a database in memory,
// brought into the state by fixtures and by what a person would do there. It is
// linked into the story program (wasm/story) only, never into the app.
//
// A story is looked at (make story) and compared with a picture (web/story).
package story

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"hashiya/app/ui/client"
	"hashiya/app/ui/i18n"
)

// Story is one screen in one state.
type Story struct {
	// Name is unique: the screen, a slash, the state. It is part of file names and
	// addresses: a–z, digits, hyphens and the slash only.
	Name  string
	About string // what is to be seen, in a sentence
	Path  string // the address in the app; may end in a #fragment
	Given []given
	Acts  []Act
	// Looks are the looks that a picture is kept of; none means Plain.
	Looks []Look
	// Height of the window in CSS pixels; 0 is 800, or 844 where it is narrow.
	Height int
}

// given makes something true of the world before the app starts.
type given func(w *world)

// Look is how a story is looked at. Width is in CSS pixels.
type Look struct {
	Lang  i18n.Lang
	Theme string // "light" or "dark"
	Width int
}

// String is the look's part of file names: "ar-light-1280".
func (l Look) String() string {
	return string(l.Lang) + "-" + l.Theme + "-" + strconv.Itoa(l.Width)
}

// HeightAt returns the height of a window that shows the story, in CSS pixels.
func (s *Story) HeightAt(l Look) int {
	if l.Width < 600 {
		return cmp.Or(s.Height, 844)
	}
	return cmp.Or(s.Height, 800)
}

const (
	desk  = 1280
	phone = 390
)

var (
	plain        = Look{i18n.Ar, "light", desk}
	englishDark  = Look{i18n.En, "dark", desk}
	english      = Look{i18n.En, "light", desk}
	dark         = Look{i18n.Ar, "dark", desk}
	phoneLight   = Look{i18n.Ar, "light", phone}
	phoneEnglish = Look{i18n.En, "dark", phone}
)

// everywhere is for the screens where people spend their days.
var everywhere = []Look{plain, englishDark, phoneLight, phoneEnglish}

// All returns every story, screen by screen.
func All() []Story {
	all := slices.Concat(doors, homes, projects, settings, articles, articleStates, articleWork, corpora, schemes)
	for i := range all {
		if len(all[i].Looks) == 0 {
			all[i].Looks = []Look{plain}
		}
	}
	return all
}

// Find returns the story of that name.
func Find(name string) (Story, bool) {
	for _, s := range All() {
		if s.Name == name {
			return s, true
		}
	}
	return Story{}, false
}

// URL returns the address under which the story program shows the story.
func (s *Story) URL(l Look) string {
	path, fragment, _ := strings.Cut(s.Path, "#")
	u := path + "?story=" + s.Name + "&lang=" + string(l.Lang) + "&theme=" + l.Theme
	if fragment != "" {
		u += "#" + fragment
	}
	return u
}

// Client returns the app's client in the story's world, in a language and a
// theme, and what the page has to be told of them: see Browser. It was not
// started.
func (s *Story) Client(l Look, page Page) *client.Client {
	w := newWorld(page)
	for _, g := range s.Given {
		g(w)
	}
	w.browser.prefs(l)
	return w.client()
}
