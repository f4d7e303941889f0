package simulation

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/scheme"
	"hashiya/app/wire"
	"hashiya/server/access"
	"hashiya/server/accounts"
	"hashiya/server/api"
	"hashiya/server/internal/platter"
	"hashiya/server/kv"
	"hashiya/server/kv/memkv"
	"hashiya/server/log"
	"hashiya/server/log/badgerlog"
	"hashiya/server/log/memlog"
	"hashiya/server/record"
	"hashiya/server/view"
)

// host is the computer that the server runs on: the real handlers over a log.
// All of it lives outside the bubble of the tabs.
type host struct {
	w        *world
	engine   engine
	up       bool
	full     bool // its disk
	skew     time.Duration
	server   *api.Server
	tap      *tap
	store    kv.Store          // of the view
	tokens   map[string]string // user → bearer token
	articles []article.Article
	scheme   scheme.Scheme

	journal   []log.Record // what the log has taken, by position − 1
	meanwhile func()       // runs between the decision to append and the append
	crash     crash        // at which point of the next append it crashes
	hit       bool         // that point was reached
}

type crash int

const (
	never crash = iota
	beforeAppend
	midCommit   // the entries are applied, and not committed
	afterAppend // they are durable, and nobody was told
)

// engine is the log with its view, and what a crash leaves of them.
type engine interface {
	open(h *host) (log.Log, kv.Store, error)
	// taken is called after every append, before anybody is told.
	taken() error
	// kill leaves what is on the disk.
	kill()
	// stop closes in an orderly way.
	stop() error
	// refold drops the view, as a program of another generation does.
	refold()
	check() error
}

const project = "news"

// awkward has all that goes wrong easily: proclitics, tashkeel, tatweel,
// lam-alef, quotes, digits and Latin, two names of a month, RLM, LRM, ZWNJ, an
// emoji, CRLF, a decomposed letter.
const awkward = "قال «بوتين» إنّه سيعود لأذربيجان في سبتمبر/أيلول 2024،\r\nوأضافت شركة “Gazprom” أنّ الـــغاز وصل\u200f.\u200e می\u200cرود 🇦🇿 e\u0301té"

// found makes accounts, a project, and articles.
func (h *host) found(users []string) {
	h.scheme = scheme.Default()
	records := []log.Record{
		record.Account(access.Operator, "lead", wire.Lead),
		record.Project(access.Operator, project, "أخبار", h.scheme),
	}
	for i := range 3 {
		a := article.New(fmt.Sprint(awkward, "\r\nالفقرة ", i), "ar", article.Meta{}, nil)
		h.articles = append(h.articles, a)
		records = append(records, record.Article(access.Operator, project, a))
	}
	h.tokens = map[string]string{}
	for _, u := range append(users, "lead") {
		if u != "lead" {
			records = append(records, record.Account(access.Operator, u, wire.Annotator))
		}
		secret, hash := accounts.NewSecret()
		h.tokens[u] = secret
		records = append(records, record.Token(access.Operator, u, hash))
	}
	h.start()
	h.w.outside(func() {
		_, err := h.tap.Append(context.Background(), records...)
		h.w.must(err, "founding")
	})
}

// start opens the log and holds it against what was acknowledged.
func (h *host) start() {
	h.w.outside(func() {
		l, store, err := h.engine.open(h)
		h.w.must(err, "opening the log")
		h.tap, h.store = &tap{Log: l, h: h}, store
		h.server = api.New(api.Config{
			Log: h.tap, View: view.New(store), Sessions: memkv.New(), Files: http.NotFoundHandler(),
			Version: "simulation", URL: "http://hashiya.test", Logger: slog.New(slog.DiscardHandler),
		})
		entries := h.entries(0)
		for i, r := range h.journal {
			if i >= len(entries) || !same(entries[i].Record, r) {
				h.w.fail("entry %d was acknowledged and is not there after a restart", i+1)
			}
		}
		for _, e := range entries[len(h.journal):] {
			h.journal = append(h.journal, e.Record)
			h.w.ledger.logged(e.Record)
		}
	})
	h.up = true
}

func (h *host) view() *view.View { return view.New(h.store) }

func same(a, b log.Record) bool {
	return a.Kind == b.Kind && a.Actor == b.Actor && bytes.Equal(a.Data, b.Data)
}

