package command

import (
	"fmt"
	"net/url"

	"hashiya/app/wire"
)

type userCmd struct {
	Add   userAddCmd   `cmd:"" help:"Add an account."`
	Link  userLinkCmd  `cmd:"" help:"Print a one-time link that signs in, good for 24 hours."`
	Token userTokenCmd `cmd:"" help:"Print a bearer token for scripts."`
}

type userAddCmd struct {
	Name string `arg:"" help:"The account's name, in any script."`
	Role string `help:"What the account may do: ${enum}." enum:"annotator,curator,lead" default:"annotator"`
}

func (c *userAddCmd) Run(e *env) error {
	cl, err := e.connect(true)
	if err != nil {
		return err
	}
	defer cl.close()
	var a wire.Account
	if err := cl.call(e.ctx, "POST", "/api/users", wire.Account{Name: c.Name, Role: wire.Role(c.Role)}, &a); err != nil {
		return err
	}
	fmt.Fprintf(e.stdout, "added %s (%s)\n", a.Name, a.Role)
	return nil
}

type userLinkCmd struct {
	Name string `arg:"" help:"The account's name."`
}

func (c *userLinkCmd) Run(e *env) error {
	cl, err := e.connect(false)
	if err != nil {
		return err
	}
	defer cl.close()
	link, err := cl.link(e, c.Name)
	if err != nil {
		return err
	}
	fmt.Fprintln(e.stdout, link.URL)
	return nil
}

func (c *client) link(e *env, name string) (l wire.Link, err error) {
	err = c.call(e.ctx, "POST", "/api/users/"+url.PathEscape(name)+"/link", nil, &l)
	return l, err
}

type userTokenCmd struct {
	Name string `arg:"" help:"The account's name."`
}

func (c *userTokenCmd) Run(e *env) error {
	cl, err := e.connect(false)
	if err != nil {
		return err
	}
	defer cl.close()
	var t wire.Token
	if err := cl.call(e.ctx, "POST", "/api/users/"+url.PathEscape(c.Name)+"/token", nil, &t); err != nil {
		return err
	}
	fmt.Fprintln(e.stdout, t.Token)
	return nil
}
