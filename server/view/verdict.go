package view

import "fmt"

// Code is why an entry had no effect, in a word for programs.
type Code string

const (
	Done      Code = ""          // it had its effect
	Already   Code = "already"   // it was so already
	Forbidden Code = "forbidden" // the actor may not do this
	Unknown   Code = "unknown"   // it speaks of something that is not there
	Taken     Code = "taken"     // the name or version is in use
	Invalid   Code = "invalid"   // it can't be
	Used      Code = "used"      // the link was used before
	Expired   Code = "expired"   // the link is too old
	Gap       Code = "gap"       // ops before it are missing
	Foreign   Code = "foreign"   // the op's id is in use for something else
	Lacking   Code = "lacking"   // the log was restored, and lacks what the op is about
)

// Verdict says what became of an entry of the log. Reason is for people. For
// Gap, Expected is the seq that the op's device must send next.
type Verdict struct {
	Code     Code   `json:"code"`
	Reason   string `json:"reason"`
	Expected uint64 `json:"expected,omitempty"`
}

// Verdict returns what became of the entry at pos, which the view must hold.
func (s Snapshot) Verdict(pos uint64) (Verdict, error) {
	var v Verdict
	_, err := get(s.r, sVerdict.key(pos), &v)
	return v, err
}

func (a *applier) verdict(c Code, reason string, args ...any) error {
	return a.set(sVerdict.key(a.pos), Verdict{Code: c, Reason: fmt.Sprintf(reason, args...)})
}
