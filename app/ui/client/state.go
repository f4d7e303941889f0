package client

import (
	"time"

	"hashiya/app/sync"
)

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
	// Skew is by how much this device's clock is ahead of the server's, negative
	// where it is behind; 0 where it is near enough.
	Skew time.Duration
	// SkewSeen: the user was told of it since the app started, and has seen it.
	SkewSeen bool
	// Outdated: the server holds another version of the app.
	Outdated bool
	// Opening: somebody is here and the database is not open yet.
	Opening bool
}

// State returns the state of the user's work.
func (c *Client) State() State {
	c.mu.Lock()
	place := c.place
	s := State{Unsaved: c.unsaved, Trouble: c.trouble, Skew: c.skew, SkewSeen: c.skewSeen, Outdated: c.outdated}
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

// SeeSkew notes that the user has seen that the clock is wrong: a line about it
// would be in the way all day.
func (c *Client) SeeSkew() {
	c.mu.Lock()
	c.skewSeen = true
	c.mu.Unlock()
	c.changed()
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
