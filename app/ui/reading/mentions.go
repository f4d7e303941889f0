package reading

import (
	"slices"
	"strconv"

	"hashiya/app/annotation"
	"hashiya/app/arabic"
	"hashiya/app/concordance"
	"hashiya/app/suggest"
	"hashiya/app/ui/i18n"
)

// proposals is what the editor offers without having been asked for it: the
// other mentions of a span, and suggestions.
type proposals struct {
	finder *arabic.Finder // made when first needed
	wanted otherPlaces    // of the new span, still to be looked for
	others *otherPlaces   // nil for none

	own    []ownForm // of the spans that were made since the article was opened
	found  suggest.Found
	open   []suggest.Suggestion // of openOf
	marks  []Mark               // of open
	openOf *annotation.Layer

	turn int // grows with every change that the views show
}

// otherPlaces are the other mentions of one span, for as long as it is selected
// or, where the caret has gone on from it, the caret stays where it went.
type otherPlaces struct {
	span    string
	caret   Caret                     // where it went
	more    bool                      // also those on request
	decided map[annotation.Range]bool // checked or unchecked by hand
	items   []OfferedMention
	hidden  int // on request, and not asked for
	of      *annotation.Layer
}

// OfferedMention is a place that can become another mention.
type OfferedMention struct {
	arabic.Mention
	Checked bool
}

// ID names the place, for its mark and its row.
func (m OfferedMention) ID() string { return "mention:" + strconv.Itoa(m.Start) }

func (m OfferedMention) at() annotation.Range { return annotation.Range{Start: m.Start, End: m.End} }

// Mentions returns the other mentions that are offered now, in the order of the
// text, and how many more there are on request.
func (e *Editor) Mentions() (items []OfferedMention, hidden int) {
	if _, offered := e.OfferedFor(); !offered {
		return nil, 0
	}
	if e.others.of != e.layer {
		e.lookFor(e.others)
	}
	return e.others.items, e.others.hidden
}

// OfferedFor returns the span whose other mentions are offered now.
func (e *Editor) OfferedFor() (s annotation.NamedSpan, ok bool) {
	o := e.others
	if o == nil || e.span != o.span && (e.span != "" || e.caret != o.caret) || e.locked() != none {
		return s, false
	}
	return e.layer.Span(o.span)
}

// lookFor finds the places where the core of the offer's span stands again.
func (e *Editor) lookFor(o *otherPlaces) {
	s, _ := e.layer.Span(o.span)
	e.fill(o, e.standsAgain(s))
}

func (e *Editor) fill(o *otherPlaces, places []arabic.Mention) {
	o.of, o.items, o.hidden = e.layer, nil, 0
	for _, m := range places {
		item := OfferedMention{Mention: m, Checked: m.Trust() == arabic.Sure}
		if m.Trust() == arabic.OnRequest && !o.more {
			o.hidden++
			continue
		}
		if decided, by := o.decided[item.at()]; by {
			item.Checked = decided
		}
		o.items = append(o.items, item)
	}
}

// standsAgain returns the places where the core of s stands and that can have a
// label.
func (e *Editor) standsAgain(s annotation.NamedSpan) []arabic.Mention {
	if e.finder == nil {
		e.finder = arabic.NewFinder(e.article.Text)
	}
	found := e.finder.Mentions(e.Text(s.Start, s.End), s.Proclitic, e.takenFor(s))
	return slices.DeleteFunc(found, func(m arabic.Mention) bool {
		return e.allowed(annotation.Range{Start: m.Start, End: m.End}) != none
	})
}

// takenFor returns the places that are no mention of s: the spans, and where a
// longer name that has been labelled stands again, of which s would be a part.
func (e *Editor) takenFor(s annotation.NamedSpan) [][2]int {
	taken := [][2]int{{s.Start, s.End}}
	var names []string
	for _, n := range e.layer.Spans {
		taken = append(taken, [2]int{n.Start, n.End})
		names = append(names, e.Text(n.Start, n.End))
	}
	for _, r := range concordance.Longer(e.Text(s.Start, s.End), names, e.finder) {
		taken = append(taken, [2]int{r.Start, r.End})
	}
	return taken
}

