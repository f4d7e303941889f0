package reading

import (
	"cmp"
	"iter"
	"slices"
	"sort"

	"hashiya/app/annotation"
	"hashiya/app/arabic"
	"hashiya/app/suggest"
	"hashiya/app/text"
	"hashiya/app/ui/i18n"
)

// likelyName is a range that the rules of package arabic take for a name.
type likelyName struct {
	annotation.Range
	inner bool // worth a look once what stands around it has a label
}

// likelyNames returns them for the annotated part, in reading order.
func (e *Editor) likelyNames() []likelyName {
	if !e.looked {
		e.LikelyNames(e.FindLikelyNames())
	}
	return e.likely
}

// LikelyNames takes in what FindLikelyNames has found.
func (e *Editor) LikelyNames(found []likelyName) { e.likely, e.looked = found, true }

// FindLikelyNames reads the article for likely names. It alters nothing in the
// editor and may run beside it; on a long article it takes longer than a frame,
// and the text never changes, so that once is enough.
func (e *Editor) FindLikelyNames() (likely []likelyName) {
	words := arabic.Words{Demonym: suggest.Demonym}
	var all []string
	for _, w := range text.Words(e.article.Text) {
		all = append(all, e.Text(w.Start, w.End))
	}
	words.Known = arabic.NewLexicon(all)
	var at []annotation.Range
	for _, p := range e.annotated {
		for _, w := range text.Words(e.Text(p.Start, p.End)) {
			r := annotation.Range{Start: p.Start + w.Start, End: p.Start + w.End}
			at = append(at, r)
			words.List = append(words.List, e.Text(r.Start, r.End))
		}
	}
	words.Between = func(i int) string { return e.Text(at[i-1].End, at[i].Start) }
	for _, c := range arabic.Candidates(words) {
		if from, to, _, ok := e.snap.Snap(at[c.First].Start, at[c.Last-1].End); ok {
			likely = append(likely, likelyName{annotation.Range{Start: from, End: to}, c.Inner})
		}
	}
	slices.SortStableFunc(likely, func(a, b likelyName) int { return reading(a.Range, b.Range) })
	return likely
}

// reading orders ranges as a reader comes to them: a longer one before what
// stands inside it.
func reading(a, b annotation.Range) int {
	return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
}

// NextCandidate selects the next or previous range that is worth a look and has
// no label yet, ready for a label's key: a suggestion, or what is likely to be a
// name by its words alone.
func (e *Editor) NextCandidate(forward bool) Outcome {
	r, selected := e.Selection()
	if !selected {
		r = annotation.Range{Start: e.caret.Focus, End: e.index.Len() + 1} // before all that begins here
		if !forward {
			r.End = r.Start
		}
	}
	e.reviewing = false
	next, there := e.candidate(r, forward, nil)
	if !there {
		return Outcome{Refused: sayNoMoreCandidates}
	}
	return e.look(next)
}

// candidate returns the first candidate behind r in reading order, or the last
// before it, as if spans over made stood there already.
func (e *Editor) candidate(r annotation.Range, forward bool, made []annotation.Range) (next annotation.Range, there bool) {
	likely, suggested := e.likelyNames(), e.Suggestions()
	fits := func(i int) bool { return e.unlabelled(likely[i], made) }
	if i := nearest(len(likely), func(i int) annotation.Range { return likely[i].Range }, r, forward, fits); i >= 0 {
		next, there = likely[i].Range, true
	}
	at := func(i int) annotation.Range {
		return annotation.Range{Start: suggested[i].Start, End: suggested[i].End}
	}
	fits = func(i int) bool { return !crosses(at(i), made) }
	if i := nearest(len(suggested), at, r, forward, fits); i >= 0 && (!there || forward == (reading(at(i), next) < 0)) {
		next, there = at(i), true
	}
	return next, there
}

// nearest returns the index of the first of n ranges in reading order behind r
// that fits, or of the last before it; -1 for none.
func nearest(n int, at func(i int) annotation.Range, r annotation.Range, forward bool, fits func(i int) bool) int {
	if forward {
		for i := sort.Search(n, func(i int) bool { return reading(at(i), r) > 0 }); i < n; i++ {
			if fits(i) {
				return i
			}
		}
		return -1
	}
	for i := sort.Search(n, func(i int) bool { return reading(at(i), r) >= 0 }) - 1; i >= 0; i-- {
		if fits(i) {
			return i
		}
	}
	return -1
}

