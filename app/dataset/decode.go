package dataset

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/text"
)

// Unmarshal reads one line of canonical JSONL. It refuses all that would be
// lost or bent on the way in: an unknown key, text that does not hash to
// text_sha256, offsets in another unit, a span or evidence whose text is not
// what stands at its offsets, an id used twice, a span of an unknown entity,
// half a surrogate pair. Whether the labels are in the project's scheme is the
// caller's question. The layers come out in the order and the state in which
// a Fold shows them.
func Unmarshal(line []byte) (Document, error) {
	if !utf8.Valid(line) {
		return Document{}, text.Validate(string(line))
	}
	if esc := loneSurrogate(line); esc != "" {
		return Document{}, fmt.Errorf("%s is half a surrogate pair and stands for no character: write the character itself", esc)
	}
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	var r Record
	if err := dec.Decode(&r); err != nil {
		return Document{}, jsonError(err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return Document{}, fmt.Errorf("something follows the article's closing brace at byte %d: write one article a line", dec.InputOffset())
	}
	return r.Document()
}

func jsonError(err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return errors.New("the JSON object is cut off before its end")
	case errors.As(err, &syntax):
		return fmt.Errorf("not JSON at byte %d: %s", syntax.Offset, syntax)
	case errors.As(err, &kind):
		return fmt.Errorf("%s is a JSON %s where a %s belongs (byte %d)", kind.Field, kind.Value, kind.Type.Kind(), kind.Offset)
	}
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		return fmt.Errorf("the key %s is not part of the canonical form and would be lost: remove or rename it", name)
	}
	return err
}

// Document checks the record (see Unmarshal) and returns what it says.
func (r Record) Document() (Document, error) {
	if r.OffsetUnit != OffsetUnit {
		return Document{}, fmt.Errorf("offset_unit is %q, want %q: convert the offsets first, a guess would shift every label", r.OffsetUnit, OffsetUnit)
	}
	d := Document{Article: article.Article{
		ID: r.ID, Text: r.Text, TextSHA256: r.TextSHA256, Lang: r.Lang, Dir: r.Dir, Meta: r.Meta, Regions: r.Regions,
	}}
	if err := d.Article.Validate(); err != nil {
		return Document{}, err
	}
	if err := r.checkHead(); err != nil {
		return Document{}, err
	}
	x := text.NewIndex(r.Text)
	seen := map[string]bool{}
	for i := range r.Layers {
		l := &r.Layers[i]
		if l.Annotator == "" {
			return Document{}, fmt.Errorf("layer %d has no annotator", i+1)
		}
		if seen[l.Annotator] {
			return Document{}, fmt.Errorf("two layers are of annotator %s: one annotator has one layer on an article", l.Annotator)
		}
		seen[l.Annotator] = true
		layer, err := l.layer(x, r.ID)
		if err != nil {
			return Document{}, fmt.Errorf("layer of %s: %w", l.Annotator, err)
		}
		d.Layers = append(d.Layers, NamedLayer{l.Annotator, layer})
	}
	return d, nil
}

func (r *Record) checkHead() error {
	if r.Lang == "" {
		return errors.New(`lang is missing: write a language tag such as "ar", or "und"`)
	}
	if r.Dir != text.RTL && r.Dir != text.LTR {
		return fmt.Errorf("dir is %q, want %q or %q", r.Dir, text.RTL, text.LTR)
	}
	if p := r.Meta.Published; p != "" {
		if _, err := time.Parse(time.DateOnly, p); err != nil {
			return fmt.Errorf("meta.published is %q, want a date as 2024-08-19", p)
		}
	}
	if f := r.Meta.Fetched; f != "" {
		if _, err := time.Parse(time.RFC3339, f); err != nil {
			return fmt.Errorf("meta.fetched is %q, want a time as 2025-05-28T00:20:02Z", f)
		}
	}
	for _, g := range r.Regions {
		if !slices.Contains(article.RegionKinds, g.Kind) {
			return fmt.Errorf("region kind %q is not known, want one of %v", g.Kind, article.RegionKinds)
		}
	}
	return nil
}

