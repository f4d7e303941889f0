package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	stdsync "sync"
	"syscall"
	"testing"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/sync"
	"hashiya/app/sync/memstore"
	"hashiya/app/wire"
)

// newsroom is a folder with a project of one article, and its people.
func newsroom(t *testing.T, people ...string) (data string) {
	t.Helper()
	data = filepath.Join(t.TempDir(), "data")
	ok(t, data, "project", "create", "news")
	ok(t, data, "import", "--project", "news", write(t, "a.txt", awkward))
	for _, name := range people {
		ok(t, data, "user", "add", name)
	}
	return data
}

func theArticle(t *testing.T, c *http.Client, url string) article.Article {
	t.Helper()
	list := getJSON[[]wire.ArticleSummary](t, c, url+"/api/projects/news/articles")
	return getJSON[article.Article](t, c, url+"/api/projects/news/articles/"+list[0].ID)
}

// opsOf returns the ops in the account's layers, by subject.
func opsOf(t *testing.T, c *http.Client, url string) map[string]int {
	t.Helper()
	there := map[string]int{}
	for after := uint64(0); ; {
		e := getJSON[wire.Events](t, c, fmt.Sprintf("%s/api/events?poll=1&after=%d", url, after))
		for _, event := range e.Events {
			if event.Op != nil {
				there[event.Op.Subject]++
			}
		}
		const batch = 500
		if len(e.Events) < batch { // asking behind the end would wait for more
			return there
		}
		after = e.Cursor
	}
}

func TestBackupsOfAServerAtWorkRestoreAllThatWasAcknowledgedBefore(t *testing.T) {
	const writers = 4
	var people []string
	for i := range writers {
		people = append(people, fmt.Sprint("annotator", i))
	}
	data := newsroom(t, people...)
	p := serve(t, data)
	var mu stdsync.Mutex
	acked := map[string][]string{} // by account, the subjects
	stop := make(chan struct{})
	var working stdsync.WaitGroup
	for i, name := range people {
		c := browser(t, ok(t, data, "user", "link", name))
		art := theArticle(t, c, p.url)
		working.Go(func() {
			for seq := uint64(1); ; seq++ {
				select {
				case <-stop:
					return
				case <-time.After(time.Millisecond):
				}
				o := span(&art, "news", fmt.Sprint("device", i), seq)
				if results, err := push(c, p.url, o); err != nil || results[0].Outcome != wire.Accepted {
					t.Errorf("%+v, %v", results, err)
					return
				}
				mu.Lock()
				acked[name] = append(acked[name], o.Subject)
				mu.Unlock()
			}
		})
	}
	dir := t.TempDir()
	var files []string
	var before map[string]int
	for i := range 4 {
		time.Sleep(50 * time.Millisecond)
		mu.Lock()
		before = map[string]int{}
		for name := range acked {
			before[name] = len(acked[name])
		}
		mu.Unlock()
		file := filepath.Join(dir, fmt.Sprint(i))
		args := []string{"backup", "--out", file}
		if i > 0 {
			args = append(args, "--since", files[i-1])
		}
		ok(t, data, args...)
		files = append(files, file)
	}
	close(stop)
	working.Wait()
	p.end(syscall.SIGKILL)

	restored := filepath.Join(t.TempDir(), "restored")
	ok(t, restored, append([]string{"restore"}, files...)...)
	ok(t, restored, "check")
	if out := ok(t, restored, append([]string{"check"}, files...)...); strings.Count(out, "is whole") != 4 {
		t.Errorf("check of the backups: %s", out)
	}
	p = serve(t, restored)
	total := 0
	for _, name := range people {
		c := browser(t, ok(t, restored, "user", "link", name))
		there := opsOf(t, c, p.url)
		for _, subject := range acked[name][:before[name]] {
			if there[subject] != 1 {
				t.Errorf("%s of %s was acknowledged before the last backup, and is there %d times", subject, name, there[subject])
			}
		}
		total += before[name]
	}
	if total < writers*10 {
		t.Errorf("only %d ops were acknowledged before the last backup: the test tests little", total)
	}
	if info, err := os.Stat(files[0]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("a backup is %v, %v: others can read it", info, err)
	}
}

// device is an annotator's browser: a database, and the outbox that brings it
// to the server.
type device struct {
	store   *memstore.Store
	article string
	end     func()
}

func startDevice(t *testing.T, db *memstore.DB, r *remote, article string) *device {
	t.Helper()
	store := db.Open()
	o := sync.New(sync.Config{Store: store, Remote: r, Clock: sync.SystemClock{}, Leader: sync.AlwaysLeader{}})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); o.Run(ctx) }()
	d := &device{store: store, article: article, end: stdsync.OnceFunc(func() { cancel(); <-done; store.Close() })}
	t.Cleanup(d.end)
	return d
}

// settled waits until every op of the device has an answer and it has received
// that many ops, made here or elsewhere.
func (d *device) settled(t *testing.T, ops int) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		c, err := d.store.Counts(t.Context())
		link, err2 := d.store.Link(t.Context())
		all, err3 := d.store.Ops(t.Context(), "news", d.article)
		if err == nil && err2 == nil && err3 == nil && c.Waiting == 0 && link.Log != "" && len(all) == ops {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("after 30 s: %+v, %+v, %d ops of %d", c, link, len(all), ops)
		}
	}
}

