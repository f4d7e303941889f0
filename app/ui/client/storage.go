package client

// Storage is what the browser said about the room it gives the app.
type Storage struct {
	Asked       bool  // it has answered
	Granted     bool  // it won't clear the app's data by itself
	Used, Quota int64 // bytes; 0 unknown
}

// Storage returns the browser's last answer.
func (c *Client) Storage() Storage {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.storage
}

// AskStorage asks the browser to keep the app's data; Storage changes with the
// answer. Every workplace that opens asks by itself.
func (c *Client) AskStorage() {
	c.Browser.Persist(func(granted bool, used, quota int64) {
		c.mu.Lock()
		c.storage = Storage{true, granted, used, quota}
		c.mu.Unlock()
		c.changed()
	})
}
