package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	stdsync "sync"
	"syscall"
	"testing"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/wire"
)

func TestStoppingFinishesWhatIsUnderWayAndLosesNothingAcknowledged(t *testing.T) {
	const writers = 8
	var people []string
	for i := range writers {
		people = append(people, fmt.Sprint("annotator", i))
	}
	data := newsroom(t, people...)
	p := serve(t, data)
	acked := make([]uint64, writers)
	links := make([]*http.Client, writers)
	var working stdsync.WaitGroup
	for i, name := range people {
		links[i] = browser(t, ok(t, data, "user", "link", name))
		art := theArticle(t, links[i], p.url)
		working.Go(func() {
			for {
				results, err := push(links[i], p.url, span(&art, "news", fmt.Sprint("device", i), acked[i]+1))
				if err != nil {
					if strings.Contains(err.Error(), "{") && !strings.Contains(err.Error(), "stopping") {
						t.Errorf("a push was answered with %v", err)
					}
					return
				}
				if results[0].Outcome == wire.Accepted {
					acked[i]++
				}
			}
		})
	}
	time.Sleep(300 * time.Millisecond)
	if code := p.end(syscall.SIGTERM); code != 0 {
		t.Errorf("exit %d\n%s", code, p.said())
	}
	working.Wait()
	ok(t, data, "check")
	p = serve(t, data)
	total := uint64(0)
	for i, name := range people {
		c := browser(t, ok(t, data, "user", "link", name))
		there := opsOf(t, c, p.url)
		for seq := range acked[i] {
			if subject := fmt.Sprint("device", i, "-", seq+1); there[subject] != 1 {
				t.Errorf("%s was acknowledged, and is there %d times", subject, there[subject])
			}
		}
		total += acked[i]
	}
	if total < 2*writers {
		t.Errorf("only %d ops were acknowledged: the stop hit nothing", total)
	}
}

func TestASecondSignalStopsAtOnce(t *testing.T) {
	data := newsroom(t, "سمر")
	p := serve(t, data, "--grace", "1h")
	// A request that never comes to its end.
	c, err := net.Dial("tcp", strings.TrimPrefix(p.url, "http://"))
	check(t, err)
	defer c.Close()
	fmt.Fprintf(c, "POST /api/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n")
	// The server says so when the request's handler asks for its body.
	if line, err := bufio.NewReader(c).ReadString('\n'); err != nil || !strings.Contains(line, "100 Continue") {
		t.Fatalf("%q, %v", line, err)
	}
	check(t, p.cmd.Process.Signal(syscall.SIGTERM))
	until(t, "it says that it stops", func() bool { return strings.Contains(p.said(), "stopping") })
	select {
	case <-p.done:
		t.Fatal("it did not wait for the request")
	case <-time.After(200 * time.Millisecond):
	}
	p.end(syscall.SIGTERM)
	if p.cmd.ProcessState.Success() {
		t.Error("being cut off is told as a success")
	}
	ok(t, data, "check")
}

func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !is(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("not after 20 s: %s", what)
		}
	}
}

// socket is a client of the socket in the data folder.
func socket(data string) *http.Client {
	return &http.Client{Transport: &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
		return net.Dial("unix", filepath.Join(data, "control.sock"))
	}}}
}

func fetch(t *testing.T, c *http.Client, url string) (status int, body string) {
	t.Helper()
	resp, err := c.Get(url)
	check(t, err)
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	check(t, err)
	return resp.StatusCode, string(b)
}

