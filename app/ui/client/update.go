package client

// Hold is why a new version of the app does not start now. It starts by a
// reload, so never over work that only this page has, or that the server has not
// taken.
type Hold int

const (
	NoHold      Hold = iota
	HoldSaving       // changes are not on this device's disk
	HoldWaiting      // changes wait to be sent
	HoldWriting      // something is half written
)

// OnWriting has the new version wait while writing, which is called on the UI
// goroutine, reports that something is half written on the screen, until
// cancel.
func (c *Client) OnWriting(writing func() bool) (cancel func()) {
	return c.writing.add(func() {
		if writing() {
			c.written = true
		}
	})
}

// StartUpdate starts the new version that waits, or says what holds it back.
// Call it on the UI goroutine.
func (c *Client) StartUpdate() Hold {
	switch s := c.State(); {
	case s.Saving > 0 || s.Unsaved != nil:
		return HoldSaving
	case s.Waiting > 0:
		return HoldWaiting
	}
	c.written = false
	if c.writing.tell(); c.written {
		return HoldWriting
	}
	c.Browser.ApplyUpdate()
	return NoHold
}
