package article

// Annotated returns the paragraphs that people annotate: those of annotated
// regions, or all where nothing says which part is the article proper.
func (a *Article) Annotated() []Paragraph {
	all := a.Paragraphs()
	var out []Paragraph
	for _, p := range all {
		if p.Kind.Annotated() {
			out = append(out, p)
		}
	}
	if len(out) == 0 {
		return all
	}
	return out
}
