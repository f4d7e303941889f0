package annotation

import (
	"fmt"
	"slices"
)

// Source is what proposed a span; "" is nobody: the annotator made it unasked.
// It stays with the span through every later change, so that a release can say
// how many labels began as a proposal.
type Source string

const (
	FromMention   Source = "mention"             // another place where a labelled name stands
	FromMemory    Source = "suggested:memory"    // what the project has labelled
	FromGazetteer Source = "suggested:gazetteer" // a name of a territory
)

// Sources lists every source.
var Sources = []Source{FromMention, FromMemory, FromGazetteer}

func (s Source) validate() error {
	if s != "" && !slices.Contains(Sources, s) {
		return fmt.Errorf("source %q is not known here, want one of %q, or none", string(s), Sources)
	}
	return nil
}

// Refusal is a proposed span that the annotator did not want: it is not
// proposed again there.
type Refusal struct {
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Label  string `json:"label"`
	Source Source `json:"source,omitempty"`
}

func (r *Refusal) validate() error {
	if err := (Range{r.Start, r.End}).validate(); err != nil {
		return fmt.Errorf("refusal: %w", err)
	}
	if r.Label == "" {
		return fmt.Errorf("refusal [%d,%d) has no label", r.Start, r.End)
	}
	return r.Source.validate()
}
