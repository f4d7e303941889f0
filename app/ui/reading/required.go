package reading

import (
	"slices"

	"hashiya/app/annotation"
	"hashiya/app/ui/i18n"
)

// NextRequired goes to the next required target that is not judged, behind the
// present one; with all of them judged, to the next one.
func (e *Editor) NextRequired() Outcome {
	targets := e.scheme.Targets
	if len(targets) == 0 {
		return Outcome{Refused: sayNoTargets}
	}
	at := slices.Index(targets, e.required)
	missing := e.layer.NotJudged(targets)
	for i := range targets {
		t := targets[(at+1+i)%len(targets)]
		if len(missing) == 0 || slices.Contains(missing, t) {
			e.required = t
			e.turn++
			return Outcome{Say: e.sayRequired(t), Request: OpenStance}
		}
	}
	return Outcome{}
}

func (e *Editor) sayRequired(target string) i18n.Text {
	if s, judged := e.layer.Judgement(target); judged {
		l, _ := e.scheme.KnownStance(s.Label)
		return fill(sayTargetJudged, "target", target, "label", l.Names)
	}
	return fill(sayTargetOpen, "target", target)
}

// JudgeTarget gives the present required target the nth label of the stance
// scale, from 1.
func (e *Editor) JudgeTarget(n int) Outcome {
	if n > len(e.scheme.Stances) {
		return Outcome{}
	}
	return e.JudgeArticle(e.required, e.scheme.Stances[n-1].ID)
}

// judged goes on from the required target that has just been judged to the next
// that is not.
func (e *Editor) judged(target string, o Outcome) Outcome {
	if target != e.required {
		return o
	}
	e.turn++
	rest := slices.DeleteFunc(e.layer.NotJudged(e.scheme.Targets), func(t string) bool { return t == target })
	e.required = ""
	if len(rest) > 0 {
		e.required = rest[0]
		o.Say = join(o.Say, e.sayRequired(e.required))
	}
	return o
}

// JudgeArticle says what the article as a whole says of a required target. What
// else was said with an earlier judgement (evidence, a note) stays. From the
// present target it goes on to the next that is not judged.
func (e *Editor) JudgeArticle(target, label string) Outcome {
	l, known := e.scheme.Stance(label)
	if !known || !slices.Contains(e.scheme.Targets, target) {
		return Outcome{}
	}
	if refused := e.locked(); refused != none {
		return Outcome{Refused: refused}
	}
	id := annotation.RequiredSubject(target)
	s := annotation.Stance{
		Holder: annotation.Holder{Outlet: true}, Via: []annotation.Holder{}, Target: annotation.Target{Claim: target},
		Mode: annotation.Narration, Evidence: []annotation.Range{},
	}
	if had, judged := e.layer.Judgement(target); judged {
		if id, s = had.ID, cloneStance(had.Stance); s.Label == label {
			return e.judged(target, Outcome{Say: e.sayRequired(target)})
		}
	}
	s.Label = label
	return e.judged(target, Outcome{
		Changes: []annotation.Change{putStance(id, s)},
		Say:     fill(sayTargetJudged, "target", target, "label", l.Names),
	})
}

// Unjudge takes the judgement on the present required target back.
func (e *Editor) Unjudge() Outcome { return e.UnjudgeArticle(e.required) }

// UnjudgeArticle takes the judgement on a required target back: it is not
// judged then.
func (e *Editor) UnjudgeArticle(target string) Outcome {
	s, judged := e.layer.Judgement(target)
	if !judged {
		return Outcome{}
	}
	o := e.DeleteStance(s.ID)
	if o.Refused == none {
		o.Say = fill(sayTargetOpen, "target", target)
	}
	return o
}

// requiredMissing returns why the article can't be done yet: required targets
// without a judgement. It goes to the first of them.
func (e *Editor) requiredMissing() (Outcome, bool) {
	missing := e.layer.NotJudged(e.scheme.Targets)
	if len(missing) == 0 {
		return Outcome{}, false
	}
	e.required = missing[0]
	e.turn++
	names := make([]i18n.Text, len(missing))
	for i, t := range missing {
		names[i] = verbatim(t)
	}
	return Outcome{Refused: fill(sayDoneUnjudged, "targets", list(names)), Request: OpenStance}, true
}

// judgesArticle reports whether the stance is a judgement on a required target.
func (e *Editor) judgesArticle(s *annotation.Stance) bool {
	return slices.ContainsFunc(e.scheme.Targets, s.JudgesArticle)
}

var (
	sayNoTargets    = i18n.Text{Ar: "لا أهداف مطلوبة في هذا المشروع.", En: "This project requires no targets."}
	sayTargetOpen   = i18n.Text{Ar: "{target}: لم يُحكم بعد", En: "{target}: not judged"}
	sayTargetJudged = i18n.Text{Ar: "{target}: {label}", En: "{target}: {label}"}
	sayDoneUnjudged = i18n.Text{
		Ar: "لم يُحكم بعد على موقف المقال من: {targets}.",
		En: "The article's stance is not judged yet toward: {targets}.",
	}
)
