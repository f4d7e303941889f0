package view

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/dataset"
	"hashiya/app/scheme"
	"hashiya/app/wire"
	"hashiya/server/access"
	"hashiya/server/kv"
	"hashiya/server/kv/memkv"
	"hashiya/server/log"
	"hashiya/server/log/memlog"
	"hashiya/server/record"
)

var (
	names    = []string{"سمر", "omar", "lead", access.Operator, "nobody", "all"}
	projects = []string{"news", "أخبار", "p2"}
	texts    = []string{awkward, "نص ثان\r\n", "نص ثالث"}
	devices  = []string{"d1", "d2", "", "bad/id"}
	hashes   = []string{"h1", "h2"}
)

// anyRecord draws records that meet each other: few names, few devices, few
// subjects, low seqs, and some that make no sense.
func anyRecord(t *rapid.T) log.Record {
	pick := func(list []string) string { return rapid.SampledFrom(list).Draw(t, "pick") }
	actor := pick(names)
	switch rapid.SampledFrom([]string{"op", "op", "op", "op", "op", "op", "layer", "article", "project", "scheme", "account", "password", "link", "use", "token", "restored"}).Draw(t, "kind") {
	case "op":
		return record.Op(actor, anyOp(t))
	case "layer":
		a := anyArticle(t)
		layer := dataset.NamedLayer{Annotator: pick(names), Layer: annotation.Layer{Status: annotation.Done, Scheme: 1, Spans: []annotation.NamedSpan{
			{ID: pick([]string{"s1", "s2"}), Span: annotation.Span{Start: 0, End: rapid.IntRange(1, 9).Draw(t, "end"), Label: "PER"}},
		}}}
		ops, err := dataset.Ops("news", &a, layer)
		digest, err2 := dataset.Digest(&a, layer)
		if errors.Join(err, err2) != nil {
			return record.Layer(actor, "news", a.ID, "", "", nil)
		}
		return record.Layer(actor, "news", a.ID, layer.Annotator, digest, ops)
	case "article":
		return record.Article(actor, pick(projects), anyArticle(t))
	case "project":
		return record.Project(actor, pick(projects), pick(projects), scheme.Default())
	case "scheme":
		s := scheme.Default()
		s.Version = rapid.IntRange(0, 4).Draw(t, "version")
		s.Targets = rapid.SampledFrom([][]string{nil, {claim}, {"الغاز", claim}}).Draw(t, "targets")
		s.Labels = s.Labels[rapid.IntRange(0, 1).Draw(t, "retired"):]
		return record.Scheme(actor, pick(projects), s)
	case "account":
		return record.Account(actor, pick(names), rapid.SampledFrom([]wire.Role{wire.Annotator, wire.Lead, "king"}).Draw(t, "role"))
	case "password":
		return record.Password(actor, pick(names), "$argon2id$x")
	case "link":
		return record.Link(actor, pick(names), pick(hashes))
	case "use":
		return record.LinkUse(pick(hashes))
	case "restored":
		return record.Restored("log", 1, epoch, epoch)
	default:
		return record.Token(actor, pick(names), pick(hashes))
	}
}

func anyArticle(t *rapid.T) article.Article {
	a := article.New(rapid.SampledFrom(texts).Draw(t, "text"), "ar", article.Meta{}, nil)
	if rapid.Bool().Draw(t, "own id") {
		a.ID = "same"
	}
	return a
}

// claim is what stances are about, and schemes require.
const claim = "لا حرب"

