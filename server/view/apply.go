// Package view is what the log says, folded: projects, articles, layers,
// accounts, and what became of every entry. It can be dropped and folded again
// at any time.
//
// Every decision that depends on state is taken here, in Apply, from the log
// alone: handlers append what somebody wants, and read here what became of it.
package view

import (
	"encoding/json"
	"fmt"
	"time"

	"hashiya/app/annotation"
	"hashiya/server/access"
	"hashiya/server/kv"
	"hashiya/server/log"
	"hashiya/server/record"
)

// Apply folds entries into the view. It is a pure function of the view's
// content and the entries: it knows no clock and no chance, and however the
// entries are cut into batches, the same bytes come out. Entries that the view
// holds already are passed over; a gap between the view and the entries is an
// error. An error leaves w half written: the caller must drop it.
func Apply(w kv.Writer, entries []log.Entry) error {
	cursor, err := Snapshot{w}.Cursor()
	if err != nil {
		return err
	}
	last := log.Pos(cursor)
	a := applier{Snapshot: Snapshot{w}, w: w, memo: memo{}}
	for i := range entries {
		e := &entries[i]
		if e.Pos <= last {
			continue
		}
		if e.Pos != last+1 {
			return fmt.Errorf("view: entry %d follows entry %d: entries between them are missing", e.Pos, last)
		}
		a.pos, a.time = uint64(e.Pos), e.Time
		if err := a.apply(&e.Record); err != nil {
			return fmt.Errorf("view: entry %d (%s): %w", e.Pos, e.Record.Kind, err)
		}
		last = e.Pos
	}
	if uint64(last) == cursor {
		return nil
	}
	return set(w, sCursor.key(), uint64(last))
}

// applier is the state while one batch of entries is applied.
type applier struct {
	Snapshot
	w    kv.Writer
	memo memo
	pos  uint64    // of the entry being applied
	time time.Time // of the entry being applied, by the log
}

func (a *applier) apply(r *log.Record) error {
	switch r.Kind {
	case record.KindOp:
		return with(r, func(d annotation.Op) error { return a.op(r.Actor, &d) })
	case record.KindLayer:
		return with(r, func(d record.LayerData) error { return a.layer(r.Actor, &d) })
	case record.KindArticle:
		return with(r, func(d record.ArticleData) error { return a.article(r.Actor, &d) })
	case record.KindProject:
		return with(r, func(d record.ProjectData) error { return a.project(r.Actor, &d) })
	case record.KindScheme:
		return with(r, func(d record.SchemeData) error { return a.scheme(r.Actor, &d) })
	case record.KindAccount:
		return with(r, func(d record.AccountData) error { return a.account(r.Actor, &d) })
	case record.KindPassword:
		return with(r, func(d record.PasswordData) error { return a.password(r.Actor, &d) })
	case record.KindLink:
		return with(r, func(d record.SecretData) error { return a.link(r.Actor, &d) })
	case record.KindLinkUse:
		return with(r, func(d record.SecretData) error { return a.linkUse(&d) })
	case record.KindToken:
		return with(r, func(d record.SecretData) error { return a.token(r.Actor, &d) })
	case record.KindDelivered:
		return with(r, func(d record.DeliveredData) error { return a.delivered(r.Actor, &d) })
	case record.KindRestored:
		return a.set(sRestored.key(), a.pos)
	}
	// A newer program wrote it. To pass over it would serve half of the truth.
	return fmt.Errorf("records of kind %q are not known to this program: run the version that wrote them, or a newer one", r.Kind)
}

func with[T any](r *log.Record, fn func(T) error) error {
	var d T
	if err := json.Unmarshal(r.Data, &d); err != nil {
		return fmt.Errorf("the record's data can't be read: %w", err)
	}
	return fn(d)
}

func (a *applier) set(key []byte, v any) error { return set(a.w, key, v) }

// actor returns who made the entry, with the role of this moment of the log;
// nobody, where there is no such account.
func (a *applier) actor(name string) (access.User, error) {
	if name == access.Operator {
		return access.TheOperator, nil
	}
	k := string(sAccount.key(name))
	if u, ok := a.memo[k].(access.User); ok {
		return u, nil
	}
	acc, there, err := a.accountOf(name)
	if err != nil || !there {
		return access.User{}, err
	}
	u := access.User{Name: name, Role: acc.Role}
	a.memo[k] = u
	return u, nil
}

// may asks package access, and keeps the refusal as the entry's verdict.
func (a *applier) may(actor string, do access.Action, on access.Object) (bool, error) {
	u, err := a.actor(actor)
	if err != nil {
		return false, err
	}
	if access.Can(u, do, on) {
		return true, nil
	}
	return false, a.verdict(Forbidden, "%s may not %s", actor, do)
}
