package main

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// maxGap is how many zero bytes between two data segments are written out instead of
// starting a segment anew. Go's linker starts one after every eight, which makes
// 100,000 of them, most in the table that finds a function by its address. That table
// repeats itself and so compresses to little, but the offset in each segment's header
// is different and does not.
const maxGap = 256

const dataSection = 11

var errNotWasm = errors.New("not a WebAssembly module whose data segments are active and do not overlap, as Go's linker writes it")

// mergeSegments returns the module with neighbouring data segments joined. Memory
// starts out as zeros, so it holds the same when the module starts. Everything else
// stays byte for byte. Format: https://webassembly.github.io/spec/core/binary/modules.html
func mergeSegments(module []byte) ([]byte, error) {
	const header = "\x00asm\x01\x00\x00\x00"
	if len(module) < len(header) || string(module[:len(header)]) != header {
		return nil, errNotWasm
	}
	out := append(make([]byte, 0, len(module)), header...)
	for r := (reader{rest: module[len(header):]}); len(r.rest) > 0; {
		section := r.rest
		id := r.byte()
		body := r.bytes()
		if r.failed {
			return nil, errNotWasm
		}
		if id != dataSection {
			out = append(out, section[:len(section)-len(r.rest)]...)
			continue
		}
		segments, err := readSegments(body)
		if err != nil {
			return nil, err
		}
		body = appendSegments(nil, merge(segments))
		out = append(binary.AppendUvarint(append(out, dataSection), uint64(len(body))), body...)
	}
	return out, nil
}

// segment is what a module puts into its memory at an offset.
type segment struct {
	offset uint64
	data   []byte
}

func (s segment) end() uint64 { return s.offset + uint64(len(s.data)) }

func merge(segments []segment) []segment {
	var merged []segment
	for _, s := range segments {
		if n := len(merged); n > 0 && s.offset-merged[n-1].end() <= maxGap {
			last := &merged[n-1]
			last.data = append(append(last.data, make([]byte, s.offset-last.end())...), s.data...)
			continue
		}
		merged = append(merged, segment{s.offset, append([]byte(nil), s.data...)})
	}
	return merged
}

const (
	opI32Const = 0x41
	opEnd      = 0x0b
)

// readSegments returns the segments by their offset. The linker's order is another,
// which makes no difference as long as none overlaps another.
func readSegments(body []byte) ([]segment, error) {
	r := reader{rest: body}
	var segments []segment
	for range r.uint() {
		kind, op, offset, stop, data := r.byte(), r.byte(), r.offset(), r.byte(), r.bytes()
		if r.failed || kind != 0 || op != opI32Const || stop != opEnd {
			return nil, fmt.Errorf("data segment %d: %w", len(segments), errNotWasm)
		}
		segments = append(segments, segment{offset, data})
	}
	if r.failed || len(r.rest) > 0 {
		return nil, errNotWasm
	}
	slices.SortStableFunc(segments, func(a, b segment) int { return cmp.Compare(a.offset, b.offset) })
	for i := 1; i < len(segments); i++ {
		if segments[i].offset < segments[i-1].end() {
			return nil, fmt.Errorf("data segment at %d: %w", segments[i].offset, errNotWasm)
		}
	}
	return segments, nil
}

func appendSegments(b []byte, segments []segment) []byte {
	b = binary.AppendUvarint(b, uint64(len(segments)))
	for _, s := range segments {
		b = appendOffset(append(b, 0, opI32Const), s.offset)
		b = binary.AppendUvarint(append(b, opEnd), uint64(len(s.data)))
		b = append(b, s.data...)
	}
	return b
}

// reader takes values off a module. Once it has met the end or a number it cannot
// hold, it is failed and returns zeros.
type reader struct {
	rest   []byte
	failed bool
}

func (r *reader) take(n uint64) []byte {
	if n > uint64(len(r.rest)) {
		r.failed = true
		return nil
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

func (r *reader) byte() byte {
	if b := r.take(1); b != nil {
		return b[0]
	}
	return 0
}

// uint reads an unsigned LEB128 number, which is what encoding/binary calls a uvarint.
func (r *reader) uint() uint64 {
	v, n := binary.Uvarint(r.rest)
	r.failed = r.failed || n <= 0
	r.take(uint64(max(n, 0)))
	return v
}

const signBit = 0x40 // in the last byte of a signed LEB128 number

// offset reads a signed LEB128 number that must not be negative.
func (r *reader) offset() uint64 {
	start := r.rest
	v := r.uint()
	if n := len(start) - len(r.rest); n > 0 && start[n-1]&signBit != 0 {
		r.failed = true
	}
	return v
}

// bytes reads a length and that many bytes.
func (r *reader) bytes() []byte { return r.take(r.uint()) }

func appendOffset(b []byte, v uint64) []byte {
	b = binary.AppendUvarint(b, v)
	if last := len(b) - 1; b[last]&signBit != 0 {
		b[last] |= 0x80
		b = append(b, 0)
	}
	return b
}
