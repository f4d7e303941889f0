// Package exporting writes datasets: articles with their layers in, a file of
// a named format and a report of what was written and what was lost out. It
// reads nothing but the iterator it is given.
package exporting

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"iter"
	"strings"

	"hashiya/app/dataset"
)

// Gold is the annotator's name of the curator's layer.
const Gold = "gold"

// All chooses the layers of everybody.
const All = "all"

// Options say what is exported. The zero value exports every layer as
// canonical JSONL.
type Options struct {
	Format string // a name of Formats; "" is "jsonl"
	Layer  string // All, Gold or the name of one annotator; "" is All
}

// Exporter writes documents in one format.
type Exporter interface {
	// Name is what --format and the API call it.
	Name() string
	// Unit is what the format's offsets count: "codepoint", "utf-16", "byte"
	// or "token".
	Unit() string
	// Begin starts a file. It notes in the report what the format can't hold.
	Begin(w io.Writer, r *Report) Sink
}

// Sink takes the documents of one file, one at a time, and keeps none of them.
type Sink interface {
	Put(dataset.Document) error
	// End writes what belongs behind the last document.
	End() error
}

var exporters = []Exporter{jsonl{}}

// Formats returns the names of the formats that can be asked for.
func Formats() []string {
	var names []string
	for _, e := range exporters {
		names = append(names, e.Name())
	}
	return names
}

// Export writes the documents to w, one after the other, and reports on them.
// They must come in ascending order of article id, so that the same content
// always makes the same file. Every article is written, also one without a
// chosen layer. After an error what was written is not a dataset: throw it
// away (ToFile does).
func Export(ctx context.Context, w io.Writer, docs iter.Seq2[dataset.Document, error], o Options) (*Report, error) {
	if o.Format == "" {
		o.Format = "jsonl"
	}
	if o.Layer == "" {
		o.Layer = All
	}
	for _, e := range exporters {
		if e.Name() == o.Format {
			return export(ctx, w, docs, o, e)
		}
	}
	return nil, fmt.Errorf("there is no format %q, want one of %s", o.Format, strings.Join(Formats(), ", "))
}

func export(ctx context.Context, w io.Writer, docs iter.Seq2[dataset.Document, error], o Options, e Exporter) (*Report, error) {
	out := bufio.NewWriterSize(w, 256<<10)
	report := newReport(e, o.Layer)
	sink := e.Begin(out, report)
	last := ""
	for d, err := range docs {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, fmt.Errorf("export stopped behind article %q: %w", last, err)
		}
		if d.Article.ID <= last {
			return nil, fmt.Errorf("export stopped: article %s came behind article %s; the order must be ascending", d.Article.ID, last)
		}
		last = d.Article.ID
		d.Layers = choose(d.Layers, o.Layer)
		report.count(&d)
		if err := sink.Put(d); err != nil {
			return nil, fmt.Errorf("export stopped at article %s: %w", last, err)
		}
	}
	if err := sink.End(); err != nil {
		return nil, fmt.Errorf("export stopped at its end: %w", err)
	}
	if err := out.Flush(); err != nil {
		return nil, fmt.Errorf("export stopped at its end: %w", err)
	}
	return report, nil
}

func choose(layers []dataset.NamedLayer, name string) []dataset.NamedLayer {
	if name == All {
		return layers
	}
	for _, l := range layers {
		if l.Annotator == name {
			return []dataset.NamedLayer{l}
		}
	}
	return nil
}
