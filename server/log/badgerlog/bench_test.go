package badgerlog

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"hashiya/server/kv"
	"hashiya/server/log"
	"hashiya/server/log/logtest"
)

// BenchmarkAppend gives durable records a second beside the floor of the same
// run: one process that appends a record to a file and calls fdatasync.
// A record has about 400 bytes and writes two small keys of the view.
func BenchmarkAppend(b *testing.B) {
	text, err := json.Marshal(strings.Repeat("قال ", 50))
	if err != nil {
		b.Fatal(err)
	}
	record := log.Record{Kind: "op", Actor: "user-1", Data: text}
	for _, writers := range []int{1, 8, 64} {
		b.Run(fmt.Sprintf("writers=%d", writers), func(b *testing.B) {
			floor := logtest.Floor(b, encode(record))
			o := testOptions(b.TempDir())
			o.Apply = func(w kv.Writer, entries []log.Entry) error {
				for _, e := range entries {
					for _, prefix := range []string{"op/", "article/"} {
						if err := w.Set(positionKey(prefix, e.Pos), []byte("0123456789abcdef")); err != nil {
							return err
						}
					}
				}
				return nil
			}
			l := open(b, o)
			b.SetBytes(int64(len(encode(record))))
			b.ResetTimer()
			var group sync.WaitGroup
			for w := range writers {
				group.Go(func() {
					for i := w; i < b.N; i += writers {
						if _, err := l.Append(context.Background(), record); err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			group.Wait()
			b.StopTimer()
			rate := float64(b.N) / b.Elapsed().Seconds()
			b.ReportMetric(rate, "records/s")
			b.ReportMetric(floor, "floor/s")
			b.ReportMetric(rate/floor, "×floor")
		})
	}
}

// BenchmarkOpen opens a log of 400,000 records, closed cleanly and killed.
func BenchmarkOpen(b *testing.B) {
	o := testOptions(b.TempDir())
	l := open(b, o)
	text, err := json.Marshal(strings.Repeat("قال ", 50))
	if err != nil {
		b.Fatal(err)
	}
	records := make([]log.Record, maxBatchRecords)
	for i := range records {
		records[i] = log.Record{Kind: "op", Actor: "user-1", Data: text}
	}
	for range 400_000 / len(records) {
		if _, err := l.Append(b.Context(), records...); err != nil {
			b.Fatal(err)
		}
	}
	killed := o
	killed.Dir = filepath.Join(b.TempDir(), "killed")
	copyFolder(b, o.Dir, killed.Dir)
	closeLog(b, l)
	b.Run("clean", func(b *testing.B) {
		for b.Loop() {
			closeLog(b, open(b, o))
		}
	})
	b.Run("killed", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			b.StopTimer()
			once := killed
			once.Dir = filepath.Join(b.TempDir(), fmt.Sprint(i))
			copyFolder(b, killed.Dir, once.Dir)
			b.StartTimer()
			l := open(b, once)
			b.StopTimer()
			closeLog(b, l)
			b.StartTimer()
		}
	})
}
