package sync

import (
	"crypto/sha256"
	"encoding/hex"

	"hashiya/app/annotation"
)

// Head is the end of a device's chain of ops. A Store keeps it, and changes it
// in the transaction that keeps the ops.
type Head struct {
	Device  string `json:"device"`
	Seq     uint64 `json:"seq"`     // of the last op that got this device's id; 0 for none
	Lamport uint64 `json:"lamport"` // the greatest of all ops made or received here
}

// Number gives the drafts their device, seq and lamport, and moves the head.
func (h *Head) Number(drafts []annotation.Op) []annotation.Op {
	ops := make([]annotation.Op, len(drafts))
	for i, o := range drafts {
		h.Seq++
		h.Lamport++
		o.Device, o.Seq, o.Lamport = h.Device, h.Seq, h.Lamport
		ops[i] = o
	}
	return ops
}

// Renumber returns the ops, of which there is at least one, under another
// device id with seq from 1, and the head that follows from it. Prev ids among
// them are renamed; all else, lamport too, is kept. A Prev id whose op here is
// of another subject is not renamed: it means the op that the server has under
// that id. The new device id is computed from the first op: a profile that is
// restored once more, and renumbers the same ops again, finds them taken already
// instead of sending them twice.
func (h Head) Renumber(ops []annotation.Op) (Head, []annotation.Op) {
	sum := sha256.Sum256([]byte("renumbered " + ops[0].ContentHash()))
	next := Head{Device: hex.EncodeToString(sum[:16]), Seq: uint64(len(ops)), Lamport: h.Lamport}
	at := make(map[annotation.OpID]int, len(ops))
	for i := range ops {
		at[ops[i].ID()] = i
	}
	out := make([]annotation.Op, len(ops))
	for i, o := range ops {
		o.Device, o.Seq = next.Device, uint64(i)+1
		o.Prev = append([]annotation.OpID(nil), o.Prev...)
		for j, p := range o.Prev {
			if k, moved := at[p]; moved && ops[k].Project == o.Project && ops[k].Article == o.Article && ops[k].Subject == o.Subject {
				o.Prev[j] = annotation.OpID{Device: next.Device, Seq: uint64(k) + 1}
			}
		}
		out[i] = o
	}
	return next, out
}
