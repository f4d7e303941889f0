//go:build !linux

// Package testdisk gives tests a disk of their own where it can.
package testdisk

import "testing"

const why = "this test needs a disk of its own, which is known how to make on Linux only"

// New skips the test.
func New(t testing.TB, _ int) string { t.Skip(why); return "" }

// Resize is never reached.
func Resize(testing.TB, string, int) { panic(why) }

// ReadOnly is never reached.
func ReadOnly(testing.TB, string) { panic(why) }
