package audit

import (
	"strings"
	"testing"

	"hashiya/app/annotation"
	"hashiya/server/log"
	"hashiya/server/record"
)

func op(device string, seq uint64) annotation.Op {
	return annotation.Op{V: 1, Device: device, Seq: seq, Lamport: seq, Project: "news", Article: "a", Scheme: 1, Change: annotation.Change{
		Subject: "s", Kind: annotation.PutComment, Comment: &annotation.Comment{Text: "وقال «بوتين» 🙂"},
	}}
}

// The log of two writers, and what they were told.
func sound() ([]log.Entry, []Op) {
	var entries []log.Entry
	var acked []Op
	for seq := range uint64(3) {
		for _, who := range []string{"سمر", "علي"} {
			o := op("device-"+who, seq+1)
			entries = append(entries, log.Entry{Pos: log.Pos(len(entries)) + 1, Record: record.Op(who, &o)})
			acked = append(acked, Op{who, uint64(len(entries)), o})
		}
	}
	return entries, acked
}

func TestASoundLogPasses(t *testing.T) {
	if err := Log(sound()); err != nil {
		t.Error(err)
	}
}

func TestWhateverIsWrongIsNamed(t *testing.T) {
	for want, damage := range map[string]func([]log.Entry, []Op) ([]log.Entry, []Op){
		"stands in the log 0 times": func(e []log.Entry, a []Op) ([]log.Entry, []Op) { return e[:5], a },
		"stands in the log 2 times": func(e []log.Entry, a []Op) ([]log.Entry, []Op) {
			return append(e, log.Entry{Pos: 7, Record: e[0].Record}), a
		},
		"entry 3 of the log has position 4": func(e []log.Entry, a []Op) ([]log.Entry, []Op) { return append(e[:2], e[3:]...), a },
		"was acknowledged at 3 and is not there": func(e []log.Entry, a []Op) ([]log.Entry, []Op) {
			a[1].Pos = 3
			return e, a
		},
		"was altered": func(e []log.Entry, a []Op) ([]log.Entry, []Op) {
			o := op("device-سمر", 1)
			o.Comment.Text += "."
			e[0].Record = record.Op("سمر", &o)
			return e, a
		},
		"is in the log as علي's": func(e []log.Entry, a []Op) ([]log.Entry, []Op) {
			e[0].Actor = "علي"
			return e, a
		},
	} {
		if err := Log(damage(sound())); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v", want, err)
		}
	}
}
