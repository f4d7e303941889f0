package api

import (
	"net/http"
	"time"

	"hashiya/app/wire"
	"hashiya/server/access"
)

// Meter counts what the server does. Its methods must not block.
type Meter interface {
	// Op counts one answer to a pushed op.
	Op(wire.Outcome)
	// Request counts one request to a route.
	Request(route string, status int, took time.Duration)
}

type noMeter struct{}

func (noMeter) Op(wire.Outcome)                    {}
func (noMeter) Request(string, int, time.Duration) {}

// observed counts and logs the requests of a route. The log has no paths'
// queries, no bodies and no headers: nothing of an article and no secret.
func (s *Server) observed(rt Route, next func(w http.ResponseWriter, r *http.Request) access.User) http.Handler {
	route := rt.String()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		st := &statusWriter{ResponseWriter: w, status: http.StatusOK}
		var u access.User
		defer func() {
			took := time.Since(began)
			s.meter.Request(route, st.status, took)
			s.logger.Debug("request", "route", route, "status", st.status, "ms", float64(took.Microseconds())/1000, "account", u.Name)
		}()
		u = next(st, r)
	})
}

// statusWriter remembers the status of a response.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController through.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// Live returns how many live connections there are.
func (s *Server) Live() int {
	s.conns.mu.Lock()
	defer s.conns.mu.Unlock()
	return s.conns.all
}
