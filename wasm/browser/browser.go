//go:build js && wasm

// Package browser is client.Browser over the page: preferences and the user in
// localStorage, what boot.js offers (installing, updates), the network's and the
// page's state, files for the user, and the letters of the keyboard.
package browser

import (
	"context"
	"encoding/json"
	"syscall/js"
	"time"

	"hashiya/app/ui/client"
	"hashiya/app/wire"
	"hashiya/wasm/idb"
)

const (
	prefsKey = "hashiya.prefs" // boot.js reads it before the first paint
	userKey  = "hashiya.user"
	lastKey  = "hashiya.last"    // name of the last user
	visitKey = "hashiya.visits." // + the user's name
	draftKey = "hashiya.draft."  // + the user's name, a slash, and what it is of
)

// Browser is the page that the app runs in.
type Browser struct {
	window  js.Value
	letters map[string]string // by physical key, once the browser has told

	remember chan wire.Me
}

var _ client.Browser = (*Browser)(nil)

// New returns the page. It may wait for the disk.
func New() *Browser {
	b := &Browser{window: js.Global(), remember: make(chan wire.Me, 16)}
	b.askLetters()
	b.recallUser()
	go b.keepUsers()
	return b
}

// LoadPrefs implements client.Browser.
func (b *Browser) LoadPrefs() client.Prefs {
	var p client.Prefs
	b.load(prefsKey, &p)
	return p
}

// SavePrefs implements client.Browser: boot.js keeps them and puts them on the
// page's root element, as it does at the start.
func (b *Browser) SavePrefs(p client.Prefs) {
	if text, err := json.Marshal(p); err == nil {
		b.window.Call("hashiyaSetPrefs", string(text))
	}
}

// LoadUser implements client.Browser.
func (b *Browser) LoadUser() wire.Me {
	var me wire.Me
	b.load(userKey, &me)
	return me
}

// SaveUser implements client.Browser.
func (b *Browser) SaveUser(me wire.Me) {
	b.save(userKey, me)
	if me.Name != "" {
		b.save(lastKey, me.Name)
	}
	b.remember <- me
}

// LastUser implements client.Browser.
func (b *Browser) LastUser() (name string) {
	b.load(lastKey, &name)
	return name
}

// keepUsers brings the users that SaveUser names to the disk, in their order.
func (b *Browser) keepUsers() {
	for me := range b.remember {
		if text, err := json.Marshal(me); err == nil {
			_ = idb.Remember(context.Background(), userKey, string(text)) // localStorage has it, most likely
		}
	}
}

// recallUser gives localStorage the user back that it lost when the browser
// died before writing it to the disk.
func (b *Browser) recallUser() {
	if b.LoadUser().Name != "" {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	var me wire.Me
	if text, err := idb.Recall(ctx, userKey); err == nil && json.Unmarshal([]byte(text), &me) == nil && me.Name != "" {
		b.save(userKey, me)
	}
}

// OnUser implements client.Browser. The storage event comes from other tabs
// only.
func (b *Browser) OnUser(fn func(me wire.Me)) {
	b.listen(b.window, "storage", func(e js.Value) {
		if key := e.Get("key"); key.IsNull() || key.String() == userKey {
			fn(b.LoadUser())
		}
	})
}

// LoadVisits implements client.Browser.
func (b *Browser) LoadVisits(user string) []client.Visit {
	var v []client.Visit
	b.load(visitKey+user, &v)
	return v
}

// SaveVisits implements client.Browser.
func (b *Browser) SaveVisits(user string, visits []client.Visit) { b.save(visitKey+user, visits) }

// LoadDraft implements client.Browser.
func (b *Browser) LoadDraft(user, of string) (text string) {
	b.load(draftKey+user+"/"+of, &text)
	return text
}

// SaveDraft implements client.Browser.
func (b *Browser) SaveDraft(user, of, text string) (kept bool) {
	key := draftKey + user + "/" + of
	if text == "" {
		b.window.Get("localStorage").Call("removeItem", key)
		return true
	}
	b.save(key, text)
	return b.LoadDraft(user, of) == text
}

// Online implements client.Browser.
func (b *Browser) Online() bool { return b.window.Get("navigator").Get("onLine").Bool() }

// OnOnline implements client.Browser.
func (b *Browser) OnOnline(fn func(online bool)) {
	b.listen(b.window, "online", func(js.Value) { fn(true) })
	b.listen(b.window, "offline", func(js.Value) { fn(false) })
}

// OnVisible implements client.Browser.
func (b *Browser) OnVisible(fn func(visible bool)) (cancel func()) {
	document := b.window.Get("document")
	return b.listen(document, "visibilitychange", func(js.Value) {
		fn(document.Get("visibilityState").String() == "visible")
	})
}

// Installable implements client.Browser.
func (b *Browser) Installable() bool { return b.window.Call("goappIsAppInstallable").Truthy() }

// Install implements client.Browser.
func (b *Browser) Install() { b.window.Call("goappShowInstallPrompt") }

// OnInstallable implements client.Browser.
func (b *Browser) OnInstallable(fn func()) {
	b.listen(b.window, "hashiya:install", func(js.Value) { fn() })
}

// UpdateWaiting implements client.Browser.
func (b *Browser) UpdateWaiting() bool { return b.window.Call("hashiyaUpdateWaiting").Truthy() }

// ApplyUpdate implements client.Browser.
func (b *Browser) ApplyUpdate() { b.window.Call("hashiyaApplyUpdate") }

// CheckUpdate implements client.Browser.
func (b *Browser) CheckUpdate() { b.window.Call("goappTryUpdate") }

// OnUpdate implements client.Browser.
func (b *Browser) OnUpdate(fn func()) {
	b.listen(b.window, "hashiya:update", func(js.Value) { fn() })
}

// Version returns the version of the app, as the server stamped it into
// boot.js.
func (b *Browser) Version() string {
	return b.window.Call("goappGetenv", "GOAPP_VERSION").String()
}

// load reads a JSON value; out stays as it is where there is none, or none
// that can be read.
func (b *Browser) load(key string, out any) {
	if text := b.window.Get("localStorage").Call("getItem", key); text.Type() == js.TypeString {
		_ = json.Unmarshal([]byte(text.String()), out)
	}
}

func (b *Browser) save(key string, v any) {
	defer func() { recover() }() // setItem throws where the storage is full
	if text, err := json.Marshal(v); err == nil {
		b.window.Get("localStorage").Call("setItem", key, string(text))
	}
}

// listen calls fn for each event. fn runs in a goroutine of its own, so it may
// wait.
func (b *Browser) listen(on js.Value, event string, fn func(e js.Value)) (cancel func()) {
	f := js.FuncOf(func(_ js.Value, args []js.Value) any {
		e := args[0]
		go fn(e)
		return nil
	})
	on.Call("addEventListener", event, f)
	return func() {
		on.Call("removeEventListener", event, f)
		f.Release()
	}
}
