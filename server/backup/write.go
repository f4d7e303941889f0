package backup

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"hashiya/server/log"
)

var errEnough = errors.New("enough")

// Write writes a backup of the log as it is now, while it goes on; since nil
// is a full one. It writes nothing where its error wraps ErrChain: the log is
// not the one that since was made of, or not any more.
func Write(ctx context.Context, l log.Log, version string, now time.Time, since *Since, to io.Writer) (Summary, error) {
	identity, _, last, err := l.Info(ctx)
	if err != nil {
		return Summary{}, err
	}
	s := Summary{Header: Header{Made: now.UTC(), Hashiya: version, Log: identity, Last: last}}
	if since != nil {
		if err := continues(ctx, l, identity, last, since); err != nil {
			return Summary{}, err
		}
		s.After, s.Tip, s.Continues, s.End = since.Last, since.End, since.SHA256, since.End
	}
	sum := sha256.New()
	count := &counter{}
	out := bufio.NewWriterSize(io.MultiWriter(to, sum, count), 1<<16)
	header, err := json.Marshal(s.Header)
	if err != nil {
		return Summary{}, err
	}
	fmt.Fprintf(out, "%s%d\n%s\n", magicPrefix, Format, header)
	err = follow(ctx, l, s.After, s.Last, func(e *log.Entry) error {
		frame := encode(e)
		if e.Pos == s.Last {
			s.End = hash(frame)
		}
		if _, err := out.Write(binary.AppendUvarint(nil, uint64(len(frame)))); err != nil {
			return err
		}
		_, err := out.Write(frame)
		return err
	})
	if err != nil {
		return Summary{}, err
	}
	if err := errors.Join(out.WriteByte(0), out.Flush()); err != nil {
		return Summary{}, err
	}
	digest := sum.Sum(nil)
	s.SHA256, s.Bytes = hex.EncodeToString(digest), count.n+int64(len(digest))
	_, err = to.Write(digest)
	return s, err
}

// continues returns nil where the log holds the record with which since ends.
func continues(ctx context.Context, l log.Log, identity string, last log.Pos, since *Since) error {
	const full = "Make a full backup, without --since"
	if since.Log != identity {
		return fmt.Errorf("%w: that backup is of log %.8s, and this is log %.8s, which was made or restored by itself. %s", ErrChain, since.Log, identity, full)
	}
	if since.Last > last {
		return fmt.Errorf("%w: that backup ends at record %d, and the log at record %d: the folder went back to an older state. %s", ErrChain, since.Last, last, full)
	}
	if since.Last == 0 {
		return nil
	}
	return follow(ctx, l, since.Last-1, since.Last, func(e *log.Entry) error {
		if hash(encode(e)) != since.End {
			return fmt.Errorf("%w: record %d is not the one with which that backup ends: the folder went back to an older state since then. %s", ErrChain, e.Pos, full)
		}
		return nil
	})
}

// follow calls fn with the entries behind after up to last.
func follow(ctx context.Context, l log.Log, after, last log.Pos, fn func(*log.Entry) error) error {
	if after >= last {
		return nil
	}
	err := l.Follow(ctx, after, func(entries []log.Entry) error {
		for i := range entries {
			if entries[i].Pos > last {
				break
			}
			if err := fn(&entries[i]); err != nil {
				return err
			}
		}
		if entries[len(entries)-1].Pos >= last {
			return errEnough
		}
		return nil
	})
	if err == errEnough {
		return nil
	}
	return err
}

type counter struct{ n int64 }

func (c *counter) Write(b []byte) (int, error) {
	c.n += int64(len(b))
	return len(b), nil
}
