package ui

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/ui/client"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
)

// notFoundScreen stands at every address that leads nowhere.
type notFoundScreen struct {
	app.Compo

	Client *client.Client

	path   string
	cancel func()
}

func (s *notFoundScreen) OnMount(ctx app.Context) {
	s.cancel = s.Client.Watch(func() { ctx.Dispatch(nil) })
}

func (s *notFoundScreen) OnDismount() {
	if s.cancel != nil {
		s.cancel()
	}
}

func (s *notFoundScreen) OnNav(ctx app.Context) {
	ctx.Page().SetTitle("%s", pageTitle(s.Client.Lang(), notFoundTitle.In(s.Client.Lang())))
	s.path = ctx.Page().URL().Path
}

func (s *notFoundScreen) Render() app.UI {
	lang := s.Client.Lang()
	return parts.Door(s.Client,
		app.H1().Class("door-title").Text(notFoundTitle.In(lang)),
		app.P().Text(notFoundText.In(lang)),
		app.P().Class("error-code").Text(s.path),
		app.A().Class("btn btn-primary btn-large btn-wide").Href("/").Text(toHomeText.In(lang)),
	)
}

var (
	notFoundTitle = i18n.Text{Ar: "لا شيء في هذا العنوان", En: "Nothing at this address"}
	notFoundText  = i18n.Text{Ar: "ربما نُقلت الصفحة أو كُتب العنوان ناقصًا.", En: "The page may have moved, or the address is incomplete."}
	toHomeText    = i18n.Text{Ar: "إلى الصفحة الرئيسية", En: "To the home page"}
)
