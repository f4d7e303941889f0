package article

import (
	"hashiya/app/text"
)

// Paragraph is one line of an article that is not blank: what the reading
// surface lays out as a unit. The range is in code points, without the line
// terminator.
type Paragraph struct {
	Start, End int
	Kind       RegionKind // "" outside every region
	Dir        text.Direction
}

// Paragraphs cuts the article into its paragraphs, in order. A line that a
// region's edge crosses is cut there. Blank lines give none.
func (a *Article) Paragraphs() []Paragraph {
	x := text.NewIndex(a.Text)
	var out []Paragraph
	next := 0
	for _, line := range text.Lines(a.Text) {
		for start := line.Start; start < line.End; {
			for next < len(a.Regions) && a.Regions[next].End <= start {
				next++
			}
			end, kind := line.End, RegionKind("")
			if next < len(a.Regions) {
				switch r := a.Regions[next]; {
				case r.Start > start:
					end = min(end, r.Start)
				default:
					end, kind = min(end, r.End), r.Kind
				}
			}
			if s := x.Slice(start, end); !blank(s) {
				out = append(out, Paragraph{start, end, kind, text.FirstStrong(s, a.Dir)})
			}
			start = end
		}
	}
	return out
}

func blank(s string) bool {
	for _, r := range s {
		if r != ' ' && r != '\t' && r != '\u00A0' && r != '\u200E' && r != '\u200F' && r != '\uFEFF' {
			return false
		}
	}
	return true
}
