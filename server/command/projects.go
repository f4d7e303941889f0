package command

import (
	"fmt"
	"text/tabwriter"

	"hashiya/app/wire"
)

type projectCmd struct {
	Create projectCreateCmd `cmd:"" help:"Create a project."`
	List   projectListCmd   `cmd:"" help:"List the projects."`
}

type projectCreateCmd struct {
	Name   string `arg:"" help:"The project's name, in any script. It is the id too, where it can be one; else the id is made of the name's hash."`
	ID     string `help:"The id, if it should be another: letters, digits, dot, underscore, hyphen." placeholder:"ID"`
	Preset string `help:"The scheme to start with: ${enum}." enum:"hashiya,wojood" default:"hashiya"`
}

func (c *projectCreateCmd) Run(e *env) error {
	cl, err := e.connect(true)
	if err != nil {
		return err
	}
	defer cl.close()
	var p wire.Project
	if err := cl.call(e.ctx, "POST", "/api/projects", wire.NewProject{ID: c.ID, Name: c.Name, Preset: c.Preset}, &p); err != nil {
		return err
	}
	fmt.Fprintf(e.stdout, "created project %s (id %s)\n", p.Name, p.ID)
	return nil
}

type projectListCmd struct{}

func (c *projectListCmd) Run(e *env) error {
	cl, err := e.connect(false)
	if err != nil {
		return err
	}
	defer cl.close()
	var list []wire.Project
	if err := cl.call(e.ctx, "GET", "/api/projects", nil, &list); err != nil {
		return err
	}
	w := tabwriter.NewWriter(e.stdout, 0, 0, 2, ' ', 0)
	for _, p := range list {
		fmt.Fprintf(w, "%s\t%d articles\tscheme %d\t%s\n", p.ID, p.Articles, p.Scheme.Version, p.Name)
	}
	return w.Flush()
}
