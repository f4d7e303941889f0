package api

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"hashiya/app/dataset"
	"hashiya/app/wire"
	"hashiya/server/access"
	"hashiya/server/importing"
	"hashiya/server/log"
	"hashiya/server/record"
	"hashiya/server/view"
)

const (
	maxRefusals = 1000    // that are named in one report
	batchBytes  = 1 << 20 // of text that are appended together
	batchLength = 256     // records that are appended together
)

// importArticles takes the articles with the layers that come with them, and
// unsent work (which goes into the projects that its ops name), from the files
// of a multipart body. It reads and appends as they come in: what
// was taken before a connection broke is there, and importing again is safe.
func (s *Server) importArticles(w http.ResponseWriter, r *http.Request, u access.User) error {
	if _, err := s.project(r, u); err != nil {
		return err
	}
	r.Body = http.MaxBytesReader(w, &patient{r.Body, http.NewResponseController(w)}, s.limits.ImportBytes)
	parts, err := r.MultipartReader()
	if err != nil {
		return problem(http.StatusUnsupportedMediaType, "multipart", "send the files as multipart/form-data: %v", err)
	}
	q := r.URL.Query()
	im := &importer{
		s: s, ctx: r.Context(), actor: u.Name, project: r.PathValue("p"),
		report: wire.ImportReport{Refused: []wire.Refusal{}},
	}
	options := importing.Options{Format: q.Get("format"), Lang: q.Get("lang")}
	files := 0
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if part.FileName() == "" {
			continue
		}
		files++
		for result := range importing.Read(part.FileName(), part, options) {
			if err := im.take(part.FileName(), result); err != nil {
				return err
			}
		}
		if err := im.deliver(part.FileName()); err != nil {
			return err
		}
	}
	if files == 0 {
		return problem(http.StatusBadRequest, "no_file", "the body has no file: send each as a part with a file name")
	}
	if err := im.flush(); err != nil {
		return err
	}
	deadline(w, requestTime)
	return reply(w, http.StatusOK, im.report)
}

// patient moves the deadlines along while the body comes in.
type patient struct {
	io.ReadCloser
	c *http.ResponseController
}

func (p *patient) Read(b []byte) (int, error) {
	p.c.SetReadDeadline(time.Now().Add(requestTime))
	p.c.SetWriteDeadline(time.Now().Add(2 * requestTime))
	return p.ReadCloser.Read(b)
}

// importer brings what was read into the log, in batches.
type importer struct {
	s              *Server
	ctx            context.Context
	actor, project string
	report         wire.ImportReport
	unsent         []*unsent // of the file that is read

	records []log.Record
	from    []origin // of each record
	size    int      // of the records, in bytes
}

type origin struct {
	file  string
	line  int
	layer bool // of the article before it
}

func (im *importer) take(file string, r importing.Result) error {
	if r.Refusal != nil {
		im.refuse(*r.Refusal)
		return nil
	}
	if r.Unsent != nil {
		im.keep(r.Line, r.Unsent)
		return nil
	}
	// The same text keeps the id that it has here, so that its layers find it.
	err := im.s.view.Read(im.ctx, func(snap view.Snapshot) error {
		id, there, err := snap.ArticleByText(im.project, r.Article.TextSHA256)
		if there {
			r.Article.ID = id
		}
		return err
	})
	if err != nil {
		return err
	}
	if err := im.add(origin{file: file, line: r.Line}, record.Article(im.actor, im.project, r.Article)); err != nil {
		return err
	}
	for _, l := range r.Layers {
		ops, err := dataset.Ops(im.project, &r.Article, l)
		if err != nil {
			im.refuse(wire.Refusal{File: file, Line: r.Line, Reason: err.Error()})
			continue
		}
		digest, err := dataset.Digest(&r.Article, l)
		if err != nil {
			return err
		}
		layer := record.Layer(im.actor, im.project, r.Article.ID, l.Annotator, digest, ops)
		if err := im.add(origin{file, r.Line, true}, layer); err != nil {
			return err
		}
	}
	return nil
}

// add appends what is there before the record would make it too much.
func (im *importer) add(from origin, r log.Record) error {
	if len(im.records) == batchLength || im.size > 0 && im.size+len(r.Data) > batchBytes {
		if err := im.flush(); err != nil {
			return err
		}
	}
	im.records = append(im.records, r)
	im.from = append(im.from, from)
	im.size += len(r.Data)
	return nil
}

func (im *importer) flush() error {
	if len(im.records) == 0 {
		return nil
	}
	verdicts, err := im.s.verdicts(im.ctx, im.records)
	if errors.Is(err, log.ErrTooLarge) && len(im.records) == 1 {
		im.refuse(wire.Refusal{File: im.from[0].file, Line: im.from[0].line, Reason: err.Error()})
		verdicts, err = nil, nil
	}
	if err != nil {
		return err
	}
	for i, v := range verdicts {
		switch from := im.from[i]; {
		case v.Code == view.Done && from.layer:
			im.report.Layers++
		case v.Code == view.Done:
			im.report.Added++
		case v.Code == view.Already && from.layer:
		case v.Code == view.Already:
			im.report.Already++
		default:
			im.refuse(wire.Refusal{File: from.file, Line: from.line, Reason: v.Reason})
		}
	}
	im.records, im.from, im.size = im.records[:0], im.from[:0], 0
	return nil
}

func (im *importer) refuse(r wire.Refusal) {
	if len(im.report.Refused) == maxRefusals {
		im.report.Omitted++
		return
	}
	im.report.Refused = append(im.report.Refused, r)
}
