package view

import (
	"encoding/binary"
	"errors"
	"fmt"

	"hashiya/app/annotation"
	"hashiya/app/dataset"
	"hashiya/server/access"
	"hashiya/server/kv"
	"hashiya/server/record"
)

// Tally sums up one layer, so that a list of articles needs no fold.
type Tally struct {
	Ops       int               `json:"ops"`
	Spans     int               `json:"spans"`
	Stances   int               `json:"stances"`
	Conflicts int               `json:"conflicts"`
	Status    annotation.Status `json:"status"` // as it was set; "" where it was not
}

// Shown returns the status as annotation.Layer has it.
func (t Tally) Shown() annotation.Status {
	if t.Status == "" || t.Status == annotation.Done && t.Conflicts > 0 {
		return annotation.InProgress
	}
	return t.Status
}

// put takes one op, which passed every check, into author's layer.
func (a *applier) put(author string, index int, o *annotation.Op) error {
	var f annotation.Fold
	subject := sSubject.key(o.Project, o.Article, author, o.Subject)
	refs, err := a.r.Get(subject)
	if err != nil && !errors.Is(err, kv.ErrNotFound) {
		return err
	}
	for at := 0; at < len(refs); at += refSize {
		var before annotation.Op
		pos, i := binary.BigEndian.Uint64(refs[at:]), binary.BigEndian.Uint64(refs[at+8:])
		if there, err := get(a.r, sOp.key(o.Project, o.Article, author, pos, i), &before); err != nil {
			return err
		} else if !there {
			return fmt.Errorf("op %d/%d of %s is listed but not there", pos, i, author)
		}
		f.Add(before)
	}
	old := tally(&f)
	f.Add(*o)
	if err := a.count(author, o, old, tally(&f)); err != nil {
		return err
	}
	if err := a.set(sOp.key(o.Project, o.Article, author, a.pos, index), o); err != nil {
		return err
	}
	refs = binary.BigEndian.AppendUint64(refs, a.pos)
	refs = binary.BigEndian.AppendUint64(refs, uint64(index))
	return a.w.Set(subject, refs)
}

// refSize is the size of the reference to an op: position and index.
const refSize = 16

// tally sums up a fold that holds the ops of one subject. Subjects add up, so
// a layer's tally is the sum over its subjects.
func tally(f *annotation.Fold) Tally {
	l := f.Layer()
	t := Tally{Spans: len(l.Spans), Stances: len(l.Stances), Conflicts: len(l.Conflicts)}
	if c, ok := f.Current(annotation.StatusSubject); ok {
		t.Status = c.Status
	}
	return t
}

// count moves the layer's tally from what the op's subject counted before to
// what it counts now, and with it the number of articles that are done.
func (a *applier) count(author string, o *annotation.Op, old, now Tally) error {
	k := sTally.key(o.Project, author, o.Article)
	var t Tally
	if _, err := get(a.r, k, &t); err != nil {
		return err
	}
	wasDone := t.Shown() == annotation.Done
	t.Ops++
	t.Spans += now.Spans - old.Spans
	t.Stances += now.Stances - old.Stances
	t.Conflicts += now.Conflicts - old.Conflicts
	if now.Status != "" {
		t.Status = now.Status
	}
	if err := a.set(k, t); err != nil {
		return err
	}
	isDone := t.Shown() == annotation.Done
	if wasDone == isDone {
		return nil
	}
	done := 0
	dk := sDone.key(o.Project, author)
	if _, err := get(a.r, dk, &done); err != nil {
		return err
	}
	if isDone {
		done++
	} else {
		done--
	}
	return a.set(dk, done)
}

// layer decides about a whole imported layer. It is never mixed into another
// one: where the annotator has labelled the article already, the import is
// there already (an equal layer) or refused.
func (a *applier) layer(actor string, d *record.LayerData) error {
	if ok, err := a.may(actor, access.ImportArticles, access.Object{Project: d.Project}); !ok {
		return err
	}
	if err := access.ValidName(d.Annotator); err != nil {
		return a.verdict(Invalid, "annotator: %v", err)
	}
	if len(d.Ops) == 0 {
		return a.verdict(Invalid, "the layer of %s is empty", d.Annotator)
	}
	var has Tally
	if there, err := get(a.r, sTally.key(d.Project, d.Annotator, d.Article), &has); err != nil {
		return err
	} else if there {
		return a.layerThere(d)
	}
	imported := d.Ops[0].Device
	if _, taken, err := a.deviceOf(imported); err != nil {
		return err
	} else if taken {
		return a.verdict(Taken, "device %s is in use", imported)
	}
	for i := range d.Ops {
		o := &d.Ops[i]
		if o.Project != d.Project || o.Article != d.Article || o.Device != imported || o.Seq != uint64(i)+1 {
			return a.verdict(Invalid, "op %s does not belong to the layer of %s on article %s", o.ID(), d.Annotator, d.Article)
		}
		if reason, err := a.misfit(o); err != nil {
			return err
		} else if reason != "" {
			return a.verdict(Invalid, "layer of %s, %s: %s", d.Annotator, o.Subject, reason)
		}
	}
	for i := range d.Ops {
		if err := a.put(d.Annotator, i, &d.Ops[i]); err != nil {
			return err
		}
	}
	if err := a.set(sDevice.key(imported), device{"", uint64(len(d.Ops))}); err != nil {
		return err
	}
	return a.own(d.Annotator, d.Project, d.Article, len(d.Ops))
}

func (a *applier) layerThere(d *record.LayerData) error {
	art, _, err := a.Article(d.Project, d.Article)
	if err != nil {
		return err
	}
	layers, err := a.Layers(d.Project, d.Article, a.pos)
	if err != nil {
		return err
	}
	for _, l := range layers {
		if l.Annotator != d.Annotator {
			continue
		}
		digest, err := dataset.Digest(&art, l)
		if err != nil {
			return err
		}
		if digest == d.Digest {
			return a.verdict(Already, "the layer of %s is there already", d.Annotator)
		}
	}
	return a.verdict(Taken, "%s has another layer on article %s already: import it under another annotator's name to compare the two", d.Annotator, d.Article)
}

// Layers returns the layers of an article as they stood at the position upTo
// of the log, by annotator.
func (s Snapshot) Layers(project, articleID string, upTo uint64) ([]dataset.NamedLayer, error) {
	var out []dataset.NamedLayer
	var author string
	var f *annotation.Fold
	end := func() {
		if f != nil {
			out = append(out, dataset.NamedLayer{Annotator: author, Layer: f.Layer()})
		}
	}
	prefix := sOp.key(project, articleID)
	err := scan(s.r, prefix, nil, func(k []byte, o annotation.Op) error {
		rest := k[len(prefix) : len(k)-refSize]
		if by := string(rest[:len(rest)-1]); f == nil || by != author {
			end()
			author, f = by, &annotation.Fold{}
		}
		if binary.BigEndian.Uint64(k[len(k)-refSize:]) <= upTo {
			f.Add(o)
		}
		return nil
	})
	end()
	return out, err
}
