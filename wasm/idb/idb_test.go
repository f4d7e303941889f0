//go:build js && wasm

package idb

import (
	"context"
	"errors"
	"os"
	"strings"
	"syscall/js"
	"testing"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/sync"
	"hashiya/app/sync/storetest"
)

var ctx = context.Background()

func TestIndexedDBStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T, user string) sync.Store { return openUser(t, user) })
}

func openUser(t *testing.T, user string) *Store {
	t.Helper()
	s, err := Open(ctx, user)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestUsersDoNotMix(t *testing.T) {
	a, b := openUser(t, "سلمى"), openUser(t, "Salma 2")
	if _, err := a.Append(ctx, []annotation.Op{storetest.Draft("s1")}); err != nil {
		t.Fatal(err)
	}
	if ops, err := b.Waiting(ctx, 10); err != nil || len(ops) != 0 {
		t.Errorf("another user's waiting ops: %v, %v", ops, err)
	}
}

func TestATransactionThatThrowsLeavesNothing(t *testing.T) {
	s := openUser(t, annotation.NewID())
	err := s.write(ctx, "testing", strict, func(t *tx) {
		t.head(func(h head) {
			t.put("ops", newRecord(h.Number([]annotation.Op{storetest.Draft("s1")})[0], 1))
			t.putHead(h)
			t.store("ops").Call("put", "a value without the key's fields")
		})
	}, "meta", "ops")
	if !errors.Is(err, sync.ErrStorage) || !strings.Contains(err.Error(), "DataError") {
		t.Errorf("error: %v", err)
	}
	ops, err := s.Append(ctx, []annotation.Op{storetest.Draft("s2")})
	if err != nil || ops[0].Seq != 1 {
		t.Errorf("the next op is %v, %v", ops, err)
	}
	if c, err := s.Counts(ctx); err != nil || c.Ops != 1 {
		t.Errorf("counts: %+v, %v", c, err)
	}
}

// What the server does not have must survive a power cut: it is on the disk
// before anybody is told that it is saved.
func TestWhatOnlyThisDeviceHasIsWrittenDurably(t *testing.T) {
	s := openUser(t, annotation.NewID())
	database := js.Global().Get("IDBDatabase").Get("prototype")
	original := database.Get("transaction")
	var written []string
	spy := js.FuncOf(func(this js.Value, args []js.Value) any {
		all := []any{this}
		for _, a := range args {
			all = append(all, a)
		}
		if args[1].String() == "readwrite" {
			written = append(written, args[2].Get("durability").String())
		}
		return original.Call("call", all...)
	})
	database.Set("transaction", spy)
	defer spy.Release()
	defer database.Set("transaction", original)

	ops, err := s.Append(ctx, []annotation.Op{storetest.Draft("s1"), storetest.Draft("s2")})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Resend(ctx, ops[0].Device, ops[0].Seq); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Rekey(ctx); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(written, " "); got != "strict strict strict" {
		t.Errorf("append, resend and rekey were written %q", got)
	}
}

func TestANewerVersionInAnotherTabTakesTheDatabase(t *testing.T) {
	user := annotation.NewID()
	old := openUser(t, user)
	for len(old.changed) > 0 {
		<-old.changed
	}
	newer, err := open(ctx, user, version+1)
	if err == nil || !strings.Contains(err.Error(), "ConstraintError") && !strings.Contains(err.Error(), "AbortError") {
		// upgrade makes the stores of version 1, which are there: the upgrade fails
		// and is taken back. The old tab had to let go all the same.
		t.Errorf("upgrade: %v, %v", newer, err)
	}
	select {
	case <-old.Changed():
	case <-time.After(5 * time.Second):
		t.Error("the old tab is not told to look")
	}
	if _, err := old.Append(ctx, []annotation.Op{storetest.Draft("s1")}); !errors.Is(err, sync.ErrStorage) || !strings.Contains(err.Error(), "reload") {
		t.Errorf("append in the old tab: %v", err)
	}
}

func TestADatabaseOfANewerVersionIsNotTouched(t *testing.T) {
	user := annotation.NewID()
	made := make(chan struct{})
	request := js.Global().Get("indexedDB").Call("open", name(user), version+1)
	f := js.FuncOf(func(js.Value, []js.Value) any {
		request.Get("result").Call("close")
		close(made)
		return nil
	})
	request.Set("onsuccess", f)
	<-made
	if _, err := Open(ctx, user); !errors.Is(err, sync.ErrStorage) || !strings.Contains(err.Error(), "newer version") {
		t.Errorf("open: %v", err)
	}
}

func TestATabThatDoesNotLetGoIsNamed(t *testing.T) {
	user := annotation.NewID()
	old := openUser(t, user)
	old.db.Set("onversionchange", nil)
	begin := time.Now()
	if _, err := open(ctx, user, version+1); !errors.Is(err, sync.ErrStorage) || !strings.Contains(err.Error(), "close the other tabs") {
		t.Errorf("open: %v", err)
	}
	if waited := time.Since(begin); waited > 2*blockedTime {
		t.Errorf("it took %v", waited)
	}
}

// The test of the quota has a small one, set from outside.
func TestAFullDeviceTakesNothingAndSaysSo(t *testing.T) {
	if os.Getenv("QUOTA") == "" {
		t.Skip("needs a browser with a small quota: see TestStoreInChromium")
	}
	s := openUser(t, "full")
	fine := 0
	var err error
	for ; err == nil && fine < 1000; fine++ {
		o := storetest.Draft("s")
		o.Comment.Text = strings.Repeat(annotation.NewID(), 10_000)
		_, err = s.Append(ctx, []annotation.Op{o, o})
	}
	fine--
	if !errors.Is(err, sync.ErrQuota) {
		t.Fatalf("after %d appends: %v", fine, err)
	}
	if ops, err := s.Waiting(ctx, 10_000); err != nil || len(ops) != 2*fine || int(ops[len(ops)-1].Seq) != 2*fine {
		t.Errorf("%d ops after %d appends of two, %v", len(ops), fine, err)
	}
	t.Logf("%d appends, then: %v", fine, err)
}

// The two halves of a test that kills the browser in between.
func TestAppendAndReport(t *testing.T) {
	if os.Getenv("PHASE") != "append" {
		t.Skip("see TestWhatIsSavedOutlivesTheBrowser")
	}
	s := openUser(t, "salma")
	for {
		ops, err := s.Append(ctx, []annotation.Op{storetest.Draft("s1"), storetest.Draft("s2")})
		if err != nil {
			t.Fatal(err)
		}
		js.Global().Call("fetch", "/saved", map[string]any{"method": "POST", "body": ops[1].ID().String()})
	}
}

func TestReadWhatWasSaved(t *testing.T) {
	if os.Getenv("PHASE") != "read" {
		t.Skip("see TestWhatIsSavedOutlivesTheBrowser")
	}
	var id annotation.OpID
	if err := id.UnmarshalText([]byte(os.Getenv("SAVED"))); err != nil {
		t.Fatal(err)
	}
	s := openUser(t, "salma")
	ops, err := s.Waiting(ctx, 1_000_000)
	if err != nil {
		t.Fatal(err)
	}
	if len(ops)%2 != 0 || uint64(len(ops)) < id.Seq {
		t.Errorf("%d ops are there; two were appended at a time, and up to %s it was reported as saved", len(ops), id)
	}
	for i, o := range ops {
		if o.ID() != (annotation.OpID{Device: id.Device, Seq: uint64(i) + 1}) {
			t.Fatalf("op %d is %s", i+1, o.ID())
		}
	}
	if _, err := s.Append(ctx, []annotation.Op{storetest.Draft("next")}); err != nil {
		t.Error(err)
	}
}

func BenchmarkAppend(b *testing.B) {
	s, err := Open(ctx, "bench")
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	draft := []annotation.Op{storetest.Draft("s1")}
	for b.Loop() {
		if _, err := s.Append(ctx, draft); err != nil {
			b.Fatal(err)
		}
	}
}
