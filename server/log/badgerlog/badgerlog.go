// Package badgerlog is the log.Log on Badger, with the view in the same
// transactions.
//
// The folder holds badger/ (the database), head (the witness, see witness) and
// format (a number). What is verified when is told at Open and Log.Check.
package badgerlog

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"github.com/dgraph-io/badger/v4"

	"hashiya/server/kv"
	"hashiya/server/kv/badgerkv"
	"hashiya/server/log"
	"hashiya/server/log/internal/tail"
)

// Log is safe for concurrent use.
type Log struct {
	options         Options
	checkpointEvery uint64
	db              *badger.DB
	commit          func(*badger.Txn) error
	witness         *witness
	identity        [16]byte
	head            state // of the committer
	queue           *queue
	committer       sync.WaitGroup
	tail            *tail.Tail
	gate            gate
	closing         sync.Once
	closeErr        error

	mu     sync.Mutex
	reason error // why the log failed
	failed chan error
	sides  map[string]kv.Store
}

var _ log.Log = (*Log)(nil)

// Open opens the log in a folder, or makes a new one there, and verifies what
// may have been lost since it was last closed: checksums, positions without
// gaps, and the chain of digests from the last safe checkpoint to the end,
// which must reach the record that the file head saw; and all of Badger's
// tables. (Old records and values in the value logs, which only a failing disk
// can change, are verified whenever they are read, and all of them by Check.)
//
// Its errors wrap log.ErrDamaged, log.ErrInUse, log.ErrFormat or
// log.ErrDiskReserve, or are those of the file system.
func Open(options Options) (*Log, error) {
	options.setDefaults()
	l := &Log{
		options:         options,
		checkpointEvery: checkpointStep,
		commit:          (*badger.Txn).Commit,
		queue:           newQueue(),
		failed:          make(chan error, 1),
		sides:           map[string]kv.Store{},
	}
	if err := os.MkdirAll(options.Dir, 0o700); err != nil {
		return nil, unwritable(options.Dir, err)
	}
	// Below the reserve a log can still be opened to be read, but Badger then
	// moves what a crash left in its write-ahead logs into tables.
	if err := l.checkFree(min(options.ReserveBytes, 2*unflushedBytes), 0, "Free some space on that disk and start hashiya again"); err != nil {
		return nil, err
	}
	witness, known, err := openWitness(filepath.Join(options.Dir, "head"))
	if err != nil {
		return nil, unwritable(options.Dir, err)
	}
	l.witness = witness
	if err := l.open(known); err != nil {
		return nil, errors.Join(err, witness.close())
	}
	l.tail = tail.New(l.head.pos)
	l.committer.Go(l.commitAll)
	return l, nil
}

func (l *Log) open(known bool) error {
	dir := l.options.Dir
	if err := checkFormat(dir, known); err != nil {
		return err
	}
	if err := verifyTables(context.Background(), filepath.Join(dir, "badger")); err != nil {
		return fmt.Errorf("%w: %w. %s", log.ErrDamaged, err, remedy)
	}
	logger := &quietLogger{to: l.options.Logger, fail: l.fail}
	db, err := badger.Open(badgerOptions(dir, logger))
	trouble := logger.doneOpening()
	if err != nil && strings.Contains(err.Error(), "Cannot acquire directory lock") {
		return inUse(filepath.Join(dir, "badger"))
	}
	if err != nil {
		return fmt.Errorf("%w: Badger cannot open %s: %w. %s", log.ErrDamaged, filepath.Join(dir, "badger"), err, remedy)
	}
	l.db = db
	if len(trouble) > 0 {
		err = fmt.Errorf("%w: Badger reports while opening %s: %s. %s", log.ErrDamaged, filepath.Join(dir, "badger"), strings.Join(trouble, "; "), remedy)
	} else {
		err = l.load(known)
	}
	if err != nil {
		return errors.Join(err, db.Close())
	}
	return nil
}

// Format is the number of the form in which this version keeps a data folder.
// Folders of a greater one are refused.
const Format = 1

