// Package article is what gets annotated: an immutable text with metadata and
// regions. A corrected text is another article.
package article

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"unicode/utf8"

	"hashiya/app/text"
)

// Article is an immutable text. Offsets into it are code points.
type Article struct {
	ID         string         `json:"id"`
	Text       string         `json:"text"` // kept to the byte as it came in; valid UTF-8
	TextSHA256 string         `json:"text_sha256"`
	Lang       string         `json:"lang"` // BCP 47
	Dir        text.Direction `json:"dir"`
	Meta       Meta           `json:"meta"`
	Regions    []Region       `json:"regions"`
}

// Meta is what is known of an article's origin. Empty means unknown.
type Meta struct {
	Title     string   `json:"title,omitempty"`
	Outlet    string   `json:"outlet,omitempty"`
	URL       string   `json:"url,omitempty"`
	Published string   `json:"published,omitempty"` // YYYY-MM-DD
	Fetched   string   `json:"fetched,omitempty"`   // RFC 3339, UTC
	Credits   []string `json:"credits,omitempty"`
}

// RegionKind names what part of the page a region is.
type RegionKind string

const (
	Title    RegionKind = "title"
	Dateline RegionKind = "dateline"
	Body     RegionKind = "body"
	Credit   RegionKind = "credit"
	ReadAlso RegionKind = "read_also"
	Tags     RegionKind = "tags"
	Similar  RegionKind = "similar"
)

// RegionKinds lists every kind, in the order in which they stand on a page.
var RegionKinds = []RegionKind{Title, Dateline, Body, Credit, ReadAlso, Tags, Similar}

// Region is a half-open range of code points of the article's text. Regions
// don't overlap and stand in ascending order; text between them belongs to no
// region.
type Region struct {
	Kind  RegionKind `json:"kind"`
	Start int        `json:"start"`
	End   int        `json:"end"`
}

// Annotated reports whether people annotate a region of this kind unless the
// project says otherwise.
func (k RegionKind) Annotated() bool { return k == Title || k == Body }

// New builds an article over a text: hash, id and direction are computed. The
// id is derived from the text, so the same text gets the same id everywhere.
func New(body, lang string, meta Meta, regions []Region) Article {
	sum := HashText(body)
	return Article{
		ID: sum[:16], Text: body, TextSHA256: sum, Lang: lang,
		Dir:  text.FirstStrong(body, text.RTL),
		Meta: meta, Regions: regions,
	}
}

// HashText returns the SHA-256 of the text's UTF-8 bytes in lower-case hex.
func HashText(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:])
}

// RegionAt returns the region that holds the code point offset cp.
func (a *Article) RegionAt(cp int) (Region, bool) {
	for _, r := range a.Regions {
		if r.Start <= cp && cp < r.End {
			return r, true
		}
	}
	return Region{}, false
}

// Validate reports the first thing that makes a an impossible article: text
// that isn't UTF-8, a wrong hash, a region outside the text, regions out of
// order or overlapping.
func (a *Article) Validate() error {
	if err := ValidID(a.ID); err != nil {
		return fmt.Errorf("article id: %w", err)
	}
	if a.Text == "" {
		return fmt.Errorf("article %s: the text is empty", a.ID)
	}
	if err := text.Validate(a.Text); err != nil {
		return fmt.Errorf("article %s: %w", a.ID, err)
	}
	if sum := HashText(a.Text); a.TextSHA256 != sum {
		return fmt.Errorf("article %s: text_sha256 is %s but the text hashes to %s: the text was altered", a.ID, a.TextSHA256, sum)
	}
	n, last := utf8.RuneCountInString(a.Text), 0
	for _, r := range a.Regions {
		if r.Start < last || r.End <= r.Start || r.End > n {
			return fmt.Errorf("article %s: region %s [%d,%d) does not lie in order within the text's %d code points", a.ID, r.Kind, r.Start, r.End, n)
		}
		last = r.End
	}
	return nil
}

// ValidID reports whether s can be an id of anything in Hashiya: 1 to 64 of
// A–Z a–z 0–9 . _ -
func ValidID(s string) error {
	if s == "" || len(s) > 64 {
		return fmt.Errorf("%q has %d characters, want 1 to 64", s, len(s))
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-') {
			return fmt.Errorf("%q has the character %q, want only letters, digits, dot, underscore and hyphen", s, c)
		}
	}
	return nil
}
