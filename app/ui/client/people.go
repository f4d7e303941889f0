package client

import (
	"context"

	"hashiya/app/wire"
)

// People is the server for leads, who add people. Errors are as those of
// sync.Account.
type People interface {
	// People lists all accounts, by name.
	People(ctx context.Context) ([]wire.Account, error)
	// AddPerson makes an account; a name in use is a *wire.Problem.
	AddPerson(ctx context.Context, a wire.Account) error
	// LinkFor makes a one-time link that signs the account's bearer in. Not
	// idempotent: each call makes another one.
	LinkFor(ctx context.Context, name string) (wire.Link, error)
}
