// Package api is the server as the network sees it: the HTTP API under /api/,
// the live events, and the files of the front end.
package api

import (
	"context"
	_ "embed"
	"log/slog"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"
	"golang.org/x/time/rate"

	"hashiya/app/wire"
	"hashiya/server/access"
	"hashiya/server/accounts"
	"hashiya/server/kv"
	"hashiya/server/log"
	"hashiya/server/view"
)

// Config is what a Server needs.
type Config struct {
	Log      log.Log
	View     *view.View
	Sessions kv.Store     // where session cookies are kept
	Files    http.Handler // the front end
	Version  string       // of the server
	App      string       // of the front end; "" where it was not built
	URL      string       // where people reach the server, without a slash at the end
	Secure   bool         // people reach it by HTTPS: cookies are for HTTPS only
	Logger   *slog.Logger
	Limits   Limits
	// Forwarded: every request comes through a proxy that appends the client's
	// address to X-Forwarded-For.
	Forwarded bool
	Meter     Meter        // nil counts nothing
	Metrics   http.Handler // serves what is counted; nil for nothing

	// Check verifies all of the data folder, and Verify of it only the log; nil
	// verifies nothing. What does not add up wraps log.ErrDamaged.
	Check  func(context.Context) (wire.Check, error)
	Verify func(context.Context) error
	// Writable returns what an append would be refused with, nil for nothing;
	// a nil one is never asked.
	Writable func() error
}

// Server answers requests. It is safe for concurrent use.
type Server struct {
	log      log.Log
	view     *view.View
	sessions *scs.SessionManager
	logger   *slog.Logger
	version  string
	app      string
	url      string
	names    *accounts.Limiter // sign-ins per account name
	peers    *accounts.Limiter // sign-ins per remote address
	conns    connections
	requests *accounts.Limiter // per account, or per remote address of nobody
	limits   Limits
	stop     chan struct{}
	check    func(context.Context) (wire.Check, error)
	verify   func(context.Context) error
	writable func() error
	meter    Meter
	metrics  http.Handler
	memories memories
	corpus   corpus
	handler  http.Handler

	forwarded bool
}

// New returns a Server.
func New(c Config) *Server {
	c.setDefaults()
	s := &Server{
		log: c.Log, view: c.View, logger: c.Logger, version: c.Version, app: c.App, url: c.URL,
		names:    accounts.NewLimiter(rate.Every(10*time.Second), 6, 10_000),
		peers:    accounts.NewLimiter(rate.Every(time.Second), 30, 10_000),
		requests: accounts.NewLimiter(rate.Limit(c.Limits.Rate), int(10*c.Limits.Rate)+1, 10_000),
		limits:   c.Limits, forwarded: c.Forwarded,
		stop:  make(chan struct{}),
		check: c.Check, verify: c.Verify, writable: c.Writable,
		meter: c.Meter, metrics: c.Metrics, corpus: newCorpus(),
	}
	s.sessions = accounts.NewSessions(c.Sessions, c.Secure, s.fail)
	s.handler = s.mux(c.Files)
	return s
}

func (c *Config) setDefaults() {
	c.Limits.setDefaults()
	if c.Meter == nil {
		c.Meter = noMeter{}
	}
	if c.Metrics == nil {
		c.Metrics = http.NotFoundHandler()
	}
	if c.Verify == nil {
		c.Verify = func(context.Context) error { return nil }
	}
	if c.Writable == nil {
		c.Writable = func() error { return nil }
	}
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Stop ends the live connections, which would hold up a graceful stop, and
// refuses new ones. It must be called once.
func (s *Server) Stop() { close(s.stop) }

type operatorKey struct{}

// AsOperator returns the server as whoever holds the data folder may use it:
// no sign-in, and all that a lead may do.
func (s *Server) AsOperator() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), operatorKey{}, true)))
	})
}

//go:embed openapi.yaml
var openAPI []byte

