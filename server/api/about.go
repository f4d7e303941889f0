package api

import (
	"errors"
	"net/http"
	"time"

	"hashiya/app/wire"
	"hashiya/server/access"
	"hashiya/server/log"
)

func (s *Server) getVersion(w http.ResponseWriter, _ *http.Request, _ access.User) error {
	return reply(w, http.StatusOK, wire.Version{Server: s.version, App: s.app})
}

// getCheck verifies the data folder. What is damaged is the answer, not a
// fault of the request.
func (s *Server) getCheck(w http.ResponseWriter, r *http.Request, _ access.User) error {
	// Reading all of a large log takes what it takes.
	c := http.NewResponseController(w)
	c.SetReadDeadline(time.Time{})
	c.SetWriteDeadline(time.Time{})
	result, err := s.check(r.Context())
	if errors.Is(err, log.ErrDamaged) {
		return problem(http.StatusConflict, "damaged", "%v", err)
	}
	if err != nil {
		return err
	}
	return reply(w, http.StatusOK, result)
}

func (s *Server) getOpenAPI(w http.ResponseWriter, _ *http.Request, _ access.User) error {
	w.Header().Set("Content-Type", "application/yaml")
	w.Header().Set("Cache-Control", "no-cache")
	w.Write(openAPI)
	return nil
}
