// Package e2e holds the tests that use Hashiya as people do: the real binary
// on a real disk, the real page in real Chromium. They need bin/hashiya (make
// build) and a Chromium (make test installs it where that is allowed).
package e2e
