package sync

import (
	"context"
	"errors"
	"math"

	"hashiya/app/annotation"
)

// withRoom does a write, and once more where the device had no room for it and
// the copies of articles, which the server has too, could give some. made are
// the ops that are about to be written.
func (o *Outbox) withRoom(ctx context.Context, made []annotation.Op, write func() error) error {
	err := write()
	if !errors.Is(err, ErrQuota) {
		return err
	}
	n, dropErr := o.makeRoom(ctx, made)
	if dropErr != nil {
		return errors.Join(err, dropErr)
	}
	o.logf("sync: no room on this device: dropped %d articles that the server has too", n)
	if n == 0 {
		return err
	}
	return write()
}

// makeRoom drops the copies of all articles that nobody works on now.
func (o *Outbox) makeRoom(ctx context.Context, made []annotation.Op) (int, error) {
	o.set(func() { o.cramped = true })
	waiting, err := o.store.Waiting(ctx, math.MaxInt)
	if err != nil {
		return 0, err
	}
	keep := map[[2]string]bool{}
	for _, ops := range [][]annotation.Op{waiting, made} {
		for i := range ops {
			keep[[2]string{ops[i].Project, ops[i].Article}] = true
		}
	}
	return o.store.DropArticles(ctx, func(project, article string) bool { return keep[[2]string{project, article}] })
}
