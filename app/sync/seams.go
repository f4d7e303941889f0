// Package sync is the client's outbox: it keeps what the user did on this
// device and brings it to the server and back, as a state machine over Store,
// Remote and Clock. It never drops an op that the server has not answered for.
package sync

import (
	"context"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/wire"
)

// Store is the user's database on this device. There is one per user. Every
// implementation passes the suite in package storetest.
type Store interface {
	// Device returns the device id, made on first use. Idempotent.
	Device(ctx context.Context) (string, error)
	// Append numbers the drafts (device, seq, lamport are overwritten, in the
	// order given) and keeps them as waiting. When it returns nil the ops are on
	// the disk; on an error none of them is. Not idempotent.
	Append(ctx context.Context, drafts []annotation.Op) ([]annotation.Op, error)
	// Waiting returns up to limit ops that no answer was settled for, in the
	// order in which they were appended.
	Waiting(ctx context.Context, limit int) ([]annotation.Op, error)
	// Settle keeps the server's answers to waiting ops; answers to others are
	// passed over. Accepted ops stop waiting; refused and quarantined ones stop
	// waiting and stay readable in Stuck. Idempotent.
	Settle(ctx context.Context, results []wire.Result) error
	// Stuck returns the refused and quarantined ops with their reasons.
	Stuck(ctx context.Context) ([]Stuck, error)
	// Rekey gives the device a new id and moves every quarantined and every
	// waiting op to it, in order, as waiting, in one transaction; see Renumber. It
	// returns the ops as they are now, none when none is quarantined. Idempotent.
	Rekey(ctx context.Context) ([]annotation.Op, error)
	// Resend makes the device's settled ops from seq on wait again, as after the
	// server went back to a backup, and returns how many wait now from seq on.
	// It is 0, and nothing is done, where the op with that seq isn't here.
	// Idempotent.
	Resend(ctx context.Context, device string, seq uint64) (int, error)
	// Recheck makes the last op of every device id that ops here have wait again,
	// where it was accepted or refused, and returns how many wait by that. A
	// server that has the op answers as before; one that lost it, with others
	// before it, tells from where on to Resend. Idempotent.
	Recheck(ctx context.Context) (int, error)
	// Receive keeps the user's own ops among the events and sets the cursor, in
	// one transaction. The cursor goes back where the server did, to a backup:
	// what was received stays. An op that was made here is settled
	// as accepted at the event's position, whatever was settled before. An op that
	// bears this device's id and wasn't made here tells that the database was
	// copied or restored: new ops get another device id. Idempotent.
	Receive(ctx context.Context, events []wire.Event, cursor uint64) error
	// Cursor returns the position up to which everything was received.
	Cursor(ctx context.Context) (uint64, error)
	// Ops returns all ops of the user's own layer of an article: those made here
	// in the order in which they were appended, without the refused ones (the
	// server's layer hasn't them), then the received ones.
	Ops(ctx context.Context, project, article string) ([]annotation.Op, error)
	// Counts sums up the database for the sync line.
	Counts(ctx context.Context) (Counts, error)

	// The cache of what the server has. Put replaces, idempotently; a miss is
	// ErrNotCached.
	PutProjects(ctx context.Context, p []wire.Project) error
	Projects(ctx context.Context) ([]wire.Project, error)
	PutArticles(ctx context.Context, project string, list []wire.ArticleSummary) error
	Articles(ctx context.Context, project string) ([]wire.ArticleSummary, error)
	PutArticle(ctx context.Context, project string, a article.Article) error
	Article(ctx context.Context, project, id string) (article.Article, error)
	// DropArticles takes the copies of all articles but those to keep out of the
	// cache and returns how many. It needs no room. Idempotent.
	DropArticles(ctx context.Context, keep func(project, article string) bool) (int, error)
	PutSuggestions(ctx context.Context, project string, s wire.Suggestions) error
	Suggestions(ctx context.Context, project string) (wire.Suggestions, error)

	// PutLink and Link share what the tab that pushes knows of the server with the
	// other tabs. PutLink replaces, idempotently; without one Link is zero.
	PutLink(ctx context.Context, l Link) error
	Link(ctx context.Context) (Link, error)

	// Changed returns a channel that gets a value soon after anything in the
	// database changed, also by another tab. Values are merged, none is owed. It
	// is the same channel every time, and the Outbox reads it: everybody else uses
	// Outbox.Watch.
	Changed() <-chan struct{}
	// Close ends the use of the database.
	Close() error
}

// Stuck is an op that the server will not take.
type Stuck struct {
	Op     annotation.Op `json:"op"`
	Result wire.Result   `json:"result"`
}

// Counts is the state of a Store.
type Counts struct {
	Waiting      int
	WaitingSince time.Time // by the client's clock, of the oldest waiting op; zero for none
	Refused      int
	Quarantined  int
	Ops          int // all ops made on this device
}

// Remote is the server.
type Remote interface {
	// Push sends ops; the answers are in the same order. Idempotent.
	Push(ctx context.Context, ops []annotation.Op) ([]wire.Result, error)
	// Events calls fn with what came after the position, in order, and stays
	// until ctx ends, the connection breaks or fn fails; it returns why, nil when
	// the server ended it. At every sign of life, the opened connection being the
	// first, fn is called too, if need be without events.
	Events(ctx context.Context, after uint64, fn func(events []wire.Event, cursor uint64) error) error
	Me(ctx context.Context) (wire.Me, error)
	Projects(ctx context.Context) ([]wire.Project, error)
	Articles(ctx context.Context, project string) ([]wire.ArticleSummary, error)
	Article(ctx context.Context, project, id string) (article.Article, error)
	Suggestions(ctx context.Context, project string) (wire.Suggestions, error)
}

// Clock is time as the outbox sees it.
type Clock interface {
	Now() time.Time
	After(d time.Duration) <-chan time.Time
}

// Leader elects the one tab that pushes.
type Leader interface {
	// Lead calls fn while this tab is the one, and returns fn's error. It waits
	// until the place is free, or ctx ends.
	Lead(ctx context.Context, fn func(ctx context.Context) error) error
}
