package api

import (
	"context"
	"fmt"
	"io"
	"iter"
	"net/http"
	"slices"
	"time"

	"hashiya/app/dataset"
	"hashiya/server/access"
	"hashiya/server/exporting"
	"hashiya/server/view"
)

// ExportReport says what the export of a project at Position holds, and what
// its format could not. Passing the position to the export as at= gives
// exactly this.
type ExportReport struct {
	Position uint64 `json:"position"`
	exporting.Report
}

// exportReport runs the export without keeping it. Report and dataset are two
// requests because a report can be too long for a trailer, and browsers don't
// show trailers to pages.
func (s *Server) exportReport(w http.ResponseWriter, r *http.Request, _ access.User) error {
	var out ExportReport
	err := s.exporting(w, r, func(ctx context.Context, at uint64, docs iter.Seq2[dataset.Document, error], o exporting.Options) error {
		report, err := exporting.Export(ctx, &unhurried{io.Discard, http.NewResponseController(w)}, docs, o)
		if err == nil {
			out = ExportReport{at, *report}
		}
		return err
	})
	if err != nil {
		return err
	}
	deadline(w, requestTime)
	return reply(w, http.StatusOK, out)
}

// export streams a dataset. A fault in its middle breaks the connection, so
// that half a dataset never looks like a whole one.
func (s *Server) export(w http.ResponseWriter, r *http.Request, _ access.User) error {
	return s.exporting(w, r, func(ctx context.Context, at uint64, docs iter.Seq2[dataset.Document, error], o exporting.Options) error {
		h := w.Header()
		h.Set("Content-Type", "application/jsonl; charset=utf-8")
		h.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="%s-%d.%s"`, r.PathValue("p"), at, o.Format))
		h.Set("Cache-Control", "no-store")
		if _, err := exporting.Export(ctx, &unhurried{w, http.NewResponseController(w)}, docs, o); err != nil {
			s.logger.Error("export broke off", "project", r.PathValue("p"), "error", err)
			panic(http.ErrAbortHandler)
		}
		return nil
	})
}

// exporting calls fn with the documents that the request asks for, as they
// stood at one position of the log.
func (s *Server) exporting(w http.ResponseWriter, r *http.Request, fn func(context.Context, uint64, iter.Seq2[dataset.Document, error], exporting.Options) error) error {
	q := r.URL.Query()
	o := exporting.Options{Format: q.Get("format"), Layer: q.Get("layer")}
	if o.Format == "" {
		o.Format = "jsonl"
	}
	if !slices.Contains(exporting.Formats(), o.Format) {
		return problem(http.StatusUnprocessableEntity, "format", "there is no format %q, want one of %v", o.Format, exporting.Formats())
	}
	at, err := position(r, "at")
	if err != nil {
		return err
	}
	return s.view.Read(r.Context(), func(snap view.Snapshot) error {
		project := r.PathValue("p")
		_, there, err := snap.Project(project, "")
		if err = missing(there, err, "there is no project %s", project); err != nil {
			return err
		}
		cursor, err := snap.Cursor()
		if err != nil {
			return err
		}
		if at == 0 {
			at = cursor
		}
		if at > cursor {
			return problem(http.StatusUnprocessableEntity, "position", "the log ends at position %d, there is no %d yet", cursor, at)
		}
		return fn(r.Context(), at, documents(snap, project, at), o)
	})
}

// documents yields the project's articles with all their layers, as they stood
// at a position, by article id.
func documents(snap view.Snapshot, project string, at uint64) iter.Seq2[dataset.Document, error] {
	return func(yield func(dataset.Document, error) bool) {
		stop := io.EOF
		err := snap.ArticleIDs(project, at, func(id string) error {
			d, err := document(snap, project, id, at)
			if !yield(d, err) {
				return stop
			}
			return nil
		})
		if err != nil && err != stop {
			yield(dataset.Document{}, err)
		}
	}
}

func document(snap view.Snapshot, project, id string, at uint64) (d dataset.Document, err error) {
	var there bool
	if d.Article, there, err = snap.Article(project, id); err != nil {
		return d, err
	}
	if !there {
		return d, fmt.Errorf("article %s is listed but not there", id)
	}
	d.Layers, err = snap.Layers(project, id, at)
	return d, err
}

// unhurried moves the deadline along with each write.
type unhurried struct {
	io.Writer
	c *http.ResponseController
}

func (u *unhurried) Write(b []byte) (int, error) {
	u.c.SetReadDeadline(time.Now().Add(requestTime))
	u.c.SetWriteDeadline(time.Now().Add(requestTime))
	return u.Writer.Write(b)
}
