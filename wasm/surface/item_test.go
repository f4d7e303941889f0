//go:build !js

package surface

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hashiya/app/ui/reading"
)

func TestMarksAreDealtToEveryParagraphTheyTouchAndNoOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var extents []extent
		at := 0
		for range rapid.IntRange(0, 8).Draw(t, "paragraphs") {
			at += rapid.IntRange(0, 2).Draw(t, "terminator")
			length := rapid.IntRange(0, 9).Draw(t, "length")
			extents = append(extents, extent{at, at + length})
			at += length
		}
		var marks []reading.Mark
		for range rapid.IntRange(0, 10).Draw(t, "marks") {
			start := rapid.IntRange(0, at).Draw(t, "start")
			marks = append(marks, reading.Mark{Start: start, End: rapid.IntRange(start, at).Draw(t, "end")})
		}
		for i, list := range spread(marks, extents) {
			var want []reading.Mark
			for _, m := range marks {
				if max(m.Start, extents[i].start) < min(m.End, extents[i].end) {
					want = append(want, m)
				}
			}
			if !slices.Equal(list, want) {
				t.Fatalf("paragraph %v got %v, want %v", extents[i], list, want)
			}
		}
	})
}

func TestTheInnermostMarkUnderALetterComesFirst(t *testing.T) {
	marks := []reading.Mark{
		{ID: "outer", Start: 0, End: 20}, {ID: "same", Start: 5, End: 9}, {ID: "deeper", Start: 5, End: 9, Level: 2},
		{ID: "ends before", Start: 0, End: 5}, {ID: "begins behind", Start: 6, End: 8},
	}
	if got := strings.Join(under(marks, 5, 6), " "); got != "deeper same outer" {
		t.Errorf("got %s", got)
	}
}

func TestAnItemsLookDoesNotMoveItInTheStack(t *testing.T) {
	look := func(focused bool) (keys []itemKey) {
		items := []item{
			markItem(reading.Mark{ID: "inner", Start: 4, End: 8, Class: "label-c1", Focused: focused, Level: 9}, 0, 50, focused),
			markItem(reading.Mark{ID: "outer", Start: 4, End: 20, Class: "label-c2"}, 0, 50, false),
			markItem(reading.Mark{ID: "e", Start: 6, End: 60, Class: "is-evidence"}, 0, 50, false),
			markItem(reading.Mark{ID: "outer", Start: 4, End: 20, Class: "label-c3"}, 0, 50, false),
		}
		for _, it := range order(items) {
			keys = append(keys, it.itemKey)
		}
		return keys
	}
	plain := look(false)
	if len(plain) != 3 || plain[0].id != "e" || plain[0].end != 50 || plain[1].id != "outer" || plain[2].id != "inner" {
		t.Errorf("got %v, want the evidence, cut at the paragraph's end, below the outer mark, below the inner", plain)
	}
	if !slices.Equal(plain, look(true)) {
		t.Errorf("focus moves items: %v, %v", plain, look(true))
	}
}

func TestACaretBetweenParagraphsBelongsToTheNearest(t *testing.T) {
	extents := []extent{{0, 5}, {7, 9}, {9, 12}}
	for at, want := range map[int]int{0: 0, 5: 0, 6: 0, 7: 1, 8: 1, 9: 2, 12: 2, 40: 2} {
		if got := holding(extents, at); got != want {
			t.Errorf("offset %d: paragraph %d, want %d", at, got, want)
		}
	}
	if holding(nil, 3) != -1 {
		t.Error("without paragraphs there is none to hold a caret")
	}
}

func TestEveryBidiControlHasATick(t *testing.T) {
	got := ticks("a\u200F\u2067ب\u2069🙂\u200E\u200C", 100)
	var list []string
	for _, it := range got {
		list = append(list, it.name)
	}
	if strings.Join(list, " ") != "RLM RLI PDI LRM" || got[3].start != 106 {
		t.Errorf("got %+v", got)
	}
}
