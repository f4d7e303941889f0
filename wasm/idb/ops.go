//go:build js && wasm

package idb

import (
	"cmp"
	"context"
	"math"
	"slices"
	"syscall/js"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/sync"
	"hashiya/app/wire"
)

// head is the value of "head" in meta.
type head struct {
	sync.Head
	N uint64 `json:"n"` // of the last op that was appended
}

// record is a value of ops. It crosses to JavaScript as one JSON text.
type record struct {
	Device  string `json:"device"`
	Seq     uint64 `json:"seq"`
	N       uint64 `json:"n"` // counts the ops appended here: their order
	State   int    `json:"state"`
	Project string `json:"project"`
	Article string `json:"article"`
	Op      string `json:"op"`     // JSON
	Answer  string `json:"answer"` // JSON of a wire.Result; "" while waiting
}

// States of a record. They are stored: never renumber them.
const (
	waiting     = 0
	accepted    = 1
	refused     = 2
	quarantined = 3
)

var states = map[wire.Outcome]int{wire.Accepted: accepted, wire.Refused: refused, wire.Quarantined: quarantined}

func newRecord(o annotation.Op, n uint64) record {
	return record{Device: o.Device, Seq: o.Seq, N: n, Project: o.Project, Article: o.Article, Op: encode(o)}
}

// arrival is a value of received.
type arrival struct {
	Device  string `json:"device"`
	Seq     uint64 `json:"seq"`
	Pos     uint64 `json:"pos"`
	Project string `json:"project"`
	Article string `json:"article"`
	Op      string `json:"op"` // JSON
}

func key(id annotation.OpID) []any { return []any{id.Device, float64(id.Seq)} }

// under is the range of all compound keys that begin with the parts: an empty
// array is greater than any number and string.
func under(parts ...any) js.Value {
	upper := append(slices.Clone(parts), []any{})
	return js.Global().Get("IDBKeyRange").Call("bound", parts, upper)
}

func (t *tx) head(fn func(h head)) {
	t.text("meta", "head", func(text string) {
		var h head
		if text != "" {
			t.decode(text, &h)
		} else {
			h.Device = annotation.NewID()
		}
		fn(h)
	})
}

func (t *tx) putHead(h head) { t.store("meta").Call("put", encode(h), "head") }

func (t *tx) put(store string, v any) { t.store(store).Call("put", parse.Invoke(encode(v))) }

// records calls fn with the records of an index under a key prefix, in order.
func records[R any](t *tx, store, index string, limit int, fn func([]R), prefix ...any) {
	request := t.store(store).Call("index", index).Call("getAll", under(prefix...), float64(min(limit, math.MaxUint32)))
	t.result(request, func(v js.Value) {
		var out []R
		t.decode(stringify.Invoke(v).String(), &out)
		fn(out)
	})
}

// all is no limit.
const all = math.MaxInt

func (t *tx) op(text string) (o annotation.Op) {
	t.decode(text, &o)
	return o
}

// Device implements sync.Store.
func (s *Store) Device(ctx context.Context) (device string, err error) {
	err = s.read(ctx, "reading the device id", func(t *tx) {
		t.text("meta", "head", func(text string) {
			if text != "" {
				var h head
				t.decode(text, &h)
				device = h.Device
			}
		})
	}, "meta")
	if err != nil || device != "" {
		return device, err
	}
	err = s.write(ctx, "making a device id", strict, func(t *tx) {
		t.head(func(h head) { // another tab may have been faster
			device = h.Device
			t.putHead(h)
		})
	}, "meta")
	return device, err
}

// Append implements sync.Store.
func (s *Store) Append(ctx context.Context, drafts []annotation.Op) ([]annotation.Op, error) {
	if len(drafts) == 0 {
		return nil, ctx.Err()
	}
	var ops []annotation.Op
	err := s.write(ctx, "saving an annotation", strict, func(t *tx) {
		t.head(func(h head) {
			ops = h.Number(drafts)
			for _, o := range ops {
				h.N++
				t.put("ops", newRecord(o, h.N))
			}
			t.putHead(h)
		})
	}, "meta", "ops")
	if err != nil {
		return nil, err
	}
	return ops, nil
}

