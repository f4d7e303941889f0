package markdown

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// Render returns the document's elements. A first-level heading becomes an h2:
// the page has its h1. Every block finds its own direction.
func Render(s string) []app.UI {
	var out []app.UI
	for _, b := range Parse(s) {
		switch b.Kind {
		case Heading:
			out = append(out, app.Elem("h"+string(rune('0'+min(b.Level+1, 6)))).Attr("dir", "auto").Body(inline(b.Items[0])...))
		case Bullets:
			out = append(out, app.Ul().Dir("auto").Body(items(b)...))
		case Numbers:
			out = append(out, app.Ol().Dir("auto").Body(items(b)...))
		case Quote:
			out = append(out, app.Blockquote().Dir("auto").Body(inline(b.Items[0])...))
		case Rule:
			out = append(out, app.Hr())
		default:
			out = append(out, app.P().Dir("auto").Body(inline(b.Items[0])...))
		}
	}
	return out
}

func items(b Block) []app.UI {
	out := make([]app.UI, len(b.Items))
	for i, s := range b.Items {
		out[i] = app.Li().Body(inline(s)...)
	}
	return out
}

func inline(s string) []app.UI {
	var out []app.UI
	for _, p := range Inline(s) {
		switch p.Style {
		case Strong:
			out = append(out, app.Strong().Text(p.Text))
		case Emphasis:
			out = append(out, app.Em().Text(p.Text))
		case Code:
			out = append(out, app.Code().Text(p.Text))
		case Link:
			out = append(out, app.A().Href(p.URL).Target("_blank").Rel("noopener noreferrer").Text(p.Text))
		default:
			out = append(out, app.Text(p.Text))
		}
	}
	return out
}