func TestARestoredServerGetsAllThatDevicesSentAfterTheBackup(t *testing.T) {
	data := newsroom(t, "سمر")
	p := serve(t, data)
	c := browser(t, ok(t, data, "user", "link", "سمر"))
	art := theArticle(t, c, p.url)
	dbs := []*memstore.DB{memstore.New("سمر", annotation.NewID), memstore.New("سمر", annotation.NewID)}
	var devices []*device
	for _, db := range dbs {
		devices = append(devices, startDevice(t, db, &remote{c, p.url, "سمر"}, art.ID))
	}
	label := func(d *device, n int) {
		t.Helper()
		for range n {
			o := span(&art, "news", "", 0)
			o.Subject = annotation.NewID()
			if _, err := d.store.Append(t.Context(), []annotation.Op{o}); err != nil {
				t.Fatal(err)
			}
		}
	}
	label(devices[0], 3)
	label(devices[1], 2)
	for _, d := range devices {
		d.settled(t, 5)
	}
	backup := filepath.Join(t.TempDir(), "backup")
	ok(t, data, "backup", "--out", backup)
	label(devices[0], 4)
	label(devices[1], 6)
	for _, d := range devices {
		d.settled(t, 15)
	}
	first := getJSON[wire.Me](t, c, p.url+"/api/me").Log
	p.end(syscall.SIGKILL)
	for _, d := range devices {
		d.end()
	}

	// The disk is lost, and the backup is restored on another machine. Nobody
	// labels anything from here on.
	restored := filepath.Join(t.TempDir(), "restored")
	ok(t, restored, "restore", backup)
	p = serve(t, restored)
	c = browser(t, ok(t, restored, "user", "link", "سمر"))
	if second := getJSON[wire.Me](t, c, p.url+"/api/me").Log; second == first || second == "" {
		t.Errorf("the restored log is called %s, the lost one was %s", second, first)
	}
	if n := len(opsOf(t, c, p.url)); n != 5 {
		t.Errorf("the restored server has %d ops, the backup had 5", n)
	}
	for i, db := range dbs {
		devices[i] = startDevice(t, db, &remote{c, p.url, "سمر"}, art.ID)
	}
	for deadline := time.Now().Add(30 * time.Second); len(opsOf(t, c, p.url)) < 15; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("after 30 s the server has %d of 15 ops", len(opsOf(t, c, p.url)))
		}
	}
	for subject, n := range opsOf(t, c, p.url) {
		if n != 1 {
			t.Errorf("%s is there %d times", subject, n)
		}
	}
	for _, d := range devices {
		d.settled(t, 15)
		if stuck, err := d.store.Stuck(t.Context()); err != nil || len(stuck) > 0 {
			t.Errorf("stuck: %+v, %v", stuck, err)
		}
	}
	p.end(syscall.SIGTERM)
	ok(t, restored, "check")
}

func TestLabelsOfAnArticleThatTheBackupLacksWaitUntilItIsBack(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	ok(t, data, "project", "create", "news")
	ok(t, data, "user", "add", "سمر")
	backup := filepath.Join(t.TempDir(), "backup")
	ok(t, data, "backup", "--out", backup)
	file := write(t, "a.txt", awkward)
	ok(t, data, "import", "--project", "news", file)
	p := serve(t, data)
	c := browser(t, ok(t, data, "user", "link", "سمر"))
	art := theArticle(t, c, p.url)
	if results, err := push(c, p.url, span(&art, "news", "d1", 1)); err != nil || results[0].Outcome != wire.Accepted {
		t.Fatalf("%+v, %v", results, err)
	}
	p.end(syscall.SIGKILL)

	restored := filepath.Join(t.TempDir(), "restored")
	ok(t, restored, "restore", backup)
	p = serve(t, restored)
	c = browser(t, ok(t, restored, "user", "link", "سمر"))
	whole := ok(t, restored, "check")
	for range 2 {
		if _, err := push(c, p.url, span(&art, "news", "d1", 1)); err == nil || !strings.Contains(err.Error(), `"lacking"`) || !strings.Contains(err.Error(), art.ID) {
			t.Errorf("a label of the lost article: %v, want it to wait", err)
		}
	}
	if again := ok(t, restored, "check"); again != whole {
		t.Errorf("labels that wait fill the log: %s%s", whole, again)
	}
	ok(t, restored, "import", "--project", "news", file)
	if results, err := push(c, p.url, span(&art, "news", "d1", 1)); err != nil || results[0].Outcome != wire.Accepted {
		t.Errorf("when the article is back: %+v, %v", results, err)
	}
}

func TestAFolderWhoseViewIsDamagedIsSavedByItsBackup(t *testing.T) {
	s := makeSound(t).copy(t, false)
	flipView(t, s)
	backup := filepath.Join(t.TempDir(), "backup")
	ok(t, s.dir, "backup", "--out", backup)
	restored := filepath.Join(t.TempDir(), "restored")
	ok(t, restored, "restore", backup)
	ok(t, restored, "check")
	out := filepath.Join(t.TempDir(), "out.jsonl")
	ok(t, restored, "export", "--project", "news", "--out", out)
	if content, err := os.ReadFile(out); err != nil || strings.Count(string(content), "\n") != 2 {
		t.Errorf("the export has %d lines, %v", strings.Count(string(content), "\n"), err)
	}
}

func TestADamagedLogIsNotBackedUp(t *testing.T) {
	s := makeSound(t).copy(t, false)
	// An old long record, which opening trusts: one that is newer follows.
	ok(t, s.dir, "import", "--project", "news", write(t, "new.txt", strings.Repeat(awkward, 400)))
	flipRecord(t, s)
	out := filepath.Join(t.TempDir(), "backup")
	_, errs, code := run(t, s.dir, "backup", "--out", out)
	if code != 1 || !strings.Contains(errs, "there is no backup of a damaged log") {
		t.Errorf("exit %d: %s", code, errs)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("a file was written")
	}
	existing := write(t, "precious", "x")
	if _, errs, code := run(t, s.dir, "backup", "--out", existing); code != 1 || !strings.Contains(errs, "is there already") {
		t.Errorf("over another file: exit %d: %s", code, errs)
	}
}
