package client

import (
	"time"

	"hashiya/app/ui/i18n"
	"hashiya/app/wire"
)

// Browser is what the app asks of the browser, beside storage and network.
// Every method returns at once.
type Browser interface {
	// LoadPrefs and SavePrefs keep the preferences on this device, and SavePrefs
	// puts them into force on the page.
	LoadPrefs() Prefs
	SavePrefs(p Prefs)
	// LoadUser and SaveUser remember who works on this device, so that the app
	// starts offline; the zero Me forgets.
	LoadUser() wire.Me
	SaveUser(me wire.Me)
	// LastUser returns who was the last to be remembered, also after the zero Me
	// was saved.
	LastUser() string
	// OnUser calls fn when another tab saved another user.
	OnUser(fn func(me wire.Me))
	// LoadVisits and SaveVisits keep which articles a user opened on this device,
	// the last one first.
	LoadVisits(user string) []Visit
	SaveVisits(user string, visits []Visit)
	// LoadDraft and SaveDraft keep what a user has begun to write of something, so
	// that a reload does not lose it; "" for nothing. SaveDraft reports whether
	// the browser took it.
	LoadDraft(user, of string) string
	SaveDraft(user, of, text string) bool
	// Online reports the browser's belief about the network.
	Online() bool
	// OnOnline calls fn whenever that belief changes.
	OnOnline(fn func(online bool))
	// OnVisible calls fn when the page is shown or hidden, until cancel.
	OnVisible(fn func(visible bool)) (cancel func())
	// Installable reports whether the browser offers to install the app; Install
	// takes the offer. OnInstallable calls fn when that changes.
	Installable() bool
	Install()
	OnInstallable(fn func())
	// UpdateWaiting reports whether a new version waits; ApplyUpdate starts it.
	UpdateWaiting() bool
	ApplyUpdate()
	// CheckUpdate has the browser look for a new version and get it ready.
	CheckUpdate()
	OnUpdate(fn func())
	// Download hands the user a file.
	Download(name, mediaType string, content []byte)
	// Persist asks for storage that the browser won't clear by itself; it calls
	// fn with whether it was granted, and bytes used and allowed (0 unknown).
	Persist(fn func(granted bool, used, quota int64))
	// KeyLetter returns the letter that the user's keyboard layout has on a
	// physical key (KeyboardEvent.code), "" where the browser does not tell.
	KeyLetter(code string) string
}

// Prefs are the preferences of this device. The values are those of the
// attributes on the page's root element.
type Prefs struct {
	Lang        i18n.Lang `json:"lang"`        // ar (default) or en
	Theme       string    `json:"theme"`       // "system" (default), "light", "dark"
	TextSize    string    `json:"textSize"`    // "s", "m" (default), "l", "xl"
	ReadingFont string    `json:"readingFont"` // "amiri" (default), "noto"
	ShowTags    bool      `json:"showTags"`    // label names on all highlights
	HideQueue   bool      `json:"hideQueue"`
	Keys        string    `json:"keys"` // keys put elsewhere, see reading.Keymap
	Stay        bool      `json:"stay"` // a label's key doesn't go on to the next candidate
}

// normal returns p with the default in place of everything that is not a
// value, so that a page of another version can't leave the app without a
// language.
func (p Prefs) normal() Prefs {
	p.Lang = oneOf(p.Lang, i18n.Ar, i18n.En)
	p.Theme = oneOf(p.Theme, "system", "light", "dark")
	p.TextSize = oneOf(p.TextSize, "m", "s", "l", "xl")
	p.ReadingFont = oneOf(p.ReadingFont, "amiri", "noto")
	return p
}

func oneOf[T comparable](v, other T, rest ...T) T {
	for _, x := range rest {
		if v == x {
			return v
		}
	}
	return other
}

// Visit says when an article was last opened on this device.
type Visit struct {
	Project string    `json:"project"`
	Article string    `json:"article"`
	Title   string    `json:"title"`
	At      time.Time `json:"at"`
}
