package story

import (
	"strings"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/ui/reading"
)

// Act is something that a person does, or waits to see. try reports false while
// the page is not that far.
type Act struct {
	does string
	try  func(page app.Value) bool
}

// patience is how long a page may take to be ready for an act.
const patience = 10 * time.Second

// Play does the story's acts on the page and then says on the page's root
// element, in data-story, that the story is "shown", or which act it is stuck
// at. Call it once the app runs, away from the UI goroutine.
func (s *Story) Play() {
	page := app.Window().Get("document")
	page.Get("fonts").Call("load", "1em 'Hashiya Sans'", "حاشية")
	for _, a := range s.Acts {
		began := time.Now()
		for !a.try(page) {
			if time.Since(began) > patience {
				page.Get("documentElement").Get("dataset").Set("story", "stuck: "+a.does)
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
	page.Get("documentElement").Get("dataset").Set("story", "shown")
}

func element(page app.Value, selector string) (el app.Value, there bool) {
	el = page.Call("querySelector", selector)
	return el, el.Truthy()
}

// see waits for something that is on the page, takes up room and says what it
// should.
func see(selector string, says ...string) Act {
	text := strings.Join(says, " ")
	return Act{"see " + selector + " " + text, func(page app.Value) bool {
		el, there := element(page, selector)
		return there && el.Call("getClientRects").Get("length").Int() > 0 && strings.Contains(el.Get("textContent").String(), text)
	}}
}

// has waits for something that need not take up room, as an option in a menu.
func has(selector, text string) Act {
	return Act{"find " + selector + " " + text, func(page app.Value) bool {
		el, there := element(page, selector)
		return there && strings.Contains(el.Get("textContent").String(), text)
	}}
}

// click presses the first element that the selector finds.
func click(selector string) Act {
	return Act{"click " + selector, func(page app.Value) bool {
		el, there := element(page, selector)
		if there {
			el.Call("click")
		}
		return there
	}}
}

// write puts a text into a field, as by typing or pasting.
func write(selector, text string) Act {
	return Act{"write into " + selector, func(page app.Value) bool {
		el, there := element(page, selector)
		if there {
			el.Call("focus")
			el.Set("value", text)
			el.Call("setSelectionRange", len([]rune(text)), len([]rune(text)))
			el.Call("dispatchEvent", app.Window().Get("Event").New("input", map[string]any{"bubbles": true}))
		}
		return there
	}}
}

// choose takes a file in a file field.
func choose(selector, name, content string) Act {
	return Act{"choose a file in " + selector, func(page app.Value) bool {
		el, there := element(page, selector)
		if there {
			files := app.Window().Get("DataTransfer").New()
			files.Get("items").Call("add", app.Window().Get("File").New([]any{content}, name))
			el.Set("files", files.Get("files"))
			el.Call("dispatchEvent", app.Window().Get("Event").New("change", map[string]any{"bubbles": true}))
		}
		return there
	}}
}

// press presses a physical key in the text: "KeyP", "Ctrl+KeyA", "Shift+Slash".
func press(chord string) Act {
	return Act{"press " + chord, func(page app.Value) bool {
		host, there := element(page, "#"+reading.Host)
		if !there || host.Get("textContent").String() == "" {
			return false
		}
		mods := strings.Split(chord, "+")
		event := map[string]any{"code": mods[len(mods)-1], "key": mods[len(mods)-1], "bubbles": true, "cancelable": true}
		for _, m := range mods[:len(mods)-1] {
			event[strings.ToLower(m)+"Key"] = true
		}
		host.Call("dispatchEvent", app.Window().Get("KeyboardEvent").New("keydown", event))
		return true
	}}
}

// pressed is press, so many times.
func pressed(chord string, times int) []Act {
	out := make([]Act, times)
	for i := range out {
		out[i] = press(chord)
	}
	return out
}

// scroll brings something to the middle of the window.
func scroll(selector string) Act {
	return Act{"scroll to " + selector, func(page app.Value) bool {
		el, there := element(page, selector)
		if there {
			el.Call("scrollIntoView", map[string]any{"block": "center", "behavior": "instant"})
		}
		return there
	}}
}

// selectSpan selects the nth label of the body, from 1, whose id is named too, so that
// a change of the fixture is noticed.
func selectSpan(n int, id string) []Act {
	return append(pressed("BracketRight", n), see(".mark.is-focused[data-id="+id+"]"))
}
