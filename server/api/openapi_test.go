package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"hashiya/app/annotation"
	"hashiya/app/scheme"
	"hashiya/app/wire"
)

func document(t *testing.T, s *site) *openapi3.T {
	t.Helper()
	_, text := s.agent().do("GET", "/api/openapi.yaml", nil)
	doc, err := openapi3.NewLoader().LoadFromData(text)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestTheOpenAPIDocumentIsValidAndNamesEveryRouteAndItsRole(t *testing.T) {
	s := open(t)
	doc := document(t, s)
	if err := doc.Validate(t.Context()); err != nil {
		t.Fatal(err)
	}
	documented := map[string]string{}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			role, _ := op.Extensions["x-role"].(string)
			documented[method+" "+path] = role
		}
	}
	for _, r := range s.server.Routes() {
		role, ok := documented[r.String()]
		if want, _, _ := strings.Cut(whoMay[r.String()], ","); !ok || role != want {
			t.Errorf("%s is documented for %q, want %q", r, role, want)
		}
		delete(documented, r.String())
	}
	for r := range documented {
		t.Errorf("%s is documented and is no route", r)
	}
}

// exchange makes a request and holds it, and its answer, against the document.
type exchange struct {
	doc *openapi3.T
	*agent
}

func (x exchange) do(method, route, path string, body any) []byte {
	x.t.Helper()
	op := x.doc.Paths.Value(route).GetOperation(method)
	if body != nil {
		x.fits("the request of "+method+" "+route, op.RequestBody.Value.Content.Get("application/json"), body)
	}
	resp, answer := x.agent.do(method, path, body)
	response := op.Responses.Status(resp.StatusCode)
	if response == nil {
		response = op.Responses.Default()
	}
	if resp.StatusCode >= 400 && response != op.Responses.Default() {
		x.t.Errorf("%s %s: %s is not the documented problem", method, path, resp.Status)
	}
	kind, _, _ := strings.Cut(resp.Header.Get("Content-Type"), ";")
	if resp.StatusCode == http.StatusNoContent {
		return answer
	}
	content := response.Value.Content.Get(kind)
	if content == nil {
		x.t.Errorf("%s %s answers %s with %s, which is not documented", method, path, resp.Status, kind)
		return answer
	}
	if strings.HasSuffix(kind, "json") {
		x.fits(fmt.Sprintf("the answer %d of %s %s", resp.StatusCode, method, route), content, json.RawMessage(answer))
	}
	return answer
}

func (x exchange) fits(what string, m *openapi3.MediaType, body any) {
	x.t.Helper()
	b, err := json.Marshal(body)
	if err != nil {
		x.t.Fatal(err)
	}
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		x.t.Fatal(err)
	}
	if err := m.Schema.Value.VisitJSON(v, openapi3.EnableJSONSchema2020(), openapi3.MultiErrors()); err != nil {
		x.t.Errorf("%s does not fit its schema: %v\n%s", what, err, b)
	}
}

