package badgerlog

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"time"

	"hashiya/server/log"
)

// A stored record, integers big-endian:
//
//	version 1 byte, CRC32C 4 bytes over all that follows, position 8 bytes,
//	time 8 bytes (Unix nanoseconds), length of kind 1 byte, kind,
//	length of actor 1 byte, actor, data to the end
const (
	recordVersion = 1
	crcAt         = 1
	posAt         = crcAt + 4
	timeAt        = posAt + 8
	kindAt        = timeAt + 8
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// encode copies r; seal completes it.
func encode(r log.Record) []byte {
	b := make([]byte, kindAt, kindAt+2+len(r.Kind)+len(r.Actor)+len(r.Data))
	b[0] = recordVersion
	b = append(append(b, byte(len(r.Kind))), r.Kind...)
	b = append(append(b, byte(len(r.Actor))), r.Actor...)
	return append(b, r.Data...)
}

func seal(b []byte, pos log.Pos, now time.Time) {
	binary.BigEndian.PutUint64(b[posAt:], uint64(pos))
	binary.BigEndian.PutUint64(b[timeAt:], uint64(now.UnixNano()))
	binary.BigEndian.PutUint32(b[crcAt:], crc32.Checksum(b[posAt:], castagnoli))
}

// decode checks b and returns an entry whose Data is a part of b.
func decode(pos log.Pos, b []byte) (log.Entry, error) {
	damaged := func(what string) (log.Entry, error) {
		return log.Entry{}, fmt.Errorf("%w: record %d %s. %s", log.ErrDamaged, pos, what, remedy)
	}
	if len(b) < kindAt+2 {
		return damaged(fmt.Sprintf("has only %d bytes", len(b)))
	}
	if b[0] != recordVersion {
		return damaged(fmt.Sprintf("has the unknown version %d", b[0]))
	}
	if binary.BigEndian.Uint32(b[crcAt:]) != crc32.Checksum(b[posAt:], castagnoli) {
		return damaged("fails its checksum")
	}
	if at := binary.BigEndian.Uint64(b[posAt:]); at != uint64(pos) {
		return damaged(fmt.Sprintf("says that it is record %d", at))
	}
	e := log.Entry{Pos: pos, Time: time.Unix(0, int64(binary.BigEndian.Uint64(b[timeAt:]))).UTC()}
	rest := b[kindAt:]
	for _, field := range []*string{&e.Kind, &e.Actor} {
		if len(rest) == 0 || len(rest) < 1+int(rest[0]) {
			return damaged("ends inside a field")
		}
		*field, rest = string(rest[1:1+rest[0]]), rest[1+int(rest[0]):]
	}
	if len(rest) > 0 {
		e.Data = rest
	}
	return e, nil
}

// state is what the log amounts to up to and including pos.
type state struct {
	pos    log.Pos
	bytes  uint64 // of the stored records
	digest digest
}

// digest n is SHA-256(digest n-1 ‖ stored record n); digest 0 is all zero.
type digest [sha256.Size]byte

func (s state) add(record []byte) state {
	h := sha256.New()
	h.Write(s.digest[:])
	h.Write(record)
	next := state{pos: s.pos + 1, bytes: s.bytes + uint64(len(record))}
	h.Sum(next.digest[:0])
	return next
}