// look selects a candidate.
func (e *Editor) look(r annotation.Range) Outcome {
	if s, suggested := e.suggestionAt(r); suggested {
		return e.choose(s)
	}
	e.span, e.caret = "", Caret{r.Start, r.End}
	return Outcome{Say: verbatim(e.Text(r.Start, r.End)), Reveal: r}
}

// goOn ends an act on r that has made the spans over made, by selecting what
// comes behind r: the next candidate, or for somebody who goes through the
// suggestions the next one of those. With none left, what was selected stays.
func (e *Editor) goOn(o Outcome, r annotation.Range, made []annotation.Range) Outcome {
	next, there := e.candidate(r, true, made)
	if e.reviewing {
		next, there = e.suggestionBehind(r, made)
	}
	if !there && e.reviewing {
		o.Say = join(o.Say, sayNoSuggestions)
	}
	if !there {
		return o
	}
	on := e.look(next)
	o.Say, o.Reveal = join(o.Say, on.Say), on.Reveal
	return o
}

// suggestionBehind returns the first suggestion behind r, or else the first.
func (e *Editor) suggestionBehind(r annotation.Range, made []annotation.Range) (next annotation.Range, there bool) {
	for _, s := range e.Suggestions() {
		c := annotation.Range{Start: s.Start, End: s.End}
		if c == r || crosses(c, made) {
			continue
		}
		if behind := c.Start >= r.End; behind || !there {
			next, there = c, true
			if behind {
				break
			}
		}
	}
	return next, there
}

// unlabelled reports whether a likely name has no label yet: nothing touches it,
// or, for an inner one, only what it stands in.
func (e *Editor) unlabelled(c likelyName, made []annotation.Range) bool {
	if !c.inner {
		return !e.touched(c.Range) && !overlaps(c.Range, made)
	}
	around := 0
	for s := range e.spansOver(c.Range) {
		made = append(slices.Clip(made), annotation.Range{Start: s.Start, End: s.End})
	}
	for _, m := range made {
		if crosses(c.Range, []annotation.Range{m}) {
			return false
		}
		if m.Start <= c.Start && c.End <= m.End {
			around++
		}
	}
	return around > 0
}

// touched reports whether a span touches the range.
func (e *Editor) touched(r annotation.Range) bool {
	for range e.spansOver(r) {
		return true
	}
	return false
}

// spansOver yields the spans that touch the range, the last in reading order
// first.
func (e *Editor) spansOver(r annotation.Range) iter.Seq[*annotation.NamedSpan] {
	spans := e.layer.Spans
	if e.endsOf != e.layer {
		e.endsOf, e.ends = e.layer, make([]int, len(spans))
		end := 0
		for i := range spans {
			end = max(end, spans[i].End)
			e.ends[i] = end
		}
	}
	return func(yield func(*annotation.NamedSpan) bool) {
		i, _ := slices.BinarySearchFunc(spans, r.End, func(s annotation.NamedSpan, end int) int { return cmp.Compare(s.Start, end) })
		for i--; i >= 0 && e.ends[i] > r.Start; i-- {
			if spans[i].End > r.Start && !yield(&spans[i]) {
				return
			}
		}
	}
}

func overlaps(r annotation.Range, all []annotation.Range) bool {
	return slices.ContainsFunc(all, func(a annotation.Range) bool { return a.Start < r.End && r.Start < a.End })
}

// crosses reports whether r and one of the ranges overlap and r is not inside it.
func crosses(r annotation.Range, all []annotation.Range) bool {
	return slices.ContainsFunc(all, func(a annotation.Range) bool {
		inside := a.Start <= r.Start && r.End <= a.End && a != r
		return a.Start < r.End && r.Start < a.End && !inside
	})
}

var sayNoMoreCandidates = i18n.Text{Ar: "لا كلمة أخرى يُحتمل أنها اسم في هذا الاتجاه.", En: "No more likely names this way."}
