package reading

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/article"
	"hashiya/app/desk"
	"hashiya/app/scheme"
	"hashiya/app/sync"
	"hashiya/app/ui/client"
	"hashiya/app/ui/parts"
	"hashiya/app/wire"
)

// opened is what it takes to work on an article.
type opened struct {
	project wire.Project
	article article.Article
	desk    *desk.Desk
}

// open loads the article of the route, from this device where it is there.
func (s *Screen) open(ctx app.Context) {
	place := s.client.Workplace()
	s.load++
	s.phase, s.failure, s.fetching = waiting, nil, false
	if place == nil {
		if s.client.Me().Name == "" {
			ctx.Navigate("/login?next=" + url.QueryEscape(s.href(s.id)))
		}
		return // stateChanged comes back once the database is open
	}
	load := s.load
	s.fetching = true
	ctx.Async(func() {
		o, err := s.fetch(ctx, place, load)
		list := s.articles(ctx, place)
		ctx.Dispatch(func(ctx app.Context) {
			if load != s.load {
				return
			}
			s.fetching = false
			if err != nil {
				s.phase, s.failure = failed, err
				s.list = list
				s.turn++ // the list of articles is shown all the same
				return
			}
			s.begin(ctx, o, list)
		})
	})
}

func (s *Screen) fetch(ctx context.Context, place *client.Workplace, load int) (opened, error) {
	var o opened
	project, err := projectOf(ctx, place, s.project)
	if err != nil {
		return o, err
	}
	a, err := place.Outbox.Article(ctx, s.project, s.id)
	if err != nil {
		return o, err
	}
	if err := a.Validate(); err != nil {
		return o, err
	}
	d, err := desk.Open(ctx, place.Ops(), s.project, a, project.Scheme.Version, s.client.Clock.Now, func() { s.deskChanged(load) })
	if err == nil {
		d.SetScheme(project.Scheme.Version, project.RequiredUnder)
	}
	return opened{project, a, d}, err
}

// projectOf returns the project from this device where it is there: a scheme
// that changed meanwhile comes with WatchData.
func projectOf(ctx context.Context, place *client.Workplace, id string) (wire.Project, error) {
	for _, read := range []func(context.Context) ([]wire.Project, error){place.Store.Projects, place.Outbox.Projects} {
		list, err := read(ctx)
		if err != nil && !errors.Is(err, sync.ErrNotCached) {
			return wire.Project{}, err
		}
		for _, p := range list {
			if p.ID == id {
				return p, nil
			}
		}
		if err != nil && !place.Outbox.State().Online {
			return wire.Project{}, err
		}
	}
	return wire.Project{}, fmt.Errorf("project %s: %w", id, sync.ErrNotCached)
}

// articles returns the project's articles with the user's own progress, as far
// as this device knows them.
func (s *Screen) articles(ctx context.Context, place *client.Workplace) []wire.ArticleSummary {
	list, err := place.Store.Articles(ctx, s.project)
	if errors.Is(err, sync.ErrNotCached) {
		list, err = place.Outbox.Articles(ctx, s.project)
	}
	if err != nil {
		return nil // the queue is empty then; the article itself is what counts
	}
	return s.client.WithLocal(ctx, s.project, list)
}

func (s *Screen) begin(ctx app.Context, o opened, list []wire.ArticleSummary) {
	sch := o.project.Scheme
	if len(sch.Labels) == 0 {
		sch = scheme.Default()
	}
	s.name, s.list, s.desk = o.project.Name, list, o.desk
	s.unsaved.watch(o.desk) // only now: an opening that came too late has no say
	s.editor = NewEditor(o.desk.Article(), &sch, s.surface.LineStep)
	s.editor.SetKeys(s.keys())
	s.editor.SetStay(s.client.Prefs().Stay)
	s.editor.SetFull(s.client.State().Unsaved != nil)
	s.editor.Show(s.desk.Layer())
	s.phase = ready
	s.turn++
	s.client.Opened(s.project, s.id, title(&o.article))
	load := s.load
	ctx.Defer(func(ctx app.Context) { // the host must be on the page
		if load == s.load && s.layOut(ctx) {
			s.surface.Focus()
			s.openFound(ctx)
			s.loadSuggestions(ctx, s.client.Workplace())
		}
	})
}

func (s *Screen) layOut(ctx app.Context) bool {
	s.laidOut = s.lang()
	if err := s.surface.Open(Host, s.editor.Document(s.laidOut), s.events()); err != nil {
		s.phase, s.failure = failed, err
		ctx.Update()
		return false
	}
	s.paint(true)
	return true
}

// stateChanged is called after anything in the client's state changed.
func (s *Screen) stateChanged(ctx app.Context) {
	if s.phase == waiting && !s.fetching && s.project != "" && s.client.Workplace() != nil && s.desk == nil {
		s.open(ctx)
	}
	if s.editor != nil && s.editor.SetFull(s.client.State().Unsaved != nil) {
		s.changed()
	}
	if s.phase == ready && s.laidOut != "" && s.laidOut != s.lang() {
		s.layOut(ctx)
	}
}

// gather is how long changes of the database are gathered before they are
// read, and how much longer for every span: every label of one's own is a
// change, too, and reading takes longer the more there is.
const (
	gather     = 250 * time.Millisecond
	gatherEach = time.Millisecond
)

// dataChanged is called after the user's database changed: ops came from the
// server or another tab, or a list did.
func (s *Screen) dataChanged(ctx app.Context) {
	if s.gathering || s.desk == nil {
		return
	}
	s.gathering = true
	ctx.After(gather+time.Duration(len(s.desk.Layer().Spans))*gatherEach, func(ctx app.Context) {
		s.gathering = false
		s.refresh(ctx)
	})
}

func (s *Screen) refresh(ctx app.Context) {
	place := s.client.Workplace()
	if place == nil || s.desk == nil {
		return
	}
	load, d := s.load, s.desk
	ctx.Async(func() {
		err := d.Refresh(ctx) // calls deskChanged
		list := s.articles(ctx, place)
		project, unknown := projectOf(ctx, place, s.project)
		ctx.Dispatch(func(ctx app.Context) {
			if load != s.load {
				return
			}
			if unknown == nil && project.Scheme.Version > s.editor.scheme.Version {
				d.SetScheme(project.Scheme.Version, project.RequiredUnder)
				s.editor.SetScheme(&project.Scheme)
				s.editor.Show(d.Layer())
				s.paint(false)
				s.changed()
			}
			if err != nil {
				s.refuse(ctx, verbatim(parts.ErrorText(s.lang(), err)))
			}
			if list != nil && !sameList(s.list, list) {
				s.list = list
				s.changed()
			}
		})
	})
}

func sameList(a, b []wire.ArticleSummary) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// deskChanged is called on any goroutine after the layer, or what is on its way
// to the disk, changed.
func (s *Screen) deskChanged(load int) {
	s.unsaved.report(s.client)
	s.ctx.Dispatch(func(ctx app.Context) {
		if load != s.load || s.desk == nil {
			return
		}
		if l := s.desk.Layer(); l != s.editor.Layer() {
			s.editor.Show(l)
			s.paint(false)
			s.settle()
		}
	})
}

func isNotCached(err error) bool { return errors.Is(err, sync.ErrNotCached) }
