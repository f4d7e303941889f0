package backup

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	stdhash "hash"
	"io"
	"os"
	"strconv"
	"strings"

	"hashiya/server/log"
)

// Read reads one file from its beginning to its end and verifies all of it; fn,
// which may be nil, gets every record in order, before it is known whether the
// file is whole. The error of fn is returned as it is.
func Read(path string, fn func(log.Entry) error) (Summary, error) {
	f, err := os.Open(path)
	if err != nil {
		return Summary{}, err
	}
	defer f.Close()
	r := &reader{path: path, in: bufio.NewReaderSize(f, 1<<16), sum: sha256.New()}
	s, err := r.header()
	if err != nil {
		return Summary{}, err
	}
	s.End = s.Tip
	for next := s.After + 1; ; next++ {
		frame, err := r.frame()
		if err != nil {
			return Summary{}, err
		}
		if frame == nil && next != s.Last+1 {
			return Summary{}, r.damaged("it ends at record %d of %d", next-1, s.Last)
		}
		if frame == nil {
			break
		}
		e, err := decode(frame)
		if err != nil {
			return Summary{}, r.damaged("%v", err)
		}
		if e.Pos != next {
			return Summary{}, r.damaged("record %d stands where record %d should", e.Pos, next)
		}
		s.End = hash(frame)
		if fn != nil {
			if err := fn(e); err != nil {
				return Summary{}, err
			}
		}
	}
	want := r.sum.Sum(nil)
	var has [sha256.Size]byte
	if _, err := io.ReadFull(r.in, has[:]); err != nil {
		return Summary{}, r.cut(err)
	}
	if !bytes.Equal(want, has[:]) {
		return Summary{}, r.damaged("its SHA-256 is %x, and it was written with %x", want, has)
	}
	if _, err := r.in.ReadByte(); err != io.EOF {
		return Summary{}, r.damaged("something follows its end")
	}
	s.SHA256, s.Bytes = hex.EncodeToString(want), r.at+sha256.Size
	return s, nil
}

// reader hashes what it reads.
type reader struct {
	path string
	in   *bufio.Reader
	sum  stdhash.Hash
	at   int64
}

const another = "Use another copy of it, or an older backup"

func (r *reader) damaged(what string, args ...any) error {
	return fmt.Errorf("%w: %s at byte %d: %s. %s", ErrDamaged, r.path, r.at, fmt.Sprintf(what, args...), another)
}

// cut explains an error of reading.
func (r *reader) cut(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return r.damaged("it is cut off")
	}
	return fmt.Errorf("reading %s: %w", r.path, err)
}

func (r *reader) take(b []byte) {
	r.sum.Write(b)
	r.at += int64(len(b))
}

// ReadByte makes a reader an io.ByteReader, for varints.
func (r *reader) ReadByte() (byte, error) {
	b, err := r.in.ReadByte()
	if err == nil {
		r.take([]byte{b})
	}
	return b, err
}

// line returns the next line without its end.
func (r *reader) line() (string, error) {
	var line []byte
	for len(line) < maxLine {
		b, err := r.ReadByte()
		if err != nil {
			return "", r.cut(err)
		}
		if b == '\n' {
			return string(line), nil
		}
		line = append(line, b)
	}
	return "", r.damaged("a line has no end")
}

func (r *reader) header() (s Summary, err error) {
	// A file of another kind is not read in search of a line's end.
	if begin, _ := r.in.Peek(len(magicPrefix)); string(begin) != magicPrefix {
		return s, fmt.Errorf("%w: %s does not begin as a backup of Hashiya does. Name a file that `hashiya backup` made, or another copy of it", ErrFormat, r.path)
	}
	line, err := r.line()
	if err != nil {
		return s, err
	}
	number, err := strconv.Atoi(strings.TrimPrefix(line, magicPrefix))
	if err != nil || number < 1 {
		return s, r.damaged("%q is no format", line)
	}
	if number > Format {
		return s, fmt.Errorf("%w: %s has format %d, this hashiya knows up to %d. Use the newer hashiya that wrote it", ErrFormat, r.path, number, Format)
	}
	if line, err = r.line(); err != nil {
		return s, err
	}
	if err := json.Unmarshal([]byte(line), &s.Header); err != nil {
		return s, r.damaged("its header can't be read: %v", err)
	}
	if s.After > s.Last || (s.After == 0) != (s.Tip == "") || s.After > 0 && s.Continues == "" {
		return s, r.damaged("its header contradicts itself")
	}
	return s, nil
}

// frame returns the next frame, which is the caller's to keep; nil at the end.
func (r *reader) frame() ([]byte, error) {
	n, err := binary.ReadUvarint(r)
	if err != nil {
		return nil, r.cut(err)
	}
	if n > maxFrame {
		return nil, r.damaged("a record of %d bytes is too long", n)
	}
	if n == 0 {
		return nil, nil
	}
	b := make([]byte, n)
	if _, err := io.ReadFull(r.in, b); err != nil {
		return nil, r.cut(err)
	}
	r.take(b)
	return b, nil
}

// Verify reads all of the files, a full backup and the increments that
// continue it in the order in which they were made, and returns what they are.
// Its error wraps ErrDamaged, ErrFormat or ErrChain, or is of the file system.
func Verify(paths []string) ([]Summary, error) { return readChain(paths, nil) }

func readChain(paths []string, fn func(log.Entry) error) ([]Summary, error) {
	const order = "Name the full backup and all increments up to the last one, in the order in which they were made"
	var all []Summary
	for i, path := range paths {
		s, err := Read(path, fn)
		if err != nil {
			return nil, err
		}
		switch {
		case i == 0 && s.Continues != "":
			return nil, fmt.Errorf("%w: %s is an increment behind record %d, not a full backup. %s", ErrChain, path, s.After, order)
		case i > 0 && s.Continues == "":
			return nil, fmt.Errorf("%w: %s is a full backup, and stands behind %s. %s", ErrChain, path, paths[i-1], order)
		case i > 0 && (s.Continues != all[i-1].SHA256 || s.After != all[i-1].Last || s.Log != all[i-1].Log):
			return nil, fmt.Errorf("%w: %s does not continue %s, which ends at record %d: one between them is missing, or the order is wrong. %s", ErrChain, path, paths[i-1], all[i-1].Last, order)
		}
		all = append(all, s)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%w: no file was named. %s", ErrChain, order)
	}
	return all, nil
}
