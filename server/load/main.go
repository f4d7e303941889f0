// Load puts a real server under the load of a large team, on this machine and by
// loopback only, and measures it: live connections that listen, annotators who
// each make an op every so often, and now and then a change that everybody is
// told of. Afterwards every op is looked up. `make load` runs it.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alecthomas/kong"
)

type options struct {
	Program    string        `help:"The built program." default:"bin/hashiya" type:"existingfile"`
	Live       int           `help:"Live connections; they are the annotators' devices." default:"5000"`
	Annotators int           `help:"Annotators." default:"500"`
	Every      time.Duration `help:"How often each annotator makes an op." default:"2s"`
	Change     time.Duration `help:"How often an article is added, of which all are told." default:"5s"`
	Duration   time.Duration `help:"How long." default:"60s"`
	Out        string        `help:"Write the figures there too (Markdown)." placeholder:"FILE"`
}

// Validate is called by kong.
func (o *options) Validate() error {
	if o.Annotators < 1 || o.Live < o.Annotators || o.Every <= 0 || o.Change <= 0 || o.Duration < o.Every {
		return errors.New("there must be annotators, a live connection or more for each, and time for an op")
	}
	var files syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &files); err != nil {
		return err
	}
	// Go has raised the soft limit to the hard one, here and in the server.
	if need := uint64(o.Live + o.Annotators + 200); files.Cur < need {
		return fmt.Errorf("%d files may be open here, and %d are needed: raise it (ulimit -Hn) or give fewer connections", files.Cur, need)
	}
	return nil
}

func main() {
	var o options
	kong.Parse(&o, kong.Name("load"), kong.Description("Measure a server under load."))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) (err error) {
	f := figures{options: o, before: loadAverage()}
	s, err := start(o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.remove()) }()
	t, err := gather(ctx, s, o)
	if err != nil {
		return err
	}
	f.idle = s.memory()
	say("%d annotators; server: %s", o.Annotators, f.idle)

	listening, hangUp := context.WithCancel(ctx)
	defer hangUp()
	if err := t.connect(listening, o.Live); err != nil {
		return err
	}
	f.connected = s.memory()
	say("%d live connections; server: %s", o.Live, f.connected)

	spent, began := s.cpu(), time.Now()
	watched := s.watch(ctx)
	if err := t.work(ctx, o); err != nil {
		return err
	}
	f.cpu, f.took = s.cpu()-spent, time.Since(began)
	unseen := t.settle(ctx)
	f.peak = watched()
	hangUp()
	t.listeners.Wait()
	if err := s.stop(); err != nil {
		return err
	}
	f.gather(t)
	if err := t.verify(ctx, s); err != nil {
		return err
	}
	fmt.Print("\n", f.table())
	if unseen > 0 || f.failed > 0 {
		return fmt.Errorf("%d ops or changes did not reach a connection that should hear of them, %d requests failed (the first: %v)", unseen, f.failed, t.firstFailure())
	}
	if o.Out != "" {
		return os.WriteFile(o.Out, []byte(f.page()), 0o644)
	}
	return nil
}

func say(format string, args ...any) {
	fmt.Fprintf(os.Stderr, time.Now().Format("15:04:05 ")+format+"\n", args...)
}
