package main

import (
	"bytes"
	"encoding/binary"
	"testing"

	"pgregory.net/rapid"
)

// module returns a module of a custom section, a data section and another custom one.
func module(segments []segment) []byte {
	m := []byte("\x00asm\x01\x00\x00\x00\x00\x03\x02hi")
	data := appendSegments(nil, segments)
	m = append(binary.AppendUvarint(append(m, dataSection), uint64(len(data))), data...)
	return append(m, "\x00\x04\x03end"...)
}

// memory returns what the module's memory holds at its start, and how many segments
// say so.
func memory(t *rapid.T, module []byte) (image []byte, segments int) {
	_, rest, ok := bytes.Cut(module, []byte("\x02hi"+string(rune(dataSection))))
	if !ok {
		t.Fatalf("the sections around the data changed: %x", module)
	}
	r := reader{rest: rest}
	list, err := readSegments(r.bytes())
	if err != nil || r.failed || string(r.rest) != "\x00\x04\x03end" {
		t.Fatalf("the module cannot be read back: %v, then %q", err, r.rest)
	}
	for _, s := range list {
		image = append(append(image, make([]byte, s.offset-uint64(len(image)))...), s.data...)
	}
	return image, len(list)
}

var dataSections = rapid.Custom(func(t *rapid.T) []segment {
	var list []segment
	var end uint64
	for range rapid.IntRange(0, 12).Draw(t, "segments") {
		gap := rapid.Uint64Range(0, 2*maxGap).Draw(t, "gap")
		data := rapid.SliceOfN(rapid.Byte(), 1, 200).Draw(t, "data")
		s := segment{end + gap, data}
		list, end = append(list, s), s.end()
	}
	if len(list) > 0 {
		list = rapid.Permutation(list).Draw(t, "order")
	}
	return list
})

func TestMergingKeepsWhatMemoryHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := module(dataSections.Draw(t, "data section"))
		after, err := mergeSegments(before)
		if err != nil {
			t.Fatal(err)
		}
		want, n := memory(t, before)
		got, merged := memory(t, after)
		if !bytes.Equal(got, want) {
			t.Fatalf("memory holds\n%x, was\n%x", got, want)
		}
		if merged > n {
			t.Fatalf("%d segments became %d", n, merged)
		}
		again, err := mergeSegments(after)
		if err != nil || !bytes.Equal(again, after) {
			t.Fatalf("merging again changed the module, or failed: %v", err)
		}
	})
}

func TestOnlyNearSegmentsAreJoined(t *testing.T) {
	near := segment{1, []byte("near")}
	list := merge([]segment{near, {near.end() + maxGap, []byte("joined")}, {3 * maxGap, []byte("far")}})
	if len(list) != 2 || list[0].end() != near.end()+maxGap+6 || list[1].offset != 3*maxGap {
		t.Errorf("%v", list)
	}
}

func TestOffsetsOfEverySizeAreReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Uint64Range(0, 1<<31-1).Draw(t, "offset")
		r := reader{rest: appendOffset(nil, v)}
		if got := r.offset(); got != v || r.failed || len(r.rest) > 0 {
			t.Fatalf("%d is written %x and read %d", v, appendOffset(nil, v), got)
		}
	})
}

func TestWhatIsNotSuchAModuleIsRefused(t *testing.T) {
	whole := module([]segment{{8, []byte("data")}})
	for n := range whole {
		if n == len("\x00asm\x01\x00\x00\x00") || n == len("\x00asm\x01\x00\x00\x00\x00\x03\x02hi") || n == len(whole)-len("\x00\x04\x03end") {
			continue // a module may end behind any section
		}
		if _, err := mergeSegments(whole[:n]); err == nil {
			t.Errorf("the first %d bytes of %d were taken for a module", n, len(whole))
		}
	}
	for name, data := range map[string]string{
		"a passive segment":       "\x01\x01\x04data",
		"an overlap":              "\x02\x00\x41\x08\x0b\x02ab\x00\x41\x09\x0b\x01b",
		"a negative offset":       "\x01\x00\x41\x7f\x0b\x01a",
		"a global as offset":      "\x01\x00\x23\x00\x0b\x01a",
		"more than it counts":     "\x01\x00\x41\x08\x0b\x01abc",
		"a length beyond its end": "\x01\x00\x41\x08\x0b\x09a",
	} {
		m := append([]byte("\x00asm\x01\x00\x00\x00\x0b"), byte(len(data)))
		if _, err := mergeSegments(append(m, data...)); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}
