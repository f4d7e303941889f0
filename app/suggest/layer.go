package suggest

import (
	"hashiya/app/annotation"
	"hashiya/app/text"
)

// AddLayer takes in all that an annotator has said about the surface forms of
// one text: the spans of the layer, and what was refused. A layer that does not
// fit the text is taken as far as it does.
func (m *Memory) AddLayer(of *text.Index, l *annotation.Layer) {
	names := map[string]string{}
	for _, e := range l.Entities {
		names[e.ID] = e.Name
	}
	fits := func(start, end int) bool { return 0 <= start && start < end && end <= of.Len() }
	for _, s := range l.Spans {
		if fits(s.Start, s.End) {
			m.Add(Observation{Surface: of.Slice(s.Start, s.End), Label: s.Label, Entity: names[s.Entity]})
		}
	}
	for _, r := range l.Refusals {
		if fits(r.Start, r.End) {
			m.Add(Observation{Surface: of.Slice(r.Start, r.End), Label: r.Label, Refused: true})
		}
	}
}
