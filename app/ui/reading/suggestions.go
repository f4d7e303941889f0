package reading

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"hashiya/app/annotation"
	"hashiya/app/arabic"
	"hashiya/app/suggest"
	"hashiya/app/ui/i18n"
)

// FindSuggestions reads the article for what the memory and the gazetteer of
// its language know, for SuggestFrom. It alters nothing in the editor and may
// run beside it; on a long article it takes longer than a frame.
func (e *Editor) FindSuggestions(m *suggest.Memory) suggest.Found {
	return suggest.NewIndex(e.article.Lang, m).Find(e.index, e.annotated).Only(func(label string) bool {
		_, known := e.scheme.Label(label)
		return known
	})
}

// SuggestFrom suggests what was found, from now on.
func (e *Editor) SuggestFrom(found suggest.Found) {
	e.found, e.openOf = found, nil
	e.turn++
}

// Suggestions returns what is suggested now, in the order of the text.
func (e *Editor) Suggestions() []suggest.Suggestion {
	if e.locked() != none {
		return nil
	}
	if e.openOf != e.layer {
		e.openOf = e.layer
		found := e.found
		if e.scheme.Unassisted {
			found = suggest.Found{}
		}
		spans := make([]annotation.Span, len(e.layer.Spans))
		for i, s := range e.layer.Spans {
			spans[i] = s.Span
		}
		refused := make([]suggest.Refusal, len(e.layer.Refusals))
		for i, r := range e.layer.Refusals {
			refused[i] = suggest.Refusal{Start: r.Start, End: r.End, Label: r.Label}
		}
		e.open = found.With(e.index.Len(), e.remembered()).Open(spans, refused)
		e.marks = make([]Mark, len(e.open))
		for i, s := range e.open {
			e.marks[i] = Mark{
				ID: suggestionID(s), Start: s.Start, End: s.End, Class: e.labelClass(s.Label) + " is-suggestion", Tag: s.Label,
				Level: e.depth(s.Start, s.End),
			}
		}
	}
	return e.open
}

// Suggestion returns the suggestion that is selected: the one over the very
// range of the selection.
func (e *Editor) Suggestion() (s suggest.Suggestion, ok bool) {
	r, selected := e.Selection()
	if !selected || e.span != "" {
		return s, false
	}
	return e.suggestionAt(r)
}

func (e *Editor) suggestionAt(r annotation.Range) (s suggest.Suggestion, ok bool) {
	all := e.Suggestions()
	i, _ := slices.BinarySearchFunc(all, r.Start, func(s suggest.Suggestion, start int) int { return cmp.Compare(s.Start, start) })
	if i < len(all) && all[i].Start == r.Start && all[i].End == r.End {
		return all[i], true
	}
	return s, false
}

// NextSuggestion selects the next suggestion behind the caret, or else the
// first of the article.
func (e *Editor) NextSuggestion() Outcome {
	at := annotation.Range{Start: e.caret.Focus, End: e.caret.Focus}
	if s, selected := e.Suggestion(); selected {
		at = annotation.Range{Start: s.Start, End: s.End}
	}
	e.reviewing = true
	next, there := e.suggestionBehind(at, nil)
	if !there && len(e.Suggestions()) == 0 {
		return Outcome{Refused: sayNoSuggestions}
	}
	if !there {
		next = at // it is the only one
	}
	return e.look(next)
}

func (e *Editor) choose(s suggest.Suggestion) Outcome {
	e.span = ""
	e.caret = Caret{s.Start, s.End}
	e.turn++
	return Outcome{
		Say:    fill(saySuggested, "text", e.Text(s.Start, s.End), "label", e.labelNames(s.Label)),
		Reveal: annotation.Range{Start: s.Start, End: s.End},
	}
}

// remember suggests the other places of a new span from now on, also after its
// offer has gone: whoever goes through the text meets them there.
func (e *Editor) remember(s annotation.NamedSpan, places []arabic.Mention) {
	e.forget(s.ID)
	e.own = append(e.own, ownForm{s.ID, known(places)})
}

