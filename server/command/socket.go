package command

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
)

// socketName is the file in the data folder through which commands reach the
// server that runs on it. Whoever may open it may do what a lead may.
const socketName = "control.sock"

// maxSocketPath is what fits into a socket's address on Linux.
const maxSocketPath = 107

// socketPath calls fn with a path of the folder's socket that is short enough
// for an address, however deep the folder lies.
func socketPath(dir string, fn func(path string) error) error {
	path := filepath.Join(dir, socketName)
	if len(path) <= maxSocketPath {
		return fn(path)
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return fn(fmt.Sprintf("/proc/self/fd/%d/%s", d.Fd(), socketName))
}

// listenSocket opens the socket. The caller has the folder open, so a socket
// that is there was left by a server that was killed.
func listenSocket(dir string) (l net.Listener, err error) {
	path := filepath.Join(dir, socketName)
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	err = socketPath(dir, func(short string) error {
		l, err = net.Listen("unix", short)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("opening the socket for commands: %w", err)
	}
	// The path that closing would unlink may be the short one, long gone.
	l.(*net.UnixListener).SetUnlinkOnClose(false)
	if err := os.Chmod(path, 0o600); err != nil {
		l.Close()
		return nil, err
	}
	return l, nil
}

// dialSocket reaches the server that runs on the folder.
func dialSocket(dir string) (c net.Conn, err error) {
	err = socketPath(dir, func(short string) error {
		c, err = net.Dial("unix", short)
		return err
	})
	return c, err
}