// entries reads the log behind after, and checks that it has no gap.
func (h *host) entries(after log.Pos) (all []log.Entry) {
	_, _, last, err := h.tap.Info(context.Background())
	h.w.must(err, "asking the log")
	if last == after {
		return nil
	}
	end := errors.New("end")
	err = h.tap.Follow(context.Background(), after, func(entries []log.Entry) error {
		for _, e := range entries {
			if after++; e.Pos != after {
				h.w.fail("position %d follows %d", e.Pos, after-1)
			}
		}
		if all = append(all, entries...); after >= last {
			return end
		}
		return nil
	})
	if err != end {
		h.w.fail("reading the log: %v", err)
	}
	return all
}

// serve answers a request; it is called inside the bubble.
func (h *host) serve(q *request) (a answer) {
	h.w.outside(func() { a = h.answer(q.method, q.path, q.token, q.body) })
	h.meanwhile = nil
	return a
}

func (h *host) answer(method, path, token string, body []byte) answer {
	r, err := http.NewRequest(method, "http://hashiya.test"+path, bytes.NewReader(body))
	h.w.must(err, "a request")
	r.Header.Set("Authorization", "Bearer "+token)
	rec := &recorder{header: http.Header{}, status: 200}
	h.server.ServeHTTP(rec, r)
	return answer{status: rec.status, body: rec.body.Bytes()}
}

// next reads what the live stream says first to a client that connects with the
// path's position.
func (h *host) next(path, token string) (batch wire.Events, a answer) {
	h.w.outside(func() { a = h.answer("GET", path, token, nil) })
	if a.status == 200 {
		_, data, _ := bytes.Cut(a.body, []byte("data: "))
		data, _, _ = bytes.Cut(data, []byte("\n"))
		var err error
		batch, err = decodeBatch(data)
		h.w.must(err, "reading a batch of the live stream")
	}
	return batch, a
}

// recorder takes an answer; of a stream, only the first message.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header         { return r.header }
func (r *recorder) WriteHeader(status int)      { r.status = status }
func (r *recorder) Write(b []byte) (int, error) { return r.body.Write(b) }
func (r *recorder) FlushError() error           { return io.ErrClosedPipe }

// tap is the log as the handlers get it.
type tap struct {
	log.Log
	h *host
}

var errCrashed = errors.New("the server has crashed")

func (t *tap) Append(ctx context.Context, records ...log.Record) (log.Pos, error) {
	h := t.h
	if meanwhile := h.meanwhile; meanwhile != nil {
		h.meanwhile = nil
		meanwhile()
	}
	if h.crash == beforeAppend {
		h.hit = true
		return 0, errCrashed
	}
	last, err := t.Log.Append(ctx, records...)
	if err != nil {
		return last, err
	}
	if h.crash != never {
		h.hit = true
		return 0, errCrashed
	}
	if err := h.engine.taken(); err != nil {
		return 0, err
	}
	for _, r := range records {
		h.journal = append(h.journal, bytesOwned(r))
		h.w.note(h.w.now, "entry %d: %s %s", len(h.journal), r.Kind, h.w.ledger.logged(r))
		if r.Kind == record.KindOp {
			h.w.grown(r.Actor)
		} else {
			h.w.grown("")
		}
	}
	if int(last) != len(h.journal) {
		h.w.fail("the log answered position %d to entry %d", last, len(h.journal))
	}
	return last, nil
}

func bytesOwned(r log.Record) log.Record {
	r.Data = bytes.Clone(r.Data)
	return r
}

// crashed ends the server at once.
func (w *world) crashed() {
	w.note(w.now, "the server crashes")
	w.count("server crashes", 1)
	w.host.up, w.host.crash, w.host.hit = false, never, false
	w.outside(w.host.engine.kill)
	w.hangUp()
}

func (w *world) hangUp() {
	for _, c := range w.conns {
		if !c.silent && w.chance(0.8) {
			w.in(time.Second, func() { w.awake(func() { c.put(message{closed: true}) }) })
		}
	}
	w.conns = nil
}

// crashIn serves a request, and crashes at some point of its append, if it comes
// to one.
func (w *world) crashIn(q *request) (a answer, crashed bool) {
	points := []crash{beforeAppend, midCommit, afterAppend}
	at := w.rng.IntN(len(points))
	w.host.crash = points[at]
	a = w.host.serve(q)
	if crashed = w.host.hit; crashed {
		w.count([]string{"server crashes before an append", "server crashes in mid-commit", "server crashes before the answer"}[at], 1)
		w.crashed()
	}
	w.host.crash = never
	return a, crashed
}

