package backup

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"time"

	"hashiya/server/log"
)

// A file, integers big-endian where they are not varints:
//
//	magic, one line
//	Header as JSON, one line
//	for each record: the length of its frame as an unsigned varint, the frame
//	a zero byte
//	SHA-256 of all before it, 32 bytes
//
// A frame: position 8 bytes, time 8 bytes (Unix nanoseconds), length of kind
// 1 byte, kind, length of actor 1 byte, actor, data to the end.
const (
	magicPrefix = "hashiya backup "
	// Format is the number of the form in which this version writes backups.
	// Files of a greater one are refused.
	Format = 1

	frameHead = 8 + 8 + 1 + 1
	// maxFrame is more than any record has, in bytes.
	maxFrame = log.MaxAppendBytes + frameHead + 2*log.MaxNameBytes
	// maxLine is more than a line at the beginning has, in bytes.
	maxLine = 4096
)

func encode(e *log.Entry) []byte {
	b := make([]byte, 0, frameHead+len(e.Kind)+len(e.Actor)+len(e.Data))
	b = binary.BigEndian.AppendUint64(b, uint64(e.Pos))
	b = binary.BigEndian.AppendUint64(b, uint64(e.Time.UnixNano()))
	b = append(append(b, byte(len(e.Kind))), e.Kind...)
	b = append(append(b, byte(len(e.Actor))), e.Actor...)
	return append(b, e.Data...)
}

func decode(b []byte) (e log.Entry, err error) {
	if len(b) < frameHead {
		return e, errors.New("a record is too short")
	}
	e.Pos = log.Pos(binary.BigEndian.Uint64(b))
	e.Time = time.Unix(0, int64(binary.BigEndian.Uint64(b[8:]))).UTC()
	rest := b[16:]
	for _, field := range []*string{&e.Kind, &e.Actor} {
		if len(rest) == 0 || len(rest) < 1+int(rest[0]) {
			return e, errors.New("a record ends inside a field")
		}
		*field, rest = string(rest[1:1+rest[0]]), rest[1+int(rest[0]):]
	}
	if len(rest) > 0 {
		e.Data = rest
	}
	return e, log.Check([]log.Record{e.Record})
}

func hash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
