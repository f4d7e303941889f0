package badgerlog

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/options"
	"github.com/dgraph-io/badger/v4/table"
	"github.com/dgraph-io/ristretto/v2/z"
	"golang.org/x/sync/errgroup"
)

// verifyTables reads all tables that the database in dir is made of, from the
// disk, and returns the first whose checksum is wrong. It may run while the
// database is open, and takes about half a second for a million ops.
//
// It is needed before the database is opened: where the checksum of a block is
// wrong, Badger 4.9.6 answers that its keys are not there, and a compaction
// drops them. Badger's own VerifyChecksum dereferences nil at the first wrong
// block, and looks into the cache instead of at the disk.
func verifyTables(ctx context.Context, dir string) error {
	ids, err := tables(dir)
	if err != nil {
		return nil // there is no database yet, or opening it will say why it can't be
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(2)
	for id := range ids {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			err := verifyTable(filepath.Join(dir, table.IDToFilename(id)))
			if !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			// A compaction may have replaced it meanwhile.
			if now, err := tables(dir); err == nil && !now[id] {
				return nil
			}
			return fmt.Errorf("table %s is missing", filepath.Join(dir, table.IDToFilename(id)))
		})
	}
	return g.Wait()
}

// tables returns the ids of the tables that belong to the database; other
// files of that kind were left by a crash, and Badger removes them.
func tables(dir string) (map[uint64]bool, error) {
	f, err := os.Open(filepath.Join(dir, badger.ManifestFilename))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	m, _, err := badger.ReplayManifestFile(f, 0, badger.DefaultOptions(dir))
	if err != nil {
		return nil, err
	}
	ids := map[uint64]bool{}
	for id := range m.Tables {
		ids[id] = true
	}
	return ids, nil
}

func verifyTable(path string) (err error) {
	// Badger panics at some of what it finds.
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("table %s fails its checksum", path)
		}
	}()
	mapped, err := z.OpenMmapFile(path, os.O_RDONLY, 0)
	if err != nil {
		return err
	}
	defaults := badger.DefaultOptions("")
	t, err := table.OpenTable(mapped, table.Options{
		ReadOnly: true, BlockSize: defaults.BlockSize, Compression: defaults.Compression, ChkMode: options.OnTableAndBlockRead,
	})
	if err != nil {
		return fmt.Errorf("table %s fails its checksum: %w", path, err)
	}
	return t.Close(-1)
}
