package badgerlog

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"os"

	"golang.org/x/sys/unix"

	"hashiya/server/log"
)

// witness is the file "head" beside the database. It says up to where the log
// was committed and with which digest, and so finds a suffix that Badger lost
// without noticing. After kill -9 it is at most one commit behind; after a
// power cut it may be older than the log, never newer, because it is written
// after the synced commit. It is also what locks the folder.
type witness struct {
	file *os.File
	seq  uint64
	seen testimony
}

// testimony is what a slot holds.
type testimony struct {
	identity [16]byte
	pos      log.Pos
	digest   digest
	// clean: written after Badger had closed without an error, so that all
	// of the log is in its tables.
	clean bool
}

// Two slots, each within a disk sector of its own, are written in turn, so
// that a torn write leaves the other one.
const (
	slotSpacing = 4096
	slotBytes   = 8 + 16 + 8 + 32 + 1 + 4
)

// openWitness opens or creates and locks the file. known is false when no slot
// holds anything.
func openWitness(path string) (w *witness, known bool, err error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, false, err
	}
	if err := unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		err = fmt.Errorf("cannot lock %s: %w", path, err)
		if errors.Is(err, unix.EWOULDBLOCK) {
			err = inUse(path)
		}
		return nil, false, errors.Join(err, file.Close())
	}
	w = &witness{file: file}
	for slot := range int64(2) {
		var b [slotBytes]byte
		if n, _ := file.ReadAt(b[:], slot*slotSpacing); n < slotBytes {
			continue
		}
		body := b[:slotBytes-4]
		seq := binary.BigEndian.Uint64(body)
		if binary.BigEndian.Uint32(b[slotBytes-4:]) != crc32.Checksum(body, castagnoli) || seq <= w.seq {
			continue
		}
		known, w.seq = true, seq
		copy(w.seen.identity[:], body[8:])
		w.seen.pos = log.Pos(binary.BigEndian.Uint64(body[24:]))
		copy(w.seen.digest[:], body[32:])
		w.seen.clean = body[64] == 1
	}
	return w, known, nil
}

func (w *witness) write(t testimony) error {
	w.seq++
	b := binary.BigEndian.AppendUint64(make([]byte, 0, slotBytes), w.seq)
	b = append(b, t.identity[:]...)
	b = binary.BigEndian.AppendUint64(b, uint64(t.pos))
	b = append(b, t.digest[:]...)
	if t.clean {
		b = append(b, 1)
	} else {
		b = append(b, 0)
	}
	b = binary.BigEndian.AppendUint32(b, crc32.Checksum(b, castagnoli))
	if _, err := w.file.WriteAt(b, int64(w.seq%2)*slotSpacing); err != nil {
		return fmt.Errorf("writing %s: %w", w.file.Name(), err)
	}
	w.seen = t
	return nil
}

func (w *witness) sync() error { return w.file.Sync() }

// close also unlocks.
func (w *witness) close() error { return w.file.Close() }
