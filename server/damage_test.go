package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"hashiya/server/log"
	"hashiya/server/log/badgerlog"
)

// damagePage is the table of what can be damaged, and what is said then. These
// tests do the damage, and hold the page to be true.
const damagePage = "../docs/damage.md"

// damaged is one row: what is done to the copy of a sound folder, or to a
// backup, and the command that has to refuse it. Both serve and check have to
// where no command is named.
type damaged struct {
	row     string
	killed  bool // the folder is as a killed server leaves it
	do      func(t *testing.T, s *sound)
	command []string
}

// sound is what there is to damage.
type sound struct {
	clean, killed string // folders, as after a stop and after a kill
	dir           string // the copy to be damaged
	full, next    string // backups; next continues full
	last          string // continues next
}

var damages = []damaged{
	{row: "A byte of a table", do: func(t *testing.T, s *sound) { flip(t, s.file(t, "*.sst", 0), 100) }},
	{row: "A byte of a long record", do: flipRecord},
	{row: "A byte of a long value of the view", do: flipView},
	{row: "The list of tables is cut", do: func(t *testing.T, s *sound) {
		path := s.file(t, "MANIFEST", 0)
		info, err := os.Stat(path)
		check(t, err)
		check(t, os.Truncate(path, info.Size()/2))
	}},
	{row: "A byte of the write-ahead log", killed: true, do: func(t *testing.T, s *sound) {
		path := s.file(t, "*.mem", 0)
		content, err := os.ReadFile(path)
		check(t, err)
		flip(t, path, int64(len(bytes.TrimRight(content, "\x00"))/2))
	}},
	{row: "The write-ahead log is gone", killed: true, do: func(t *testing.T, s *sound) { check(t, os.Remove(s.file(t, "*.mem", 0))) }},
	{row: "A value log is gone", do: func(t *testing.T, s *sound) { check(t, os.Remove(s.file(t, "*.vlog", 0))) }},
	{row: "A table is gone", do: func(t *testing.T, s *sound) { check(t, os.Remove(s.file(t, "*.sst", 0))) }},
	{row: "The database is gone", do: func(t *testing.T, s *sound) { check(t, os.RemoveAll(filepath.Join(s.dir, "badger"))) }},
	{row: "The file `head` is gone", do: func(t *testing.T, s *sound) { check(t, os.Remove(filepath.Join(s.dir, "head"))) }},
	{row: "The file `format` is gone", do: func(t *testing.T, s *sound) { check(t, os.Remove(filepath.Join(s.dir, "format"))) }},
	{row: "The folder is of a newer version", do: func(t *testing.T, s *sound) {
		check(t, os.WriteFile(filepath.Join(s.dir, "format"), []byte("2\n"), 0o600))
	}},
	{row: "A record is of a newer version", do: appendFromTheFuture},
	{row: "Another process has the folder", command: []string{"serve", "--addr", "127.0.0.1:0"}, do: func(t *testing.T, s *sound) {
		l, err := badgerlog.Open(badgerlog.Options{Dir: s.dir})
		check(t, err)
		t.Cleanup(func() { l.Close() })
	}},
	{row: "A byte of a backup", command: []string{"restore", "FULL"}, do: func(t *testing.T, s *sound) { flip(t, s.full, 5000) }},
	{row: "A backup is cut", command: []string{"restore", "FULL", "NEXT"}, do: func(t *testing.T, s *sound) { check(t, os.Truncate(s.next, 300)) }},
	{row: "A backup is missing", command: []string{"restore", "FULL", "LAST"}, do: func(*testing.T, *sound) {}},
	{row: "The full backup is missing", command: []string{"restore", "NEXT", "LAST"}, do: func(*testing.T, *sound) {}},
	{row: "The backup is of a newer version", command: []string{"restore", "FULL"}, do: func(t *testing.T, s *sound) {
		content, err := os.ReadFile(s.full)
		check(t, err)
		check(t, os.WriteFile(s.full, bytes.Replace(content, []byte("backup 1\n"), []byte("backup 2\n"), 1), 0o600))
	}},
	{row: "The file is no backup", command: []string{"restore", "FULL"}, do: func(t *testing.T, s *sound) {
		check(t, os.WriteFile(s.full, []byte(awkward), 0o600))
	}},
	{row: "The folder to restore into is not empty", command: []string{"restore", "--into-the-folder", "FULL"}, do: func(*testing.T, *sound) {}},
}

