package text

// Line is one line of a text: a half-open range of code points without its
// line terminator.
type Line struct{ Start, End int }

// Lines cuts the text at LF, CRLF and lone CR; the terminators belong to no
// line. A text that ends in a terminator has no empty last line. The ranges
// are in code points.
func Lines(s string) []Line {
	var lines []Line
	start, cp := 0, 0
	afterCR := false
	for _, r := range s {
		switch {
		case r == '\n' && afterCR:
			start = cp + 1
		case r == '\n' || r == '\r':
			lines = append(lines, Line{start, cp})
			start = cp + 1
		}
		afterCR = r == '\r'
		cp++
	}
	if start < cp {
		lines = append(lines, Line{start, cp})
	}
	return lines
}
