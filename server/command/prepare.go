package command

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"

	"hashiya/app/wire"
	"hashiya/server/demo"
)

const (
	demoProject = "demo"
	demoName    = "تجربة حاشية"
	demoUser    = "demo"
	firstUser   = "admin"
)

// prepare sees to it that somebody can sign in, and returns a one-time link
// where it should be printed.
//
// A demo can be prepared again at every start, also after a start that was
// killed in the middle of it; it is never put beside somebody's own work.
func (c *serveCmd) prepare(e *env, f *folder) (link string, err error) {
	cl := f.client(nil)
	defer cl.close()
	var users []wire.Account
	var projects []wire.Project
	if err := cl.call(e.ctx, "GET", "/api/users", nil, &users); err != nil {
		return "", err
	}
	if err := cl.call(e.ctx, "GET", "/api/projects", nil, &projects); err != nil {
		return "", err
	}
	isDemo := slices.ContainsFunc(projects, func(p wire.Project) bool { return p.ID == demoProject && p.Name == demoName })
	switch {
	case c.Demo && (isDemo || len(users)+len(projects) == 0):
		return c.demo(e, cl)
	case c.Demo:
		fmt.Fprintf(e.stderr, "hashiya: %s holds other work, so no demo is added to it; hashiya user link NAME prints a link that signs in\n", e.data)
		return "", nil
	case len(users) > 0:
		return "", nil
	}
	return account(e, cl, firstUser)
}

func (c *serveCmd) demo(e *env, cl *client) (string, error) {
	err := cl.call(e.ctx, "POST", "/api/projects", wire.NewProject{ID: demoProject, Name: demoName}, new(wire.Project))
	if err != nil && !taken(err) {
		return "", fmt.Errorf("making the demo project: %w", err)
	}
	var files []upload
	for _, f := range demo.Articles() {
		files = append(files, upload{f.Name, func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(f.Data)), nil }})
	}
	report, err := cl.upload(e, demoProject, nil, files)
	if err != nil {
		return "", fmt.Errorf("importing the demo articles: %w", err)
	}
	if len(report.Refused) > 0 {
		return "", fmt.Errorf("demo article %s was refused: %s", report.Refused[0].File, report.Refused[0].Reason)
	}
	return account(e, cl, demoUser)
}

// account makes the account, where it is not there, and a link for it.
func account(e *env, cl *client, name string) (string, error) {
	err := cl.call(e.ctx, "POST", "/api/users", wire.Account{Name: name, Role: wire.Lead}, new(wire.Account))
	if err != nil && !taken(err) {
		return "", fmt.Errorf("adding the account %s: %w", name, err)
	}
	link, err := cl.link(e, name)
	return link.URL, err
}

func taken(err error) bool {
	var p *wire.Problem
	return errors.As(err, &p) && p.Status == http.StatusConflict
}
