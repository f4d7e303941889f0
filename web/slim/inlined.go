package main

// inlined are the packages, as patterns for -gcflags, in which calls are inlined as
// usual: those between a key press and the highlight it paints, and what they stand on.
// Screens and what waits for the network or the disk would only become larger.
var inlined = []string{
	"runtime/...", "internal/...", "sync/...", "syscall/js",
	"bytes", "cmp", "iter", "maps", "math/...", "slices", "strings", "unicode/...",
	"github.com/clipperhouse/uax29/...",
	"hashiya/app/annotation",
	"hashiya/app/arabic",
	"hashiya/app/caret",
	"hashiya/app/desk",
	"hashiya/app/suggest",
	"hashiya/app/text",
	"hashiya/wasm/surface",
}
