// Package wire is what crosses between browser and server: the bodies of the
// HTTP API, shared by both sides. The paths are documented in the server's
// OpenAPI file.
package wire

import (
	"hashiya/app/annotation"
	"hashiya/app/scheme"
	"hashiya/app/suggest"
)

// MaxPushOps and MaxPushBytes bound one push.
const (
	MaxPushOps   = 512
	MaxPushBytes = 1 << 20
)

// PushRequest is the body of POST /api/ops. Pushing the same ops again is
// safe: each gets its first answer.
type PushRequest struct {
	Client string          `json:"client"`         // the app's version
	User   string          `json:"user,omitempty"` // whose ops these are; a session of somebody else does not take them
	Ops    []annotation.Op `json:"ops"`            // ascending seq per device
}

// PushResponse answers each op of a push, in the same order.
type PushResponse struct {
	Results []Result `json:"results"`
}

// Outcome says what became of an op.
type Outcome string

const (
	Accepted    Outcome = "accepted"    // durable, in the log at Pos
	Refused     Outcome = "refused"     // never will be; Reason says why
	Quarantined Outcome = "quarantined" // the device's seq was already used for another op: re-key and send again
)

// Result is the server's answer to one op.
type Result struct {
	ID      annotation.OpID `json:"id"`
	Outcome Outcome         `json:"outcome"`
	Pos     uint64          `json:"pos,omitempty"`
	Reason  string          `json:"reason,omitempty"` // in English, for who doesn't know Code
	// Code is Reason for programs, Params what it names; "" from a server that
	// has none.
	Code   annotation.FaultCode `json:"code,omitempty"`
	Params map[string]string    `json:"params,omitempty"`
}

// Event is one thing that happened in the log, as one user may see it. Exactly
// one of Op and Changed is set.
type Event struct {
	Pos     uint64         `json:"pos"`
	Author  string         `json:"author,omitempty"` // whose layer Op belongs to
	Op      *annotation.Op `json:"op,omitempty"`
	Changed *Changed       `json:"changed,omitempty"`
}

// Changed says that a list should be fetched again.
type Changed struct {
	Project string `json:"project"`
}

// Events is the body of GET /api/events?poll=1: the long-poll fallback of the
// live stream.
type Events struct {
	Events []Event `json:"events"`
	Cursor uint64  `json:"cursor"` // ask for what comes after this next time
}

// Role says what an account may do.
type Role string

const (
	Annotator Role = "annotator" // labels, sees its own layers
	Curator   Role = "curator"   // also sees all layers
	Lead      Role = "lead"      // also imports, exports, changes schemes and adds people
)

// Roles lists every role, each may all that the one before may.
var Roles = []Role{Annotator, Curator, Lead}

// May reports whether the role includes what need allows.
func (r Role) May(need Role) bool {
	have, want := -1, len(Roles)
	for i, x := range Roles {
		if x == r {
			have = i
		}
		if x == need {
			want = i
		}
	}
	return have >= want
}

// Me is who is signed in.
type Me struct {
	Name        string `json:"name"`
	Role        Role   `json:"role"`
	HasPassword bool   `json:"has_password"`
	Log         string `json:"log,omitempty"` // identity of the server's log; another one after a restore
	App         string `json:"app,omitempty"` // version of the app that the server holds
	Now         string `json:"now,omitempty"` // the server's clock, RFC 3339 with milliseconds
}

// LinkLogin is the body of POST /api/login/link.
type LinkLogin struct {
	Token string `json:"token"`
}

// Login is the body of POST /api/login.
type Login struct {
	Name     string `json:"name"`
	Password string `json:"password"`
}

// SetPassword is the body of PUT /api/me/password. Current is needed only when
// a password is set already.
type SetPassword struct {
	Current string `json:"current,omitempty"`
	New     string `json:"new"`
}

// Project is one project as its members see it.
type Project struct {
	ID       string        `json:"id"`
	Name     string        `json:"name"`
	Scheme   scheme.Scheme `json:"scheme"` // the newest version
	Articles int           `json:"articles"`
	Done     int           `json:"done"` // by me
	// What each version of the scheme requires, where it is not what the one
	// before requires; ascending. None: no version ever required anything.
	Required []Required `json:"required,omitempty"`
}

// Required says which targets the versions of a scheme require from one on.
type Required struct {
	From    int      `json:"from"`
	Targets []string `json:"targets"`
}

// RequiredUnder returns the targets that a version of the scheme requires.
func (p *Project) RequiredUnder(version int) []string { return RequiredUnder(p.Required, version) }

// RequiredUnder returns the targets that a version of the scheme requires.
func RequiredUnder(all []Required, version int) (targets []string) {
	for _, r := range all {
		if r.From <= version {
			targets = r.Targets
		}
	}
	return targets
}

// SchemeVersion says who made a version of a scheme, and what it changed.
type SchemeVersion struct {
	Version int             `json:"version"`
	By      string          `json:"by"`   // an account, or the operator
	Time    string          `json:"time"` // RFC 3339, UTC
	Changes []scheme.Change `json:"changes,omitempty"`
}

