package view

import (
	"time"

	"hashiya/server/access"
	"hashiya/server/record"
)

// LinkLife is how long after its making a one-time link can be used, by the
// log's time.
const LinkLife = 24 * time.Hour

type link struct {
	Name string    `json:"name"`
	Made time.Time `json:"made"`
	Used bool      `json:"used,omitempty"`
}

func (a *applier) link(actor string, d *record.SecretData) error {
	if ok, err := a.mayFor(actor, d.Name); !ok {
		return err
	}
	return a.set(sLink.key(d.Hash), link{Name: d.Name, Made: a.time.UTC()})
}

func (a *applier) linkUse(d *record.SecretData) error {
	var l link
	there, err := get(a.r, sLink.key(d.Hash), &l)
	switch {
	case err != nil:
		return err
	case !there:
		return a.verdict(Unknown, "this link is not known here")
	case l.Used:
		return a.verdict(Used, "this link was used before: ask for a new one")
	case a.time.After(l.Made.Add(LinkLife)):
		return a.verdict(Expired, "this link is older than %d hours: ask for a new one", int(LinkLife.Hours()))
	}
	l.Used = true
	return a.set(sLink.key(d.Hash), l)
}

func (a *applier) token(actor string, d *record.SecretData) error {
	if ok, err := a.mayFor(actor, d.Name); !ok {
		return err
	}
	return a.set(sToken.key(d.Hash), d.Name)
}

// mayFor checks that actor manages people, and that name is one of them.
func (a *applier) mayFor(actor, name string) (bool, error) {
	if ok, err := a.may(actor, access.ManagePeople, access.Object{Author: name}); !ok {
		return false, err
	}
	_, there, err := a.accountOf(name)
	if err == nil && !there {
		err = a.verdict(Unknown, "there is no account %s: add it first", name)
	}
	return there, err
}

// LinkOwner returns whose account a one-time link with that hash opens,
// whether or not it can still be used.
func (s Snapshot) LinkOwner(hash string) (name string, there bool, err error) {
	var l link
	there, err = get(s.r, sLink.key(hash), &l)
	return l.Name, there, err
}

// TokenOwner returns whose token has that hash.
func (s Snapshot) TokenOwner(hash string) (name string, there bool, err error) {
	there, err = get(s.r, sToken.key(hash), &name)
	return name, there, err
}
