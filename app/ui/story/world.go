package story

import (
	"context"
	"strings"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/scheme"
	"hashiya/app/sync"
	"hashiya/app/sync/memstore"
	"hashiya/app/ui/client"
	"hashiya/app/ui/internal/uitest"
	"hashiya/app/wire"
)

const project = "caucasus"

// The people of the stories. Whoever bears lead's name leads.
const (
	lead      = "سلمى"
	annotator = "يونس"
)

// Page is where preferences are put into force.
type Page interface {
	Apply(p client.Prefs)
}

// world is what a story finds: who is here, what is on the device, and what the
// server has and does.
type world struct {
	me       wire.Me
	projects []wire.Project
	shelf    []listed // the articles of project
	visits   []client.Visit
	cached   bool // the lists and articles are on the device
	seen     []wire.Event
	unsent   []annotation.Op
	browser  *browser
	server   *server
	open     func(ctx context.Context) (sync.Store, error) // instead of the database on the device
	wrap     func(sync.Store) sync.Store
}

// listed is an article with how far the user is with it.
type listed struct {
	article.Article
	status         annotation.Status
	spans, stances int
}

// newWorld is an ordinary day of an annotator, online, with everything on the
// device.
func newWorld(page Page) *world {
	w := &world{
		me:       wire.Me{Name: annotator, Role: wire.Annotator, HasPassword: true},
		projects: []wire.Project{{ID: project, Name: "أخبار القوقاز", Scheme: scheme.Default()}},
		shelf:    shelf(), cached: true,
	}
	w.browser = &browser{Browser: &uitest.Browser{}, page: page}
	w.browser.GoOnline(true)
	w.server = &server{Server: uitest.NewServer(), world: w}
	return w
}

func (w *world) client() *client.Client {
	for i := range w.projects {
		w.projects[i].Articles = len(w.shelf)
	}
	w.server.Lists = w.projects
	w.server.Contents = map[string][]article.Article{}
	for _, l := range w.shelf {
		w.server.Contents[project] = append(w.server.Contents[project], l.Article)
	}
	if w.me.Name != "" {
		w.browser.SaveUser(w.me)
		w.browser.SaveVisits(w.me.Name, w.visits)
		if !w.server.signedOut {
			w.server.Session = w.me.Name
		}
	}
	return client.New(client.Parts{
		Remote: func(string) sync.Remote { return w.server }, Account: w.server, People: w.server, Corpus: w.server, Clock: clock{}, Browser: w.browser,
		OpenStore: func(ctx context.Context, user string) (sync.Store, error) { return w.store(ctx, user) },
		Leader:    func(string) sync.Leader { return sync.AlwaysLeader{} },
		Version:   "0123456789abcdef",
	})
}

// store fills the user's database as past days have left it.
func (w *world) store(ctx context.Context, user string) (sync.Store, error) {
	if w.open != nil {
		return w.open(ctx)
	}
	var s sync.Store = memstore.New(user, func() string { return deviceHere }).Open()
	if w.cached {
		if err := s.PutProjects(ctx, w.projects); err != nil {
			return nil, err
		}
		if err := s.PutArticles(ctx, project, w.summaries()); err != nil {
			return nil, err
		}
		for _, l := range w.shelf {
			if err := s.PutArticle(ctx, project, l.Article); err != nil {
				return nil, err
			}
		}
	}
	if err := s.Receive(ctx, w.seen, uint64(len(w.seen))); err != nil {
		return nil, err
	}
	if len(w.unsent) > 0 {
		if _, err := s.Append(ctx, w.unsent); err != nil {
			return nil, err
		}
	}
	if w.wrap != nil {
		s = w.wrap(s)
	}
	return s, nil
}

func (w *world) summaries() []wire.ArticleSummary {
	var out []wire.ArticleSummary
	for _, l := range w.shelf {
		out = append(out, wire.ArticleSummary{
			ID: l.ID, Title: l.Meta.Title, Outlet: l.Meta.Outlet, Published: l.Meta.Published, Lang: l.Lang, Dir: string(l.Dir),
			Words: len(strings.Fields(l.Text)), CodePoints: len([]rune(l.Text)), TextSHA256: l.TextSHA256,
			Status: l.status, Spans: l.spans, Stances: l.stances,
		})
	}
	return out
}

// clock stands still: the stories' pictures say "five minutes ago" for ever.
type clock struct{ sync.SystemClock }

func (clock) Now() time.Time { return uitest.Now }

func ago(d time.Duration) time.Time { return uitest.Now.Add(-d) }

