package command

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"hashiya/server/log"
	"hashiya/server/metrics"
)

// scrub verifies all of the folder at once and then again and again, until ctx
// ends or damage is found, which it returns: what a disk has lost since the
// start must not be served for long.
func (f *folder) scrub(ctx context.Context, every time.Duration, m *metrics.Metrics, logger *slog.Logger) error {
	for every > 0 {
		began := time.Now()
		result, err := f.log.Check(ctx)
		switch {
		case errors.Is(err, log.ErrDamaged):
			return err
		case err == nil:
			m.Checked(time.Now())
			logger.Info("all of the data folder is whole", "records", result.Records, "ms", time.Since(began).Milliseconds())
		case ctx.Err() == nil:
			logger.Error("the data folder could not be checked", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(every):
		}
	}
	<-ctx.Done()
	return nil
}
