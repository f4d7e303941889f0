package accounts

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"hashiya/server/kv"
)

// SessionLife is how long one stays signed in: long enough that a field trip
// without a connection does not end in a login.
const SessionLife = 60 * 24 * time.Hour

// NewSessions returns session cookies kept in store. Secure marks the cookie
// for HTTPS only.
func NewSessions(store kv.Store, secure bool, onError func(http.ResponseWriter, *http.Request, error)) *scs.SessionManager {
	m := scs.New()
	m.Store = &sessionStore{store}
	m.HashTokenInStore = true
	m.Lifetime = SessionLife
	m.Cookie.Name = "hashiya"
	m.Cookie.Secure = secure
	m.Cookie.SameSite = http.SameSiteLaxMode
	m.ErrorFunc = onError
	return m
}

// sessionStore implements scs.CtxStore. A session that ended stays as an empty
// value.
type sessionStore struct{ kv kv.Store }

type storedSession struct {
	Expires time.Time `json:"expires"`
	Data    []byte    `json:"data,omitempty"` // none: the session has ended
}

func (s *sessionStore) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	var b []byte
	err = s.kv.View(ctx, func(r kv.Reader) (err error) {
		b, err = r.Get([]byte(token))
		return err
	})
	if errors.Is(err, kv.ErrNotFound) || errors.Is(err, kv.ErrKey) {
		return nil, false, nil
	}
	var stored storedSession
	if err == nil {
		err = json.Unmarshal(b, &stored)
	}
	if err != nil || stored.Data == nil || time.Now().After(stored.Expires) {
		return nil, false, err
	}
	return stored.Data, true, nil
}

func (s *sessionStore) CommitCtx(ctx context.Context, token string, data []byte, expires time.Time) error {
	return s.put(ctx, token, storedSession{expires, data})
}

func (s *sessionStore) DeleteCtx(ctx context.Context, token string) error {
	if token == "" {
		return nil
	}
	return s.put(ctx, token, storedSession{})
}

func (s *sessionStore) put(ctx context.Context, token string, v storedSession) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return s.kv.Update(ctx, func(w kv.Writer) error { return w.Set([]byte(token), b) })
}

func (s *sessionStore) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

func (s *sessionStore) Commit(token string, data []byte, expires time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expires)
}

func (s *sessionStore) Delete(token string) error {
	return s.DeleteCtx(context.Background(), token)
}
