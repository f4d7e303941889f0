package reading

import (
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/ui/client"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
)

// keysView is the cheat sheet: the labels' keys, then the key table. A press on
// a key waits for another to take its place on this device.
type keysView struct {
	app.Compo
	s *Screen

	Lang i18n.Lang
	Turn int

	waiting string // the standard chord that is to be moved, "" for none
	told    i18n.Text
}

func (v *keysView) Render() app.UI {
	out := []app.UI{
		app.P().Class("muted").Text(wordRemap.In(v.Lang)),
		app.P().Role("status").Class("field-error").Hidden(v.told == none).Text(v.told.In(v.Lang)),
	}
	var labels []app.UI
	for _, l := range v.s.editor.scheme.Labels {
		if l.Key != "" {
			labels = append(labels, v.line(l.Names.In(string(v.Lang))+" ⇧", []chord{{l.Key, 0}}, true))
		}
	}
	out = append(out,
		app.H3().Class("card-title").Text(wordLabels.In(v.Lang)),
		app.Label().Class("check").Body(
			app.Input().Type("checkbox").ID("keys-go-on").Checked(!v.s.client.Prefs().Stay).OnChange(v.setStay),
			app.Span().Text(wordGoOn.In(v.Lang)),
		),
		app.Div().Class("keys").Body(labels...),
		app.P().Class("muted").Text(wordEverywhere.In(v.Lang)))
	for i, g := range append(slices.Clip(keyTable), draftKeys, targetKeys) {
		var rows []app.UI
		for _, r := range g.rows {
			var chords []chord
			extends := false
			for _, b := range r.keys {
				chords = append(chords, b.chord)
				extends = extends || b.extends
			}
			does := r.does.In(v.Lang)
			if extends {
				does += " ⇧"
			}
			rows = append(rows, v.line(does, chords, i < len(keyTable)))
		}
		out = append(out, app.H3().Class("card-title").Text(g.title.In(v.Lang)), app.Div().Class("keys").Body(rows...))
	}
	out = append(out, app.P().Class("muted").Text(wordShiftNote.In(v.Lang)),
		app.Div().Body(parts.Button("refresh", wordStandardKeys.In(v.Lang), v.reset).ID("keys-reset").Disabled(v.s.client.Prefs().Keys == "")))
	return app.Div().Class("stack").Body(out...)
}

// line is one row; the keys of a stance's form and of targets have their places
// on digits and stay there.
func (v *keysView) line(does string, chords []chord, movable bool) app.UI {
	var keys []app.UI
	for _, c := range chords {
		var caps []app.UI
		for _, k := range v.s.caps(c) {
			caps = append(caps, app.Kbd().Class("keycap").Text(k))
		}
		if !movable {
			keys = append(keys, app.Span().Class("keys-combo").Dir("ltr").Body(caps...))
			continue
		}
		waits := v.waiting == c.String()
		if waits {
			caps = []app.UI{app.Kbd().Class("keycap").Text("…")}
		}
		caps = append(caps, app.Span().Class("visually-hidden").Text(" "+does+". "+wordChangeKey.In(v.Lang)))
		b := app.Button().Type("button").Class("keys-combo").Dir("ltr").DataSet("chord", c.String()).
			OnClick(v.wait).OnKeyDown(v.pressed).Body(caps...)
		if waits {
			b = b.Class("is-waiting")
		}
		keys = append(keys, b)
	}
	return app.Div().Class("keys-row").Body(app.Span().Text(does), app.Span().Class("row").Body(keys...))
}

func (v *keysView) wait(ctx app.Context, _ app.Event) {
	v.waiting, v.told = data(ctx, "chord"), wordPressKey
}

