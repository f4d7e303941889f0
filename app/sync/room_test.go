package sync_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/internal/awkward"
	"hashiya/app/sync"
	"hashiya/app/sync/memstore"
	"hashiya/app/sync/storetest"
	"hashiya/app/wire"
)

// cramped has room for ops only while it holds fewer copies of articles.
type cramped struct {
	*memstore.Store
	room int // for copies, beside an op
}

func (s *cramped) Append(ctx context.Context, drafts []annotation.Op) ([]annotation.Op, error) {
	list, _ := s.Articles(ctx, "demo")
	copies := 0
	for _, a := range list {
		if _, err := s.Article(ctx, "demo", a.ID); err == nil {
			copies++
		}
	}
	if copies > s.room {
		return nil, sync.ErrQuota
	}
	return s.Store.Append(ctx, drafts)
}

func TestOnAFullDeviceCopiesOfArticlesGiveWayToWork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx := t.Context()
		s := newServer()
		s.offline = true
		store := &cramped{memstore.New("salma", annotation.NewID).Open(), 1}
		defer store.Close()
		var list []wire.ArticleSummary
		for _, text := range []string{"a", "b", "c"} {
			a := article.New(text+awkward.Text, "ar", article.Meta{}, nil)
			s.articles[a.ID] = a
			list = append(list, wire.ArticleSummary{ID: a.ID})
			if err := store.PutArticle(ctx, "demo", a); err != nil {
				t.Fatal(err)
			}
		}
		if err := store.PutArticles(ctx, "demo", list); err != nil {
			t.Fatal(err)
		}
		o := sync.New(sync.Config{Store: store, Remote: s, Clock: sync.SystemClock{}, Leader: sync.AlwaysLeader{}})
		run, stop := context.WithCancel(ctx)
		done := make(chan struct{})
		go func() { defer close(done); _ = o.Run(run) }()
		synctest.Wait()

		draft := storetest.Draft("s1")
		draft.Article = list[1].ID
		if _, err := o.Append(ctx, []annotation.Op{draft}); err != nil {
			t.Fatalf("with copies that could go, the work was refused: %v", err)
		}
		for i, a := range list {
			_, err := store.Article(ctx, "demo", a.ID)
			if kept := i == 1; kept != (err == nil) {
				t.Errorf("article %d, of which %v is worked on: %v", i, kept, err)
			}
		}
		if st := o.State(); !st.Cramped || st.Waiting != 1 {
			t.Errorf("the state is %+v", st)
		}
		if err := o.Prefetch(ctx, "demo", 3); !errors.Is(err, sync.ErrQuota) {
			t.Errorf("articles are fetched ahead into what is left: %v", err)
		}

		store.room = -1
		if _, err := o.Append(ctx, []annotation.Op{draft}); !errors.Is(err, sync.ErrQuota) {
			t.Errorf("with nothing left to give up: %v", err)
		}
		if ops, _ := store.Waiting(ctx, 10); len(ops) != 1 {
			t.Errorf("%d ops wait, want the one that was kept", len(ops))
		}
		stop()
		<-done
	})
}

// refusing answers every push with a problem.
type refusing struct{ *server }

func (refusing) Push(context.Context, []annotation.Op) ([]wire.Result, error) {
	return nil, &wire.Problem{Title: "Insufficient Storage", Status: 507, Code: "disk_reserve"}
}

func TestWhyAPushFailedIsToldByACode(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := openTab(memstore.New("salma", annotation.NewID), refusing{newServer()}, sync.AlwaysLeader{})
		defer func() { d.close() }()
		d.label(t, "s1")
		synctest.Wait()
		if s := d.State(); s.FailureCode != "disk_reserve" || s.Waiting != 1 {
			t.Errorf("the state is %+v", s)
		}
	})
}
