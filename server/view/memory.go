package view

import (
	"math"

	"hashiya/app/suggest"
	"hashiya/app/text"
)

// Memory counts what all layers of a project say about surface forms. It reads
// the whole project.
func (s Snapshot) Memory(project string) (*suggest.Memory, error) {
	m := &suggest.Memory{}
	err := s.ArticleIDs(project, math.MaxUint64, func(id string) error {
		layers, err := s.Layers(project, id, math.MaxUint64)
		if err != nil || len(layers) == 0 {
			return err
		}
		art, _, err := s.Article(project, id)
		if err != nil {
			return err
		}
		of := text.NewIndex(art.Text)
		for i := range layers {
			m.AddLayer(of, &layers[i].Layer)
		}
		return nil
	})
	return m, err
}
