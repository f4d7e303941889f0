package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/wire"
	"hashiya/server/api"
	"hashiya/server/log/badgerlog"
	"hashiya/server/view"
	"hashiya/web"
)

// awkward has all that goes wrong easily: proclitics, tashkeel, tatweel,
// lam-alef, quotes, digits and Latin, two names of a month, RLM, LRM, ZWNJ, an
// emoji, CRLF, a decomposed letter.
const awkward = "قال «بوتين» إنّه سيعود لأذربيجان في سبتمبر/أيلول 2024،\r\nوأضافت شركة “Gazprom” أنّ الـــغاز وصل\u200f.\u200e می\u200cرود 🇦🇿 e\u0301té"

// site is a server on a data folder of its own, reached over HTTP on loopback.
type site struct {
	t        *testing.T
	log      *badgerlog.Log
	server   *api.Server
	public   *httptest.Server
	operator *httptest.Server
	logged   *bytes.Buffer
}

func open(t *testing.T) *site { return openAt(t, t.TempDir()) }

func openAt(t *testing.T, dir string) *site {
	t.Helper()
	s := &site{t: t, logged: &bytes.Buffer{}}
	logger := slog.New(slog.NewTextHandler(s.logged, nil))
	l, err := badgerlog.Open(badgerlog.Options{Dir: dir, Apply: view.Apply, Logger: logger})
	if err != nil {
		t.Fatal(err)
	}
	s.log = l
	s.server = api.New(api.Config{
		Log: l, View: view.New(l.Store()), Sessions: l.Side("sessions"), Files: api.Files(testFiles),
		Version: "test", App: "app-2", URL: "http://hashiya.test", Logger: logger,
		Check: func(ctx context.Context) (wire.Check, error) {
			r, err := l.Check(ctx)
			return wire.Check{Records: r.Records, Bytes: r.Bytes, Digest: r.Digest}, err
		},
	})
	s.public = httptest.NewServer(s.server)
	s.operator = httptest.NewServer(s.server.AsOperator())
	t.Cleanup(s.close)
	return s
}

func (s *site) close() {
	if s.log == nil {
		return
	}
	s.server.Stop()
	s.public.Close()
	s.operator.Close()
	if err := s.log.Close(); err != nil {
		s.t.Error(err)
	}
	s.log = nil
}

var testFiles = map[string]web.File{
	"/shell.html": {Path: "/shell.html", ContentType: "text/html; charset=utf-8", ETag: `"shell"`, Raw: web.Bytes([]byte("<!doctype html>"))},
	"/app.wasm":   {Path: "/app.wasm", ContentType: "application/wasm", ETag: `"wasm"`, Raw: web.Bytes([]byte(strings.Repeat("wasm", 100))), Brotli: web.Bytes([]byte("brotli"))},
}

// agent is somebody's browser, or a script.
type agent struct {
	t     *testing.T
	url   string
	http  *http.Client
	token string
}

func (s *site) agent() *agent {
	jar, _ := cookiejar.New(nil)
	return &agent{t: s.t, url: s.public.URL, http: &http.Client{Jar: jar}}
}

func (s *site) asOperator() *agent {
	return &agent{t: s.t, url: s.operator.URL, http: &http.Client{}}
}

