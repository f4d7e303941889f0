package command

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/url"
	"os"

	"hashiya/app/wire"
)

type importCmd struct {
	Project string   `required:"" help:"The project's id or name." placeholder:"P"`
	Format  string   `help:"The files' format: ${enum}." enum:"auto,unsent,jsonl,text" default:"auto"`
	Lang    string   `help:"Language of articles whose file does not say." default:"ar"`
	Files   []string `arg:"" name:"file" help:"Files to import."`
}

func (c *importCmd) Run(e *env) error {
	cl, err := e.connect(false)
	if err != nil {
		return err
	}
	defer cl.close()
	p, err := cl.project(e.ctx, c.Project)
	if err != nil {
		return err
	}
	var files []upload
	var report wire.ImportReport
	for _, path := range c.Files {
		info, err := os.Stat(path)
		switch {
		case err != nil:
			report.Refused = append(report.Refused, wire.Refusal{File: path, Reason: err.Error()})
		case info.IsDir():
			report.Refused = append(report.Refused, wire.Refusal{File: path, Reason: "this is a folder: name its files"})
		default:
			files = append(files, upload{path, func() (io.ReadCloser, error) { return os.Open(path) }})
		}
	}
	if len(files) > 0 {
		q := url.Values{"format": {c.Format}, "lang": {c.Lang}}
		got, err := cl.upload(e, p.ID, q, files)
		if err != nil {
			return err
		}
		got.Refused = append(report.Refused, got.Refused...)
		report = got
	}
	fmt.Fprintf(e.stdout, "added %d, already there %d, refused %d\n", report.Added, report.Already, len(report.Refused)+report.Omitted)
	if report.Layers > 0 {
		fmt.Fprintf(e.stdout, "with %d layers of labels\n", report.Layers)
	}
	if report.Ops+report.OpsHad > 0 {
		fmt.Fprintf(e.stdout, "unsent work: %d ops taken, %d there already\n", report.Ops, report.OpsHad)
	}
	for _, r := range report.Refused {
		if r.Line > 0 {
			fmt.Fprintf(e.stderr, "%s:%d: %s\n", r.File, r.Line, r.Reason)
		} else {
			fmt.Fprintf(e.stderr, "%s: %s\n", r.File, r.Reason)
		}
	}
	if report.Omitted > 0 {
		fmt.Fprintf(e.stderr, "… and %d more\n", report.Omitted)
	}
	if len(report.Refused) > 0 {
		return errors.New("not everything was taken: the lines above say what and why; repair it and import again, what is there already is passed over")
	}
	return nil
}

// upload is one file on its way to the server.
type upload struct {
	name string
	open func() (io.ReadCloser, error)
}

// upload imports the files, one after the other, without holding any of them
// in memory.
func (c *client) upload(e *env, project string, q url.Values, files []upload) (report wire.ImportReport, err error) {
	out, in := io.Pipe()
	form := multipart.NewWriter(in)
	go func() {
		err := func() error {
			for _, f := range files {
				if err := send(form, f); err != nil {
					return err
				}
			}
			return form.Close()
		}()
		in.CloseWithError(err)
	}()
	defer out.Close() // lets the goroutine end when the server broke off
	resp, err := c.send(e.ctx, "POST", "/api/projects/"+project+"/articles?"+q.Encode(), form.FormDataContentType(), out)
	if err != nil {
		return report, err
	}
	defer resp.Body.Close()
	err = json.NewDecoder(resp.Body).Decode(&report)
	return report, err
}

func send(form *multipart.Writer, f upload) error {
	r, err := f.open()
	if err != nil {
		return err
	}
	defer r.Close()
	part, err := form.CreateFormFile("file", f.name)
	if err != nil {
		return err
	}
	_, err = io.Copy(part, r)
	return err
}
