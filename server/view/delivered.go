package view

import (
	"fmt"

	"hashiya/app/annotation"
	"hashiya/server/access"
	"hashiya/server/record"
)

// delivered decides about an op that actor brought for who made it: it counts
// as a push of the annotator would, so that the op is there once, whichever way
// it comes first.
func (a *applier) delivered(actor string, d *record.DeliveredData) error {
	if ok, err := a.may(actor, access.ImportArticles, access.Object{Project: d.Op.Project}); !ok {
		return err
	}
	return a.op(d.Annotator, &d.Op)
}

// Undeliverable says why an op should not even be put before the view, "" where
// it may be: it speaks of something that is not here, and would be refused for
// ever although that may still come.
func (s Snapshot) Undeliverable(annotator string, o *annotation.Op) (string, error) {
	for _, need := range []struct {
		key   []byte
		words string
	}{
		{sAccount.key(annotator), fmt.Sprintf("there is no account %s here: add it (hashiya user add), then import the file again", annotator)},
		{sHead.key(o.Project, o.Article), fmt.Sprintf("project %s has no article %s here: import the articles first, then this file again", o.Project, o.Article)},
		{sScheme.key(o.Project, o.Scheme), fmt.Sprintf("project %s has no version %d of its scheme here: bring the scheme up to it, then import the file again", o.Project, o.Scheme)},
	} {
		if there, err := s.has(need.key); err != nil || !there {
			return need.words, err
		}
	}
	return "", nil
}