// layer checks l against the text and returns the layer that its changes make.
func (l *Layer) layer(x *text.Index, articleID string) (annotation.Layer, error) {
	entities := make(map[string]bool, len(l.Entities))
	for _, e := range l.Entities {
		entities[e.ID] = true
	}
	for _, s := range l.Spans {
		if err := matches(x, s.Start, s.End, s.Text); err != nil {
			return annotation.Layer{}, fmt.Errorf("span %s: %w", s.ID, err)
		}
		if s.Entity != "" && !entities[s.Entity] {
			return annotation.Layer{}, fmt.Errorf("span %s mentions entity %s, which is not among the layer's entities", s.ID, s.Entity)
		}
	}
	for _, r := range l.Refusals {
		if err := matches(x, r.Start, r.End, r.Text); err != nil {
			return annotation.Layer{}, fmt.Errorf("refusal %s: %w", r.ID, err)
		}
	}
	for _, s := range l.Stances {
		for i, e := range s.Evidence {
			if err := matches(x, e.Start, e.End, e.Text); err != nil {
				return annotation.Layer{}, fmt.Errorf("stance %s, evidence %d: %w", s.ID, i+1, err)
			}
		}
	}
	if l.ActiveSeconds < 0 {
		return annotation.Layer{}, fmt.Errorf("active_seconds is %d, want 0 or more", l.ActiveSeconds)
	}
	if l.Scheme < 1 {
		return annotation.Layer{}, fmt.Errorf("scheme is %d: versions count from 1", l.Scheme)
	}

	changes := l.changes()
	ops := make([]annotation.Op, 0, len(changes))
	seen := make(map[string]bool, len(changes))
	for i, c := range changes {
		if seen[c.Subject] {
			return annotation.Layer{}, fmt.Errorf("the id %s stands twice: entities, spans, stances, comments and refusals of a layer share one set of ids", c.Subject)
		}
		seen[c.Subject] = true
		o := annotation.Op{
			V: annotation.Version, Device: "file", Seq: uint64(i + 1), Lamport: uint64(i + 1),
			Project: "file", Article: articleID, Scheme: l.Scheme, Change: c,
		}
		if err := o.Validate(); err != nil {
			return annotation.Layer{}, fmt.Errorf("%s: %w", c.Subject, err)
		}
		ops = append(ops, o)
	}
	var f annotation.Fold
	f.Add(ops...)
	return f.Layer(), nil
}

func (l *Layer) changes() []annotation.Change {
	out := annotation.Layer{Status: l.Status, SkipReason: l.SkipReason, ActiveSeconds: l.ActiveSeconds}
	for _, e := range l.Entities {
		out.Entities = append(out.Entities, annotation.NamedEntity{ID: e.ID, Entity: annotation.Entity{Name: e.Name, Label: e.Label}})
	}
	for _, s := range l.Spans {
		out.Spans = append(out.Spans, annotation.NamedSpan{ID: s.ID, Span: annotation.Span{
			Start: s.Start, End: s.End, Label: s.Label, Proclitic: s.Proclitic, Entity: s.Entity, Source: s.Source,
		}})
	}
	for _, s := range l.Stances {
		evidence := make([]annotation.Range, 0, len(s.Evidence))
		for _, e := range s.Evidence {
			evidence = append(evidence, annotation.Range{Start: e.Start, End: e.End})
		}
		out.Stances = append(out.Stances, annotation.NamedStance{ID: s.ID, Stance: annotation.Stance{
			Holder: s.Holder, Via: append([]annotation.Holder{}, s.Via...), Target: s.Target,
			Label: s.Label, Mode: s.Mode, Intensity: s.Intensity, Certainty: s.Certainty,
			Evidence: evidence, Note: s.Note,
		}})
	}
	for _, c := range l.Comments {
		out.Comments = append(out.Comments, annotation.NamedComment{ID: c.ID, Comment: annotation.Comment{On: c.On, Text: c.Text, Flag: c.Flag}})
	}
	for _, r := range l.Refusals {
		out.Refusals = append(out.Refusals, annotation.NamedRefusal{ID: r.ID, Refusal: annotation.Refusal{
			Start: r.Start, End: r.End, Label: r.Label, Source: r.Source,
		}})
	}
	return Changes(out, annotation.NewID())
}

// matches reports how the text at [start,end) differs from want.
func matches(x *text.Index, start, end int, want string) error {
	got, err := slice(x, start, end)
	if err != nil {
		return err
	}
	if got != want {
		return fmt.Errorf("at [%d,%d) the article has %s, not %s: the offsets count another unit than code points, or belong to another text", start, end, clip(got), clip(want))
	}
	return nil
}

func clip(s string) string {
	const most = 40
	if utf8.RuneCountInString(s) > most {
		s = string([]rune(s)[:most]) + "…"
	}
	return strconv.Quote(s)
}

// loneSurrogate returns the first \u escape in the JSON that is half of a
// surrogate pair. The decoder would make U+FFFD of it without a word.
func loneSurrogate(b []byte) string {
	for i := 0; i+1 < len(b); i++ {
		if b[i] != '\\' {
			continue
		}
		u, ok := unicodeEscape(b[i:])
		switch {
		case !ok:
			i++
		case u < 0xD800 || u > 0xDFFF:
			i += 5
		default:
			low, ok := unicodeEscape(b[i+6:])
			if u >= 0xDC00 || !ok || low < 0xDC00 || low > 0xDFFF {
				return string(b[i : i+6])
			}
			i += 11
		}
	}
	return ""
}

func unicodeEscape(b []byte) (uint64, bool) {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return 0, false
	}
	u, err := strconv.ParseUint(string(b[2:6]), 16, 16)
	return u, err == nil
}
