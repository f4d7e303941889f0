package badgerlog

import (
	"fmt"
	"log/slog"
	"strings"
	"sync"
)

// quietLogger passes Badger's messages on, and catches the errors that Badger
// 4.9.6 only logs although data is at stake.
type quietLogger struct {
	to   *slog.Logger
	fail func(error) error

	mu      sync.Mutex
	opening []string // errors while opening
	opened  bool
}

// writeFailures are the beginnings of messages about data that did not reach
// the disk, which Commit does not return.
var writeFailures = []string{
	"Error while curlf sync",
	"error flushing memtable to disk",
	"While trying to flush memtable",
}

func (q *quietLogger) Errorf(format string, args ...any) {
	message := strings.TrimSpace(fmt.Sprintf(format, args...))
	q.to.Error("badger: " + message)
	q.mu.Lock()
	opened := q.opened
	if !opened {
		q.opening = append(q.opening, message)
	}
	q.mu.Unlock()
	for _, beginning := range writeFailures {
		if opened && strings.HasPrefix(message, beginning) {
			_ = q.fail(fmt.Errorf("badger: %s", message))
		}
	}
}

// doneOpening returns what went wrong since the start, such as a table that
// Badger left out because its checksum is wrong.
func (q *quietLogger) doneOpening() []string {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.opened = true
	return q.opening
}

func (q *quietLogger) Warningf(format string, args ...any) {
	q.to.Warn("badger: " + strings.TrimSpace(fmt.Sprintf(format, args...)))
}

func (q *quietLogger) Infof(format string, args ...any) {
	q.to.Debug("badger: " + strings.TrimSpace(fmt.Sprintf(format, args...)))
}

func (q *quietLogger) Debugf(string, ...any) {}
