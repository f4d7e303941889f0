// Package importing reads files of articles: bytes in, articles with their
// layers out. It knows nothing of the log.
package importing

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"hashiya/app/article"
	"hashiya/app/dataset"
	"hashiya/app/wire"
)

// Default limits, in bytes.
const (
	DefaultMaxArticle = 8 << 20
	DefaultMaxFile    = 256 << 20
)

// Options say how a file is read. The zero value is good.
type Options struct {
	Format     string // a name of Formats; "" and "auto" detect it by content
	Lang       string // BCP 47 tag of articles whose format does not say; "" is "ar"
	MaxArticle int    // bytes of one article's text; 0 is DefaultMaxArticle
	MaxFile    int64  // bytes of one file; 0 is DefaultMaxFile
}

// Result is one thing found in a file: an article with the layers that came
// with it, unsent work of a device (Unsent), or what was not taken and why
// (Refusal).
type Result struct {
	Line    int // where it begins in the file, from 1
	Article article.Article
	Layers  []dataset.NamedLayer
	Unsent  *wire.Unsent
	Refusal *wire.Refusal
}

// Format reads files of one kind.
type Format interface {
	// Name is what --format and the API call it.
	Name() string
	// Detect reports whether a file that begins with head (up to 64 KiB, a
	// UTF-8 byte order mark left out) is of this kind.
	Detect(head []byte) bool
	// Read yields what is in the source, in its order, until yield returns
	// false. It goes on behind what it refuses where the format allows.
	Read(src *Source, yield func(Result) bool)
}

// formats stand in the order of detection, the one that takes anything last.
var formats = []Format{unsentFormat{}, jsonlFormat{}, textFormat{}}

// Formats returns the names of the formats that can be asked for.
func Formats() []string {
	names := []string{"auto"}
	for _, f := range formats {
		names = append(names, f.Name())
	}
	return names
}

// Source is a file while it is read.
type Source struct {
	Name    string
	Options Options // with the defaults filled in
	*bufio.Reader
}

// Refuse returns the result that says what was not taken. The reason says
// what, where and what to do.
func (s *Source) Refuse(line int, reason string, args ...any) Result {
	return Result{Line: line, Refusal: &wire.Refusal{File: s.Name, Line: line, Reason: fmt.Sprintf(reason, args...)}}
}

const headSize = 64 << 10

var bom = []byte("\uFEFF")

// Read yields what is in one file, in its order, while it reads it. The name
// is only for messages. Every fault, a failing reader too, is a Result with a
// Refusal; there is no other way to fail.
func Read(name string, r io.Reader, o Options) iter.Seq[Result] {
	if o.MaxArticle == 0 {
		o.MaxArticle = DefaultMaxArticle
	}
	if o.MaxFile == 0 {
		o.MaxFile = DefaultMaxFile
	}
	if o.Lang == "" {
		o.Lang = "ar"
	}
	return func(yield func(Result) bool) {
		src := &Source{Name: name, Options: o, Reader: bufio.NewReaderSize(&capped{r: r, left: o.MaxFile}, headSize)}
		head, err := src.Peek(headSize)
		if err != nil && err != io.EOF && len(head) == 0 {
			yield(src.Refuse(0, "%s", readError(err)))
			return
		}
		head = bytes.TrimPrefix(head, bom)
		if len(bytes.TrimSpace(head)) == 0 && err == io.EOF {
			yield(src.Refuse(0, "the file is empty: there is no article in it"))
			return
		}
		for _, f := range formats {
			if f.Name() == o.Format || (o.Format == "" || o.Format == "auto") && f.Detect(head) {
				f.Read(src, yield)
				return
			}
		}
		yield(src.Refuse(0, "there is no format %q, want one of %s", o.Format, strings.Join(Formats(), ", ")))
	}
}

var errFileSize = errors.New("file size")

// capped fails, rather than ends, behind left bytes. It fails for good, for
// bufio forgets an error that it has told once.
type capped struct {
	r    io.Reader
	left int64
	err  error
}

func (c *capped) Read(p []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	if int64(len(p)) > c.left+1 {
		p = p[:c.left+1]
	}
	n, err := c.r.Read(p)
	c.err = err
	if int64(n) > c.left {
		n, c.err = int(c.left), errFileSize
	}
	c.left -= int64(n)
	return n, c.err
}

func readError(err error) string {
	if errors.Is(err, errFileSize) {
		return "the file is larger than the limit for one file: what stands behind the limit was not read; split the file"
	}
	return fmt.Sprintf("reading the file failed: %v; import it again", err)
}
