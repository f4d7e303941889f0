package badgerlog

import (
	"log/slog"
	"path/filepath"
	"time"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/options"

	"hashiya/server/kv"
	"hashiya/server/log"
)

const (
	maxBatchRecords = 512
	maxBatchBytes   = 1 << 20

	checkpointStep = 1 << 16

	memTableSize     = 16 << 20
	numMemtables     = 3
	valueLogFileSize = 64 << 20

	// A transaction may hold 15 % of a memtable (2.4 MiB, 26,000 keys), in
	// which values of this size and more count 14 bytes, because they go to
	// the value log. Smaller values stay in the tables: ops are read fast,
	// and views that are overwritten all the time are compacted away, which
	// the value log never is. The value log grows by at most one transaction
	// (log.MaxAppendBytes + kv.MaxUpdateBytes) beyond valueLogFileSize; its
	// mapping is twice that, so that Badger never has to remap it under a
	// reader.
	valueThreshold = 32 << 10
)

// Options of Open. Only Dir is required.
type Options struct {
	// Dir is the data folder; it is made if it does not exist.
	Dir string
	// Apply folds entries into the view, in the transaction that appends
	// them, and so sees each entry once and in order. It must decide from the
	// entries and the Writer alone: a batch that turns out too large is split
	// and applied again from its start. It must not keep or change the
	// entries' Data. An error stops the log before anything of the batch is
	// written, except one that wraps kv.ErrTooLarge, which refuses the append.
	Apply func(kv.Writer, []log.Entry) error
	// ReserveBytes of the disk are left free; default 512 MiB.
	ReserveBytes uint64
	// FreeBytes tells how much is free on the disk of dir; default statfs.
	FreeBytes func(dir string) (uint64, error)
	// Observe, where it is set, is told of every commit: how many records went
	// in together, and how long that took until they were durable. The next
	// commit waits for it.
	Observe func(records int, took time.Duration)
	// Clock gives the time of entries; default time.Now.
	Clock func() time.Time
	// Logger takes Badger's messages; default slog.Default().
	Logger *slog.Logger
}

func (o *Options) setDefaults() {
	if o.ReserveBytes == 0 {
		o.ReserveBytes = 512 << 20
	}
	if o.FreeBytes == nil {
		o.FreeBytes = freeBytes
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
}

func badgerOptions(dir string, logger badger.Logger) badger.Options {
	return badger.DefaultOptions(filepath.Join(dir, "badger")).
		WithLogger(logger).
		WithSyncWrites(true). // a commit without it does not survive a power cut
		WithDetectConflicts(false).
		WithMemTableSize(memTableSize).
		WithNumMemtables(numMemtables).
		WithValueLogFileSize(valueLogFileSize).
		WithValueThreshold(valueThreshold).
		WithBlockCacheSize(32 << 20).
		WithIndexCacheSize(16 << 20).
		WithNumCompactors(2).
		WithMetricsEnabled(false).
		WithVerifyValueChecksum(true).
		WithChecksumVerificationMode(options.OnBlockRead)
}