func TestMetricsAreForTheOperatorAndTheMonitorsAddressOnly(t *testing.T) {
	data := newsroom(t, "سمر")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	monitor := l.Addr().String()
	l.Close()
	p := serve(t, data, "--monitor", monitor)
	c := browser(t, ok(t, data, "user", "link", "سمر"))
	art := theArticle(t, c, p.url)
	if _, err := push(c, p.url, span(&art, "news", "d1", 1)); err != nil {
		t.Fatal(err)
	}
	if status, body := fetch(t, http.DefaultClient, p.url+"/metrics"); status != 401 || strings.Contains(body, "hashiya_") {
		t.Errorf("nobody gets %d from the public address", status)
	}
	if status, _ := fetch(t, c, p.url+"/metrics"); status != 403 {
		t.Errorf("an annotator gets %d from the public address", status)
	}
	for _, path := range []string{"/", "/api/projects", "/api/backup"} {
		if status, _ := fetch(t, http.DefaultClient, "http://"+monitor+path); status != 404 {
			t.Errorf("the monitor's address answers %s with %d", path, status)
		}
	}
	until(t, "the folder was checked", func() bool {
		_, body := fetch(t, http.DefaultClient, "http://"+monitor+"/metrics")
		return !strings.Contains(body, "hashiya_check_success_timestamp_seconds 0")
	})
	for name, get := range map[string]func() (int, string){
		"the socket":            func() (int, string) { return fetch(t, socket(data), "http://x/metrics") },
		"the monitor's address": func() (int, string) { return fetch(t, http.DefaultClient, "http://"+monitor+"/metrics") },
	} {
		status, body := get()
		if status != 200 {
			t.Errorf("%s: %d", name, status)
		}
		for _, want := range []string{
			`hashiya_ops_total{outcome="accepted"} 1`, `hashiya_ops_total{outcome="refused"} 0`,
			"hashiya_log_commit_seconds_count ", "hashiya_log_records_total ", "hashiya_log_queue_length 0", "hashiya_live_connections 0",
			"hashiya_disk_free_bytes ", "hashiya_disk_reserve_bytes 5.36870912e+08", `hashiya_badger_bytes{part="tables"} `,
			`hashiya_http_request_seconds_count{route="POST /api/ops",status="2xx"} 1`, `hashiya_build_info{version="dev"} 1`,
			"hashiya_connections ", "go_goroutines ", "process_resident_memory_bytes ",
		} {
			if !strings.Contains(body, "\n"+want) {
				t.Errorf("%s: no %s", name, want)
			}
		}
	}
	for _, path := range []string{"/healthz", "/readyz"} {
		for _, url := range []string{p.url, "http://" + monitor} {
			if status, _ := fetch(t, http.DefaultClient, url+path); status != 200 {
				t.Errorf("%s%s: %d", url, path, status)
			}
		}
	}
}

func TestOneConnectionTooManyIsToldSo(t *testing.T) {
	p := serve(t, newsroom(t), "--max-connections", "3")
	http.DefaultClient.CloseIdleConnections()
	var held []net.Conn
	for range 3 {
		c, err := net.Dial("tcp", strings.TrimPrefix(p.url, "http://"))
		check(t, err)
		defer c.Close()
		held = append(held, c)
	}
	fresh := func() *http.Client { return &http.Client{Transport: &http.Transport{DisableKeepAlives: true}} }
	until(t, "there are too many", func() bool { status, _ := fetch(t, fresh(), p.url+"/api/version"); return status == 503 })
	resp, err := fresh().Get(p.url + "/api/version")
	check(t, err)
	var problem wire.Problem
	check(t, json.NewDecoder(resp.Body).Decode(&problem))
	resp.Body.Close()
	if problem.Code != "connections" || resp.Header.Get("Retry-After") == "" {
		t.Errorf("%s %+v", resp.Status, problem)
	}
	if status, _ := fetch(t, fresh(), p.url+"/healthz"); status != 200 {
		t.Errorf("/healthz answers %d where there are too many", status)
	}
	held[0].Close()
	until(t, "there is room again", func() bool { status, _ := fetch(t, fresh(), p.url+"/api/version"); return status == 200 })
}