func TestEveryDamageIsFoundAndNamedAsTheTableSays(t *testing.T) {
	table := readDamageTable(t)
	whole := makeSound(t)
	for _, d := range damages {
		t.Run(d.row, func(t *testing.T) {
			pattern, ok := table[d.row]
			if !ok {
				t.Fatalf("%s has no row %q", damagePage, d.row)
			}
			s := whole.copy(t, d.killed)
			d.do(t, s)
			for _, args := range s.commands(t, d.command) {
				into := s.dir
				if args[0] == "restore" && args[1] != "--into-the-folder" {
					into = filepath.Join(t.TempDir(), "new")
				}
				args = slices.DeleteFunc(args, func(a string) bool { return a == "--into-the-folder" })
				said, code := refuse(t, into, args...)
				if code != 1 || !pattern.MatchString(said) {
					t.Errorf("hashiya %s: exit %d:\n%s\nthe page says:\n%s", args[0], code, said, pattern)
				}
				if into != s.dir {
					nothingLeft(t, into)
				}
			}
		})
	}
	for row := range table {
		known := slices.ContainsFunc(damages, func(d damaged) bool { return d.row == row })
		if !known && !slices.Contains(diskRows, row) {
			t.Errorf("%s has the row %q, and no test does that damage", damagePage, row)
		}
	}
}

// readDamageTable returns what is said at each damage, by the first column.
// The page leaves out what differs from folder to folder, as "…".
func readDamageTable(t *testing.T) map[string]*regexp.Regexp {
	t.Helper()
	page, err := os.ReadFile(damagePage)
	check(t, err)
	table := map[string]*regexp.Regexp{}
	for line := range strings.Lines(string(page)) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		if len(cells) != 6 || strings.HasPrefix(cells[1], "-") || strings.TrimSpace(cells[1]) == "What is damaged" {
			continue
		}
		says := strings.TrimSpace(cells[3]) + " " + strings.TrimSpace(cells[4])
		pattern := strings.ReplaceAll(regexp.QuoteMeta(says), "…", ".*")
		table[strings.TrimSpace(cells[1])] = regexp.MustCompile(`(?m)^hashiya: ` + pattern + `$`)
	}
	return table
}

// makeSound makes a folder with records and values of all sizes, as it is after
// a stop and after a kill, and three backups of it.
func makeSound(t *testing.T) *sound {
	t.Helper()
	dir := t.TempDir()
	s := &sound{clean: filepath.Join(dir, "clean"), killed: filepath.Join(dir, "killed")}
	for i, path := range []*string{&s.full, &s.next, &s.last} {
		*path = filepath.Join(dir, []string{"full", "next", "last"}[i])
	}
	ok(t, s.clean, "project", "create", "news")
	ok(t, s.clean, "import", "--project", "news", write(t, "short.txt", awkward), write(t, "long.txt", strings.Repeat(awkward+"\n", 500)))
	ok(t, s.clean, "backup", "--out", s.full)
	ok(t, s.clean, "user", "add", "سمر")
	ok(t, s.clean, "backup", "--out", s.next, "--since", s.full)
	ok(t, s.clean, "user", "add", "omar")
	ok(t, s.clean, "backup", "--out", s.last, "--since", s.next)

	copyFolder(t, s.clean, s.killed)
	p := serve(t, s.killed)
	for _, name := range []string{"a", "b", "c", "d", "e", "f"} {
		ok(t, s.killed, "user", "add", name)
	}
	p.end(syscall.SIGKILL)
	return s
}

