package desk

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"hashiya/app/annotation"
)

// shelf is a disk with the ops of several articles.
type shelf struct {
	disk
	writes []int // ops of each transaction
}

func (s *shelf) Ops(_ context.Context, _, article string) ([]annotation.Op, error) {
	var out []annotation.Op
	for _, o := range s.disk.ops {
		if o.Article == article {
			out = append(out, o)
		}
	}
	return out, nil
}

func (s *shelf) Append(ctx context.Context, drafts []annotation.Op) ([]annotation.Op, error) {
	ops, err := s.disk.Append(ctx, drafts)
	if err == nil {
		s.writes = append(s.writes, len(ops))
	}
	return ops, err
}

func (s *shelf) layer(article string) annotation.Layer {
	ops, _ := s.Ops(context.Background(), "p", article)
	var f annotation.Fold
	f.Add(ops...)
	return f.Layer()
}

func targets(n int) (out []Target) {
	for i := range n {
		out = append(out, Target{fmt.Sprintf("a%d", i), fmt.Sprintf("sum%d", i)})
	}
	return out
}

func (s *shelf) batch() Batch {
	return Batch{Store: s, Project: "p", Scheme: 3, Now: func() time.Time { return time.Unix(1, 0) }}
}

// three spans in every article.
func three(t Target, _ Sheet) (out []annotation.Change) {
	for i := range 3 {
		out = append(out, put(fmt.Sprintf("%s-%d", t.Article, i), "PER"))
	}
	return out
}

func TestABatchIsOneActOverManyArticlesWrittenInFewTransactions(t *testing.T) {
	s := &shelf{}
	var told []int
	if err := s.batch().Do(t.Context(), "act1", targets(150), three, func(n int) { told = append(told, n) }); err != nil {
		t.Fatal(err)
	}
	if len(s.ops) != 450 || len(s.writes) != 3 || told[len(told)-1] != 150 || len(told) != 3 {
		t.Errorf("%d ops in transactions of %v, told %v", len(s.ops), s.writes, told)
	}
	for _, o := range s.ops {
		if o.Action != "act1" || o.Scheme != 3 || o.Project != "p" || o.TextSHA256 != "sum"+o.Article[1:] || o.Validate() != nil {
			t.Fatalf("%+v: %v", o, o.Validate())
		}
	}
	for _, n := range s.writes[:len(s.writes)-1] {
		if n%3 != 0 {
			t.Errorf("an article is cut in two: a transaction of %d ops", n)
		}
	}
}

func TestABatchIsTakenBackWithoutWhatWasChangedSince(t *testing.T) {
	s := &shelf{}
	b := s.batch()
	if err := b.Do(t.Context(), "act1", targets(3), three, func(int) {}); err != nil {
		t.Fatal(err)
	}
	// Somebody relabels one of them, as an act of its own.
	err := b.Do(t.Context(), "act2", targets(1), func(_ Target, sheet Sheet) []annotation.Change {
		return []annotation.Change{put("a0-1", "ORG")}
	}, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	told := 0
	changes, err := b.TakeBack(t.Context(), "act1", targets(3), func(n int) { told = n })
	if err != nil || len(changes) != 8 || told != 3 {
		t.Fatalf("%d changes, told %d, %v", len(changes), told, err)
	}
	if l := s.layer("a0"); len(l.Spans) != 1 || l.Spans[0].Label != "ORG" {
		t.Errorf("left: %+v", l.Spans)
	}
	if n := len(s.layer("a1").Spans) + len(s.layer("a2").Spans); n != 0 {
		t.Errorf("%d spans stay", n)
	}
	if changes, err := b.TakeBack(t.Context(), "act1", targets(3), func(int) {}); err != nil || len(changes) != 0 {
		t.Errorf("taken back twice: %d changes, %v", len(changes), err)
	}
}

// In each article the batch is an act like any other.
func TestABatchCanBeUndoneInOneArticleAlone(t *testing.T) {
	s := &shelf{}
	d := open(t, &s.disk)
	a := d.Article()
	target := []Target{{a.ID, a.TextSHA256}}
	if err := s.batch().Do(t.Context(), "act1", target, three, func(int) {}); err != nil {
		t.Fatal(err)
	}
	if err := d.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if changes, err := d.Undo(); err != nil || len(changes) != 3 || len(d.Layer().Spans) != 0 {
		t.Errorf("undo: %d changes, %v, %d spans", len(changes), err, len(d.Layer().Spans))
	}
}

func TestABatchThatFailsSaysHowFarItCame(t *testing.T) {
	s := &shelf{}
	full := errors.New("full")
	planned := 0
	err := s.batch().Do(t.Context(), "act1", targets(150), func(t Target, sheet Sheet) []annotation.Change {
		if planned++; planned == 100 {
			s.full = full
		}
		return three(t, sheet)
	}, func(int) {})
	if !errors.Is(err, full) || len(s.ops) != 201 {
		t.Fatalf("%d ops, %v", len(s.ops), err)
	}
	s.full = nil
	err = s.batch().Do(t.Context(), "act1", targets(150), func(t Target, sheet Sheet) []annotation.Change {
		if len(sheet.Fold.Heads(t.Article+"-0")) > 0 {
			return nil
		}
		return three(t, sheet)
	}, func(int) {})
	if err != nil || len(s.ops) != 450 {
		t.Errorf("after another try %d ops, %v", len(s.ops), err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.batch().Do(ended, "act3", targets(1), three, func(int) {}); !errors.Is(err, context.Canceled) || len(s.ops) != 450 {
		t.Errorf("ended: %d ops, %v", len(s.ops), err)
	}
}
