package annotation

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// Version is the version of the op format that this program writes. Older ops
// are upcast when read.
const Version = 1

// Kind says what an op does to its subject.
type Kind string

const (
	PutSpan       Kind = "put_span"
	DeleteSpan    Kind = "delete_span"
	PutEntity     Kind = "put_entity"
	DeleteEntity  Kind = "delete_entity"
	PutStance     Kind = "put_stance"
	DeleteStance  Kind = "delete_stance"
	PutComment    Kind = "put_comment"
	DeleteComment Kind = "delete_comment"
	SetStatus     Kind = "set_status"
	PutWork       Kind = "put_work"
	PutRefusal    Kind = "put_refusal"
	DeleteRefusal Kind = "delete_refusal"
)

// StatusSubject is the subject id of every layer's status.
const StatusSubject = "status"

// OpID names an op: its device and the device's sequence number, from 1. The
// text form is "device:seq".
type OpID struct {
	Device string
	Seq    uint64
}

func (id OpID) String() string { return id.Device + ":" + strconv.FormatUint(id.Seq, 10) }

// MarshalText implements encoding.TextMarshaler.
func (id OpID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (id *OpID) UnmarshalText(b []byte) error {
	device, seq, ok := strings.Cut(string(b), ":")
	n, err := strconv.ParseUint(seq, 10, 64)
	if !ok || err != nil || n == 0 || device == "" {
		return fmt.Errorf("op id %q is not of the form device:seq", b)
	}
	*id = OpID{device, n}
	return nil
}

// Less orders op ids by device, then by sequence number.
func (id OpID) Less(other OpID) bool {
	if id.Device != other.Device {
		return id.Device < other.Device
	}
	return id.Seq < other.Seq
}

// Change is what an op does, before a device has numbered it. The payload is
// the one field that Kind names; deletes carry none.
type Change struct {
	Subject string   `json:"subject"`
	Kind    Kind     `json:"kind"`
	Span    *Span    `json:"span,omitempty"`
	Entity  *Entity  `json:"entity,omitempty"`
	Stance  *Stance  `json:"stance,omitempty"`
	Comment *Comment `json:"comment,omitempty"`
	Status  Status   `json:"status,omitempty"`
	Reason  string   `json:"reason,omitempty"` // why skipped
	Work    *Work    `json:"work,omitempty"`
	Refusal *Refusal `json:"refusal,omitempty"`
}

// Op is one change to a layer, made on one device. The author is not in it: it
// comes from the login.
type Op struct {
	V          int    `json:"v"`
	Device     string `json:"device"` // random 128 bit, 32 hex digits
	Seq        uint64 `json:"seq"`    // contiguous per device, from 1
	Lamport    uint64 `json:"lamport"`
	Project    string `json:"project"`
	Article    string `json:"article"`
	TextSHA256 string `json:"text_sha256"`
	Scheme     int    `json:"scheme"`
	Time       string `json:"time"` // the client's clock, RFC 3339; advisory
	Change
	Prev   []OpID `json:"prev,omitempty"`   // the ops of the same subject that this one replaces
	Action string `json:"action,omitempty"` // what one act of the user changed shares an action id
	Undoes string `json:"undoes,omitempty"` // the action that this action takes back
}

// ID returns the op's name.
func (o *Op) ID() OpID { return OpID{o.Device, o.Seq} }

// ContentHash is a SHA-256 over all of the op, in hex: two ops with one ID but
// different hashes are a restored old profile (or a forgery).
func (o *Op) ContentHash() string {
	b, err := json.Marshal(o)
	if err != nil {
		panic("annotation: an op always marshals: " + err.Error())
	}
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

// NewID returns a random 128-bit id as 32 hex digits: for devices, subjects
// and actions.
func NewID() string {
	var b [16]byte
	rand.Read(b[:]) // never fails (documented since Go 1.24)
	return hex.EncodeToString(b[:])
}

// IsDelete reports whether the change removes its subject.
func (c *Change) IsDelete() bool {
	switch c.Kind {
	case DeleteSpan, DeleteEntity, DeleteStance, DeleteComment, DeleteRefusal:
		return true
	}
	return false
}

// Deletion returns the change that removes the subject which c puts, and false
// where there is no such thing (a status, a session's work).
func (c *Change) Deletion() (Change, bool) {
	d := Change{Subject: c.Subject}
	switch c.Kind {
	case PutSpan, DeleteSpan:
		d.Kind = DeleteSpan
	case PutEntity, DeleteEntity:
		d.Kind = DeleteEntity
	case PutStance, DeleteStance:
		d.Kind = DeleteStance
	case PutComment, DeleteComment:
		d.Kind = DeleteComment
	case PutRefusal, DeleteRefusal:
		d.Kind = DeleteRefusal
	default:
		return Change{}, false
	}
	return d, true
}

// same reports whether two changes would leave their subject in one state.
func (c *Change) same(other *Change) bool {
	a, _ := json.Marshal(c)
	b, _ := json.Marshal(other)
	return string(a) == string(b)
}
