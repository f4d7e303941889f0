// Package ui is the screens of Hashiya, a file each, with their words in Arabic
// and English beside their use.
package ui

import (
	"net/url"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/article"
	"hashiya/app/ui/client"
	"hashiya/app/ui/reading"
)

// Register tells go-app's router the screens of the app. Call it once, before
// the app runs.
func Register(c *client.Client, surface reading.Surface) {
	app.Route("/", func() app.Composer { return &homeScreen{Client: c} })
	app.Route("/login", func() app.Composer { return &loginScreen{Client: c} })
	app.Route("/join", func() app.Composer { return &joinScreen{Client: c} })
	app.Route("/settings", func() app.Composer { return &settingsScreen{Client: c} })
	app.RouteWithRegexp(`^/p/[^/]+/a/[^/]+$`, func() app.Composer { return reading.NewScreen(c, surface) })
	app.RouteWithRegexp(`^/p/[^/]+/search$`, func() app.Composer { return &searchScreen{Client: c} })
	app.RouteWithRegexp(`^/p/[^/]+/scheme$`, func() app.Composer { return &schemeScreen{Client: c} })
	app.RouteWithRegexp(`^/p/[^/]+$`, func() app.Composer { return &projectScreen{Client: c} })
	app.RouteWithRegexp(`^/`, func() app.Composer { return &notFoundScreen{Client: c} })
}

// projectOf returns the id of the project that a path is about.
func projectOf(path string) (id string, ok bool) {
	rest, ok := strings.CutPrefix(path, "/p/")
	if !ok {
		return "", false
	}
	id, _, _ = strings.Cut(rest, "/")
	id, err := url.PathUnescape(id)
	return id, err == nil && article.ValidID(id) == nil
}

func projectHref(project string) string { return "/p/" + url.PathEscape(project) }

func articleHref(project, id string) string {
	return projectHref(project) + "/a/" + url.PathEscape(id)
}

// after returns where to go after signing in: the page that sent the user to
// the sign-in, never another site's.
func after(u *url.URL) string {
	next := u.Query().Get("next")
	if !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\t\r\n") {
		return "/"
	}
	return next
}

// known reports whether somebody is known on this device, and leads to the
// sign-in where nobody is.
func known(ctx app.Context, c *client.Client) bool {
	if c.Me().Name != "" {
		return true
	}
	target := "/login"
	if path := ctx.Page().URL().Path; path != "/" {
		target += "?next=" + url.QueryEscape(path)
	}
	ctx.Navigate(target)
	return false
}
