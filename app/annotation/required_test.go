package annotation

import (
	"slices"
	"testing"

	"hashiya/app/article"
)

func judged(target, label string) Change {
	return Change{Subject: RequiredSubject(target), Kind: PutStance, Stance: &Stance{
		Holder: Holder{Outlet: true}, Via: []Holder{}, Target: Target{Claim: target}, Label: label, Mode: Narration, Evidence: []Range{},
	}}
}

func TestNotJudgedIsNotNeutral(t *testing.T) {
	targets := []string{"إغلاق الميناء", "المفاوضات"}
	d := device{id: "d"}
	d.do(judged("المفاوضات", "neutral"))
	l := d.seen.Layer()
	if got := l.NotJudged(targets); !slices.Equal(got, targets[:1]) {
		t.Errorf("not judged: %v", got)
	}
	if s, ok := l.Judgement("المفاوضات"); !ok || s.Label != "neutral" {
		t.Errorf("judgement: %+v, %v", s, ok)
	}
	d.do(Change{Subject: RequiredSubject("المفاوضات"), Kind: DeleteStance})
	if got := ptr(d.seen.Layer()).NotJudged(targets); len(got) != 2 {
		t.Errorf("taken back, but only these are not judged: %v", got)
	}
}

func TestAQuotedOrEntityStanceDoesNotJudgeTheArticle(t *testing.T) {
	d := device{id: "d"}
	for i, h := range []Holder{{Entity: "e"}, {Author: true}, {Implicit: true}, {Outlet: true}} {
		c := judged("الميناء", "favor")
		c.Subject = "s" + string(rune('0'+i))
		c.Stance.Holder = h
		if h.Outlet {
			c.Stance.Via = []Holder{{Entity: "agency"}}
		}
		d.do(c)
	}
	if got := ptr(d.seen.Layer()).NotJudged([]string{"الميناء"}); len(got) != 1 {
		t.Error("somebody else's stance judges the article")
	}
}

func TestTwoDevicesThatJudgeATargetApartDisagreeOpenly(t *testing.T) {
	a, b := device{id: "a"}, device{id: "b"}
	a.do(judged("الميناء", "favor"))
	b.do(judged("الميناء", "against"))
	a.see(b.ops...)
	if l := a.seen.Layer(); len(l.Conflicts) != 1 || len(l.Stances) != 1 {
		t.Errorf("%d conflicts, %d stances", len(l.Conflicts), len(l.Stances))
	}
	o := a.ops[0]
	if err := o.Validate(); err != nil || article.ValidID(o.Subject) != nil {
		t.Errorf("the judgement is no valid op: %v", err)
	}
}
