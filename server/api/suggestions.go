package api

import (
	"encoding/json"
	"net/http"
	"sync"
	"time"

	"hashiya/app/suggest"
	"hashiya/app/wire"
	"hashiya/server/access"
	"hashiya/server/view"
)

// memories keeps each project's answer until the log has moved on.
type memories struct {
	mu sync.Mutex
	of map[string]*memory
}

type memory struct {
	mu    sync.Mutex // held while counting, so that a project is counted once
	pos   uint64
	body  []byte
	fresh time.Time // an answer that is older than the log is good until then
}

// share is how much longer an answer lives than it took to count: counting
// takes at most a fiftieth of one core for each project.
const share = 50

func (m *memories) project(id string) *memory {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.of == nil {
		m.of = map[string]*memory{}
	}
	if m.of[id] == nil {
		m.of[id] = &memory{}
	}
	return m.of[id]
}

func (s *Server) getSuggestions(w http.ResponseWriter, r *http.Request, u access.User) error {
	p, err := s.project(r, u)
	if err != nil {
		return err
	}
	if p.Scheme.Unassisted {
		return reply(w, http.StatusOK, wire.Suggestions{Off: true, Memory: &suggest.Memory{}})
	}
	m := s.memories.project(p.ID)
	m.mu.Lock()
	defer m.mu.Unlock()
	err = s.view.Read(r.Context(), func(snap view.Snapshot) error {
		pos, err := snap.Cursor()
		if err != nil || m.body != nil && (pos == m.pos || time.Now().Before(m.fresh)) {
			return err
		}
		begun := time.Now()
		counted, err := snap.Memory(p.ID)
		if err != nil {
			return err
		}
		body, err := json.Marshal(wire.Suggestions{Memory: counted})
		if err != nil {
			return err
		}
		now := time.Now()
		m.pos, m.body, m.fresh = pos, body, now.Add(share*now.Sub(begun))
		return nil
	})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "private, no-store")
	_, err = w.Write(m.body)
	return err
}
