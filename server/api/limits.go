package api

import (
	"context"
	"net"
	"net/http"
	"strings"
)

// Limits bound what clients may take of the server; a zero one is its default.
type Limits struct {
	// Rate is how many requests a second one account may make, or one address
	// that is not signed in; ten times as many may come at once. Default 200.
	Rate float64
	// Live and LivePerAccount are the most live connections: of all, default
	// 10,000, and of one account, default 64.
	Live, LivePerAccount int
	// ImportBytes is the most of one import request; default 4 GiB.
	ImportBytes int64
}

func (l *Limits) setDefaults() {
	if l.Rate == 0 {
		l.Rate = 200
	}
	if l.Live == 0 {
		l.Live = 10_000
	}
	if l.LivePerAccount == 0 {
		l.LivePerAccount = 64
	}
	if l.ImportBytes == 0 {
		l.ImportBytes = 4 << 30
	}
}

// retryAfter says when a client that was turned away may come again.
func retryAfter(w http.ResponseWriter, seconds string) { w.Header().Set("Retry-After", seconds) }

// slowDown refuses the request where whoever makes it made too many.
func (s *Server) slowDown(w http.ResponseWriter, r *http.Request, user string) error {
	key := "account " + user
	if user == "" {
		key = "address " + s.remote(r)
	}
	if s.requests.Allow(key) {
		return nil
	}
	retryAfter(w, "1")
	return problem(http.StatusTooManyRequests, "rate", "too many requests: at most %g a second are taken of one account; wait a second and try again, nothing was done", s.limits.Rate)
}

// remote is the address that the request comes from. Behind a proxy it is what
// the proxy says, which is the last of the list: what stands before it, the
// client may have made up.
func (s *Server) remote(r *http.Request) string {
	if s.forwarded {
		list := strings.Split(r.Header.Get("X-Forwarded-For"), ",")
		if ip := net.ParseIP(strings.TrimSpace(list[len(list)-1])); ip != nil {
			return ip.String()
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

type crowdedKey struct{}

// Crowded marks the context of a connection that is one too many. Its requests
// are told so, but for those that ask how the server is.
func Crowded(ctx context.Context) context.Context { return context.WithValue(ctx, crowdedKey{}, true) }

func (s *Server) uncrowded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Context().Value(crowdedKey{}) == nil || r.URL.Path == "/healthz" || r.URL.Path == "/readyz" {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Connection", "close")
		retryAfter(w, "10")
		s.fail(w, r, problem(http.StatusServiceUnavailable, "connections", "the server has as many connections as it takes: try again in a minute"))
	})
}
