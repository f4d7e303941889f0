package backup

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hashiya/app/article"
	"hashiya/app/scheme"
	"hashiya/app/wire"
	"hashiya/server/access"
	"hashiya/server/internal/testdisk"
	"hashiya/server/kv"
	"hashiya/server/log"
	"hashiya/server/log/badgerlog"
	"hashiya/server/record"
	"hashiya/server/view"
)

var quiet = badgerlog.Options{Logger: slog.New(slog.DiscardHandler)}

func open(t *testing.T, dir string) *badgerlog.Log {
	t.Helper()
	o := quiet
	o.Dir, o.Apply = dir, view.Apply
	l, err := badgerlog.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

// working returns a log with a project, an article, an account and a session.
func working(t *testing.T) *badgerlog.Log {
	t.Helper()
	l := open(t, t.TempDir())
	art := article.New(strings.Repeat("قال «بوتين» لأذربيجان\r\n", 2000), "ar", article.Meta{}, nil)
	_, err := l.Append(t.Context(),
		record.Account(access.Operator, "سمر", wire.Annotator),
		record.Password("سمر", "سمر", "$argon2id$x"),
		record.Project(access.Operator, "news", "أخبار", scheme.Default()),
		record.Article(access.Operator, "news", art))
	err = errors.Join(err, l.Side("sessions").Update(t.Context(), func(w kv.Writer) error { return w.Set([]byte("token"), []byte("سمر")) }))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func dump(t *testing.T, s kv.Store) string {
	t.Helper()
	var b strings.Builder
	err := s.View(t.Context(), func(r kv.Reader) error {
		return r.Scan(nil, nil, func(k, v []byte) (bool, error) {
			if !strings.Contains(string(k), "cursor") && !strings.Contains(string(k), "restored") {
				fmt.Fprintf(&b, "%q %q\n", k, v)
			}
			return true, nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestARestoredFolderHasTheLogAndTheViewAndNoSessions(t *testing.T) {
	l := working(t)
	path := filepath.Join(t.TempDir(), "b")
	made := saved(t, l, path, nil)
	for name, dir := range map[string]string{"new": filepath.Join(t.TempDir(), "deep", "down"), "empty": t.TempDir()} {
		t.Run(name, func(t *testing.T) {
			s, err := Restore(t.Context(), dir, []string{path}, quiet, someTime)
			if err != nil || s != made {
				t.Fatalf("%+v, %v", s, err)
			}
			if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
				t.Errorf("the folder is %v, %v: others may look into it", info, err)
			}
			onlyChild(t, dir)
			restored := open(t, dir)
			if dump(t, restored.Store()) != dump(t, l.Store()) {
				t.Error("the view is another one")
			}
			if got := lines(t, restored); !strings.HasPrefix(got, lines(t, l)) || strings.Count(got, "\n") != 5 {
				t.Errorf("the log is %.2000s", got)
			}
			if left := dump(t, restored.Side("sessions")); left != "" {
				t.Errorf("the sessions are %s", left)
			}
		})
	}
}

// onlyChild fails where something stands beside the folder.
func onlyChild(t *testing.T, dir string) {
	t.Helper()
	list, err := os.ReadDir(filepath.Dir(dir))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		if e.Name() != filepath.Base(dir) && strings.HasPrefix(e.Name(), ".") {
			t.Errorf("%s was left", e.Name())
		}
	}
}

func TestARestoreThatFailsLeavesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "b")
	saved(t, working(t), path, nil)
	newer := newLog()
	if _, err := newer.Append(t.Context(), log.Record{Kind: "hologram", Actor: "operator"}); err != nil {
		t.Fatal(err)
	}
	unknown := filepath.Join(t.TempDir(), "newer")
	saved(t, newer, unknown, nil)
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	full := quiet
	full.FreeBytes = func(string) (uint64, error) { return 200 << 20, nil } // to open, not to write
	for name, c := range map[string]struct {
		ctx     context.Context
		path    string
		options badgerlog.Options
		says    string
	}{
		"broken off":            {cancelled, path, quiet, "canceled"},
		"a full disk":           {t.Context(), path, full, "too little disk space"},
		"a newer kind of entry": {t.Context(), unknown, quiet, "hologram"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "new")
			_, err := Restore(c.ctx, dir, []string{c.path}, c.options, someTime)
			if err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "nothing was restored") {
				t.Errorf("got %v", err)
			}
			if list, _ := os.ReadDir(filepath.Dir(dir)); len(list) > 0 {
				t.Errorf("%s was left", list[0].Name())
			}
		})
	}
}

func TestAMountPointIsNotReplaced(t *testing.T) {
	path := filepath.Join(t.TempDir(), "b")
	saved(t, working(t), path, nil)
	disk := testdisk.New(t, 10)
	_, err := Restore(t.Context(), disk, []string{path}, quiet, someTime)
	if err == nil || !strings.Contains(err.Error(), filepath.Join(disk, "data")) {
		t.Errorf("got %v", err)
	}
	onlyChild(t, disk)
}
