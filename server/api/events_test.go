package api_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/wire"
)

// stream opens the live events and returns what comes, decoded.
func (a *agent) stream(query string, header ...string) (<-chan message, *http.Response) {
	a.t.Helper()
	req, _ := http.NewRequestWithContext(a.t.Context(), "GET", a.url+"/api/events?"+query, nil)
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := a.http.Do(req)
	if err != nil {
		a.t.Fatal(err)
	}
	a.t.Cleanup(func() { resp.Body.Close() })
	out := make(chan message, 100)
	go func() {
		defer close(out)
		var m message
		lines := bufio.NewScanner(resp.Body)
		lines.Buffer(nil, 64<<20)
		for lines.Scan() {
			name, value, _ := strings.Cut(lines.Text(), ": ")
			switch name {
			case "id":
				m.id = value
			case "data":
				// The end of the test cuts the stream anywhere.
				if err := json.Unmarshal([]byte(value), &m.events); err != nil && a.t.Context().Err() == nil {
					a.t.Errorf("a message is not Events: %s", value)
				}
			case "":
				out <- m
				m = message{}
			}
		}
	}()
	return out, resp
}

type message struct {
	id     string
	events wire.Events
}

func next(t *testing.T, c <-chan message) message {
	t.Helper()
	select {
	case m, ok := <-c:
		if !ok {
			t.Fatal("the stream ended")
		}
		return m
	case <-time.After(5 * time.Second):
		t.Fatal("nothing came within 5 s")
	}
	panic("unreachable")
}

func TestOpsReachTheAuthorsOtherDevicesAtOnceAndNobodyElse(t *testing.T) {
	s, art := withArticle(t)
	a, other := s.add("سمر", wire.Annotator), s.add("omar", wire.Annotator)
	live, resp := a.stream("after=0")
	if resp.Header.Get("Content-Type") != "text/event-stream" || resp.Header.Get("X-Accel-Buffering") != "no" {
		t.Errorf("the stream's header is %v", resp.Header)
	}
	others, _ := other.stream("after=0")
	if m := next(t, live); len(m.events.Events) != 1 || m.events.Events[0].Changed.Project != "news" {
		t.Errorf("at first comes %+v, want that news changed", m)
	}
	next(t, others)

	begun := time.Now()
	pos := a.push(span(&art, "d1", 1, "s1"))[0].Pos
	m := next(t, live)
	if took := time.Since(begun); took > time.Second {
		t.Errorf("the op took %v to the other device", took)
	}
	if len(m.events.Events) != 1 || m.events.Events[0].Pos != pos || m.events.Events[0].Op.Subject != "s1" || m.events.Events[0].Author != "سمر" {
		t.Errorf("the op came as %+v", m.events)
	}
	if m.id != fmt.Sprint(m.events.Cursor) || m.events.Cursor < pos {
		t.Errorf("the message's id is %s, its cursor %d, the op's position %d", m.id, m.events.Cursor, pos)
	}
	s.asOperator().upload("news", file{"b.txt", "نص ثان"})
	if m := next(t, others); len(m.events.Events) != 1 || m.events.Events[0].Changed == nil {
		t.Errorf("the other annotator got %+v, want only that the project changed", m)
	}
}

// The session belongs to the whole browser. A tab that still works for whoever
// was there before must not be moved past ops that it was never shown.
func TestALiveConnectionOfSomebodyElsesSessionIsRefused(t *testing.T) {
	s, _ := withArticle(t)
	a := s.add("سمر", wire.Annotator)
	for _, poll := range []string{"&poll=1", ""} {
		a.refuse(401, "unauthorized", "GET", "/api/events?after=0&user="+url.QueryEscape("هند")+poll, nil)
	}
	live, _ := a.stream("after=0&user=" + url.QueryEscape("سمر"))
	if m := next(t, live); m.events.Cursor == 0 {
		t.Errorf("in her own session comes %+v", m)
	}
}

func TestAStreamGoesOnWhereItBroke(t *testing.T) {
	s, art := withArticle(t)
	a := s.add("سمر", wire.Annotator)
	first := a.push(span(&art, "d1", 1, "s1"))[0].Pos
	second := a.push(span(&art, "d1", 2, "s2"))[0].Pos
	live, _ := a.stream("after=0", "Last-Event-ID", fmt.Sprint(first))
	m := next(t, live)
	if len(m.events.Events) != 1 || m.events.Events[0].Pos != second {
		t.Errorf("behind %d comes %+v, want the op at %d", first, m.events, second)
	}
}

func TestAClientAheadOfTheLogGetsEverythingAgain(t *testing.T) {
	s, art := withArticle(t)
	a := s.add("سمر", wire.Annotator)
	a.push(span(&art, "d1", 1, "s1"))
	live, _ := a.stream("after=999999")
	if m := next(t, live); len(m.events.Events) != 2 {
		t.Errorf("it got %+v", m.events)
	}
}

