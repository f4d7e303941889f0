package api_test

import (
	"net/http"
	"strings"
	"testing"

	"hashiya/app/wire"
)

// who may use which operation. Every route stands here; the test fails where
// one is missing.
var whoMay = map[string]string{
	"GET /healthz":                          "nobody",
	"GET /readyz":                           "nobody",
	"GET /metrics":                          "operator",
	"GET /api/backup":                       "operator",
	"GET /api/version":                      "nobody",
	"GET /api/openapi.yaml":                 "nobody",
	"POST /api/login":                       "nobody",
	"POST /api/login/link":                  "nobody",
	"POST /api/logout":                      "nobody",
	"GET /api/me":                           "annotator",
	"PUT /api/me/password":                  "annotator, not the operator",
	"GET /api/projects":                     "annotator",
	"POST /api/projects":                    "lead",
	"GET /api/projects/{p}":                 "annotator",
	"PUT /api/projects/{p}/scheme":          "lead",
	"GET /api/projects/{p}/scheme/use":      "lead",
	"GET /api/projects/{p}/scheme/versions": "annotator",
	"GET /api/projects/{p}/flags":           "curator",
	"GET /api/projects/{p}/articles":        "annotator",
	"POST /api/projects/{p}/articles":       "lead",
	"GET /api/projects/{p}/articles/{a}":    "annotator",
	"GET /api/projects/{p}/suggestions":     "annotator",
	"GET /api/projects/{p}/search":          "annotator",
	"POST /api/projects/{p}/mentions":       "lead",
	"GET /api/projects/{p}/export":          "lead",
	"GET /api/projects/{p}/export/report":   "lead",
	"POST /api/ops":                         "annotator, not the operator",
	"GET /api/events":                       "annotator",
	"GET /api/check":                        "operator",
	"GET /api/users":                        "lead",
	"POST /api/users":                       "lead",
	"POST /api/users/{name}/link":           "lead",
	"POST /api/users/{name}/token":          "lead",
}

func TestEveryRouteIsForThoseWhoMayUseItAndNobodyElse(t *testing.T) {
	s, art := withArticle(t)
	fill := strings.NewReplacer("{p}", "news", "{a}", art.ID, "{name}", "nobody-there")
	for _, r := range wire.Roles {
		call[wire.Account](s.asOperator(), "POST", "/api/users", wire.Account{Name: string(r), Role: r})
	}
	ranks := []string{"nobody", "annotator", "curator", "lead", "operator"}
	for _, route := range s.server.Routes() {
		least, ok := whoMay[route.String()]
		if !ok {
			t.Errorf("%s stands in no row of the table: say who may use it", route)
			continue
		}
		least, exceptOperator := strings.CutSuffix(least, ", not the operator")
		allowed := false
		for rank, name := range ranks {
			allowed = allowed || name == least
			var a *agent
			switch name {
			case "nobody":
				a = s.agent()
			case "operator":
				a = s.asOperator()
			default:
				a = s.script(name)
			}
			path := fill.Replace(route.Path)
			if route.Path == "/api/events" {
				path += "?poll=1" // ends at once, for there are events
			}
			resp, body := a.do(route.Method, path, strings.NewReader("not json"))
			denied := resp.StatusCode == http.StatusForbidden || resp.StatusCode == http.StatusUnauthorized
			if want := !allowed || exceptOperator && name == "operator"; denied != want {
				t.Errorf("%s by %s: %s (%s), want denied: %v", route, name, resp.Status, body, want)
			}
			if rank == 0 && denied && resp.StatusCode != http.StatusUnauthorized {
				t.Errorf("%s by nobody: %s, want a request to sign in", route, resp.Status)
			}
		}
	}
	if want, got := len(whoMay), len(s.server.Routes()); want != got {
		t.Errorf("the table has %d rows for %d routes", want, got)
	}
}
