package command

import (
	"fmt"
	"runtime"
	"time"

	"hashiya/app/wire"
	"hashiya/server/backup"
	"hashiya/server/log/badgerlog"
	"hashiya/web"
)

type checkCmd struct {
	Files []string `arg:"" optional:"" name:"backup" help:"Verify these backups instead of the data folder: a full one, and those that continue it, in order."`
}

func (c *checkCmd) Run(e *env) error {
	if len(c.Files) > 0 {
		return c.backups(e)
	}
	cl, err := e.connect(false)
	if err != nil {
		return err
	}
	defer cl.close()
	var r wire.Check
	if err := cl.call(e.ctx, "GET", "/api/check", nil, &r); err != nil {
		return err
	}
	fmt.Fprintf(e.stdout, "%s is whole: %d records, %d bytes, chain %s\n", e.data, r.Records, r.Bytes, r.Digest)
	return nil
}

func (c *checkCmd) backups(e *env) error {
	all, err := backup.Verify(c.Files)
	if err != nil {
		return err
	}
	for i, s := range all {
		fmt.Fprintf(e.stdout, "%s is whole: records %d to %d of %s, SHA-256 %s\n", c.Files[i], s.After+1, s.Last, s.Made.Format(time.RFC1123), s.SHA256)
	}
	return nil
}

type versionCmd struct{}

func (c *versionCmd) Run(e *env) error {
	app := web.Version()
	if app == "" {
		app = "none"
	}
	fmt.Fprintf(e.stdout, "hashiya %s\nfront end %s, data format %d, backup format %d, %s\n", e.version, app, badgerlog.Format, backup.Format, runtime.Version())
	return nil
}
