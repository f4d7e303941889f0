package view

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/scheme"
	"hashiya/app/wire"
	"hashiya/server/access"
	"hashiya/server/kv"
	"hashiya/server/kv/memkv"
	"hashiya/server/log"
	"hashiya/server/record"
)

// awkward has all that goes wrong easily: proclitics, tashkeel, tatweel,
// lam-alef, quotes, digits and Latin, two names of a month, RLM, LRM, ZWNJ, an
// emoji, CRLF, a decomposed letter.
const awkward = "قال «بوتين» إنّه سيعود لأذربيجان في سبتمبر/أيلول 2024،\r\nوأضافت شركة “Gazprom” أنّ الـــغاز وصل\u200f.\u200e می\u200cرود 🇦🇿 e\u0301té"

var epoch = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

// history is a log for tests: a record a second.
type history struct{ entries []log.Entry }

func (h *history) add(records ...log.Record) {
	for _, r := range records {
		n := len(h.entries) + 1
		h.entries = append(h.entries, log.Entry{Pos: log.Pos(n), Time: epoch.Add(time.Duration(n) * time.Second), Record: r})
	}
}

// folded returns a store in which the entries were applied in batches that end
// at the given places.
func (h *history) folded(t failer, cuts ...int) kv.Store {
	t.Helper()
	s := memkv.New()
	from := 0
	for _, to := range append(cuts, len(h.entries)) {
		if to <= from {
			continue
		}
		err := s.Update(context.Background(), func(w kv.Writer) error { return Apply(w, h.entries[from:to]) })
		if err != nil {
			t.Fatalf("applying entries %d to %d: %v", from+1, to, err)
		}
		from = to
	}
	return s
}

type failer interface {
	Helper()
	Fatalf(string, ...any)
}

// read calls fn with the view of all entries.
func (h *history) read(t *testing.T, fn func(Snapshot)) {
	t.Helper()
	err := New(h.folded(t)).Read(context.Background(), func(s Snapshot) error { fn(s); return nil })
	if err != nil {
		t.Fatal(err)
	}
}

// verdict returns what became of the last entry.
func (h *history) verdict(t *testing.T) (v Verdict) {
	t.Helper()
	h.read(t, func(s Snapshot) { v = must(s.Verdict(uint64(len(h.entries)))) })
	return v
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

var theArticle = article.New(awkward, "ar", article.Meta{Title: "عنوان"}, []article.Region{{Kind: article.Body, Start: 0, End: 40}})

// begun returns a log with a project, an article, and the accounts سمر and
// omar.
func begun() *history {
	h := &history{}
	h.add(
		record.Account(access.Operator, "سمر", wire.Annotator),
		record.Account(access.Operator, "omar", wire.Annotator),
		record.Account(access.Operator, "lead", wire.Lead),
		record.Project(access.Operator, "news", "أخبار", scheme.Default()),
		record.Article(access.Operator, "news", theArticle),
	)
	return h
}

// span returns an op that labels "بوتين".
func span(device string, seq uint64, subject string) *annotation.Op {
	return &annotation.Op{
		V: 1, Device: device, Seq: seq, Lamport: seq, Project: "news", Article: theArticle.ID,
		TextSHA256: theArticle.TextSHA256, Scheme: 1, Time: epoch.Format(time.RFC3339),
		Change: annotation.Change{Subject: subject, Kind: annotation.PutSpan, Span: &annotation.Span{Start: 5, End: 10, Label: "PER"}},
	}
}

func change(o *annotation.Op, fn func(*annotation.Op)) *annotation.Op {
	fn(o)
	return o
}

// dump returns all keys and values of a store.
func dump(t failer, s kv.Store) string {
	t.Helper()
	var b bytes.Buffer
	err := s.View(context.Background(), func(r kv.Reader) error {
		return r.Scan(nil, nil, func(k, v []byte) (bool, error) {
			fmt.Fprintf(&b, "%q = %q\n", k, v)
			return true, nil
		})
	})
	if err != nil {
		t.Fatalf("reading all: %v", err)
	}
	return b.String()
}
