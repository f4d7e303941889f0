package client

import (
	"time"

	"hashiya/app/wire"
)

// maxSkew is how wrong this device's clock may be before the user is told.
// Nothing depends on the clock but the times that are shown.
const maxSkew = 5 * time.Minute

// heard takes in what the server says of itself; asked and answered are this
// device's clock.
func (c *Client) heard(me wire.Me, asked, answered time.Time) {
	var skew time.Duration
	if now, err := time.Parse(time.RFC3339, me.Now); err == nil {
		// The answer was made at some moment in between.
		switch {
		case asked.Sub(now) > maxSkew:
			skew = asked.Sub(now)
		case now.Sub(answered) > maxSkew:
			skew = answered.Sub(now)
		}
	}
	outdated := me.App != "" && me.App != c.Version
	c.mu.Lock()
	news := outdated && !c.outdated
	changed := news || outdated != c.outdated || skew.Round(time.Minute) != c.skew.Round(time.Minute)
	c.skew, c.outdated = skew, outdated
	c.mu.Unlock()
	if news {
		c.Browser.CheckUpdate()
	}
	if changed {
		c.changed()
	}
}
