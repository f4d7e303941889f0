package command

import (
	"io"
	"log/slog"
)

// logging is how the server says what happens. Neither texts nor secrets get
// into its log, at no level; a test holds that.
type logging struct {
	Format string     `help:"How the log is written to stderr: ${enum}." enum:"text,json" default:"text"`
	Level  slog.Level `help:"The least that is logged: debug (every request), info, warn or error." default:"info"`
}

func (l *logging) logger(to io.Writer) *slog.Logger {
	o := &slog.HandlerOptions{Level: l.Level}
	if l.Format == "json" {
		return slog.New(slog.NewJSONHandler(to, o))
	}
	return slog.New(slog.NewTextHandler(to, o))
}
