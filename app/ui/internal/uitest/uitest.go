// Package uitest is a client for tests of screens: a browser that remembers
// what it was asked, a server in memory, and real databases in memory.
package uitest

import (
	"context"
	"sync"
	"testing"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/scheme"
	"hashiya/app/suggest"
	appsync "hashiya/app/sync"
	"hashiya/app/sync/memstore"
	"hashiya/app/ui/client"
	"hashiya/app/ui/i18n"
	"hashiya/app/wire"
)

// Now is what the clock of every test says.
var Now = time.Date(2026, 3, 14, 15, 9, 26, 0, time.UTC)

// World is a client with everything around it.
type World struct {
	*client.Client
	Browser *Browser
	Server  *Server
	dbs     map[string]*memstore.DB
	mu      sync.Mutex
}

// New returns a world in which nobody is signed in yet and the client was not
// started.
func New() *World {
	w := &World{Browser: &Browser{online: true}, Server: NewServer(), dbs: map[string]*memstore.DB{}}
	w.Client = w.Fresh()
	return w
}

// Run starts the client, until the test ends.
func (w *World) Run(t testing.TB) {
	ctx, stop := context.WithCancel(context.Background())
	t.Cleanup(stop)
	w.Start(ctx)
}

// Fresh returns another client over the same browser, server and databases: the
// app after a reload.
func (w *World) Fresh() *client.Client {
	return client.New(client.Parts{
		Remote: func(string) appsync.Remote { return w.Server }, Account: w.Server, People: w.Server, Corpus: w.Server, Clock: clock{}, Browser: w.Browser,
		OpenStore: func(ctx context.Context, user string) (appsync.Store, error) { return w.DB(user).Open(), nil },
		Leader:    func(string) appsync.Leader { return appsync.AlwaysLeader{} },
		Version:   "v1.2.3",
	})
}

// DB returns the database of a user on this device.
func (w *World) DB(user string) *memstore.DB {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.dbs[user] == nil {
		w.dbs[user] = memstore.New(user, annotation.NewID)
	}
	return w.dbs[user]
}

