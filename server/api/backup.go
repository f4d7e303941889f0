package api

import (
	"errors"
	"net/http"
	"time"

	"hashiya/server/access"
	"hashiya/server/backup"
	"hashiya/server/log"
)

// backup sends a backup of the log, verified before: a damaged one must never
// take the place of a good one. With after, log, end and continues it is an
// increment, see backup.Since.
func (s *Server) backup(w http.ResponseWriter, r *http.Request, _ access.User) error {
	var since *backup.Since
	if q := r.URL.Query(); q.Has("continues") {
		after, err := position(r, "after")
		if err != nil {
			return err
		}
		since = &backup.Since{Log: q.Get("log"), Last: log.Pos(after), End: q.Get("end"), SHA256: q.Get("continues")}
	}
	// Reading all of a large log takes what it takes.
	c := http.NewResponseController(w)
	c.SetReadDeadline(time.Time{})
	c.SetWriteDeadline(time.Time{})
	if err := s.verify(r.Context()); errors.Is(err, log.ErrDamaged) {
		return problem(http.StatusConflict, "damaged", "there is no backup of a damaged log: %v", err)
	} else if err != nil {
		return err
	}
	out := &lateHeader{w: w}
	summary, err := backup.Write(r.Context(), s.log, s.version, time.Now(), since, out)
	switch {
	case errors.Is(err, backup.ErrChain):
		return problem(http.StatusConflict, "chain", "%v", err)
	case err != nil && !out.begun:
		return err
	case err != nil:
		// Half a backup is on its way: whoever gets it must not take it for one.
		s.logger.Error("backup broke off", "error", err)
		panic(http.ErrAbortHandler)
	}
	s.logger.Info("backup", "after", summary.After, "last", summary.Last, "bytes", summary.Bytes, "sha256", summary.SHA256)
	return nil
}

// lateHeader sends the header with the first bytes, so that what fails before
// them can still be answered with a problem.
type lateHeader struct {
	w     http.ResponseWriter
	begun bool
}

func (l *lateHeader) Write(b []byte) (int, error) {
	if !l.begun {
		l.begun = true
		h := l.w.Header()
		h.Set("Content-Type", "application/octet-stream")
		h.Set("Cache-Control", "no-store")
	}
	return l.w.Write(b)
}
