package view_test

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"testing"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/scheme"
	"hashiya/server/log"
	"hashiya/server/log/badgerlog"
	"hashiya/server/log/logtest"
	"hashiya/server/record"
	"hashiya/server/view"

	"hashiya/app/wire"
)

// BenchmarkOps gives durable ops a second, with the whole view that is folded
// with them, beside the floor of the same run: one process that appends such a
// record to a file and calls fdatasync.
func BenchmarkOps(b *testing.B) {
	art := article.New("وصل إلهام علييف إلى باكو عاصمة أذربيجان", "ar", article.Meta{}, nil)
	for _, writers := range []int{1, 8, 64} {
		b.Run(fmt.Sprintf("writers=%d", writers), func(b *testing.B) {
			sample, err := json.Marshal(opOf(&art, "device", 1))
			if err != nil {
				b.Fatal(err)
			}
			floor := logtest.Floor(b, sample)
			l, err := badgerlog.Open(badgerlog.Options{Dir: b.TempDir(), Apply: view.Apply})
			if err != nil {
				b.Fatal(err)
			}
			defer l.Close()
			ctx := context.Background()
			if _, err := l.Append(ctx, record.Project("operator", "p", "p", scheme.Default()), record.Article("operator", "p", art)); err != nil {
				b.Fatal(err)
			}
			for w := range writers {
				if _, err := l.Append(ctx, record.Account("operator", fmt.Sprint("user", w), wire.Annotator)); err != nil {
					b.Fatal(err)
				}
			}
			b.ResetTimer()
			var group sync.WaitGroup
			for w := range writers {
				group.Go(func() {
					user, device := fmt.Sprint("user", w), fmt.Sprintf("%032x", w)
					for seq := 1; w+(seq-1)*writers < b.N; seq++ {
						if _, err := l.Append(ctx, record.Op(user, opOf(&art, device, seq))); err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			group.Wait()
			b.StopTimer()
			rate := float64(b.N) / b.Elapsed().Seconds()
			b.ReportMetric(rate, "ops/s")
			b.ReportMetric(floor, "floor/s")
			b.ReportMetric(rate/floor, "×floor")
			_, _, last, err := l.Info(ctx)
			if want := log.Pos(2 + writers + b.N); err != nil || last != want {
				b.Fatalf("the log ends at %d (%v), want %d", last, err, want)
			}
		})
	}
}

func opOf(art *article.Article, device string, seq int) *annotation.Op {
	return &annotation.Op{
		V: 1, Device: device, Seq: uint64(seq), Lamport: uint64(seq), Project: "p", Article: art.ID, TextSHA256: art.TextSHA256,
		Scheme: 1, Time: "2026-01-02T03:04:05Z", Action: annotation.NewID(),
		Change: annotation.Change{Subject: annotation.NewID(), Kind: annotation.PutSpan, Span: &annotation.Span{Start: 4, End: 15, Label: "PER"}},
	}
}
