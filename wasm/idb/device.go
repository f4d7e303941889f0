//go:build js && wasm

package idb

import "context"

// deviceUser names the database of the device itself. No account can have the
// name.
const deviceUser = ""

// Remember keeps a note of the device, apart from every user's work, on the
// disk before it returns. localStorage reaches the disk only seconds later:
// what must outlive the browser's death goes here too.
func Remember(ctx context.Context, key, note string) error {
	return withDevice(ctx, func(s *Store) error {
		return s.write(ctx, "keeping a note of this device", strict, func(t *tx) {
			t.store("meta").Call("put", note, key)
		}, "meta")
	})
}

// Recall returns the note, "" for none.
func Recall(ctx context.Context, key string) (note string, err error) {
	err = withDevice(ctx, func(s *Store) error {
		return s.read(ctx, "reading a note of this device", func(t *tx) {
			t.text("meta", key, func(text string) { note = text })
		}, "meta")
	})
	return note, err
}

func withDevice(ctx context.Context, fn func(*Store) error) error {
	s, err := Open(ctx, deviceUser)
	if err != nil {
		return err
	}
	defer s.Close()
	return fn(s)
}
