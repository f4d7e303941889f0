package view

import (
	"hashiya/app/wire"
	"hashiya/server/access"
	"hashiya/server/record"
)

type account struct {
	Name  string    `json:"name"`
	Role  wire.Role `json:"role"`
	PHC   string    `json:"phc,omitempty"`
	Since uint64    `json:"since"` // position of the entry that last changed how one signs in
}

// Account is an account with what its owner signs in by.
type Account struct {
	access.User
	PHC   string // the password's hash; "" for none
	Since uint64 // sessions begun before this position have ended
}

func (s Snapshot) accountOf(name string) (a account, there bool, err error) {
	there, err = get(s.r, sAccount.key(name), &a)
	return a, there, err
}

// Account returns the account of that name.
func (s Snapshot) Account(name string) (Account, bool, error) {
	a, there, err := s.accountOf(name)
	return Account{access.User{Name: a.Name, Role: a.Role}, a.PHC, a.Since}, there, err
}

// Accounts returns all accounts by name.
func (s Snapshot) Accounts() ([]wire.Account, error) {
	out := []wire.Account{}
	err := scan(s.r, sAccount.key(), nil, func(_ []byte, a account) error {
		out = append(out, wire.Account{Name: a.Name, Role: a.Role})
		return nil
	})
	return out, err
}

func (a *applier) account(actor string, d *record.AccountData) error {
	if ok, err := a.may(actor, access.ManagePeople, access.Object{}); !ok {
		return err
	}
	if err := access.ValidAccount(d.Name); err != nil {
		return a.verdict(Invalid, "%v", err)
	}
	if !d.Role.May(wire.Annotator) {
		return a.verdict(Invalid, "there is no role %q: choose one of %v", d.Role, wire.Roles)
	}
	if _, there, err := a.accountOf(d.Name); err != nil {
		return err
	} else if there {
		return a.verdict(Taken, "there is an account %s already: choose another name", d.Name)
	}
	return a.set(sAccount.key(d.Name), account{Name: d.Name, Role: d.Role, Since: a.pos})
}

func (a *applier) password(actor string, d *record.PasswordData) error {
	if ok, err := a.may(actor, access.SetPassword, access.Object{Author: d.Name}); !ok {
		return err
	}
	acc, there, err := a.accountOf(d.Name)
	if err != nil {
		return err
	}
	if !there {
		return a.verdict(Unknown, "there is no account %s", d.Name)
	}
	acc.PHC, acc.Since = d.PHC, a.pos
	return a.set(sAccount.key(d.Name), acc)
}