// foresee suggests of those the first one up to a place, at once, so that going
// on does not pass over it.
func (e *Editor) foresee(s annotation.NamedSpan, made []annotation.Range, upTo int) (at annotation.Range, there bool) {
	for _, m := range known(arabic.NewFinder(e.Text(s.End, upTo)).Mentions(e.Text(s.Start, s.End), s.Proclitic, nil)) {
		m.Start, m.End = m.Start+s.End, m.End+s.End
		at = annotation.Range{Start: m.Start, End: m.End}
		if e.touched(at) || overlaps(at, made) || e.allowed(at) != none {
			continue
		}
		e.forget(s.ID)
		e.own = append(e.own, ownForm{s.ID, []arabic.Mention{m}})
		return at, true
	}
	return at, false
}

func known(all []arabic.Mention) []arabic.Mention {
	return slices.DeleteFunc(slices.Clone(all), func(m arabic.Mention) bool { return m.Trust() == arabic.OnRequest })
}

// forget ends that.
func (e *Editor) forget(span string) {
	e.own = slices.DeleteFunc(slices.Clone(e.own), func(o ownForm) bool { return o.span == span })
	e.openOf = nil
}

// ownForm is where the core of a span of this article stands again.
type ownForm struct {
	span   string
	places []arabic.Mention
}

// remembered returns what the labels of the article itself suggest. They are
// trusted above all that others said.
func (e *Editor) remembered() (out []suggest.Suggestion) {
	for _, o := range e.own {
		s, there := e.layer.Span(o.span)
		if _, offered := e.scheme.Label(s.Label); !there || !offered {
			continue
		}
		entity, _ := e.layer.Entity(s.Entity)
		for _, m := range o.places {
			score := 0.98
			if m.Trust() == arabic.Sure {
				score = 0.99
			}
			out = append(out, suggest.Suggestion{
				Start: m.Start, End: m.End, Proclitic: m.Proclitic, Label: s.Label, Entity: entity.Name, Source: suggest.FromArticle, Score: score,
			})
		}
	}
	return out
}

// Take accepts what is offered: the checked other mentions, or else the
// selected suggestion, and goes on. With nothing offered it goes to the next
// suggestion.
func (e *Editor) Take() Outcome {
	items, _ := e.Mentions()
	if slices.ContainsFunc(items, func(m OfferedMention) bool { return m.Checked }) {
		return e.AcceptMentions()
	}
	if _, selected := e.Suggestion(); selected {
		return e.AcceptSuggestion()
	}
	return e.NextSuggestion()
}

// AcceptSuggestion makes a span of the selected suggestion and goes on.
func (e *Editor) AcceptSuggestion() Outcome { return e.accept(false) }

// TakeEverywhere accepts the selected suggestion with the other mentions of its
// name that are sure; with no suggestion selected, it is Take.
func (e *Editor) TakeEverywhere() Outcome {
	if _, selected := e.Suggestion(); selected {
		return e.accept(true)
	}
	return e.Take()
}

func (e *Editor) accept(everywhere bool) Outcome {
	s, selected := e.Suggestion()
	if !selected {
		return Outcome{Refused: sayNoSuggestion}
	}
	n := annotation.NamedSpan{ID: e.newID(), Span: annotation.Span{
		Start: s.Start, End: s.End, Label: s.Label, Proclitic: carried(s.Proclitic), Source: source(s),
	}}
	o := Outcome{Changes: e.linkNamed(&n.Span, s.Entity), Say: fill(sayCreated, "label", e.labelNames(s.Label), "text", e.Text(s.Start, s.End))}
	o.Changes = append(o.Changes, putSpan(n))
	at := annotation.Range{Start: s.Start, End: s.End}
	made := []annotation.Range{at}
	if everywhere {
		var others []annotation.Range
		o, others = e.everywhere(o, n)
		made = append(made, others...)
	}
	e.collapse(s.End)
	e.turn++
	return e.goOn(o, at, made)
}

