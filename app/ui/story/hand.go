package story

import (
	"cmp"
	"strings"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/ui/internal/uitest"
	"hashiya/app/wire"
)

var (
	deviceHere  = strings.Repeat("a", 32) // the one that the story is looked at on
	deviceThere = strings.Repeat("b", 32) // the annotator's tablet
	deviceOld   = strings.Repeat("c", 32)
)

// hand writes down what somebody did in an article on one device.
type hand struct {
	article *article.Article
	device  string
	at      time.Time
	lamport uint64
	ops     []annotation.Op
}

// on begins to write, on a device, half an hour ago.
func on(a *article.Article, device string) *hand {
	return &hand{article: a, device: device, at: ago(30 * time.Minute)}
}

// do adds a change over the ops that it knows of and replaces.
func (h *hand) do(c annotation.Change, replaces ...annotation.OpID) *hand {
	h.lamport++
	o := uitest.Draft(project, *h.article, c)
	o.Device, o.Seq, o.Lamport, o.Prev = h.device, uint64(len(h.ops)+1), h.lamport, replaces
	h.at = h.at.Add(10 * time.Second)
	o.Time = h.at.Format(time.RFC3339)
	h.ops = append(h.ops, o)
	return h
}

// span labels the nth occurrence of a phrase. The span's id is the phrase's
// place; entity may be "".
func (h *hand) span(id, phrase string, nth int, label, entity string) *hand {
	r := place(h.article, phrase, nth)
	return h.do(annotation.Change{Subject: id, Kind: annotation.PutSpan, Span: &annotation.Span{Start: r.Start, End: r.End, Label: label, Entity: entity}})
}

// behind is span for a name behind a proclitic.
func (h *hand) behind(id, proclitic, phrase string, nth int, label, entity string) *hand {
	h.span(id, proclitic+phrase, nth, label, entity)
	s := h.ops[len(h.ops)-1].Span
	s.Start, s.Proclitic = s.Start+len([]rune(proclitic)), proclitic
	return h
}

func (h *hand) entity(id, name, label string) *hand {
	return h.do(annotation.Change{Subject: id, Kind: annotation.PutEntity, Entity: &annotation.Entity{Name: name, Label: label}})
}

func (h *hand) stance(id string, s annotation.Stance) *hand {
	s.Label = cmp.Or(s.Label, "neutral")
	return h.do(annotation.Change{Subject: id, Kind: annotation.PutStance, Stance: &s})
}

func (h *hand) note(id, on, text string) *hand {
	return h.do(annotation.Change{Subject: id, Kind: annotation.PutComment, Comment: &annotation.Comment{On: on, Text: text}})
}

func (h *hand) status(s annotation.Status, reason string) *hand {
	return h.do(annotation.Change{Subject: annotation.StatusSubject, Kind: annotation.SetStatus, Status: s, Reason: reason})
}

// known makes the ops part of what the server has and the device has received.
func (h *hand) known(w *world) {
	for i := range h.ops {
		w.seen = append(w.seen, wire.Event{Pos: uint64(len(w.seen) + 1), Author: w.me.Name, Op: &h.ops[i]})
	}
}

// waiting makes the ops part of what the device has not sent.
func (h *hand) waiting(w *world) { w.unsent = append(w.unsent, h.ops...) }

// labelled is summit with a morning's work in it.
func labelled() *hand {
	return on(&summit, deviceOld).
		entity("e1", "فلاديمير بوتين", "PER").entity("e2", "إلهام علييف", "PER").entity("e3", "باكو", "GPE").
		entity("e4", "أذربيجان", "GPE").entity("e5", "أرمينيا", "GPE").entity("e6", "موسكو", "GPE").
		entity("e7", "سوكار", "ORG").entity("e8", "وزارة الخارجية الأرمينية", "ORG").
		span("s01", "بوتين", 0, "PER", "e1").span("s02", "باكو", 0, "GPE", "e3").
		span("s03", "الرئيس الروسي", 0, "ROLE", "").span("s04", "الروسي", 0, "NORP", "").
		span("s05", "فلاديمير بوتين", 0, "PER", "e1").span("s06", "العاصمة الأذربيجانية باكو", 0, "GPE", "e3").
		span("s07", "الأذربيجانية", 0, "NORP", "").span("s08", "سبتمبر/أيلول 2018", 0, "DATE", "").
		span("s09", "إلهام علييف", 0, "PER", "e2").span("s10", "قصر «زاغولبا»", 0, "FAC", "").
		behind("s11", "ل", "أذربيجان", 2, "GPE", "e4").span("s12", "شركة سوكار", 0, "ORG", "e7").
		span("s13", "غازبروم", 0, "ORG", "").span("s14", "وكالة الأنباء الأذربيجانية", 0, "ORG", "").
		span("s15", "وزارة الخارجية الأرمينية", 0, "ORG", "e8").span("s16", "الأرمينية", 0, "NORP", "").
		span("s17", "ممر زنغزور", 0, "LOC", "").span("s18", "أرمينيا", 0, "GPE", "e5").
		span("s19", "موسكو", 0, "GPE", "e6").span("s20", "الاتحاد الأوروبي", 0, "ORG", "").
		stance("t1", annotation.Stance{
			Holder: annotation.Holder{Entity: "e8"}, Target: annotation.Target{Claim: "فتح ممر زنغزور بشروط باكو"}, Label: "against", Mode: annotation.Paraphrase,
			Intensity: 3, Certainty: 3, Evidence: []annotation.Range{place(&summit, "رفضت ما جاء في بيان القمّة", 0), place(&summit, "يمسّ سيادة أرمينيا", 0)},
		}).
		stance("t2", annotation.Stance{
			Holder: annotation.Holder{Implicit: true}, Target: annotation.Target{Entity: "e6"}, Label: "against", Mode: annotation.Narration,
			Evidence: []annotation.Range{place(&summit, "واتُّهمت موسكو بأنها تقف مع طرف دون آخر", 0)},
		}).
		stance("t3", annotation.Stance{
			Holder: annotation.Holder{Entity: "e2"}, Via: []annotation.Holder{{Outlet: true}}, Target: annotation.Target{Claim: "عبور الغاز الروسي أراضي أذربيجان"}, Label: "favor", Mode: annotation.Quote,
			Intensity: 2, Evidence: []annotation.Range{place(&summit, "«مصلحة راسخة»", 0)},
		})
}
