package api

import (
	"net/http"

	"hashiya/server/access"
	"hashiya/server/view"
)

// health says that the server can read what it serves: if not, starting it
// again may help.
func (s *Server) health(w http.ResponseWriter, r *http.Request, _ access.User) error {
	if err := s.readable(r); err != nil {
		return err
	}
	return reply(w, http.StatusOK, map[string]string{"status": "ok"})
}

// readiness says that the server takes labels too: it is not stopping, nothing
// failed, and the disk has room.
func (s *Server) readiness(w http.ResponseWriter, r *http.Request, _ access.User) error {
	select {
	case <-s.stop:
		return problem(http.StatusServiceUnavailable, "stopping", "the server is stopping: try again in a moment")
	default:
	}
	if err := s.readable(r); err != nil {
		return err
	}
	if err := s.writable(); err != nil {
		p := *asProblem(err)
		p.Status, p.Title = http.StatusServiceUnavailable, http.StatusText(http.StatusServiceUnavailable)
		return &p
	}
	return reply(w, http.StatusOK, map[string]string{"status": "ok"})
}

func (s *Server) readable(r *http.Request) error {
	return s.view.Read(r.Context(), func(snap view.Snapshot) error {
		_, err := snap.Cursor()
		return err
	})
}

// serveMetrics hands over to the handler of the metrics.
func (s *Server) serveMetrics(w http.ResponseWriter, r *http.Request, _ access.User) error {
	s.metrics.ServeHTTP(w, r)
	return nil
}

// AsMonitor returns what may be asked without signing in where only monitors
// come: how the server is, and its metrics.
func (s *Server) AsMonitor() http.Handler {
	m := http.NewServeMux()
	for _, rt := range s.Routes() {
		switch rt.Path {
		case "/healthz", "/readyz", "/metrics":
			m.HandleFunc(rt.String(), func(w http.ResponseWriter, r *http.Request) {
				if err := rt.handle(w, r, access.User{}); err != nil {
					s.fail(w, r, err)
				}
			})
		}
	}
	return s.recovered(headers(m))
}