// Everything that should not be in the log is told to the server: a session at
// the most talkative level, and then the log is searched for it.
func TestTheLogHasNoTextAndNoSecret(t *testing.T) {
	data := newsroom(t, "سمر")
	p := serve(t, data, "--log-level", "debug", "--log-format", "json")
	link := strings.TrimSpace(ok(t, data, "user", "link", "سمر"))
	token := strings.TrimSpace(ok(t, data, "user", "token", "سمر"))
	c := browser(t, link)
	art := theArticle(t, c, p.url)
	o := span(&art, "news", "d1", 1)
	comment := annotation.Op{
		V: 1, Device: "d1", Seq: 2, Lamport: 2, Project: "news", Article: art.ID, TextSHA256: art.TextSHA256, Scheme: 1, Time: o.Time,
		Change: annotation.Change{Subject: "c1", Kind: annotation.PutComment, Comment: &annotation.Comment{Text: "تعليق سري للغاية"}},
	}
	if _, err := push(c, p.url, o, comment); err != nil {
		t.Fatal(err)
	}
	if _, err := push(c, p.url, span(&art, "nix", "d1", 9)); err == nil {
		t.Error("a gap was taken")
	}
	post := func(method, path, body string) {
		req, err := http.NewRequest(method, p.url+path, strings.NewReader(body))
		check(t, err)
		req.Header.Set("Content-Type", "application/json")
		resp, err := c.Do(req)
		check(t, err)
		resp.Body.Close()
	}
	post("PUT", "/api/me/password", `{"new":"كلمة سر طويلة جدا"}`)
	post("POST", "/api/login", `{"name":"سمر","password":"كلمة خاطئة تماما"}`)
	post("POST", "/api/login", `{"name":"سمر","password":"كلمة سر طويلة جدا"}`)
	post("POST", "/api/login/link", `{"token":"guessed-link-token"}`)
	post("POST", "/api/ops", `{"garbage":"نص لا يفهم`)
	req, err := http.NewRequest("GET", p.url+"/api/me?token=secret-in-a-query", nil)
	check(t, err)
	req.Header.Set("Authorization", "Bearer "+token)
	if resp, err := http.DefaultClient.Do(req); err != nil || resp.StatusCode != 200 {
		t.Errorf("with the token: %v, %v", resp, err)
	}
	ok(t, data, "export", "--project", "news", "--out", filepath.Join(t.TempDir(), "out"))
	ok(t, data, "backup", "--out", filepath.Join(t.TempDir(), "backup"))
	ok(t, data, "check")
	u, err := http.NewRequest("GET", p.url, nil)
	check(t, err)
	cookie := c.Jar.Cookies(u.URL)[0].Value
	p.end(syscall.SIGTERM)

	said := p.said()
	if !strings.Contains(said, `"route":"POST /api/ops"`) || !strings.Contains(said, `"account":"سمر"`) {
		t.Errorf("the log is not that of the session:\n%s", said)
	}
	for line := range strings.Lines(said) {
		if strings.HasPrefix(line, "{") && !json.Valid([]byte(line)) {
			t.Errorf("a line is not JSON: %s", line)
		}
	}
	_, secret, _ := strings.Cut(link, "#")
	for what, s := range map[string]string{
		"the text": "بوتين", "the text's Latin": "Gazprom", "a comment": "تعليق سري", "a password": "كلمة سر طويلة", "a wrong password": "كلمة خاطئة",
		"a link": secret, "a token": token, "a cookie": cookie, "a guessed link": "guessed-link", "a query": "secret-in-a-query", "a bad body": "نص لا يفهم",
		"a hash of a password": "argon2id",
	} {
		if escaped, _ := json.Marshal(s); strings.Contains(said, s) || strings.Contains(said, strings.Trim(string(escaped), `"`)) {
			t.Errorf("the log tells %s: %q", what, s)
		}
	}
}

// A server finds what its disk loses while it runs, and stops.
func TestAServerWhoseFolderIsDamagedUnderItStops(t *testing.T) {
	s := makeSound(t).copy(t, false)
	p := serve(t, s.dir, "--check-every", "200ms")
	until(t, "the first check", func() bool { return strings.Contains(p.said(), "is whole") })
	// Opening writes tables and merges them; one of those that stay is damaged.
	var tables []string
	since := time.Now()
	until(t, "the tables are settled", func() bool {
		now, _ := filepath.Glob(filepath.Join(s.dir, "badger", "*.sst"))
		if !slices.Equal(now, tables) {
			tables, since = now, time.Now()
		}
		return len(tables) > 0 && time.Since(since) > 2*time.Second
	})
	flip(t, tables[0], 100)
	until(t, "the server has stopped", func() bool {
		select {
		case <-p.done:
			return true
		default:
			return false
		}
	})
	if code := p.cmd.ProcessState.ExitCode(); code != 1 || !strings.Contains(p.said(), "log: damaged: ") {
		t.Errorf("exit %d: %s", code, p.said())
	}
}

func TestLimitsThatMakeNoSenseAreWrongUsage(t *testing.T) {
	for _, args := range [][]string{
		{"--rate", "0"}, {"--max-connections", "0"}, {"--reserve", "much"}, {"--reserve", "-1GiB"}, {"--max-import", "9999999TiB"}, {"--grace", "-1s"}, {"--log-format", "xml"}, {"--log-level", "loud"},
	} {
		if _, errs, code := run(t, t.TempDir(), append([]string{"serve"}, args...)...); code != 2 || errs == "" {
			t.Errorf("hashiya serve %v: exit %d, %q", args, code, errs)
		}
	}
}
