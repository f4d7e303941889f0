package sync

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"hashiya/app/annotation"
	"hashiya/app/wire"
)

func (o *Outbox) pushLoop(ctx context.Context) {
	p := pusher{Outbox: o, suspect: true, pause: backoff{random: o.random}}
	for {
		more, err := p.push(ctx)
		if ctx.Err() != nil {
			return
		}
		o.set(func() { o.pushErr = err })
		switch {
		case err != nil:
			o.logf("sync: push: %v", err)
			if o.sleep(ctx, p.pause.next(), o.pushNow) {
				p.pause.reset()
			}
		case !more:
			p.pause.reset()
			select {
			case <-ctx.Done():
			case <-o.appended:
			case <-o.pushNow:
			}
		}
	}
}

// pusher is what one term of leading remembers.
type pusher struct {
	*Outbox
	pause   backoff
	suspect bool   // there may be quarantined ops
	rekeyed bool   // and nothing was accepted since
	proven  string // the device of which the server has accepted an op in this term
	gap     annotation.OpID
}

// push sends one batch and settles its answers; more: try the next at once.
func (p *pusher) push(ctx context.Context) (more bool, err error) {
	if err := p.rekey(ctx); err != nil {
		return false, err
	}
	waiting, err := p.store.Waiting(ctx, wire.MaxPushOps)
	if err != nil || len(waiting) == 0 {
		return false, err
	}
	batch := p.batch(waiting)
	results, err := p.remote.Push(ctx, batch)
	if problem := (*wire.Problem)(nil); errors.As(err, &problem) && problem.Code == "gap" {
		return true, p.fillGap(ctx, batch, problem)
	}
	if err != nil {
		return false, err
	}
	if err := fit(batch, results); err != nil {
		return false, err
	}
	p.answered()
	for _, r := range results {
		if r.Outcome != wire.Quarantined {
			p.pause.reset()
		}
		switch r.Outcome {
		case wire.Accepted:
			p.proven, p.gap, p.rekeyed = r.ID.Device, annotation.OpID{}, false
		case wire.Quarantined:
			p.suspect = true
		}
	}
	return true, p.withRoom(ctx, nil, func() error { return p.store.Settle(ctx, results) })
}

// envelope is more than the JSON of a PushRequest without its ops.
const envelope = 256

// batch cuts what one push may carry off the front.
//
// It holds ops of one device, and only one op until the server has accepted
// one in this term. For when the browser's profile was restored, the first op's
// id is in use for another op, but the ids after it may be free: their ops
// would be accepted with prev ids that mean something else on the server.
func (p *pusher) batch(waiting []annotation.Op) []annotation.Op {
	size := envelope
	for i := range waiting {
		if waiting[i].Device != waiting[0].Device || i > 0 && waiting[i].Device != p.proven {
			return waiting[:i]
		}
		b, err := json.Marshal(&waiting[i])
		if err != nil {
			panic("sync: an op always marshals: " + err.Error())
		}
		if size += len(b) + 1; size > wire.MaxPushBytes && i > 0 {
			return waiting[:i]
		}
	}
	return waiting
}

// fit refuses answers that are not the answers to the batch. Settling part of
// them could send an op a second time under another id.
func fit(batch []annotation.Op, results []wire.Result) error {
	if len(results) != len(batch) {
		return fmt.Errorf("the server gave %d answers to %d ops: nothing was taken from them", len(results), len(batch))
	}
	for i, r := range results {
		if r.ID != batch[i].ID() {
			return fmt.Errorf("the server's answer %d is to op %s instead of %s: nothing was taken from the answers", i+1, r.ID, batch[i].ID())
		}
		if r.Outcome != wire.Accepted && r.Outcome != wire.Refused && r.Outcome != wire.Quarantined {
			return fmt.Errorf("the server answered %q to op %s, which this app does not know: update the app", r.Outcome, r.ID)
		}
	}
	return nil
}

// rekey moves quarantined ops to a new device id, before anything else is sent.
// The waiting ops go with them: prev ids among them must follow, and none of
// them was sent yet.
func (p *pusher) rekey(ctx context.Context) error {
	if !p.suspect {
		return nil
	}
	c, err := p.store.Counts(ctx)
	if err != nil {
		return err
	}
	if c.Quarantined > 0 && p.rekeyed {
		p.rekeyed = false
		return errors.New("the server takes no ops under this device's new id either: trying again later")
	}
	if c.Quarantined > 0 {
		// A device id that belongs to another account is quarantined too: under a
		// new id the ops would go to whoever is signed in now.
		if _, err := p.remote.Me(ctx); err != nil {
			return err
		}
		var ops []annotation.Op
		err := p.withRoom(ctx, nil, func() (err error) {
			ops, err = p.store.Rekey(ctx)
			return err
		})
		if err != nil {
			return err
		}
		p.rekeyed = true
		p.logf("sync: %d ops got a new device id: the old one is in use elsewhere", len(ops))
	}
	p.suspect = false
	return nil
}

// fillGap sends again what the server once had and has lost.
func (p *pusher) fillGap(ctx context.Context, batch []annotation.Op, problem *wire.Problem) error {
	gap := annotation.OpID{Device: problem.Device, Seq: problem.Expected}
	if gap == p.gap {
		return fmt.Errorf("the server asks for op %s again: %w", gap, problem)
	}
	p.gap = gap
	n, err := p.store.Resend(ctx, gap.Device, gap.Seq)
	if err != nil {
		return err
	}
	p.logf("sync: the server lacks %s: sending %d ops again", gap, n)
	if n > 0 {
		return nil
	}
	// It is nowhere here: under this device id nothing can be sent any more.
	p.suspect = true
	lost := make([]wire.Result, len(batch))
	for i := range batch {
		lost[i] = wire.Result{ID: batch[i].ID(), Outcome: wire.Quarantined, Reason: problem.Error()}
	}
	return p.store.Settle(ctx, lost)
}

// answered notes that the server is there.
func (o *Outbox) answered() {
	o.set(func() {
		o.lastSync = o.clock.Now()
		if unreached(o.followErr) {
			o.followNow.raise()
		}
	})
}

// unreached reports whether the next attempt may go better as soon as any other
// request got through.
func unreached(err error) bool { return errors.Is(err, ErrOffline) || errors.Is(err, ErrSignedOut) }
