package client

import (
	"context"
	"errors"

	"hashiya/app/sync"
	"hashiya/app/wire"
)

// SignIn makes the account with this name and password the user of this
// device. The error is for people.
func (c *Client) SignIn(ctx context.Context, name, password string) error {
	return c.signIn(func() (wire.Me, error) { return c.Account.SignIn(ctx, name, password) })
}

// SignInByLink does the same with the token of a one-time link, which the
// server takes once.
func (c *Client) SignInByLink(ctx context.Context, token string) error {
	return c.signIn(func() (wire.Me, error) { return c.Account.SignInByLink(ctx, token) })
}

func (c *Client) signIn(ask func() (wire.Me, error)) error {
	me, err := ask()
	if err != nil {
		return err
	}
	c.enter(me, true)
	return nil
}

// SetPassword sets the user's password; current is needed where one is set.
func (c *Client) SetPassword(ctx context.Context, current, new string) error {
	if err := c.Account.SetPassword(ctx, current, new); err != nil {
		return err
	}
	me := c.Me()
	me.HasPassword = true
	c.enter(me, true)
	return nil
}

// SignOut ends the session on the server and leaves nobody on this device. What
// was not sent stays in the user's database and is sent after the next sign-in.
// Offline it fails and changes nothing: the session would stay open in this
// browser for whoever comes next.
func (c *Client) SignOut(ctx context.Context) error {
	if err := c.Account.SignOut(ctx); err != nil && !errors.Is(err, sync.ErrSignedOut) {
		return err
	}
	c.enter(wire.Me{}, true)
	return nil
}
