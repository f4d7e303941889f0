package ui

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/ui/client"
)

// loader runs one load at a time, and once more when asked meanwhile.
type loader struct{ busy, again bool }

// load calls work away from the UI goroutine and what it returns on it.
func (l *loader) load(ctx app.Context, work func() (show func())) {
	if l.busy {
		l.again = true
		return
	}
	l.busy = true
	ctx.Async(func() {
		show := work()
		ctx.Dispatch(func(ctx app.Context) {
			l.busy = false
			show()
			if l.again {
				l.again = false
				l.load(ctx, work)
			}
		})
	})
}

// follow renders the component again after every change of the client's state,
// and calls load once there is a database and after every change of it.
func follow(ctx app.Context, c *client.Client, load func(app.Context)) (cancel func()) {
	var seen *client.Workplace // only touched on the UI goroutine
	check := func(ctx app.Context) {
		if p := c.Workplace(); p != seen {
			if seen = p; p != nil {
				load(ctx)
			}
		}
	}
	check(ctx)
	cancelState := c.Watch(func() { ctx.Dispatch(check) })
	cancelData := c.WatchData(func() { ctx.Dispatch(load) })
	return func() {
		cancelState()
		cancelData()
	}
}
