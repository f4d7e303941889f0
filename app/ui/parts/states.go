package parts

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// Progress is a bar. label is what it says to a screen reader; 0 ≤ done ≤ of.
func Progress(label string, done, of int) app.UI {
	class := "progress"
	if of > 0 && done >= of {
		class += " progress-done"
	}
	return app.Progress().Class(class).Aria("label", label).Max(max(of, 1)).Attr("value", strconv.Itoa(done))
}

// Loading stands where content is being fetched.
func Loading(words string) app.UI {
	return app.Div().Class("stack").Role("status").Aria("label", words).Body(
		app.Span().Class("skeleton skeleton-w2"),
		app.Span().Class("skeleton skeleton-w4"),
		app.Span().Class("skeleton skeleton-w3"),
		app.Span().Class("skeleton skeleton-w1"),
	)
}

// Empty says that there is nothing here, and what to do about it. action may
// be nil.
func Empty(icon, title, words string, action app.UI) app.UI {
	return app.Div().Class("empty").Body(
		Icon(icon),
		app.H2().Class("empty-title").Text(title),
		app.P().Text(words),
		action,
	)
}

// Failed says what went wrong and what to do next. action may be nil.
func Failed(title, words string, action app.UI) app.UI {
	return app.Div().Class("empty").Role("alert").Body(
		Icon("warning"),
		app.H2().Class("empty-title").Text(title),
		app.P().Class("bidi").Dir("auto").Text(words),
		action,
	)
}

// FieldError is what is wrong with a form; nothing where words is "".
func FieldError(words string) app.UI {
	return app.P().Class("field-error").Role("alert").Hidden(words == "").Body(
		Icon("warning"), app.Span().Dir("auto").Text(words),
	)
}
