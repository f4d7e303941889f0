package reading

import (
	"strconv"

	"hashiya/app/annotation"
	"hashiya/app/concordance"
	"hashiya/app/ui/i18n"
)

// besides is what the editor keeps of the work around the text: the search, and
// the required target that is being judged.
type besides struct {
	query    string
	hits     []annotation.Range // ascending
	hit      int                // the one last gone to, -1 for none
	required string             // "" for none
}

// Search finds every place of the annotated text that holds the query, and
// goes to the first behind the caret. Vowel signs, tatweel, forms of alef, ya
// and ta marbuta, digits' scripts and case make no difference. An empty query
// ends the search.
func (e *Editor) Search(query string) Outcome {
	r, _ := e.Selection()
	return e.SearchFrom(query, r.Start)
}

// SearchFrom is Search with the first hit at or behind an offset to go to.
func (e *Editor) SearchFrom(query string, at int) Outcome {
	e.turn++
	q := concordance.NewQuery(query)
	e.query, e.hits, e.hit = query, q.Hits(e.index, e.annotated), -1
	if q.Empty() {
		return Outcome{}
	}
	if len(e.hits) == 0 {
		return Outcome{Say: sayNoHits}
	}
	for i, h := range e.hits {
		if h.Start >= at {
			return e.reach(i)
		}
	}
	return e.reach(0)
}

// NextHit goes to the next place found, or the one before; behind the last
// comes the first. The place is selected, so that a label's key labels it.
func (e *Editor) NextHit(forward bool) Outcome {
	n := len(e.hits)
	switch {
	case e.query == "":
		return Outcome{Request: OpenSearch}
	case n == 0:
		return Outcome{Refused: sayNoHits}
	case forward:
		return e.reach((e.hit + 1) % n)
	}
	return e.reach((e.hit + n - 1) % n)
}

func (e *Editor) reach(i int) Outcome {
	e.turn++
	h := e.hits[i]
	e.hit, e.span = i, ""
	e.caret = Caret{h.Start, h.End}
	return Outcome{
		Reveal: h,
		Say:    fill(sayHit, "n", strconv.Itoa(i+1), "of", strconv.Itoa(len(e.hits)), "text", e.Text(h.Start, h.End)),
	}
}

// Hits returns how many places were found, and which of them, from 1, was gone
// to last.
func (e *Editor) Hits() (at, of int) { return e.hit + 1, len(e.hits) }

// EndSearch forgets the search; the caret stays where it led.
func (e *Editor) EndSearch() {
	e.query, e.hits, e.hit = "", nil, -1
	e.turn++
}

func (e *Editor) searchMarks() []Mark {
	out := make([]Mark, len(e.hits))
	for i, h := range e.hits {
		out[i] = Mark{ID: "hit:" + strconv.Itoa(i), Start: h.Start, End: h.End, Class: "is-search", Focused: i == e.hit}
	}
	return out
}

func nextHit(forward bool) command {
	return func(e *Editor, _ bool) (Outcome, bool) { return e.NextHit(forward), true }
}

var (
	sayNoHits = i18n.Text{Ar: "ليس في المقال.", En: "Not in the article."}
	sayHit    = i18n.Text{Ar: "{n} من {of}: {text}", En: "{n} of {of}: {text}"}
)
