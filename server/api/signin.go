package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"hashiya/app/wire"
	"hashiya/server/access"
	"hashiya/server/accounts"
	"hashiya/server/record"
	"hashiya/server/view"
)

// What a session holds.
const (
	sessionName  = "name"
	sessionSince = "since" // the log's position when it began
)

// session reads who the request's cookie belongs to; "" for nobody.
func (s *Server) session(r *http.Request) (name string, since uint64, err error) {
	ctx, err := s.loadSession(r)
	if err != nil {
		return "", 0, err
	}
	since, _ = s.sessions.Get(ctx, sessionSince).(uint64)
	return s.sessions.GetString(ctx, sessionName), since, nil
}

func (s *Server) loadSession(r *http.Request) (context.Context, error) {
	token := ""
	if c, err := r.Cookie(s.sessions.Cookie.Name); err == nil {
		token = c.Value
	}
	return s.sessions.Load(r.Context(), token)
}

// begin signs the account in, in this browser, in place of whoever was.
func (s *Server) begin(w http.ResponseWriter, r *http.Request, name string) error {
	var acc view.Account
	var since uint64
	err := s.view.Read(r.Context(), func(snap view.Snapshot) (err error) {
		if since, err = snap.Cursor(); err == nil {
			acc, _, err = snap.Account(name)
		}
		return err
	})
	if err != nil {
		return err
	}
	ctx, err := s.loadSession(r)
	if err != nil {
		return err
	}
	// A new token, so that one that was planted before the sign-in is worth
	// nothing after it.
	if err := s.sessions.RenewToken(ctx); err != nil {
		return err
	}
	s.sessions.Put(ctx, sessionName, name)
	s.sessions.Put(ctx, sessionSince, since)
	token, expires, err := s.sessions.Commit(ctx)
	if err != nil {
		return err
	}
	s.sessions.WriteSessionCookie(ctx, w, token, expires)
	w.Header().Set("Cache-Control", "no-store")
	return reply(w, http.StatusOK, me(acc))
}

// limited takes one try to sign in, and refuses when there were too many.
func (s *Server) limited(w http.ResponseWriter, r *http.Request, name string) error {
	host := s.remote(r)
	if !s.peers.Allow(host) || name != "" && !s.names.Allow(name) {
		s.logger.Warn("sign-in tried too often", "remote", host)
		retryAfter(w, "60")
		return problem(http.StatusTooManyRequests, "rate", "too many tries to sign in: wait a minute and try again")
	}
	return nil
}

func (s *Server) login(w http.ResponseWriter, r *http.Request, _ access.User) error {
	var body wire.Login
	if err := read(w, r, maxBody, &body); err != nil {
		return err
	}
	if err := s.limited(w, r, body.Name); err != nil {
		return err
	}
	var acc view.Account
	err := s.view.Read(r.Context(), func(snap view.Snapshot) (err error) {
		acc, _, err = snap.Account(body.Name)
		return err
	})
	if err != nil {
		return err
	}
	ok, err := accounts.VerifyPassword(r.Context(), acc.PHC, body.Password)
	if err != nil {
		return err
	}
	if !ok {
		return problem(http.StatusUnauthorized, "wrong_password", "the name or the password is wrong; without a password, sign in by a one-time link")
	}
	return s.begin(w, r, acc.Name)
}

func (s *Server) loginByLink(w http.ResponseWriter, r *http.Request, _ access.User) error {
	var body wire.LinkLogin
	if err := read(w, r, maxBody, &body); err != nil {
		return err
	}
	if err := s.limited(w, r, ""); err != nil {
		return err
	}
	hash := accounts.HashSecret(body.Token)
	var name string
	err := s.view.Read(r.Context(), func(snap view.Snapshot) (err error) {
		name, _, err = snap.LinkOwner(hash)
		return err
	})
	if err != nil {
		return err
	}
	// Guesses are not worth an entry in the log.
	if name == "" {
		return problem(http.StatusNotFound, string(view.Unknown), "this link is not known here: ask for a new one")
	}
	if err := s.decide(r.Context(), record.LinkUse(hash)); err != nil {
		return err
	}
	return s.begin(w, r, name)
}

func (s *Server) logout(w http.ResponseWriter, r *http.Request, _ access.User) error {
	ctx, err := s.loadSession(r)
	if err != nil {
		return err
	}
	if err := s.sessions.Destroy(ctx); err != nil {
		return err
	}
	// The zero time of an unset session makes the browser drop the cookie.
	s.sessions.WriteSessionCookie(ctx, w, "", time.Time{})
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (s *Server) getMe(w http.ResponseWriter, r *http.Request, u access.User) error {
	acc := view.Account{User: u}
	err := s.view.Read(r.Context(), func(snap view.Snapshot) error {
		a, there, err := snap.Account(u.Name)
		if there {
			acc = a
		}
		return err
	})
	if err != nil {
		return err
	}
	out := me(acc)
	if out.Log, _, _, err = s.log.Info(r.Context()); err != nil {
		return err
	}
	out.App, out.Now = s.app, time.Now().UTC().Format("2006-01-02T15:04:05.000Z07:00")
	return reply(w, http.StatusOK, out)
}

func (s *Server) setPassword(w http.ResponseWriter, r *http.Request, u access.User) error {
	var body wire.SetPassword
	if err := read(w, r, maxBody, &body); err != nil {
		return err
	}
	var acc view.Account
	err := s.view.Read(r.Context(), func(snap view.Snapshot) (err error) {
		acc, _, err = snap.Account(u.Name)
		return err
	})
	if err != nil {
		return err
	}
	if acc.PHC != "" {
		if err := s.limited(w, r, u.Name); err != nil {
			return err
		}
		ok, err := accounts.VerifyPassword(r.Context(), acc.PHC, body.Current)
		if err != nil {
			return err
		}
		if !ok {
			return problem(http.StatusForbidden, "wrong_password", "the current password is wrong")
		}
	}
	phc, err := accounts.HashPassword(r.Context(), body.New)
	if errors.Is(err, accounts.ErrPassword) {
		return problem(http.StatusUnprocessableEntity, "password", "%v", err)
	}
	if err != nil {
		return err
	}
	if err := s.decide(r.Context(), record.Password(u.Name, u.Name, phc)); err != nil {
		return err
	}
	// All other sessions have ended with the old password; this one goes on.
	return s.begin(w, r, u.Name)
}
