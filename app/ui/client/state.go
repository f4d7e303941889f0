package client

import "hashiya/app/sync"

// State is what the sync line says: the truth about the user's work, as far as
// this device knows it.
type State struct {
	sync.State
	// Unsaved is why this device's disk refused the last change, which exists
	// only on the screen; nil when it did not.
	Unsaved error
	// Trouble is why the database on this device can't be opened; nil when it is
	// open, or on its way.
	Trouble error
	// Opening: somebody is here and the database is not open yet.
	Opening bool
}

// State returns the state of the user's work.
func (c *Client) State() State {
	c.mu.Lock()
	place := c.place
	s := State{Unsaved: c.unsaved, Trouble: c.trouble}
	saving := c.saving
	c.mu.Unlock()
	if place != nil {
		s.State = place.Outbox.State()
	} else {
		s.Online = c.Browser.Online()
		s.Opening = c.Me().Name != "" && s.Trouble == nil
	}
	s.Saving += saving
	return s
}

// SetSaving tells how many changes of the open article are not on this
// device's disk yet, and why the disk refused the last one (nil: it did not).
func (c *Client) SetSaving(changes int, refused error) {
	c.mu.Lock()
	same := c.saving == changes && c.unsaved == refused
	c.saving, c.unsaved = changes, refused
	c.mu.Unlock()
	if !same {
		c.changed()
	}
}
