package view

import (
	"errors"
	"math"

	"hashiya/app/annotation"
	"hashiya/app/wire"
)

// EachArticle calls fn with the project's articles that came after the position
// of the log, in the order in which they came, with the state of the user's
// layers, until fn wants no more. It holds one at a time.
func (s Snapshot) EachArticle(project, user string, after uint64, fn func(pos uint64, a wire.ArticleSummary) (more bool, err error)) error {
	if after == math.MaxUint64 {
		return nil
	}
	prefix := sSummary.key(project)
	err := scan(s.r, prefix, sSummary.key(project, after+1), func(k []byte, sum wire.ArticleSummary) error {
		var t Tally
		if there, err := get(s.r, sTally.key(project, user, sum.ID), &t); err != nil {
			return err
		} else if there {
			sum.Status, sum.Spans, sum.Stances = t.Shown(), t.Spans, t.Stances
		}
		more, err := fn(lastNumber(k), sum)
		if err == nil && !more {
			return errStop
		}
		return err
	})
	if errors.Is(err, errStop) {
		return nil
	}
	return err
}

// Layer returns one annotator's layer of an article.
func (s Snapshot) Layer(project, articleID, author string) (annotation.Layer, error) {
	var f annotation.Fold
	prefix := sOp.key(project, articleID, author)
	err := scan(s.r, prefix, nil, func(k []byte, o annotation.Op) error {
		f.Add(o)
		return nil
	})
	return f.Layer(), err
}
