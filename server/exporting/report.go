package exporting

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"hashiya/app/annotation"
	"hashiya/app/dataset"
)

// Report says what an export holds and what it does not.
type Report struct {
	Format         string         `json:"format"`
	OffsetUnit     string         `json:"offset_unit"`
	Layer          string         `json:"layer"` // which layers were chosen
	Articles       int            `json:"articles"`
	Layers         int            `json:"layers"`
	Done           int            `json:"done"` // layers that are done
	Entities       int            `json:"entities"`
	Spans          int            `json:"spans"`
	SpansByLabel   map[string]int `json:"spans_by_label"`
	Stances        int            `json:"stances"`
	StancesByLabel map[string]int `json:"stances_by_label"`
	Comments       int            `json:"comments"`
	SpansBySource  map[string]int `json:"spans_by_source"` // of the spans that began as a proposal
	Refusals       int            `json:"refusals"`        // proposals that were not wanted
	Losses         []Loss         `json:"losses"`
}

// Loss is one way in which the export says less, or is less sure, than the
// project.
type Loss struct {
	Kind     LossKind `json:"kind"`
	Count    int      `json:"count"`
	Meaning  string   `json:"meaning"`
	Articles []string `json:"articles"` // ids of the first MaxLossArticles articles concerned
}

// LossKind is a stable word for programs.
type LossKind string

// The losses that every format has.
const (
	OpenConflicts      LossKind = "open_conflicts"
	NotDone            LossKind = "not_done"
	NotJudged          LossKind = "not_judged"
	DanglingReferences LossKind = "dangling_references"
	NoLayer            LossKind = "no_layer"
)

// MaxLossArticles bounds the list of a Loss, so that a report stays small
// whatever the export's size.
const MaxLossArticles = 20

func newReport(e Exporter, layer string) *Report {
	return &Report{
		Format: e.Name(), OffsetUnit: e.Unit(), Layer: layer,
		SpansByLabel: map[string]int{}, StancesByLabel: map[string]int{}, SpansBySource: map[string]int{}, Losses: []Loss{},
	}
}

// Lose notes count losses of one kind in an article.
func (r *Report) Lose(kind LossKind, meaning, article string, count int) {
	if count == 0 {
		return
	}
	i := slices.IndexFunc(r.Losses, func(l Loss) bool { return l.Kind == kind })
	if i < 0 {
		i = len(r.Losses)
		r.Losses = append(r.Losses, Loss{Kind: kind, Meaning: meaning, Articles: []string{}})
	}
	l := &r.Losses[i]
	l.Count += count
	if n := len(l.Articles); n < MaxLossArticles && (n == 0 || l.Articles[n-1] != article) {
		l.Articles = append(l.Articles, article)
	}
}

func (r *Report) count(d *dataset.Document) {
	r.Articles++
	there := false
	for _, l := range d.Layers {
		if l.Status == annotation.New {
			continue
		}
		there = true
		r.Layers++
		r.Entities += len(l.Entities)
		r.Spans += len(l.Spans)
		r.Stances += len(l.Stances)
		r.Comments += len(l.Comments)
		r.Refusals += len(l.Refusals)
		for _, s := range l.Spans {
			r.SpansByLabel[s.Label]++
			if s.Source != "" {
				r.SpansBySource[string(s.Source)]++
			}
		}
		for _, s := range l.Stances {
			r.StancesByLabel[s.Label]++
		}
		if l.Status == annotation.Done {
			r.Done++
		} else {
			r.Lose(NotDone, "layers are not marked done: what they lack may be missing, not absent", d.Article.ID, 1)
		}
		if len(l.Unjudged) > 0 {
			r.Lose(NotJudged, "layers were marked done before every required target was judged: exported as in progress", d.Article.ID, 1)
		}
		r.Lose(OpenConflicts, "open conflicts: only the version that the screen shows was exported, the others stay in the project", d.Article.ID, len(l.Conflicts))
		r.Lose(DanglingReferences, "references in stances or comments to something deleted: exported as they are, they lead nowhere", d.Article.ID, dangling(&l.Layer))
	}
	if !there {
		r.Lose(NoLayer, "articles have none of the chosen layers: exported as text only", d.Article.ID, 1)
	}
}

func dangling(l *annotation.Layer) int {
	if len(l.Stances)+len(l.Comments) == 0 {
		return 0
	}
	entities, all := map[string]bool{}, map[string]bool{"": true, annotation.StatusSubject: true}
	for _, e := range l.Entities {
		entities[e.ID], all[e.ID] = true, true
	}
	for _, s := range l.Spans {
		all[s.ID] = true
	}
	for _, s := range l.Stances {
		all[s.ID] = true
	}
	n := 0
	for _, s := range l.Stances {
		for _, id := range append([]string{s.Holder.Entity, s.Target.Entity}, via(s.Via)...) {
			if id != "" && !entities[id] {
				n++
			}
		}
	}
	for _, c := range l.Comments {
		if !all[c.On] {
			n++
		}
	}
	return n
}

func via(chain []annotation.Holder) (ids []string) {
	for _, h := range chain {
		ids = append(ids, h.Entity)
	}
	return ids
}

// String is the report for people, one fact a line.
func (r *Report) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "format    %s, offsets in %ss, layers: %s\n", r.Format, r.OffsetUnit, r.Layer)
	fmt.Fprintf(&b, "articles  %d\n", r.Articles)
	fmt.Fprintf(&b, "layers    %d, %d of them done\n", r.Layers, r.Done)
	fmt.Fprintf(&b, "entities  %d\n", r.Entities)
	fmt.Fprintf(&b, "spans     %d%s\n", r.Spans, byLabel(r.SpansByLabel))
	fmt.Fprintf(&b, "stances   %d%s\n", r.Stances, byLabel(r.StancesByLabel))
	fmt.Fprintf(&b, "comments  %d\n", r.Comments)
	fmt.Fprintf(&b, "proposed  %d of the spans%s; %d proposals were refused\n", r.Proposed(), byLabel(r.SpansBySource), r.Refusals)
	if len(r.Losses) == 0 {
		b.WriteString("losses    none\n")
	}
	for _, l := range r.Losses {
		more := ""
		if len(l.Articles) == MaxLossArticles {
			more = " …"
		}
		fmt.Fprintf(&b, "loss      %d %s\n          in %s%s\n", l.Count, l.Meaning, strings.Join(l.Articles, " "), more)
	}
	return b.String()
}

// Proposed returns how many spans began as a proposal.
func (r *Report) Proposed() (n int) {
	for _, c := range r.SpansBySource {
		n += c
	}
	return n
}

func byLabel(counts map[string]int) string {
	if len(counts) == 0 {
		return ""
	}
	var parts []string
	for _, label := range slices.Sorted(maps.Keys(counts)) {
		parts = append(parts, fmt.Sprintf("%s %d", label, counts[label]))
	}
	return ": " + strings.Join(parts, ", ")
}