// Until waits until ok holds.
func Until(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for range 500 {
		if ok() {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatalf("it never came that %s", what)
}

// clock stands still, and its pauses are short.
type clock struct{}

func (clock) Now() time.Time                         { return Now }
func (clock) After(d time.Duration) <-chan time.Time { return time.After(min(d, 20*time.Millisecond)) }

// Server is the server in memory. A user may sign in with the password "open
// sesame", and by a link whose token is the user's name.
type Server struct {
	mu       sync.Mutex
	Down     bool
	Session  string // who the cookie belongs to; "" for nobody
	Lists    []wire.Project
	Contents map[string][]article.Article // by project
	Took     map[string][]annotation.Op   // by author
	Memory   suggest.Memory               // of every project
	Refuse   string                       // refuse every op, for this reason
	Fault    annotation.Fault             // the same for programs
	Versions []wire.SchemeVersion         // of every project's scheme, the newest first
	Use      wire.SchemeUse               // of every project's scheme
	Flags    []wire.Flagged               // in every project
	App      string                       // the version of the app that it holds
	Now      time.Time                    // its clock; zero: it does not tell
}

// NewServer returns a server with one project of two articles.
func NewServer() *Server {
	a := article.New("وصل بوتين إلى باكو.", "ar", article.Meta{Title: "بوتين في أذربيجان", Outlet: "المرصد", Published: "2024-08-19"}, nil)
	b := article.New("قال «علييف» إنّ الغاز يصل.", "ar", article.Meta{Title: "علييف والغاز"}, nil)
	return &Server{
		Lists:    []wire.Project{{ID: "news", Name: "أخبار القوقاز", Scheme: scheme.Default(), Articles: 2}},
		Contents: map[string][]article.Article{"news": {a, b}},
		Took:     map[string][]annotation.Op{},
	}
}

// Set changes fields of the server under its lock.
func (s *Server) Set(change func(s *Server)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(s)
}

func (s *Server) ask(signedIn bool) (unlock func(), err error) {
	s.mu.Lock()
	switch {
	case s.Down:
		err = appsync.ErrOffline
	case signedIn && s.Session == "":
		err = appsync.ErrSignedOut
	}
	return s.mu.Unlock, err
}

func role(name string) wire.Role {
	if name == "سلمى" {
		return wire.Lead
	}
	return wire.Annotator
}

func (s *Server) me() wire.Me { return wire.Me{Name: s.Session, Role: role(s.Session)} }

func (s *Server) SignIn(_ context.Context, name, password string) (wire.Me, error) {
	unlock, err := s.ask(false)
	defer unlock()
	if err != nil {
		return wire.Me{}, err
	}
	if password != "open sesame" {
		return wire.Me{}, &wire.Problem{Title: "Unauthorized", Status: 401, Code: "wrong_password"}
	}
	s.Session = name
	return s.me(), nil
}

func (s *Server) SignInByLink(_ context.Context, token string) (wire.Me, error) {
	unlock, err := s.ask(false)
	defer unlock()
	if err != nil {
		return wire.Me{}, err
	}
	s.Session = token
	return s.me(), nil
}

func (s *Server) SignOut(context.Context) error {
	unlock, err := s.ask(false)
	defer unlock()
	if err == nil {
		s.Session = ""
	}
	return err
}

func (s *Server) SetPassword(context.Context, string, string) error {
	unlock, err := s.ask(true)
	defer unlock()
	return err
}

func (s *Server) CreateProject(_ context.Context, p wire.NewProject) (wire.Project, error) {
	unlock, err := s.ask(true)
	defer unlock()
	return wire.Project{ID: p.ID, Name: p.Name}, err
}

func (s *Server) SetScheme(_ context.Context, project string, next scheme.Scheme) error {
	unlock, err := s.ask(true)
	defer unlock()
	for i := range s.Lists {
		if p := &s.Lists[i]; err == nil && p.ID == project {
			if next.Version != p.Scheme.Version+1 {
				return &wire.Problem{Title: "Conflict", Status: 409, Code: "taken"}
			}
			s.Versions = append([]wire.SchemeVersion{{
				Version: next.Version, By: s.Session, Time: Now.Format(time.RFC3339), Changes: scheme.Diff(p.Scheme, next),
			}}, s.Versions...)
			p.Scheme = scheme.Succeed(p.Scheme, next)
		}
	}
	return err
}

func (s *Server) SchemeVersions(context.Context, string) ([]wire.SchemeVersion, error) {
	unlock, err := s.ask(true)
	defer unlock()
	return s.Versions, err
}

func (s *Server) SchemeUse(context.Context, string) (wire.SchemeUse, error) {
	unlock, err := s.ask(true)
	defer unlock()
	return s.Use, err
}

func (s *Server) Flagged(context.Context, string) ([]wire.Flagged, error) {
	unlock, err := s.ask(true)
	defer unlock()
	return s.Flags, err
}

func (s *Server) Upload(context.Context, string, string) (wire.ImportReport, error) {
	unlock, err := s.ask(true)
	defer unlock()
	return wire.ImportReport{}, err
}

func (s *Server) ExportURL(project, format, layer string) string {
	return "/api/projects/" + project + "/export?format=" + format + "&layer=" + layer
}

func (s *Server) People(context.Context) ([]wire.Account, error) {
	unlock, err := s.ask(true)
	defer unlock()
	return []wire.Account{{Name: "سلمى", Role: wire.Lead}}, err
}

func (s *Server) AddPerson(context.Context, wire.Account) error {
	unlock, err := s.ask(true)
	defer unlock()
	return err
}

func (s *Server) LinkFor(_ context.Context, name string) (wire.Link, error) {
	unlock, err := s.ask(true)
	defer unlock()
	return wire.Link{URL: "http://localhost/join#" + name}, err
}

func (s *Server) Push(_ context.Context, ops []annotation.Op) ([]wire.Result, error) {
	unlock, err := s.ask(true)
	defer unlock()
	if err != nil {
		return nil, err
	}
	out := make([]wire.Result, len(ops))
	for i, o := range ops {
		out[i] = wire.Result{ID: o.ID(), Outcome: wire.Accepted, Pos: uint64(len(s.Took[s.Session]) + 1)}
		if s.Refuse != "" {
			out[i] = wire.Result{ID: o.ID(), Outcome: wire.Refused, Reason: s.Refuse, Code: s.Fault.Code, Params: s.Fault.Params}
			continue
		}
		s.Took[s.Session] = append(s.Took[s.Session], o)
	}
	return out, nil
}

func (s *Server) Events(ctx context.Context, after uint64, fn func([]wire.Event, uint64) error) error {
	unlock, err := s.ask(true)
	unlock()
	if err != nil {
		return err
	}
	if err := fn(nil, after); err != nil {
		return err
	}
	<-ctx.Done()
	return ctx.Err()
}

func (s *Server) Me(context.Context) (wire.Me, error) {
	unlock, err := s.ask(true)
	defer unlock()
	me := s.me()
	if me.App = s.App; !s.Now.IsZero() {
		me.Now = s.Now.Format(time.RFC3339)
	}
	return me, err
}

func (s *Server) Projects(context.Context) ([]wire.Project, error) {
	unlock, err := s.ask(true)
	defer unlock()
	return s.Lists, err
}

func (s *Server) Articles(_ context.Context, project string) ([]wire.ArticleSummary, error) {
	unlock, err := s.ask(true)
	defer unlock()
	var out []wire.ArticleSummary
	for _, a := range s.Contents[project] {
		out = append(out, wire.ArticleSummary{
			ID: a.ID, Title: a.Meta.Title, Outlet: a.Meta.Outlet, Published: a.Meta.Published, Lang: a.Lang, Dir: string(a.Dir),
			Words: 4, TextSHA256: a.TextSHA256, Status: annotation.New,
		})
	}
	return out, err
}

func (s *Server) Suggestions(context.Context, string) (wire.Suggestions, error) {
	unlock, err := s.ask(true)
	defer unlock()
	return wire.Suggestions{Memory: &s.Memory}, err
}

func (s *Server) Article(_ context.Context, project, id string) (article.Article, error) {
	unlock, err := s.ask(true)
	defer unlock()
	if err != nil {
		return article.Article{}, err
	}
	for _, a := range s.Contents[project] {
		if a.ID == id {
			return a, nil
		}
	}
	return article.Article{}, &wire.Problem{Title: "Not Found", Status: 404, Code: "unknown"}
}

// Browser is a browser without a page.
type Browser struct {
	mu        sync.Mutex
	prefs     client.Prefs
	user      wire.Me
	visits    map[string][]client.Visit
	drafts    map[string]string
	online    bool
	onOnline  []func(bool)
	onUser    []func(wire.Me)
	Downloads map[string][]byte // by file name
	Update    bool              // a new version waits
	Asked     string            // what was asked of the new version: "check", "apply"
	last      string
}

func (b *Browser) LoadPrefs() client.Prefs       { b.mu.Lock(); defer b.mu.Unlock(); return b.prefs }
func (b *Browser) SavePrefs(p client.Prefs)      { b.mu.Lock(); defer b.mu.Unlock(); b.prefs = p }
func (b *Browser) LoadUser() wire.Me             { b.mu.Lock(); defer b.mu.Unlock(); return b.user }
func (b *Browser) LastUser() string              { b.mu.Lock(); defer b.mu.Unlock(); return b.last }
func (b *Browser) OnUser(fn func(wire.Me))       { b.onUser = append(b.onUser, fn) }
func (b *Browser) OnOnline(fn func(online bool)) { b.onOnline = append(b.onOnline, fn) }
func (b *Browser) OnVisible(func(bool)) func()   { return func() {} }
func (b *Browser) Installable() bool             { return false }
func (b *Browser) Install()                      {}
func (b *Browser) OnInstallable(func())          {}
func (b *Browser) UpdateWaiting() bool           { return b.Update }
func (b *Browser) ApplyUpdate()                  { b.mu.Lock(); defer b.mu.Unlock(); b.Asked += "apply " }
func (b *Browser) CheckUpdate()                  { b.mu.Lock(); defer b.mu.Unlock(); b.Asked += "check " }
func (b *Browser) OnUpdate(func())               {}
func (b *Browser) KeyLetter(code string) string  { return map[string]string{"KeyP": "ح"}[code] }
func (b *Browser) Online() bool                  { b.mu.Lock(); defer b.mu.Unlock(); return b.online }

func (b *Browser) SaveUser(me wire.Me) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.user = me; me.Name != "" {
		b.last = me.Name
	}
}

func (b *Browser) Persist(fn func(bool, int64, int64)) { fn(true, 1<<20, 1<<30) }

func (b *Browser) LoadVisits(user string) []client.Visit {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.visits[user]
}

func (b *Browser) SaveVisits(user string, v []client.Visit) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.visits == nil {
		b.visits = map[string][]client.Visit{}
	}
	b.visits[user] = v
}

