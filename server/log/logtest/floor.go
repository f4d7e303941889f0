package logtest

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// Floor is how many times a second one process can append the record to a file
// and have it on the disk (fdatasync): what the rate of a log is held against.
func Floor(b *testing.B, record []byte) float64 {
	file, err := os.Create(filepath.Join(b.TempDir(), "floor"))
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	const rounds = 2000
	start := time.Now()
	for range rounds {
		if _, err := file.Write(record); err != nil {
			b.Fatal(err)
		}
		if err := unix.Fdatasync(int(file.Fd())); err != nil {
			b.Fatal(err)
		}
	}
	return rounds / time.Since(start).Seconds()
}
