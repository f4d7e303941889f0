//go:build js && wasm

// Command story shows one story of the app, the one that the page's address
// names: /path?story=NAME&lang=ar&theme=light.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"syscall/js"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/ui"
	"hashiya/app/ui/client"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/story"
	"hashiya/wasm/surface"
)

// page puts preferences into force as boot.js does it for the app.
type page struct{}

func (page) Apply(p client.Prefs) {
	text, err := json.Marshal(p)
	if err != nil {
		panic(err)
	}
	js.Global().Call("hashiyaSetPrefs", string(text))
}

func main() {
	query := app.Window().URL().Query()
	s, known := story.Find(query.Get("story"))
	if !known {
		fmt.Printf("there is no story %q\n", query.Get("story"))
		js.Global().Get("location").Call("replace", "/")
		return
	}
	c := s.Client(story.Look{Lang: i18n.Lang(query.Get("lang")), Theme: query.Get("theme")}, page{})
	c.Start(context.Background())
	ui.Register(c, surface.New(c.OnUI))
	go s.Play()
	app.RunWhenOnBrowser()
}
