package badgerlog

import (
	"hashiya/server/kv"
	"hashiya/server/kv/badgerkv"
)

// Replay is the view's store, writable: for a program that folds the view in
// another way than the one that wrote it, and so folds the log again. It must
// have caught up with the log before the first Append, which sees only new
// entries.
func (l *Log) Replay() kv.Store { return badgerkv.New(guarded{l}, viewNamespace) }
