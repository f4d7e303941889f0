package text

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"pgregory.net/rapid"

	"hashiya/app/internal/awkward"
)

func TestIndexCountsTheThreeUnits(t *testing.T) {
	x := NewIndex("لأ🙂e")
	if x.Len() != 4 || x.LenUTF16() != 5 {
		t.Fatalf("got %d code points and %d UTF-16 units, want 4 and 5", x.Len(), x.LenUTF16())
	}
	if b, u := x.Byte(3), x.UTF16(3); b != 8 || u != 4 {
		t.Errorf("behind the emoji: byte %d, UTF-16 %d, want 8 and 4", b, u)
	}
	if cp := x.FromUTF16(3); cp != 2 {
		t.Errorf("an offset between two surrogates gives code point %d, want the emoji's, 2", cp)
	}
	if cp := x.FromByte(5); cp != 2 {
		t.Errorf("an offset inside the emoji's bytes gives code point %d, want 2", cp)
	}
}

func TestIndexAgreesWithTheStandardLibraryEverywhere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Repeat(awkward.Any().Draw(t, "text"), rapid.IntRange(1, 5).Draw(t, "times"))
		x := NewIndex(s)
		runes := []rune(s)
		if x.Len() != len(runes) {
			t.Fatalf("Len = %d, want %d", x.Len(), len(runes))
		}
		for cp := 0; cp <= len(runes); cp++ {
			before := string(runes[:cp])
			if got, want := x.Byte(cp), len(before); got != want {
				t.Fatalf("Byte(%d) = %d, want %d", cp, got, want)
			}
			if got, want := x.UTF16(cp), len(utf16.Encode(runes[:cp])); got != want {
				t.Fatalf("UTF16(%d) = %d, want %d", cp, got, want)
			}
			if x.FromByte(x.Byte(cp)) != cp || x.FromUTF16(x.UTF16(cp)) != cp {
				t.Fatalf("code point %d does not come back", cp)
			}
		}
		start := rapid.IntRange(0, len(runes)).Draw(t, "start")
		end := rapid.IntRange(start, len(runes)).Draw(t, "end")
		if got, want := x.Slice(start, end), string(runes[start:end]); got != want {
			t.Fatalf("Slice = %q, want %q", got, want)
		}
	})
}

func TestLinesLeaveOutEveryTerminatorAndNothingElse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := awkward.Any().Draw(t, "text")
		x, last := NewIndex(s), 0
		for _, l := range Lines(s) {
			if body := x.Slice(l.Start, l.End); strings.ContainsAny(body, "\r\n") {
				t.Fatalf("line %q holds a terminator", body)
			}
			if between := x.Slice(last, l.Start); strings.Trim(between, "\r\n") != "" {
				t.Fatalf("%q between two lines belongs to none", between)
			}
			last = l.End
		}
		if rest := x.Slice(last, x.Len()); strings.Trim(rest, "\r\n") != "" {
			t.Fatalf("%q at the end belongs to no line", rest)
		}
	})
}

func TestGraphemesKeepMarksAndEmojiWhole(t *testing.T) {
	got := Graphemes("مُa👩\u200d👩\u200d👧\r\n")
	want := []int{0, 2, 3, 8, 10}
	if len(got) != len(want) {
		t.Fatalf("got %v, want %v", got, want)
	}
	for i := range got {
		if got[i] != want[i] {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
}

func TestWordsEndAtSlashesAndQuotesNotAtMarks(t *testing.T) {
	s := "«لأذربيجان» سبتمبر/أيلول السـلام مُحَمَّد می\u200cخواهم و2003"
	x := NewIndex(s)
	var got []string
	for _, w := range Words(s) {
		got = append(got, x.Slice(w.Start, w.End))
	}
	want := "لأذربيجان|سبتمبر|أيلول|السـلام|مُحَمَّد|می\u200cخواهم|و2003"
	if strings.Join(got, "|") != want {
		t.Errorf("got %s\nwant %s", strings.Join(got, "|"), want)
	}
}

func TestFirstStrong(t *testing.T) {
	for s, want := range map[string]Direction{
		"2018 في": RTL, "«GDP» في": LTR, "123 …": LTR, "\u200Fabc": RTL, "שלום": RTL, "فارسی": RTL, "٣ km": LTR,
	} {
		if got := FirstStrong(s, LTR); got != want {
			t.Errorf("%q: got %s, want %s", s, got, want)
		}
	}
}

func TestValidateSaysWhereTextStopsBeingUTF8(t *testing.T) {
	err := Validate("سطر\nثان\xff")
	if err == nil || !strings.Contains(err.Error(), "byte 13 (line 2)") {
		t.Errorf("got %v, want byte 13 of line 2", err)
	}
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")
		if (Validate(string(b)) == nil) != utf8.Valid(b) {
			t.Fatalf("Validate and utf8.Valid disagree on %q", b)
		}
	})
}
