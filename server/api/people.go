package api

import (
	"net/http"
	"time"

	"hashiya/app/wire"
	"hashiya/server/access"
	"hashiya/server/accounts"
	"hashiya/server/record"
	"hashiya/server/view"
)

func (s *Server) listUsers(w http.ResponseWriter, r *http.Request, _ access.User) error {
	var list []wire.Account
	err := s.view.Read(r.Context(), func(snap view.Snapshot) (err error) {
		list, err = snap.Accounts()
		return err
	})
	if err != nil {
		return err
	}
	return reply(w, http.StatusOK, list)
}

func (s *Server) createUser(w http.ResponseWriter, r *http.Request, u access.User) error {
	var body wire.Account
	if err := read(w, r, maxBody, &body); err != nil {
		return err
	}
	if body.Role == "" {
		body.Role = wire.Annotator
	}
	if err := s.decide(r.Context(), record.Account(u.Name, body.Name, body.Role)); err != nil {
		return err
	}
	return reply(w, http.StatusCreated, body)
}

func (s *Server) createLink(w http.ResponseWriter, r *http.Request, u access.User) error {
	secret, hash := accounts.NewSecret()
	if err := s.decide(r.Context(), record.Link(u.Name, r.PathValue("name"), hash)); err != nil {
		return err
	}
	return reply(w, http.StatusCreated, wire.Link{
		// Behind the #, so that it reaches no server's log and no referrer.
		URL:     s.url + "/join#" + secret,
		Expires: time.Now().Add(view.LinkLife).UTC().Format(time.RFC3339),
	})
}

func (s *Server) createToken(w http.ResponseWriter, r *http.Request, u access.User) error {
	secret, hash := accounts.NewSecret()
	if err := s.decide(r.Context(), record.Token(u.Name, r.PathValue("name"), hash)); err != nil {
		return err
	}
	return reply(w, http.StatusCreated, wire.Token{Token: secret})
}
