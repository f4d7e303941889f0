//go:build linux

// Package testdisk gives tests a disk of their own, to fill and to make
// read-only.
package testdisk

import (
	"fmt"
	"testing"

	"golang.org/x/sys/unix"
)

// New mounts a disk in memory of that many MiB until the test ends, and skips
// the test where this process may not mount.
func New(t testing.TB, mib int) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%dm", mib)); err != nil {
		t.Skipf("this test needs a disk of its own, and this process may not mount one: %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, unix.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// Resize makes the disk that large.
func Resize(t testing.TB, dir string, mib int) {
	t.Helper()
	if err := unix.Mount("tmpfs", dir, "tmpfs", unix.MS_REMOUNT, fmt.Sprintf("size=%dm", mib)); err != nil {
		t.Fatal(err)
	}
}

// ReadOnly makes the disk read-only. Nothing on it may be open for writing.
func ReadOnly(t testing.TB, dir string) {
	t.Helper()
	if err := unix.Mount("tmpfs", dir, "tmpfs", unix.MS_REMOUNT|unix.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
}
