package ui

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"hashiya/app/article"
	"hashiya/app/scheme"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/reading"
)

// schemeDraft is a scheme as somebody is changing it: the version that was begun
// from, and what is made of it. It is kept in the browser until it is saved.
type schemeDraft struct {
	Base scheme.Scheme `json:"base"`
	Next scheme.Scheme `json:"next"`
}

func draftOf(s scheme.Scheme) schemeDraft { return schemeDraft{s, cloneScheme(s)} }

func cloneScheme(s scheme.Scheme) scheme.Scheme {
	s.Labels, s.Retired = slices.Clone(s.Labels), slices.Clone(s.Retired)
	s.Stances, s.RetiredStances = slices.Clone(s.Stances), slices.Clone(s.RetiredStances)
	s.Targets = slices.Clone(s.Targets)
	return s
}

// restored reads a draft that was kept; false where it is none.
func restored(text string) (d schemeDraft, ok bool) {
	ok = text != "" && json.Unmarshal([]byte(text), &d) == nil && d.Base.Version > 0
	return d, ok
}

func (d *schemeDraft) String() string {
	b, _ := json.Marshal(d) // strings and numbers always marshal
	return string(b)
}

// changes returns what saving would change.
func (d *schemeDraft) changes() []scheme.Change { return scheme.Diff(d.Base, d.Next) }

// dirty reports whether there is something to save or to lose.
func (d *schemeDraft) dirty() bool { return len(d.changes()) > 0 }

// ready returns what is to be saved.
func (d *schemeDraft) ready() scheme.Scheme {
	s := cloneScheme(d.Next)
	s.Version = d.Base.Version + 1
	return s
}

// fixed reports whether the label at an index was saved before: its id stays
// then, for somebody may have used it already, perhaps offline. A new label that
// was given the id of another is not that one.
func (d *schemeDraft) fixed(at int) bool {
	id := d.Next.Labels[at].ID
	same := func(l scheme.Label) bool { return l.ID == id }
	_, known := d.Base.Known(id)
	return known && slices.IndexFunc(d.Next.Labels, same) == at && !slices.ContainsFunc(d.Next.Retired, same)
}

func (d *schemeDraft) fixedStance(at int) bool {
	id := d.Next.Stances[at].ID
	same := func(l scheme.StanceLabel) bool { return l.ID == id }
	_, known := d.Base.KnownStance(id)
	return known && slices.IndexFunc(d.Next.Stances, same) == at && !slices.ContainsFunc(d.Next.RetiredStances, same)
}

// add appends a label, on the first free key and the colour that is used least.
func (d *schemeDraft) add(l scheme.Label) {
	if l.Color == 0 {
		used := map[int]int{}
		for _, other := range d.Next.Labels {
			used[other.Color]++
		}
		l.Color = 1
		for c := 2; c <= scheme.Colors; c++ {
			if used[c] < used[l.Color] {
				l.Color = c
			}
		}
	}
	if _, taken := d.clash(-1, l.Key); taken {
		l.Key = ""
	}
	d.Next.Retired = slices.DeleteFunc(d.Next.Retired, func(r scheme.Label) bool { return r.ID == l.ID && l.ID != "" })
	d.Next.Labels = append(d.Next.Labels, l)
}

// retire takes the label at an index out of use. One that was never saved is
// gone.
func (d *schemeDraft) retire(at int) {
	l, fixed := d.Next.Labels[at], d.fixed(at)
	d.Next.Labels = slices.Delete(d.Next.Labels, at, at+1)
	if fixed {
		d.Next.Retired = append(d.Next.Retired, l)
	}
}

// restore offers the retired label at an index again.
func (d *schemeDraft) restore(at int) { d.add(d.Next.Retired[at]) }

func (d *schemeDraft) retireStance(at int) {
	l, fixed := d.Next.Stances[at], d.fixedStance(at)
	d.Next.Stances = slices.Delete(d.Next.Stances, at, at+1)
	if fixed {
		d.Next.RetiredStances = append(d.Next.RetiredStances, l)
	}
}

func (d *schemeDraft) restoreStance(at int) {
	d.Next.Stances = append(d.Next.Stances, d.Next.RetiredStances[at])
	d.Next.RetiredStances = slices.Delete(d.Next.RetiredStances, at, at+1)
}

// move shifts what stands at an index by one place, and returns where it stands
// then.
func move[T any](list []T, at, by int) int {
	to := at + by
	if to < 0 || to >= len(list) {
		return at
	}
	list[at], list[to] = list[to], list[at]
	return to
}

// begin replaces what is offered by a preset; what the preset hasn't is retired.
// Names, colours and keys are the preset's; the targets stay, and so do the
// guidelines and explanations that the preset has none of.
func (d *schemeDraft) begin(preset scheme.Scheme) {
	next := cloneScheme(preset)
	next.Targets, next.Unassisted = d.Next.Targets, d.Next.Unassisted
	if next.Guidelines == "" {
		next.Guidelines = d.Next.Guidelines
	}
	for i := range next.Labels {
		if had, known := d.Next.Known(next.Labels[i].ID); known && next.Labels[i].Help == (scheme.Names{}) {
			next.Labels[i].Help = had.Help
		}
	}
	d.Next = scheme.Succeed(d.Base, next)
}

// clash returns what else a physical key does for somebody labelling; false
// where it is free for the label at an index, or for a new one at −1.
func (d *schemeDraft) clash(at int, code string) (i18n.Text, bool) {
	if code == "" {
		return i18n.Text{}, false
	}
	if does, taken := reading.FixedKey(code); taken {
		return does, true
	}
	for i, l := range d.Next.Labels {
		if i != at && l.Key == code {
			return i18n.Text{Ar: l.Names.Ar, En: l.Names.En}, true
		}
	}
	return i18n.Text{}, false
}

