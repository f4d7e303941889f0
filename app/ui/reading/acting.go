package reading

import (
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/annotation"
	"hashiya/app/ui/client"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
)

// do brings an outcome of the editor into force: the change shows in the text
// within this call, the views follow with the next frame.
func (s *Screen) do(o Outcome) {
	if s.desk == nil {
		return
	}
	if len(o.Changes) > 0 {
		s.desk.Do(o.Changes...)
		s.editor.Show(s.desk.Layer())
	}
	s.paint(true)
	if o.Reveal != (annotation.Range{}) {
		s.surface.Reveal(o.Reveal.Start, o.Reveal.End)
	}
	if o.Refused != none {
		s.refuse(s.ctx, o.Refused)
	} else if o.Say != none {
		parts.Announce(s.ctx, s.say(o.Say))
	}
	s.request(o.Request)
	s.settle()
}

func (s *Screen) refuse(ctx app.Context, why i18n.Text) {
	parts.Say(ctx, parts.Toast{Text: s.say(why), Kind: "warn"})
}

func (s *Screen) paint(reveal bool) {
	s.surface.Paint(s.editor.Marks())
	c := s.editor.Caret()
	s.surface.Caret(&c, reveal)
}

// settle has the views render when what they show has changed.
func (s *Screen) settle() {
	now := shown{layer: s.editor.Layer(), span: s.editor.span, stance: s.editor.stance, turn: s.editor.turn}
	if now != s.shown {
		s.shown = now
		s.changed()
	}
	if subject, _ := s.editor.Subject(); subject != s.subject {
		s.subject = subject
		s.render()
	}
}

// changed has the views render.
func (s *Screen) changed() {
	s.stale = true
	s.render()
}

// calm is how long the views wait: the text is painted in the frame of the key
// press, and lists must not stand in its way.
const calm = 30 * time.Millisecond

// render has what is stale rendered, soon and once.
func (s *Screen) render() {
	if s.due {
		return
	}
	s.due = true
	s.ctx.After(calm, func(app.Context) {
		s.due = false
		s.propose()
		s.words++
		if s.stale {
			s.stale = false
			s.turn++
		}
	})
}

func (s *Screen) request(r Request) {
	switch r {
	case UndoLast:
		s.takeBack(true)
	case RedoLast:
		s.takeBack(false)
	case ChooseEntity:
		s.openDialog(entityDialog)
	case OpenStance:
		s.show(stancesTab)
	case SaveStanceDraft:
		s.do(s.editor.SaveStance())
	case WriteNote:
		s.show(notesTab)
		s.ctx.Defer(func(app.Context) { focus("note-text") })
	case ShowKeys:
		s.openDialog(keysDialog)
	case ToggleTags:
		s.client.SetPrefs(func(p *client.Prefs) { p.ShowTags = !p.ShowTags })
		s.changed()
		s.ctx.Defer(func(app.Context) { s.paint(false) })
	case MarkDone:
		s.do(s.editor.Done())
	case NextArticle:
		s.step(+1)
	case PreviousArticle:
		s.step(-1)
	case LeaveText:
		focus("label-first")
	case OpenSearch:
		s.openSearch()
	case ShowAcross:
		s.showAcross()
	}
}

// takeBack undoes or redoes. It waits for the disk, so not on this goroutine.
func (s *Screen) takeBack(undo bool) {
	d, load := s.desk, s.load
	work, said, nothing := d.Undo, sayUndone, sayNothingToUndo
	if !undo {
		work, said, nothing = d.Redo, sayRedone, sayNothingToRedo
	}
	s.ctx.Async(func() {
		changes, err := work()
		s.ctx.Dispatch(func(ctx app.Context) {
			switch {
			case load != s.load:
			case err != nil:
				parts.Say(ctx, parts.Toast{Text: parts.ErrorText(s.lang(), err), Kind: "danger"})
			case len(changes) == 0:
				parts.Announce(ctx, s.say(nothing))
			default:
				s.editor.Show(d.Layer())
				s.do(s.editor.TakenBack(changes, Outcome{Say: said}))
				s.changed()
			}
		})
	})
}

// step goes to the next or the previous article of the project.
func (s *Screen) step(by int) {
	for i, a := range s.list {
		if a.ID == s.id {
			if i += by; i >= 0 && i < len(s.list) {
				s.ctx.Navigate(s.href(s.list[i].ID))
				return
			}
		}
	}
	if by > 0 {
		s.refuse(s.ctx, sayLastArticle)
	} else {
		s.refuse(s.ctx, sayFirstArticle)
	}
}