// server is the tests' server in memory with the troubles of a story.
type server struct {
	*uitest.Server
	world *world

	signedOut  bool
	slow       bool // never answers
	slowUpload bool
	busy       bool   // takes no ops now
	linkIs     string // the code of what is wrong with it
	articleIs  error
	memory     wire.Suggestions
	report     wire.ImportReport
	people     []wire.Account
}

func (s *server) wait(ctx context.Context) error {
	if s.slow {
		<-ctx.Done()
		return ctx.Err()
	}
	return nil
}

func (s *server) Projects(ctx context.Context) ([]wire.Project, error) {
	if err := s.wait(ctx); err != nil {
		return nil, err
	}
	return s.Server.Projects(ctx)
}

func (s *server) Articles(ctx context.Context, project string) ([]wire.ArticleSummary, error) {
	if _, err := s.Projects(ctx); err != nil {
		return nil, err
	}
	return s.world.summaries(), nil
}

func (s *server) Article(ctx context.Context, project, id string) (article.Article, error) {
	if err := s.wait(ctx); err != nil {
		return article.Article{}, err
	}
	if s.articleIs != nil {
		return article.Article{}, s.articleIs
	}
	return s.Server.Article(ctx, project, id)
}

func (s *server) Suggestions(ctx context.Context, project string) (wire.Suggestions, error) {
	if _, err := s.Server.Suggestions(ctx, project); err != nil {
		return wire.Suggestions{}, err
	}
	return s.memory, nil
}

func (s *server) Push(ctx context.Context, ops []annotation.Op) ([]wire.Result, error) {
	if s.busy {
		return nil, &wire.Problem{Title: "Insufficient Storage", Status: 507, Code: "disk_reserve"}
	}
	return s.Server.Push(ctx, ops)
}

func (s *server) Events(ctx context.Context, after uint64, fn func([]wire.Event, uint64) error) error {
	if s.signedOut {
		return sync.ErrSignedOut
	}
	return s.Server.Events(ctx, after, fn)
}

func (s *server) SignInByLink(ctx context.Context, token string) (wire.Me, error) {
	if err := s.wait(ctx); err != nil {
		return wire.Me{}, err
	}
	if s.linkIs != "" {
		return wire.Me{}, &wire.Problem{Title: "Gone", Status: 410, Code: s.linkIs}
	}
	return s.Server.SignInByLink(ctx, annotator)
}

func (s *server) Upload(ctx context.Context, project, input string) (wire.ImportReport, error) {
	if s.slowUpload {
		<-ctx.Done()
	}
	return s.report, ctx.Err()
}

func (s *server) People(context.Context) ([]wire.Account, error) {
	return s.people, nil
}

func (s *server) LinkFor(context.Context, string) (wire.Link, error) {
	return wire.Link{URL: "https://hashiya.example/join#Zk3vQ0m8x1Rr7b2tY5uW9c"}, nil
}

// browser is the tests' browser, and the page that it stands for.
type browser struct {
	*uitest.Browser
	page     Page
	given    client.Prefs // beside language and theme
	noRoom   bool         // grants no lasting storage
	offering bool         // to install the app
}

// prefs sets the preferences that a story is looked at with.
func (b *browser) prefs(l Look) {
	p := b.given
	p.Lang, p.Theme = l.Lang, l.Theme
	b.SavePrefs(p)
}

func (b *browser) SavePrefs(p client.Prefs) {
	b.Browser.SavePrefs(p)
	b.page.Apply(p)
}

func (b *browser) Installable() bool { return b.offering }

func (b *browser) Persist(fn func(granted bool, used, quota int64)) {
	fn(!b.noRoom, 14<<20, 2<<30)
}

// KeyLetter is an Arabic keyboard, which annotators have.
func (b *browser) KeyLetter(code string) string { return arabicKeys[code] }

var arabicKeys = map[string]string{
	"KeyP": "ح", "KeyO": "خ", "KeyG": "ل", "KeyL": "م", "KeyF": "ب", "KeyN": "ى", "KeyR": "ق", "KeyE": "ث", "KeyD": "ي", "KeyM": "ة",
	"KeyS": "س", "KeyZ": "ئ", "KeyY": "غ", "KeyV": "ر", "KeyJ": "ت", "KeyA": "ش", "KeyB": "لا", "KeyC": "ؤ", "KeyH": "ا", "KeyI": "ه",
	"KeyK": "ن", "KeyQ": "ض", "KeyT": "ف", "KeyU": "ع", "KeyW": "ص", "KeyX": "ء", "Semicolon": "ك", "Quote": "ط",
}
