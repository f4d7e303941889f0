package memstore_test

import (
	"testing"

	"hashiya/app/annotation"
	"hashiya/app/sync"
	"hashiya/app/sync/memstore"
	"hashiya/app/sync/storetest"
)

func TestMemoryStore(t *testing.T) {
	users := map[string]*memstore.DB{}
	storetest.Run(t, func(t *testing.T, user string) sync.Store {
		if users[user] == nil {
			users[user] = memstore.New(user, annotation.NewID)
		}
		s := users[user].Open()
		t.Cleanup(func() { s.Close() })
		return s
	})
}
