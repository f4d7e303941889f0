//go:build js && wasm

// Hashiya in the browser.
package main

import (
	"context"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/sync"
	"hashiya/app/ui"
	"hashiya/app/ui/client"
	"hashiya/wasm/browser"
	"hashiya/wasm/idb"
	"hashiya/wasm/remote"
	"hashiya/wasm/surface"
	"hashiya/wasm/tabs"
)

func main() {
	page := browser.New()
	server := remote.New(page.Version())
	c := client.New(client.Parts{
		Remote:  server.For,
		Account: server,
		People:  server,
		Corpus:  server,
		Clock:   sync.SystemClock{},
		Browser: page,
		OpenStore: func(ctx context.Context, user string) (sync.Store, error) {
			return idb.Open(ctx, user)
		},
		Leader:  func(user string) sync.Leader { return tabs.Leader(user) },
		Version: page.Version(),
	})
	c.Start(context.Background())
	ui.Register(c, surface.New(c.OnUI))
	app.RunWhenOnBrowser()
}
