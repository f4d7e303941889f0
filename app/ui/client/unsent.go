package client

import (
	"bytes"
	"context"
	"encoding/json"
	"math"

	"hashiya/app/annotation"
	"hashiya/app/sync"
	"hashiya/app/wire"
)

// Unsent is the work of one user that is on this device only.
type Unsent struct {
	User string
	Ops  int
	File []byte // JSON lines of wire.Unsent, which `hashiya import` takes
}

// Unsent returns what no server has taken of the work of who is here, or, with
// nobody here, of who was here last. It is empty where nobody ever was.
func (c *Client) Unsent(ctx context.Context) (Unsent, error) {
	if p := c.Workplace(); p != nil {
		return unsentIn(ctx, p.User, p.Store)
	}
	if err := c.State().Trouble; err != nil {
		return Unsent{}, err
	}
	user := c.Me().Name
	if user == "" {
		user = c.Browser.LastUser()
	}
	if user == "" {
		return Unsent{}, nil
	}
	store, err := c.OpenStore(ctx, user)
	if err != nil {
		return Unsent{}, err
	}
	defer store.Close()
	return unsentIn(ctx, user, store)
}

func unsentIn(ctx context.Context, user string, store sync.Store) (Unsent, error) {
	out := Unsent{User: user}
	stuck, err := store.Stuck(ctx)
	if err != nil {
		return out, err
	}
	waiting, err := store.Waiting(ctx, math.MaxInt)
	if err != nil {
		return out, err
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	write := func(o annotation.Op, answer *wire.Result) {
		if err == nil {
			err = enc.Encode(wire.Unsent{Format: wire.UnsentFormat, Annotator: user, Op: o, Answer: answer})
		}
		out.Ops++
	}
	for i := range stuck {
		write(stuck[i].Op, &stuck[i].Result)
	}
	for _, o := range waiting {
		write(o, nil)
	}
	out.File = b.Bytes()
	return out, err
}
