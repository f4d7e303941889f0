package badgerlog

import (
	"fmt"

	"hashiya/server/log"
)

const remedy = "Nothing is written to this folder any more. Keep a copy of it, run `hashiya check`, and restore the newest backup"

func inUse(path string) error {
	return fmt.Errorf("%w: %s is locked. Stop the other hashiya that uses this folder, or choose another folder with --data", log.ErrInUse, path)
}
