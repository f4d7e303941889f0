package badgerlog

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/dgraph-io/badger/v4"

	"hashiya/server/kv/badgerkv"
	"hashiya/server/log"
)

// The database is divided by these prefixes.
const (
	recordPrefix     = "l/" // + position: the records
	checkpointPrefix = "c/" // + position: the state of the chain there
	viewNamespace    = "v/" // what Apply writes
	sidePrefix       = "s/" // + name + "/": see Side
)

var (
	identityKey = []byte("m/identity")
	// The position of the newest record that went to the value log. Opening
	// reads it: Badger cuts a value log at the first byte that is wrong, which
	// takes the newest value with it.
	largeKey = []byte("m/large")
)

func positionKey(prefix string, pos log.Pos) []byte {
	return binary.BigEndian.AppendUint64([]byte(prefix), uint64(pos))
}

func keyPosition(prefix string, key []byte) log.Pos {
	return log.Pos(binary.BigEndian.Uint64(key[len(prefix):]))
}

// descend calls fn for the keys with prefix that are not above pos, from the
// greatest down, until it returns false.
func descend(txn *badger.Txn, prefix string, pos log.Pos, fn func(log.Pos, *badger.Item) (bool, error)) error {
	options := badger.DefaultIteratorOptions
	options.PrefetchValues = false
	options.Reverse = true
	it := txn.NewIterator(options)
	defer it.Close()
	for it.Seek(positionKey(prefix, pos)); it.ValidForPrefix([]byte(prefix)); it.Next() {
		more, err := fn(keyPosition(prefix, it.Item().Key()), it.Item())
		if err != nil || !more {
			return err
		}
	}
	return nil
}

// ascend calls fn for the records behind after, in order, until it returns
// false. It fails with ErrDamaged at the first gap. record is valid only
// during fn.
func ascend(txn *badger.Txn, after log.Pos, fn func(pos log.Pos, record []byte) (bool, error)) error {
	options := badger.DefaultIteratorOptions
	options.PrefetchValues = false
	options.Prefix = []byte(recordPrefix)
	it := txn.NewIterator(options)
	defer it.Close()
	var buffer []byte
	for it.Seek(positionKey(recordPrefix, after+1)); it.Valid(); it.Next() {
		after++
		if pos := keyPosition(recordPrefix, it.Item().Key()); pos != after {
			return fmt.Errorf("%w: records %d to %d are missing. %s", log.ErrDamaged, after, pos-1, remedy)
		}
		var err error
		if buffer, err = badgerkv.Value(it.Item(), buffer); err != nil {
			return fmt.Errorf("%w: record %d cannot be read: %w. %s", log.ErrDamaged, after, err, remedy)
		}
		more, err := fn(after, buffer)
		if err != nil || !more {
			return err
		}
	}
	return nil
}

func (s state) checkpoint() []byte {
	return append(binary.BigEndian.AppendUint64(nil, s.bytes), s.digest[:]...)
}

func readCheckpoint(pos log.Pos, item *badger.Item) (state, error) {
	s := state{pos: pos}
	value, err := badgerkv.Value(item, nil)
	if err != nil || len(value) != 8+len(s.digest) {
		return s, fmt.Errorf("%w: the checkpoint at %d cannot be read (%d bytes, %v). %s", log.ErrDamaged, pos, len(value), err, remedy)
	}
	s.bytes = binary.BigEndian.Uint64(value)
	copy(s.digest[:], value[8:])
	return s, nil
}

// get returns nil when there is no such key.
func get(txn *badger.Txn, key []byte) ([]byte, error) {
	item, err := txn.Get(key)
	if errors.Is(err, badger.ErrKeyNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return badgerkv.Value(item, nil)
}