// Waiting implements sync.Store.
func (s *Store) Waiting(ctx context.Context, limit int) (ops []annotation.Op, err error) {
	err = s.read(ctx, "reading what waits", func(t *tx) {
		records(t, "ops", "state", limit, func(list []record) {
			for _, r := range list {
				ops = append(ops, t.op(r.Op))
			}
		}, waiting)
	}, "ops")
	return ops, err
}

// Settle implements sync.Store. Answers that are lost in a power cut are asked
// for again.
func (s *Store) Settle(ctx context.Context, results []wire.Result) error {
	if len(results) == 0 {
		return ctx.Err()
	}
	return s.write(ctx, "keeping the server's answers", relaxed, func(t *tx) {
		for _, r := range results {
			t.result(t.store("ops").Call("get", key(r.ID)), func(v js.Value) {
				if !v.IsUndefined() && v.Get("state").Int() == waiting {
					t.settle(v, r)
				}
			})
		}
	}, "ops")
}

func (t *tx) settle(record js.Value, r wire.Result) {
	record.Set("state", states[r.Outcome])
	record.Set("answer", encode(r))
	t.store("ops").Call("put", record)
}

// Stuck implements sync.Store.
func (s *Store) Stuck(ctx context.Context) (stuck []sync.Stuck, err error) {
	err = s.read(ctx, "reading what was refused", func(t *tx) {
		records(t, "ops", "state", all, func(list []record) {
			records(t, "ops", "state", all, func(more []record) {
				list = append(list, more...)
				slices.SortFunc(list, byOrder)
				for _, r := range list {
					x := sync.Stuck{Op: t.op(r.Op)}
					t.decode(r.Answer, &x.Result)
					stuck = append(stuck, x)
				}
			}, quarantined)
		}, refused)
	}, "ops")
	return stuck, err
}

func byOrder(a, b record) int { return cmp.Compare(a.N, b.N) }

// Rekey implements sync.Store.
func (s *Store) Rekey(ctx context.Context) ([]annotation.Op, error) {
	var moved []annotation.Op
	err := s.write(ctx, "giving this device a new id", strict, func(t *tx) {
		records(t, "ops", "state", all, func(list []record) {
			if len(list) == 0 {
				return
			}
			records(t, "ops", "state", all, func(more []record) {
				list = append(list, more...)
				slices.SortFunc(list, byOrder)
				t.head(func(h head) { moved = t.rekey(h, list) })
			}, waiting)
		}, quarantined)
	}, "meta", "ops")
	if err != nil {
		return nil, err
	}
	return moved, nil
}

func (t *tx) rekey(h head, list []record) []annotation.Op {
	ops := make([]annotation.Op, len(list))
	for i, r := range list {
		ops[i] = t.op(r.Op)
		t.store("ops").Call("delete", key(ops[i].ID()))
	}
	h.Head, ops = h.Renumber(ops)
	for i, o := range ops {
		t.put("ops", newRecord(o, list[i].N))
	}
	t.putHead(h)
	return ops
}

// Resend implements sync.Store.
func (s *Store) Resend(ctx context.Context, device string, seq uint64) (n int, err error) {
	from := annotation.OpID{Device: device, Seq: seq}
	err = s.write(ctx, "sending again", strict, func(t *tx) {
		ops := t.store("ops")
		t.result(ops.Call("get", key(from)), func(v js.Value) {
			if v.IsUndefined() {
				return
			}
			rest := js.Global().Get("IDBKeyRange").Call("bound", key(from), []any{device, []any{}})
			t.result(ops.Call("getAll", rest), func(v js.Value) {
				n = v.Length()
				for i := range n {
					r := v.Index(i)
					r.Set("state", waiting)
					r.Set("answer", "")
					ops.Call("put", r)
				}
			})
		})
	}, "ops")
	return n, err
}

