package reading

import (
	"slices"
	"strings"
	stdsync "sync"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/desk"
	"hashiya/app/ui/client"
)

// unsaved tells the client what is not on the disk yet: of the article on the
// screen, and of those left while the disk still worked on them.
type unsaved struct {
	mu    stdsync.Mutex
	desks []*desk.Desk
}

// watch adds a desk, and drops those that have nothing more to tell.
func (u *unsaved) watch(d *desk.Desk) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.desks = append(slices.DeleteFunc(u.desks, func(d *desk.Desk) bool { return d.Saving() == 0 }), d)
}

// report adds up the desks for the sync line.
func (u *unsaved) report(c *client.Client) {
	u.mu.Lock()
	saving, failure := 0, error(nil)
	for _, d := range u.desks {
		saving += d.Saving()
		if err := d.Failure(); err != nil {
			failure = err
		}
	}
	u.mu.Unlock()
	c.SetSaving(saving, failure)
}

// retry writes again what the disk refused.
func (u *unsaved) retry(c *client.Client) {
	u.mu.Lock()
	desks := slices.Clone(u.desks)
	u.mu.Unlock()
	for _, d := range desks {
		if d.Failure() != nil {
			d.Retry()
		}
	}
	u.report(c)
}

// writing reports whether something on the screen is half written: it would be
// lost with the page.
func (s *Screen) writing() bool {
	if s.editor != nil && s.editor.Draft() != nil && s.editor.Draft().Dirty() {
		return true
	}
	for _, id := range []string{"note-text", "skip-reason", "flag-reason", "entity-query"} {
		if field := app.Window().GetElementByID(id); field.Truthy() && strings.TrimSpace(field.Get("value").String()) != "" {
			return true
		}
	}
	return false
}
