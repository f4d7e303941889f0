package api

import (
	"fmt"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/sync"
	"hashiya/app/wire"
	"hashiya/server/log"
	"hashiya/server/record"
	"hashiya/server/view"
)

// unsent is the work of one annotator in one file.
type unsent struct {
	annotator string
	ops       []annotation.Op
	lines     []int // of ops, in the file
}

// keep holds a line of unsent work until the file is read: an id that is in use
// for something else concerns all that follows.
func (im *importer) keep(line int, u *wire.Unsent) {
	for _, w := range im.unsent {
		if w.annotator == u.Annotator {
			w.ops, w.lines = append(w.ops, u.Op), append(w.lines, line)
			return
		}
	}
	im.unsent = append(im.unsent, &unsent{u.Annotator, []annotation.Op{u.Op}, []int{line}})
}

// deliver brings the unsent work of a file into the layers of who made it.
func (im *importer) deliver(file string) error {
	if len(im.unsent) == 0 {
		return nil
	}
	if err := im.flush(); err != nil { // its articles may be in a file before it
		return err
	}
	for _, w := range im.unsent {
		d := delivery{importer: im, unsent: w, file: file, stuck: map[string]bool{}, next: map[string]uint64{}}
		if err := im.s.view.Read(im.ctx, d.look); err != nil {
			return err
		}
		for len(d.records) > 0 {
			if err := d.bring(min(len(d.records), batchLength)); err != nil {
				return err
			}
		}
	}
	im.unsent = nil
	return nil
}

// delivery is the work of one annotator on its way into the log.
type delivery struct {
	*importer
	*unsent
	file    string
	moved   bool              // ops got another device id
	stuck   map[string]bool   // devices of which an op was not taken: what follows it can't be
	next    map[string]uint64 // device → the seq that comes next
	records []log.Record
	at      []int // of records, in ops
}

// look finds out what is there already, and what is to be appended.
func (d *delivery) look(snap view.Snapshot) error {
	for i := 0; i < len(d.ops); i++ {
		o := &d.ops[i]
		if o.V > annotation.Version || o.Seq == 0 || article.ValidID(o.Device) != nil {
			d.drop(i, fmt.Sprintf("op %s of format %d can't be read by this server, which knows up to %d: update it, then import the file again", o.ID(), o.V, annotation.Version))
			continue
		}
		answer, there, err := snap.Answer(d.annotator, o)
		switch {
		case err != nil:
			return err
		case there && answer.Outcome == wire.Accepted:
			d.report.OpsHad++
			continue
		case there && answer.Outcome == wire.Refused:
			d.refuseOp(i, answer)
			continue
		case there && !d.moved && len(d.records) == 0:
			// As the device does it, with the same result: when it comes back, its ops
			// are known.
			_, moved := sync.Head{}.Renumber(d.ops[i:])
			d.ops, d.moved = append(d.ops[:i:i], moved...), true
			i--
			continue
		case there:
			d.drop(i, answer.Reason)
			continue
		case d.stuck[o.Device]:
			d.drop(i, "an op before it was not taken")
			continue
		}
		if why, err := snap.Undeliverable(d.annotator, o); err != nil {
			return err
		} else if why != "" {
			d.drop(i, why)
			continue
		}
		if d.next[o.Device] == 0 {
			if d.next[o.Device], err = snap.NextSeq(o.Device); err != nil {
				return err
			}
		}
		switch {
		case o.Seq < d.next[o.Device]: // twice in the file
			d.report.OpsHad++
			continue
		case o.Seq > d.next[o.Device]:
			d.drop(i, fmt.Sprintf("the server lacks ops of this device from %d on, which are not in the file: open the app on the device, which sends them", d.next[o.Device]))
			continue
		}
		d.next[o.Device]++
		d.records = append(d.records, record.Delivered(d.actor, d.annotator, o))
		d.at = append(d.at, i)
	}
	return nil
}

// bring appends the first n records and reports what became of them.
func (d *delivery) bring(n int) error {
	positions, err := d.s.commit(d.ctx, d.records[:n])
	if err != nil {
		return err
	}
	err = d.s.view.Read(d.ctx, func(snap view.Snapshot) error {
		for k, pos := range positions {
			if err := d.outcome(snap, d.at[k], pos); err != nil {
				return err
			}
		}
		return nil
	})
	d.records, d.at = d.records[n:], d.at[n:]
	return err
}

func (d *delivery) outcome(snap view.Snapshot, i int, pos uint64) error {
	v, err := snap.Verdict(pos)
	if err != nil {
		return err
	}
	if v.Code != view.Done {
		d.drop(i, v.Reason)
		return nil
	}
	answer, _, err := snap.Answer(d.annotator, &d.ops[i])
	switch {
	case err != nil:
		return err
	case answer.Outcome != wire.Accepted:
		d.refuseOp(i, answer)
	case answer.Pos == pos:
		d.report.Ops++
	default: // the device sent it in the meantime
		d.report.OpsHad++
	}
	return nil
}

// drop reports an op that is not taken now, and may be later.
func (d *delivery) drop(i int, why string) {
	d.stuck[d.ops[i].Device] = true
	d.refuse(wire.Refusal{File: d.file, Line: d.lines[i], Reason: why})
}

// refuseOp reports an op that never will be taken.
func (d *delivery) refuseOp(i int, answer wire.Result) {
	d.refuse(wire.Refusal{File: d.file, Line: d.lines[i], Reason: answer.Reason, Code: answer.Code, Params: answer.Params})
}
