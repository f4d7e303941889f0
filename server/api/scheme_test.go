package api_test

import (
	"slices"
	"strings"
	"testing"

	"hashiya/app/annotation"
	"hashiya/app/scheme"
	"hashiya/app/wire"
)

func project(a *agent) wire.Project { return call[wire.Project](a, "GET", "/api/projects/news", nil) }

func TestTwoLeadsWhoSaveTheSameVersionDontOverwriteEachOther(t *testing.T) {
	s, _ := withArticle(t)
	layla, samar := s.add("ليلى", wire.Lead), s.add("سمر", wire.Lead)
	mine, theirs := project(layla).Scheme, project(samar).Scheme
	mine.Version, mine.Guidelines = 2, "# ليلى"
	theirs.Version, theirs.Guidelines = 2, "# سمر"
	call[scheme.Scheme](layla, "PUT", "/api/projects/news/scheme", mine)
	samar.refuse(409, "taken", "PUT", "/api/projects/news/scheme", theirs)
	if got := project(samar).Scheme.Guidelines; got != "# ليلى" {
		t.Errorf("the guidelines are %q", got)
	}
	versions := call[[]wire.SchemeVersion](s.add("omar", wire.Annotator), "GET", "/api/projects/news/scheme/versions", nil)
	if len(versions) != 2 || versions[0].By != "ليلى" || versions[0].Changes[0].Kind != scheme.GuidelinesChanged {
		t.Errorf("the versions are %+v", versions)
	}
}

func TestALabelThatAPutLeavesOutIsRetiredAndItsOpsAreTaken(t *testing.T) {
	s, art := withArticle(t)
	omar := s.add("omar", wire.Annotator)
	omar.push(span(&art, "d1", 1, "s1"))
	next := project(omar).Scheme
	next.Version, next.Labels = 2, next.Labels[1:]
	taken := call[scheme.Scheme](s.asOperator(), "PUT", "/api/projects/news/scheme", next)
	if len(taken.Retired) != 1 || taken.Retired[0].ID != "PER" {
		t.Errorf("the answer retires %+v", taken.Retired)
	}
	if r := omar.push(span(&art, "d1", 2, "s2")); r[0].Outcome != wire.Accepted {
		t.Errorf("an op made offline under version 1: %+v", r[0])
	}
	resized := span(&art, "d1", 3, "s1")
	resized.Scheme, resized.Span.End, resized.Prev = 2, 11, []annotation.OpID{{Device: "d1", Seq: 1}}
	if r := omar.push(resized); r[0].Outcome != wire.Accepted {
		t.Errorf("a span with the retired label, resized under version 2: %+v", r[0])
	}
	use := call[wire.SchemeUse](s.asOperator(), "GET", "/api/projects/news/scheme/use", nil)
	if use.Labels["PER"] != (wire.Use{Count: 2, Articles: 1}) {
		t.Errorf("used are %+v", use.Labels)
	}
	omar.refuse(403, "forbidden", "GET", "/api/projects/news/scheme/use", nil)
}

func TestALayerMarkedDoneWithoutItsJudgementsIsHeldFlaggedAndReported(t *testing.T) {
	s, art := withArticle(t)
	omar, lead := s.add("omar", wire.Annotator), s.add("سمر", wire.Lead)
	next := project(lead).Scheme
	next.Version, next.Targets = 2, []string{"عودة «بوتين»"}
	call[scheme.Scheme](lead, "PUT", "/api/projects/news/scheme", next)
	done := span(&art, "d1", 1, annotation.StatusSubject)
	done.Scheme, done.Change = 2, annotation.Change{Subject: annotation.StatusSubject, Kind: annotation.SetStatus, Status: annotation.Done}
	if r := omar.push(done); r[0].Outcome != wire.Accepted {
		t.Fatalf("the op: %+v", r[0])
	}
	mine := call[[]wire.ArticleSummary](omar, "GET", "/api/projects/news/articles", nil)[0]
	if mine.Status != annotation.InProgress || mine.Unjudged != 1 || project(omar).Done != 0 {
		t.Errorf("the annotator sees %+v", mine)
	}
	flagged := call[[]wire.Flagged](lead, "GET", "/api/projects/news/flags", nil)
	want := wire.Flagged{Article: art.ID, Annotator: "omar", Kind: wire.FlagUnjudged, Reason: "عودة «بوتين»"}
	if !slices.Equal(flagged, []wire.Flagged{want}) {
		t.Errorf("the lead sees %+v", flagged)
	}
	_, report := lead.do("GET", "/api/projects/news/export/report", nil)
	if !strings.Contains(string(report), `"not_judged"`) {
		t.Errorf("the export reports %s", report)
	}
}
