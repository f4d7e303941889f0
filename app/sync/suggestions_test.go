package sync_test

import (
	"errors"
	"testing"

	"hashiya/app/suggest"
	"hashiya/app/sync"
	"hashiya/app/wire"
)

func TestSuggestionsComeFromTheServerAndOfflineAsTheyWereLastSeen(t *testing.T) {
	within(t, func(t *testing.T, d *tab, s *server) {
		ctx := t.Context()
		s.change(func() { s.offline = true })
		if _, err := d.Suggestions(ctx, "demo"); !errors.Is(err, sync.ErrNotCached) {
			t.Errorf("never seen, offline: %v", err)
		}
		know := func(surface string) {
			m := &suggest.Memory{}
			m.Add(suggest.Observation{Surface: surface, Label: "PER"})
			s.change(func() { s.offline, s.suggestions["demo"] = false, wire.Suggestions{Memory: m} })
		}
		forms := func() int {
			t.Helper()
			v, err := d.Suggestions(ctx, "demo")
			if err != nil {
				t.Fatal(err)
			}
			return v.Memory.Len()
		}
		know("بوتين")
		if forms() != 1 {
			t.Error("not the server's")
		}
		s.change(func() { s.offline = true })
		if forms() != 1 {
			t.Error("offline they are gone")
		}
	})
}