func TestRealRequestsAndAnswersFitTheDocument(t *testing.T) {
	s, art := withArticle(t)
	doc := document(t, s)
	anyone, operator := exchange{doc, s.agent()}, exchange{doc, s.asOperator()}
	lead := exchange{doc, s.add("سمر", wire.Lead)}

	anyone.do("GET", "/healthz", "/healthz", nil)
	anyone.do("GET", "/api/version", "/api/version", nil)
	anyone.do("GET", "/api/me", "/api/me", nil)
	anyone.do("POST", "/api/login", "/api/login", wire.Login{Name: "سمر", Password: "خطأ"})
	anyone.do("POST", "/api/login/link", "/api/login/link", wire.LinkLogin{Token: "x"})
	lead.do("GET", "/api/me", "/api/me", nil)
	lead.do("PUT", "/api/me/password", "/api/me/password", wire.SetPassword{New: "كلمة سر طويلة"})
	lead.do("POST", "/api/projects", "/api/projects", wire.NewProject{Name: "أخبار الخليج", Preset: "wojood"})
	lead.do("POST", "/api/projects", "/api/projects", wire.NewProject{Name: "أخبار الخليج"})
	lead.do("GET", "/api/projects", "/api/projects", nil)
	lead.do("GET", "/api/projects/{p}", "/api/projects/news", nil)
	lead.do("GET", "/api/projects/{p}", "/api/projects/nix", nil)
	next := scheme.Default()
	next.Version, next.Targets = 2, []string{"المفاوضات"}
	next.Labels, next.Stances = next.Labels[:9], next.Stances[:4]
	lead.do("PUT", "/api/projects/{p}/scheme", "/api/projects/news/scheme", next)
	lead.do("PUT", "/api/projects/{p}/scheme", "/api/projects/news/scheme", next)
	lead.do("GET", "/api/projects/{p}/scheme/versions", "/api/projects/news/scheme/versions", nil)
	lead.do("GET", "/api/projects/{p}", "/api/projects/news", nil)
	lead.do("GET", "/api/projects/{p}/articles/{a}", "/api/projects/news/articles/"+art.ID, nil)

	stance := span(&art, "d1", 3, "x1")
	stance.Change = annotation.Change{Subject: "x1", Kind: annotation.PutStance, Stance: &annotation.Stance{
		Holder: annotation.Holder{Author: true}, Via: []annotation.Holder{{Outlet: true}}, Target: annotation.Target{Claim: "لا حرب"},
		Label: "against", Mode: annotation.Quote, Certainty: 2, Evidence: []annotation.Range{{Start: 0, End: 3}},
	}}
	gone := span(&art, "d1", 2, "s1")
	gone.Change = annotation.Change{Subject: "s1", Kind: annotation.DeleteSpan}
	gone.Prev = []annotation.OpID{{Device: "d1", Seq: 1}}
	lead.do("POST", "/api/ops", "/api/ops", wire.PushRequest{Client: "test", Ops: []annotation.Op{span(&art, "d1", 1, "s1"), gone, stance}})
	lead.do("POST", "/api/ops", "/api/ops", wire.PushRequest{Ops: []annotation.Op{span(&art, "d1", 9, "s1")}})
	done := span(&art, "d1", 4, annotation.StatusSubject)
	done.Scheme, done.Change = 2, annotation.Change{Subject: annotation.StatusSubject, Kind: annotation.SetStatus, Status: annotation.Done}
	lead.do("POST", "/api/ops", "/api/ops", wire.PushRequest{Ops: []annotation.Op{done}})
	lead.do("GET", "/api/projects/{p}/scheme/use", "/api/projects/news/scheme/use", nil)
	lead.do("GET", "/api/projects/{p}/flags", "/api/projects/news/flags", nil)
	lead.do("GET", "/api/projects/{p}/flags", "/api/projects/nix/flags", nil)
	lead.do("GET", "/api/events", "/api/events?poll=1", nil)
	lead.do("GET", "/api/projects/{p}/articles", "/api/projects/news/articles", nil)
	lead.do("GET", "/api/projects/{p}/suggestions", "/api/projects/news/suggestions", nil)
	lead.do("GET", "/api/projects/{p}/suggestions", "/api/projects/nix/suggestions", nil)
	lead.do("GET", "/api/projects/{p}/search", "/api/projects/news/search?q=%D8%A8%D9%88%D8%AA%D9%8A%D9%86", nil)
	lead.do("GET", "/api/projects/{p}/search", "/api/projects/news/search?q=x", nil)
	lead.do("POST", "/api/projects/{p}/mentions", "/api/projects/news/mentions", wire.MentionQuery{Name: "اذربيجان", Label: "GPE", Entity: "أذربيجان", All: true})
	lead.do("POST", "/api/projects/{p}/mentions", "/api/projects/nix/mentions", wire.MentionQuery{Name: "بوتين", Label: "PER"})
	lead.do("GET", "/api/projects/{p}/export/report", "/api/projects/news/export/report", nil)
	lead.do("GET", "/api/projects/{p}/export", "/api/projects/news/export", nil)
	lead.do("GET", "/api/projects/{p}/export", "/api/projects/news/export?format=xml", nil)
	operator.do("GET", "/api/check", "/api/check", nil)
	operator.do("GET", "/api/backup", "/api/backup", nil)
	operator.do("GET", "/api/backup", "/api/backup?continues=x&log=y&after=9", nil)
	anyone.do("GET", "/readyz", "/readyz", nil)
	lead.do("POST", "/api/users", "/api/users", wire.Account{Name: "omar", Role: wire.Curator})
	lead.do("GET", "/api/users", "/api/users", nil)
	lead.do("POST", "/api/users/{name}/link", "/api/users/omar/link", nil)
	lead.do("POST", "/api/users/{name}/token", "/api/users/omar/token", nil)
	lead.do("POST", "/api/logout", "/api/logout", nil)

	report := s.asOperator().upload("news", file{"a.txt", awkward}, file{"leer.txt", ""}, file{"b.txt", "\xff"})
	anyone.fits("an import report", doc.Paths.Value("/api/projects/{p}/articles").Post.Responses.Status(200).Value.Content.Get("application/json"), report)
	if report.Already != 1 || len(report.Refused) != 2 {
		t.Errorf("the import said %+v", report)
	}
}