func checkFormat(dir string, known bool) error {
	path := filepath.Join(dir, "format")
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Stat(filepath.Join(dir, "badger")); known || err == nil {
			return fmt.Errorf("%w: %s is missing from a folder that has a log. %s", log.ErrDamaged, path, remedy)
		}
		return writeFile(path, fmt.Appendln(nil, Format))
	}
	if err != nil {
		return err
	}
	number, err := strconv.Atoi(strings.TrimSpace(string(content)))
	switch {
	case err != nil || number < 1:
		return fmt.Errorf("%w: %s holds %q, which is no format number. %s", log.ErrFormat, path, bytes.TrimSpace(content), remedy)
	case number > Format:
		return fmt.Errorf("%w: %s has format %d, this hashiya knows up to %d. Use the newer hashiya that wrote it", log.ErrFormat, dir, number, Format)
	}
	return nil
}

// writeFile writes the file whole and durably, or not at all.
func writeFile(path string, content []byte) error {
	fresh := path + ".new"
	file, err := os.OpenFile(fresh, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	if err := os.Rename(fresh, path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// load reads the identity and the end of the log and holds both against the
// witness, or makes a new identity in an empty folder.
func (l *Log) load(known bool) error {
	var stored []byte
	err := l.db.View(func(txn *badger.Txn) error {
		var err error
		if stored, err = get(txn, identityKey); err != nil || stored == nil {
			return err
		}
		l.head, err = verify(txn, l.witness.seen)
		return err
	})
	path := l.witness.file.Name()
	switch {
	case err != nil && !errors.Is(err, log.ErrDamaged):
		return fmt.Errorf("%w: Badger cannot read %s: %w. %s", log.ErrDamaged, filepath.Join(l.options.Dir, "badger"), err, remedy)
	case err != nil:
		return err
	case known && !bytes.Equal(stored, l.witness.seen.identity[:]):
		return fmt.Errorf("%w: %s belongs to a log of which nothing is left in badger/, or to another one. %s", log.ErrDamaged, path, remedy)
	case known:
		copy(l.identity[:], stored)
		return nil
	case l.head.pos > 0:
		return fmt.Errorf("%w: %s is missing or unreadable, so nobody can tell whether the %d records are all. %s", log.ErrDamaged, path, l.head.pos, remedy)
	case stored != nil:
		copy(l.identity[:], stored) // stopped right after the first start
	default:
		rand.Read(l.identity[:]) // never fails, see crypto/rand
		err := l.db.Update(func(txn *badger.Txn) error { return txn.Set(identityKey, l.identity[:]) })
		if err != nil {
			return err
		}
	}
	if err := l.witness.write(l.testimony(false)); err != nil {
		return err
	}
	return errors.Join(l.witness.sync(), syncDir(l.options.Dir))
}

func (l *Log) testimony(clean bool) testimony {
	return testimony{identity: l.identity, pos: l.head.pos, digest: l.head.digest, clean: clean}
}

// Append implements log.Log. It also returns errors that wrap
// log.ErrDiskReserve.
func (l *Log) Append(ctx context.Context, records ...log.Record) (log.Pos, error) {
	if err := errors.Join(log.Check(records), ctx.Err()); err != nil {
		return 0, err
	}
	w := &waiting{records: make([][]byte, len(records)), done: make(chan answer, 1)}
	for i, r := range records {
		w.records[i] = encode(r)
		w.bytes += len(w.records[i])
	}
	if !l.queue.push(w) {
		return 0, log.ErrClosed
	}
	select {
	case a := <-w.done:
		return a.last, a.err
	case <-ctx.Done():
		return 0, fmt.Errorf("log: append left before its answer, the records may be committed or not: %w", ctx.Err())
	}
}

// Follow implements log.Log.
func (l *Log) Follow(ctx context.Context, after log.Pos, apply func([]log.Entry) error) error {
	return l.tail.Follow(ctx, after, l.read, apply)
}

// read returns a batch of entries with Data of its own, so that no transaction
// is open while a follower works on it.
func (l *Log) read(after, upTo log.Pos) (entries []log.Entry, err error) {
	err = l.viewTxn(func(txn *badger.Txn) error {
		size := 0
		return ascend(txn, after, func(pos log.Pos, record []byte) (bool, error) {
			entry, err := decode(pos, bytes.Clone(record))
			if err != nil {
				return false, err
			}
			entries = append(entries, entry)
			size += len(record)
			return pos < upTo && len(entries) < maxBatchRecords && size < maxBatchBytes, nil
		})
	})
	if err == nil && len(entries) == 0 {
		err = fmt.Errorf("%w: record %d is missing. %s", log.ErrDamaged, after+1, remedy)
	}
	return entries, err
}

// Info implements log.Log.
func (l *Log) Info(context.Context) (identity string, first, last log.Pos, err error) {
	last = l.tail.Last()
	return hex.EncodeToString(l.identity[:]), min(1, last), last, nil
}

// Store is the view that Apply writes; its Update answers kv.ErrReadOnly. Use
// it for all that can be folded again from the log.
func (l *Log) Store() kv.Store {
	return kv.ReadOnly(badgerkv.New(guarded{l}, viewNamespace))
}

// Side is a store of its own in the same database, whose Update commits a
// synced transaction of its own. Use it only for what is not part of the log
// and may be lost with a restored backup, such as login sessions. name has no
// "/". Side stores are not covered by the verification of Open and Check.
func (l *Log) Side(name string) kv.Store {
	if name == "" || strings.Contains(name, "/") {
		panic(fmt.Sprintf("badgerlog: %q is no name for a side store", name))
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.sides[name] == nil {
		l.sides[name] = badgerkv.New(guarded{l}, sidePrefix+name+"/")
	}
	return l.sides[name]
}

// guarded is the database as the stores get it.
type guarded struct{ l *Log }

func (g guarded) View(fn func(*badger.Txn) error) error { return g.l.viewTxn(fn) }

func (g guarded) Update(fn func(*badger.Txn) error) error {
	l := g.l
	if err := l.failure(); err != nil {
		return err
	}
	if err := l.checkReserve(0); err != nil {
		return err
	}
	txn := l.db.NewTransaction(true)
	defer txn.Discard()
	if err := fn(txn); err != nil {
		return err
	}
	err := badgerkv.SizeError(l.commit(txn))
	if err != nil && !errors.Is(err, kv.ErrTooLarge) {
		return l.fail(fmt.Errorf("writing a side store: %w", err))
	}
	return errors.Join(err, l.failure())
}

func (l *Log) viewTxn(fn func(*badger.Txn) error) error {
	if err := l.gate.enter(); err != nil {
		return err
	}
	defer l.gate.leave()
	txn := l.db.NewTransaction(false)
	defer txn.Discard()
	return fn(txn)
}

// Failed delivers the reason, once, when the log could not be written. The
// process should report it and stop: what is on the disk is known only after
// opening again.
func (l *Log) Failed() <-chan error { return l.failed }

// fail stops all further writing and returns the error to answer with.
func (l *Log) fail(reason error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.reason == nil {
		l.reason = fmt.Errorf("%w: %w. Start hashiya again; it checks what is on the disk", log.ErrFailed, reason)
		l.failed <- l.reason
	}
	return l.reason
}

func (l *Log) failure() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.reason
}

// Close refuses new appends, finishes and answers those that wait, ends the
// followers, waits for readers, and closes the folder. It is idempotent. After
// a failure it returns the reason.
func (l *Log) Close() error {
	l.closing.Do(func() { l.closeErr = l.close() })
	return l.closeErr
}

func (l *Log) close() error {
	l.queue.close()
	l.committer.Wait()
	l.tail.Close()
	l.gate.close()
	err := l.failure()
	if err == nil && l.head.pos > 0 && l.checkReserve(0) == nil {
		err = l.db.Update(func(txn *badger.Txn) error {
			return txn.Set(positionKey(checkpointPrefix, l.head.pos), l.head.checkpoint())
		})
	}
	err = errors.Join(err, l.db.Close())
	if err == nil {
		err = l.failure() // of the last flush
	}
	if err == nil {
		err = errors.Join(l.witness.write(l.testimony(true)), l.witness.sync())
	}
	return errors.Join(err, l.witness.close())
}
