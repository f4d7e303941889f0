package simulation

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/sync"
)

var users = []string{"سلمى", "omar", "ليلى"}

// label makes one act of an annotator in a tab: one to three ops on an article,
// each naming what it replaces, as app/desk does.
func (w *world) label(t *tab) {
	ctx := context.Background()
	if t.profile.disk.fails(false) != nil {
		return // the article can't be read
	}
	art := &w.host.articles[w.rng.IntN(len(w.host.articles))]
	ops, err := t.store.Ops(ctx, project, art.ID)
	if err != nil {
		w.fail("%s can't read the article: %v", t.name, err)
	}
	var f annotation.Fold
	f.Add(ops...)
	// A restored database can hold two ops of one id, its own and the server's;
	// the fold of a subject takes the first.
	names := make(map[string]string, len(ops))
	for _, o := range slices.Backward(ops) {
		names[o.Subject+o.ID().String()] = o.Action
	}
	layer := f.Layer()
	var drafts []annotation.Op
	var entries []*saved
	subjects := map[string]bool{}
	for range 1 + w.rng.IntN(2)*w.rng.IntN(3) {
		c, bad := w.change(&layer)
		if subjects[c.Subject] {
			continue
		}
		subjects[c.Subject] = true
		w.subjects++
		o := annotation.Op{
			V: annotation.Version, Project: project, Article: art.ID, TextSHA256: art.TextSHA256, Scheme: w.knownScheme(),
			Time: clock{w, t}.Now().UTC().Format(time.RFC3339), Change: c, Prev: f.Heads(c.Subject), Action: fmt.Sprint("act", w.subjects),
		}
		s := &saved{name: o.Action, user: t.user, bad: bad}
		for _, id := range o.Prev {
			s.prev = append(s.prev, names[o.Subject+id.String()])
		}
		slices.Sort(s.prev)
		drafts, entries = append(drafts, o), append(entries, s)
	}
	made, err := t.outbox.Append(ctx, drafts)
	switch {
	case errors.Is(err, errDied):
		w.count("tabs that died in mid-write", 1)
		for i, s := range entries {
			s.op, s.may = drafts[i], true
			w.ledger.add(s)
		}
	case errors.Is(err, sync.ErrStorage), errors.Is(err, sync.ErrQuota):
		w.count("ops not taken by the device, and said so", len(drafts))
	case err != nil:
		w.fail("%s can't save: %v", t.name, err)
	default:
		w.count("ops saved", len(made))
		for i, s := range entries {
			s.op = made[i]
			w.ledger.add(s)
		}
		t.profile.made = append(t.profile.made, entries...)
	}
	w.note(w.now, "%s labels %d: %v", t.name, len(made), err)
	w.settle()
}

// knownScheme is a version that some app may still work under.
func (w *world) knownScheme() int { return 1 + w.rng.IntN(w.host.scheme.Version) }

// change draws what the annotator does next to a layer; bad: the server must
// refuse it.
func (w *world) change(l *annotation.Layer) (c annotation.Change, bad bool) {
	w.subjects++
	fresh := fmt.Sprint("s", w.subjects)
	start := w.rng.IntN(60)
	span := &annotation.Span{Start: start, End: start + 1 + w.rng.IntN(9), Label: pick(w, []string{"PER", "ORG", "GPE", "MISC"})}
	switch n := w.rng.IntN(100); {
	case n < 3:
		span.Label = "KING"
		return annotation.Change{Subject: fresh, Kind: annotation.PutSpan, Span: span}, true
	case n < 35 || len(l.Spans) == 0 && n < 65:
		if len(l.Entities) > 0 && w.chance(0.3) {
			span.Entity = pick(w, l.Entities).ID
		}
		return annotation.Change{Subject: fresh, Kind: annotation.PutSpan, Span: span}, false
	case n < 57:
		return annotation.Change{Subject: pick(w, l.Spans).ID, Kind: annotation.PutSpan, Span: span}, false
	case n < 65:
		return annotation.Change{Subject: pick(w, l.Spans).ID, Kind: annotation.DeleteSpan}, false
	case n < 73:
		return annotation.Change{Subject: fresh, Kind: annotation.PutEntity, Entity: &annotation.Entity{Name: "أذربيجان", Label: "GPE"}}, false
	case n < 80:
		return annotation.Change{Subject: fresh, Kind: annotation.PutStance, Stance: &annotation.Stance{
			Holder: annotation.Holder{Author: true}, Via: []annotation.Holder{}, Target: annotation.Target{Claim: "لا حرب"}, Label: "against", Mode: annotation.Quote,
			Evidence: []annotation.Range{{Start: start, End: start + 3}},
		}}, false
	case n < 85:
		return annotation.Change{Subject: fresh, Kind: annotation.PutComment, Comment: &annotation.Comment{Text: "مـلاحظة «2018»\r\n🙂"}}, false
	case n < 92:
		return annotation.Change{Subject: annotation.StatusSubject, Kind: annotation.SetStatus, Status: pick(w, []annotation.Status{annotation.Done, annotation.InProgress, annotation.Skipped})}, false
	}
	return annotation.Change{Subject: fresh, Kind: annotation.PutWork, Work: &annotation.Work{ActiveSeconds: 1 + w.rng.IntN(60)}}, false
}
