package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// build makes the story program and packs it with the app's own shell, style sheets,
// fonts and icons, below bin in the folder of go.mod. It returns the folder to serve.
func build(root string) (dir string, err error) {
	wasm := filepath.Join("bin", "story", "story.wasm")
	dist := filepath.Join("bin", "story", "dist")
	steps := []struct {
		env  []string
		args []string
	}{
		{[]string{"GOOS=js", "GOARCH=wasm"}, []string{"build", "-o", wasm, "-ldflags=-s -w", "./wasm/story"}},
		{nil, []string{"run", "./web/pack", "-wasm", wasm, "-out", dist, "-quality", "0"}},
	}
	for _, s := range steps {
		cmd := exec.Command("go", s.args...)
		cmd.Dir = root
		cmd.Env = append(os.Environ(), s.env...)
		if out, err := cmd.CombinedOutput(); err != nil {
			return "", fmt.Errorf("go %s: %w\n%s", s.args[0], err, out)
		}
	}
	return filepath.Join(root, dist), nil
}
