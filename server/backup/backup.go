// Package backup writes the log into files and makes a data folder out of such
// files again.
//
// A backup holds the records of the log, each as it was appended, with its
// position and time, and nothing else. Projects, articles, layers, accounts,
// schemes, passwords, links and tokens are records (the last three as hashes),
// and the view is folded from the records again. What a backup leaves out, and
// a restored folder starts without:
//
//   - login sessions: people sign in again. A backup that somebody finds opens
//     no session;
//   - the log's identity: a restored log gets one of its own, by which devices
//     tell that they have to look what it lacks (see record.KindRestored);
//   - what was done after the backup: a link used since then can be used once
//     more until it is a day old, and a password changed since then is the old
//     one again.
//
// A backup is as secret as the data folder: it holds the texts, and hashes of
// passwords.
//
// A full backup is all of the log up to a position. An increment is what came
// after another backup, which it names by that file's SHA-256; so a chain can
// only be restored whole and in order.
package backup

import (
	"errors"
	"time"

	"hashiya/server/log"
)

var (
	// ErrDamaged is wrapped when a file is not what was written.
	ErrDamaged = errors.New("backup: damaged")
	// ErrFormat is wrapped when a file is no backup, or one of a newer format.
	ErrFormat = errors.New("backup: unknown format")
	// ErrChain is wrapped when files do not continue each other, or the log
	// does not continue a file.
	ErrChain = errors.New("backup: not a whole chain")
)

// Header is how a file begins.
type Header struct {
	Made    time.Time `json:"made"`
	Hashiya string    `json:"hashiya"` // the version that made it
	Log     string    `json:"log"`     // identity of the log
	After   log.Pos   `json:"after"`   // the records behind this position…
	Last    log.Pos   `json:"last"`    // …up to and including this one are in the file
	// Tip is the SHA-256 of the frame of the record at After, in hex; "" for 0.
	Tip string `json:"tip,omitempty"`
	// Continues is the SHA-256 of the backup that ends at After, in hex; "" in
	// a full backup.
	Continues string `json:"continues,omitempty"`
}

// Summary is a whole file that was read or written.
type Summary struct {
	Header
	End    string // the SHA-256 of the frame of the record at Last, in hex; "" for 0
	SHA256 string // of the file without its last 32 bytes, which are this, in hex
	Bytes  int64  // of the file
}

// Since is where an increment begins: the end of another backup.
type Since struct {
	Log    string
	Last   log.Pos
	End    string
	SHA256 string
}

// Since returns where the backup ends.
func (s Summary) Since() Since { return Since{s.Log, s.Last, s.End, s.SHA256} }
