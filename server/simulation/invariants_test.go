package simulation

import (
	"bytes"
	"context"
	"fmt"
	"reflect"
	"slices"

	"hashiya/app/annotation"
	"hashiya/app/wire"
	"hashiya/server/kv"
	"hashiya/server/kv/memkv"
	"hashiya/server/log"
	"hashiya/server/view"
)

// unsent checks, in the middle of everything, that what was shown as saved is
// at the server or still in its device's database.
func (w *world) unsent() {
	for _, m := range w.machines {
		for _, u := range users {
			p := m.profiles[u]
			if p == nil {
				continue
			}
			there := map[string]bool{}
			for _, o := range w.all(p) {
				there[o.Action] = true
			}
			for _, s := range p.made {
				if !s.may && !there[s.name] {
					w.fail("%s was saved in %s and is not there any more (%d times in the log)", s.name, p.name, w.ledger.log[s.name])
				}
			}
		}
	}
}

// all returns every op of the profile, also the refused ones.
func (w *world) all(p *profile) []annotation.Op {
	ctx := context.Background()
	s := p.db.Open()
	defer s.Close()
	stuck, err := s.Stuck(ctx)
	w.must(err, "reading what is stuck")
	var out []annotation.Op
	for _, x := range stuck {
		out = append(out, x.Op)
	}
	for _, a := range w.host.articles {
		ops, err := s.Ops(ctx, project, a.ID)
		w.must(err, "reading an article's ops")
		out = append(out, ops...)
	}
	return out
}

// resting checks that the user's tabs, which are well again, have nothing more to
// say.
func (w *world) resting(user string) {
	for _, m := range w.machines {
		for _, t := range m.opened() {
			if s := t.outbox.State(); t.user == user && (s.Waiting != 0 || !s.Online || s.SignedOut || s.Failure != "") {
				w.fail("%s does not come to rest: %+v", t.name, s)
			}
		}
	}
}

// taken is the log as this package understands it: which ops had an effect,
// decided apart from package view, by the rules of its documentation.
type taken struct {
	owner map[string]string
	last  map[string]uint64
	at    map[annotation.OpID]uint64 // op → its position, where it took its seq
	names map[annotation.OpID]string
	ops   map[string][]annotation.Op // author → accepted ops
}

func (w *world) decide(entries []log.Entry) *taken {
	t := &taken{map[string]string{}, map[string]uint64{}, map[annotation.OpID]uint64{}, map[annotation.OpID]string{}, map[string][]annotation.Op{}}
	times := map[string]int{}
	for _, e := range entries {
		o, ok := op(e.Record)
		if !ok {
			continue
		}
		if owner, known := t.owner[o.Device]; known && owner != e.Actor || o.Seq != t.last[o.Device]+1 {
			continue
		}
		t.owner[o.Device], t.last[o.Device] = e.Actor, o.Seq
		t.at[o.ID()], t.names[o.ID()] = uint64(e.Pos), o.Action
		s := w.ledger.named[o.Action]
		switch times[o.Action]++; {
		case s == nil:
			w.fail("entry %d is op %s, which nobody has made", e.Pos, o.Action)
		case times[o.Action] > 1:
			w.fail("%s is in the log twice, now at %d as %s", o.Action, e.Pos, o.ID())
		case s.user != e.Actor:
			w.fail("%s of %s is in the log as %s's", o.Action, s.user, e.Actor)
		case !s.bad:
			t.ops[e.Actor] = append(t.ops[e.Actor], o)
		}
		w.unaltered(s, o, t)
	}
	for _, s := range w.ledger.ops {
		if times[s.name] == 0 && !s.may {
			w.fail("%s of %s was saved as %s, and never reached the log", s.name, s.user, s.op.ID())
		}
	}
	return t
}

// unaltered holds an op against what its author saw saved. A new device id is
// allowed, with all names that follow from it.
func (w *world) unaltered(s *saved, o annotation.Op, t *taken) {
	if s.op.ID() == o.ID() && s.op.ContentHash() != o.ContentHash() {
		w.fail("%s was altered: %+v, it was %+v", s.name, o, s.op)
	}
	var prev []string
	for _, id := range o.Prev {
		if t.names[id] == "" {
			w.fail("%s replaces %s, which is not in the log before it", s.name, id)
		}
		prev = append(prev, t.names[id])
	}
	slices.Sort(prev)
	a, b := s.op, o
	if a.Lamport == 0 { // nobody was told
		b.Lamport = 0
	}
	a.Device, a.Seq, a.Prev, b.Device, b.Seq, b.Prev = "", 0, nil, "", 0, nil
	if a.ContentHash() != b.ContentHash() || !slices.Equal(s.prev, prev) {
		w.fail("%s was altered: %+v replacing %v, it was %+v replacing %v", s.name, o, prev, s.op, s.prev)
	}
}

