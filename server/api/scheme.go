package api

import (
	"net/http"

	"hashiya/app/scheme"
	"hashiya/app/wire"
	"hashiya/server/access"
	"hashiya/server/record"
	"hashiya/server/view"
)

// putScheme answers with the version as it was taken: what it leaves out is
// retired in it.
func (s *Server) putScheme(w http.ResponseWriter, r *http.Request, u access.User) error {
	var body scheme.Scheme
	if err := read(w, r, maxBody, &body); err != nil {
		return err
	}
	project := r.PathValue("p")
	if err := s.decide(r.Context(), record.Scheme(u.Name, project, body)); err != nil {
		return err
	}
	err := s.view.Read(r.Context(), func(snap view.Snapshot) (err error) {
		body, _, err = snap.Scheme(project, body.Version)
		return err
	})
	if err != nil {
		return err
	}
	return reply(w, http.StatusOK, body)
}

func (s *Server) listSchemeVersions(w http.ResponseWriter, r *http.Request, _ access.User) error {
	return ofProject(s, w, r, view.Snapshot.SchemeVersions)
}

func (s *Server) getSchemeUse(w http.ResponseWriter, r *http.Request, _ access.User) error {
	return ofProject(s, w, r, view.Snapshot.SchemeUse)
}

func (s *Server) listFlags(w http.ResponseWriter, r *http.Request, _ access.User) error {
	return ofProject(s, w, r, view.Snapshot.Flagged)
}

// ofProject replies with what the view says of the project in the path.
func ofProject[T []wire.SchemeVersion | wire.SchemeUse | []wire.Flagged](s *Server, w http.ResponseWriter, r *http.Request, ask func(view.Snapshot, string) (T, error)) error {
	var out T
	err := s.view.Read(r.Context(), func(snap view.Snapshot) error {
		p, there, err := snap.Project(r.PathValue("p"), "")
		if err = missing(there, err, "there is no project %s", r.PathValue("p")); err != nil {
			return err
		}
		out, err = ask(snap, p.ID)
		return err
	})
	if err != nil {
		return err
	}
	return reply(w, http.StatusOK, out)
}
