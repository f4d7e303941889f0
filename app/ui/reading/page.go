package reading

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/article"
	"hashiya/app/ui/client"
	"hashiya/app/ui/i18n"
)

// The widths, in CSS pixels, up to which the sides are sheets (app.css).
const (
	queueFolds     = 1200
	inspectorFolds = 900
)

func narrow(width int) bool {
	w, _ := app.Window().Size()
	return w <= width
}

// queueState returns "open", "closed" or "auto". On a wide screen a closed
// queue is a lasting preference.
func (s *Screen) queueState() string {
	if s.queue == "" && s.client.Prefs().HideQueue {
		return "closed"
	}
	return s.queue
}

func (s *Screen) toggleQueue(ctx app.Context, e app.Event) {
	if narrow(queueFolds) {
		s.queue = toggled(s.queue == "open")
		return
	}
	hide := s.queueState() != "closed"
	s.queue = ""
	s.client.SetPrefs(func(p *client.Prefs) { p.HideQueue = hide })
}

func (s *Screen) toggleInspector(ctx app.Context, e app.Event) {
	if narrow(inspectorFolds) {
		s.inspector = toggled(s.inspector == "open")
		return
	}
	if s.inspector == "closed" {
		s.inspector = "auto"
	} else {
		s.inspector = "closed"
	}
}

func toggled(open bool) string {
	if open {
		return "auto"
	}
	return "open"
}

func (s *Screen) closeSides(ctx app.Context, e app.Event) { s.queue, s.inspector = "", "auto" }

func (s *Screen) closeQueue(ctx app.Context, e app.Event) {
	if narrow(queueFolds) {
		s.queue = ""
		return
	}
	s.client.SetPrefs(func(p *client.Prefs) { p.HideQueue = true })
}

func (s *Screen) closeInspector(ctx app.Context, e app.Event) {
	s.inspector = "auto"
	if !narrow(inspectorFolds) {
		s.inspector = "closed"
	}
}

// listen calls fn at every such event of the page.
func listen(event string, fn func(e app.Value)) (remove func()) {
	f := app.FuncOf(func(_ app.Value, args []app.Value) any {
		fn(args[0])
		return nil
	})
	app.Window().Call("addEventListener", event, f)
	return func() {
		app.Window().Call("removeEventListener", event, f)
		f.Release()
	}
}

func focus(id string) {
	if el := app.Window().GetElementByID(id); el.Truthy() {
		el.Call("focus")
	}
}

// data returns a data attribute of the element that an event belongs to. Rows
// say who they are in one, so that one handler serves all of them: go-app
// compares handlers by their code, and would keep a closure of another row.
func data(ctx app.Context, name string) string {
	return ctx.JSSrc().Get("dataset").Get(name).String()
}

func value(ctx app.Context) string { return ctx.JSSrc().Get("value").String() }

func foldable(k article.RegionKind) bool { return k != article.Dateline && k != article.Title }

func paragraphClass(k article.RegionKind) string {
	switch k {
	case article.Title:
		return "para-title"
	case article.Dateline:
		return "para-dateline"
	}
	return "para-body"
}

func regionName(k article.RegionKind) i18n.Text {
	if t, ok := regionNames[k]; ok {
		return t
	}
	return i18n.Text{Ar: "من صفحة الموقع", En: "From the web page"}
}

var regionNames = map[article.RegionKind]i18n.Text{
	article.Credit:   {Ar: "المصادر", En: "Credits"},
	article.ReadAlso: {Ar: "اقرأ أيضًا", En: "Read also"},
	article.Tags:     {Ar: "الكلمات الدلالية", En: "Tags"},
	article.Similar:  {Ar: "مقالات مشابهة", En: "Similar articles"},
}

var (
	sayLastArticle  = i18n.Text{Ar: "هذا آخر مقال في القائمة.", En: "This is the last article of the list."}
	sayFirstArticle = i18n.Text{Ar: "هذا أول مقال في القائمة.", En: "This is the first article of the list."}
	sayAllFinished  = i18n.Text{Ar: "أنجزت كل ما في القائمة.", En: "Everything in the list is finished."}
)
