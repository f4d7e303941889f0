package concordance

import (
	"strings"

	"hashiya/app/annotation"
	"hashiya/app/arabic"
	"hashiya/app/article"
	"hashiya/app/text"
)

// Place is a range of a text with the words around it.
type Place struct {
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Before string `json:"before"` // in the same paragraph
	Text   string `json:"text"`
	After  string `json:"after"`
}

// Shown returns the place as it is to be marked in a line of text: a lam and
// the alef behind it are marked together, for the two are one glyph that a mark
// would tear apart.
func (p Place) Shown() (before, marked, after string) {
	front, name, back := []rune(p.Before), []rune(p.Text), []rune(p.After)
	if i := lastLetter(front); i >= 0 && front[i] == 'ل' && len(name) > 0 && isAlef(name[0]) {
		front, name = front[:i], append(front[i:len(front):len(front)], name...)
	}
	if i := lastLetter(name); i >= 0 && name[i] == 'ل' && len(back) > 0 && isAlef(back[0]) {
		n := 1
		for n < len(back) && arabic.IsMark(back[n]) {
			n++
		}
		name, back = append(name, back[:n]...), back[n:]
	}
	return string(front), string(name), string(back)
}

// lastLetter returns where the last letter with the marks on it begins; -1 for
// none.
func lastLetter(runes []rune) int {
	i := len(runes) - 1
	for i >= 0 && arabic.IsMark(runes[i]) {
		i--
	}
	return i
}

func isAlef(r rune) bool { return strings.ContainsRune("اأإآٱ", r) }

// reach is how much of the words around a place is shown on either side.
const reach = 48

// At returns the place at a range that lies in one of the paragraphs.
func At(of *text.Index, paragraphs []article.Paragraph, r annotation.Range) Place {
	p := Place{Start: r.Start, End: r.End, Text: of.Slice(r.Start, r.End)}
	for _, in := range paragraphs {
		if in.Start <= r.Start && r.Start < in.End {
			p.Before, p.After = Around(of, in, r, reach)
		}
	}
	return p
}

// Around returns the whole words of the paragraph before and behind a range, up
// to reach code points of each.
func Around(of *text.Index, p article.Paragraph, r annotation.Range, reach int) (before, after string) {
	from, to := max(p.Start, r.Start-reach), min(p.End, r.End+reach)
	if from < r.Start {
		before = of.Slice(from, r.Start)
	}
	if r.End < to {
		after = of.Slice(r.End, to)
	}
	if from > p.Start {
		if _, rest, cut := strings.Cut(before, " "); cut {
			before = rest
		}
	}
	if to < p.End {
		if i := strings.LastIndex(after, " "); i > 0 {
			after = after[:i]
		}
	}
	return before, after
}
