package badgerlog

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// Usage is what the log takes and has left of its disk, and what waits for it.
type Usage struct {
	Queue     int    // appends that wait for the committer
	Tables    uint64 // bytes on the disk of Badger's tables…
	Values    uint64 // …of its value logs…
	WriteLogs uint64 // …and of its write-ahead logs
	Free      uint64 // bytes that may still be written on that disk
	Reserve   uint64 // bytes of them that are kept free: below, appends are refused
}

// Usage looks at the queue and the disk now.
func (l *Log) Usage() (Usage, error) {
	u := Usage{Reserve: l.options.ReserveBytes}
	l.queue.mu.Lock()
	u.Queue = len(l.queue.items)
	l.queue.mu.Unlock()
	var err error
	if u.Free, err = l.options.FreeBytes(l.options.Dir); err != nil {
		return u, err
	}
	dir := filepath.Join(l.options.Dir, "badger")
	files, err := os.ReadDir(dir)
	if err != nil {
		return u, err
	}
	for _, f := range files {
		sum := map[string]*uint64{".sst": &u.Tables, ".vlog": &u.Values, ".mem": &u.WriteLogs}[filepath.Ext(f.Name())]
		if sum == nil {
			continue
		}
		// Badger maps files that are larger than what is in them, so their
		// blocks are counted, not their lengths. One that a compaction has
		// removed meanwhile takes nothing.
		var stat unix.Stat_t
		err := unix.Stat(filepath.Join(dir, f.Name()), &stat)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return u, err
		}
		*sum += uint64(stat.Blocks) * 512
	}
	return u, nil
}

// Writable returns nil while appends are taken: nothing failed, and the disk
// has more than its reserve left. Its error is what an Append would get.
func (l *Log) Writable() error {
	if err := l.failure(); err != nil {
		return err
	}
	return l.checkReserve(0)
}
