package command

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"hashiya/app/wire"
	"hashiya/server/log"
)

// client speaks to the API as the operator.
type client struct {
	http  *http.Client
	close func() error
}

// inUseWait is how long a command waits for a server that is starting, or
// ending, or for another command.
const inUseWait = 10 * time.Second

// connect returns a client of the folder's server, or of one that it starts
// inside this process. A folder that is not there is made where create is set.
func (e *env) connect(create bool) (*client, error) {
	if _, err := os.Stat(e.data); errors.Is(err, fs.ErrNotExist) && !create {
		return nil, fmt.Errorf("there is no data folder %s: name the right one with --data, or make one with hashiya serve or hashiya project create", e.data)
	}
	for end := time.Now().Add(inUseWait); ; {
		if conn, err := dialSocket(e.data); err == nil {
			conn.Close()
			return newClient(func(context.Context) (net.Conn, error) { return dialSocket(e.data) }, nil), nil
		}
		c, err := e.within()
		if !errors.Is(err, log.ErrInUse) {
			return c, err
		}
		if time.Now().After(end) {
			return nil, fmt.Errorf("another hashiya has the folder open, but does not answer at %s/%s: it is starting, stopping or stuck. Wait a moment and try again, or stop it: %w", e.data, socketName, err)
		}
		select {
		case <-time.After(100 * time.Millisecond):
		case <-e.ctx.Done():
			return nil, e.ctx.Err()
		}
	}
}

// within opens the folder and serves it to this process alone.
func (e *env) within() (*client, error) {
	f, err := openFolder(e.ctx, e.data, folderOptions{
		version: e.version, files: http.NotFoundHandler(), url: defaultURL,
		logger: slog.New(slog.NewTextHandler(e.stderr, &slog.HandlerOptions{Level: slog.LevelWarn})),
	})
	if err != nil {
		return nil, err
	}
	return f.client(f.close), nil
}

// client returns a client of the server in this process. closing, which may be
// nil, is called when the client is closed.
func (f *folder) client(closing func() error) *client {
	l := newMemoryListener()
	server := &http.Server{Handler: f.server.AsOperator(), ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)}
	go server.Serve(l)
	return newClient(l.dial, func() error {
		err := server.Close()
		if closing != nil {
			err = errors.Join(err, closing())
		}
		return err
	})
}

func newClient(dial func(context.Context) (net.Conn, error), closing func() error) *client {
	t := &http.Transport{
		DialContext:        func(ctx context.Context, _, _ string) (net.Conn, error) { return dial(ctx) },
		DisableCompression: true,
	}
	return &client{&http.Client{Transport: t}, func() error {
		t.CloseIdleConnections()
		if closing == nil {
			return nil
		}
		return closing()
	}}
}

// send makes a request and returns its response, whose body the caller closes.
// A problem that the server reports is the error.
func (c *client) send(ctx context.Context, method, path, contentType string, body io.Reader) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, method, "http://hashiya"+path, body)
	if err != nil {
		return nil, err
	}
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	resp, err := c.http.Do(r)
	if err != nil {
		return nil, fmt.Errorf("the server broke off: %w. What it acknowledged is safe; run the command again", err)
	}
	if resp.StatusCode < 300 {
		return resp, nil
	}
	defer resp.Body.Close()
	p := new(wire.Problem)
	if err := json.NewDecoder(resp.Body).Decode(p); err != nil {
		return nil, fmt.Errorf("the server answered %s", resp.Status)
	}
	return nil, p
}

// call sends in as JSON, where it is not nil, and reads the answer into out.
func (c *client) call(ctx context.Context, method, path string, in, out any) error {
	var body io.Reader
	contentType := ""
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body, contentType = bytes.NewReader(b), "application/json"
	}
	resp, err := c.send(ctx, method, path, contentType, body)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return json.NewDecoder(resp.Body).Decode(out)
}

// project returns the project with that id or that name.
func (c *client) project(ctx context.Context, idOrName string) (wire.Project, error) {
	var list []wire.Project
	if err := c.call(ctx, "GET", "/api/projects", nil, &list); err != nil {
		return wire.Project{}, err
	}
	for _, p := range list {
		if p.ID == idOrName || p.Name == idOrName {
			return p, nil
		}
	}
	return wire.Project{}, fmt.Errorf("there is no project %s: hashiya project list shows what there is", idOrName)
}
