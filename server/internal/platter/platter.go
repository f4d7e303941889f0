// Package platter tells what a power cut would leave of a folder: for tests of
// what is durable.
package platter

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// Disk is what the disk under a folder holds. The kernel says of every page of a
// file whether it is dirty, that is, written by the program and not by the disk;
// such a page counts with what it held when it was last seen clean, or with
// zeros. That is the worst that can be: the kernel may write a dirty page at any
// time. Names and lengths of files count as they are. Where the kernel does not
// tell (see Probe), every page counts as written: then it is what the crash of a
// process leaves.
type Disk struct {
	dir   string
	pages map[string]map[int64][]byte // file, offset → content when it was last seen clean
}

const pageSize = 4096

// New returns the disk under a folder of which nothing is known yet. Look at it
// whenever something was synced that may be written over: what was never seen
// clean counts as empty. (Opening a Badger database dirties pages that it does
// not change.)
func New(dir string) *Disk { return &Disk{dir, map[string]map[int64][]byte{}} }

// Probe returns why the kernel or the file system of a folder does not tell what
// has reached the disk; nil where it does. It needs Linux 6.5, and a file system
// that is on a disk.
func Probe(dir string) error {
	f, err := os.CreateTemp(dir, "probe")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	defer f.Close()
	if err := f.Truncate(pageSize); err != nil {
		return err
	}
	mapped, err := unix.Mmap(int(f.Fd()), 0, pageSize, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
	if err != nil {
		return err
	}
	defer unix.Munmap(mapped)
	mapped[0] = 1
	before, err := dirtyPages(f, 0, pageSize)
	if err != nil {
		return err
	}
	if err := unix.Msync(mapped, unix.MS_SYNC); err != nil {
		return err
	}
	if after, err := dirtyPages(f, 0, pageSize); err != nil || before != 1 || after != 0 {
		return fmt.Errorf("the kernel does not tell which pages of files in %s are dirty (%d before a sync, %d after it, %v): set TMPDIR to a folder on a disk", dir, before, after, err)
	}
	return nil
}

// Look takes down what has reached the disk since the last look, of the named
// files, or of all.
func (d *Disk) Look(names ...string) error {
	if len(names) > 0 {
		for _, name := range names {
			if err := d.look(name); err != nil {
				return err
			}
		}
		return nil
	}
	return d.files(func(name string, _ fs.FileInfo) error { return d.look(name) })
}

// files calls fn for every file; one that is gone meanwhile is passed over.
func (d *Disk) files(fn func(name string, info fs.FileInfo) error) error {
	return filepath.WalkDir(d.dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			var info fs.FileInfo
			if info, err = e.Info(); err == nil {
				var name string
				if name, err = filepath.Rel(d.dir, path); err == nil {
					err = fn(name, info)
				}
			}
		}
		if errors.Is(err, fs.ErrNotExist) && path != d.dir {
			return nil
		}
		return err
	})
}

func (d *Disk) look(name string) error {
	f, err := os.Open(filepath.Join(d.dir, name))
	if err != nil {
		return err
	}
	defer f.Close()
	if d.pages[name] == nil {
		d.pages[name] = map[int64][]byte{}
	}
	for at := int64(0); ; {
		from, err := unix.Seek(int(f.Fd()), at, unix.SEEK_DATA)
		if errors.Is(err, unix.ENXIO) { // no data up to the end
			return nil
		}
		if err != nil {
			return err
		}
		if at, err = unix.Seek(int(f.Fd()), from, unix.SEEK_HOLE); err != nil {
			return err
		}
		if err := clean(f, d.pages[name], from/pageSize*pageSize, at); err != nil {
			return err
		}
	}
}

// clean takes down the clean pages between from and to.
func clean(f *os.File, pages map[int64][]byte, from, to int64) error {
	dirty, err := dirtyPages(f, from, to)
	if err != nil {
		return err
	}
	if dirty > 0 && to-from > pageSize {
		middle := from + max(1, (to-from)/2/pageSize)*pageSize
		return errors.Join(clean(f, pages, from, middle), clean(f, pages, middle, to))
	}
	if dirty > 0 {
		return nil
	}
	for at := from; at < to; at += pageSize {
		page := make([]byte, pageSize)
		n, err := f.ReadAt(page, at)
		if n == 0 && errors.Is(err, io.EOF) { // it was cut short meanwhile
			return nil
		}
		if n == 0 {
			return err
		}
		pages[at] = page[:n]
	}
	return nil
}

func dirtyPages(f *os.File, from, to int64) (uint64, error) {
	var stat unix.Cachestat_t
	err := unix.Cachestat(uint(f.Fd()), &unix.CachestatRange{Off: uint64(from), Len: uint64(to - from)}, &stat, 0)
	if errors.Is(err, unix.ENOSYS) || errors.Is(err, unix.EOPNOTSUPP) {
		return 0, nil
	}
	return stat.Dirty + stat.Writeback, err
}

// Cut makes in the folder to, which must not exist, what a power cut now would
// leave, all of it on the disk, and returns the disk under to. It looks once more
// before, and repeats where files come and go meanwhile. Nobody may write to the
// files.
func (d *Disk) Cut(to string) (*Disk, error) {
	for range 100 {
		before, err := d.listing()
		if err != nil {
			return nil, err
		}
		left := New(to)
		err = errors.Join(d.Look(), d.cut(left))
		after, err2 := d.listing()
		if err2 == nil && before == after {
			return left, err
		}
		if err := errors.Join(err2, os.RemoveAll(to)); err != nil {
			return nil, err
		}
		time.Sleep(5 * time.Millisecond)
	}
	return nil, fmt.Errorf("files come and go all the time in %s: nobody may use it meanwhile", d.dir)
}

func (d *Disk) cut(left *Disk) error {
	return d.files(func(name string, info fs.FileInfo) error {
		path := filepath.Join(left.dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		f, err := os.Create(path)
		if err != nil {
			return err
		}
		for at, page := range d.pages[name] {
			if _, err := f.WriteAt(page, at); err != nil {
				return errors.Join(err, f.Close())
			}
		}
		left.pages[name] = maps.Clone(d.pages[name])
		return errors.Join(f.Truncate(info.Size()), f.Sync(), f.Close())
	})
}

func (d *Disk) listing() (string, error) {
	var b strings.Builder
	err := d.files(func(name string, info fs.FileInfo) error {
		fmt.Fprintln(&b, name, info.Size())
		return nil
	})
	return b.String(), err
}
