package command

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
)

type serveCmd struct {
	Addr string `help:"Where to listen." default:"localhost:8080" placeholder:"HOST:PORT"`
	URL  string `help:"Where people reach it, when that is another address (behind a proxy: https://…)." placeholder:"URL"`
	Demo bool   `help:"Fill an empty data folder with a demo project, and print a link that signs in to it."`
}

// defaultURL is how links begin when no server runs that knows better.
const defaultURL = "http://localhost:8080"

// stopTime is how long requests that are under way may take to end.
const stopTime = 10 * time.Second

func (c *serveCmd) Run(e *env) (err error) {
	logger := slog.New(slog.NewTextHandler(e.stderr, nil))
	// First the address, then the folder: a taken port leaves no trace.
	public, err := net.Listen("tcp", c.Addr)
	if err != nil {
		return fmt.Errorf("listening on %s: %w. Stop what uses the address, or choose another with --addr", c.Addr, err)
	}
	defer public.Close()
	where := strings.TrimSuffix(c.URL, "/")
	if where == "" {
		where = "http://" + reachable(public.Addr().(*net.TCPAddr), c.Addr)
	}
	files, app, err := frontEnd()
	if err != nil {
		return err
	}
	f, err := openFolder(e.ctx, e.data, folderOptions{
		version: e.version, app: app, files: files, url: where, secure: strings.HasPrefix(where, "https:"), logger: logger,
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.close()) }()

	link, err := c.prepare(e, f)
	if err != nil {
		return err
	}
	control, err := listenSocket(e.data)
	if err != nil {
		return err
	}
	defer os.Remove(filepath.Join(e.data, socketName))
	greeting := fmt.Sprintf("Hashiya %s serves %s at %s\n", e.version, e.data, where)
	if link != "" {
		greeting += fmt.Sprintf("Sign in once, within 24 hours, by this link:\n\n    %s\n\n", link)
	}
	fmt.Fprint(e.stdout, greeting)
	return c.serve(e, f, logger, public, control)
}

// serve answers on both listeners until it is told to stop or can't go on.
func (c *serveCmd) serve(e *env, f *folder, logger *slog.Logger, public, control net.Listener) error {
	ended := make(chan error, 2)
	var servers []*http.Server
	start := func(l net.Listener, h http.Handler) {
		s := &http.Server{
			Handler: h, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
			MaxHeaderBytes: 32 << 10, ErrorLog: slog.NewLogLogger(logger.Handler(), slog.LevelDebug),
		}
		servers = append(servers, s)
		go func() { ended <- s.Serve(l) }()
	}
	start(public, f.server)
	start(control, f.server.AsOperator())

	var reason error
	select {
	case <-e.ctx.Done():
		logger.Info("stopping")
	case reason = <-f.log.Failed():
	case reason = <-ended:
	}
	f.server.Stop()
	ctx, cancel := context.WithTimeout(context.Background(), stopTime)
	defer cancel()
	for _, s := range servers {
		if err := s.Shutdown(ctx); err != nil {
			// What is left was not acknowledged; its client will repeat it.
			s.Close()
		}
	}
	return reason
}

// reachable returns the address as a browser on this machine can use it.
func reachable(a *net.TCPAddr, asked string) string {
	host, _, err := net.SplitHostPort(asked)
	if ip := net.ParseIP(host); err != nil || host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return net.JoinHostPort(host, fmt.Sprint(a.Port))
}
