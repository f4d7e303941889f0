package parts

import (
	"strconv"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/ui/client"
)

// Toast is a short notice that goes away by itself.
type Toast struct {
	Text string
	Kind string // "" (all is well), "warn" or "danger"
	// Action, where not "", is a button that calls Do.
	Action string
	Do     func(ctx app.Context)
}

const (
	toastAction    = "hashiya/toast"
	announceAction = "hashiya/announce"

	toastStays       = 5 * time.Second
	toastActionStays = 12 * time.Second
)

// Say shows a notice, and speaks it.
func Say(ctx app.Context, t Toast) { ctx.NewActionWithValue(toastAction, t) }

// Announce lets a screen reader speak a text, without showing it.
func Announce(ctx app.Context, text string) { ctx.NewActionWithValue(announceAction, text) }

// notices shows toasts and speaks announcements. Every screen has one, and it
// stays as long as the screen.
type notices struct {
	app.Compo

	Client  *client.Client
	Dismiss string // the name of the close button

	shown  []shownToast
	next   int
	spoken string
	turn   bool
}

type shownToast struct {
	Toast
	id int
}

func (n *notices) OnMount(ctx app.Context) {
	ctx.Handle(toastAction, n.toast)
	ctx.Handle(announceAction, n.announce)
	n.Client.SetUI(func(fn func()) { ctx.Dispatch(func(app.Context) { fn() }) })
}

func (n *notices) toast(ctx app.Context, a app.Action) {
	t, ok := a.Value.(Toast)
	if !ok {
		return
	}
	n.next++
	id := n.next
	n.shown = append(n.shown, shownToast{t, id})
	if len(n.shown) > 3 {
		n.shown = n.shown[1:]
	}
	stays := toastStays
	if t.Action != "" {
		stays = toastActionStays
	}
	ctx.After(stays, func(app.Context) { n.drop(id) })
}

func (n *notices) announce(ctx app.Context, a app.Action) {
	text, _ := a.Value.(string)
	n.spoken, n.turn = text, !n.turn
}

func (n *notices) drop(id int) {
	for i, t := range n.shown {
		if t.id == id {
			n.shown = append(n.shown[:i:i], n.shown[i+1:]...)
			return
		}
	}
}

func (n *notices) Render() app.UI {
	// Two regions in turn: the same words twice in a row are spoken twice.
	first, second := n.spoken, ""
	if n.turn {
		first, second = second, first
	}
	return app.Div().Class("notices").Body(
		app.Div().Class("visually-hidden").Role("status").Aria("live", "polite").Text(first),
		app.Div().Class("visually-hidden").Role("status").Aria("live", "polite").Text(second),
		app.Div().Class("toasts").Role("log").Aria("live", "polite").Body(
			app.Range(n.shown).Slice(func(i int) app.UI { return n.renderToast(n.shown[i]) }),
		),
	)
}

func (n *notices) renderToast(t shownToast) app.UI {
	icon := "check-circle"
	if t.Kind != "" {
		icon = "warning"
	}
	return app.Div().Class("toast").Body(
		Icon(icon),
		app.Span().Class("toast-text").Text(t.Text),
		app.If(t.Action != "", func() app.UI {
			return app.Button().Type("button").Class("btn").Text(t.Action).OnClick(func(ctx app.Context, e app.Event) {
				n.drop(t.id)
				t.Do(ctx)
			}, app.EventScope(strconv.Itoa(t.id)))
		}),
		IconButton("close", n.Dismiss, func(ctx app.Context, e app.Event) { n.drop(t.id) }, app.EventScope(strconv.Itoa(t.id))),
	)
}
