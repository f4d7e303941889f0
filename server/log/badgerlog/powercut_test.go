package badgerlog

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"hashiya/server/internal/platter"
	"hashiya/server/kv"
	"hashiya/server/log"
)

func TestAPowerCutLosesNothingThatWasAcknowledged(t *testing.T) {
	o := testOptions(t.TempDir())
	if err := platter.Probe(o.Dir); err != nil {
		t.Skip(err)
	}
	o.Apply = keepActors
	l := open(t, o)
	disk := platter.New(o.Dir)
	acked := map[log.Pos]string{}
	for i := range 40 {
		r := op(fmt.Sprint("actor", i))
		if i%7 == 3 { // to the value log
			r.Data = []byte(`"` + strings.Repeat("لأذربيجان ", valueThreshold/8) + `"`)
		}
		pos, err := l.Append(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		acked[pos] = r.Actor
		if i%5 == 2 {
			err := l.Side("sessions").Update(t.Context(), func(w kv.Writer) error { return w.Set([]byte("session"), []byte(r.Actor)) })
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := disk.Look(); err != nil {
			t.Fatal(err)
		}
		if i%10 != 9 {
			continue
		}
		left := o
		left.Dir = filepath.Join(t.TempDir(), "left")
		if _, err := disk.Cut(left.Dir); err != nil {
			t.Fatal(err)
		}
		reopened, err := Open(left)
		if err != nil {
			t.Fatalf("after %d acknowledged records, what a power cut leaves can't be opened: %v", len(acked), err)
		}
		checkAll(t, reopened, acked)
		closeLog(t, reopened)
	}
}
