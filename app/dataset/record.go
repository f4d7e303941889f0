// Package dataset is the form in which articles and layers leave Hashiya and
// come back: canonical JSONL, one article a line, offsets in code points.
//
// The form is canonical: one document has one spelling, so that exporting what
// was imported gives the same bytes. Keys stand in the order of the structs
// here. A key of Meta, and those marked omitempty, is there only when the
// value is known; every other key is always there, an empty list as [].
// Layers stand by annotator, their parts in the order of annotation.Layer.
// Text is written as it is (no HTML escapes); only what JSON demands is
// escaped, and U+2028 and U+2029, because many readers of "lines" cut there.
package dataset

import (
	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/text"
)

// OffsetUnit is the unit of every offset in a Record.
const OffsetUnit = "codepoint"

// Record is one line of canonical JSONL.
type Record struct {
	ID         string           `json:"id"`
	Text       string           `json:"text"`
	TextSHA256 string           `json:"text_sha256"`
	OffsetUnit string           `json:"offset_unit"`
	Lang       string           `json:"lang"`
	Dir        text.Direction   `json:"dir"`
	Meta       article.Meta     `json:"meta"`
	Regions    []article.Region `json:"regions"`
	Layers     []Layer          `json:"layers"`
}

// Layer is one annotator's layer.
type Layer struct {
	Annotator     string            `json:"annotator"`
	Status        annotation.Status `json:"status"`
	Scheme        int               `json:"scheme"`
	ActiveSeconds int               `json:"active_seconds"`
	Entities      []Entity          `json:"entities"`
	Spans         []Span            `json:"spans"`
	Stances       []Stance          `json:"stances"`
	SkipReason    string            `json:"skip_reason,omitempty"`
	Comments      []Comment         `json:"comments,omitempty"`
	Refusals      []Refusal         `json:"refusals,omitempty"`
}

// Entity is an entity. Its id, like every id in a layer, is the subject id of
// its ops, and is unique among all ids of the layer.
type Entity struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Label string `json:"label"`
}

// Span is a mention. Text repeats what stands at the offsets, so that a reader
// that counts in another unit notices.
type Span struct {
	ID        string `json:"id"`
	Start     int    `json:"start"`
	End       int    `json:"end"`
	Label     string `json:"label"`
	Text      string `json:"text"`
	Proclitic string `json:"proclitic,omitempty"`
	Entity    string `json:"entity,omitempty"`

	Source annotation.Source `json:"source,omitempty"`
}

// Stance is a judgement.
type Stance struct {
	ID        string              `json:"id"`
	Holder    annotation.Holder   `json:"holder"`
	Via       []annotation.Holder `json:"via"`
	Target    annotation.Target   `json:"target"`
	Label     string              `json:"label"`
	Mode      annotation.Mode     `json:"mode"`
	Evidence  []Evidence          `json:"evidence"`
	Intensity int                 `json:"intensity,omitempty"`
	Certainty int                 `json:"certainty,omitempty"`
	Note      string              `json:"note,omitempty"`
}

// Evidence is a range with the text that stands there.
type Evidence struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

// Comment is a remark on the article, or on the subject On.
type Comment struct {
	ID   string `json:"id"`
	On   string `json:"on,omitempty"`
	Text string `json:"text"`
	Flag bool   `json:"flag,omitempty"` // the article is flagged, for the reason in Text
}

// Refusal is a proposed span that the annotator did not want.
type Refusal struct {
	ID     string            `json:"id"`
	Start  int               `json:"start"`
	End    int               `json:"end"`
	Label  string            `json:"label"`
	Text   string            `json:"text"`
	Source annotation.Source `json:"source,omitempty"`
}

// Document is an article with its layers, as the rest of Hashiya holds it.
type Document struct {
	Article article.Article
	Layers  []NamedLayer
}

// NamedLayer is a layer with the name of whose it is.
type NamedLayer struct {
	Annotator string
	annotation.Layer
}
