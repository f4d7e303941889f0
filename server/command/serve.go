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
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"hashiya/server/api"
	"hashiya/server/metrics"
)

type serveCmd struct {
	Addr string `help:"Where to listen." default:"localhost:8080" placeholder:"HOST:PORT"`
	URL  string `help:"Where people reach it, when that is another address (behind a proxy: https://…)." placeholder:"URL"`
	Demo bool   `help:"Fill an empty data folder with a demo project, and print a link that signs in to it."`

	Monitor   string        `help:"Serve /healthz, /readyz and /metrics there too, without a sign-in. Keep it from the public." placeholder:"HOST:PORT"`
	Forwarded bool          `help:"All requests come through a proxy that appends the client's address to X-Forwarded-For."`
	Grace     time.Duration `help:"How long requests that are under way may take to end when the server is told to stop." default:"10s"`
	Check     time.Duration `name:"check-every" help:"Verify all of the data folder at the start and then this often, and stop where it is damaged; 0 for never." default:"24h"`

	Reserve        size    `help:"Refuse new work when the disk has less space left than this." default:"512MiB"`
	MaxConnections int64   `help:"The most connections that are open at once." default:"12000"`
	MaxLive        int     `help:"The most live connections, of all." default:"10000"`
	MaxLiveAccount int     `help:"The most live connections of one account." default:"64"`
	MaxImport      size    `help:"The most that one import may bring." default:"4GiB"`
	Rate           float64 `help:"The most requests a second of one account, or of one address that is not signed in; ten times as many may come at once." default:"200"`

	Log logging `embed:"" prefix:"log-"`
}

// Validate is called by kong.
func (c *serveCmd) Validate() error {
	if c.MaxConnections < 1 || c.MaxLive < 1 || c.MaxLiveAccount < 1 || c.Rate <= 0 {
		return errors.New("--max-connections, --max-live, --max-live-account and --rate must be above 0")
	}
	if c.Grace < 0 || c.Check < 0 {
		return errors.New("--grace and --check-every can't be negative")
	}
	return nil
}

// defaultURL is how links begin when no server runs that knows better.
const defaultURL = "http://localhost:8080"

func (c *serveCmd) Run(e *env) (err error) {
	logger := c.Log.logger(e.stderr)
	// Thousands of live connections are most of the memory, and live long: Go would
	// keep as much again for garbage. docs/load.md has what it takes.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(50)
	}
	// First the addresses, then the folder: a taken port leaves no trace.
	public, err := net.Listen("tcp", c.Addr)
	if err != nil {
		return fmt.Errorf("listening on %s: %w. Stop what uses the address, or choose another with --addr", c.Addr, err)
	}
	defer public.Close()
	var monitor net.Listener
	if c.Monitor != "" {
		if monitor, err = net.Listen("tcp", c.Monitor); err != nil {
			return fmt.Errorf("listening on %s: %w. Stop what uses the address, or choose another with --monitor", c.Monitor, err)
		}
		defer monitor.Close()
	}
	where := strings.TrimSuffix(c.URL, "/")
	if where == "" {
		where = "http://" + reachable(public.Addr().(*net.TCPAddr), c.Addr)
	}
	files, app, err := frontEnd()
	if err != nil {
		return err
	}
	m := metrics.New(e.version)
	f, err := openFolder(e.ctx, e.data, folderOptions{
		version: e.version, app: app, files: files, url: where, secure: strings.HasPrefix(where, "https:"), logger: logger,
		reserve: uint64(c.Reserve), forwarded: c.Forwarded, metrics: m,
		limits: api.Limits{Rate: c.Rate, Live: c.MaxLive, LivePerAccount: c.MaxLiveAccount, ImportBytes: int64(c.MaxImport)},
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
	limited := &limitedListener{Listener: public, most: c.MaxConnections}
	m.Watch(f.log.Usage, f.server.Live, func() int { return int(limited.open.Load()) })
	listeners := []listening{
		{limited, f.server},
		{control, f.server.AsOperator()},
	}
	if monitor != nil {
		listeners = append(listeners, listening{monitor, f.server.AsMonitor()})
	}
	return c.serve(e.ctx, f, m, logger, listeners)
}

type listening struct {
	net.Listener
	handler http.Handler
}

// serve answers on the listeners until it is told to stop or can't go on. Then
// it takes nothing more, lets what is under way come to its end, and leaves the
// log to be closed, which finishes what it has taken.
func (c *serveCmd) serve(ctx context.Context, f *folder, m *metrics.Metrics, logger *slog.Logger, listeners []listening) error {
	ended := make(chan error, len(listeners)+1)
	var servers []*http.Server
	for _, l := range listeners {
		s := &http.Server{
			Handler: l.handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
			MaxHeaderBytes: 32 << 10, ErrorLog: slog.NewLogLogger(logger.Handler(), slog.LevelDebug), ConnContext: connContext,
		}
		servers = append(servers, s)
		go func() { ended <- s.Serve(l.Listener) }()
	}
	scrubbing, endScrub := context.WithCancel(ctx)
	var scrub sync.WaitGroup
	defer scrub.Wait()
	defer endScrub()
	scrub.Go(func() {
		if err := f.scrub(scrubbing, c.Check, m, logger); err != nil {
			ended <- err
		}
	})

	var reason error
	select {
	case <-ctx.Done():
		logger.Info("stopping; a second signal stops at once")
	case reason = <-f.log.Failed():
	case reason = <-ended:
	}
	f.server.Stop()
	limit, cancel := context.WithTimeout(context.Background(), c.Grace)
	defer cancel()
	var closing sync.WaitGroup
	for _, s := range servers {
		closing.Go(func() {
			if err := s.Shutdown(limit); err != nil {
				// What is left was not acknowledged; its client will repeat it.
				s.Close()
			}
		})
	}
	closing.Wait()
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
