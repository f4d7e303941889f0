// Package text counts and cuts text: offsets in the three units that meet in
// Hashiya, graphemes and words, and direction. It knows nothing of Arabic
// letters in particular; that is package arabic.
package text

import (
	"fmt"
	"unicode/utf8"
)

// stride is how many code points lie between two remembered positions. A
// conversion walks at most this many code points.
const stride = 64

// Index converts offsets of one text between code points (the model's unit),
// bytes (Go's) and UTF-16 code units (the DOM's). It is immutable and safe for
// concurrent use. Conversions cost at most a walk over 64 code points.
type Index struct {
	s       string
	marks   []mark // marks[i] is the position of code point i*stride
	codePts int
	utf16   int
}

type mark struct{ byte, utf16 int }

// NewIndex reads s once. s must be valid UTF-8; use Validate first on text from
// outside.
func NewIndex(s string) *Index {
	x := &Index{s: s, marks: make([]mark, 0, len(s)/stride+1)}
	for b, r := range s {
		if x.codePts%stride == 0 {
			x.marks = append(x.marks, mark{b, x.utf16})
		}
		x.codePts++
		x.utf16 += utf16Len(r)
	}
	if x.codePts%stride == 0 {
		x.marks = append(x.marks, mark{len(s), x.utf16})
	}
	return x
}

// String returns the indexed text.
func (x *Index) String() string { return x.s }

// Len returns the length in code points.
func (x *Index) Len() int { return x.codePts }

// LenUTF16 returns the length in UTF-16 code units.
func (x *Index) LenUTF16() int { return x.utf16 }

// Byte returns the byte offset of the code point offset cp, 0 ≤ cp ≤ Len.
// It panics outside that range, as a slice expression does.
func (x *Index) Byte(cp int) int {
	b, _ := x.at(cp)
	return b
}

// UTF16 returns the UTF-16 offset of the code point offset cp, 0 ≤ cp ≤ Len.
// It panics outside that range.
func (x *Index) UTF16(cp int) int {
	_, u := x.at(cp)
	return u
}

// Slice returns the text of the half-open code point range [start,end).
// It panics when the range is not within the text.
func (x *Index) Slice(start, end int) string {
	return x.s[x.Byte(start):x.Byte(end)]
}

// Rune returns the code point at offset cp, 0 ≤ cp < Len.
func (x *Index) Rune(cp int) rune {
	r, _ := utf8.DecodeRuneInString(x.s[x.Byte(cp):])
	return r
}

func (x *Index) at(cp int) (b, u int) {
	if cp < 0 || cp > x.codePts {
		panic(fmt.Sprintf("text: code point offset %d is outside 0..%d", cp, x.codePts))
	}
	m := x.marks[cp/stride]
	b, u = m.byte, m.utf16
	for i := cp / stride * stride; i < cp; i++ {
		r, n := utf8.DecodeRuneInString(x.s[b:])
		b += n
		u += utf16Len(r)
	}
	return b, u
}

// FromByte returns the code point offset of the byte offset b, 0 ≤ b ≤ byte
// length. An offset inside a code point gives the offset of that code point.
func (x *Index) FromByte(b int) int {
	if b < 0 || b > len(x.s) {
		panic(fmt.Sprintf("text: byte offset %d is outside 0..%d", b, len(x.s)))
	}
	return x.search(b, func(m mark) int { return m.byte }, func(_ rune, n int) int { return n })
}

// FromUTF16 returns the code point offset of the UTF-16 offset u,
// 0 ≤ u ≤ LenUTF16. An offset between two surrogates gives the offset of their
// code point.
func (x *Index) FromUTF16(u int) int {
	if u < 0 || u > x.utf16 {
		panic(fmt.Sprintf("text: UTF-16 offset %d is outside 0..%d", u, x.utf16))
	}
	return x.search(u, func(m mark) int { return m.utf16 }, func(r rune, _ int) int { return utf16Len(r) })
}

// search finds the last code point whose position in some unit is ≤ target.
func (x *Index) search(target int, at func(mark) int, width func(r rune, bytes int) int) int {
	lo, hi := 0, len(x.marks)
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; at(x.marks[mid]) <= target {
			lo = mid
		} else {
			hi = mid
		}
	}
	cp, pos, b := lo*stride, at(x.marks[lo]), x.marks[lo].byte
	for pos < target {
		r, n := utf8.DecodeRuneInString(x.s[b:])
		if pos += width(r, n); pos > target {
			break
		}
		b += n
		cp++
	}
	return cp
}

func utf16Len(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}

// Validate reports where s stops being valid UTF-8. The error names the byte
// offset (from 0) and the line (from 1).
func Validate(s string) error {
	line := 1
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			return fmt.Errorf("not valid UTF-8 at byte %d (line %d)", i, line)
		}
		if r == '\n' {
			line++
		}
		i += n
	}
	return nil
}
