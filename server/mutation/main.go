// Command mutation shows that guards are tested: it takes them out of a copy of
// the source, one at a time, and names the test that notices.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

func main() {
	only := flag.String("only", "", "run only mutations whose name contains this")
	flag.Parse()
	if err := run(*only); err != nil {
		fmt.Fprintln(os.Stderr, "mutation:", err)
		os.Exit(1)
	}
}

func run(only string) error {
	tree, err := os.MkdirTemp("", "mutation")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tree)
	if err := copyTree(".", tree); err != nil {
		return fmt.Errorf("copying the source: %w", err)
	}
	chosen := slices.DeleteFunc(slices.Clone(mutations), func(m mutation) bool { return !strings.Contains(m.name, only) })
	for _, m := range chosen {
		if _, err := m.mutated(tree); err != nil {
			return err
		}
	}
	if err := healthy(tree, chosen); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "All of these tests pass on the source as it is. Now %d mutations.\n", len(chosen))
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "without\tnoticed by\tin\tafter")
	survived := 0
	for _, m := range chosen {
		begun := time.Now()
		noticed, err := m.try(tree)
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", m.name, err)
			noticed = ""
		}
		if noticed == "" {
			noticed = "NOTHING"
			survived++
		}
		took := time.Since(begun).Round(time.Second)
		fmt.Fprintf(os.Stderr, "%s: %s (%v)\n", m.name, noticed, took)
		fmt.Fprintf(table, "%s\t%s\t%s\t%v\n", m.name, noticed, m.pkg, took)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	if survived > 0 {
		return fmt.Errorf("%d of %d guards can be taken out and no test notices: write one", survived, len(chosen))
	}
	return nil
}

// healthy checks that the tests pass while nothing is taken out.
func healthy(tree string, chosen []mutation) error {
	done := map[string]bool{}
	for _, m := range chosen {
		if done[m.pkg+m.test+m.args] {
			continue
		}
		done[m.pkg+m.test+m.args] = true
		passed, out := m.testIn(tree)
		if !passed {
			return fmt.Errorf("%s fails on the source as it is:\n%s", m.test, out)
		}
		if strings.Contains(out, "no tests to run") || strings.Contains(out, "--- SKIP") {
			return fmt.Errorf("%s has no test %s that runs here:\n%s", m.pkg, m.test, out)
		}
	}
	return nil
}

// mutated returns the file's content without the guard. It fails unless the
// guard's source stands there exactly once.
func (m mutation) mutated(tree string) (string, error) {
	b, err := os.ReadFile(filepath.Join(tree, m.file))
	if err != nil {
		return "", err
	}
	if n := strings.Count(string(b), m.guard); n != 1 {
		return "", fmt.Errorf("%s: the guard stands %d times in %s, want once: change the mutation as the source was changed. It is\n%s", m.name, n, m.file, m.guard)
	}
	return strings.Replace(string(b), m.guard, m.without, 1), nil
}

// try takes the guard out, runs the test, and puts the guard back. It returns
// which test failed, "" for none.
func (m mutation) try(tree string) (noticed string, err error) {
	content, err := m.mutated(tree)
	if err != nil {
		return "", err
	}
	path := filepath.Join(tree, m.file)
	whole, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		return "", err
	}
	defer func() {
		if back := os.WriteFile(path, whole, 0o600); err == nil {
			err = back
		}
	}()
	passed, out := m.testIn(tree)
	if passed {
		return "", nil
	}
	if strings.Contains(out, "[build failed]") || strings.Contains(out, "[setup failed]") {
		return "", fmt.Errorf("the mutated source does not compile:\n%s", out)
	}
	if name := innermost(out, m.test); name != "" {
		return name, nil
	}
	if f := timedOut.FindStringSubmatch(out); f != nil {
		return f[1] + " (it hangs)", nil
	}
	if f := panicked.FindStringSubmatch(out); f != nil {
		return m.test + " (" + strings.TrimSpace(f[0]) + ")", nil
	}
	return "", fmt.Errorf("the test run failed in a way that names no test:\n%s", out)
}

// innermost returns the first test that failed and has no test of its own that
// did: not one that only runs others, as those in a browser are.
func innermost(out, runner string) string {
	var names []string
	for _, f := range failed.FindAllStringSubmatch(out, -1) {
		names = append(names, f[1])
	}
	for _, n := range names {
		around := func(other string) bool { return strings.HasPrefix(other, n+"/") }
		if !slices.ContainsFunc(names, around) && (n != runner || len(names) == 1) {
			return n
		}
	}
	return ""
}

var (
	failed   = regexp.MustCompile(`(?m)^\s*--- FAIL: (\S+)`)
	timedOut = regexp.MustCompile(`(?m)^\s+(Test\S+) \(`)
	panicked = regexp.MustCompile(`(?m)^(panic|fatal error): .{0,60}`)
)

func (m mutation) testIn(tree string) (passed bool, out string) {
	args := append([]string{"test", "-count=1", "-timeout=60s", "-run", "^" + m.test + "$", "./" + m.pkg}, strings.Fields(m.args)...)
	cmd := exec.Command("go", args...)
	cmd.Dir = tree
	b, err := cmd.CombinedOutput()
	return err == nil, string(b)
}
