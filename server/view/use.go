package view

import (
	"math"

	"hashiya/app/annotation"
	"hashiya/app/wire"
)

// SchemeUse counts what all layers of a project say in the words of its
// scheme. It reads the whole project.
func (s Snapshot) SchemeUse(project string) (wire.SchemeUse, error) {
	use := wire.SchemeUse{Labels: map[string]wire.Use{}, Stances: map[string]wire.Use{}, Targets: map[string]wire.Use{}}
	err := s.ArticleIDs(project, math.MaxUint64, func(id string) error {
		layers, err := s.Layers(project, id, math.MaxUint64)
		here := wire.SchemeUse{Labels: map[string]wire.Use{}, Stances: map[string]wire.Use{}, Targets: map[string]wire.Use{}}
		for i := range layers {
			countUse(&here, &layers[i].Layer)
		}
		addUse(use.Labels, here.Labels)
		addUse(use.Stances, here.Stances)
		addUse(use.Targets, here.Targets)
		return err
	})
	return use, err
}

func countUse(u *wire.SchemeUse, l *annotation.Layer) {
	for _, s := range l.Spans {
		once(u.Labels, s.Label)
	}
	for i := range l.Stances {
		s := &l.Stances[i]
		once(u.Stances, s.Label)
		if s.Target.Claim != "" && s.JudgesArticle(s.Target.Claim) {
			once(u.Targets, s.Target.Claim)
		}
	}
}

// once counts one more thing in one article.
func once(m map[string]wire.Use, k string) { m[k] = wire.Use{Count: m[k].Count + 1, Articles: 1} }

func addUse(total, article map[string]wire.Use) {
	for k, u := range article {
		total[k] = wire.Use{Count: total[k].Count + u.Count, Articles: total[k].Articles + u.Articles}
	}
}
