//go:build !js

package remote

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"testing"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/wire"
	"hashiya/wasm/internal/inchromium"
)

func TestRemoteInChromium(t *testing.T) { inchromium.Run(t, api(), ".") }

func reply(w http.ResponseWriter, body any) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(body)
}

func fail(w http.ResponseWriter, p wire.Problem) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	json.NewEncoder(w).Encode(p)
}

// api answers as remote_test.go expects.
func api() http.Handler {
	m := http.NewServeMux()
	signedOut := false
	m.HandleFunc("POST /api/ops", func(w http.ResponseWriter, r *http.Request) {
		var push wire.PushRequest
		if err := json.NewDecoder(r.Body).Decode(&push); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		var out wire.PushResponse
		for _, o := range push.Ops {
			out.Results = append(out.Results, wire.Result{
				ID: o.ID(), Outcome: wire.Refused, Reason: push.Client + " " + r.Header.Get("X-Hashiya-Client") + " " + o.ContentHash(),
			})
		}
		reply(w, out)
	})
	m.HandleFunc("GET /api/projects/{p}/articles", func(w http.ResponseWriter, r *http.Request) {
		switch r.PathValue("p") {
		case "full":
			fail(w, wire.Problem{Title: "Insufficient Storage", Status: 507, Code: "disk_reserve", Detail: "امتلأ القرص"})
		case "signed-out":
			fail(w, wire.Problem{Title: "Unauthorized", Status: 401, Code: "unauthorized"})
		case "gap":
			fail(w, wire.Problem{Title: "Conflict", Status: 409, Code: "gap", Device: "d1", Expected: 4})
		case "gateway":
			http.Error(w, "<html>bad gateway</html>", http.StatusBadGateway)
		case "bare":
			http.Error(w, "oops", http.StatusInternalServerError)
		case "cut":
			w.Header().Set("Content-Length", "1000")
			io.WriteString(w, "[")
			panic(http.ErrAbortHandler)
		case "slow":
			select {
			case <-r.Context().Done():
			case <-time.After(20 * time.Second):
			}
		default:
			reply(w, []wire.ArticleSummary{{ID: "a1", Title: awkwardText}})
		}
	})
	m.HandleFunc("GET /api/projects/{p}/articles/{a}", func(w http.ResponseWriter, r *http.Request) {
		reply(w, article.New(awkwardText, "ar", article.Meta{}, nil))
	})
	m.HandleFunc("POST /api/projects/{p}/articles", upload)
	m.HandleFunc("POST /api/login", func(w http.ResponseWriter, r *http.Request) {
		fail(w, wire.Problem{Title: "Unauthorized", Status: 401, Code: "wrong_password"})
	})
	m.HandleFunc("POST /api/login/link", func(w http.ResponseWriter, r *http.Request) { reply(w, wire.Me{Name: "سلمى"}) })
	m.HandleFunc("PUT /api/me/password", func(w http.ResponseWriter, r *http.Request) { reply(w, wire.Me{Name: "سلمى"}) })
	m.HandleFunc("POST /api/logout", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) })
	m.HandleFunc("POST /api/projects", func(w http.ResponseWriter, r *http.Request) {
		var p wire.NewProject
		json.NewDecoder(r.Body).Decode(&p)
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusCreated)
		json.NewEncoder(w).Encode(wire.Project{ID: "p1", Name: p.Name})
	})
	m.HandleFunc("GET /api/me", func(w http.ResponseWriter, r *http.Request) {
		if signedOut {
			signedOut = false
			fail(w, wire.Problem{Title: "Unauthorized", Status: 401, Code: "unauthorized"})
			return
		}
		reply(w, wire.Me{Name: "سلمى"})
	})
	m.HandleFunc("GET /api/events", func(w http.ResponseWriter, r *http.Request) {
		after, err := strconv.ParseUint(r.URL.Query().Get("after"), 10, 64)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		polled := r.URL.Query().Get("poll") == "1"
		switch after / 1000 {
		case 0:
			stream(w, r, true)
		case 1: // a proxy opens the stream and holds back what it says
			if polled {
				reply(w, wire.Events{Events: []wire.Event{{Pos: after + 1, Changed: &wire.Changed{Project: "demo"}}}, Cursor: after + 1})
				return
			}
			w.Header().Set("Content-Type", "text/event-stream")
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		case 3:
			signedOut = true
			fail(w, wire.Problem{Title: "Unauthorized", Status: 401, Code: "unauthorized"})
		case 4:
			fail(w, wire.Problem{Title: "Too Many Requests", Status: 429, Code: "connections"})
		case 5:
			stream(w, r, false)
		}
	})
	return m
}

// upload answers with what it got: each file's name and content as a refusal.
func upload(w http.ResponseWriter, r *http.Request) {
	parts, err := r.MultipartReader()
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	var report wire.ImportReport
	for {
		part, err := parts.NextPart()
		if err != nil {
			break
		}
		b, _ := io.ReadAll(part)
		report.Added++
		report.Refused = append(report.Refused, wire.Refusal{File: part.FileName(), Reason: string(b)})
	}
	reply(w, report)
}

// stream says an empty batch at once and then, going on, an op, a heartbeat and
// an op.
func stream(w http.ResponseWriter, r *http.Request, goesOn bool) {
	w.Header().Set("Content-Type", "text/event-stream")
	say := func(batch wire.Events) {
		b, _ := json.Marshal(batch)
		fmt.Fprintf(w, "id: %d\ndata: %s\n\n", batch.Cursor, b)
		w.(http.Flusher).Flush()
	}
	say(wire.Events{Events: []wire.Event{}, Cursor: 0})
	if !goesOn {
		return
	}
	op := func(pos uint64) wire.Events {
		o := &annotation.Op{V: 1, Device: "d2", Seq: pos, Lamport: pos}
		o.Change = annotation.Change{Subject: "s", Kind: annotation.PutComment, Comment: &annotation.Comment{Text: awkwardText}}
		return wire.Events{Events: []wire.Event{{Pos: pos, Author: "سلمى", Op: o}}, Cursor: pos}
	}
	say(op(1))
	fmt.Fprint(w, ": beat\nevent: beat\ndata: {}\n\n")
	say(op(2))
	<-r.Context().Done()
}
