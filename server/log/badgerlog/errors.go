package badgerlog

import (
	"errors"
	"fmt"
	"io/fs"

	"golang.org/x/sys/unix"

	"hashiya/server/log"
)

// What to do next. docs/damage.md lists what leads to which.
const (
	remedy       = "Keep a copy of the folder as it is, restore the newest backup into another folder with `hashiya restore`, and serve that one"
	remedyOfView = "The log itself is whole, and all else is folded from it: make a backup now with `hashiya backup`, restore it into another folder with `hashiya restore`, and serve that one"
)

func inUse(path string) error {
	return fmt.Errorf("%w: %s is locked. Stop the other hashiya that uses this folder, or choose another folder with --data", log.ErrInUse, path)
}

// unwritable explains err where it says that dir can't be written, and leaves
// other errors alone.
func unwritable(dir string, err error) error {
	switch {
	case errors.Is(err, unix.EROFS):
		return fmt.Errorf("%s is on a disk that can only be read: %w. A disk that failed is often made so, and the system's log says why: make it writable again, or copy the folder to another disk, and name that copy with --data", dir, err)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s can't be written: %w. Run hashiya as the user whom the folder belongs to, or give it the folder", dir, err)
	}
	return err
}
