package sync

import "time"

// State is what the sync line says. It is the truth as far as this device
// knows it.
type State struct {
	Online       bool
	Saving       int       // changes not on this device's disk yet; the Outbox leaves it to its user
	Waiting      int       // ops on this device, not answered by the server
	WaitingSince time.Time // zero for none
	Refused      int
	SignedOut    bool
	Failure      string    // why the last attempt failed, in English; "" when it did not
	FailureCode  string    // of the wire.Problem behind Failure; "" for none
	Cramped      bool      // the device ran out of room: copies of articles were dropped, and no more are fetched ahead
	LastSync     time.Time // when the server last answered; zero for never
}

// Link is the part of State that only the tab that pushes finds out.
type Link struct {
	Offline   bool      `json:"offline"`
	SignedOut bool      `json:"signed_out"`
	Failure   string    `json:"failure"`
	Code      string    `json:"code,omitempty"` // of the wire.Problem behind Failure
	LastSync  time.Time `json:"last_sync"`
	// Log is the identity of the server's log to which the Store's cursor
	// belongs, and which has answered for its ops; "" before the first contact.
	Log string `json:"log,omitempty"`
}
