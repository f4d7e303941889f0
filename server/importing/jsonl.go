package importing

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"hashiya/app/dataset"
)

// jsonlFormat is canonical JSONL (package dataset). A line may have four times
// the bytes that an article's text may have, for its escapes and labels.
type jsonlFormat struct{}

func (jsonlFormat) Name() string { return "jsonl" }

func (jsonlFormat) Detect(head []byte) bool {
	rest, ok := bytes.CutPrefix(bytes.TrimSpace(head), []byte("{"))
	return ok && bytes.HasPrefix(bytes.TrimSpace(rest), []byte(`"`))
}

func (jsonlFormat) Read(src *Source, yield func(Result) bool) {
	first := map[string]int{} // article id → line
	eachLine(src, func(n int, line []byte) bool { return yield(readRecord(src, line, n, first)) }, yield)
}

// eachLine calls fn with each line that is not blank, and refuse with what keeps
// one from being read, until one of them returns false.
func eachLine(src *Source, fn func(n int, line []byte) bool, refuse func(Result) bool) {
	if head, _ := src.Peek(len(bom)); bytes.Equal(head, bom) {
		src.Discard(len(bom))
	}
	var buf []byte
	for n := 1; ; n++ {
		line, err := readLine(src.Reader, buf[:0], 4*src.Options.MaxArticle)
		buf = line
		if err != nil && err != io.EOF && err != errLineSize {
			refuse(src.Refuse(n, "%s", readError(err)))
			return
		}
		if err == errLineSize {
			if !refuse(src.Refuse(n, "the line is longer than %d bytes, the limit for one article with its layers", 4*src.Options.MaxArticle)) {
				return
			}
			continue
		}
		if len(bytes.TrimSpace(line)) > 0 && !fn(n, line) {
			return
		}
		if err == io.EOF {
			return
		}
	}
}

func readRecord(src *Source, line []byte, n int, first map[string]int) Result {
	d, err := dataset.Unmarshal(line)
	if err != nil {
		return src.Refuse(n, "%v", err)
	}
	if size := len(d.Article.Text); size > src.Options.MaxArticle {
		return src.Refuse(n, "the text has %d bytes, the limit is %d: split the article", size, src.Options.MaxArticle)
	}
	if blank(d.Article.Text) {
		return src.Refuse(n, "the text is blank: there is nothing to annotate")
	}
	if before := first[d.Article.ID]; before > 0 {
		return src.Refuse(n, "the article id %s stands already on line %d: keep one of the two", d.Article.ID, before)
	}
	first[d.Article.ID] = n
	return Result{Line: n, Article: d.Article, Layers: d.Layers}
}

var errLineSize = errors.New("line size")

// readLine appends the next line without its line feed to buf. A line of more
// than most bytes is skipped to its end and is errLineSize. io.EOF comes with
// the last line, which may be empty.
func readLine(r *bufio.Reader, buf []byte, most int) ([]byte, error) {
	long := false
	for {
		part, err := r.ReadSlice('\n')
		if long = long || len(buf)+len(part) > most+1; !long {
			buf = append(buf, part...)
		}
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case long && (err == nil || err == io.EOF):
			return buf, errLineSize
		}
		return bytes.TrimSuffix(buf, []byte("\n")), err
	}
}
