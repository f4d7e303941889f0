package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"hashiya/app/article"
	"hashiya/app/wire"
)

// awkward has all that goes wrong easily: proclitics, tashkeel, tatweel,
// lam-alef, quotes, digits and Latin, two names of a month, RLM, LRM, ZWNJ, an
// emoji, CRLF, a decomposed letter.
const awkward = "قال «بوتين» إنّه سيعود لأذربيجان في سبتمبر/أيلول 2024،\r\nوأضافت شركة “Gazprom” أنّ الـــغاز وصل\u200f.\u200e می\u200cرود 🇦🇿 e\u0301té"

func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestWrongUsageExitsWithTwoAndFailureWithOne(t *testing.T) {
	data := t.TempDir()
	for _, args := range [][]string{{}, {"nix"}, {"import", "x.txt"}, {"project", "create"}, {"user", "add", "x", "--role", "king"}, {"serve", "--nix"}} {
		if _, errs, code := run(t, data, args...); code != 2 || errs == "" {
			t.Errorf("hashiya %v: exit %d, %q; want 2 and a reason", args, code, errs)
		}
	}
	for _, args := range [][]string{{"import", "--project", "nix", "x.txt"}, {"export", "--project", "nix", "--out", "x"}, {"user", "link", "nobody"}} {
		if _, errs, code := run(t, data, args...); code != 1 || errs == "" {
			t.Errorf("hashiya %v: exit %d, %q; want 1 and a reason", args, code, errs)
		}
	}
	if out, _, code := run(t, data, "export", "--help"); code != 0 || !strings.Contains(out, "--layer") {
		t.Errorf("help: exit %d, %s", code, out)
	}
	if out := ok(t, data, "version"); !strings.HasPrefix(out, "hashiya ") {
		t.Errorf("version: %q", out)
	}
}

func TestCommandsOtherThanCreatingOnesMakeNoFolder(t *testing.T) {
	data := filepath.Join(t.TempDir(), "typo")
	for _, args := range [][]string{{"project", "list"}, {"check"}, {"user", "link", "x"}} {
		if _, errs, code := run(t, data, args...); code != 1 || !strings.Contains(errs, data) {
			t.Errorf("hashiya %v: exit %d, %q", args, code, errs)
		}
	}
	if _, err := os.Stat(data); err == nil {
		t.Error("a folder was made")
	}
}

// datasetsGoInAndOut runs the commands on a folder, whoever holds it.
func datasetsGoInAndOut(t *testing.T, data string) {
	if out := ok(t, data, "project", "create", "أخبار الخليج"); !strings.Contains(out, "id p-") {
		t.Errorf("create: %s", out)
	}
	if _, errs, code := run(t, data, "project", "create", "أخبار الخليج"); code != 1 || !strings.Contains(errs, "already") {
		t.Errorf("create again: exit %d, %s", code, errs)
	}
	good, bad := write(t, "good.txt", awkward), write(t, "bad.txt", "\xff\xfe\xfd")
	out, errs, code := run(t, data, "import", "--project", "أخبار الخليج", bad, good)
	if code != 1 || !strings.Contains(out, "added 1, already there 0, refused 1") || !strings.Contains(errs, "bad.txt") {
		t.Errorf("import: exit %d, %s%s", code, out, errs)
	}
	if out := ok(t, data, "import", "--project", "أخبار الخليج", good); !strings.Contains(out, "added 0, already there 1, refused 0") {
		t.Errorf("import again: %s", out)
	}
	file := filepath.Join(t.TempDir(), "out.jsonl")
	if out := ok(t, data, "export", "--project", "أخبار الخليج", "--out", file); !strings.Contains(out, "1 articles") {
		t.Errorf("export: %s", out)
	}
	ok(t, data, "project", "create", "copy")
	ok(t, data, "import", "--project", "copy", file)
	again := filepath.Join(t.TempDir(), "again.jsonl")
	ok(t, data, "export", "--project", "copy", "--out", again)
	a, _ := os.ReadFile(file)
	b, _ := os.ReadFile(again)
	if len(a) == 0 || string(a) != string(b) {
		t.Errorf("export of the import differs:\n%s\n%s", a, b)
	}
	if out := ok(t, data, "project", "list"); !strings.Contains(out, "أخبار الخليج") || !strings.Contains(out, "copy") {
		t.Errorf("list: %s", out)
	}
	if out := ok(t, data, "check"); !strings.Contains(out, "whole") {
		t.Errorf("check: %s", out)
	}
	left, _ := filepath.Glob(filepath.Join(filepath.Dir(file), ".*"))
	if len(left) > 0 {
		t.Errorf("the export left %v", left)
	}
}

