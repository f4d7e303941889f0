package parts

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// Dialog is a modal dialog that is open as long as it is mounted. The browser
// keeps the keyboard inside and gives it back afterwards.
type Dialog struct {
	app.Compo

	Title   string
	Label   string // of the close button
	Class   string
	Body    app.UI
	Actions []app.UI // the buttons below, the main one first
	// OnClose is called once the dialog was closed by Esc, its close button, or
	// Close: the screen then takes it out.
	OnClose func(ctx app.Context)
}

func (d *Dialog) OnMount(ctx app.Context) {
	if el := d.JSValue(); el.Truthy() && !el.Get("open").Bool() {
		el.Call("showModal")
	}
}

func (d *Dialog) Render() app.UI {
	return app.Dialog().Class("dialog").Class(d.Class).Aria("labelledby", "dialog-title").On("close", d.closed).OnClick(d.backdrop).Body(
		app.Div().Class("dialog-head").Body(
			app.H2().ID("dialog-title").Class("dialog-title").Text(d.Title),
			IconButton("close", d.Label, d.close),
		),
		app.Div().Class("dialog-body").Body(d.Body),
		app.If(len(d.Actions) > 0, func() app.UI {
			return app.Div().Class("dialog-foot").Body(d.Actions...)
		}),
	)
}

func (d *Dialog) close(ctx app.Context, e app.Event) { d.JSValue().Call("close") }

// backdrop closes on a press outside the box: the backdrop's events go to the
// dialog element itself.
func (d *Dialog) backdrop(ctx app.Context, e app.Event) {
	if !e.Get("target").Equal(d.JSValue()) {
		return
	}
	box := d.JSValue().Call("getBoundingClientRect")
	x, y := e.Get("clientX").Float(), e.Get("clientY").Float()
	if x == 0 && y == 0 { // a click made by the keyboard
		return
	}
	if x < box.Get("left").Float() || x > box.Get("right").Float() || y < box.Get("top").Float() || y > box.Get("bottom").Float() {
		d.JSValue().Call("close")
	}
}

func (d *Dialog) closed(ctx app.Context, e app.Event) {
	if d.OnClose != nil {
		d.OnClose(ctx)
	}
}

// CloseDialog closes the dialog that the element of ctx stands in, which calls
// its OnClose.
func CloseDialog(ctx app.Context) {
	if d := ctx.JSSrc().Call("closest", "dialog"); d.Truthy() {
		d.Call("close")
	}
}