// Recheck implements sync.Store.
func (s *Store) Recheck(ctx context.Context) (n int, err error) {
	err = s.write(ctx, "asking again for answers", strict, func(t *tx) {
		ops := t.store("ops")
		t.result(ops.Call("getAllKeys"), func(keys js.Value) {
			// In the order of device and seq: a device's last one stands before
			// the next device.
			for i := range keys.Length() {
				key := keys.Index(i)
				if i+1 < keys.Length() && keys.Index(i+1).Index(0).String() == key.Index(0).String() {
					continue
				}
				t.result(ops.Call("get", key), func(r js.Value) {
					if state := r.Get("state").Int(); state == accepted || state == refused {
						r.Set("state", waiting)
						r.Set("answer", "")
						ops.Call("put", r)
						n++
					}
				})
			}
		})
	}, "ops")
	return n, err
}

// Receive implements sync.Store. Events that are lost in a power cut come
// again, for the cursor is lost with them.
func (s *Store) Receive(ctx context.Context, events []wire.Event, cursor uint64) error {
	var own []wire.Event
	for _, e := range events {
		if e.Op != nil && e.Author == s.user {
			own = append(own, e)
		}
	}
	return s.write(ctx, "keeping what the server sent", relaxed, func(t *tx) {
		t.store("meta").Call("put", float64(cursor), "cursor")
		if len(own) == 0 {
			return
		}
		t.head(func(h head) {
			for i, e := range own {
				t.result(t.store("ops").Call("get", key(e.Op.ID())), func(made js.Value) {
					t.receive(&h, e, made)
					if i == len(own)-1 {
						t.putHead(h)
					}
				})
			}
		})
	}, "meta", "ops", "received")
}

// receive takes one event; made is the record of the op with its id, or
// undefined.
func (t *tx) receive(h *head, e wire.Event, made js.Value) {
	id := e.Op.ID()
	h.Lamport = max(h.Lamport, e.Op.Lamport)
	if !made.IsUndefined() {
		if o := t.op(made.Get("op").String()); o.ContentHash() == e.Op.ContentHash() {
			t.settle(made, wire.Result{ID: id, Outcome: wire.Accepted, Pos: e.Pos})
			return
		}
	}
	t.put("received", arrival{id.Device, id.Seq, e.Pos, e.Op.Project, e.Op.Article, encode(e.Op)})
	if id.Device == h.Device {
		h.Device, h.Seq = annotation.NewID(), 0
	}
}

// Cursor implements sync.Store.
func (s *Store) Cursor(ctx context.Context) (cursor uint64, err error) {
	err = s.read(ctx, "reading the cursor", func(t *tx) {
		t.result(t.store("meta").Call("get", "cursor"), func(v js.Value) {
			if !v.IsUndefined() {
				cursor = uint64(v.Float())
			}
		})
	}, "meta")
	return cursor, err
}

// Ops implements sync.Store.
func (s *Store) Ops(ctx context.Context, project, article string) (ops []annotation.Op, err error) {
	err = s.read(ctx, "reading an article's annotations", func(t *tx) {
		records(t, "ops", "article", all, func(list []record) {
			for _, r := range list {
				if r.State != refused {
					ops = append(ops, t.op(r.Op))
				}
			}
		}, project, article)
		records(t, "received", "article", all, func(list []arrival) {
			for _, r := range list {
				ops = append(ops, t.op(r.Op))
			}
		}, project, article)
	}, "ops", "received")
	return ops, err
}

// Counts implements sync.Store.
func (s *Store) Counts(ctx context.Context) (c sync.Counts, err error) {
	err = s.read(ctx, "counting", func(t *tx) {
		count := func(of js.Value, into *int, keys ...any) {
			t.result(of.Call("count", keys...), func(v js.Value) { *into = v.Int() })
		}
		ops := t.store("ops")
		state := ops.Call("index", "state")
		count(ops, &c.Ops)
		count(state, &c.Waiting, under(waiting))
		count(state, &c.Refused, under(refused))
		count(state, &c.Quarantined, under(quarantined))
		records(t, "ops", "state", 1, func(oldest []record) {
			for _, r := range oldest {
				c.WaitingSince, _ = time.Parse(time.RFC3339, t.op(r.Op).Time)
			}
		}, waiting)
	}, "ops")
	return c, err
}
