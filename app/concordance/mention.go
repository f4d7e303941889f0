package concordance

import (
	"slices"
	"strings"

	"hashiya/app/annotation"
	"hashiya/app/arabic"
	"hashiya/app/article"
	"hashiya/app/text"
)

// Name is a labelled mention whose other places are looked for.
type Name struct {
	Core      string   // the mention's text
	Proclitic string   // what is left out in front of it
	Label     string   // of the mention
	Entity    string   // the name of what it refers to; "" where it has none
	Longer    []string // names that were labelled and that Core is a part of
}

// Mention is a place where a name stands again.
type Mention struct {
	Place
	Proclitic string      `json:"proclitic,omitempty"`
	Rule      arabic.Rule `json:"rule"`
}

// LeftOut counts the places of a name that are not offered, by the reason.
type LeftOut struct {
	Labelled int `json:"labelled"` // a span covers a part of it
	Longer   int `json:"longer"`   // it is a part of a longer name that was labelled
	Refused  int `json:"refused"`  // it was proposed under that label and refused
	Finished int `json:"finished"` // its article is done or skipped
}

// Add counts other's places too.
func (l *LeftOut) Add(other LeftOut) {
	l.Labelled += other.Labelled
	l.Longer += other.Longer
	l.Refused += other.Refused
	l.Finished += other.Finished
}

// Found is what an article holds of a name, for one layer over it.
type Found struct {
	Open    []Mention // ascending, not overlapping
	LeftOut LeftOut
	// Unclear: the name belongs to several entities of the layer, or to another
	// one than Name.Entity. Only a reader knows which is meant.
	Unclear bool
}

// Find looks for the name in the annotated part of an article. It finds by
// arabic.Finder's rules, as in one article.
func Find(a *article.Article, l *annotation.Layer, n Name) Found {
	finder := arabic.NewFinder(a.Text)
	places := finder.Mentions(n.Core, n.Proclitic, nil)
	if len(places) == 0 {
		return Found{}
	}
	of, paragraphs := text.NewIndex(a.Text), a.Annotated()
	longer := n.longer(of, l, finder)
	var f Found
	var free []Mention
	for _, m := range places {
		r := annotation.Range{Start: m.Start, End: m.End}
		switch {
		case !within(paragraphs, r):
		case !covered(l, r) && touches(longer, r):
			f.LeftOut.Longer++
		default:
			free = append(free, Mention{At(of, paragraphs, r), m.Proclitic, m.Rule})
		}
	}
	open, out := Sift(free, l, n.Label)
	f.Open, f.Unclear = open, n.unclear(of, l)
	f.LeftOut.Add(out)
	return f
}

// Sift returns the mentions that the layer leaves room for under the label.
func Sift(found []Mention, l *annotation.Layer, label string) (open []Mention, out LeftOut) {
	for _, m := range found {
		r := annotation.Range{Start: m.Start, End: m.End}
		switch {
		case covered(l, r):
			out.Labelled++
		case l.Status == annotation.Done || l.Status == annotation.Skipped:
			out.Finished++
		case refused(l, r, label):
			out.Refused++
		default:
			open = append(open, m)
		}
	}
	return open, out
}

// Bearers returns the ids of the layer's entities of that name and label.
func Bearers(l *annotation.Layer, name, label string) []string {
	var out []string
	for _, e := range l.Entities {
		if e.Label == label && spelling(e.Name) == spelling(name) {
			out = append(out, e.ID)
		}
	}
	return out
}

// longer returns where names stand that the core is only a part of: those given,
// and those that the layer labels.
func (n Name) longer(of *text.Index, l *annotation.Layer, finder *arabic.Finder) []annotation.Range {
	names := slices.Clone(n.Longer)
	for _, s := range l.Spans {
		names = append(names, slice(of, s.Start, s.End))
	}
	return Longer(n.Core, names, finder)
}

// Longer returns where those of the names stand that the core is only a part of:
// places that are no mention of the core.
func Longer(core string, names []string, finder *arabic.Finder) (out []annotation.Range) {
	core = spelling(core)
	longer := map[string]string{} // by spelling
	seen := map[string]bool{}
	for _, name := range names {
		if len(name) <= len(core) || seen[name] {
			continue // spelling adds no letter
		}
		seen[name] = true
		if s := spelling(name); len(s) > len(core) && strings.Contains(s, core) {
			longer[s] = name
		}
	}
	for _, name := range longer {
		for _, m := range finder.Mentions(name, "", nil) {
			if m.Trust() != arabic.OnRequest {
				out = append(out, annotation.Range{Start: m.Start, End: m.End})
			}
		}
	}
	return out
}

// unclear reports whether the layer knows the core as a name of more, or of
// somebody else, than the one entity of Name.Entity.
func (n Name) unclear(of *text.Index, l *annotation.Layer) bool {
	if n.Entity == "" {
		return false
	}
	core := spelling(n.Core)
	bear := map[string]bool{}
	own := Bearers(l, n.Entity, n.Label)
	for _, id := range own {
		bear[id] = true
	}
	for _, e := range l.Entities {
		if e.Label == n.Label && spelling(e.Name) == core {
			bear[e.ID] = true
		}
	}
	for _, s := range l.Spans {
		if s.Entity != "" && s.Label == n.Label && spelling(slice(of, s.Start, s.End)) == core {
			bear[s.Entity] = true
		}
	}
	return len(bear) > 1 || len(bear) == 1 && len(own) == 0
}

// spelling makes names comparable that differ only in vowel signs, tatweel,
// invisible controls and white space.
func spelling(s string) string {
	return strings.Join(strings.Fields(arabic.NewKey(s, arabic.Plain).String()), " ")
}

func within(paragraphs []article.Paragraph, r annotation.Range) bool {
	for _, p := range paragraphs {
		if p.Start <= r.Start && r.End <= p.End {
			return true
		}
	}
	return false
}

func covered(l *annotation.Layer, r annotation.Range) bool {
	for _, s := range l.Spans {
		if s.Start >= r.End {
			break // spans stand by their start
		}
		if s.End > r.Start {
			return true
		}
	}
	return false
}

func touches(ranges []annotation.Range, r annotation.Range) bool {
	for _, t := range ranges {
		if t.Start < r.End && r.Start < t.End {
			return true
		}
	}
	return false
}

func refused(l *annotation.Layer, r annotation.Range, label string) bool {
	for _, n := range l.Refusals {
		if n.Label == label && n.Start < r.End && r.Start < n.End {
			return true
		}
	}
	return false
}

// slice returns the text of a range as far as it lies in the text: a layer may
// have come from elsewhere.
func slice(of *text.Index, start, end int) string {
	start, end = max(start, 0), min(end, of.Len())
	if start >= end {
		return ""
	}
	return of.Slice(start, end)
}
