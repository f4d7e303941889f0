package ui

import (
	"context"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/ui/client"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
	"hashiya/app/wire"
)

// suggestingCard is where a lead switches a project's suggestions off, to keep
// annotators independent of each other.
type suggestingCard struct {
	app.Compo
	Client  *client.Client
	Project wire.Project

	busy bool
}

func (c *suggestingCard) Render() app.UI {
	lang := c.Client.Lang()
	return app.Section().Class("card").ID("suggesting").Body(
		app.H2().Class("card-title").Text(suggestingText.In(lang)),
		app.Label().Class("check").Body(
			app.Input().Type("checkbox").ID("suggest").Checked(!c.Project.Scheme.Unassisted).Disabled(c.busy).OnChange(c.change),
			app.Span().Text(suggestText.In(lang)),
		),
		app.P().Class("field-hint").Text(suggestHint.In(lang)),
	)
}

func (c *suggestingCard) change(ctx app.Context, _ app.Event) {
	next := c.Project.Scheme
	next.Version++
	next.Unassisted = !ctx.JSSrc().Get("checked").Bool()
	project, account := c.Project.ID, c.Client.Account
	c.busy = true
	ctx.Async(func() {
		err := account.SetScheme(context.Background(), project, next)
		if p := c.Client.Workplace(); err == nil && p != nil {
			_, _ = p.Outbox.Projects(context.Background()) // the live events bring them too, a moment later
		}
		ctx.Dispatch(func(ctx app.Context) {
			c.busy = false
			if err != nil {
				ctx.JSSrc().Set("checked", next.Unassisted)
				parts.Say(ctx, parts.Toast{Text: parts.ErrorText(c.Client.Lang(), err), Kind: "danger"})
			}
		})
	})
}

var (
	suggestingText = i18n.Text{Ar: "الاقتراحات", En: "Suggestions"}
	suggestText    = i18n.Text{Ar: "اقترِح الوسوم قبل أن يبدأ الواسم", En: "Suggest labels before an annotator begins"}
	suggestHint    = i18n.Text{
		Ar: "من وسوم الجميع في المشروع ومن أسماء الدول. أوقفها حين يُراد أن يعمل كل واسم مستقلًّا عن غيره.",
		En: "From everybody's labels in the project and from names of countries. Switch them off where annotators are to work independently.",
	}
)
