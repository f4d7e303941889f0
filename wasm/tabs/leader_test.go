//go:build js && wasm

package tabs

import (
	"context"
	"errors"
	"os"
	"syscall/js"
	"testing"
	"time"

	"hashiya/app/annotation"
)

// lead leads until end is called; leading is closed once it does.
func lead(t *testing.T, user string) (leading chan struct{}, end func() error) {
	ctx, cancel := context.WithCancel(context.Background())
	leading, ended := make(chan struct{}), make(chan error, 1)
	go func() {
		ended <- Leader(user).Lead(ctx, func(ctx context.Context) error {
			close(leading)
			<-ctx.Done()
			return ctx.Err()
		})
	}()
	return leading, func() error {
		cancel()
		select {
		case err := <-ended:
			return err
		case <-time.After(5 * time.Second):
			t.Error("Lead did not end with its context")
			return nil
		}
	}
}

func comes(c chan struct{}, within time.Duration) bool {
	select {
	case <-c:
		return true
	case <-time.After(within):
		return false
	}
}

const soon, aWhile = 5 * time.Second, 300 * time.Millisecond

func TestOneLeadsAndTheNextFollows(t *testing.T) {
	user := annotation.NewID()
	first, endFirst := lead(t, user)
	if !comes(first, soon) {
		t.Fatal("nobody leads")
	}
	gaveUp, endGaveUp := lead(t, user)
	second, endSecond := lead(t, user)
	if comes(second, aWhile) || comes(gaveUp, aWhile) {
		t.Fatal("two lead")
	}
	if err := endGaveUp(); !errors.Is(err, context.Canceled) {
		t.Errorf("waiting ended with %v", err)
	}
	if err := endFirst(); !errors.Is(err, context.Canceled) {
		t.Errorf("leading ended with %v", err)
	}
	if !comes(second, soon) {
		t.Error("nobody took over")
	}
	endSecond()
	third, endThird := lead(t, user)
	if !comes(third, soon) {
		t.Error("the place was not given up")
	}
	endThird()
}

func TestUsersLeadApart(t *testing.T) {
	a, endA := lead(t, annotation.NewID())
	b, endB := lead(t, annotation.NewID())
	if !comes(a, soon) || !comes(b, soon) {
		t.Error("one user's tab waits for another's")
	}
	endA()
	endB()
}

func TestTheEndOfTheWorkIsPassedOn(t *testing.T) {
	failure := errors.New("the work failed")
	user := annotation.NewID()
	for range 2 {
		if err := Leader(user).Lead(context.Background(), func(context.Context) error { return failure }); err != failure {
			t.Errorf("Lead returned %v", err)
		}
	}
}

func TestLeadAndReport(t *testing.T) {
	name := os.Getenv("TAB")
	if name == "" {
		t.Skip("see TestATabThatDiesIsReplaced")
	}
	Leader("salma").Lead(context.Background(), func(ctx context.Context) error {
		js.Global().Call("fetch", "/leads", map[string]any{"method": "POST", "body": name})
		<-ctx.Done()
		return nil
	})
}
