// Package surface is the reading surface in the browser: it implements
// reading.Surface over the DOM.
//
// Each paragraph is one plain text node that nothing ever wraps or splits, so its
// letters stay joined and its offsets stand still. Highlights, the selection and
// the caret are rectangles in a sibling node below the text, placed where
// Range.getClientRects says the text is, for the paragraphs near the viewport
// only, and placed anew when the layout changes.
//
// Offsets are code points of the article's text, as everywhere; the DOM's UTF-16
// offsets stay within geometry.go.
//
// The browser calls back on a goroutine of its own, in between two steps of the
// UI goroutine at most, but a collection of garbage may park either of them
// halfway: one mutex keeps them apart. It is never held while calling out.
package surface
