package badgerlog

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hashiya/server/log"
)

func TestARecordComesBackAsItWasAndAnyFlippedBitIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringOfN(rapid.Rune(), 0, 60, log.MaxNameBytes)
		r := log.Record{Kind: name.Draw(t, "kind"), Actor: name.Draw(t, "actor"), Data: rapid.SliceOf(rapid.Byte()).Draw(t, "data")}
		pos := log.Pos(rapid.Uint64().Draw(t, "pos"))
		now := time.Unix(0, rapid.Int64().Draw(t, "time")).UTC()
		b := encode(r)
		seal(b, pos, now)
		e, err := decode(pos, b)
		if err != nil || e.Pos != pos || !e.Time.Equal(now) || e.Kind != r.Kind || e.Actor != r.Actor || !bytes.Equal(e.Data, r.Data) {
			t.Fatalf("got %+v, %v", e, err)
		}
		if _, err := decode(pos+1, b); !errors.Is(err, log.ErrDamaged) {
			t.Fatalf("at another position: %v", err)
		}
		b[rapid.IntRange(0, len(b)-1).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		if _, err := decode(pos, b); !errors.Is(err, log.ErrDamaged) {
			t.Fatalf("flipped: %v", err)
		}
	})
}
