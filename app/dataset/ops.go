package dataset

import (
	"crypto/sha256"
	"encoding/hex"

	"hashiya/app/annotation"
	"hashiya/app/article"
)

// Changes returns the changes that make the layer on an empty one, entities
// before what refers to them, the status last. workID is the subject id under
// which the active time is put, where there is any.
func Changes(l annotation.Layer, workID string) []annotation.Change {
	var out []annotation.Change
	for _, e := range l.Entities {
		out = append(out, annotation.Change{Subject: e.ID, Kind: annotation.PutEntity, Entity: &e.Entity})
	}
	for _, s := range l.Spans {
		out = append(out, annotation.Change{Subject: s.ID, Kind: annotation.PutSpan, Span: &s.Span})
	}
	for _, s := range l.Stances {
		out = append(out, annotation.Change{Subject: s.ID, Kind: annotation.PutStance, Stance: &s.Stance})
	}
	for _, c := range l.Comments {
		out = append(out, annotation.Change{Subject: c.ID, Kind: annotation.PutComment, Comment: &c.Comment})
	}
	for _, r := range l.Refusals {
		out = append(out, annotation.Change{Subject: r.ID, Kind: annotation.PutRefusal, Refusal: &r.Refusal})
	}
	if l.ActiveSeconds != 0 {
		out = append(out, annotation.Change{Subject: workID, Kind: annotation.PutWork, Work: &annotation.Work{ActiveSeconds: l.ActiveSeconds}})
	}
	return append(out, annotation.Change{
		Subject: annotation.StatusSubject, Kind: annotation.SetStatus, Status: l.Status, Reason: l.SkipReason,
	})
}

// Ops returns the ops that put an imported layer into the project's log. Their
// author is l.Annotator.
//
// They are a pure function of the arguments: the device is a hash over
// project, annotator, article and the layer's content, seq and lamport count
// from 1, there is no time and no action. So the log takes the same import
// once, however often it comes. The ops replace nothing: where the annotator
// already has other ops on the same subjects, both are kept and what differs
// is a conflict, and the active time adds up. A caller that imports over a
// layer compares Digest first and leaves an equal layer alone.
func Ops(project string, a *article.Article, l NamedLayer) ([]annotation.Op, error) {
	digest, err := Digest(a, l)
	if err != nil {
		return nil, err
	}
	h := sha256.New()
	for _, s := range []string{"hashiya import", project, l.Annotator, a.ID, digest} {
		h.Write([]byte(s))
		h.Write([]byte{0})
	}
	device := hex.EncodeToString(h.Sum(nil)[:16])
	changes := Changes(l.Layer, device)
	ops := make([]annotation.Op, len(changes))
	for i, c := range changes {
		ops[i] = annotation.Op{
			V: annotation.Version, Device: device, Seq: uint64(i + 1), Lamport: uint64(i + 1),
			Project: project, Article: a.ID, TextSHA256: a.TextSHA256, Scheme: l.Scheme, Change: c,
		}
	}
	return ops, nil
}
