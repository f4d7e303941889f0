package command

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"

	"hashiya/app/wire"
	"hashiya/server/api"
	"hashiya/server/log/badgerlog"
	"hashiya/server/metrics"
	"hashiya/server/view"
)

// folder is an opened data folder with the server on it.
type folder struct {
	log    *badgerlog.Log
	server *api.Server
}

type folderOptions struct {
	version string
	app     string
	files   http.Handler
	url     string
	secure  bool
	logger  *slog.Logger

	reserve   uint64 // of the disk, in bytes; 0: badgerlog's default
	limits    api.Limits
	forwarded bool
	metrics   *metrics.Metrics // nil counts nothing
}

// openFolder opens, or makes, a data folder. Nobody else may have it open.
func openFolder(ctx context.Context, dir string, o folderOptions) (*folder, error) {
	lo := badgerlog.Options{Dir: dir, Apply: view.Apply, Logger: o.logger, ReserveBytes: o.reserve}
	if o.metrics != nil {
		lo.Observe = o.metrics.Commit
	}
	l, err := badgerlog.Open(lo)
	if err != nil {
		return nil, fmt.Errorf("opening the data folder %s: %w", dir, err)
	}
	err = view.CatchUp(ctx, l, l.Replay(), func(at, last uint64) {
		o.logger.Info("folding the log again", "at", at, "of", last)
	})
	if err != nil {
		l.Close()
		return nil, fmt.Errorf("folding the log in %s: %w", dir, err)
	}
	f := &folder{log: l}
	c := api.Config{
		Log: l, View: view.New(l.Store()), Sessions: l.Side("sessions"),
		Files: o.files, Version: o.version, App: o.app, URL: o.url, Secure: o.secure, Logger: o.logger,
		Check: func(ctx context.Context) (wire.Check, error) {
			r, err := l.Check(ctx)
			return wire.Check{Records: r.Records, Bytes: r.Bytes, Digest: r.Digest}, err
		},
		Verify: func(ctx context.Context) error {
			_, err := l.Verify(ctx)
			return err
		},
		Writable: l.Writable, Limits: o.limits, Forwarded: o.forwarded,
	}
	if o.metrics != nil {
		c.Meter, c.Metrics = o.metrics, o.metrics.Handler()
	}
	f.server = api.New(c)
	return f, nil
}

func (f *folder) close() error { return f.log.Close() }
