package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"

	"hashiya/app/wire"
	"hashiya/server/log"
	"hashiya/server/view"
)

// problem returns the error of a request. Codes are stable words for programs.
func problem(status int, code, detail string, args ...any) *wire.Problem {
	return &wire.Problem{
		Type: "about:blank", Title: http.StatusText(status), Status: status,
		Code: code, Detail: fmt.Sprintf(detail, args...),
	}
}

// asProblem says in HTTP what err says.
func asProblem(err error) *wire.Problem {
	var p *wire.Problem
	var size *http.MaxBytesError
	switch {
	case errors.As(err, &p):
		return p
	case errors.As(err, &size):
		return problem(http.StatusRequestEntityTooLarge, "too_large", "the body is larger than %d bytes: send it in parts", size.Limit)
	case errors.Is(err, log.ErrTooLarge):
		return problem(http.StatusRequestEntityTooLarge, "too_large", "%v", err)
	case errors.Is(err, log.ErrDiskReserve):
		return problem(http.StatusInsufficientStorage, "disk_reserve", "the server's disk is nearly full, so nothing new is taken: %v", err)
	case errors.Is(err, log.ErrClosed):
		return problem(http.StatusServiceUnavailable, "stopping", "the server is stopping: try again in a moment")
	case errors.Is(err, log.ErrFailed):
		return problem(http.StatusServiceUnavailable, "failed", "the server could not write and stops; what it acknowledged is safe: try again later")
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded):
		return problem(http.StatusRequestTimeout, "timeout", "the request did not come to its end in time: try again")
	}
	return problem(http.StatusInternalServerError, "internal", "the server failed at this request; its log has the reason under the request's path and time")
}

// fail answers with the problem that err is.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	p := asProblem(err)
	if p.Status >= 500 {
		s.logger.Error("request failed", "method", r.Method, "path", r.URL.Path, "status", p.Status, "error", err)
	}
	writeJSON(w, "application/problem+json", p.Status, p)
}

// refused says in HTTP why an entry had no effect; nil where it had.
func refused(v view.Verdict) error {
	status := map[view.Code]int{
		view.Already: http.StatusConflict, view.Taken: http.StatusConflict,
		view.Forbidden: http.StatusForbidden, view.Unknown: http.StatusNotFound,
		view.Used: http.StatusGone, view.Expired: http.StatusGone,
	}[v.Code]
	switch {
	case v.Code == view.Done:
		return nil
	case status == 0:
		status = http.StatusUnprocessableEntity
	}
	return problem(status, string(v.Code), "%s", v.Reason)
}

func writeJSON(w http.ResponseWriter, contentType string, status int, body any) {
	b, err := json.Marshal(body)
	if err != nil {
		panic("api: a body always marshals: " + err.Error())
	}
	h := w.Header()
	h.Set("Content-Type", contentType)
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-store")
	}
	w.WriteHeader(status)
	// The client is gone where this fails, and nobody is left to tell.
	w.Write(append(b, '\n'))
}

func reply(w http.ResponseWriter, status int, body any) error {
	writeJSON(w, "application/json", status, body)
	return nil
}
