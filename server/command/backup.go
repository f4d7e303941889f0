package command

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"strconv"
	"time"

	"hashiya/server/backup"
	"hashiya/server/log/badgerlog"
)

type backupCmd struct {
	Out   string `required:"" help:"The file to write. It must not be there yet." placeholder:"PATH"`
	Since string `help:"Only what came after this backup, which is needed to restore the new one." placeholder:"BACKUP"`
}

func (c *backupCmd) Run(e *env) error {
	if _, err := os.Lstat(c.Out); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(err, fmt.Errorf("%s is there already: name another file, no backup takes the place of one", c.Out))
	}
	q := url.Values{}
	if c.Since != "" {
		before, err := backup.Read(c.Since, nil)
		if err != nil {
			return err
		}
		s := before.Since()
		q = url.Values{"continues": {s.SHA256}, "log": {s.Log}, "after": {strconv.FormatUint(uint64(s.Last), 10)}, "end": {s.End}}
	}
	cl, err := e.connect(false)
	if err != nil {
		return err
	}
	defer cl.close()
	resp, err := cl.send(e.ctx, "GET", "/api/backup?"+q.Encode(), "", nil)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var made backup.Summary
	err = writeWhole(c.Out, 0o600, resp.Body, func(path string) (err error) {
		made, err = backup.Read(path, nil)
		return err
	})
	if err != nil {
		return fmt.Errorf("no backup was written: %w", err)
	}
	what := "a full backup"
	if c.Since != "" {
		what = "what came after " + c.Since
	}
	fmt.Fprintf(e.stdout, "wrote %s, %s: records %d to %d, %d bytes, SHA-256 %s\n", c.Out, what, made.After+1, made.Last, made.Bytes, made.SHA256)
	return nil
}

type restoreCmd struct {
	Files []string `arg:"" name:"backup" help:"A full backup, and then the ones that were made with --since, in the order in which they were made."`
}

func (c *restoreCmd) Run(e *env) error {
	logger := slog.New(slog.NewTextHandler(e.stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	s, err := backup.Restore(e.ctx, e.data, c.Files, badgerlog.Options{Logger: logger}, time.Now())
	if err != nil {
		return err
	}
	fmt.Fprintf(e.stdout, "restored %d records into %s, as they were on %s\n", s.Last, e.data, s.Made.Format(time.RFC1123))
	fmt.Fprintln(e.stdout, "Serve it with hashiya serve. Everybody has to sign in again; hashiya user link NAME prints a link.\nDevices send by themselves what they made after the backup, as soon as they are signed in.")
	return nil
}
