package client

// maxVisits bounds the list: more articles than anybody opens in a day.
const maxVisits = 300

// Opened remembers that the user opened the article now.
func (c *Client) Opened(project, article, title string) {
	user := c.Me().Name
	if user == "" {
		return
	}
	visits := []Visit{{project, article, title, c.Clock.Now()}}
	for _, v := range c.Browser.LoadVisits(user) {
		if (v.Project != project || v.Article != article) && len(visits) < maxVisits {
			visits = append(visits, v)
		}
	}
	c.Browser.SaveVisits(user, visits)
}

// Visits returns the articles that the user opened on this device, the last
// one first.
func (c *Client) Visits() []Visit {
	user := c.Me().Name
	if user == "" {
		return nil
	}
	return c.Browser.LoadVisits(user)
}
