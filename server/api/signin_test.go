package api_test

import (
	"net/http"
	"strings"
	"testing"

	"hashiya/app/wire"
)

func TestAOneTimeLinkSignsInOnce(t *testing.T) {
	s := open(t)
	call[wire.Account](s.asOperator(), "POST", "/api/users", wire.Account{Name: "سمر"})
	link := wire.LinkLogin{Token: s.link("سمر")}
	a := s.agent()
	resp, _ := a.do("POST", "/api/login/link", link)
	cookie := resp.Cookies()[0]
	if resp.StatusCode != 200 || !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode {
		t.Errorf("signing in: %s with %+v", resp.Status, cookie)
	}
	if me := call[wire.Me](a, "GET", "/api/me", nil); me.Log == "" || me.Now == "" || me != (wire.Me{Name: "سمر", Role: wire.Annotator, Log: me.Log, App: me.App, Now: me.Now}) {
		t.Errorf("signed in as %+v", me)
	}
	s.agent().refuse(410, "used", "POST", "/api/login/link", link)
	s.agent().refuse(404, "unknown", "POST", "/api/login/link", wire.LinkLogin{Token: "guess"})
}

func TestAPasswordSignsInAndChangingItEndsOtherSessions(t *testing.T) {
	s := open(t)
	here, there := s.add("سمر", wire.Annotator), s.signIn("سمر")
	here.refuse(422, "password", "PUT", "/api/me/password", wire.SetPassword{New: "قصير"})
	call[wire.Me](here, "PUT", "/api/me/password", wire.SetPassword{New: "كلمة سر طويلة"})
	there.refuse(401, "unauthorized", "GET", "/api/me", nil)
	if me := call[wire.Me](here, "GET", "/api/me", nil); !me.HasPassword {
		t.Errorf("after setting a password: %+v", me)
	}
	here.refuse(403, "wrong_password", "PUT", "/api/me/password", wire.SetPassword{Current: "خطأ", New: "كلمة سر أخرى"})
	fresh := s.agent()
	fresh.refuse(401, "wrong_password", "POST", "/api/login", wire.Login{Name: "سمر", Password: "كلمة سر أطول"})
	fresh.refuse(401, "wrong_password", "POST", "/api/login", wire.Login{Name: "nobody", Password: "كلمة سر طويلة"})
	call[wire.Me](fresh, "POST", "/api/login", wire.Login{Name: "سمر", Password: "كلمة سر طويلة"})
	call[wire.Me](fresh, "GET", "/api/me", nil)
}

func TestGuessingPasswordsIsSlowedDown(t *testing.T) {
	s := open(t)
	s.add("سمر", wire.Annotator)
	a := s.agent()
	for range 50 {
		resp, _ := a.do("POST", "/api/login", wire.Login{Name: "سمر", Password: "guess"})
		if resp.StatusCode == http.StatusTooManyRequests {
			return
		}
	}
	t.Error("50 guesses were let through")
}

func TestSigningOutEndsTheSession(t *testing.T) {
	s := open(t)
	a := s.add("سمر", wire.Annotator)
	stolen := &agent{t: t, url: a.url, http: &http.Client{Jar: a.http.Jar}}
	cookies := a.cookies()
	if resp, _ := a.do("POST", "/api/logout", nil); resp.StatusCode != 204 {
		t.Errorf("signing out: %s", resp.Status)
	}
	a.refuse(401, "unauthorized", "GET", "/api/me", nil)
	if resp, _ := stolen.do("GET", "/api/me", nil, "Cookie", cookies); resp.StatusCode != 401 {
		t.Errorf("the ended session's cookie still opens: %s", resp.Status)
	}
	if resp, _ := a.do("POST", "/api/logout", nil); resp.StatusCode != 204 {
		t.Errorf("signing out twice: %s", resp.Status)
	}
}

func (a *agent) cookies() string {
	req, _ := http.NewRequest("GET", a.url, nil)
	var out []string
	for _, c := range a.http.Jar.Cookies(req.URL) {
		out = append(out, c.String())
	}
	return strings.Join(out, "; ")
}

func TestSessionsOutliveARestart(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, dir)
	a := s.add("سمر", wire.Annotator)
	cookies := a.cookies()
	s.close()
	again := openAt(t, dir)
	resp, body := again.agent().do("GET", "/api/me", nil, "Cookie", cookies)
	if resp.StatusCode != 200 {
		t.Errorf("after a restart: %s: %s", resp.Status, body)
	}
}

func TestATokenOpensTheAPIToAScript(t *testing.T) {
	s := open(t)
	s.add("سمر", wire.Annotator)
	if me := call[wire.Me](s.script("سمر"), "GET", "/api/me", nil); me.Name != "سمر" {
		t.Errorf("the token opens for %+v", me)
	}
	forged := s.agent()
	forged.token = "guess"
	forged.refuse(401, "unauthorized", "GET", "/api/me", nil)
}
