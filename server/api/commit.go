package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"hashiya/server/log"
	"hashiya/server/view"
)

// commit appends the records and returns the position of each, once the view
// holds them. They need not go in together: what is too much for one append
// goes in parts.
func (s *Server) commit(ctx context.Context, records []log.Record) ([]uint64, error) {
	last, err := s.log.Append(ctx, records...)
	if errors.Is(err, log.ErrTooLarge) && len(records) > 1 {
		half := len(records) / 2
		first, err := s.commit(ctx, records[:half])
		if err != nil {
			return nil, err
		}
		second, err := s.commit(ctx, records[half:])
		return append(first, second...), err
	}
	if err != nil {
		return nil, err
	}
	if err := s.view.WaitFor(ctx, uint64(last)); err != nil {
		return nil, err
	}
	s.view.Committed(records...)
	positions := make([]uint64, len(records))
	for i := range positions {
		positions[i] = uint64(last) - uint64(len(records)-1-i)
	}
	return positions, nil
}

// decide appends one record and returns why it had no effect, nil where it
// had.
func (s *Server) decide(ctx context.Context, r log.Record) error {
	verdicts, err := s.verdicts(ctx, []log.Record{r})
	if err != nil {
		return err
	}
	return refused(verdicts[0])
}

// verdicts appends the records and returns what became of each.
func (s *Server) verdicts(ctx context.Context, records []log.Record) ([]view.Verdict, error) {
	positions, err := s.commit(ctx, records)
	if err != nil {
		return nil, err
	}
	out := make([]view.Verdict, len(positions))
	err = s.view.Read(ctx, func(snap view.Snapshot) (err error) {
		for i, pos := range positions {
			if out[i], err = snap.Verdict(pos); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// maxBody bounds the small bodies, in bytes. A scheme's guidelines are the
// largest of them.
const maxBody = 1 << 20

// read decodes a JSON body of at most limit bytes. What it does not know is an
// error: a field that is passed over in silence is lost.
func read(w http.ResponseWriter, r *http.Request, limit int64, into any) error {
	d := json.NewDecoder(http.MaxBytesReader(w, r.Body, limit))
	d.DisallowUnknownFields()
	err := d.Decode(into)
	var size *http.MaxBytesError
	if err == nil && d.More() {
		err = errors.New("something follows the JSON value")
	}
	if err == nil || errors.As(err, &size) {
		return err
	}
	return problem(http.StatusBadRequest, "bad_json", "the body can't be read: %v", err)
}
