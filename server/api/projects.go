package api

import (
	"net/http"

	"hashiya/app/scheme"
	"hashiya/app/wire"
	"hashiya/server/access"
	"hashiya/server/record"
	"hashiya/server/view"
)

func (s *Server) listProjects(w http.ResponseWriter, r *http.Request, u access.User) error {
	var list []wire.Project
	err := s.view.Read(r.Context(), func(snap view.Snapshot) (err error) {
		list, err = snap.Projects(u.Name)
		return err
	})
	if err != nil {
		return err
	}
	return reply(w, http.StatusOK, list)
}

func (s *Server) getProject(w http.ResponseWriter, r *http.Request, u access.User) error {
	p, err := s.project(r, u)
	if err != nil {
		return err
	}
	return reply(w, http.StatusOK, p)
}

// project returns the project in the request's path.
func (s *Server) project(r *http.Request, u access.User) (wire.Project, error) {
	var p wire.Project
	err := s.view.Read(r.Context(), func(snap view.Snapshot) (err error) {
		var there bool
		p, there, err = snap.Project(r.PathValue("p"), u.Name)
		return missing(there, err, "there is no project %s", r.PathValue("p"))
	})
	return p, err
}

func missing(there bool, err error, detail string, args ...any) error {
	if err == nil && !there {
		return problem(http.StatusNotFound, string(view.Unknown), detail, args...)
	}
	return err
}

func (s *Server) createProject(w http.ResponseWriter, r *http.Request, u access.User) error {
	var body wire.NewProject
	if err := read(w, r, maxBody, &body); err != nil {
		return err
	}
	first, ok := scheme.ByPreset(body.Preset)
	if !ok {
		return problem(http.StatusUnprocessableEntity, string(view.Invalid), "there is no scheme preset %q: choose hashiya or wojood", body.Preset)
	}
	if body.ID == "" {
		body.ID = view.ProjectID(body.Name)
	}
	if err := s.decide(r.Context(), record.Project(u.Name, body.ID, body.Name, first)); err != nil {
		return err
	}
	return reply(w, http.StatusCreated, wire.Project{ID: body.ID, Name: body.Name, Scheme: first})
}
