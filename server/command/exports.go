package command

import (
	"fmt"
	"net/url"
	"strconv"

	"hashiya/server/api"
)

type exportCmd struct {
	Project string `required:"" help:"The project's id or name." placeholder:"P"`
	Format  string `help:"The dataset's format: ${enum}." enum:"jsonl" default:"jsonl"`
	Layer   string `help:"Whose labels: all, gold (the curator's), or one annotator's name." default:"all" placeholder:"LAYER"`
	Out     string `required:"" help:"The file to write. It is replaced only by a whole dataset." placeholder:"PATH"`
}

func (c *exportCmd) Run(e *env) error {
	cl, err := e.connect(false)
	if err != nil {
		return err
	}
	defer cl.close()
	p, err := cl.project(e.ctx, c.Project)
	if err != nil {
		return err
	}
	q := url.Values{"format": {c.Format}, "layer": {c.Layer}}
	path := "/api/projects/" + p.ID + "/export"
	var report api.ExportReport
	if err := cl.call(e.ctx, "GET", path+"/report?"+q.Encode(), nil, &report); err != nil {
		return err
	}
	// The dataset as of the report's position: what came in between is in
	// neither.
	q.Set("at", strconv.FormatUint(report.Position, 10))
	resp, err := cl.send(e.ctx, "GET", path+"?"+q.Encode(), "", nil)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if err := writeWhole(c.Out, 0o644, resp.Body, nil); err != nil {
		return fmt.Errorf("nothing was written: %w", err)
	}
	fmt.Fprintf(e.stdout, "wrote %s: %d articles, %d layers, %d entities, %d spans, %d stances (offsets in %ss, up to log position %d)\n",
		c.Out, report.Articles, report.Layers, report.Entities, report.Spans, report.Stances, report.OffsetUnit, report.Position)
	if proposed := report.Proposed(); proposed > 0 || report.Refusals > 0 {
		fmt.Fprintf(e.stdout, "%d of the spans began as a proposal, %d proposals were refused\n", proposed, report.Refusals)
	}
	if len(report.Losses) == 0 {
		fmt.Fprintln(e.stdout, "nothing was lost")
	}
	for _, l := range report.Losses {
		fmt.Fprintf(e.stdout, "%d %s (%s)\n", l.Count, l.Meaning, l.Kind)
	}
	return nil
}
