// Package annotation is what an annotation is: spans, entities and stances;
// the ops that change them; and the fold that makes a layer of a set of ops.
// All offsets are code points of the article's text.
package annotation

// Range is a half-open range of code points, 0 ≤ Start < End.
type Range struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Span is one mention of an entity: a range with a label. Spans may nest,
// overlap, start inside a word, and repeat a label inside itself.
type Span struct {
	Start     int    `json:"start"`
	End       int    `json:"end"`
	Label     string `json:"label"`
	Proclitic string `json:"proclitic,omitempty"` // the letters written onto the word in front of Start
	Entity    string `json:"entity,omitempty"`    // subject id of an entity
	Source    Source `json:"source,omitempty"`    // what proposed it
}

// Entity is what several mentions in one article refer to.
type Entity struct {
	Name  string `json:"name"`
	Label string `json:"label"`
}

// Holder is who takes a stance: exactly one of its fields is set.
type Holder struct {
	Entity   string `json:"entity,omitempty"`
	Author   bool   `json:"author,omitempty"`
	Outlet   bool   `json:"outlet,omitempty"`
	Implicit bool   `json:"implicit,omitempty"` // an agentless passive
}

// Target is what a stance is about: exactly one of its fields is set.
type Target struct {
	Entity string `json:"entity,omitempty"`
	Claim  string `json:"claim,omitempty"`
}

// Mode is how the text reports a stance.
type Mode string

const (
	Quote      Mode = "quote"
	Paraphrase Mode = "paraphrase"
	Narration  Mode = "narration"
)

// Modes lists every mode.
var Modes = []Mode{Quote, Paraphrase, Narration}

// Stance is one judgement holder → target. "Not judged" is the absence of a
// stance.
type Stance struct {
	Holder    Holder   `json:"holder"`
	Via       []Holder `json:"via"` // the chain of quoting sources, outermost first
	Target    Target   `json:"target"`
	Label     string   `json:"label"`
	Mode      Mode     `json:"mode"`
	Intensity int      `json:"intensity,omitempty"` // 1 to 3; 0 not given
	Certainty int      `json:"certainty,omitempty"` // 1 to 3; 0 not given
	Evidence  []Range  `json:"evidence"`
	Note      string   `json:"note,omitempty"`
}

// Status is how far an annotator is with an article.
type Status string

const (
	New        Status = "new" // no op yet
	InProgress Status = "in_progress"
	Done       Status = "done"
	Skipped    Status = "skipped"
)

// Work is one session's time on one article. Each session reports it under a
// subject id of its own, so that times add up and never conflict.
type Work struct {
	ActiveSeconds int `json:"active_seconds"`
}

// Comment is a remark on the article or on one subject of the layer.
type Comment struct {
	On   string `json:"on,omitempty"` // subject id; "" the article
	Text string `json:"text"`
	Flag bool   `json:"flag,omitempty"` // somebody else should look at the article; Text says why
}
