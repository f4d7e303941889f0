package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/sync/memstore"
	"hashiya/app/wire"
	"hashiya/server/backup"
	"hashiya/server/internal/audit"
	"hashiya/server/log"
)

// `make crash` gives more.
var kills = flag.Int("kills", 20, "how often the server is killed")

// killsOfFolder bounds a folder's log: after each kill all of it is read.
const killsOfFolder = 20

// Eight annotators push while the server is killed, again and again. After each
// kill, whatever was acknowledged is in the log once, where it was acknowledged,
// unaltered; what was not is pushed again and then is there once too. In the end
// the view is what the log folds to, and a new device of each annotator receives
// all of it.
func TestKillingTheServerInMidPushLosesAndDoublesNothing(t *testing.T) {
	acked := 0
	for done := 0; done < *kills; done += killsOfFolder {
		acked += killRepeatedly(t, min(killsOfFolder, *kills-done))
	}
	t.Logf("%d kills, %d ops acknowledged, every one there once", *kills, acked)
	if acked < 8**kills {
		t.Error("the kills hit nothing")
	}
}

func killRepeatedly(t *testing.T, kills int) (acked int) {
	data := t.TempDir()
	ok(t, data, "project", "create", "news")
	ok(t, data, "import", "--project", "news", write(t, "a.txt", awkward))
	p := serve(t, data)
	var all []*writer
	for i := range 8 {
		name := fmt.Sprint("annotator", i)
		ok(t, data, "user", "add", name)
		all = append(all, &writer{name: name, device: fmt.Sprint("device", i), client: browser(t, ok(t, data, "user", "link", name))})
	}
	list := getJSON[[]wire.ArticleSummary](t, all[0].client, p.url+"/api/projects/news/articles")
	art := getJSON[article.Article](t, all[0].client, p.url+"/api/projects/news/articles/"+list[0].ID)

	for kill := range kills {
		var working sync.WaitGroup
		for _, w := range all {
			working.Go(func() {
				if err := w.pushOn(p.url, &art); err != nil {
					t.Error(err)
				}
			})
		}
		time.Sleep(time.Duration(20+rand.IntN(200)) * time.Millisecond)
		p.end(syscall.SIGKILL)
		working.Wait()
		p = serve(t, data)
		ok(t, data, "check")
		file := filepath.Join(t.TempDir(), "backup")
		ok(t, data, "backup", "--out", file)
		var entries []log.Entry
		if _, err := backup.Read(file, func(e log.Entry) error { entries = append(entries, e); return nil }); err != nil {
			t.Fatal(err)
		}
		var told []audit.Op
		for _, w := range all {
			told = append(told, w.acked...)
		}
		if err := audit.Log(entries, told); err != nil {
			t.Fatalf("after kill %d: %v", kill+1, err)
		}
	}
	var told []audit.Op
	for _, w := range all {
		if err := errors.Join(w.pushWaiting(p.url), w.repeat(p.url)); err != nil {
			t.Error(err)
		}
		fresh := startDevice(t, memstore.New(w.name, annotation.NewID), &remote{w.client, p.url, w.name}, art.ID)
		fresh.settled(t, len(w.acked))
		fresh.end()
		told = append(told, w.acked...)
	}
	if code := p.end(syscall.SIGTERM); code != 0 {
		t.Errorf("exit %d: %s", code, p.said())
	}
	if err := audit.Folder(context.Background(), data, told); err != nil {
		t.Fatal(err)
	}
	return len(told)
}

// writer is an annotator with one device, which keeps what it makes until it is
// acknowledged.
type writer struct {
	name, device string
	client       *http.Client
	acked        []audit.Op
	waiting      []annotation.Op
}

// pushOn makes ops and pushes what waits, until the server is gone.
func (w *writer) pushOn(url string, art *article.Article) error {
	for {
		for next := uint64(len(w.acked)) + 1; len(w.waiting) < 7; {
			w.waiting = append(w.waiting, span(art, "news", w.device, next+uint64(len(w.waiting))))
		}
		err := w.pushWaiting(url)
		if err != nil && strings.Contains(err.Error(), "{") {
			return err // an answer, but none that a kill explains
		}
		if err != nil {
			return nil
		}
	}
}

func (w *writer) pushWaiting(url string) error {
	results, err := push(w.client, url, w.waiting...)
	if err != nil {
		return err
	}
	for i, r := range results {
		if r.Outcome != wire.Accepted || r.ID != w.waiting[i].ID() {
			return fmt.Errorf("op %s was answered with {%+v}", w.waiting[i].ID(), r)
		}
		w.acked = append(w.acked, audit.Op{Author: w.name, Pos: r.Pos, Op: w.waiting[i]})
	}
	w.waiting = nil
	return nil
}

// repeat pushes the last acknowledged ops again: they get their first answer, and
// stay where they are.
func (w *writer) repeat(url string) error {
	last := w.acked[max(0, len(w.acked)-20):]
	var ops []annotation.Op
	for _, a := range last {
		ops = append(ops, a.Op)
	}
	results, err := push(w.client, url, ops...)
	if err != nil {
		return err
	}
	for i, r := range results {
		if r.Outcome != wire.Accepted || r.Pos != last[i].Pos {
			return fmt.Errorf("op %s was acknowledged at %d, and now it is answered with %+v", r.ID, last[i].Pos, r)
		}
	}
	return nil
}