// copy returns everything under other names, to be damaged.
func (s *sound) copy(t *testing.T, killed bool) *sound {
	t.Helper()
	dir := t.TempDir()
	c := &sound{dir: filepath.Join(dir, "data")}
	from := s.clean
	if killed {
		from = s.killed
	}
	copyFolder(t, from, c.dir)
	for i, path := range []string{s.full, s.next, s.last} {
		content, err := os.ReadFile(path)
		check(t, err)
		copied := filepath.Join(dir, filepath.Base(path))
		check(t, os.WriteFile(copied, content, 0o600))
		*[]*string{&c.full, &c.next, &c.last}[i] = copied
	}
	return c
}

// commands returns what has to refuse the damage.
func (s *sound) commands(t *testing.T, command []string) [][]string {
	if command == nil {
		return [][]string{{"check"}, {"serve", "--addr", "127.0.0.1:0"}}
	}
	var args []string
	for _, a := range command {
		if path := map[string]string{"FULL": s.full, "NEXT": s.next, "LAST": s.last}[a]; path != "" {
			a = path
		}
		args = append(args, a)
	}
	return [][]string{args}
}

// file returns the n-th of the database's files of that name, counted from the
// end where n is negative.
func (s *sound) file(t *testing.T, pattern string, n int) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(s.dir, "badger", pattern))
	if err != nil || len(found) == 0 {
		t.Fatalf("no %s in %s: %v", pattern, s.dir, err)
	}
	slices.Sort(found)
	return found[(n+len(found))%len(found)]
}

// flipRecord flips a byte of the long article where the value log has it as a
// record; flipView, where it has it as a value of the view.
func flipRecord(t *testing.T, s *sound) { flipInVlog(t, s, `"project":"news"`) }
func flipView(t *testing.T, s *sound)   { flipInVlog(t, s, "v/") }

// flipInVlog flips a byte behind the first place of the text in the value logs.
func flipInVlog(t *testing.T, s *sound, text string) {
	t.Helper()
	found, _ := filepath.Glob(filepath.Join(s.dir, "badger", "*.vlog"))
	for _, path := range found {
		content, err := os.ReadFile(path)
		check(t, err)
		if at := bytes.Index(content, []byte(text)); at >= 0 {
			flip(t, path, int64(at+1000))
			return
		}
	}
	t.Fatalf("no value log holds %q", text)
}

// appendFromTheFuture adds a record of a kind that this version does not know.
func appendFromTheFuture(t *testing.T, s *sound) {
	l, err := badgerlog.Open(badgerlog.Options{Dir: s.dir})
	check(t, err)
	_, err = l.Append(t.Context(), log.Record{Kind: "hologram", Actor: "operator", Data: json.RawMessage(`{}`)})
	check(t, err)
	check(t, l.Close())
}

// refuse runs a command that must come to its end by itself.
func refuse(t *testing.T, data string, args ...string) (said string, code int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, append(args, "--data", data)...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	if err := cmd.Run(); cmd.ProcessState == nil {
		t.Fatal(err)
	}
	if ctx.Err() != nil {
		t.Errorf("hashiya %v did not refuse it: %s", args, errs.String())
	}
	return errs.String(), cmd.ProcessState.ExitCode()
}

// nothingLeft fails where a refused restore has made something.
func nothingLeft(t *testing.T, dir string) {
	t.Helper()
	list, err := os.ReadDir(filepath.Dir(dir))
	check(t, err)
	for _, e := range list {
		t.Errorf("a refused restore left %s", e.Name())
	}
}

func flip(t *testing.T, path string, at int64) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	check(t, err)
	defer f.Close()
	var b [1]byte
	_, err = f.ReadAt(b[:], at)
	check(t, err)
	b[0] ^= 0x10
	_, err = f.WriteAt(b[:], at)
	check(t, err)
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// copyFolder keeps holes, since Badger's files are mostly those.
func copyFolder(t *testing.T, from, to string) {
	t.Helper()
	if out, err := exec.Command("cp", "-r", "--sparse=always", from, to).CombinedOutput(); err != nil {
		t.Fatalf("copying: %v: %s", err, out)
	}
}

// diskRows are the rows that need a disk of their own; see disk_test.go.
var diskRows = []string{"The disk is full when the server starts", "The disk fills while the server runs", "The disk can only be read"}
