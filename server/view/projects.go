package view

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"hashiya/app/article"
	"hashiya/app/scheme"
	"hashiya/app/wire"
	"hashiya/server/access"
	"hashiya/server/record"
)

type project struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Scheme   int    `json:"scheme"` // the newest version
	Articles int    `json:"articles"`

	Required []wire.Required `json:"required,omitempty"` // as wire.Project has it
}

// ProjectID returns the id that a project of that name gets when none is
// given: the name, where it can be an id, else "p-" and 12 hex digits of the
// name's SHA-256, so that the same name gives the same id everywhere.
func ProjectID(name string) string {
	if article.ValidID(name) == nil {
		return name
	}
	sum := sha256.Sum256([]byte(name))
	return "p-" + hex.EncodeToString(sum[:6])
}

func (a *applier) project(actor string, d *record.ProjectData) error {
	if ok, err := a.may(actor, access.CreateProject, access.Object{Project: d.ID}); !ok {
		return err
	}
	if err := article.ValidID(d.ID); err != nil {
		return a.verdict(Invalid, "project id: %v", err)
	}
	if err := access.ValidName(d.Name); err != nil {
		return a.verdict(Invalid, "project: %v", err)
	}
	if err := d.Scheme.Validate(); err != nil || d.Scheme.Version != 1 {
		return a.verdict(Invalid, "project %s needs a valid scheme of version 1 (it is %d): %v", d.Name, d.Scheme.Version, err)
	}
	// Commands take an id or a name, so neither may mean two projects.
	for _, s := range []string{d.ID, d.Name} {
		if p, there, err := a.FindProject(s); err != nil {
			return err
		} else if there {
			return a.verdict(Taken, "there is a project %s (id %s) already: choose another name", p.Name, p.ID)
		}
	}
	p := project{ID: d.ID, Name: d.Name}
	if err := a.set(sProjectName.key(d.Name), d.ID); err != nil {
		return err
	}
	return a.putScheme(actor, p, scheme.Scheme{}, d.Scheme)
}

func (a *applier) scheme(actor string, d *record.SchemeData) error {
	if ok, err := a.may(actor, access.ChangeScheme, access.Object{Project: d.Project}); !ok {
		return err
	}
	p, there, err := a.projectOf(d.Project)
	switch {
	case err != nil:
		return err
	case !there:
		return a.verdict(Unknown, "there is no project %s", d.Project)
	case d.Scheme.Version != p.Scheme+1:
		return a.verdict(Taken, "project %s has scheme version %d, so the next is %d, not %d: load it again and repeat the change", p.Name, p.Scheme, p.Scheme+1, d.Scheme.Version)
	}
	if err := d.Scheme.Validate(); err != nil {
		return a.verdict(Invalid, "%v", err)
	}
	last, _, err := a.Scheme(p.ID, p.Scheme)
	if err != nil {
		return err
	}
	return a.putScheme(actor, p, last, scheme.Succeed(last, d.Scheme))
}

// putScheme makes next the newest version of the project's scheme.
func (a *applier) putScheme(actor string, p project, last, next scheme.Scheme) error {
	made := wire.SchemeVersion{Version: next.Version, By: actor, Time: a.time.UTC().Format(time.RFC3339)}
	if last.Version > 0 {
		made.Changes = scheme.Diff(last, next)
	}
	if !slices.Equal(last.Targets, next.Targets) {
		p.Required = append(p.Required, wire.Required{From: next.Version, Targets: next.Targets})
	}
	p.Scheme = next.Version
	if err := a.set(sScheme.key(p.ID, p.Scheme), next); err != nil {
		return err
	}
	if err := a.set(sSchemeMade.key(p.ID, p.Scheme), made); err != nil {
		return err
	}
	if err := a.set(sProject.key(p.ID), p); err != nil {
		return err
	}
	return a.changed(p.ID)
}

// SchemeVersions returns who made which version of a project's scheme, the
// newest first.
func (s Snapshot) SchemeVersions(project string) ([]wire.SchemeVersion, error) {
	out := []wire.SchemeVersion{}
	err := scan(s.r, sSchemeMade.key(project), nil, func(_ []byte, v wire.SchemeVersion) error {
		out = append(out, v)
		return nil
	})
	slices.Reverse(out)
	return out, err
}

func (s Snapshot) projectOf(id string) (p project, there bool, err error) {
	there, err = get(s.r, sProject.key(id), &p)
	return p, there, err
}

// FindProject returns the project with that id or that name, without what is
// the reader's own.
func (s Snapshot) FindProject(idOrName string) (wire.Project, bool, error) {
	id := idOrName
	if _, err := get(s.r, sProjectName.key(idOrName), &id); err != nil {
		return wire.Project{}, false, err
	}
	return s.Project(id, "")
}

// Project returns a project as the user sees it.
func (s Snapshot) Project(id, user string) (wire.Project, bool, error) {
	p, there, err := s.projectOf(id)
	if err != nil || !there {
		return wire.Project{}, false, err
	}
	out, err := s.seen(p, user)
	return out, true, err
}

// Projects returns all projects as the user sees them, by id.
func (s Snapshot) Projects(user string) ([]wire.Project, error) {
	out := []wire.Project{}
	err := scan(s.r, sProject.key(), nil, func(_ []byte, p project) error {
		w, err := s.seen(p, user)
		out = append(out, w)
		return err
	})
	return out, err
}

func (s Snapshot) seen(p project, user string) (wire.Project, error) {
	sc, _, err := s.Scheme(p.ID, p.Scheme)
	if err != nil {
		return wire.Project{}, err
	}
	done := 0
	_, err = get(s.r, sDone.key(p.ID, user), &done)
	return wire.Project{ID: p.ID, Name: p.Name, Scheme: sc, Articles: p.Articles, Done: done, Required: p.Required}, err
}

// Scheme returns one version of a project's scheme.
func (s Snapshot) Scheme(project string, version int) (sc scheme.Scheme, there bool, err error) {
	there, err = get(s.r, sScheme.key(project, version), &sc)
	return sc, there, err
}
