// Package reading is the article screen, where people spend the day: the text, the
// caret and selection, the palette and the inspector.
package reading

import "hashiya/app/text"

// Surface is the reading surface: it lays an article out, one text node a
// paragraph, paints highlights under the text, and says where pointers point.
// All offsets are code points of the article's text. There is one, in the
// browser (package wasm/surface); its methods are called on the UI goroutine
// and are cheap to call again with the same arguments.
type Surface interface {
	// Open lays out a document inside the element with id host, which nobody
	// else may touch, and replaces what was there.
	Open(host string, doc Document, on SurfaceEvents) error
	// Close removes the document and every listener. Closing twice is fine.
	Close()
	// Paint shows exactly these marks, in place of those painted before.
	Paint(marks []Mark)
	// Caret shows the caret and the selection that ends at it; a nil caret
	// hides both. The paragraph around it is scrolled into view when reveal is set.
	Caret(at *Caret, reveal bool)
	// Reveal scrolls the range into view and flashes it.
	Reveal(start, end int)
	// Focus gives the surface the keyboard.
	Focus()
	// LineStep returns the offset one visual line above (-1) or below (+1) at,
	// keeping the inline position; ok is false at the first and last line.
	LineStep(at int, lines int) (offset int, ok bool)
	// Rect returns where the range's last line stands on the screen, in CSS
	// pixels of the viewport, to anchor something beside it; ok is false when it
	// is not laid out.
	Rect(start, end int) (r ScreenRect, ok bool)
}

// Document is what a Surface lays out.
type Document struct {
	Text       string
	Lang       string
	Paragraphs []SurfaceParagraph // ascending, not overlapping
}

// SurfaceParagraph is one paragraph. Its class names carry its look ("para-title",
// "para-body", "para-aside" …).
type SurfaceParagraph struct {
	Start, End int
	Dir        text.Direction
	Class      string
	Group      string // paragraphs in a row with the same non-empty Group lie in one foldable block…
	GroupTitle string // … under this heading
}

// Mark is one range to paint.
type Mark struct {
	ID         string
	Start, End int
	Class      string // look: "label-c3", "is-suggestion", "is-evidence", "is-conflict" …
	Tag        string // short name shown on focus, on hover and when all tags are shown; may be ""
	Level      int    // nested and crossing underlines are stacked: deeper than every mark that encloses it; 0 is outermost
	Focused    bool
}

// Caret is the keyboard's place in the text. Anchor == Focus means nothing is
// selected.
type Caret struct{ Anchor, Focus int }

// ScreenRect is a rectangle in CSS pixels of the viewport.
type ScreenRect struct{ X, Y, Width, Height float64 }

// SurfaceEvents is what the surface reports. Every func is called on the UI
// goroutine; none is nil.
type SurfaceEvents struct {
	// Select reports a finished drag or double click as the raw range under it,
	// and whether Alt was held (take it as it is, don't snap).
	Select func(start, end int, raw bool)
	// Resize reports that a handle was dragged: the selection's range, or the
	// focused mark's, with that end moved. It splits no letter and is not snapped.
	Resize func(start, end int)
	// Tap reports a click or tap without a drag: the offset under it and the ids
	// of the marks there, the innermost first. touch: it came from a finger or pen.
	Tap func(at int, marks []string, touch bool)
	// Hover reports the innermost mark under the mouse, "" for none.
	Hover func(mark string)
	// Key reports a key pressed while the surface has the keyboard.
	// It returns true when the key was used (the browser's default is prevented).
	Key func(k Key) bool
	// FocusChanged reports that the surface got or lost the keyboard.
	FocusChanged func(has bool)
}

// Key is a key press.
type Key struct {
	Code                   string // the physical key: KeyboardEvent.code
	Key                    string // what the layout makes of it: KeyboardEvent.key
	Shift, Alt, Ctrl, Meta bool
	Repeat                 bool
}