// OfferNew offers the other mentions of the span that was made last, if nothing
// else has been chosen since and there are any. The screen calls it once the new
// span is painted: on a long article looking takes longer than a frame.
func (e *Editor) OfferNew() (o Outcome, news bool) {
	wanted := e.wanted
	e.wanted = otherPlaces{}
	s, made := e.layer.Span(wanted.span)
	if !made {
		return Outcome{}, false
	}
	e.others = &wanted
	places := e.standsAgain(s)
	e.remember(s, places)
	e.fill(e.others, places)
	items, _ := e.Mentions()
	if len(items) == 0 {
		e.others = nil
		return Outcome{}, false
	}
	e.turn++
	return Outcome{Say: counted(countOffered, len(items))}, true
}

func newOffer(span string) *otherPlaces {
	return &otherPlaces{span: span, decided: map[annotation.Range]bool{}}
}

// OfferMentions offers the other mentions of the selected span; again, it
// checks them all; again, it shows those that are seldom right.
func (e *Editor) OfferMentions() Outcome {
	s, offered := e.OfferedFor()
	if !offered {
		var there bool
		if s, there = e.Span(); !there {
			return Outcome{Refused: sayNoSpan}
		}
	}
	if refused := e.locked(); refused != none {
		return Outcome{Refused: refused}
	}
	if note, retired := e.retiredNote(s.Label); retired {
		return Outcome{Refused: note}
	}
	e.wanted = otherPlaces{}
	e.turn++
	items, hidden := e.Mentions()
	switch {
	case !offered:
		e.others = newOffer(s.ID)
	case slices.ContainsFunc(items, func(m OfferedMention) bool { return !m.Checked }):
		for i := range items {
			e.others.decided[items[i].at()] = true
		}
		e.others.of = nil
	case hidden > 0:
		return e.MoreMentions()
	}
	items, hidden = e.Mentions()
	if len(items) == 0 && hidden > 0 {
		return e.MoreMentions()
	}
	if len(items) == 0 {
		e.others = nil
		return Outcome{Refused: sayNoMentions}
	}
	return Outcome{Say: counted(countOffered, len(items))}
}

// MoreMentions shows the offered mentions that are seldom right, too.
func (e *Editor) MoreMentions() Outcome {
	if e.others == nil {
		return Outcome{}
	}
	e.others.more, e.others.of = true, nil
	e.turn++
	items, _ := e.Mentions()
	return Outcome{Say: counted(countOffered, len(items))}
}

// CheckMention checks or unchecks an offered mention.
func (e *Editor) CheckMention(id string) Outcome {
	items, _ := e.Mentions()
	for i := range items {
		if m := &items[i]; m.ID() == id {
			m.Checked = !m.Checked
			e.others.decided[m.at()] = m.Checked
			e.turn++
		}
	}
	return Outcome{}
}

// AcceptMentions makes spans of the checked mentions, all in one act: of the
// label of the span that they are offered for and, whoever else bears the name,
// of its entity.
func (e *Editor) AcceptMentions() Outcome {
	s, _ := e.OfferedFor()
	var changes []annotation.Change
	items, _ := e.Mentions()
	for _, m := range items {
		if m.Checked {
			changes = append(changes, e.mentionOf(s, m.Mention))
		}
	}
	if len(changes) == 0 {
		return Outcome{Refused: sayNoneChecked}
	}
	e.others = nil
	e.turn++
	return Outcome{Changes: changes, Say: counted(countAdded, len(changes))}
}

func (e *Editor) mentionOf(s annotation.NamedSpan, m arabic.Mention) annotation.Change {
	return putSpan(annotation.NamedSpan{ID: e.newID(), Span: annotation.Span{
		Start: m.Start, End: m.End, Label: s.Label, Proclitic: carried(m.Proclitic), Entity: s.Entity, Source: annotation.FromMention,
	}})
}

