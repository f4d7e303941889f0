// Package kvtest is the conformance suite of kv.Store.
package kvtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"hashiya/server/kv"
)

// Run holds the stores that open returns, each of them empty, against the
// contract of kv.Store.
func Run(t *testing.T, open func(*testing.T) kv.Store) {
	t.Run("a key that was never set is not found", func(t *testing.T) {
		view(t, open(t), func(r kv.Reader) error {
			if _, err := r.Get([]byte("لا شيء")); !errors.Is(err, kv.ErrNotFound) {
				t.Errorf("got %v", err)
			}
			return nil
		})
	})

	t.Run("what was set is read back as a copy, also an empty value", func(t *testing.T) {
		s := open(t)
		key, value := []byte("كَـتَبَ “لأذربيجان”\u200f"), []byte("سبتمبر/أيلول 2003 👩\u200d💻\r\n")
		update(t, s, func(w kv.Writer) error {
			if err := w.Set(key, value); err != nil {
				return err
			}
			value[0], key[0] = 'X', 'X' // the store must have copied both
			return w.Set([]byte("empty"), nil)
		})
		view(t, s, func(r kv.Reader) error {
			for range 2 {
				got, err := r.Get([]byte("كَـتَبَ “لأذربيجان”\u200f"))
				if err != nil || string(got) != "سبتمبر/أيلول 2003 👩\u200d💻\r\n" {
					t.Errorf("got %q, %v", got, err)
				}
				got[0] = 'X' // the next Get must not see this
			}
			if got, err := r.Get([]byte("empty")); err != nil || len(got) != 0 {
				t.Errorf("empty value: got %q, %v", got, err)
			}
			return nil
		})
	})

	t.Run("empty and overlong keys are refused", func(t *testing.T) {
		update(t, open(t), func(w kv.Writer) error {
			for _, key := range [][]byte{nil, {}, make([]byte, kv.MaxKeyBytes+1)} {
				if err := w.Set(key, nil); !errors.Is(err, kv.ErrKey) {
					t.Errorf("key of %d bytes: %v", len(key), err)
				}
			}
			return w.Set(make([]byte, kv.MaxKeyBytes), nil)
		})
	})

	t.Run("an update that fails writes nothing and returns the error as it is", func(t *testing.T) {
		s := open(t)
		reason := errors.New("no")
		err := s.Update(t.Context(), func(w kv.Writer) error {
			if err := w.Set([]byte("a"), []byte("1")); err != nil {
				t.Error(err)
			}
			return reason
		})
		if err != reason {
			t.Errorf("got %v", err)
		}
		if err := s.View(t.Context(), func(kv.Reader) error { return reason }); err != reason {
			t.Errorf("view: got %v", err)
		}
		if got := all(t, s); len(got) != 0 {
			t.Errorf("written: %q", got)
		}
	})

	t.Run("an update that is too large writes nothing, even when Set's error was dropped", func(t *testing.T) {
		s := open(t)
		err := s.Update(t.Context(), func(w kv.Writer) error {
			for i := range 5 {
				_ = w.Set(fmt.Append(nil, i), make([]byte, kv.MaxUpdateBytes/4))
			}
			return nil
		})
		if !errors.Is(err, kv.ErrTooLarge) {
			t.Errorf("got %v", err)
		}
		if got := all(t, s); len(got) != 0 {
			t.Errorf("%d keys written", len(got))
		}
	})

	t.Run("a view keeps its snapshot while others update", func(t *testing.T) {
		s := open(t)
		set(t, s, "a", "old")
		view(t, s, func(r kv.Reader) error {
			set(t, s, "a", "new")
			set(t, s, "b", "new")
			if got := dump(t, r, "", ""); !slices.Equal(got, []string{"a=old"}) {
				t.Errorf("got %q", got)
			}
			return nil
		})
		if got := all(t, s); !slices.Equal(got, []string{"a=new", "b=new"}) {
			t.Errorf("after: %q", got)
		}
	})

	t.Run("a scan does not see what its function sets, the next scan does", func(t *testing.T) {
		s := open(t)
		set(t, s, "a", "1")
		update(t, s, func(w kv.Writer) error {
			if err := w.Set([]byte("b"), []byte("1")); err != nil {
				return err
			}
			var seen []string
			err := w.Scan(nil, nil, func(key, _ []byte) (bool, error) {
				seen = append(seen, string(key))
				return true, w.Set(append(key, 'x'), []byte("2"))
			})
			if !slices.Equal(seen, []string{"a", "b"}) {
				t.Errorf("first scan: %q", seen)
			}
			if got := dump(t, w, "", ""); !slices.Equal(got, []string{"a=1", "ax=2", "b=1", "bx=2"}) {
				t.Errorf("second scan: %q", got)
			}
			return err
		})
	})

	t.Run("scans nest, in views and in updates", func(t *testing.T) {
		s := open(t)
		set(t, s, "a", "1")
		set(t, s, "b", "2")
		nested := func(r kv.Reader) error {
			var pairs []string
			err := r.Scan(nil, nil, func(outer, _ []byte) (bool, error) {
				return true, r.Scan(nil, nil, func(inner, _ []byte) (bool, error) {
					pairs = append(pairs, string(outer)+string(inner))
					return true, nil
				})
			})
			if !slices.Equal(pairs, []string{"aa", "ab", "ba", "bb"}) {
				t.Errorf("got %q", pairs)
			}
			return err
		}
		view(t, s, nested)
		update(t, s, func(w kv.Writer) error { return nested(w) })
	})

	t.Run("a scan stops when told to, and on an error", func(t *testing.T) {
		s := open(t)
		set(t, s, "a", "1")
		set(t, s, "b", "2")
		reason := errors.New("enough")
		for _, give := range []error{nil, reason} {
			calls := 0
			err := s.View(t.Context(), func(r kv.Reader) error {
				return r.Scan(nil, nil, func(_, _ []byte) (bool, error) { calls++; return give != nil, give })
			})
			if err != give || calls != 1 {
				t.Errorf("gave %v: got %v after %d calls", give, err, calls)
			}
		}
	})

	t.Run("a cancelled context starts nothing and ends a scan", func(t *testing.T) {
		s := open(t)
		set(t, s, "a", "1")
		ctx, cancel := context.WithCancel(t.Context())
		err := s.View(ctx, func(r kv.Reader) error {
			cancel()
			return r.Scan(nil, nil, func(_, _ []byte) (bool, error) { return true, nil })
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("scan: %v", err)
		}
		never := errors.New("ran")
		if err := s.View(ctx, func(kv.Reader) error { return never }); !errors.Is(err, context.Canceled) {
			t.Errorf("view: %v", err)
		}
		if err := s.Update(ctx, func(kv.Writer) error { return never }); !errors.Is(err, context.Canceled) {
			t.Errorf("update: %v", err)
		}
	})

	t.Run("no update is lost among concurrent ones", func(t *testing.T) {
		s := open(t)
		const writers, rounds = 8, 25
		var group sync.WaitGroup
		for range writers {
			group.Go(func() {
				for range rounds {
					update(t, s, func(w kv.Writer) error {
						value, err := w.Get([]byte("count"))
						if err != nil && !errors.Is(err, kv.ErrNotFound) {
							return err
						}
						return w.Set([]byte("count"), append(value, '.'))
					})
				}
			})
		}
		group.Wait()
		if got := all(t, s); len(got) != 1 || len(got[0]) != len("count=")+writers*rounds {
			t.Errorf("got %q", got)
		}
	})

	t.Run("large values come back whole", func(t *testing.T) {
		s := open(t)
		large := bytes.Repeat([]byte("نص "), (8<<20)/5)
		update(t, s, func(w kv.Writer) error { return w.Set([]byte("a"), large) })
		view(t, s, func(r kv.Reader) error {
			got, err := r.Get([]byte("a"))
			if !bytes.Equal(got, large) {
				t.Errorf("%d bytes of %d", len(got), len(large))
			}
			return err
		})
	})

	t.Run("any sequence of updates reads like a sorted map", func(t *testing.T) {
		s := open(t)
		model := map[string]string{}
		key := rapid.StringMatching(`[abأ/]{1,3}`)
		bound := rapid.StringMatching(`[abأ/]{0,2}`)
		rapid.Check(t, func(rt *rapid.T) {
			update(t, s, func(w kv.Writer) error {
				for range rapid.IntRange(0, 8).Draw(rt, "sets") {
					k, v := key.Draw(rt, "key"), rapid.String().Draw(rt, "value")
					model[k] = v
					if err := w.Set([]byte(k), []byte(v)); err != nil {
						return err
					}
				}
				compare(rt, w, model, bound.Draw(rt, "prefix"), bound.Draw(rt, "from"))
				return nil
			})
			view(t, s, func(r kv.Reader) error {
				compare(rt, r, model, bound.Draw(rt, "prefix"), bound.Draw(rt, "from"))
				return nil
			})
		})
	})
}

type failer interface{ Fatalf(string, ...any) }

func compare(t failer, r kv.Reader, model map[string]string, prefix, from string) {
	var want []string
	for _, k := range slices.Sorted(maps.Keys(model)) {
		if k >= from && len(k) >= len(prefix) && k[:len(prefix)] == prefix {
			want = append(want, k+"="+model[k])
		}
		if got, err := r.Get([]byte(k)); err != nil || string(got) != model[k] {
			t.Fatalf("Get(%q) = %q, %v; want %q", k, got, err, model[k])
		}
	}
	if got := dump(t, r, prefix, from); !slices.Equal(got, want) {
		t.Fatalf("prefix %q from %q: got %q, want %q", prefix, from, got, want)
	}
}

func dump(t failer, r kv.Reader, prefix, from string) (pairs []string) {
	err := r.Scan([]byte(prefix), []byte(from), func(key, value []byte) (bool, error) {
		pairs = append(pairs, string(key)+"="+string(value))
		return true, nil
	})
	if err != nil {
		t.Fatalf("scan: %v", err)
	}
	return pairs
}

func all(t *testing.T, s kv.Store) (pairs []string) {
	view(t, s, func(r kv.Reader) error { pairs = dump(t, r, "", ""); return nil })
	return pairs
}

func set(t *testing.T, s kv.Store, key, value string) {
	update(t, s, func(w kv.Writer) error { return w.Set([]byte(key), []byte(value)) })
}

func view(t *testing.T, s kv.Store, fn func(kv.Reader) error) {
	t.Helper()
	if err := s.View(t.Context(), fn); err != nil {
		t.Errorf("view: %v", err)
	}
}

func update(t *testing.T, s kv.Store, fn func(kv.Writer) error) {
	t.Helper()
	if err := s.Update(t.Context(), fn); err != nil {
		t.Errorf("update: %v", err)
	}
}
