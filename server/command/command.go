// Package command is Hashiya's command line. Every command but serve is a
// client of the HTTP API: of the server that runs on the data folder, reached
// through its socket, or else of one inside the command itself.
package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"hashiya/app/wire"
)

type commands struct {
	Data string `help:"The data folder." default:"./data" type:"path" placeholder:"DIR"`

	Serve   serveCmd   `cmd:"" help:"Serve the app, the API and the live events."`
	Import  importCmd  `cmd:"" help:"Add articles to a project. Safe to repeat."`
	Export  exportCmd  `cmd:"" help:"Write a project's articles and labels as a dataset."`
	Project projectCmd `cmd:"" help:"Create and list projects."`
	User    userCmd    `cmd:"" help:"Add people, and let them in."`
	Backup  backupCmd  `cmd:"" help:"Write a backup, also while a server runs on the folder."`
	Restore restoreCmd `cmd:"" help:"Make a data folder out of backups."`
	Check   checkCmd   `cmd:"" help:"Verify all of the data folder, or backups."`
	Version versionCmd `cmd:"" help:"Print the version."`
}

// env is what a command runs in.
type env struct {
	ctx            context.Context
	data           string
	version        string
	stdout, stderr io.Writer
}

// Run runs one command and returns the exit code: 0 done, 1 failed, 2 wrong
// usage.
func Run(version string, args []string, stdout, stderr io.Writer) (code int) {
	var c commands
	done := false
	parser, err := kong.New(&c,
		kong.Name("hashiya"),
		kong.Description("Hashiya (حاشية): label entities and stance in Arabic news."),
		kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.Writers(stdout, stderr),
		kong.Exit(func(n int) { done, code = true, n }),
	)
	if err != nil {
		fmt.Fprintln(stderr, "hashiya:", err)
		return 1
	}
	run, err := parser.Parse(args)
	if done { // --help
		return code
	}
	if err != nil {
		fmt.Fprintf(stderr, "hashiya: %v\nRun hashiya --help to see what there is.\n", err)
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// The first signal asks to end in good order; the second is not caught any
	// more, and ends at once.
	context.AfterFunc(ctx, stop)
	err = run.Run(&env{ctx: ctx, data: c.Data, version: version, stdout: stdout, stderr: stderr})
	if err != nil {
		fmt.Fprintln(stderr, "hashiya:", message(err))
		return 1
	}
	return 0
}

// message says what went wrong for people: the detail of a problem is whole
// sentences, its title only the name of the status.
func message(err error) string {
	var p *wire.Problem
	if errors.As(err, &p) && p.Detail != "" {
		return p.Detail
	}
	return err.Error()
}
