package simulation

import (
	"encoding/json"
	"reflect"
	"slices"

	"hashiya/app/annotation"
	"hashiya/app/wire"
	"hashiya/server/log"
)

// saved is an op that was shown as saved on its device. Its Action is a name of
// its own: device and seq can change on the way.
type saved struct {
	name string
	user string
	op   annotation.Op
	prev []string // the names of what it replaces
	bad  bool     // the server must refuse it
	may  bool     // it may be missing: its owner threw it away, or never saw it saved
}

// ledger is what people know, apart from all machines.
type ledger struct {
	ops   []*saved
	named map[string]*saved
	log   map[string]int // name → how often it stands in the log
	acked map[annotation.OpID]acked
}

type acked struct {
	hash   string
	result wire.Result
}

func newLedger() *ledger {
	return &ledger{named: map[string]*saved{}, log: map[string]int{}, acked: map[annotation.OpID]acked{}}
}

func (l *ledger) add(s *saved) {
	l.ops = append(l.ops, s)
	l.named[s.name] = s
}

func decodeOp(data []byte, o *annotation.Op) error { return json.Unmarshal(data, o) }

// logged takes down a record of the log, and returns the name of its op.
func (l *ledger) logged(r log.Record) string {
	o, ok := op(r)
	if ok {
		l.log[o.Action]++
	}
	return o.Action
}

// lose notes that a profile now holds only keeps: what is not at the server is
// lost, by its owner's act.
func (w *world) lose(p *profile, keeps []*saved) {
	for _, s := range p.made {
		if w.ledger.log[s.name] == 0 && !slices.Contains(keeps, s) {
			w.count("ops thrown away unsent", 1)
			s.may = true
		}
	}
	p.made = slices.Clone(keeps)
}

// acknowledge holds an answer to a push against the log: what the server says
// it has, it has, unaltered and under the author's name, and it always says the
// same.
func (w *world) acknowledge(q *request, a answer) {
	if q.path != "/api/ops" || a.status != 200 {
		return
	}
	var reply wire.PushResponse
	w.must(json.Unmarshal(a.body, &reply), "reading the answer to a push")
	for i, r := range reply.Results {
		o := &q.push.Ops[i]
		if r.ID != o.ID() {
			w.fail("the answer to %s is about %s", o.ID(), r.ID)
		}
		if r.Outcome == wire.Quarantined {
			w.count("ops quarantined", 1)
			continue
		}
		first, again := w.ledger.acked[r.ID]
		if hash := o.ContentHash(); again && (!reflect.DeepEqual(first.result, r) || first.hash != hash) {
			w.fail("op %s was answered with %+v, and now with %+v", r.ID, first.result, r)
		} else if !again {
			w.ledger.acked[r.ID] = acked{hash, r}
		}
		if r.Outcome == wire.Refused {
			continue
		}
		w.count("acknowledgements", 1)
		if r.Pos == 0 || r.Pos > uint64(len(w.host.journal)) {
			w.fail("op %s was acknowledged at position %d of %d", r.ID, r.Pos, len(w.host.journal))
		}
		e := w.host.journal[r.Pos-1]
		if got, ok := op(e); !ok || e.Actor != q.tab.user || got.ContentHash() != o.ContentHash() {
			w.fail("op %s of %s was acknowledged at %d, where the log has %s by %s", r.ID, q.tab.user, r.Pos, e.Data, e.Actor)
		}
	}
}
