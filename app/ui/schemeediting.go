package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/scheme"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
)

// What the lists of the scheme screen do. Each handler changes the draft and
// keeps it.

func (s *schemeScreen) toggle(ctx app.Context, _ app.Event) {
	r := rowOf(ctx)
	if s.open == r {
		r = row{}
	}
	s.openRow(ctx, r)
}

// openRow opens the form of one row and closes every other.
func (s *schemeScreen) openRow(ctx app.Context, r row) {
	s.open, s.keyWaits, s.keyFault = r, false, i18n.Text{}
	ctx.Defer(func(ctx app.Context) { s.measure(ctx) })
}

// focusOn brings the keyboard to an element once it is there.
func focusOn(ctx app.Context, id string) {
	ctx.Defer(func(app.Context) {
		if el := app.Window().GetElementByID(id); el.Truthy() {
			el.Call("focus")
		}
	})
}

func (s *schemeScreen) addLabel(ctx app.Context, _ app.Event) {
	s.draft.add(scheme.Label{})
	s.keep()
	s.openRow(ctx, row{labelRows, len(s.draft.Next.Labels) - 1})
	focusOn(ctx, "label-ar")
}

func (s *schemeScreen) addOptional(ctx app.Context, _ app.Event) {
	all := scheme.DefaultOptional()
	if at := rowOf(ctx).at; at >= 0 && at < len(all) {
		s.draft.add(all[at])
		s.keep()
	}
}

func (s *schemeScreen) addStance(ctx app.Context, _ app.Event) {
	s.draft.Next.Stances = append(s.draft.Next.Stances, scheme.StanceLabel{})
	s.keep()
	s.openRow(ctx, row{stanceRows, len(s.draft.Next.Stances) - 1})
	focusOn(ctx, "stance-ar")
}

// setText takes a text field of the open row.
func (s *schemeScreen) setText(ctx app.Context, _ app.Event) {
	field, value := dataOf(ctx, "field"), ctx.JSSrc().Get("value").String()
	n := &s.draft.Next
	switch {
	case s.open.list == labelRows && s.open.at < len(n.Labels):
		l := &n.Labels[s.open.at]
		setField(field, value, s.draft.fixed(s.open.at), &l.ID, &l.Names, &l.Help)
	case s.open.list == stanceRows && s.open.at < len(n.Stances):
		l := &n.Stances[s.open.at]
		setField(field, value, s.draft.fixedStance(s.open.at), &l.ID, &l.Names, &l.Help)
	}
	s.keep()
}

func setField(field, value string, fixed bool, id *string, names, help *scheme.Names) {
	switch field {
	case "ar":
		names.Ar = value
	case "en":
		// An id that nobody has chosen follows the name; a saved one can't.
		if !fixed && *id == idFrom(names.En) {
			*id = idFrom(value)
		}
		names.En = value
	case "id":
		if !fixed {
			*id = value
		}
	case "help-ar":
		help.Ar = value
	case "help-en":
		help.En = value
	}
}

func (s *schemeScreen) setColor(ctx app.Context, _ app.Event) {
	c, err := strconv.Atoi(dataOf(ctx, "color"))
	if err == nil && s.open.list == labelRows && s.open.at < len(s.draft.Next.Labels) {
		s.draft.Next.Labels[s.open.at].Color = c
		s.keep()
	}
}

func (s *schemeScreen) setSign(ctx app.Context, _ app.Event) {
	sign, err := strconv.Atoi(dataOf(ctx, "sign"))
	if err == nil && s.open.list == stanceRows && s.open.at < len(s.draft.Next.Stances) {
		s.draft.Next.Stances[s.open.at].Sign = sign
		s.keep()
	}
}

func (s *schemeScreen) waitForKey(ctx app.Context, _ app.Event) {
	s.keyWaits, s.keyFault = true, i18n.Text{}
	parts.Announce(ctx, pressKey.In(s.Client.Lang()))
}

func (s *schemeScreen) keyLeft(app.Context, app.Event) { s.keyWaits = false }

// pressed takes the key for the open label. Esc gives up, Tab goes on.
func (s *schemeScreen) pressed(ctx app.Context, e app.Event) {
	code := e.Get("code").String()
	if !s.keyWaits || code == "Tab" || s.open.list != labelRows || s.open.at >= len(s.draft.Next.Labels) {
		return
	}
	switch e.Get("key").String() {
	case "Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock", "Process":
		return
	}
	e.PreventDefault()
	e.StopImmediatePropagation()
	if code == "Escape" {
		s.keyWaits = false
		return
	}
	s.setKey(ctx, code)
}

