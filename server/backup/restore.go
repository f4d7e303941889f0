package backup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"

	"hashiya/server/log"
	"hashiya/server/log/badgerlog"
	"hashiya/server/record"
	"hashiya/server/view"
)

// Restore makes the data folder dir, which must be empty or not there, out of
// the files: a full backup and the increments that continue it, in order.
//
// All files are verified first. The folder is then made beside dir, folded,
// verified and written to the disk, and only then it gets its name: until the
// end there is no dir that could be served, and after an error there is none.
// options.Dir and options.Apply are ignored.
func Restore(ctx context.Context, dir string, paths []string, options badgerlog.Options, now time.Time) (Summary, error) {
	if err := vacant(dir); err != nil {
		return Summary{}, err
	}
	all, err := Verify(paths)
	if err != nil {
		return Summary{}, err
	}
	end := all[len(all)-1]
	parent := filepath.Dir(dir)
	if err := os.MkdirAll(parent, 0o700); err != nil {
		return Summary{}, err
	}
	beside, err := os.MkdirTemp(parent, ".hashiya-restore-*")
	if err != nil {
		return Summary{}, err
	}
	defer os.RemoveAll(beside)
	options.Dir = beside
	if err := build(ctx, paths, options, &end, now); err != nil {
		return Summary{}, fmt.Errorf("nothing was restored: %w", err)
	}
	return end, show(beside, dir)
}

// vacant returns nil where dir is empty or not there.
func vacant(dir string) error {
	list, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(list) == 0 {
		return nil
	}
	if err != nil {
		return fmt.Errorf("restoring into %s: %w. Name an empty folder, or a new one, with --data", dir, err)
	}
	return fmt.Errorf("%s is not empty: it has %s. Name an empty folder, or a new one, with --data; nothing is restored over other data", dir, list[0].Name())
}

func build(ctx context.Context, paths []string, options badgerlog.Options, end *Summary, now time.Time) error {
	if err := badgerlog.Restore(ctx, options, entries(paths)); err != nil {
		return err
	}
	options.Apply = view.Apply
	l, err := badgerlog.Open(options)
	if err != nil {
		return err
	}
	err = func() error {
		if err := view.CatchUp(ctx, l, l.Replay(), func(uint64, uint64) {}); err != nil {
			return err
		}
		restored := record.Restored(end.Log, uint64(end.Last), end.Made, now)
		if _, err := l.Append(ctx, restored); err != nil {
			return err
		}
		result, err := l.Check(ctx)
		if err == nil && result.Records != uint64(end.Last)+1 {
			err = fmt.Errorf("the new log has %d records, and should have %d", result.Records, end.Last+1)
		}
		return err
	}()
	return errors.Join(err, l.Close())
}

// entries returns the records of all files, which are verified once more on
// the way: they may have changed since.
func entries(paths []string) iter.Seq2[log.Entry, error] {
	return func(yield func(log.Entry, error) bool) {
		stop := errors.New("stop")
		_, err := readChain(paths, func(e log.Entry) error {
			if !yield(e, nil) {
				return stop
			}
			return nil
		})
		if err != nil && err != stop {
			yield(log.Entry{}, err)
		}
	}
}

// show gives the folder its name, durably.
func show(beside, dir string) error {
	// Rename(2) replaces an empty folder at once; os.Rename refuses to.
	err := unix.Rename(beside, dir)
	if errors.Is(err, unix.EBUSY) || errors.Is(err, unix.EXDEV) {
		return fmt.Errorf("nothing was restored: %s is a mount point, which can't be replaced. Restore into a folder inside it, such as --data %s, and serve that", dir, filepath.Join(dir, "data"))
	}
	if err != nil {
		return fmt.Errorf("nothing was restored: naming the folder %s: %w", dir, err)
	}
	parent, err := os.Open(filepath.Dir(dir))
	if err != nil {
		return err
	}
	return errors.Join(parent.Sync(), parent.Close())
}
