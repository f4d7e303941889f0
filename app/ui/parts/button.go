package parts

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// Button is a button with words, and an icon in front where icon isn't "".
// A handler that closes over more than its component needs an app.EventScope.
func Button(icon, words string, on app.EventHandler, opts ...app.EventOption) app.HTMLButton {
	b := app.Button().Type("button").Class("btn").OnClick(on, opts...)
	if icon == "" {
		return b.Body(app.Span().Text(words))
	}
	return b.Body(Icon(icon), app.Span().Text(words))
}

// IconButton is a button that shows an icon only; words name it.
func IconButton(icon, words string, on app.EventHandler, opts ...app.EventOption) app.HTMLButton {
	return app.Button().Type("button").Class("btn btn-icon").Aria("label", words).Title(words).OnClick(on, opts...).
		Body(Icon(icon))
}