// SchemeUse counts what the layers of a project say in the words of its scheme.
type SchemeUse struct {
	Labels  map[string]Use `json:"labels"`  // spans, by label id
	Stances map[string]Use `json:"stances"` // by stance label id
	Targets map[string]Use `json:"targets"` // judgements on claims in the name of a whole article, by claim
}

// Use is how many things there are in how many articles.
type Use struct {
	Count    int `json:"count"`
	Articles int `json:"articles"`
}

// Flagged is something that somebody else should look at.
type Flagged struct {
	Article   string      `json:"article"`
	Annotator string      `json:"annotator"`
	Kind      FlaggedKind `json:"kind"`
	Reason    string      `json:"reason"` // the annotator's words; for FlagUnjudged one target a line
}

// FlaggedKind is a stable word for programs.
type FlaggedKind string

const (
	FlagComment  FlaggedKind = "flag"     // flagged by the annotator
	FlagSkipped  FlaggedKind = "skipped"  // given up by the annotator
	FlagUnjudged FlaggedKind = "unjudged" // marked done, but required targets are not judged
)

// ArticleSummary is one article in a project's list.
type ArticleSummary struct {
	ID         string            `json:"id"`
	Title      string            `json:"title"`
	Outlet     string            `json:"outlet,omitempty"`
	Published  string            `json:"published,omitempty"`
	Lang       string            `json:"lang"`
	Dir        string            `json:"dir"`
	CodePoints int               `json:"codepoints"`
	Words      int               `json:"words"`
	TextSHA256 string            `json:"text_sha256"`
	Status     annotation.Status `json:"status"` // of my layer
	Spans      int               `json:"spans"`  // of my layer
	Stances    int               `json:"stances"`
	Unjudged   int               `json:"unjudged,omitempty"` // required targets that keep my layer, marked done, from being done
}

// Suggestions is the body of GET /api/projects/{p}/suggestions.
type Suggestions struct {
	Off    bool            `json:"off,omitempty"` // the project wants none: the memory is empty
	Memory *suggest.Memory `json:"memory"`        // what all annotators of the project have said
}

// NewProject is the body of POST /api/projects. Without an ID the name is the
// id where it can be one, else the id is made of the name's hash.
type NewProject struct {
	ID     string `json:"id,omitempty"`
	Name   string `json:"name"`
	Preset string `json:"preset,omitempty"` // of the scheme: "hashiya" (default) or "wojood"
}

// Account is one person, as leads see it, and the body of POST /api/users.
type Account struct {
	Name string `json:"name"`
	Role Role   `json:"role"`
}

// Link is a one-time link that signs its bearer in. It is shown once; the
// server keeps only a hash.
type Link struct {
	URL     string `json:"url"`
	Expires string `json:"expires"` // RFC 3339, UTC
}

// Token is a bearer token for scripts. It is shown once; the server keeps only
// a hash.
type Token struct {
	Token string `json:"token"`
}

// Version is the body of GET /api/version.
type Version struct {
	Server string `json:"server"`
	App    string `json:"app,omitempty"` // of the front end that the server holds; empty when it was not built
}

// Check is what a check of the data folder found in order.
type Check struct {
	Records uint64 `json:"records"`
	Bytes   uint64 `json:"bytes"`
	Digest  string `json:"digest"` // of the chain over all records, SHA-256 in hex
}

// ImportReport answers an import.
type ImportReport struct {
	Added   int       `json:"added"`
	Already int       `json:"already"`               // the same text was there
	Layers  int       `json:"layers"`                // that came with articles and were added
	Ops     int       `json:"ops,omitempty"`         // of unsent work, taken
	OpsHad  int       `json:"ops_already,omitempty"` // of unsent work, there already
	Refused []Refusal `json:"refused"`
	Omitted int       `json:"omitted,omitempty"` // refusals that are not listed, for there were too many
}

// Refusal says which record was not taken and why.
type Refusal struct {
	File   string `json:"file"`
	Line   int    `json:"line,omitempty"`
	Reason string `json:"reason"` // in English, for who doesn't know Code
	// Code is Reason for programs, Params what it names; "" where there is none.
	Code   annotation.FaultCode `json:"code,omitempty"`
	Params map[string]string    `json:"params,omitempty"`
}

// Problem is an RFC 9457 problem details body (application/problem+json).
type Problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail,omitempty"`
	Code   string `json:"code"` // a stable word for programs: "unauthorized", "disk_reserve", "gap" …

	// With code "gap": ops of Device before the one that was pushed are missing
	// on the server, which wants the one with seq Expected next. Nothing is
	// refused; push again from there.
	Device   string `json:"device,omitempty"`
	Expected uint64 `json:"expected,omitempty"`
}

func (p *Problem) Error() string {
	if p.Detail != "" {
		return p.Title + ": " + p.Detail
	}
	return p.Title
}