func anyOp(t *rapid.T) *annotation.Op {
	o := span(rapid.SampledFrom(devices).Draw(t, "device"), rapid.Uint64Range(0, 6).Draw(t, "seq"), rapid.SampledFrom([]string{"s1", "s2", "s3"}).Draw(t, "subject"))
	o.Lamport = rapid.Uint64Range(1, 9).Draw(t, "lamport")
	o.Scheme = rapid.SampledFrom([]int{1, 1, 1, 2, 7}).Draw(t, "scheme")
	switch rapid.IntRange(0, 6).Draw(t, "what") {
	case 0:
		o.Change = annotation.Change{Subject: o.Subject, Kind: annotation.DeleteSpan}
	case 1:
		o.Change = annotation.Change{Subject: annotation.StatusSubject, Kind: annotation.SetStatus, Status: annotation.Done}
	case 2:
		o.Change = annotation.Change{Subject: o.Subject, Kind: annotation.PutStance, Stance: &annotation.Stance{
			Holder: annotation.Holder{Author: true}, Target: annotation.Target{Claim: claim}, Label: "against", Mode: annotation.Quote,
			Evidence: []annotation.Range{{Start: 0, End: 3}},
		}}
		if rapid.Bool().Draw(t, "of the article") {
			o.Stance.Holder = annotation.Holder{Outlet: true}
		}
	case 3:
		o.Span.End = rapid.IntRange(-1, 1000).Draw(t, "end")
	}
	for range rapid.IntRange(0, 2).Draw(t, "prevs") {
		o.Prev = append(o.Prev, annotation.OpID{Device: rapid.SampledFrom(devices[:2]).Draw(t, "prev"), Seq: rapid.Uint64Range(1, 6).Draw(t, "prev seq")})
	}
	return o
}

func anyHistory(t *rapid.T) *history {
	h := begun()
	if rapid.Bool().Draw(t, "requires") {
		two := scheme.Default()
		two.Version, two.Targets = 2, []string{claim}
		h.add(record.Scheme("lead", "news", two))
	}
	owner := map[string]string{"d1": "سمر", "d2": "omar", "d3": "سمر"}
	next := map[string]uint64{}
	for range rapid.IntRange(0, 60).Draw(t, "records") {
		if rapid.IntRange(0, 3).Draw(t, "wild") == 0 {
			h.add(anyRecord(t))
			continue
		}
		// A device that goes on with its work, as devices mostly do.
		o := anyOp(t)
		o.Device = rapid.SampledFrom([]string{"d1", "d2", "d3"}).Draw(t, "device")
		o.Scheme = rapid.SampledFrom([]int{1, 1, 2}).Draw(t, "known scheme")
		next[o.Device]++
		o.Seq = next[o.Device]
		h.add(record.Op(owner[o.Device], o))
	}
	return h
}

func TestTheViewIsAPureFunctionOfTheLogHoweverItIsCut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := anyHistory(t)
		cuts := rapid.SliceOf(rapid.IntRange(0, len(h.entries))).Draw(t, "cuts")
		slices.Sort(cuts)
		whole, parts := dump(t, h.folded(t)), dump(t, h.folded(t, cuts...))
		if whole != parts {
			t.Fatalf("cut at %v the view differs:\n%s\nand\n%s", cuts, whole, parts)
		}
	})
}

func TestApplyingEntriesAgainChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := anyHistory(t)
		s := h.folded(t)
		before := dump(t, s)
		from := rapid.IntRange(0, len(h.entries)).Draw(t, "from")
		err := s.Update(context.Background(), func(w kv.Writer) error { return Apply(w, h.entries[from:]) })
		if err != nil {
			t.Fatalf("applying again from %d: %v", from+1, err)
		}
		if after := dump(t, s); after != before {
			t.Fatalf("the view changed:\n%s\nto\n%s", before, after)
		}
	})
}

func TestEveryOpInTheLogIsAnsweredOnceAndTheTalliesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := anyHistory(t)
		err := New(h.folded(t)).Read(context.Background(), func(s Snapshot) error {
			for _, user := range names {
				done := 0
				for _, sum := range must(s.Articles("news", user)) {
					var f annotation.Fold
					seen := map[string]bool{}
					for _, e := range must(s.Events(user, 0, 1<<20)).Events {
						if e.Op == nil || e.Op.Article != sum.ID {
							continue
						}
						if seen[e.Op.ID().String()] {
							return fmt.Errorf("op %s of %s came twice", e.Op.ID(), user)
						}
						seen[e.Op.ID().String()] = true
						f.Add(*e.Op)
					}
					p, _, err := s.Project("news", user)
					if err != nil {
						return err
					}
					l := f.Layer()
					l.Hold(p.RequiredUnder(f.Under(annotation.StatusSubject)))
					if l.Status != sum.Status || len(l.Spans) != sum.Spans || len(l.Stances) != sum.Stances || len(l.Unjudged) != sum.Unjudged {
						return fmt.Errorf("the list says of %s by %s: %s, %d spans, %d stances; the ops fold to %s, %d, %d",
							sum.ID, user, sum.Status, sum.Spans, sum.Stances, l.Status, len(l.Spans), len(l.Stances))
					}
					if l.Status == annotation.Done {
						done++
					}
				}
				if p, there, err := s.Project("news", user); err != nil || !there || p.Done != done {
					return fmt.Errorf("the project counts %d done by %s, there are %d (%v)", p.Done, user, done, err)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatalf("%v", err)
		}
	})
}