// usable reports whether a label can be on a physical key at all: keys that
// write something in every layout.
func usable(code string) bool {
	return strings.HasPrefix(code, "Key") || strings.HasPrefix(code, "Digit") ||
		slices.Contains([]string{"Backquote", "Backslash", "IntlBackslash"}, code)
}

// fault is what keeps a draft from being saved, and which row it is about.
type fault struct {
	row row
	why i18n.Text
}

// row names a row of the screen: a list, and an index into it; −1 for all of it.
type row struct {
	list string
	at   int
}

const (
	labelRows  = "label"
	stanceRows = "stance"
	targetRows = "target"
)

// maxGuidelines keeps a scheme within what the server takes in one body, in
// code points.
const maxGuidelines = 200_000

// faults returns all that keeps the draft from being saved.
func (d *schemeDraft) faults() (out []fault) {
	tell := func(list string, at int, why i18n.Text) { out = append(out, fault{row{list, at}, why}) }
	if len(d.Next.Labels) == 0 {
		tell(labelRows, -1, faultNoLabels)
	}
	ids := map[string]bool{}
	for i, l := range d.Next.Labels {
		if why, bad := idFault(l.ID, ids); bad {
			tell(labelRows, i, why)
		} else if slices.ContainsFunc(d.Next.Retired, func(r scheme.Label) bool { return r.ID == l.ID }) {
			tell(labelRows, i, faultRetiredID)
		}
		if nameless(l.Names) {
			tell(labelRows, i, faultNames)
		}
		if other, taken := d.clash(i, l.Key); taken {
			tell(labelRows, i, i18n.Text{Ar: faultKey.With(i18n.Ar, "other", other.Ar), En: faultKey.With(i18n.En, "other", other.En)})
		}
	}
	ids = map[string]bool{}
	for i, l := range d.Next.Stances {
		if why, bad := idFault(l.ID, ids); bad {
			tell(stanceRows, i, why)
		} else if slices.ContainsFunc(d.Next.RetiredStances, func(r scheme.StanceLabel) bool { return r.ID == l.ID }) {
			tell(stanceRows, i, faultRetiredID)
		}
		if nameless(l.Names) {
			tell(stanceRows, i, faultNames)
		}
	}
	for i, t := range d.Next.Targets {
		switch {
		case strings.TrimSpace(t) == "":
			tell(targetRows, i, faultEmptyTarget)
		case t != strings.TrimSpace(t):
			tell(targetRows, i, faultTargetSpaces)
		case utf8.RuneCountInString(t) > scheme.MaxTarget:
			tell(targetRows, i, faultTargetLong)
		case slices.Index(d.Next.Targets, t) < i:
			tell(targetRows, i, faultTargetTwice)
		}
	}
	if utf8.RuneCountInString(d.Next.Guidelines) > maxGuidelines {
		tell("guidelines", -1, faultGuidelines)
	}
	return out
}

func idFault(id string, seen map[string]bool) (i18n.Text, bool) {
	switch {
	case article.ValidID(id) != nil:
		return faultID, true
	case seen[id]:
		return faultIDTwice, true
	}
	seen[id] = true
	return i18n.Text{}, false
}

func nameless(n scheme.Names) bool {
	return strings.TrimSpace(n.Ar) == "" || strings.TrimSpace(n.En) == ""
}

// idFrom makes an id of an English name, as the presets have them: its letters
// and digits, in capitals.
func idFrom(name string) string {
	var b strings.Builder
	for _, r := range strings.ToUpper(name) {
		switch {
		case r >= 'A' && r <= 'Z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case (r == ' ' || r == '-') && b.Len() > 0:
			b.WriteByte('_')
		}
		if b.Len() == 32 {
			break
		}
	}
	return strings.TrimRight(b.String(), "_")
}

var (
	faultNoLabels     = i18n.Text{Ar: "لا وسوم في الدليل: أضف واحدًا على الأقل.", En: "The scheme has no labels: add at least one."}
	faultID           = i18n.Text{Ar: "الرمز حروف لاتينية وأرقام، من 1 إلى 64، بلا مسافات.", En: "The id has 1 to 64 Latin letters and digits, without spaces."}
	faultIDTwice      = i18n.Text{Ar: "هذا الرمز لوسم آخر: اختر رمزًا غيره.", En: "Another one has this id: choose a different id."}
	faultRetiredID    = i18n.Text{Ar: "هذا الرمز لوسم متروك: أعده من قائمة المتروك، أو اختر رمزًا غيره.", En: "A retired one has this id: bring it back from the retired ones, or choose a different id."}
	faultNames        = i18n.Text{Ar: "اكتب الاسم بالعربية وبالإنجليزية.", En: "Write the name in Arabic and in English."}
	faultKey          = i18n.Text{Ar: "المفتاح مشغول: {other}. اختر مفتاحًا غيره.", En: "The key is taken: {other}. Choose another key."}
	faultEmptyTarget  = i18n.Text{Ar: "الهدف فارغ: اكتبه أو احذفه.", En: "The target is empty: write it or remove it."}
	faultTargetSpaces = i18n.Text{Ar: "احذف المسافات من أول الهدف وآخره.", En: "Remove the spaces at the target's ends."}
	faultTargetLong   = i18n.Text{Ar: "الهدف أطول من 300 حرف: اختصره.", En: "The target is longer than 300 characters: shorten it."}
	faultTargetTwice  = i18n.Text{Ar: "هذا الهدف مكتوب مرتين.", En: "This target stands twice."}
	faultGuidelines   = i18n.Text{Ar: "الإرشادات أطول من 200 ألف حرف: اختصرها.", En: "The guidelines are longer than 200,000 characters: shorten them."}
)
