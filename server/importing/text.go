package importing

import (
	"io"

	"hashiya/app/article"
	"hashiya/app/text"
)

// textFormat is one article of plain text in UTF-8, alone or in the form in
// which news pages are scraped (see scraped.go). The text is kept to the byte,
// a byte order mark and line ends included.
type textFormat struct{}

func (textFormat) Name() string { return "text" }

func (textFormat) Detect([]byte) bool { return true }

func (textFormat) Read(src *Source, yield func(Result) bool) {
	most := src.Options.MaxArticle
	b, err := io.ReadAll(io.LimitReader(src, int64(most)+1))
	if err != nil {
		yield(src.Refuse(0, "%s", readError(err)))
		return
	}
	if len(b) > most {
		yield(src.Refuse(0, "the article has more than %d bytes, the limit for one article: split it", most))
		return
	}
	s := string(b)
	if err := text.Validate(s); err != nil {
		yield(src.Refuse(0, "%v: save the file as UTF-8", err))
		return
	}
	if blank(s) {
		yield(src.Refuse(0, "the file is blank: there is nothing to annotate"))
		return
	}
	meta, regions := scrape(s)
	yield(Result{Line: 1, Article: article.New(s, src.Options.Lang, meta, regions)})
}
