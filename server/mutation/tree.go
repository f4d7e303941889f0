package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// copyTree copies what tests are built from: no history, nothing that was
// built, no data.
func copyTree(from, to string) error {
	return filepath.WalkDir(from, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		switch {
		case e.IsDir() && (name == ".git" || name == "bin" || name == "data"):
			return filepath.SkipDir
		case e.IsDir():
			return os.MkdirAll(filepath.Join(to, name), 0o700)
		case strings.HasPrefix(name, filepath.Join("web", "dist")) && e.Name() != ".gitkeep", !e.Type().IsRegular():
			return nil
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, name), b, 0o600)
	})
}
