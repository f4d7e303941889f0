package api

import (
	"fmt"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"hashiya/app/wire"
	"hashiya/server/access"
	"hashiya/server/accounts"
	"hashiya/server/view"
)

// policy allows the page what it is made of and nothing else.
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// headers sets what every response carries.
func headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		deadline(w, requestTime)
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		next.ServeHTTP(w, r)
	})
}

// recovered keeps one bad request from ending the process; its stack is
// logged.
func (s *Server) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			switch v := recover(); v {
			case nil:
			case http.ErrAbortHandler:
				panic(v)
			default:
				s.logger.Error("handler panicked", "stack", string(debug.Stack()))
				s.fail(w, r, fmt.Errorf("panic: %v", v))
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// requestTime bounds a request and its answer, so that a slow client holds
// nothing for long. Handlers that stream move their deadlines along.
const requestTime = 2 * time.Minute

// guarded runs the route for those who may use it.
func (s *Server) guarded(rt Route) http.Handler {
	return s.observed(rt, func(w http.ResponseWriter, r *http.Request) access.User {
		u, err := s.who(r)
		if err == nil && u != access.TheOperator {
			err = s.slowDown(w, r, u.Name)
		}
		if err == nil && !access.Can(u, rt.Action, access.Object{Project: r.PathValue("p"), Author: u.Name}) {
			if u.Name == "" {
				w.Header().Set("WWW-Authenticate", `Bearer realm="hashiya"`)
				err = problem(http.StatusUnauthorized, "unauthorized", "sign in first")
			} else {
				err = problem(http.StatusForbidden, "forbidden", "%s may not %s", u.Name, rt.Action)
			}
		}
		if err == nil {
			err = rt.handle(w, r, u)
		}
		if err != nil {
			s.fail(w, r, err)
		}
		return u
	})
}

// deadline gives the request d from now, to be read and to be answered. A
// connection without deadlines (in a test) is served all the same.
func deadline(w http.ResponseWriter, d time.Duration) {
	c := http.NewResponseController(w)
	c.SetReadDeadline(time.Now().Add(d))
	c.SetWriteDeadline(time.Now().Add(d))
}

func (s *Server) wrongMethod(allowed []string) http.Handler {
	slices.Sort(allowed)
	list := strings.Join(allowed, ", ")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Allow", list)
		s.fail(w, r, problem(http.StatusMethodNotAllowed, "method", "%s takes %s, not %s", r.URL.Path, list, r.Method))
	})
}

// who returns who makes the request; nobody where it carries nothing valid.
func (s *Server) who(r *http.Request) (u access.User, err error) {
	if r.Context().Value(operatorKey{}) != nil {
		return access.TheOperator, nil
	}
	err = s.view.Read(r.Context(), func(snap view.Snapshot) error {
		var name string
		var since uint64 = view.Everything
		if secret, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
			name, _, err = snap.TokenOwner(accounts.HashSecret(secret))
		} else {
			name, since, err = s.session(r)
		}
		if err != nil || name == "" {
			return err
		}
		acc, there, err := snap.Account(name)
		if there && acc.Since <= since {
			u = acc.User
		}
		return err
	})
	return u, err
}

// me returns the account of the signed-in user, as wire has it.
func me(a view.Account) wire.Me {
	return wire.Me{Name: a.Name, Role: a.Role, HasPassword: a.PHC != ""}
}