func (s *schemeScreen) setKey(ctx app.Context, code string) {
	lang := s.Client.Lang()
	name := keyName(code, s.Client.Browser.KeyLetter)
	if !usable(code) {
		s.keyFault = i18n.Text{Ar: keyUnusable.With(i18n.Ar, "key", name), En: keyUnusable.With(i18n.En, "key", name)}
		return
	}
	if other, taken := s.draft.clash(s.open.at, code); taken {
		s.keyFault = i18n.Text{Ar: keyTaken.With(i18n.Ar, "key", name, "other", other.Ar), En: keyTaken.With(i18n.En, "key", name, "other", other.En)}
		return
	}
	s.draft.Next.Labels[s.open.at].Key = code
	s.keyWaits, s.keyFault = false, i18n.Text{}
	s.keep()
	parts.Announce(ctx, name+" · "+keyTitle.In(lang))
}

func (s *schemeScreen) dropKey(app.Context, app.Event) {
	if s.open.list == labelRows && s.open.at < len(s.draft.Next.Labels) {
		s.draft.Next.Labels[s.open.at].Key, s.keyFault = "", i18n.Text{}
		s.keep()
	}
}

func (s *schemeScreen) moveUp(ctx app.Context, _ app.Event)   { s.shift(ctx, rowOf(ctx), -1) }
func (s *schemeScreen) moveDown(ctx app.Context, _ app.Event) { s.shift(ctx, rowOf(ctx), +1) }

// shift moves a row by one place. An open form stays with its row.
func (s *schemeScreen) shift(ctx app.Context, r row, by int) {
	n, to := &s.draft.Next, r.at
	switch {
	case r.list == labelRows && r.at >= 0 && r.at < len(n.Labels):
		to = move(n.Labels, r.at, by)
	case r.list == stanceRows && r.at >= 0 && r.at < len(n.Stances):
		to = move(n.Stances, r.at, by)
	case r.list == targetRows && r.at >= 0 && r.at < len(n.Targets):
		to = move(n.Targets, r.at, by)
	}
	switch s.open {
	case r:
		s.open.at = to
	case row{r.list, to}:
		s.open.at = r.at
	}
	s.keep()
	parts.Announce(ctx, placeText.With(s.Client.Lang(), "n", strconv.Itoa(to+1)))
	// The keyboard stays with what is moved, so that it can be moved on.
	side := ".icon-down"
	if by < 0 {
		side = ".icon-up"
	}
	ctx.Defer(func(app.Context) {
		el := app.Window().Get("document").Call("querySelector", side+`[data-list="`+r.list+`"][data-at="`+strconv.Itoa(to)+`"]`)
		if el.Truthy() {
			el.Call("focus")
		}
	})
}

// retireRow takes the open row out of use.
func (s *schemeScreen) retireRow(ctx app.Context, _ app.Event) {
	r := s.open
	s.undoable(ctx, retiredText, func() {
		switch {
		case r.list == labelRows && r.at < len(s.draft.Next.Labels):
			s.draft.retire(r.at)
		case r.list == stanceRows && r.at < len(s.draft.Next.Stances):
			s.draft.retireStance(r.at)
		}
		s.open = row{}
	})
}

func (s *schemeScreen) restoreRow(ctx app.Context, _ app.Event) {
	r := rowOf(ctx)
	switch {
	case r.list == labelRows && r.at >= 0 && r.at < len(s.draft.Next.Retired):
		s.draft.restore(r.at)
	case r.list == stanceRows && r.at >= 0 && r.at < len(s.draft.Next.RetiredStances):
		s.draft.restoreStance(r.at)
	}
	s.keep()
}

var (
	keyTaken    = i18n.Text{Ar: "المفتاح {key} مشغول: {other}. اضغط مفتاحًا غيره.", En: "The key {key} is taken: {other}. Press another key."}
	keyUnusable = i18n.Text{Ar: "لا يكون {key} مفتاح وسم: اضغط حرفًا أو رقمًا.", En: "{key} can't be a label's key: press a letter or a digit."}
	placeText   = i18n.Text{Ar: "صار في الموضع {n}", En: "Now in place {n}"}
	retiredText = i18n.Text{Ar: "أُخرج من الدليل.", En: "It is out of the scheme."}
)
