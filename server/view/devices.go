package view

import (
	"errors"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/wire"
)

// device is a browser's database, or the file of an import. It belongs to the
// first account that pushed with it, and its ops come in the order of their
// seq without a gap.
type device struct {
	Owner string `json:"owner"` // "" for an import: nobody pushes with it
	Last  uint64 `json:"last"`  // the last seq that was answered
}

// answer is the first answer to an op, which every repetition gets too.
type answer struct {
	Hash   string               `json:"hash"` // the op's ContentHash
	Pos    uint64               `json:"pos"`
	Reason string               `json:"reason,omitempty"` // why it was refused; "" when it was accepted
	Code   annotation.FaultCode `json:"code,omitempty"`   // Reason for programs; "" from before there were codes
	Params map[string]string    `json:"params,omitempty"`
}

func (s Snapshot) deviceOf(id string) (d device, there bool, err error) {
	there, err = get(s.r, sDevice.key(id), &d)
	return d, there, err
}

// Answer returns what the server says to an op of author, whether the op is in
// the log or not: its first answer, or that its id is in use for something
// else. It returns false where the op is new, and is to be appended. An op
// behind a gap is new too.
func (s Snapshot) Answer(author string, o *annotation.Op) (wire.Result, bool, error) {
	d, there, err := s.deviceOf(o.Device)
	if err != nil || !there {
		return wire.Result{}, false, err
	}
	if d.Owner != author {
		return Quarantine(o, annotation.OtherDevice), true, nil
	}
	var first answer
	if there, err := get(s.r, sAnswer.key(o.Device, o.Seq), &first); err != nil || !there {
		return wire.Result{}, false, err
	}
	switch {
	case first.Hash != o.ContentHash():
		return Quarantine(o, annotation.IDInUse), true, nil
	case first.Reason != "":
		return wire.Result{ID: o.ID(), Outcome: wire.Refused, Reason: first.Reason, Code: first.Code, Params: first.Params}, true, nil
	}
	return wire.Result{ID: o.ID(), Outcome: wire.Accepted, Pos: first.Pos}, true, nil
}

// NextSeq returns the seq of the op that the server wants of a device next.
func (s Snapshot) NextSeq(deviceID string) (uint64, error) {
	d, _, err := s.deviceOf(deviceID)
	return d.Last + 1, err
}

const (
	foreignDevice = "this device id belongs to another account: it needs an id of its own"
	foreignOp     = "another op has this device and seq already, as after restoring an old browser profile: the device needs a new id"
)

var quarantines = map[annotation.FaultCode]string{
	annotation.OtherDevice:  foreignDevice,
	annotation.IDInUse:      foreignOp,
	annotation.BehindFaulty: "ops before it need a new device id",
}

// Quarantine is the answer to an op that can be taken under another device id
// only: OtherDevice, IDInUse or BehindFaulty.
func Quarantine(o *annotation.Op, why annotation.FaultCode) wire.Result {
	return wire.Result{ID: o.ID(), Outcome: wire.Quarantined, Reason: quarantines[why], Code: why}
}

// op decides about one pushed op.
//
// An op that is accepted or refused takes its seq: the answer is kept and is
// the answer for ever. An op that is repeated, that has somebody else's id, that
// stands behind a gap, or whose article a restored log lacks takes nothing: the
// right op can still come under that id.
func (a *applier) op(author string, o *annotation.Op) error {
	if o.Seq == 0 || article.ValidID(o.Device) != nil {
		return a.verdict(Invalid, "op %s has no proper id", o.ID())
	}
	d, known, err := a.deviceOf(o.Device)
	if err != nil {
		return err
	}
	if known && d.Owner != author {
		return a.verdict(Foreign, foreignDevice)
	}
	hash := o.ContentHash()
	if o.Seq <= d.Last {
		var first answer
		if _, err := get(a.r, sAnswer.key(o.Device, o.Seq), &first); err != nil || first.Hash == hash {
			return err
		}
		return a.verdict(Foreign, foreignOp)
	}
	if o.Seq != d.Last+1 {
		return a.set(sVerdict.key(a.pos), Verdict{
			Code: Gap, Expected: d.Last + 1,
			Reason: "ops before it are missing here",
		})
	}
	fault, err := a.fault(author, o)
	if err != nil {
		return err
	}
	first := answer{Hash: hash, Pos: a.pos}
	if fault != nil {
		if lacks, err := a.Lacks(o); err != nil || lacks != "" {
			return errors.Join(err, a.verdict(Lacking, "%s", lacks))
		}
		first.Reason, first.Code, first.Params = fault.Error(), fault.Code, fault.Params
	}
	if err := a.set(sDevice.key(o.Device), device{author, o.Seq}); err != nil {
		return err
	}
	if err := a.set(sAnswer.key(o.Device, o.Seq), first); err != nil || fault != nil {
		return err
	}
	if err := a.put(author, 0, o); err != nil {
		return err
	}
	return a.own(author, o.Project, o.Article, 1)
}
