package desk

import (
	"context"
	"time"

	"hashiya/app/annotation"
)

// Batch makes one act of the user over several articles of a project, which
// need not be open. In each of them the act can be undone by itself, too.
type Batch struct {
	Store   Store
	Project string
	Scheme  int // version
	Now     func() time.Time
}

// Target is an article that a batch may change.
type Target struct{ Article, TextSHA256 string }

// Sheet is an article as it stands on this device.
type Sheet struct {
	Fold    *annotation.Fold
	History *annotation.History // of this device
}

// batchOps is about how many ops a transaction holds. An article is never cut
// in two.
const batchOps = 200

// Do asks plan what to change in each target and writes it, under the given
// action id, in the order of the targets. wrote is called after each
// transaction with how many targets are behind it; what it was told is on the
// disk. Do returns at the first error, and at ctx's end; the rest of the targets
// is then as it was. Doing it again is right where plan leaves out what is done.
func (b Batch) Do(ctx context.Context, action string, targets []Target, plan func(t Target, s Sheet) []annotation.Change, wrote func(targets int)) error {
	return b.do(ctx, act{action: action}, targets, plan, wrote)
}

// TakeBack undoes an action in each target, as Desk.Undo does it in one: what
// was changed since stays. wrote and the error are as in Do; changes counts what
// was taken back.
func (b Batch) TakeBack(ctx context.Context, action string, targets []Target, wrote func(targets int)) (changes []annotation.Change, err error) {
	var planned []annotation.Change
	err = b.do(ctx, act{action: annotation.NewID(), undoes: action}, targets, func(_ Target, s Sheet) []annotation.Change {
		back := s.History.Reverse(action, s.Fold)
		planned = append(planned, back...)
		return back
	}, func(targets int) {
		changes = planned
		wrote(targets)
	})
	return changes, err
}

func (b Batch) do(ctx context.Context, as act, targets []Target, plan func(t Target, s Sheet) []annotation.Change, wrote func(targets int)) error {
	device, err := b.Store.Device(ctx)
	if err != nil {
		return err
	}
	var drafts []annotation.Op
	for i, t := range targets {
		if err := ctx.Err(); err != nil {
			return err
		}
		s, err := b.sheet(ctx, device, t.Article)
		if err != nil {
			return err
		}
		as.changes = plan(t, s)
		drafts = append(drafts, as.drafts(annotation.Op{
			Project: b.Project, Article: t.Article, TextSHA256: t.TextSHA256, Scheme: b.Scheme,
			Time: b.Now().UTC().Format(time.RFC3339),
		}, s.Fold)...)
		if len(drafts) < batchOps && i < len(targets)-1 {
			continue
		}
		if len(drafts) > 0 {
			if _, err := b.Store.Append(ctx, drafts); err != nil {
				return err
			}
		}
		drafts = nil
		wrote(i + 1)
	}
	return nil
}

func (b Batch) sheet(ctx context.Context, device, article string) (Sheet, error) {
	ops, err := b.Store.Ops(ctx, b.Project, article)
	if err != nil {
		return Sheet{}, err
	}
	s := Sheet{Fold: &annotation.Fold{}}
	s.Fold.Add(ops...)
	var own []annotation.Op
	for _, o := range ops {
		if o.Device == device {
			own = append(own, o)
		}
	}
	s.History = annotation.NewHistory(own)
	return s, nil
}
