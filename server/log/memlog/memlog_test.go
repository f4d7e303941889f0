package memlog_test

import (
	"testing"

	"hashiya/server/kv"
	"hashiya/server/log"
	"hashiya/server/log/logtest"
	"hashiya/server/log/memlog"
)

func TestConformance(t *testing.T) {
	logtest.Run(t, logtest.Harness{
		Open: func(_ *testing.T, apply func(kv.Writer, []log.Entry) error) logtest.Log {
			return memlog.New(memlog.Options{Apply: apply})
		},
	})
}
