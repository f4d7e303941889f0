package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"mime/multipart"
	"net/http"
	"net/url"
	"sync"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/wire"
	"hashiya/server/internal/audit"
)

const project = "load"

// text is what every article has, behind a number.
const text = "قال «بوتين» إنّ روســيا تشكر للأردن، وبالعراق والعِراق 🙂 Gazprom 2024.\n\nوفي سبتمبر/أيلول زار لأذربيجان.\n"

// team is who loads the server.
type team struct {
	url       string
	client    *http.Client // of the annotators
	operator  *http.Client
	people    []*annotator
	listeners sync.WaitGroup

	mu      sync.Mutex
	changed []time.Time            // when each change of the project was asked for…
	heard   map[uint64][]time.Time // …and by position when connections heard of it
	base    uint64                 // changes behind this position count
	failure []error
}

// annotator has one device that writes, and several that listen.
type annotator struct {
	name, token, device string
	article             article.Article
	devices             int // that listen

	mu    sync.Mutex
	due   map[uint64]time.Time   // by seq: when the op was to be made
	seen  map[uint64][]time.Time // by seq: when listening devices got it
	acked []audit.Op
	took  []time.Duration // from due until acknowledged, one an acked op
}

// gather makes the project, its first articles, and the annotators.
func gather(ctx context.Context, s *server, o options) (*team, error) {
	transport := &http.Transport{MaxIdleConnsPerHost: o.Live + o.Annotators, DisableCompression: true, ReadBufferSize: 2048, WriteBufferSize: 1024}
	t := &team{url: s.url, client: &http.Client{Transport: transport}, operator: s.operator(), heard: map[uint64][]time.Time{}}
	if err := t.call(ctx, t.operator, "", "POST", "/api/projects", wire.NewProject{ID: project, Name: "حِمل"}, new(wire.Project)); err != nil {
		return nil, err
	}
	const articles = 20
	for i := range articles {
		if err := t.addArticle(ctx, i); err != nil {
			return nil, err
		}
	}
	var list []wire.ArticleSummary
	if err := t.call(ctx, t.operator, "", "GET", "/api/projects/"+project+"/articles", nil, &list); err != nil {
		return nil, err
	}
	if len(list) != articles {
		return nil, fmt.Errorf("%d articles were added, %d are there", articles, len(list))
	}
	var all []article.Article
	for _, l := range list {
		var a article.Article
		if err := t.call(ctx, t.operator, "", "GET", "/api/projects/"+project+"/articles/"+l.ID, nil, &a); err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	for i := range o.Annotators {
		a := &annotator{name: fmt.Sprint("موسِّم", i), device: fmt.Sprint("device", i), article: all[i%len(all)], due: map[uint64]time.Time{}, seen: map[uint64][]time.Time{}}
		if err := t.call(ctx, t.operator, "", "POST", "/api/users", wire.Account{Name: a.name, Role: wire.Annotator}, new(wire.Account)); err != nil {
			return nil, err
		}
		var token wire.Token
		if err := t.call(ctx, t.operator, "", "POST", "/api/users/"+url.PathEscape(a.name)+"/token", nil, &token); err != nil {
			return nil, err
		}
		a.token = token.Token
		t.people = append(t.people, a)
	}
	return t, nil
}

func (t *team) call(ctx context.Context, c *http.Client, token, method, path string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	return t.send(ctx, c, token, method, path, "application/json", body, out)
}

func (t *team) send(ctx context.Context, c *http.Client, token, method, path, kind string, body []byte, out any) error {
	req, err := http.NewRequestWithContext(ctx, method, t.url+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", kind)
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := c.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode/100 != 2 {
		b, _ := io.ReadAll(resp.Body)
		return fmt.Errorf("%s %s: %s: %s", method, path, resp.Status, b)
	}
	err = json.NewDecoder(resp.Body).Decode(out)
	io.Copy(io.Discard, resp.Body) // else the connection is not used again
	return err
}

func (t *team) addArticle(ctx context.Context, number int) error {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", fmt.Sprintf("%d.txt", number))
	if err != nil {
		return err
	}
	fmt.Fprintf(part, "خبر %d\n\n%s", number, text)
	if err := form.Close(); err != nil {
		return err
	}
	var report wire.ImportReport
	err = t.send(ctx, t.operator, "", "POST", "/api/projects/"+project+"/articles", form.FormDataContentType(), body.Bytes(), &report)
	if err == nil && report.Added != 1 {
		err = fmt.Errorf("adding an article: %+v", report)
	}
	return err
}

// connect opens the live connections, a few at a time, and returns when each has
// had its first batch.
func (t *team) connect(ctx context.Context, n int) error {
	opening := make(chan struct{}, 50)
	var first sync.WaitGroup
	for i := range n {
		a := t.people[i%len(t.people)]
		a.devices++
		opening <- struct{}{}
		first.Add(1)
		ready := sync.OnceFunc(func() { <-opening; first.Done() })
		t.listeners.Go(func() {
			defer ready()
			for after := uint64(0); ctx.Err() == nil; {
				var err error
				if after, err = t.listen(ctx, a, after, ready); ctx.Err() == nil {
					t.fail(fmt.Errorf("a live connection of %s ended: %w", a.name, err))
					time.Sleep(time.Second)
				}
			}
		})
	}
	first.Wait()
	t.mu.Lock()
	defer t.mu.Unlock()
	for pos := range t.heard {
		t.base = max(t.base, pos)
	}
	return errors.Join(t.failure...)
}

// listen is one live connection. It returns how far it got and why it ended.
func (t *team) listen(ctx context.Context, a *annotator, after uint64, ready func()) (uint64, error) {
	req, err := http.NewRequestWithContext(ctx, "GET", fmt.Sprintf("%s/api/events?after=%d", t.url, after), nil)
	if err != nil {
		return after, err
	}
	req.Header.Set("Authorization", "Bearer "+a.token)
	resp, err := t.client.Do(req)
	if err != nil {
		return after, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		b, _ := io.ReadAll(resp.Body)
		return after, fmt.Errorf("%s: %s", resp.Status, b)
	}
	lines := bufio.NewScanner(resp.Body)
	lines.Buffer(make([]byte, 0, 1024), 4<<20)
	for lines.Scan() {
		data, ok := bytes.CutPrefix(lines.Bytes(), []byte("data: "))
		now := time.Now()
		if !ok {
			continue
		}
		var batch wire.Events
		if err := json.Unmarshal(data, &batch); err != nil {
			return after, err
		}
		for _, e := range batch.Events {
			if e.Op != nil {
				a.mu.Lock()
				a.seen[e.Op.Seq] = append(a.seen[e.Op.Seq], now)
				a.mu.Unlock()
			} else {
				t.mu.Lock()
				t.heard[e.Pos] = append(t.heard[e.Pos], now)
				t.mu.Unlock()
			}
		}
		after = max(after, batch.Cursor) // a beat has none
		ready()
	}
	return after, errors.Join(lines.Err(), io.EOF)
}

func (t *team) fail(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.failure = append(t.failure, err)
}

func (t *team) firstFailure() error {
	if len(t.failure) == 0 {
		return nil
	}
	return t.failure[0]
}

// work lets everybody work for the time of the options. An op that is late
// counts from when it was to be made, so that a slow server is not spared.
func (t *team) work(ctx context.Context, o options) error {
	begin := time.Now().Add(100 * time.Millisecond)
	var all sync.WaitGroup
	for i, a := range t.people {
		all.Go(func() {
			due := begin.Add(o.Every * time.Duration(i) / time.Duration(len(t.people)))
			for seq := uint64(1); due.Before(begin.Add(o.Duration)) && until(ctx, due); seq++ {
				if err := t.label(ctx, a, seq, due); err != nil {
					t.fail(err)
					return
				}
				due = due.Add(o.Every)
			}
		})
	}
	all.Go(func() {
		for due, n := begin.Add(o.Change/2), 1000; due.Before(begin.Add(o.Duration)) && until(ctx, due); due, n = due.Add(o.Change), n+1 {
			t.mu.Lock()
			t.changed = append(t.changed, time.Now())
			t.mu.Unlock()
			if err := t.addArticle(ctx, n); err != nil {
				t.fail(err)
				return
			}
		}
	})
	all.Wait()
	return ctx.Err()
}

// until waits for a time; false where ctx ended first.
func until(ctx context.Context, at time.Time) bool {
	select {
	case <-time.After(time.Until(at)):
		return true
	case <-ctx.Done():
		return false
	}
}

// label makes one op and has it acknowledged.
func (t *team) label(ctx context.Context, a *annotator, seq uint64, due time.Time) error {
	start := int(seq) % 40
	o := annotation.Op{
		V: annotation.Version, Device: a.device, Seq: seq, Lamport: seq, Project: project, Article: a.article.ID, TextSHA256: a.article.TextSHA256, Scheme: 1,
		Time:   due.UTC().Format(time.RFC3339),
		Change: annotation.Change{Subject: fmt.Sprint(a.device, "-", seq), Kind: annotation.PutSpan, Span: &annotation.Span{Start: start, End: start + 3, Label: "PER"}},
	}
	a.mu.Lock()
	a.due[seq] = due
	a.mu.Unlock()
	var answer wire.PushResponse
	if err := t.call(ctx, t.client, a.token, "POST", "/api/ops", wire.PushRequest{Client: "load", User: a.name, Ops: []annotation.Op{o}}, &answer); err != nil {
		return err
	}
	now := time.Now()
	if len(answer.Results) != 1 || answer.Results[0].Outcome != wire.Accepted {
		return fmt.Errorf("op %s of %s was answered with %+v", o.ID(), a.name, answer.Results)
	}
	a.acked = append(a.acked, audit.Op{Author: a.name, Pos: answer.Results[0].Pos, Op: o})
	a.took = append(a.took, now.Sub(due))
	return nil
}

// settle waits until every connection has heard of all that it should, for at
// most 30 s, and returns how much is missing or came twice.
func (t *team) settle(ctx context.Context) (wrong int) {
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end) && ctx.Err() == nil; time.Sleep(100 * time.Millisecond) {
		if wrong = t.unseen(); wrong == 0 {
			break
		}
	}
	return wrong
}

func (t *team) unseen() (wrong int) {
	live := 0
	for _, a := range t.people {
		a.mu.Lock()
		live += a.devices
		for _, op := range a.acked {
			wrong += distance(len(a.seen[op.Op.Seq]), a.devices)
		}
		a.mu.Unlock()
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	changes := 0
	for pos, times := range t.heard {
		if pos > t.base {
			changes++
			wrong += distance(len(times), live)
		}
	}
	return wrong + distance(changes, len(t.changed))*live
}

func distance(a, b int) int { return int(math.Abs(float64(a - b))) }

// verify looks up every op in the data folder that the server has left.
func (t *team) verify(ctx context.Context, s *server) error {
	var acked []audit.Op
	for _, a := range t.people {
		acked = append(acked, a.acked...)
	}
	say("looking up %d ops", len(acked))
	return audit.Folder(ctx, s.data, acked)
}