// RefuseSuggestion keeps the selected suggestion from being made again here,
// and goes on.
func (e *Editor) RefuseSuggestion() Outcome {
	s, selected := e.Suggestion()
	if !selected {
		return Outcome{Refused: sayNoSuggestion}
	}
	o := Outcome{
		Changes: []annotation.Change{{Subject: e.newID(), Kind: annotation.PutRefusal, Refusal: &annotation.Refusal{
			Start: s.Start, End: s.End, Label: s.Label, Source: source(s),
		}}},
		Say: fill(sayRefused, "text", e.Text(s.Start, s.End)),
	}
	e.collapse(s.End)
	e.turn++
	return e.goOn(o, annotation.Range{Start: s.Start, End: s.End}, nil)
}

// linkNamed gives a mention its entity, where link would have to guess by the
// name under which the project knows it.
func (e *Editor) linkNamed(s *annotation.Span, name string) []annotation.Change {
	if name != "" {
		var bears []string
		for _, n := range e.layer.Entities {
			if n.Label == s.Label && letters(n.Name) == letters(name) {
				bears = append(bears, n.ID)
			}
		}
		if len(bears) == 1 {
			s.Entity = bears[0]
			return nil
		}
	}
	changes, linked := e.link(s)
	if linked == toNew && name != "" {
		changes[0].Entity.Name = strings.Join(strings.Fields(name), " ")
	}
	return changes
}

// shownSource returns what proposed a span that a person makes by hand where it
// was shown as a proposal all the while.
func (e *Editor) shownSource(r annotation.Range, label string) annotation.Source {
	if s, there := e.suggestionAt(r); there && s.Label == label {
		return source(s)
	}
	return ""
}

// tapped selects the suggestion among the marks under a tap, if it is the
// innermost and is not selected yet.
func (e *Editor) tapped(marks []string) (o Outcome, ok bool) {
	if len(marks) == 0 {
		return Outcome{}, false
	}
	chosen, selected := e.Suggestion()
	for _, s := range e.Suggestions() {
		if suggestionID(s) == marks[0] && !(selected && s == chosen) {
			return e.choose(s), true
		}
	}
	return Outcome{}, false
}

// proposedMarks returns the marks of what is proposed, unlike those of labels.
func (e *Editor) proposedMarks() []Mark {
	var out []Mark
	items, _ := e.Mentions()
	s, _ := e.OfferedFor()
	for _, m := range items {
		class := e.labelClass(s.Label) + " is-suggestion"
		if m.Checked {
			class += " is-checked"
		}
		out = append(out, Mark{ID: m.ID(), Start: m.Start, End: m.End, Class: class, Tag: s.Label})
	}
	chosen, selected := e.Suggestion()
	for i, s := range e.Suggestions() {
		if slices.ContainsFunc(items, func(m OfferedMention) bool { return m.Start < s.End && s.Start < m.End }) {
			continue
		}
		out = append(out, e.marks[i])
		out[len(out)-1].Focused = selected && s == chosen
	}
	return out
}

// depth returns how many spans enclose a range.
func (e *Editor) depth(start, end int) (n int) {
	for s := range e.spansOver(annotation.Range{Start: start, End: start + 1}) {
		if s.Start <= start && end <= s.End {
			n++
		}
	}
	return n
}

func suggestionID(s suggest.Suggestion) string {
	return fmt.Sprintf("suggestion:%d-%d-%s", s.Start, s.End, s.Label)
}

func source(s suggest.Suggestion) annotation.Source {
	switch s.Source {
	case suggest.FromArticle:
		return annotation.FromMention
	case suggest.FromGazetteer:
		return annotation.FromGazetteer
	}
	return annotation.FromMemory
}

var (
	saySuggested     = i18n.Text{Ar: "{text}، مقترح: {label}", En: "{text}, suggested: {label}"}
	sayRefused       = i18n.Text{Ar: "رُفض الاقتراح: {text}", En: "Refused: {text}"}
	sayNoSuggestions = i18n.Text{Ar: "لا اقتراحات باقية في هذا المقال.", En: "No suggestions are left in this article."}
	sayNoSuggestion  = i18n.Text{Ar: "لم يُختر اقتراح.", En: "No suggestion is selected."}
)
