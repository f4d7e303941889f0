package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"time"

	"hashiya/app/article"
	"hashiya/app/wire"
	"hashiya/server/access"
	"hashiya/server/view"
)

func (s *Server) listArticles(w http.ResponseWriter, r *http.Request, u access.User) error {
	var list []wire.ArticleSummary
	err := s.view.Read(r.Context(), func(snap view.Snapshot) error {
		_, there, err := snap.Project(r.PathValue("p"), "")
		if err = missing(there, err, "there is no project %s", r.PathValue("p")); err != nil {
			return err
		}
		list, err = snap.Articles(r.PathValue("p"), u.Name)
		return err
	})
	if err != nil {
		return err
	}
	return reply(w, http.StatusOK, list)
}

func (s *Server) getArticle(w http.ResponseWriter, r *http.Request, _ access.User) error {
	var art article.Article
	err := s.view.Read(r.Context(), func(snap view.Snapshot) (err error) {
		var there bool
		art, there, err = snap.Article(r.PathValue("p"), r.PathValue("a"))
		return missing(there, err, "project %s has no article %s", r.PathValue("p"), r.PathValue("a"))
	})
	if err != nil {
		return err
	}
	body, err := json.Marshal(art)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(body)
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("ETag", `"`+hex.EncodeToString(sum[:16])+`"`)
	// Asked again each time, so that a browser's cache never answers in place
	// of the check who is asking.
	h.Set("Cache-Control", "private, no-cache")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
	return nil
}