// do makes a request; body is sent as it is when it is a reader, else as JSON.
func (a *agent) do(method, path string, body any, header ...string) (*http.Response, []byte) {
	a.t.Helper()
	var r io.Reader
	switch b := body.(type) {
	case nil:
	case io.Reader:
		r = b
	default:
		j, err := json.Marshal(b)
		if err != nil {
			a.t.Fatal(err)
		}
		r = bytes.NewReader(j)
	}
	req, err := http.NewRequest(method, a.url+path, r)
	if err != nil {
		a.t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	if a.token != "" {
		req.Header.Set("Authorization", "Bearer "+a.token)
	}
	resp, err := a.http.Do(req)
	if err != nil {
		a.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		a.t.Fatal(err)
	}
	return resp, b
}

// get makes a request that must succeed, and reads its answer.
func call[T any](a *agent, method, path string, body any) (v T) {
	a.t.Helper()
	resp, b := a.do(method, path, body)
	if resp.StatusCode >= 300 {
		a.t.Fatalf("%s %s: %s: %s", method, path, resp.Status, b)
	}
	if err := json.Unmarshal(b, &v); err != nil {
		a.t.Fatalf("%s %s: %v in %s", method, path, err, b)
	}
	return v
}

// refuse makes a request that must fail with the status and code.
func (a *agent) refuse(status int, code, method, path string, body any) wire.Problem {
	a.t.Helper()
	resp, b := a.do(method, path, body)
	var p wire.Problem
	if err := json.Unmarshal(b, &p); err != nil || resp.StatusCode != status || p.Code != code {
		a.t.Fatalf("%s %s: %s: %s; want %d with code %s", method, path, resp.Status, b, status, code)
	}
	if p.Status != status || p.Detail == "" || resp.Header.Get("Content-Type") != "application/problem+json" {
		a.t.Errorf("%s %s: not a whole problem: %s", method, path, b)
	}
	return p
}

// add makes an account and returns its browser, signed in by a one-time link.
func (s *site) add(name string, role wire.Role) *agent {
	s.t.Helper()
	call[wire.Account](s.asOperator(), "POST", "/api/users", wire.Account{Name: name, Role: role})
	return s.signIn(name)
}

func (s *site) signIn(name string) *agent {
	s.t.Helper()
	a := s.agent()
	call[wire.Me](a, "POST", "/api/login/link", wire.LinkLogin{Token: s.link(name)})
	return a
}

// script returns a program that carries a token of the account.
func (s *site) script(name string) *agent {
	s.t.Helper()
	a := s.agent()
	a.token = call[wire.Token](s.asOperator(), "POST", "/api/users/"+name+"/token", nil).Token
	return a
}

func (s *site) link(name string) string {
	s.t.Helper()
	l := call[wire.Link](s.asOperator(), "POST", "/api/users/"+name+"/link", nil)
	_, token, _ := strings.Cut(l.URL, "#")
	return token
}

type file struct{ name, content string }

func form(files ...file) (body io.Reader, contentType string) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, f := range files {
		p, _ := w.CreateFormFile("file", f.name)
		io.WriteString(p, f.content)
	}
	w.Close()
	return &b, w.FormDataContentType()
}

func (a *agent) upload(project string, files ...file) (report wire.ImportReport) {
	a.t.Helper()
	body, contentType := form(files...)
	resp, b := a.do("POST", "/api/projects/"+project+"/articles", body, "Content-Type", contentType)
	if resp.StatusCode != 200 {
		a.t.Fatalf("import: %s: %s", resp.Status, b)
	}
	if err := json.Unmarshal(b, &report); err != nil {
		a.t.Fatal(err)
	}
	return report
}

// withArticle opens a site with the project "news" and one article in it.
func withArticle(t *testing.T) (*site, article.Article) {
	t.Helper()
	s := open(t)
	op := s.asOperator()
	call[wire.Project](op, "POST", "/api/projects", wire.NewProject{Name: "news"})
	if r := op.upload("news", file{"a.txt", awkward}); r.Added != 1 {
		t.Fatalf("the article was not added: %+v", r)
	}
	list := call[[]wire.ArticleSummary](op, "GET", "/api/projects/news/articles", nil)
	return s, call[article.Article](op, "GET", "/api/projects/news/articles/"+list[0].ID, nil)
}

// span returns an op that labels "بوتين" in the article.
func span(a *article.Article, device string, seq uint64, subject string) annotation.Op {
	return annotation.Op{
		V: 1, Device: device, Seq: seq, Lamport: seq, Project: "news", Article: a.ID, TextSHA256: a.TextSHA256,
		Scheme: 1, Time: time.Now().UTC().Format(time.RFC3339),
		Change: annotation.Change{Subject: subject, Kind: annotation.PutSpan, Span: &annotation.Span{Start: 5, End: 10, Label: "PER"}},
	}
}

func (a *agent) push(ops ...annotation.Op) []wire.Result {
	a.t.Helper()
	return call[wire.PushResponse](a, "POST", "/api/ops", wire.PushRequest{Client: "test", Ops: ops}).Results
}
