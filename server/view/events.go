package view

import (
	"cmp"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"slices"

	"hashiya/app/annotation"
	"hashiya/app/wire"
)

// ownEvent is one entry that put ops into an author's layer. The ops
// themselves stand in sOp.
type ownEvent struct {
	Project string `json:"p"`
	Article string `json:"a"`
	Ops     int    `json:"n"`
}

// maxBatch is how many bytes of ops a batch of events has before its last
// entry: each of thousands of connections may hold a batch.
const maxBatch = 256 << 10

func (a *applier) own(author, project, article string, ops int) error {
	return a.set(sOwn.key(author, a.pos), ownEvent{project, article, ops})
}

func (a *applier) changed(project string) error {
	return a.set(sChanged.key(a.pos), project)
}

// Events returns what happened after a position, as the user may see it: the
// ops of the user's own layers, and for each project that changed one Changed
// with the latest position. They stand in the order of the log. About limit of
// them are returned, and no further entry once they have maxBatch bytes, never a
// part of what one entry brought; Cursor is where to go on.
func (s Snapshot) Events(user string, after uint64, limit int) (wire.Events, error) {
	cursor, err := s.Cursor()
	if err != nil {
		return wire.Events{}, err
	}
	out := wire.Events{Events: []wire.Event{}, Cursor: max(cursor, after)}
	if cursor <= after {
		return out, nil
	}
	size := 0
	full := func(pos uint64) error {
		if len(out.Events) >= limit || size >= maxBatch {
			out.Cursor = pos - 1
			return errStop
		}
		return nil
	}
	err = scan(s.r, sOwn.key(user), binary.BigEndian.AppendUint64(sOwn.key(user), after+1), func(k []byte, e ownEvent) error {
		pos := lastNumber(k)
		if err := full(pos); err != nil {
			return err
		}
		for i := range e.Ops {
			b, err := s.r.Get(sOp.key(e.Project, e.Article, user, pos, i))
			if err != nil {
				return fmt.Errorf("view: op %d/%d of %s is listed: %w", pos, i, user, err)
			}
			size += len(b)
			o := new(annotation.Op)
			if err := json.Unmarshal(b, o); err != nil {
				return fmt.Errorf("view: op %d/%d of %s can't be read: %w", pos, i, user, err)
			}
			out.Events = append(out.Events, wire.Event{Pos: pos, Author: user, Op: o})
		}
		return nil
	})
	if err != nil && err != errStop {
		return wire.Events{}, err
	}
	err = s.projectChanges(after, &out)
	return out, err
}

// projectChanges merges what changed in projects up to out.Cursor into out.
func (s Snapshot) projectChanges(after uint64, out *wire.Events) error {
	last := map[string]uint64{}
	err := scan(s.r, sChanged.key(), sChanged.key(after+1), func(k []byte, project string) error {
		pos := lastNumber(k)
		if pos > out.Cursor {
			return errStop
		}
		last[project] = pos
		return nil
	})
	if err != nil && err != errStop {
		return err
	}
	for project, pos := range last {
		out.Events = append(out.Events, wire.Event{Pos: pos, Changed: &wire.Changed{Project: project}})
	}
	slices.SortStableFunc(out.Events, func(a, b wire.Event) int { return cmp.Compare(a.Pos, b.Pos) })
	return nil
}

// Everything is a position behind every other.
const Everything = uint64(math.MaxUint64)
