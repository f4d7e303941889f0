package client

import (
	"context"

	"hashiya/app/annotation"
	"hashiya/app/wire"
)

// overlaid bounds how many of the last opened articles WithLocal looks into.
const overlaid = 40

// WithLocal returns the summaries with the user's own layer as it stands on
// this device in place of the server's, for the articles that were opened here
// lately: what was done offline shows at once. The list is altered in place.
func (c *Client) WithLocal(ctx context.Context, project string, list []wire.ArticleSummary) []wire.ArticleSummary {
	p := c.Workplace()
	if p == nil {
		return list
	}
	opened := map[string]bool{}
	for _, v := range c.Visits() {
		if v.Project == project && len(opened) < overlaid {
			opened[v.Article] = true
		}
	}
	var required []wire.Required
	if projects, err := p.Store.Projects(ctx); err == nil {
		for _, of := range projects {
			if of.ID == project {
				required = of.Required
			}
		}
	}
	for i := range list {
		if !opened[list[i].ID] {
			continue
		}
		ops, err := p.Store.Ops(ctx, project, list[i].ID)
		if err != nil || len(ops) == 0 {
			continue
		}
		var f annotation.Fold
		f.Add(ops...)
		l := f.Layer()
		l.Hold(wire.RequiredUnder(required, f.Under(annotation.StatusSubject)))
		list[i].Status, list[i].Spans, list[i].Stances, list[i].Unjudged = l.Status, len(l.Spans), len(l.Stances), len(l.Unjudged)
	}
	return list
}
