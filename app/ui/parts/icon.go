// Package parts is what all screens share: the frame, the sync line, buttons,
// dialogs, notices and the states of a page that has nothing to show.
//
// go-app compares event handlers by their code pointer, so nothing here wraps a
// handler in a closure of its own: what the screen passes is what is called.
package parts

import "github.com/maxence-charriere/go-app/v10/pkg/app"

const svg = "http://www.w3.org/2000/svg"

// Icon is an icon of the sprite, the size of the text around it, mirrored in
// Arabic where it points along the line. It says nothing to a screen reader:
// what it belongs to must have words.
func Icon(name string) app.UI {
	switch name {
	case "chevron", "arrow", "undo", "redo", "skip", "login", "logout", "queue", "inspector", "send":
		return use(name, "icon icon-flip")
	}
	return use(name, "icon")
}

// Mark is the mark of the brand.
func Mark() app.UI { return use("mark", "brand-mark") }

func use(name, class string) app.UI {
	return app.Elem("svg").XMLNS(svg).Attr("class", class).Attr("aria-hidden", "true").Attr("focusable", "false").Body(
		app.Elem("use").XMLNS(svg).Attr("href", "/icons.svg#"+name),
	)
}
