package badgerlog

import (
	"log/slog"
	"testing"
	"time"

	"hashiya/server/kv"
	"hashiya/server/log"
	"hashiya/server/log/logtest"
)

func testOptions(dir string) Options {
	return Options{Dir: dir, Logger: slog.New(slog.DiscardHandler)}
}

func open(t testing.TB, o Options) *Log {
	t.Helper()
	l, err := Open(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

func closeLog(t testing.TB, l *Log) {
	t.Helper()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestConformance(t *testing.T) {
	logtest.Run(t, logtest.Harness{
		Open: func(t *testing.T, apply func(kv.Writer, []log.Entry) error) logtest.Log {
			o := testOptions(t.TempDir())
			o.Apply = apply
			return open(t, o)
		},
		Reopen: func(t *testing.T, l logtest.Log) logtest.Log {
			old := l.(*Log)
			closeLog(t, old)
			return open(t, old.options)
		},
	})
}

func someTime() time.Time { return time.Date(2026, 9, 1, 8, 0, 0, 0, time.UTC) }
