package client

import (
	"bytes"
	"context"
	"encoding/json"

	"hashiya/app/annotation"
)

// Unsent returns all ops of this device that the server has not taken, waiting
// and refused, as JSON lines of ops.
func (c *Client) Unsent(ctx context.Context) ([]byte, error) {
	p := c.Workplace()
	if p == nil {
		return nil, c.State().Trouble
	}
	waiting, err := p.Store.Waiting(ctx, int(^uint(0)>>1))
	if err != nil {
		return nil, err
	}
	stuck, err := p.Store.Stuck(ctx)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	write := func(o annotation.Op) {
		if err == nil {
			err = enc.Encode(o)
		}
	}
	for _, s := range stuck {
		write(s.Op)
	}
	for _, o := range waiting {
		write(o)
	}
	return b.Bytes(), err
}
