package main

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/wire"
)

// Eight annotators push while the server is killed, again and again. Whatever
// was acknowledged is there once; what was not is pushed again and then is
// there once too.
func TestKillingTheServerInMidPushLosesAndDoublesNothing(t *testing.T) {
	const (
		pushers = 8
		kills   = 3
		batch   = 7
	)
	data := t.TempDir()
	ok(t, data, "project", "create", "news")
	ok(t, data, "import", "--project", "news", write(t, "a.txt", awkward))
	p := serve(t, data)

	type pusher struct {
		client *http.Client
		device string
		acked  map[uint64]uint64 // seq → pos
	}
	var all []*pusher
	for i := range pushers {
		name := fmt.Sprint("annotator", i)
		ok(t, data, "user", "add", name)
		all = append(all, &pusher{browser(t, ok(t, data, "user", "link", name)), fmt.Sprint("device", i), map[uint64]uint64{}})
	}
	list := getJSON[[]wire.ArticleSummary](t, all[0].client, p.url+"/api/projects/news/articles")
	art := getJSON[article.Article](t, all[0].client, p.url+"/api/projects/news/articles/"+list[0].ID)

	// pushOn pushes the pusher's next ops until the server is gone or stop is
	// closed.
	pushOn := func(u *pusher, url string, stop chan struct{}) error {
		for {
			select {
			case <-stop:
				return nil
			default:
			}
			var ops []annotation.Op
			for i := range uint64(batch) {
				ops = append(ops, span(&art, "news", u.device, uint64(len(u.acked))+1+i))
			}
			results, err := push(u.client, url, ops...)
			if err != nil && strings.Contains(err.Error(), "{") {
				return err // an answer, but none that a kill explains
			}
			if err != nil {
				return nil
			}
			for _, r := range results {
				if r.Outcome != wire.Accepted {
					return fmt.Errorf("op %s was answered with %+v", r.ID, r)
				}
				u.acked[r.ID.Seq] = r.Pos
			}
		}
	}
	for kill := range kills + 1 {
		stop := make(chan struct{})
		var working sync.WaitGroup
		for _, u := range all {
			working.Go(func() {
				if err := pushOn(u, p.url, stop); err != nil {
					t.Error(err)
				}
			})
		}
		time.Sleep(300 * time.Millisecond)
		if kill == kills {
			close(stop)
			working.Wait()
			break
		}
		p.end(syscall.SIGKILL)
		working.Wait()
		p = serve(t, data)
	}

	total := 0
	for _, u := range all {
		there := map[uint64]uint64{}
		for after := uint64(0); ; {
			e := getJSON[wire.Events](t, u.client, fmt.Sprintf("%s/api/events?poll=1&after=%d", p.url, after))
			for _, event := range e.Events {
				if event.Op == nil {
					continue
				}
				if _, twice := there[event.Op.Seq]; twice {
					t.Fatalf("op %s is there twice", event.Op.ID())
				}
				want := span(&art, "news", u.device, event.Op.Seq)
				if event.Op.ContentHash() != want.ContentHash() {
					t.Errorf("op %s is not the one that was pushed", event.Op.ID())
				}
				there[event.Op.Seq] = event.Pos
			}
			if after = e.Cursor; len(there) >= len(u.acked) || len(e.Events) == 0 {
				break
			}
		}
		for seq, pos := range u.acked {
			if there[seq] != pos {
				t.Errorf("op %s:%d was acknowledged at %d and is at %d", u.device, seq, pos, there[seq])
			}
		}
		total += len(u.acked)
	}
	if total < pushers*batch*kills {
		t.Errorf("only %d ops were acknowledged: the kills hit nothing", total)
	}
	t.Logf("%d ops acknowledged over %d kills, every one there once", total, kills)
	p.end(syscall.SIGTERM)
	ok(t, data, "check")
}
