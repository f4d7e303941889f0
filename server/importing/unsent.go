package importing

import (
	"bytes"
	"encoding/json"
	"io"

	"hashiya/app/wire"
)

// unsentFormat is the file in which somebody took unsent work along
// (wire.Unsent).
type unsentFormat struct{}

func (unsentFormat) Name() string { return "unsent" }

func (unsentFormat) Detect(head []byte) bool {
	return bytes.HasPrefix(bytes.TrimSpace(head), []byte(`{"hashiya_unsent":`))
}

func (unsentFormat) Read(src *Source, yield func(Result) bool) {
	eachLine(src, func(n int, line []byte) bool { return yield(readUnsent(src, n, line)) }, yield)
}

func readUnsent(src *Source, n int, line []byte) Result {
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields() // an op without one of its parts is another op
	var u wire.Unsent
	if err := d.Decode(&u); err != nil {
		return src.Refuse(n, "the line can't be read as unsent work: %v; take the file from the app again", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return src.Refuse(n, "something follows the op on its line: take the file from the app again")
	}
	if u.Format != wire.UnsentFormat {
		return src.Refuse(n, "unsent work of format %d, this program knows %d: update the server, then import it again", u.Format, wire.UnsentFormat)
	}
	return Result{Line: n, Unsent: &u}
}
