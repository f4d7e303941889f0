package command

import (
	"context"
	"net"
	"sync"
	"sync/atomic"

	"hashiya/server/api"
)

// spare connections above the most are accepted all the same, to be told that
// there are too many; further ones are closed.
const spare = 256

// limitedListener bounds how many connections are open at once.
type limitedListener struct {
	net.Listener
	most int64
	open atomic.Int64
}

func (l *limitedListener) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		n := l.open.Add(1)
		if n <= l.most+spare {
			return &limitedConn{Conn: c, open: &l.open, crowded: n > l.most}, nil
		}
		l.open.Add(-1)
		c.Close()
	}
}

type limitedConn struct {
	net.Conn
	open    *atomic.Int64
	crowded bool
	closing sync.Once
}

func (c *limitedConn) Close() error {
	c.closing.Do(func() { c.open.Add(-1) })
	return c.Conn.Close()
}

// connContext marks the connections that are too many.
func connContext(ctx context.Context, c net.Conn) context.Context {
	if c, ok := c.(*limitedConn); ok && c.crowded {
		return api.Crowded(ctx)
	}
	return ctx
}