func (b *Browser) LoadDraft(user, of string) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.drafts[user+"/"+of]
}
func (b *Browser) SaveDraft(user, of, text string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.drafts == nil {
		b.drafts = map[string]string{}
	}
	b.drafts[user+"/"+of] = text
	return true
}

func (b *Browser) Download(name, _ string, content []byte) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.Downloads == nil {
		b.Downloads = map[string][]byte{}
	}
	b.Downloads[name] = content
}

// GoOnline is the network coming and going.
func (b *Browser) GoOnline(online bool) {
	b.mu.Lock()
	b.online = online
	b.mu.Unlock()
	for _, fn := range b.onOnline {
		fn(online)
	}
}

// OtherTab is another tab saving another user.
func (b *Browser) OtherTab(me wire.Me) {
	b.SaveUser(me)
	for _, fn := range b.onUser {
		fn(me)
	}
}

// In puts the interface into a language.
func (w *World) In(l i18n.Lang) { w.SetPrefs(func(p *client.Prefs) { p.Lang = l }) }

// Draft is an op over a project's article, ready for Append.
func Draft(project string, a article.Article, c annotation.Change) annotation.Op {
	return annotation.Op{
		V: annotation.Version, Project: project, Article: a.ID, TextSHA256: a.TextSHA256, Scheme: 1,
		Time: Now.Format(time.RFC3339), Change: c,
	}
}

// Span is a change that puts a span.
func Span(id string, start, end int) annotation.Change {
	return annotation.Change{Subject: id, Kind: annotation.PutSpan, Span: &annotation.Span{Start: start, End: end, Label: "PER"}}
}
