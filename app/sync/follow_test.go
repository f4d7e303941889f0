package sync_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/sync"
	"hashiya/app/sync/memstore"
	"hashiya/app/sync/storetest"
	"hashiya/app/wire"
)

// fullForNews has room for nothing that the server sends.
type fullForNews struct{ *memstore.Store }

func (fullForNews) Receive(context.Context, []wire.Event, uint64) error { return sync.ErrQuota }

// A device that can't keep what it is sent must not have it sent every other
// second: the pause between attempts grows as without a network.
func TestWhatADeviceHasNoRoomForIsNotAskedForAgainAndAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer()
		o := storetest.Draft("s1")
		o.Device, o.Seq, o.Lamport = "otherdevice", 1, 1
		s.add(wire.Event{Author: "salma", Op: &o})
		store := fullForNews{memstore.New("salma", annotation.NewID).Open()}
		defer store.Close()
		outbox := sync.New(sync.Config{Store: store, Remote: s, Clock: sync.SystemClock{}, Leader: sync.AlwaysLeader{}, Random: func() float64 { return 0.5 }})
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() {
			defer close(done)
			_ = outbox.Run(ctx)
		}()
		// Pauses of 1.5, 3, 6, 12, 24, 45, 45, … seconds.
		time.Sleep(10 * time.Minute)
		synctest.Wait()
		if n := s.connections(); n < 14 || n > 18 {
			t.Errorf("%d connections in ten minutes", n)
		}
		cancel()
		<-done
	})
}