// next goes on to the next article that is not finished.
func (s *Screen) next() {
	at := 0
	for i, a := range s.list {
		if a.ID == s.id {
			at = i
		}
	}
	for i := range s.list {
		a := s.list[(at+1+i)%len(s.list)]
		if a.ID != s.id && a.Status != annotation.Done && a.Status != annotation.Skipped {
			s.ctx.Navigate(s.href(a.ID))
			return
		}
	}
	s.refuse(s.ctx, sayAllFinished)
}

// back gives the keyboard back to the text after a press elsewhere.
func (s *Screen) back() { s.surface.Focus() }

// show opens a tab of the inspector, and the inspector.
func (s *Screen) show(t tab) {
	s.tab = t
	if s.inspector == "closed" || narrow(inspectorFolds) {
		s.inspector = "open"
	}
	s.changed()
}

func (s *Screen) openDialog(d dialog) {
	s.dialog = d
	s.changed()
}

func (s *Screen) closeDialog(ctx app.Context) {
	s.dialog = noDialog
	s.turn++
	ctx.Defer(func(app.Context) { s.back() })
}

// events are what the surface reports to the editor.
func (s *Screen) events() SurfaceEvents {
	load := s.load
	live := func() bool {
		s.input()
		return load == s.load && s.desk != nil
	}
	return SurfaceEvents{
		Select: func(start, end int, raw bool) {
			if live() {
				s.do(s.editor.Dragged(start, end, raw))
			}
		},
		Resize: func(start, end int) {
			if live() {
				s.do(s.editor.Resized(start, end))
			}
		},
		Tap: func(at int, marks []string, touch bool) {
			if live() {
				s.do(s.editor.Tapped(at, marks, touch))
			}
		},
		Hover: func(string) { s.input() },
		Key: func(k Key) bool {
			if !live() {
				return false
			}
			o, used := s.editor.Key(k)
			if k.Repeat {
				o.Say = none // nobody can listen that fast
			}
			if used {
				s.do(o)
			}
			return used
		},
		FocusChanged: func(bool) {},
	}
}

// pageKey takes the keys that are pressed outside the text and are meant for
// it: all of them while nothing has the keyboard, and while a button has it,
// those that a button has no use for. Esc goes back to the text from anywhere.
func (s *Screen) pageKey(e app.Value) {
	s.input()
	if s.desk == nil || s.dialog != noDialog || e.Get("defaultPrevented").Bool() || e.Get("isComposing").Bool() {
		return
	}
	target := e.Get("target")
	if target.Get("id").String() == Host || target.Call("closest", "dialog, details.menu").Truthy() {
		return
	}
	k := Key{
		Code: e.Get("code").String(), Key: e.Get("key").String(), Repeat: e.Get("repeat").Bool(),
		Shift: e.Get("shiftKey").Bool(), Alt: e.Get("altKey").Bool(), Ctrl: e.Get("ctrlKey").Bool(), Meta: e.Get("metaKey").Bool(),
	}
	nothing := target.Equal(app.Window().Get("document").Get("body"))
	switch {
	case k.Code == "Tab":
		return // it leads through the page
	case k.Code == "Escape" && !nothing:
		s.back()
		return
	case target.Call("matches", "input, select, textarea").Bool():
		if k != (Key{Code: "KeyS", Key: k.Key, Ctrl: k.Ctrl, Meta: k.Meta}) || !k.Ctrl && !k.Meta {
			return
		}
	case !nothing && controls[k.Code]:
		return
	}
	if o, used := s.editor.Key(k); used {
		e.Call("preventDefault")
		s.back()
		s.do(o)
	}
}

// controls are the keys that buttons and scrolled panes have a use for.
var controls = map[string]bool{
	"Enter": true, "NumpadEnter": true, "Space": true, "ArrowUp": true, "ArrowDown": true, "ArrowLeft": true, "ArrowRight": true,
	"Home": true, "End": true, "PageUp": true, "PageDown": true,
}

// Document returns the article as the surface lays it out. What is not
// annotated lies in folded blocks under headings.
func (e *Editor) Document(lang i18n.Lang) Document {
	d := Document{Text: e.article.Text, Lang: e.article.Lang}
	annotated := map[int]bool{}
	for _, p := range e.annotated {
		annotated[p.Start] = true
	}
	for _, p := range e.all {
		sp := SurfaceParagraph{Start: p.Start, End: p.End, Dir: p.Dir, Class: paragraphClass(p.Kind)}
		if !annotated[p.Start] && foldable(p.Kind) {
			sp.Class = "para-aside"
			sp.Group = "fold-" + string(p.Kind)
			sp.GroupTitle = regionName(p.Kind).In(lang)
		}
		d.Paragraphs = append(d.Paragraphs, sp)
	}
	return d
}
