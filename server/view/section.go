package view

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"

	"hashiya/server/kv"
)

// generation is the version of all that Apply writes. A program with another
// generation folds the log again, under keys of its own; the old ones stay
// where they are, for nothing is physically deleted.
const generation = "view2/"

// section is one kind of thing in the view: the first part of its keys.
type section string

const (
	sCursor      section = "cursor"       // → pos
	sProject     section = "project"      // id → project
	sProjectName section = "project-name" // name → id
	sScheme      section = "scheme"       // project, version → scheme.Scheme
	sSchemeMade  section = "scheme-made"  // project, version → wire.SchemeVersion
	sSummary     section = "summary"      // project, pos → wire.ArticleSummary
	sArticle     section = "article"      // project, id → storedArticle
	sHead        section = "head"         // project, id → articleHead
	sText        section = "text"         // project, text hash → article id
	sDevice      section = "device"       // device → device
	sAnswer      section = "answer"       // device, seq → answer
	sVerdict     section = "verdict"      // pos → Verdict, where an entry was not simply done
	sOp          section = "op"           // project, article, author, pos, index → annotation.Op
	sSubject     section = "subject"      // project, article, author, subject → positions of its ops
	sTally       section = "tally"        // project, author, article → Tally
	sFlagged     section = "flagged"      // project, article, author → []wire.Flagged, also none any more
	sDone        section = "done"         // project, author → number of articles
	sOwn         section = "own"          // author, pos → ownEvent
	sChanged     section = "changed"      // pos → project
	sAccount     section = "account"      // name → account
	sLink        section = "link"         // hash → link
	sToken       section = "token"        // hash → account name
	sRestored    section = "restored"     // → pos of the last entry that says so
)

// key joins the parts behind the section. Strings end with a zero byte, which
// no id and no name can hold; numbers are 8 bytes, big endian, and sort.
func (s section) key(parts ...any) []byte {
	k := make([]byte, 0, 96)
	k = append(k, generation...)
	k = append(append(k, s...), 0)
	for _, p := range parts {
		switch p := p.(type) {
		case string:
			k = append(append(k, p...), 0)
		case uint64:
			k = binary.BigEndian.AppendUint64(k, p)
		case int:
			k = binary.BigEndian.AppendUint64(k, uint64(p))
		default:
			panic(fmt.Sprintf("view: a key part of type %T", p))
		}
	}
	return k
}

// lastNumber reads the number that a key ends with.
func lastNumber(k []byte) uint64 { return binary.BigEndian.Uint64(k[len(k)-8:]) }

// lastString reads the string that a key ends with.
func lastString(k []byte) string {
	k = k[:len(k)-1]
	i := len(k)
	for i > 0 && k[i-1] != 0 {
		i--
	}
	return string(k[i:])
}

// get reads the value at a key into v; false where there is none.
func get(r kv.Reader, key []byte, v any) (bool, error) {
	b, err := r.Get(key)
	if errors.Is(err, kv.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if err := json.Unmarshal(b, v); err != nil {
		return false, fmt.Errorf("view: the value at %q can't be read: %w", key, err)
	}
	return true, nil
}

// errStop ends a scan early.
var errStop = errors.New("stop")

// scan decodes the values of all keys with the prefix, from the key from on
// (nil: the first), and calls fn with each, in order. fn ends it with errStop,
// which scan returns.
func scan[T any](r kv.Reader, prefix, from []byte, fn func(key []byte, v T) error) error {
	return r.Scan(prefix, from, func(key, value []byte) (bool, error) {
		var v T
		if err := json.Unmarshal(value, &v); err != nil {
			return false, fmt.Errorf("view: the value at %q can't be read: %w", key, err)
		}
		err := fn(key, v)
		return err == nil, err
	})
}

func set(w kv.Writer, key []byte, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("view: the value for %q can't be written: %w", key, err)
	}
	return w.Set(key, b)
}