func TestCommandsWorkWithoutAServer(t *testing.T) { datasetsGoInAndOut(t, t.TempDir()) }

func TestCommandsWorkBesideARunningServer(t *testing.T) {
	data := t.TempDir()
	p := serve(t, data)
	datasetsGoInAndOut(t, data)
	if info, err := os.Stat(filepath.Join(data, "control.sock")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the socket is %v, %v; want it to be its owner's only", info, err)
	}
	ok(t, data, "user", "add", "سمر", "--role", "annotator")
	c := browser(t, ok(t, data, "user", "link", "سمر"))
	if list := getJSON[[]wire.Project](t, c, p.url+"/api/projects"); len(list) != 2 {
		t.Errorf("the annotator sees %d projects, want 2", len(list))
	}
	token := strings.TrimSpace(ok(t, data, "user", "token", "سمر"))
	req, _ := http.NewRequest("GET", p.url+"/api/me", nil)
	req.Header.Set("Authorization", "Bearer "+token)
	if resp, err := http.DefaultClient.Do(req); err != nil || resp.StatusCode != 200 {
		t.Errorf("with the token: %v, %v", resp.Status, err)
	}
	if code := p.end(syscall.SIGTERM); code != 0 {
		t.Errorf("stopped on SIGTERM: exit %d\n%s", code, p.said())
	}
	if _, err := os.Stat(filepath.Join(data, "control.sock")); err == nil {
		t.Error("the server left its socket")
	}
	ok(t, data, "check")
}

func TestAFolderDeepDownHasASocketToo(t *testing.T) {
	data := filepath.Join(t.TempDir(), strings.Repeat("deep/", 30), "data")
	if err := os.MkdirAll(data, 0o700); err != nil {
		t.Fatal(err)
	}
	serve(t, data)
	ok(t, data, "project", "create", "x")
}

func TestTheFirstStartPrintsAOneTimeLinkAndLaterOnesDoNot(t *testing.T) {
	data := t.TempDir()
	p := serve(t, data)
	link := linkPattern.FindString(p.said())
	me := getJSON[wire.Me](t, browser(t, link), p.url+"/api/me")
	if me.Name != "admin" || me.Role != wire.Lead {
		t.Errorf("the link signs in %+v", me)
	}
	p.end(os.Interrupt)
	if p := serve(t, data); linkPattern.MatchString(p.said()) {
		t.Errorf("the second start printed a link: %s", p.said())
	}
}

func TestTheDemoIsThereOnceAndEveryStartPrintsAFreshLink(t *testing.T) {
	data := t.TempDir()
	links := map[string]bool{}
	for range 2 {
		p := serve(t, data, "--demo")
		link := linkPattern.FindString(p.said())
		links[link] = true
		c := browser(t, link)
		list := getJSON[[]wire.Project](t, c, p.url+"/api/projects")
		if len(list) != 1 || list[0].ID != "demo" || list[0].Name != "تجربة حاشية" || list[0].Articles < 5 {
			t.Errorf("the demo is %+v", list)
		}
		articles := getJSON[[]wire.ArticleSummary](t, c, p.url+"/api/projects/demo/articles")
		a := getJSON[article.Article](t, c, p.url+"/api/projects/demo/articles/"+articles[0].ID)
		if err := a.Validate(); err != nil {
			t.Error(err)
		}
		p.end(syscall.SIGTERM)
	}
	if len(links) != 2 {
		t.Errorf("two starts printed %d links", len(links))
	}
	other := t.TempDir()
	ok(t, other, "project", "create", "mine")
	serve(t, other, "--demo")
	if out := ok(t, other, "project", "list"); strings.Contains(out, "demo") {
		t.Errorf("a demo was put beside somebody's work: %s", out)
	}
}

func TestATakenAddressAndAFolderInUseAreClearErrors(t *testing.T) {
	data := t.TempDir()
	p := serve(t, data)
	addr := strings.TrimPrefix(p.url, "http://")
	if _, errs, code := run(t, t.TempDir(), "serve", "--addr", addr); code != 1 || !strings.Contains(errs, "--addr") {
		t.Errorf("a taken address: exit %d, %s", code, errs)
	}
	if _, errs, code := run(t, data, "serve", "--addr", "127.0.0.1:0"); code != 1 || !strings.Contains(errs, "in use") {
		t.Errorf("a folder in use: exit %d, %s", code, errs)
	}
}
