package view

import (
	"errors"
	"fmt"

	"hashiya/app/annotation"
	"hashiya/server/access"
)

// fault returns why the op can't be taken, nil where it can.
func (a *applier) fault(author string, o *annotation.Op) (*annotation.Fault, error) {
	u, err := a.actor(author)
	if err != nil {
		return nil, err
	}
	if !access.Can(u, access.Label, access.Object{Project: o.Project, Author: author}) {
		return annotation.NewFault(annotation.NotAllowed, fmt.Sprintf("%s may not label in project %s", author, o.Project),
			"author", author, "project", o.Project), nil
	}
	return a.misfit(o)
}

// misfit returns why the op goes with no article or scheme of its project, nil
// where it does.
func (a *applier) misfit(o *annotation.Op) (*annotation.Fault, error) {
	if err := o.Validate(); err != nil {
		return annotation.NewFault(annotation.Malformed, err.Error(), "detail", err), nil
	}
	h, there, err := a.head(o.Project, o.Article)
	if err != nil {
		return nil, err
	}
	if !there {
		return annotation.NewFault(annotation.NoArticle, fmt.Sprintf("project %s has no article %s", o.Project, o.Article),
			"article", o.Article, "project", o.Project), nil
	}
	s, there, err := a.schemeVersion(o.Project, o.Scheme)
	if err != nil {
		return nil, err
	}
	if !there {
		return annotation.NewFault(annotation.NoScheme, fmt.Sprintf("project %s has no scheme version %d", o.Project, o.Scheme),
			"version", o.Scheme, "project", o.Project), nil
	}
	var fault *annotation.Fault
	if !errors.As(o.ValidateAgainst(h.TextSHA256, h.CodePoints, s), &fault) {
		return nil, nil
	}
	// A device may see a span with a label newer than the scheme it has: labels
	// and schemes come to it by different ways. What it does to the span stands.
	p, _, err := a.projectOf(o.Project)
	if err != nil || p.Scheme == o.Scheme {
		return fault, err
	}
	newest, there, err := a.schemeVersion(o.Project, p.Scheme)
	if err != nil || there && o.ValidateAgainst(h.TextSHA256, h.CodePoints, newest) == nil {
		return nil, err
	}
	return fault, nil
}
