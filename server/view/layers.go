package view

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"hashiya/app/annotation"
	"hashiya/app/dataset"
	"hashiya/app/wire"
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
	Status    annotation.Status `json:"status"`             // as it was set; "" where it was not
	Under     int               `json:"under,omitempty"`    // the scheme version under which it was set
	Reason    string            `json:"reason,omitempty"`   // why skipped
	Judged    map[string]int    `json:"judged,omitempty"`   // judgements on the article, by annotation.RequiredSubject
	Unjudged  []string          `json:"unjudged,omitempty"` // what keeps a layer that was set done from it
	Flags     map[string]string `json:"flags,omitempty"`    // why the article is flagged, by subject id
}

// Shown returns the status as annotation.Layer has it.
func (t Tally) Shown() annotation.Status {
	if t.Status == "" || t.Status == annotation.Done && (t.Conflicts > 0 || len(t.Unjudged) > 0) {
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
		t.Status, t.Reason, t.Under = c.Status, c.Reason, f.Under(annotation.StatusSubject)
	}
	for i := range l.Stances {
		if s := &l.Stances[i]; s.Target.Claim != "" && s.JudgesArticle(s.Target.Claim) {
			t.Judged = map[string]int{annotation.RequiredSubject(s.Target.Claim): 1}
		}
	}
	for _, c := range l.Comments {
		if c.Flag {
			t.Flags = map[string]string{c.ID: c.Text}
		}
	}
	return t
}

// moved takes what a subject counted before off the map, and adds what it
// counts now.
func moved(total, old, now map[string]int) map[string]int {
	for k, n := range old {
		if total[k] -= n; total[k] == 0 {
			delete(total, k)
		}
	}
	for k, n := range now {
		if total == nil {
			total = map[string]int{}
		}
		total[k] += n
	}
	return total
}

// count moves the layer's tally from what the op's subject counted before to
// what it counts now, and with it the number of articles that are done.
func (a *applier) count(author string, o *annotation.Op, old, now Tally) error {
	k := sTally.key(o.Project, author, o.Article)
	var t Tally
	if _, err := get(a.r, k, &t); err != nil {
		return err
	}
	wasDone, wasFlagged := t.Shown() == annotation.Done, t.flagged(o.Article, author)
	t.Ops++
	t.Spans += now.Spans - old.Spans
	t.Stances += now.Stances - old.Stances
	t.Conflicts += now.Conflicts - old.Conflicts
	if now.Status != "" {
		t.Status, t.Reason, t.Under = now.Status, now.Reason, now.Under
	}
	t.Judged = moved(t.Judged, old.Judged, now.Judged)
	for id := range old.Flags {
		delete(t.Flags, id)
	}
	for id, why := range now.Flags {
		if t.Flags == nil {
			t.Flags = map[string]string{}
		}
		t.Flags[id] = why
	}
	if err := a.hold(o.Project, &t); err != nil {
		return err
	}
	if err := a.set(k, t); err != nil {
		return err
	}
	if flagged := t.flagged(o.Article, author); !slices.Equal(wasFlagged, flagged) {
		if err := a.set(sFlagged.key(o.Project, o.Article, author), flagged); err != nil {
			return err
		}
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

// hold is annotation.Layer.Hold on a tally.
func (a *applier) hold(project string, t *Tally) error {
	t.Unjudged = nil
	if t.Status != annotation.Done || t.Conflicts > 0 {
		return nil
	}
	p, _, err := a.projectOf(project)
	for _, target := range wire.RequiredUnder(p.Required, t.Under) {
		if t.Judged[annotation.RequiredSubject(target)] == 0 {
			t.Unjudged = append(t.Unjudged, target)
		}
	}
	return err
}

// flagged returns what somebody else should look at in the layer, in a fixed
// order.
func (t *Tally) flagged(article, author string) []wire.Flagged {
	out := []wire.Flagged{}
	for _, id := range slices.Sorted(maps.Keys(t.Flags)) {
		out = append(out, wire.Flagged{Article: article, Annotator: author, Kind: wire.FlagComment, Reason: t.Flags[id]})
	}
	if t.Status == annotation.Skipped {
		out = append(out, wire.Flagged{Article: article, Annotator: author, Kind: wire.FlagSkipped, Reason: t.Reason})
	}
	if len(t.Unjudged) > 0 {
		out = append(out, wire.Flagged{Article: article, Annotator: author, Kind: wire.FlagUnjudged, Reason: strings.Join(t.Unjudged, "\n")})
	}
	return out
}

// Flagged returns what somebody else should look at in a project's layers, by
// article and annotator.
func (s Snapshot) Flagged(project string) ([]wire.Flagged, error) {
	out := []wire.Flagged{}
	err := scan(s.r, sFlagged.key(project), nil, func(_ []byte, f []wire.Flagged) error {
		out = append(out, f...)
		return nil
	})
	return out, err
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
		if fault, err := a.misfit(o); err != nil {
			return err
		} else if fault != nil {
			return a.verdict(Invalid, "layer of %s, %s: %s", d.Annotator, o.Subject, fault)
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
	// A layer that is held comes back from an export as it is shown, and from its
	// first source as it was set.
	for _, layersAs := range []func(string, string, uint64) ([]dataset.NamedLayer, error){a.layersAsSet, a.Layers} {
		layers, err := layersAs(d.Project, d.Article, a.pos)
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
	}
	return a.verdict(Taken, "%s has another layer on article %s already: import it under another annotator's name to compare the two", d.Annotator, d.Article)
}

// Layers returns the layers of an article as they stood at the position upTo
// of the log, by annotator.
func (s Snapshot) Layers(project, articleID string, upTo uint64) ([]dataset.NamedLayer, error) {
	p, _, err := s.projectOf(project)
	if err != nil {
		return nil, err
	}
	return s.layers(project, articleID, upTo, p.Required)
}

// layersAsSet returns the layers without regard to what their scheme requires.
func (s Snapshot) layersAsSet(project, articleID string, upTo uint64) ([]dataset.NamedLayer, error) {
	return s.layers(project, articleID, upTo, nil)
}

func (s Snapshot) layers(project, articleID string, upTo uint64, required []wire.Required) ([]dataset.NamedLayer, error) {
	var out []dataset.NamedLayer
	var author string
	var f *annotation.Fold
	end := func() {
		if f != nil {
			l := f.Layer()
			l.Hold(wire.RequiredUnder(required, f.Under(annotation.StatusSubject)))
			out = append(out, dataset.NamedLayer{Annotator: author, Layer: l})
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