// start brings the server up again.
func (w *world) start() {
	if !w.host.up {
		w.note(w.now, "the server starts")
		w.host.start()
	}
}

// stopped stops the server in an orderly way.
func (w *world) stopped() {
	if !w.host.up {
		return
	}
	w.note(w.now, "the server stops")
	w.count("server stops", 1)
	w.host.up = false
	w.outside(func() { w.must(w.host.engine.stop(), "stopping the server") })
	w.hangUp()
}

// inMemory is a log and a view that are not one database.
type inMemory struct {
	h     *host
	log   *memlog.Log
	store *memkv.Store
}

func (e *inMemory) open(h *host) (log.Log, kv.Store, error) {
	if e.h = h; e.log == nil {
		e.log = memlog.New(memlog.Options{Clock: h.clock})
		e.store = memkv.New()
	}
	return fullDisk{e.log, h}, kv.ReadOnly(e.store), e.taken()
}

func (e *inMemory) taken() error {
	return view.CatchUp(context.Background(), e.log, e.store, func(uint64, uint64) {})
}
func (e *inMemory) kill()        {}
func (e *inMemory) stop() error  { return nil }
func (e *inMemory) refold()      { e.store = memkv.New() }
func (e *inMemory) check() error { return nil }

// fullDisk refuses what a full disk does not take.
type fullDisk struct {
	*memlog.Log
	h *host
}

func (l fullDisk) Append(ctx context.Context, records ...log.Record) (log.Pos, error) {
	if l.h.full {
		return 0, fmt.Errorf("%w: it is full", log.ErrDiskReserve)
	}
	return l.Log.Append(ctx, records...)
}

func (h *host) clock() time.Time { return epoch.Add(h.w.now + h.skew) }

// onDisk is the real log, with the view in its transactions, on a real disk. A
// crash is a power cut: it leaves what had reached the disk at that moment.
type onDisk struct {
	h       *host
	base    string // a folder for its folders
	dirs    int
	log     *badgerlog.Log
	platter *platter.Disk
	left    *platter.Disk // what a crash in mid-commit has left
}

func (e *onDisk) dir() string  { return filepath.Join(e.base, strconv.Itoa(e.dirs)) }
func (e *onDisk) next() string { return filepath.Join(e.base, strconv.Itoa(e.dirs+1)) }

func (e *onDisk) open(h *host) (log.Log, kv.Store, error) {
	e.h = h
	l, err := badgerlog.Open(badgerlog.Options{
		Dir: e.dir(), Apply: e.apply, Clock: h.clock, Logger: slog.New(slog.DiscardHandler),
		FreeBytes: func(string) (uint64, error) {
			if h.full {
				return 400 << 20, nil
			}
			return 1 << 40, nil
		},
	})
	if err != nil {
		return nil, nil, err
	}
	if e.log = l; e.platter == nil {
		e.platter = platter.New(e.dir())
	}
	return l, l.Store(), e.platter.Look()
}

func (e *onDisk) apply(w kv.Writer, entries []log.Entry) error {
	if err := view.Apply(w, entries); err != nil {
		return err
	}
	if e.h.crash != midCommit {
		return nil
	}
	var err error
	e.left, err = e.platter.Cut(e.next())
	return err
}

// taken looks at the one file that is written and not synced.
func (e *onDisk) taken() error { return e.platter.Look("head") }

func (e *onDisk) kill() {
	if e.left == nil {
		var err error
		e.left, err = e.platter.Cut(e.next())
		e.h.w.must(err, "taking what the power cut leaves")
	}
	e.h.w.must(e.log.Close(), "closing the log behind the crash")
	e.h.w.must(os.RemoveAll(e.dir()), "clearing up")
	e.platter, e.left = e.left, nil
	e.dirs++
}

func (e *onDisk) stop() error { return errors.Join(e.log.Close(), e.platter.Look()) }

// refold does nothing: the view is folded again from the log in every run's
// invariants.
func (e *onDisk) refold() {}

func (e *onDisk) check() error {
	_, err := e.log.Check(context.Background())
	return err
}

func itoa(n uint64) string { return strconv.FormatUint(n, 10) }

// op reads the op of a record.
func op(r log.Record) (o annotation.Op, ok bool) {
	if r.Kind != record.KindOp {
		return o, false
	}
	return o, decodeOp(r.Data, &o) == nil
}
