// Command slim builds the front end for js/wasm, small on the wire: go-app without its
// server, inlining only where speed shows, data segments merged. README.md has the
// reasons and what each saves. Run it in the folder of go.mod.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

func main() {
	out := flag.String("o", "", "file to write")
	flag.Parse()
	if *out == "" || flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "slim: name a file with -o FILE and the package to build")
		flag.Usage()
		os.Exit(2)
	}
	if err := run(*out, flag.Arg(0)); err != nil {
		fmt.Fprintln(os.Stderr, "slim:", err)
		os.Exit(1)
	}
}

// work is where the changed copy of go-app lies, git-ignored.
var work = filepath.Join("bin", "slim")

func run(out, pkg string) error {
	modfile, err := prepare(work)
	if err != nil {
		return err
	}
	built := filepath.Join(work, "app.wasm")
	args := []string{
		"build", "-modfile=" + modfile, "-o", built,
		"-trimpath",
		"-buildvcs=false", // a commit that changes nothing here must not make everybody load it again
		"-ldflags=-s -w",
		"-gcflags=all=-l",
	}
	for _, p := range inlined {
		args = append(args, "-gcflags="+p+"=")
	}
	cmd := exec.Command("go", append(args, pkg)...)
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOWORK=off")
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("building %s: %w", pkg, err)
	}
	module, err := os.ReadFile(built)
	if err != nil {
		return err
	}
	if module, err = mergeSegments(module); err != nil {
		return fmt.Errorf("%s: %w", built, err)
	}
	if err := os.WriteFile(built, module, 0o644); err != nil {
		return err
	}
	return os.Rename(built, out)
}
