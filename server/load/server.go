package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// server is the process under load, on a data folder of its own.
type server struct {
	dir  string
	data string
	url  string
	cmd  *exec.Cmd
	done chan error
	said bytes.Buffer
}

func start(o options) (*server, error) {
	dir, err := os.MkdirTemp("", "hashiya-load")
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	addr := l.Addr().String()
	l.Close()
	s := &server{dir: dir, data: filepath.Join(dir, "data"), url: "http://" + addr, done: make(chan error, 1)}
	s.cmd = exec.Command(o.Program, "serve", "--addr", addr, "--data", s.data,
		"--max-connections", fmt.Sprint(o.Live+o.Annotators+100), "--max-live", fmt.Sprint(o.Live),
		"--max-live-account", fmt.Sprint((o.Live+o.Annotators-1)/o.Annotators))
	s.cmd.Stdout, s.cmd.Stderr = &s.said, &s.said
	if err := s.cmd.Start(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	go func() { s.done <- s.cmd.Wait() }()
	for range 600 {
		resp, err := http.Get(s.url + "/readyz")
		if err == nil {
			resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return s, nil
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	return nil, errors.Join(errors.New("the server is not ready after 30 s"), s.stop(), errors.New(s.said.String()), s.remove())
}

// operator reaches the server as its commands do, through the socket in the data
// folder.
func (s *server) operator() *http.Client {
	return &http.Client{Transport: &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
		return net.Dial("unix", filepath.Join(s.data, "control.sock"))
	}}}
}

// stop ends the server in good order. It may be called again.
func (s *server) stop() error {
	if s.done == nil {
		return nil
	}
	s.cmd.Process.Signal(syscall.SIGTERM)
	err := <-s.done
	s.done = nil
	if err != nil {
		return fmt.Errorf("the server ended with %w:\n%s", err, &s.said)
	}
	return nil
}

func (s *server) remove() error { return errors.Join(s.stop(), os.RemoveAll(s.dir)) }

// memory is what a process holds, in bytes: of its own, and pages of files that
// are mapped (Badger's), which the kernel can take back.
type memory struct{ own, files int64 }

func (m memory) String() string { return fmt.Sprintf("%d MB + %d MB of files", m.own>>20, m.files>>20) }

func (s *server) memory() (m memory) {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	for line := range strings.Lines(string(status)) {
		fields := strings.Fields(line)
		if len(fields) < 2 {
			continue
		}
		kb, _ := strconv.ParseInt(fields[1], 10, 64)
		switch fields[0] {
		case "RssAnon:":
			m.own = kb << 10
		case "RssFile:", "RssShmem:":
			m.files += kb << 10
		}
	}
	return m
}

// watch looks at the memory until the returned function is called, which
// returns the most that it saw.
func (s *server) watch(ctx context.Context) func() memory {
	ctx, cancel := context.WithCancel(ctx)
	most := make(chan memory)
	go func() {
		var peak memory
		for ctx.Err() == nil {
			if m := s.memory(); m.own > peak.own {
				peak = m
			}
			select {
			case <-time.After(500 * time.Millisecond):
			case <-ctx.Done():
			}
		}
		most <- peak
	}()
	return func() memory {
		cancel()
		return <-most
	}
}

// cpu is the time that the server has computed for.
func (s *server) cpu() time.Duration {
	stat, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid))
	_, rest, _ := strings.Cut(string(stat), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond // Linux counts in 1/100 s
}

func loadAverage() string {
	b, _ := os.ReadFile("/proc/loadavg")
	one, _, _ := strings.Cut(string(b), " ")
	return one
}
