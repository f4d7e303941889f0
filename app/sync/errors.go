package sync

import "errors"

var (
	// ErrNotCached: the article or list was never fetched on this device.
	ErrNotCached = errors.New("not on this device yet: open it once while online")
	// ErrOffline: the server can't be reached. Trying again later is right.
	ErrOffline = errors.New("the server can't be reached")
	// ErrSignedOut: the server wants a login. The ops stay waiting.
	ErrSignedOut = errors.New("signed out: sign in again to send what is waiting")
	// ErrQuota: the device's disk or the browser's share of it is full.
	ErrQuota = errors.New("this device has no room left for new work")
	// ErrStorage: the browser's database failed.
	ErrStorage = errors.New("this browser's database failed")
)
