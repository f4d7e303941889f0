package api

import (
	"net/http"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/wire"
	"hashiya/server/access"
	"hashiya/server/log"
	"hashiya/server/record"
	"hashiya/server/view"
)

// push takes the ops that a device made. An op that was answered before gets
// its first answer again and is not appended twice; the view decides all the
// same when two requests race.
//
// Three faults are of the whole push, are remembered nowhere, and leave the
// client's ops waiting: an op of a newer format, a gap (an op is not the
// device's next), and an op about what a restored log lacks. Ops before the one
// at fault are kept.
func (s *Server) push(w http.ResponseWriter, r *http.Request, u access.User) error {
	var body wire.PushRequest
	if err := read(w, r, wire.MaxPushBytes+maxEnvelope, &body); err != nil {
		return err
	}
	if n := len(body.Ops); n > wire.MaxPushOps {
		return problem(http.StatusRequestEntityTooLarge, "too_large", "the push has %d ops, at most %d are taken at once: send it in parts", n, wire.MaxPushOps)
	}
	if body.User != "" && body.User != u.Name {
		return problem(http.StatusUnauthorized, "unauthorized", "these ops are of %s, and %s is signed in: sign in as %s to send them", body.User, u.Name, body.User)
	}
	for i := range body.Ops {
		if v := body.Ops[i].V; v > annotation.Version {
			return problem(http.StatusUnprocessableEntity, "newer_client", "op %s is of format %d, this server knows up to %d: the server must be updated; the ops stay on the device until then", body.Ops[i].ID(), v, annotation.Version)
		}
	}

	p := pushing{author: u.Name, ops: body.Ops, results: make([]wire.Result, len(body.Ops))}
	if err := s.view.Read(r.Context(), p.look); err != nil {
		return err
	}
	if len(p.records) > 0 {
		positions, err := s.commit(r.Context(), p.records)
		if err != nil {
			return err
		}
		err = s.view.Read(r.Context(), func(snap view.Snapshot) error { return p.outcome(snap, positions) })
		if err != nil {
			return err
		}
	}
	for i := range p.results {
		if p.results[i].Outcome != "" { // what stands behind a fault has none
			s.meter.Op(p.results[i].Outcome)
		}
	}
	if p.fault != nil {
		return p.fault
	}
	return reply(w, http.StatusOK, wire.PushResponse{Results: p.results})
}

// maxEnvelope is what a push may have beside its ops, in bytes.
const maxEnvelope = 4096

// pushing is one push on its way.
type pushing struct {
	author  string
	ops     []annotation.Op
	results []wire.Result // one an op
	records []log.Record  // the ops to append…
	at      []int         // …and where they stand among ops
	fault   *wire.Problem // of the whole push
}

// look answers what is known already, and collects what is to be appended. It
// stops at a fault.
func (p *pushing) look(snap view.Snapshot) error {
	next := map[string]uint64{}      // device → the seq that comes next
	pending := map[string]bool{}     // ops that are collected already
	quarantined := map[string]bool{} // devices that must re-key
	for i := range p.ops {
		o := &p.ops[i]
		if o.Seq == 0 || article.ValidID(o.Device) != nil {
			p.results[i] = malformed(o, "the op's device or seq is none: seq counts from 1, a device id has letters and digits")
			continue
		}
		known, there, err := snap.Answer(p.author, o)
		switch {
		case err != nil:
			return err
		case there:
			p.results[i] = known
			quarantined[o.Device] = quarantined[o.Device] || known.Outcome == wire.Quarantined
			continue
		case quarantined[o.Device]:
			// What a copied device made after the copy belongs with what it
			// must re-key; its seq may be free here, but by chance.
			p.results[i] = view.Quarantine(o, annotation.BehindFaulty)
			continue
		}
		if _, looked := next[o.Device]; !looked {
			if next[o.Device], err = snap.NextSeq(o.Device); err != nil {
				return err
			}
		}
		switch id := o.ID().String(); {
		case pending[id] && o.Seq < next[o.Device]:
			// Twice in one push: the view tells whether it is the same op.
		case o.Seq != next[o.Device]:
			p.fault = gap(o, next[o.Device])
			return nil
		default:
			lacks, err := snap.Lacks(o)
			if err != nil {
				return err
			}
			if lacks != "" {
				p.fault = lacking(lacks)
				return nil
			}
			next[o.Device]++
			pending[id] = true
		}
		p.records = append(p.records, record.Op(p.author, o))
		p.at = append(p.at, i)
	}
	return nil
}

// outcome reads what became of the appended ops.
func (p *pushing) outcome(snap view.Snapshot, positions []uint64) error {
	for n, i := range p.at {
		o := &p.ops[i]
		v, err := snap.Verdict(positions[n])
		if err != nil {
			return err
		}
		switch v.Code {
		case view.Done:
			answer, _, err := snap.Answer(p.author, o)
			if err != nil {
				return err
			}
			p.results[i] = answer
		case view.Gap:
			p.fault = gap(o, v.Expected)
			return nil
		case view.Lacking:
			p.fault = lacking(v.Reason)
			return nil
		case view.Foreign:
			// Another push took the id in the meantime, and now the op has an answer.
			if p.results[i], _, err = snap.Answer(p.author, o); err != nil {
				return err
			}
		default:
			p.results[i] = malformed(o, v.Reason)
		}
	}
	return nil
}

func malformed(o *annotation.Op, why string) wire.Result {
	return wire.Result{
		ID: o.ID(), Outcome: wire.Refused, Reason: why, Code: annotation.Malformed, Params: map[string]string{"detail": why},
	}
}

func gap(o *annotation.Op, expected uint64) *wire.Problem {
	p := problem(http.StatusConflict, string(view.Gap), "the server has the ops of device %s up to seq %d and got seq %d: send them from seq %d on; nothing is lost while they stay on the device", o.Device, expected-1, o.Seq, expected)
	p.Device, p.Expected = o.Device, expected
	return p
}

func lacking(what string) *wire.Problem {
	return problem(http.StatusConflict, string(view.Lacking), "the server was restored from a backup and lacks %s: the labels stay on the device, and are sent when a lead has brought it back", what)
}