// Route is one operation of the API, and what one must be allowed to use it.
type Route struct {
	Method, Path string
	Action       access.Action
	handle       func(w http.ResponseWriter, r *http.Request, u access.User) error
}

// String returns the route as the mux has it: "GET /api/me".
func (r Route) String() string { return r.Method + " " + r.Path }

// Routes returns every operation.
func (s *Server) Routes() []Route {
	return []Route{
		{"GET", "/healthz", access.Nothing, s.health},
		{"GET", "/readyz", access.Nothing, s.readiness},
		{"GET", "/metrics", access.ReadMetrics, s.serveMetrics},
		{"GET", "/api/version", access.Nothing, s.getVersion},
		{"GET", "/api/openapi.yaml", access.Nothing, s.getOpenAPI},

		{"POST", "/api/login", access.Nothing, s.login},
		{"POST", "/api/login/link", access.Nothing, s.loginByLink},
		{"POST", "/api/logout", access.Nothing, s.logout},
		{"GET", "/api/me", access.UseAccount, s.getMe},
		{"PUT", "/api/me/password", access.SetPassword, s.setPassword},

		{"GET", "/api/projects", access.ReadProject, s.listProjects},
		{"POST", "/api/projects", access.CreateProject, s.createProject},
		{"GET", "/api/projects/{p}", access.ReadProject, s.getProject},
		{"PUT", "/api/projects/{p}/scheme", access.ChangeScheme, s.putScheme},
		{"GET", "/api/projects/{p}/scheme/use", access.ChangeScheme, s.getSchemeUse},
		{"GET", "/api/projects/{p}/scheme/versions", access.ReadProject, s.listSchemeVersions},
		{"GET", "/api/projects/{p}/flags", access.ReadFlags, s.listFlags},
		{"GET", "/api/projects/{p}/articles", access.ReadProject, s.listArticles},
		{"POST", "/api/projects/{p}/articles", access.ImportArticles, s.importArticles},
		{"GET", "/api/projects/{p}/articles/{a}", access.ReadProject, s.getArticle},
		{"GET", "/api/projects/{p}/suggestions", access.ReadProject, s.getSuggestions},
		{"GET", "/api/projects/{p}/search", access.ReadProject, s.search},
		{"POST", "/api/projects/{p}/mentions", access.FindMentions, s.mentions},
		{"GET", "/api/projects/{p}/export", access.Export, s.export},
		{"GET", "/api/projects/{p}/export/report", access.Export, s.exportReport},

		{"POST", "/api/ops", access.Label, s.push},
		{"GET", "/api/events", access.UseAccount, s.events},

		{"GET", "/api/check", access.CheckData, s.getCheck},
		{"GET", "/api/backup", access.Backup, s.backup},

		{"GET", "/api/users", access.ManagePeople, s.listUsers},
		{"POST", "/api/users", access.ManagePeople, s.createUser},
		{"POST", "/api/users/{name}/link", access.ManagePeople, s.createLink},
		{"POST", "/api/users/{name}/token", access.ManagePeople, s.createToken},
	}
}

func (s *Server) mux(files http.Handler) http.Handler {
	m := http.NewServeMux()
	methods := map[string][]string{}
	for _, rt := range s.Routes() {
		m.Handle(rt.String(), s.guarded(rt))
		methods[rt.Path] = append(methods[rt.Path], rt.Method)
	}
	for path, allowed := range methods {
		m.Handle(path, s.wrongMethod(allowed))
	}
	m.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, r, problem(http.StatusNotFound, "no_route", "there is no %s here: see /api/openapi.yaml for what there is", r.URL.Path))
	})
	m.Handle("/", files)

	crossOrigin := http.NewCrossOriginProtection()
	crossOrigin.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, r, problem(http.StatusForbidden, "cross_origin", "this request comes from another site: open Hashiya itself to do that"))
	}))
	return s.recovered(headers(s.uncrowded(crossOrigin.Handler(m))))
}
