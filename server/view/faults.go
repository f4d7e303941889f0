package view

import (
	"fmt"

	"hashiya/app/annotation"
	"hashiya/server/access"
)

// fault returns why the op can't be taken, "" where it can.
func (a *applier) fault(author string, o *annotation.Op) (string, error) {
	u, err := a.actor(author)
	if err != nil {
		return "", err
	}
	if !access.Can(u, access.Label, access.Object{Project: o.Project, Author: author}) {
		return fmt.Sprintf("%s may not label in project %s", author, o.Project), nil
	}
	return a.misfit(o)
}

// misfit returns why the op goes with no article or scheme of its project.
func (a *applier) misfit(o *annotation.Op) (string, error) {
	if err := o.Validate(); err != nil {
		return err.Error(), nil
	}
	h, there, err := a.head(o.Project, o.Article)
	if err != nil {
		return "", err
	}
	if !there {
		return fmt.Sprintf("project %s has no article %s", o.Project, o.Article), nil
	}
	s, there, err := a.schemeVersion(o.Project, o.Scheme)
	if err != nil {
		return "", err
	}
	if !there {
		return fmt.Sprintf("project %s has no scheme version %d", o.Project, o.Scheme), nil
	}
	if err := o.ValidateAgainst(h.TextSHA256, h.CodePoints, s); err != nil {
		return err.Error(), nil
	}
	return "", nil
}
