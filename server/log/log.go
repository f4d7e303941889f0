// Package log is the log that everything else is folded from: numbered,
// durable records in one order. It is also the seam behind which the engine
// can change; nothing outside may assume that the log and a view of it are
// one database.
package log

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Pos is the place of a record in the log: the first is 1, and there are no
// gaps. 0 means before the first.
type Pos uint64

// Record is what is appended.
type Record struct {
	Kind  string          `json:"kind"`           // what Data is; 1 to MaxNameBytes bytes
	Actor string          `json:"actor"`          // who, from the login; at most MaxNameBytes bytes
	Data  json.RawMessage `json:"data,omitempty"` // valid JSON, or nothing
}

// Entry is a record that the log has taken.
type Entry struct {
	Pos  Pos       `json:"pos"`
	Time time.Time `json:"time"` // the server's clock, UTC; it may step back
	Record
}

// Log is an append-only log.
type Log interface {
	// Append adds records and returns the position of the last one. nil means
	// that all of them are durable and ordered, with contiguous positions; an
	// error other than that of ctx means that none of them is in the log, or,
	// after the log itself failed, that nobody can know until it is opened
	// again. When ctx ends first, the outcome is unknown: the records may
	// still be committed. Append is not idempotent: whoever repeats one must
	// recognise its own records while they are applied.
	//
	// One record is the simple case. More than one go in together or not at
	// all. Up to 512 records of up to 1 MiB together fit, as does one record
	// of MaxAppendBytes, when the view writes about as much again for them.
	// Larger ones may be refused with ErrTooLarge.
	Append(ctx context.Context, records ...Record) (last Pos, err error)

	// Follow calls apply with the entries behind after, in order and without
	// gaps, first those that are there and then each new one, until ctx ends
	// (it returns ctx's error), apply fails (it returns that error as it is),
	// or the log is closed (ErrClosed). A slow follower holds up nobody. The
	// entries are apply's to keep, not to change. after beyond the end of the
	// log is ErrAhead.
	Follow(ctx context.Context, after Pos, apply func([]Entry) error) error

	// Info returns the identity given to the log when it was made, and the
	// first and last position; both are 0 while it is empty.
	Info(ctx context.Context) (identity string, first, last Pos, err error)
}

const (
	// MaxAppendBytes bounds Kind, Actor and Data of all records of one
	// Append, in bytes. An article of 8 MiB of text fits.
	MaxAppendBytes = 16 << 20
	// MaxNameBytes bounds Kind and Actor, each, in bytes.
	MaxNameBytes = 255
)

var (
	// ErrInvalid is wrapped when a record can never be appended.
	ErrInvalid = errors.New("log: invalid record")
	// ErrTooLarge is wrapped when one Append does not fit in a transaction
	// with what is derived from it. None of it was taken; split it.
	ErrTooLarge = errors.New("log: too much for one append")
	// ErrClosed is returned once the log is closed.
	ErrClosed = errors.New("log: closed")
	// ErrFailed is wrapped by every Append after the log could not be
	// written. Reading goes on; the process should stop.
	ErrFailed = errors.New("log: stopped after a failure")
	// ErrAhead is wrapped when a follower knows of entries that the log does
	// not have: it belongs to another log, or the log is an older backup.
	ErrAhead = errors.New("log: position is beyond the end of the log")
	// ErrDiskReserve is wrapped when the disk is too full to write safely.
	// Nothing was taken, reading goes on, and it passes once there is space.
	ErrDiskReserve = errors.New("log: too little disk space is left")
	// ErrDamaged is wrapped when the stored log does not add up.
	ErrDamaged = errors.New("log: damaged")
	// ErrInUse is wrapped when another process has the log open.
	ErrInUse = errors.New("log: in use by another process")
	// ErrFormat is wrapped when the stored log is of a format that this
	// version does not know.
	ErrFormat = errors.New("log: unknown format")
)

// Check returns an error that wraps ErrInvalid or ErrTooLarge unless records
// can be appended together.
func Check(records []Record) error {
	if len(records) == 0 {
		return fmt.Errorf("%w: an append needs at least one", ErrInvalid)
	}
	size := 0
	for i, r := range records {
		switch {
		case r.Kind == "" || len(r.Kind) > MaxNameBytes:
			return fmt.Errorf("%w %d of %d: kind has %d bytes, it needs 1 to %d", ErrInvalid, i+1, len(records), len(r.Kind), MaxNameBytes)
		case len(r.Actor) > MaxNameBytes:
			return fmt.Errorf("%w %d of %d: actor has %d bytes, the most is %d", ErrInvalid, i+1, len(records), len(r.Actor), MaxNameBytes)
		case len(r.Data) > 0 && !json.Valid(r.Data):
			return fmt.Errorf("%w %d of %d: data of kind %q is not JSON", ErrInvalid, i+1, len(records), r.Kind)
		}
		size += len(r.Kind) + len(r.Actor) + len(r.Data)
	}
	if size > MaxAppendBytes {
		return fmt.Errorf("%w: %d records of %d bytes together, the most is %d bytes; append them in parts", ErrTooLarge, len(records), size, MaxAppendBytes)
	}
	return nil
}