// pressed takes the key that the waiting one is moved to; Esc gives up.
func (v *keysView) pressed(ctx app.Context, e app.Event) {
	if v.waiting == "" || data(ctx, "chord") != v.waiting {
		return
	}
	k := Key{
		Code: e.Get("code").String(), Key: e.Get("key").String(),
		Shift: e.Get("shiftKey").Bool(), Alt: e.Get("altKey").Bool(), Ctrl: e.Get("ctrlKey").Bool(), Meta: e.Get("metaKey").Bool(),
	}
	switch k.Key {
	case "Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock", "Process":
		return
	}
	e.PreventDefault()
	e.StopImmediatePropagation()
	from, to := parseChord(v.waiting), chordOf(k)
	v.waiting, v.told = "", none
	switch {
	case k.Code == "Escape" || k.Code == "":
		return
	case k.Code == "Tab":
		v.told = sayKeyReserved
		return
	}
	keys := v.s.keys()
	if to == keys.Own(from) {
		return
	}
	// Its own standard place is free for it, unless something has moved there.
	if does, taken := keys.With(from, chord{}).clash(to, v.s.editor.scheme); taken {
		v.told = fill(sayKeyTaken, "key", strings.Join(v.s.rawCaps(to), " "), "does", does)
		return
	}
	v.s.setKeys(keys.With(from, to))
}

func (v *keysView) setStay(ctx app.Context, e app.Event) {
	stay := !e.Get("target").Get("checked").Bool()
	v.s.client.SetPrefs(func(p *client.Prefs) { p.Stay = stay })
	v.s.editor.SetStay(stay)
}

func (v *keysView) reset(ctx app.Context, _ app.Event) {
	v.waiting, v.told = "", none
	v.s.setKeys(Keymap{})
}

// keys is the keymap of this device.
func (s *Screen) keys() Keymap { return ParseKeymap(s.client.Prefs().Keys) }

func (s *Screen) setKeys(m Keymap) {
	s.client.SetPrefs(func(p *client.Prefs) { p.Keys = m.String() })
	if s.editor != nil {
		s.editor.SetKeys(m)
	}
	s.changed()
}

// caps is what to print for a standard chord: the keys to press for it here.
func (s *Screen) caps(c chord) []string { return s.rawCaps(s.keys().Own(c)) }

func (s *Screen) rawCaps(c chord) []string {
	var out []string
	for _, m := range modNames {
		if c.mods&m.mods != 0 {
			out = append(out, m.name)
		}
	}
	if c == (chord{"Slash", shift}) {
		return []string{"?"}
	}
	return append(out, s.keyLetter(c.code))
}

// keyCap is what to print for a standard key without modifiers.
func (s *Screen) keyCap(code string) string { return strings.Join(s.caps(chord{code, 0}), "+") }

var (
	wordRemap        = i18n.Text{Ar: "اضغط مفتاحًا في القائمة ثم المفتاح الذي تريده مكانه على هذا الجهاز.", En: "Press a key in the list, then the key you want in its place on this device."}
	wordGoOn         = i18n.Text{Ar: "بعد مفتاح الوسم انتقل إلى الاسم المحتمل التالي.", En: "After a label's key, go on to the next likely name."}
	wordEverywhere   = i18n.Text{Ar: "⇧ Shift مع مفتاح الوسم: في كل موضع يرد فيه الاسم يقينًا، ويكفي للرجوع تراجع واحد.", En: "⇧ Shift with a label's key: wherever the name surely stands; one undo takes it back."}
	wordPressKey     = i18n.Text{Ar: "اضغط المفتاح الجديد، أو Esc للإلغاء.", En: "Press the new key, or Esc to cancel."}
	wordChangeKey    = i18n.Text{Ar: "تغيير", En: "Change"}
	wordStandardKeys = i18n.Text{Ar: "المفاتيح الأصلية", En: "Standard keys"}
	sayKeyTaken      = i18n.Text{Ar: "{key} مأخوذ: {does}.", En: "{key} is taken: {does}."}
	sayKeyReserved   = i18n.Text{Ar: "Tab يتنقّل في الصفحة ولا يُنقل إليه شيء.", En: "Tab leads through the page; nothing can be put there."}
)
