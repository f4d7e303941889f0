package e2e

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// binary is the built program.
func binary(t *testing.T) string {
	t.Helper()
	path, err := filepath.Abs("../../bin/hashiya")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("no program at %s: run `make build` first (%v)", path, err)
	}
	return path
}

// hashiya runs one command on a data folder and returns what it printed.
func hashiya(t *testing.T, data string, args ...string) string {
	t.Helper()
	out, err := try(t, data, args...)
	if err != nil {
		t.Fatalf("hashiya %s: %v", strings.Join(args, " "), err)
	}
	return out
}

func try(t *testing.T, data string, args ...string) (string, error) {
	t.Helper()
	cmd := exec.Command(binary(t), append(args, "--data", data)...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if err != nil {
		err = fmt.Errorf("%w\n%s", err, &stderr)
	}
	return stdout.String(), err
}

// server is one running `hashiya serve`.
type server struct {
	t    *testing.T
	data string
	addr string
	cmd  *exec.Cmd
	link string // the one-time link that it printed, "" for none

	mu  sync.Mutex
	log strings.Builder
}

var linkPattern = regexp.MustCompile(`http://\S+/join#\S+`)

// serve starts the server on the data folder and a free loopback port, and
// waits until it answers.
func serve(t *testing.T, data string, flags ...string) *server {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &server{t: t, data: data, addr: l.Addr().String()}
	l.Close()
	s.start(flags...)
	t.Cleanup(func() {
		s.kill()
		if t.Failed() {
			t.Logf("the server said:\n%s", s.said())
		}
	})
	return s
}

func (s *server) start(flags ...string) {
	s.t.Helper()
	s.cmd = exec.Command(binary(s.t), append([]string{"serve", "--addr", s.addr, "--data", s.data}, flags...)...)
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	s.cmd.Stderr = s.cmd.Stdout
	if err := s.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			s.mu.Lock()
			s.log.WriteString(lines.Text() + "\n")
			if l := linkPattern.FindString(lines.Text()); l != "" {
				s.link = l
			}
			s.mu.Unlock()
		}
	}()
	s.t.Helper()
	within(s.t, 20*time.Second, "the server answers", func() bool {
		resp, err := http.Get("http://" + s.addr + "/healthz")
		if err != nil {
			return false
		}
		resp.Body.Close()
		return resp.StatusCode == http.StatusOK
	})
}

// kill ends the server as a power cut would: without a word.
func (s *server) kill() {
	if s.cmd != nil {
		s.cmd.Process.Kill()
		s.cmd.Wait()
		s.cmd = nil
	}
}

func (s *server) said() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.String()
}

func (s *server) url(path string) string { return "http://" + s.addr + path }

// signInLink returns the link that the server printed at its start.
func (s *server) signInLink() string {
	s.t.Helper()
	var link string
	within(s.t, 10*time.Second, "the server prints a one-time link", func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		link = s.link
		return link != ""
	})
	return link
}

// linkFor makes a one-time link for a user, as the operator would.
func (s *server) linkFor(user string) string {
	s.t.Helper()
	out := hashiya(s.t, s.data, "user", "link", user)
	_, token, ok := strings.Cut(out, "/join#")
	if !ok {
		s.t.Fatalf("user link printed no link: %q", out)
	}
	return s.url("/join#" + strings.Fields(token)[0])
}

// within waits until ok holds, and fails the test after the time.
func within(t *testing.T, limit time.Duration, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatalf("after %s it does not hold that %s", limit, what)
}
