package annotation

import (
	"crypto/sha256"
	"encoding/hex"
)

// What an article as a whole says of one of a scheme's required targets is a
// stance like any other: its holder is the outlet, which answers for what it
// prints, its target the required target word for word as a claim, and nobody
// is quoted in between. It needs no evidence: the article is it. A target
// without such a stance is not judged, which is not neutral.

// RequiredSubject returns the subject id of the judgement on a required
// target. It is the same on every device: two that judge apart then disagree
// openly, instead of both standing.
func RequiredSubject(target string) string {
	sum := sha256.Sum256([]byte(target))
	return "target-" + hex.EncodeToString(sum[:12])
}

// JudgesArticle reports whether s is a judgement of the whole article on the
// required target.
func (s *Stance) JudgesArticle(target string) bool {
	return s.Holder == Holder{Outlet: true} && len(s.Via) == 0 && s.Target == Target{Claim: target}
}

// Judgement returns the layer's judgement on a required target. One under
// RequiredSubject comes first; false where the target is not judged.
func (l *Layer) Judgement(target string) (NamedStance, bool) {
	var out NamedStance
	found := false
	for _, s := range l.Stances {
		if s.JudgesArticle(target) && (!found || s.ID == RequiredSubject(target)) {
			out, found = s, true
		}
	}
	return out, found
}

// NotJudged returns those of the required targets that the layer has no
// judgement on, in their order.
func (l *Layer) NotJudged(targets []string) []string {
	var out []string
	for _, t := range targets {
		if _, judged := l.Judgement(t); !judged {
			out = append(out, t)
		}
	}
	return out
}

// Hold keeps a layer that was marked done from being done while one of targets,
// those that the scheme required when it was marked, is not judged: it is in
// progress then, and Unjudged says why. Once they are judged it is done.
// Idempotent.
func (l *Layer) Hold(targets []string) {
	if l.Status != Done {
		return
	}
	if l.Unjudged = l.NotJudged(targets); len(l.Unjudged) > 0 {
		l.Status = InProgress
	}
}
