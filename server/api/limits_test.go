package api_test

import (
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"hashiya/app/wire"
	"hashiya/server/api"
	"hashiya/server/log"
	"hashiya/server/view"
)

// with returns the address of another server on the site's log.
func (s *site) with(change func(*api.Config)) (url string) {
	s.t.Helper()
	c := api.Config{Log: s.log, View: view.New(s.log.Store()), Sessions: s.log.Side("sessions"), Files: api.Files(testFiles), Logger: slog.New(slog.DiscardHandler)}
	change(&c)
	server := api.New(c)
	public := httptest.NewServer(server)
	s.t.Cleanup(func() { server.Stop(); public.Close() })
	return public.URL
}

func TestTooManyRequestsOfOneAreSlowedDownAndOthersAreNot(t *testing.T) {
	s, _ := withArticle(t)
	a, b := s.add("سمر", wire.Annotator), s.add("omar", wire.Annotator)
	url := s.with(func(c *api.Config) { c.Limits.Rate = 0.001 })
	a.url, b.url = url, url
	call[wire.Me](a, "GET", "/api/me", nil)
	a.refuse(429, "rate", "GET", "/api/me", nil)
	if resp, _ := a.do("GET", "/api/me", nil); resp.Header.Get("Retry-After") == "" {
		t.Error("nothing says when to come again")
	}
	call[wire.Me](b, "GET", "/api/me", nil)
	nobody := s.agent()
	nobody.url = url
	nobody.do("GET", "/api/version", nil)
	nobody.refuse(429, "rate", "GET", "/api/version", nil)
	if resp, _ := nobody.do("GET", "/app.wasm", nil); resp.StatusCode != 200 {
		t.Errorf("the front end's files are counted too: %s", resp.Status)
	}
}

func TestTheAddressBehindAProxyIsTheOneThatTheProxySaw(t *testing.T) {
	s := open(t)
	ask := func(url string, from string) int {
		a := s.agent()
		a.url = url
		resp, _ := a.do("GET", "/api/version", nil, "X-Forwarded-For", from)
		return resp.StatusCode
	}
	proxied := s.with(func(c *api.Config) { c.Limits.Rate, c.Forwarded = 0.001, true })
	if ask(proxied, "203.0.113.1") != 200 || ask(proxied, "203.0.113.2") != 200 {
		t.Error("two addresses behind a proxy are taken for one")
	}
	if ask(proxied, "198.51.100.7, 203.0.113.1") != 429 {
		t.Error("an address that the client made up is believed")
	}
	direct := s.with(func(c *api.Config) { c.Limits.Rate = 0.001 })
	if ask(direct, "203.0.113.1") != 200 || ask(direct, "203.0.113.2") != 429 {
		t.Error("without a proxy, what the client says is believed")
	}
}

func TestLiveConnectionsAreBounded(t *testing.T) {
	s, _ := withArticle(t)
	a := s.add("سمر", wire.Annotator)
	b := s.add("omar", wire.Annotator)
	a.url = s.with(func(c *api.Config) { c.Limits.LivePerAccount, c.Limits.Live = 2, 3 })
	b.url = a.url
	hold := func(who *agent) {
		resp, err := who.http.Get(who.url + "/api/events")
		if err != nil || resp.StatusCode != 200 {
			t.Fatalf("%v, %v", resp, err)
		}
		t.Cleanup(func() { resp.Body.Close() })
	}
	hold(a)
	hold(a)
	a.refuse(429, "connections", "GET", "/api/events", nil)
	hold(b)
	b.refuse(503, "connections", "GET", "/api/events", nil)
}

func TestAnImportThatIsTooLargeIsRefusedWithItsLimit(t *testing.T) {
	s, _ := withArticle(t)
	a := s.add("سمر", wire.Lead)
	a.url = s.with(func(c *api.Config) { c.Limits.ImportBytes = 2000 })
	body, contentType := form(file{"long.txt", strings.Repeat(awkward, 100)})
	resp, b := a.do("POST", "/api/projects/news/articles", body, "Content-Type", contentType)
	if resp.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(string(b), "2000") {
		t.Errorf("%s: %s", resp.Status, b)
	}
}

func TestAServerThatCanNotWriteIsAliveAndNotReady(t *testing.T) {
	s := open(t)
	for err, code := range map[error]string{log.ErrDiskReserve: "disk_reserve", log.ErrFailed: "failed", errors.New("?"): "internal"} {
		a := s.agent()
		a.url = s.with(func(c *api.Config) { c.Writable = func() error { return err } })
		a.refuse(503, code, "GET", "/readyz", nil)
		if resp, _ := a.do("GET", "/healthz", nil); resp.StatusCode != 200 {
			t.Errorf("/healthz: %s", resp.Status)
		}
	}
}

func TestRequestsAndAnswersAreCounted(t *testing.T) {
	s, art := withArticle(t)
	a := s.add("سمر", wire.Annotator)
	m := &meter{}
	a.url = s.with(func(c *api.Config) { c.Meter = m })
	a.push(span(&art, "d1", 1, "s1"), span(&art, "d1", 2, "s2"))
	a.push(span(&art, "d1", 1, "s1"))
	bad := span(&art, "d1", 3, "s3")
	bad.Span.End = 100_000
	a.push(bad)
	a.do("GET", "/api/nix", nil)
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.ops[wire.Accepted] != 3 || m.ops[wire.Refused] != 1 || m.ops[""] != 0 {
		t.Errorf("answers: %v", m.ops)
	}
	if m.requests["POST /api/ops 200"] != 3 || len(m.requests) != 1 {
		t.Errorf("requests: %v", m.requests)
	}
}

type meter struct {
	mu       sync.Mutex
	ops      map[wire.Outcome]int
	requests map[string]int
}

func (m *meter) Op(o wire.Outcome) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.ops == nil {
		m.ops = map[wire.Outcome]int{}
	}
	m.ops[o]++
}

func (m *meter) Request(route string, status int, _ time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.requests == nil {
		m.requests = map[string]int{}
	}
	m.requests[route+" "+itoa(uint64(status))]++
}
