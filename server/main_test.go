package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/wire"
)

var program string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "hashiya")
	if err != nil {
		panic(err)
	}
	program = filepath.Join(dir, "hashiya")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "building the program: %v\n%s", err, out)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// run runs one command and returns what it printed and its exit code.
func run(t *testing.T, data string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	cmd := exec.Command(program, append(args, "--data", data)...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

// ok runs a command that must succeed.
func ok(t *testing.T, data string, args ...string) string {
	t.Helper()
	out, errs, code := run(t, data, args...)
	if code != 0 {
		t.Fatalf("hashiya %v: exit %d: %s%s", args, code, out, errs)
	}
	return out
}

// process is a running server.
type process struct {
	t    *testing.T
	cmd  *exec.Cmd
	url  string
	done chan struct{} // closed when it has ended

	mu  sync.Mutex
	out strings.Builder
}

// serve starts a server and waits until it answers.
func serve(t *testing.T, data string, flags ...string) *process {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	l.Close()
	p := &process{t: t, url: "http://" + addr, done: make(chan struct{})}
	p.cmd = exec.Command(program, append([]string{"serve", "--addr", addr, "--data", data}, flags...)...)
	p.cmd.Stdout, p.cmd.Stderr = p, p
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { p.cmd.Wait(); close(p.done) }()
	t.Cleanup(func() { p.end(syscall.SIGKILL) })
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		resp, err := http.Get(p.url + "/healthz")
		if err == nil {
			resp.Body.Close()
		}
		if err == nil && strings.Contains(p.said(), " serves ") {
			return p
		}
		if time.Now().After(deadline) {
			t.Fatalf("the server does not answer: %v\n%s", err, p.said())
		}
	}
}

func (p *process) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.out.Write(b)
}

func (p *process) said() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.out.String()
}

// end signals the server, waits for its end and returns its exit code.
func (p *process) end(sig os.Signal) int {
	p.cmd.Process.Signal(sig)
	select {
	case <-p.done:
	case <-time.After(20 * time.Second):
		p.cmd.Process.Kill()
		p.t.Errorf("the server did not end on %v", sig)
	}
	return p.cmd.ProcessState.ExitCode()
}

// browser signs in by a one-time link.
func browser(t *testing.T, link string) *http.Client {
	t.Helper()
	site, token, found := strings.Cut(strings.TrimSpace(link), "/join#")
	if !found {
		t.Fatalf("%q is no link", link)
	}
	jar, _ := cookiejar.New(nil)
	c := &http.Client{Jar: jar}
	resp, err := c.Post(site+"/api/login/link", "application/json", strings.NewReader(`{"token":"`+token+`"}`))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != 200 {
		b, _ := io.ReadAll(resp.Body)
		t.Fatalf("signing in: %s: %s", resp.Status, b)
	}
	return c
}

var linkPattern = regexp.MustCompile(`http://\S+/join#\S+`)

func getJSON[T any](t *testing.T, c *http.Client, url string) (v T) {
	t.Helper()
	resp, err := c.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if err := json.NewDecoder(resp.Body).Decode(&v); err != nil || resp.StatusCode != 200 {
		t.Fatalf("%s: %s, %v", url, resp.Status, err)
	}
	return v
}

// push sends ops and returns the answers, or why there are none.
func push(c *http.Client, url string, ops ...annotation.Op) ([]wire.Result, error) {
	b, err := json.Marshal(wire.PushRequest{Client: "test", Ops: ops})
	if err != nil {
		return nil, err
	}
	resp, err := c.Post(url+"/api/ops", "application/json", bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != 200 {
		b, _ := io.ReadAll(resp.Body)
		return nil, fmt.Errorf("%s: %s", resp.Status, b)
	}
	var r wire.PushResponse
	err = json.NewDecoder(resp.Body).Decode(&r)
	return r.Results, err
}

func span(a *article.Article, project, device string, seq uint64) annotation.Op {
	return annotation.Op{
		V: 1, Device: device, Seq: seq, Lamport: seq, Project: project, Article: a.ID, TextSHA256: a.TextSHA256, Scheme: 1,
		Time:   "2026-11-23T08:00:00Z",
		Change: annotation.Change{Subject: fmt.Sprint(device, "-", seq), Kind: annotation.PutSpan, Span: &annotation.Span{Start: 0, End: 3, Label: "PER"}},
	}
}
