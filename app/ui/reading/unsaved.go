package reading

import (
	"slices"
	stdsync "sync"

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