func TestEventsComeAlikeInPiecesAndAtOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := anyHistory(t)
		limit := rapid.IntRange(1, 5).Draw(t, "limit")
		err := New(h.folded(t)).Read(context.Background(), func(s Snapshot) error {
			ids := func(events []wire.Event) (out []string) {
				for _, e := range events {
					if e.Op != nil {
						out = append(out, fmt.Sprint(e.Pos, e.Op.ID()))
					}
				}
				return out
			}
			for _, user := range names {
				all := must(s.Events(user, 0, 1<<20))
				var pieces []wire.Event
				for after := uint64(0); ; {
					b := must(s.Events(user, after, limit))
					pieces = append(pieces, b.Events...)
					if b.Cursor == after {
						break
					}
					after = b.Cursor
				}
				if a, b := ids(all.Events), ids(pieces); !slices.Equal(a, b) {
					return fmt.Errorf("%s gets %v at once and %v in pieces of %d", user, a, b, limit)
				}
				if all.Cursor != uint64(len(h.entries)) {
					return fmt.Errorf("the cursor is %d at the end of %d entries", all.Cursor, len(h.entries))
				}
			}
			return nil
		})
		if err != nil {
			t.Fatalf("%v", err)
		}
	})
}

func TestAViewThatIsBehindTheLogIsFoldedAgainFromWhereItStands(t *testing.T) {
	h := begun()
	for i := range uint64(600) {
		h.add(record.Op("سمر", span("d1", i+1, fmt.Sprint("s", i))))
	}
	l := memlog.New(memlog.Options{Clock: func() func() time.Time {
		n := 0
		return func() time.Time { n++; return h.entries[n-1].Time }
	}()})
	for _, e := range h.entries {
		if _, err := l.Append(t.Context(), e.Record); err != nil {
			t.Fatal(err)
		}
	}
	want := dump(t, h.folded(t))
	for _, behind := range []int{0, 3, len(h.entries)} {
		s := memkv.New()
		if err := s.Update(t.Context(), func(w kv.Writer) error { return Apply(w, h.entries[:behind]) }); err != nil {
			t.Fatal(err)
		}
		at := uint64(behind)
		err := CatchUp(t.Context(), l, s, func(now, last uint64) {
			if now <= at || last != uint64(len(h.entries)) {
				t.Errorf("progress went from %d to %d of %d", at, now, last)
			}
			at = now
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := dump(t, s); got != want {
			t.Errorf("caught up from %d, the view differs from one folded at once", behind)
		}
	}
	ahead := h.folded(t)
	if err := CatchUp(t.Context(), memlog.New(memlog.Options{}), ahead, nil); err == nil {
		t.Error("a view that is ahead of its log was taken")
	}
}

func TestAGapBetweenTheViewAndTheLogIsAnError(t *testing.T) {
	h := begun()
	err := memkv.New().Update(t.Context(), func(w kv.Writer) error { return Apply(w, h.entries[1:]) })
	if err == nil {
		t.Error("entries behind a gap were applied")
	}
}

func TestARecordOfANewerProgramStopsTheView(t *testing.T) {
	h := begun()
	h.add(log.Record{Kind: "hologram", Data: []byte("{}")})
	err := memkv.New().Update(t.Context(), func(w kv.Writer) error { return Apply(w, h.entries) })
	if err == nil {
		t.Error("a record that nobody here knows was passed over")
	}
}