// everywhere adds to the making of s that of its other mentions that are sure.
func (e *Editor) everywhere(o Outcome, s annotation.NamedSpan) (Outcome, []annotation.Range) {
	var made []annotation.Range
	for _, m := range e.standsAgain(s) {
		if m.Trust() == arabic.Sure {
			o.Changes = append(o.Changes, e.mentionOf(s, m))
			made = append(made, annotation.Range{Start: m.Start, End: m.End})
		}
	}
	if len(made) > 0 {
		o.Say = join(o.Say, counted(countAdded, len(made)))
	}
	return o, made
}

// dismiss ends the offer, and reports whether there was one to be seen.
func (e *Editor) dismiss() bool {
	items, _ := e.Mentions()
	if len(items) > 0 {
		e.forget(e.others.span)
		e.turn++
	}
	e.others, e.wanted = nil, otherPlaces{}
	return len(items) > 0
}

// DismissMentions ends the offer.
func (e *Editor) DismissMentions() Outcome {
	e.dismiss()
	return Outcome{Say: sayDismissed}
}

// carried is a proclitic as far as an op can carry it.
func carried(proclitic string) string {
	if len([]rune(proclitic)) > annotation.MaxProclitic {
		return ""
	}
	return proclitic
}

// ruleWords says how a mention was found.
func ruleWords(r arabic.Rule) i18n.Text {
	var parts []i18n.Text
	switch {
	case r.After != "":
		parts = append(parts, fill(ruleAfter, "letters", shownProclitic(r.After)))
	case r.Tier == arabic.Plain && !r.Article:
		parts = append(parts, ruleSame)
	}
	if r.Article {
		parts = append(parts, ruleArticle)
	}
	switch r.Tier {
	case arabic.Folded:
		parts = append(parts, ruleFolded)
	case arabic.Loose:
		parts = append(parts, ruleLoose)
	}
	if r.Size == arabic.ShortToken {
		parts = append(parts, ruleShort)
	}
	return list(parts)
}

func counted(c i18n.Count, n int) i18n.Text {
	return i18n.Text{Ar: c.In(i18n.Ar, n), En: c.In(i18n.En, n)}
}

var (
	ruleSame    = i18n.Text{Ar: "مطابق", En: "the same"}
	ruleAfter   = i18n.Text{Ar: "بعد «{letters}»", En: "after “{letters}”"}
	ruleArticle = i18n.Text{Ar: "تختلف أل التعريف", En: "the article differs"}
	ruleFolded  = i18n.Text{Ar: "يختلف رسم الألف أو الأرقام", En: "alef or digits spelled otherwise"}
	ruleLoose   = i18n.Text{Ar: "يختلف الإملاء", En: "spelled otherwise"}
	ruleShort   = i18n.Text{Ar: "كلمة قصيرة", En: "a short word"}

	sayNoMentions  = i18n.Text{Ar: "لا مواضع أخرى لهذا الاسم في المقال.", En: "This name stands nowhere else in the article."}
	sayNoneChecked = i18n.Text{Ar: "لم تختر أي موضع.", En: "No place is checked."}
	sayDismissed   = i18n.Text{Ar: "تُركت المواضع الأخرى", En: "The other places are left"}

	countOffered = i18n.Count{
		ArZero: "لا مواضع أخرى", ArOne: "موضع آخر", ArTwo: "موضعان آخران", ArFew: "{n} مواضع أخرى", ArMany: "{n} موضعًا آخر", ArOther: "{n} موضع آخر",
		EnOne: "1 other place", EnOther: "{n} other places",
	}
	countAdded = i18n.Count{
		ArZero: "لم يُضف شيء", ArOne: "أُضيف موضع واحد", ArTwo: "أُضيف موضعان", ArFew: "أُضيفت {n} مواضع", ArMany: "أُضيف {n} موضعًا", ArOther: "أُضيف {n} موضع",
		EnOne: "1 place added", EnOther: "{n} places added",
	}
)
