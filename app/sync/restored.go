package sync

import "context"

// meet asks which log the server has. Where it is another one than before (the
// server was restored from a backup), the cursor means nothing there, and what
// the server had acknowledged after the backup is lost: everything is received
// again, and the server is asked for what it lacks. The log is noted last, so
// whatever breaks off is done again.
func (o *Outbox) meet(ctx context.Context) error {
	me, err := o.remote.Me(ctx)
	if err != nil {
		return err
	}
	o.mu.Lock()
	known := o.log
	o.mu.Unlock()
	if me.Log == known || me.Log == "" {
		return nil
	}
	if err := o.recheck(ctx); err != nil {
		return err
	}
	if err := o.store.Receive(ctx, nil, 0); err != nil {
		return err
	}
	o.set(func() { o.log = me.Log })
	return nil
}

// recheck makes the server answer again for the last op of every device: it
// knows it, or it answers with the gap that pusher.fillGap fills.
func (o *Outbox) recheck(ctx context.Context) error {
	n, err := o.store.Recheck(ctx)
	if err == nil && n > 0 {
		o.logf("sync: another log at the server: asking it for %d ops", n)
		o.appended.raise()
	}
	return err
}
