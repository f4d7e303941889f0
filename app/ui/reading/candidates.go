package reading

import (
	"sort"

	"hashiya/app/annotation"
	"hashiya/app/arabic"
	"hashiya/app/text"
	"hashiya/app/ui/i18n"
)

// candidatesOf returns the ranges of the annotated part that are worth a look,
// ascending; found once, since the text never changes.
func (e *Editor) candidatesOf() []annotation.Range {
	if e.looked {
		return e.likely
	}
	e.looked = true
	var list []string
	for _, w := range text.Words(e.article.Text) {
		list = append(list, e.Text(w.Start, w.End))
	}
	known := arabic.NewLexicon(list)
	for _, p := range e.annotated {
		words := text.Words(e.Text(p.Start, p.End))
		body := []rune(e.Text(p.Start, p.End))
		list = list[:0]
		for _, w := range words {
			list = append(list, string(body[w.Start:w.End]))
		}
		joined := func(i int) bool {
			between := string(body[words[i-1].End:words[i].Start])
			return between == " " || between == "/" || between == "\u00a0"
		}
		for _, c := range arabic.Candidates(list, known, joined) {
			from, to, _, ok := e.snap.Snap(p.Start+words[c[0]].Start, p.Start+words[c[1]-1].End)
			if ok {
				e.likely = append(e.likely, annotation.Range{Start: from, End: to})
			}
		}
	}
	return e.likely
}

// NextCandidate selects the next or previous range that may be a name and that
// no span touches, ready for a label's key.
func (e *Editor) NextCandidate(forward bool) Outcome {
	at := e.caret.Focus
	if r, selected := e.Selection(); selected {
		at = r.End
		if !forward {
			at = r.Start
		}
	}
	list := e.candidatesOf()
	i := sort.Search(len(list), func(i int) bool { return list[i].Start >= at })
	by := 1
	if !forward {
		by, i = -1, i-1
	}
	for ; i >= 0 && i < len(list); i += by {
		if !e.touched(list[i]) {
			e.span, e.caret = "", Caret{list[i].Start, list[i].End}
			return Outcome{Say: verbatim(e.Text(list[i].Start, list[i].End))}
		}
	}
	return Outcome{Refused: sayNoMoreCandidates}
}

func (e *Editor) touched(r annotation.Range) bool {
	for _, s := range e.layer.Spans {
		if s.Start >= r.End {
			break
		}
		if s.End > r.Start {
			return true
		}
	}
	return false
}

var sayNoMoreCandidates = i18n.Text{Ar: "لا كلمة أخرى يُحتمل أنها اسم في هذا الاتجاه.", En: "No more likely names this way."}
