package exporting

import (
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"

	"hashiya/app/dataset"
)

// ToFile exports to the file at path, which it replaces only when all is
// written and on the disk; after an error the old file is as it was.
func ToFile(ctx context.Context, path string, docs iter.Seq2[dataset.Document, error], o Options) (report *Report, err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return nil, fmt.Errorf("can't write next to %s: %w", path, err)
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
			report = nil
		}
	}()
	if report, err = Export(ctx, f, docs, o); err != nil {
		return nil, err
	}
	if err = f.Chmod(0o644); err != nil {
		return nil, fmt.Errorf("writing %s: %w", path, err)
	}
	if err = f.Sync(); err != nil {
		return nil, fmt.Errorf("writing %s: %w", path, err)
	}
	if err = f.Close(); err != nil {
		return nil, fmt.Errorf("writing %s: %w", path, err)
	}
	if err = os.Rename(f.Name(), path); err != nil {
		return nil, fmt.Errorf("writing %s: %w", path, err)
	}
	return report, nil
}