func TestALongBacklogComesWholeAndInOrder(t *testing.T) {
	s, art := withArticle(t)
	a := s.add("سمر", wire.Annotator)
	const ops = 1200
	for from := uint64(1); from <= ops; from += 400 {
		var batch = []uint64{}
		for i := range uint64(400) {
			batch = append(batch, from+i)
		}
		pushed := a.push(spans(&art, "d1", batch)...)
		if len(pushed) != 400 {
			t.Fatal("not all were pushed")
		}
	}
	live, _ := a.stream("after=0")
	seq, last := uint64(0), uint64(0)
	for seq < ops {
		for _, e := range next(t, live).events.Events {
			if e.Pos <= last {
				t.Fatalf("position %d comes behind %d", e.Pos, last)
			}
			last = e.Pos
			if e.Op != nil {
				if seq++; e.Op.Seq != seq {
					t.Fatalf("op %d comes where %d belongs", e.Op.Seq, seq)
				}
			}
		}
	}
}

func TestALongPollWaitsForNews(t *testing.T) {
	s, art := withArticle(t)
	a := s.add("سمر", wire.Annotator)
	begin := call[wire.Events](a, "GET", "/api/events?poll=1", nil)
	got := make(chan wire.Events)
	go func() {
		got <- call[wire.Events](a, "GET", fmt.Sprintf("/api/events?poll=1&after=%d", begin.Cursor), nil)
	}()
	select {
	case e := <-got:
		t.Fatalf("it did not wait, but got %+v", e)
	case <-time.After(100 * time.Millisecond):
	}
	a.push(span(&art, "d1", 1, "s1"))
	select {
	case e := <-got:
		if len(e.Events) != 1 || e.Events[0].Op == nil {
			t.Errorf("it got %+v", e)
		}
	case <-time.After(5 * time.Second):
		t.Error("the news did not end the wait")
	}
}

func TestAClientThatDoesNotReadHoldsUpNobody(t *testing.T) {
	s, art := withArticle(t)
	a := s.add("سمر", wire.Annotator)
	for range 5 {
		c, err := net.Dial("tcp", strings.TrimPrefix(a.url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		fmt.Fprintf(c, "GET /api/events HTTP/1.1\r\nHost: x\r\nCookie: %s\r\n\r\n", a.cookies())
	}
	// More than the buffers of a loopback connection take.
	note := strings.Repeat("ملاحظة ", 1200)
	for seq := uint64(1); seq <= 1000; seq += 50 {
		var ops []annotation.Op
		for i := range uint64(50) {
			o := span(&art, "d1", seq+i, fmt.Sprint("c", seq+i))
			o.Change = annotation.Change{Subject: o.Subject, Kind: annotation.PutComment, Comment: &annotation.Comment{Text: note}}
			ops = append(ops, o)
		}
		begun := time.Now()
		a.push(ops...)
		if took := time.Since(begun); took > writeTime {
			t.Fatalf("a push took %v: it waited for a client that does not read", took)
		}
	}
	live, _ := a.stream("after=0")
	next(t, live)
}

// writeTime is what a client has to take a batch.
const writeTime = 10 * time.Second

func TestStoppingEndsLiveStreams(t *testing.T) {
	s, _ := withArticle(t)
	live, _ := s.add("سمر", wire.Annotator).stream("after=0")
	next(t, live)
	closed := make(chan bool)
	go func() { s.close(); close(closed) }()
	select {
	case <-closed:
	case <-time.After(5 * time.Second):
		t.Fatal("an open stream kept the server from stopping")
	}
}

// Labels are small, notes need not be.
func TestABacklogOfLongNotesComesInBatchesOfBoundedSize(t *testing.T) {
	s, art := withArticle(t)
	a := s.add("سمر", wire.Annotator)
	const notes = 60
	long := strings.Repeat("حاشية ", annotation.MaxNote/6)
	var ops []annotation.Op
	for i := range uint64(notes) {
		o := span(&art, "d1", i+1, fmt.Sprint("n", i))
		o.Change = annotation.Change{Subject: o.Subject, Kind: annotation.PutComment, Comment: &annotation.Comment{Text: long}}
		ops = append(ops, o)
	}
	a.push(ops[:notes/2]...)
	a.push(ops[notes/2:]...)
	live, _ := a.stream("after=0")
	for seq := uint64(0); seq < notes; {
		batch, size := next(t, live).events, 0
		for _, e := range batch.Events {
			if e.Op != nil {
				if seq++; e.Op.Seq != seq {
					t.Fatalf("op %d comes where %d belongs", e.Op.Seq, seq)
				}
				size += len(e.Op.Comment.Text)
			}
		}
		if most := 256<<10 + len(long); size > most {
			t.Errorf("a batch of %d bytes, want at most %d", size, most)
		}
	}
}
