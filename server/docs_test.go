package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

const operationsPage = "../docs/operations.md"

func page(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	check(t, err)
	return string(b)
}

func TestThePageOnOperationsNamesEveryOptionOfServe(t *testing.T) {
	text := page(t, operationsPage)
	help := ok(t, t.TempDir(), "serve", "--help")
	flags := regexp.MustCompile(`--[a-z-]+`)
	for _, flag := range flags.FindAllString(help, -1) {
		if flag != "--help" && flag != "--data" && flag != "--demo" && !strings.Contains(text, "`"+flag) {
			t.Errorf("%s does not name %s", operationsPage, flag)
		}
	}
	table := text[strings.Index(text, "| option"):]
	for _, flag := range flags.FindAllString(table[:strings.Index(table, "\n\n")], -1) {
		if strings.Trim(flag, "-") != "" && !strings.Contains(help, flag) {
			t.Errorf("%s has the option %s, which serve has not", operationsPage, flag)
		}
	}
	unit := page(t, "../docs/deploy/hashiya.service") + page(t, "../docs/deploy/Containerfile")
	for _, m := range regexp.MustCompile(`"?serve"?,? .*`).FindAllString(unit, -1) {
		for _, flag := range flags.FindAllString(m, -1) {
			if flag != "--data" && !strings.Contains(help, flag) {
				t.Errorf("docs/deploy uses %s, which serve has not", flag)
			}
		}
	}
}

func TestThePageOnOperationsNamesEveryMetric(t *testing.T) {
	data := newsroom(t)
	serve(t, data)
	_, body := fetch(t, socket(data), "http://x/metrics")
	served := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^# TYPE (hashiya_\w+)`).FindAllStringSubmatch(body, -1) {
		served[m[1]] = true
	}
	named := map[string]bool{}
	for _, m := range regexp.MustCompile(`hashiya_\w+`).FindAllString(page(t, operationsPage), -1) {
		named[m] = true
	}
	for name := range served {
		if !named[name] {
			t.Errorf("%s does not name %s", operationsPage, name)
		}
	}
	for name := range named {
		if !served[name] {
			t.Errorf("%s names %s, which is not served", operationsPage, name)
		}
	}
}

func TestTheScriptForBackupsMakesAChainThatRestores(t *testing.T) {
	data := newsroom(t)
	to := t.TempDir()
	script := func() {
		t.Helper()
		cmd := exec.Command("../docs/deploy/backup.sh", data, to)
		cmd.Env = append(os.Environ(), "PATH="+filepath.Dir(program)+":"+os.Getenv("PATH"))
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	script()
	ok(t, data, "user", "add", "سمر")
	time.Sleep(1100 * time.Millisecond) // its names have seconds
	script()
	files, err := filepath.Glob(filepath.Join(to, "*", "*.hashiya"))
	if err != nil || len(files) != 2 {
		t.Skipf("a new week began in between: %v, %v", files, err)
	}
	restored := filepath.Join(t.TempDir(), "restored")
	ok(t, restored, append([]string{"restore"}, files...)...)
	if _, errs, code := run(t, restored, "user", "add", "سمر"); code != 1 || !strings.Contains(errs, "already") {
		t.Errorf("the account that came with the increment is not there: %s", errs)
	}
}
