package badgerkv_test

import (
	"testing"

	"github.com/dgraph-io/badger/v4"

	"hashiya/server/kv"
	"hashiya/server/kv/badgerkv"
	"hashiya/server/kv/kvtest"
)

func open(t *testing.T) *badger.DB {
	db, err := badger.Open(badger.DefaultOptions(t.TempDir()).
		WithLogger(nil).WithMemTableSize(16 << 20).WithValueLogFileSize(64 << 20).
		WithValueThreshold(32 << 10).WithDetectConflicts(false))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func TestConformance(t *testing.T) {
	kvtest.Run(t, func(t *testing.T) kv.Store { return badgerkv.New(open(t), "v/") })
}

func TestNamespacesDoNotSeeEachOther(t *testing.T) {
	db := open(t)
	// "v" sorts right before "v/": a namespace must not leak into a neighbour.
	spaces := []string{"v/", "v0", "u/"}
	for _, name := range spaces {
		err := badgerkv.New(db, name).Update(t.Context(), func(w kv.Writer) error {
			return w.Set([]byte("مفتاح"), []byte(name))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range spaces {
		var seen []string
		err := badgerkv.New(db, name).View(t.Context(), func(r kv.Reader) error {
			return r.Scan(nil, nil, func(key, value []byte) (bool, error) {
				seen = append(seen, string(key)+"="+string(value))
				return true, nil
			})
		})
		if err != nil || len(seen) != 1 || seen[0] != "مفتاح="+name {
			t.Errorf("namespace %q: %q, %v", name, seen, err)
		}
	}
}
