package exporting

import (
	"io"

	"hashiya/app/dataset"
)

// jsonl is the canonical form; it holds everything that a layer shows.
type jsonl struct{}

func (jsonl) Name() string { return "jsonl" }

func (jsonl) Unit() string { return dataset.OffsetUnit }

func (jsonl) Begin(w io.Writer, _ *Report) Sink { return jsonlSink{w} }

type jsonlSink struct{ w io.Writer }

func (s jsonlSink) Put(d dataset.Document) error {
	line, err := dataset.Marshal(d)
	if err != nil {
		return err
	}
	_, err = s.w.Write(line)
	return err
}

func (jsonlSink) End() error { return nil }
