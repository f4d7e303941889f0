package reading

import "hashiya/app/annotation"

// StancesOf returns the stances that a span takes part in, in the layer's
// order: its entity is holder, source or target, or it stands in the evidence.
func (e *Editor) StancesOf(s annotation.NamedSpan) []annotation.NamedStance {
	var out []annotation.NamedStance
	for _, st := range e.layer.Stances {
		if s.Entity != "" && entitiesOf(&st.Stance)[s.Entity] || inEvidence(&st.Stance, s.Start, s.End) {
			out = append(out, st)
		}
	}
	return out
}

func inEvidence(s *annotation.Stance, start, end int) bool {
	for _, r := range s.Evidence {
		if r.Start < end && start < r.End {
			return true
		}
	}
	return false
}