// hold checks everything that must hold in the end.
func (w *world) hold() {
	w.outside(func() { w.must(w.host.engine.check(), "checking the log") })
	var entries []log.Entry
	w.outside(func() { entries = w.host.entries(0) })
	t := w.decide(entries)
	folds := map[string]map[string]*annotation.Fold{}
	for _, u := range users {
		folds[u] = map[string]*annotation.Fold{}
		for _, a := range w.host.articles {
			folds[u][a.ID] = &annotation.Fold{}
		}
		for _, o := range t.ops[u] {
			folds[u][o.Article].Add(o)
		}
		w.count("ops accepted and verified", len(t.ops[u]))
	}
	w.outside(func() {
		w.viewIs(t, folds)
		w.foldsAlike(entries)
	})
	w.converged(t, folds)
	for _, s := range w.ledger.ops {
		if s.may && w.ledger.log[s.name] == 0 {
			w.count("ops known to be lost", 1)
		}
		if s.bad {
			w.count("ops refused", 1)
		}
	}
}

// viewIs holds the view against the log: answers, live events, layers.
func (w *world) viewIs(t *taken, folds map[string]map[string]*annotation.Fold) {
	err := w.host.view().Read(context.Background(), func(s view.Snapshot) error {
		for _, u := range users {
			events, err := s.Events(u, 0, 1<<30)
			if err != nil {
				return err
			}
			var heard []string
			for _, e := range events.Events {
				if e.Op != nil {
					heard = append(heard, e.Op.Action)
				}
			}
			var want []string
			for _, o := range t.ops[u] {
				want = append(want, o.Action)
				r, there, err := s.Answer(u, &o)
				if err != nil || !there || r.Outcome != wire.Accepted || r.Pos != t.at[o.ID()] {
					return fmt.Errorf("op %s of %s stands at %d, and is answered with %+v (%v, %v)", o.ID(), u, t.at[o.ID()], r, there, err)
				}
			}
			if !slices.Equal(heard, want) {
				return fmt.Errorf("%s hears %v, the log has %v", u, heard, want)
			}
		}
		for _, a := range w.host.articles {
			layers, err := s.Layers(project, a.ID, view.Everything)
			if err != nil {
				return err
			}
			for _, l := range layers {
				if want := folds[l.Annotator][a.ID].Layer(); !reflect.DeepEqual(l.Layer, want) {
					return fmt.Errorf("the layer of %s on %s is\n%+v, its ops fold to\n%+v", l.Annotator, a.ID, l.Layer, want)
				}
			}
		}
		return nil
	})
	w.must(err, "the view is not what the log says")
}

// foldsAlike folds the whole log again, cut otherwise, and compares every byte.
func (w *world) foldsAlike(entries []log.Entry) {
	ctx := context.Background()
	again := memkv.New()
	for len(entries) > 0 {
		n := min(len(entries), 1+w.rng.IntN(40))
		w.must(again.Update(ctx, func(kw kv.Writer) error { return view.Apply(kw, entries[:n]) }), "folding again")
		entries = entries[n:]
	}
	dump := func(s kv.Store) []byte {
		var b bytes.Buffer
		w.must(s.View(ctx, func(r kv.Reader) error {
			return r.Scan(nil, nil, func(k, v []byte) (bool, error) {
				fmt.Fprintf(&b, "%q %q\n", k, v)
				return true, nil
			})
		}), "reading the view")
		return b.Bytes()
	}
	if !bytes.Equal(dump(again), dump(w.host.store)) {
		w.fail("the view differs from the log folded again")
	}
}

// converged checks that every device shows what the server has.
func (w *world) converged(t *taken, folds map[string]map[string]*annotation.Fold) {
	for _, m := range w.machines {
		for _, u := range users {
			p := m.profiles[u]
			if p == nil {
				continue
			}
			s := p.db.Open()
			for _, a := range w.host.articles {
				ops, err := s.Ops(context.Background(), project, a.ID)
				w.must(err, "reading a layer")
				var f annotation.Fold
				f.Add(ops...)
				got, want := f.Layer(), folds[u][a.ID].Layer()
				if lacks, extra := differ(t.ops[u], ops, a.ID); lacks != nil || extra != nil {
					w.fail("%s lacks %v of article %s and has %v, which the server has not", p.name, lacks, a.ID, extra)
				}
				if !reflect.DeepEqual(got, want) {
					w.fail("%s shows of article %s\n%+v\nthe server has\n%+v", p.name, a.ID, got, want)
				}
				w.count("conflicts shown alike", len(got.Conflicts))
			}
			stuck, err := s.Stuck(context.Background())
			w.must(err, "reading what is stuck")
			for _, x := range stuck {
				if known := w.ledger.named[x.Op.Action]; x.Result.Outcome != wire.Refused || !known.bad || x.Result.Reason == "" {
					w.fail("%s is stuck with %+v", p.name, x)
				}
			}
			s.Close()
		}
	}
}

// differ names the ops of an article that only one of the two has.
func differ(server, device []annotation.Op, article string) (lacks, extra []string) {
	has := map[annotation.OpID]int{}
	for _, o := range device {
		has[o.ID()] |= 1
	}
	for _, o := range server {
		if o.Article == article {
			if has[o.ID()] |= 2; has[o.ID()] == 2 {
				lacks = append(lacks, o.Action+" "+o.ID().String())
			}
		}
	}
	for _, o := range device {
		if has[o.ID()] == 1 {
			extra = append(extra, o.Action+" "+o.ID().String())
		}
	}
	return lacks, extra
}
