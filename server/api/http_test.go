package api_test

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/wire"
)

func spans(a *article.Article, device string, seqs []uint64) (out []annotation.Op) {
	for _, n := range seqs {
		out = append(out, span(a, device, n, "s"+hex.EncodeToString([]byte{byte(n >> 8), byte(n)})))
	}
	return out
}

func TestEveryResponseCarriesThePolicy(t *testing.T) {
	s := open(t)
	for _, path := range []string{"/", "/app.wasm", "/nix", "/api/me", "/api/nix", "/healthz"} {
		resp, _ := s.agent().do("GET", path, nil)
		h := resp.Header
		if got := h.Get("Content-Security-Policy"); got != "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'" {
			t.Errorf("%s has the policy %q", path, got)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") == "" {
			t.Errorf("%s has the header %v", path, h)
		}
	}
}

func TestAnotherSiteCantAct(t *testing.T) {
	s, art := withArticle(t)
	a := s.add("سمر", wire.Annotator)
	push := wire.PushRequest{Ops: []annotation.Op{span(&art, "d1", 1, "s1")}}
	resp, body := a.do("POST", "/api/ops", push, "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site")
	if resp.StatusCode != http.StatusForbidden || !strings.Contains(string(body), "cross_origin") {
		t.Errorf("a request of another site: %s: %s", resp.Status, body)
	}
}

func TestWhatIsNotThereIsAProblem(t *testing.T) {
	s, _ := withArticle(t)
	a := s.add("سمر", wire.Lead)
	a.refuse(404, "no_route", "GET", "/api/nix", nil)
	a.refuse(405, "method", "DELETE", "/api/projects", nil)
	a.refuse(404, "unknown", "GET", "/api/projects/nix", nil)
	a.refuse(404, "unknown", "GET", "/api/projects/news/articles/nix", nil)
	a.refuse(404, "unknown", "POST", "/api/users/nix/link", nil)
	a.refuse(409, "taken", "POST", "/api/projects", wire.NewProject{Name: "news"})
	a.refuse(422, "invalid", "POST", "/api/projects", wire.NewProject{Name: " x"})
	a.refuse(422, "invalid", "POST", "/api/users", wire.Account{Name: "gold", Role: wire.Lead})
	a.refuse(400, "bad_json", "POST", "/api/projects", strings.NewReader(`{"name":"x"} {}`))
	a.refuse(400, "position", "GET", "/api/events?after=x", nil)
	a.refuse(422, "position", "GET", "/api/projects/news/export?at=99999", nil)
	a.refuse(415, "multipart", "POST", "/api/projects/news/articles", nil)
}

func TestAnArticleIsSentToTheByteAndOnlyOnce(t *testing.T) {
	s, art := withArticle(t)
	a := s.add("سمر", wire.Annotator)
	sum := sha256.Sum256([]byte(awkward))
	if art.Text != awkward || art.TextSHA256 != hex.EncodeToString(sum[:]) {
		t.Error("the text is not the one that was imported")
	}
	path := "/api/projects/news/articles/" + art.ID
	resp, _ := a.do("GET", path, nil)
	tag := resp.Header.Get("ETag")
	if !strings.HasPrefix(tag, `"`) {
		t.Errorf("the ETag is %s, want a strong one", tag)
	}
	if resp, body := a.do("GET", path, nil, "If-None-Match", tag); resp.StatusCode != 304 || len(body) != 0 {
		t.Errorf("asked again: %s", resp.Status)
	}
	if resp, _ := s.agent().do("GET", path, nil, "If-None-Match", tag); resp.StatusCode != 401 {
		t.Errorf("asked again by nobody: %s", resp.Status)
	}
}

func TestTheFrontEndIsServedWithItsShellForEveryPage(t *testing.T) {
	a := open(t).agent()
	a.http.Transport = &http.Transport{DisableCompression: true}
	for _, page := range []string{"/", "/join", "/login", "/settings", "/p/demo/a/1"} {
		if resp, body := a.do("GET", page, nil); resp.StatusCode != 200 || string(body) != "<!doctype html>" {
			t.Errorf("%s: %s: %s", page, resp.Status, body)
		}
	}
	for _, path := range []string{"/nix.js", "/app.css", "/px"} {
		if resp, _ := a.do("GET", path, nil); resp.StatusCode != 404 {
			t.Errorf("%s: %s, want 404", path, resp.Status)
		}
	}
	raw, _ := a.do("GET", "/app.wasm", nil, "Accept-Encoding", "gzip, br;q=0")
	small, body := a.do("GET", "/app.wasm", nil, "Accept-Encoding", "gzip, br")
	if raw.ContentLength != 400 || raw.Header.Get("Content-Encoding") != "" {
		t.Errorf("plain: %d bytes, %v", raw.ContentLength, raw.Header)
	}
	if string(body) != "brotli" || small.ContentLength != 6 || small.Header.Get("Content-Encoding") != "br" || small.Header.Get("X-Wasm-Length") != "400" || small.Header.Get("Content-Type") != "application/wasm" {
		t.Errorf("compressed: %d bytes, %v", small.ContentLength, small.Header)
	}
	if raw.Header.Get("ETag") == small.Header.Get("ETag") {
		t.Error("two encodings have one strong ETag")
	}
	if resp, _ := a.do("GET", "/app.wasm", nil, "Accept-Encoding", "br", "If-None-Match", small.Header.Get("ETag")); resp.StatusCode != 304 {
		t.Errorf("asked again: %s", resp.Status)
	}
	if resp, _ := a.do("POST", "/", nil); resp.StatusCode != 405 {
		t.Errorf("a POST to a page: %s", resp.Status)
	}
}

func TestTheLogHasNoTextAndNoSecrets(t *testing.T) {
	s, art := withArticle(t)
	a := s.add("سمر", wire.Lead)
	call[wire.Me](a, "PUT", "/api/me/password", wire.SetPassword{New: "كلمة سر طويلة"})
	a.push(span(&art, "d1", 1, "s1"))
	for range 40 {
		a.do("POST", "/api/login", wire.Login{Name: "سمر", Password: "سري جدا"})
	}
	token := s.script("سمر").token
	for _, secret := range []string{"بوتين", "سري جدا", "كلمة سر طويلة", token} {
		if strings.Contains(s.logged.String(), secret) {
			t.Errorf("the log tells %q", secret)
		}
	}
}

func itoa(n uint64) string { return strconv.FormatUint(n, 10) }
