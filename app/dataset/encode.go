package dataset

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/text"
)

// Marshal returns the document's line of canonical JSONL with its line feed.
// A layer that nobody has worked on (status new) is left out. It fails when a
// layer does not fit the article.
func Marshal(d Document) ([]byte, error) {
	r, err := FromDocument(d)
	if err != nil {
		return nil, err
	}
	return encode(r)
}

func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return b.Bytes(), err
}

// FromDocument returns the document's canonical record. See Marshal.
func FromDocument(d Document) (Record, error) {
	a := &d.Article
	r := Record{
		ID: a.ID, Text: a.Text, TextSHA256: a.TextSHA256, OffsetUnit: OffsetUnit,
		Lang: a.Lang, Dir: a.Dir, Meta: a.Meta,
		Regions: append([]article.Region{}, a.Regions...), Layers: []Layer{},
	}
	x := text.NewIndex(a.Text)
	for _, l := range d.Layers {
		if l.Status == annotation.New {
			continue
		}
		out, err := fromLayer(x, l)
		if err != nil {
			return Record{}, fmt.Errorf("article %s, layer of %s: %w", a.ID, l.Annotator, err)
		}
		r.Layers = append(r.Layers, out)
	}
	slices.SortFunc(r.Layers, func(a, b Layer) int { return cmp.Compare(a.Annotator, b.Annotator) })
	return r, nil
}

// Digest returns a SHA-256 in hex over the layer's canonical form: two layers
// of one article that export alike have one digest, whatever ops made them.
func Digest(a *article.Article, l NamedLayer) (string, error) {
	out, err := fromLayer(text.NewIndex(a.Text), l)
	if err != nil {
		return "", fmt.Errorf("article %s, layer of %s: %w", a.ID, l.Annotator, err)
	}
	b, err := encode(out)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}

func fromLayer(x *text.Index, l NamedLayer) (Layer, error) {
	out := Layer{
		Annotator: l.Annotator, Status: l.Status, Scheme: l.Scheme, ActiveSeconds: l.ActiveSeconds,
		Entities: make([]Entity, 0, len(l.Entities)),
		Spans:    make([]Span, 0, len(l.Spans)),
		Stances:  make([]Stance, 0, len(l.Stances)),

		SkipReason: l.SkipReason,
	}
	for _, e := range l.Entities {
		out.Entities = append(out.Entities, Entity{e.ID, e.Name, e.Label})
	}
	for _, s := range l.Spans {
		at, err := slice(x, s.Start, s.End)
		if err != nil {
			return Layer{}, fmt.Errorf("span %s: %w", s.ID, err)
		}
		out.Spans = append(out.Spans, Span{s.ID, s.Start, s.End, s.Label, at, s.Proclitic, s.Entity, s.Source})
	}
	for _, s := range l.Stances {
		evidence := make([]Evidence, 0, len(s.Evidence))
		for _, r := range s.Evidence {
			at, err := slice(x, r.Start, r.End)
			if err != nil {
				return Layer{}, fmt.Errorf("evidence of stance %s: %w", s.ID, err)
			}
			evidence = append(evidence, Evidence{r.Start, r.End, at})
		}
		out.Stances = append(out.Stances, Stance{
			ID: s.ID, Holder: s.Holder, Via: append([]annotation.Holder{}, s.Via...), Target: s.Target,
			Label: s.Label, Mode: s.Mode, Evidence: evidence,
			Intensity: s.Intensity, Certainty: s.Certainty, Note: s.Note,
		})
	}
	for _, c := range l.Comments {
		out.Comments = append(out.Comments, Comment{c.ID, c.On, c.Text, c.Flag})
	}
	for _, r := range l.Refusals {
		at, err := slice(x, r.Start, r.End)
		if err != nil {
			return Layer{}, fmt.Errorf("refusal %s: %w", r.ID, err)
		}
		out.Refusals = append(out.Refusals, Refusal{r.ID, r.Start, r.End, r.Label, at, r.Source})
	}
	return out, nil
}

func slice(x *text.Index, start, end int) (string, error) {
	if start < 0 || end <= start || end > x.Len() {
		return "", fmt.Errorf("[%d,%d) is no range within the text's %d code points", start, end, x.Len())
	}
	return x.Slice(start, end), nil
}
