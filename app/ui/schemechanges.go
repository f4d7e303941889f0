package ui

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/scheme"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
	"hashiya/app/wire"
)

// renderChanges says what saving would change, what keeps it from being saved,
// and what somebody else has saved meanwhile.
func (s *schemeScreen) renderChanges(lang i18n.Lang, faults []fault) app.UI {
	changes := s.draft.changes()
	var use *wire.SchemeUse
	if s.counted {
		use = &s.use
	}
	return app.Section().Class("card scheme-changes").ID("scheme-changes").TabIndex(-1).Body(
		app.H2().Class("card-title").Text(changesText.In(lang)),
		app.P().Class("muted").Hidden(len(changes) > 0).Text(noChanges.In(lang)),
		app.Ul().Class("changes").Hidden(len(changes) == 0 || s.behind()).Body(changeItems(lang, changes, s.draft.Next, use)...),
		app.Div().Class("stack").Hidden(!s.behind()).Body(s.renderVersus(lang, changes, use)...),
		app.Ul().Class("changes changes-bad").Hidden(len(faults) == 0).Body(app.Range(faults).Slice(func(i int) app.UI {
			return app.Li().Body(parts.Icon("warning"), app.Span().Text(s.rowName(lang, faults[i].row)+faults[i].why.In(lang)))
		})),
		parts.FieldError(s.refusal(lang)),
		app.P().Class("field-hint").Hidden(s.unasked == nil).Text(unaskedText.With(lang, "why", parts.ErrorText(lang, s.unasked))),
		app.P().Class("field-error").Role("alert").Hidden(!s.unkept).Text(unkeptText.In(lang)),
		app.P().Class("field-hint").Hidden(len(changes) == 0).Text(keptText.In(lang)),
	)
}

func (s *schemeScreen) refusal(lang i18n.Lang) string {
	if s.behind() {
		return "" // it is said above, with both versions
	}
	var p *wire.Problem
	if errors.As(s.refused, &p) && p.Code == "taken" {
		return takenText.In(lang)
	}
	return parts.ErrorText(lang, s.refused)
}

// renderVersus shows both versions where somebody else was faster.
func (s *schemeScreen) renderVersus(lang i18n.Lang, mine []scheme.Change, use *wire.SchemeUse) []app.UI {
	theirs := scheme.Diff(s.draft.Base, s.project.Scheme)
	by := ""
	for _, v := range s.versions {
		if v.Version == s.project.Scheme.Version {
			by = madeBy(lang, v.By)
		}
	}
	n := strconv.Itoa(s.project.Scheme.Version)
	return []app.UI{
		app.P().Role("alert").Class("field-error").Body(parts.Icon("split"), app.Span().Text(
			behindText.With(lang, "n", n, "base", strconv.Itoa(s.draft.Base.Version)))),
		app.Div().Class("version").Body(
			app.Div().Class("version-head").Body(app.B().Text(versionOf.With(lang, "n", n)), app.Span().Class("bidi").Dir("auto").Text(by)),
			app.Ul().Class("changes").Body(changeItems(lang, theirs, s.project.Scheme, nil)...),
		),
		app.Div().Class("version is-shown").Body(
			app.Div().Class("version-head").Body(app.B().Text(mineText.In(lang))),
			app.Ul().Class("changes").Body(changeItems(lang, mine, s.draft.Next, use)...),
		),
		app.Div().Class("form-actions").Body(
			parts.Button("", rebaseText.In(lang), s.rebase).Class("btn-primary").ID("scheme-rebase"),
			parts.Button("", takeTheirs.In(lang), s.discard),
		),
	}
}

// rowName names the row that a fault is about, with a colon behind.
func (s *schemeScreen) rowName(lang i18n.Lang, r row) string {
	name := ""
	switch {
	case r.at < 0:
		return ""
	case r.list == labelRows:
		l := s.draft.Next.Labels[r.at]
		name = shownName(lang, l.Names, l.ID)
	case r.list == stanceRows:
		l := s.draft.Next.Stances[r.at]
		name = shownName(lang, l.Names, l.ID)
	case r.list == targetRows:
		name = targetNumber.With(lang, "n", strconv.Itoa(r.at+1))
	}
	return name + ": "
}

func shownName(lang i18n.Lang, n scheme.Names, id string) string {
	for _, s := range []string{n.In(string(lang)), n.Ar, n.En, id} {
		if strings.TrimSpace(s) != "" {
			return s
		}
	}
	return unnamedText.In(lang)
}

// named is a name with its id behind it: a change may be in the other language
// only.
func named(lang i18n.Lang, n scheme.Names, id string) string {
	return shownName(lang, n, id) + " (" + id + ")"
}

// changeItems says the changes, an item each; of is the scheme that has the
// names. With use, what is retired says how much it is used.
func changeItems(lang i18n.Lang, changes []scheme.Change, of scheme.Scheme, use *wire.SchemeUse) []app.UI {
	var out []app.UI
	for _, c := range changes {
		text, known := changeTexts[c.Kind]
		if !known {
			continue // of a newer server
		}
		var names []string
		for _, id := range c.IDs {
			name := id
			if l, ok := of.Known(id); ok && strings.HasPrefix(string(c.Kind), "label") {
				name = named(lang, l.Names, id)
			} else if l, ok := of.KnownStance(id); ok && strings.HasPrefix(string(c.Kind), "stance") {
				name = named(lang, l.Names, id)
			}
			names = append(names, name)
		}
		list := strings.Join(names, listComma.In(lang))
		if list != "" {
			list = ": " + list
		}
		out = append(out, app.Li().Body(
			app.Span().Class("bidi").Text(text.In(lang, max(1, len(c.IDs)))+list),
			app.Span().Class("changes-use").Hidden(use == nil || !costs(c.Kind)).Text(usedText(lang, c, use)),
		))
	}
	return out
}

// costs reports whether a change takes something out of use that layers may
// bear.
func costs(k scheme.ChangeKind) bool {
	return k == scheme.LabelsRetired || k == scheme.StancesRetired || k == scheme.TargetsRemoved
}

func usedText(lang i18n.Lang, c scheme.Change, use *wire.SchemeUse) string {
	if use == nil {
		return ""
	}
	counts, words := use.Labels, spansUse
	switch c.Kind {
	case scheme.StancesRetired:
		counts, words = use.Stances, stancesUse
	case scheme.TargetsRemoved:
		counts, words = use.Targets, judgementsUse
	}
	n := 0
	for _, id := range c.IDs {
		n += counts[id].Count
	}
	return words.In(lang, n)
}

// used says how much a label is used, "" where that is not known or not at all.
func used(lang i18n.Lang, counts map[string]wire.Use, id string, words i18n.Count) string {
	u := counts[id]
	if u.Count == 0 {
		return ""
	}
	return words.In(lang, u.Count) + " · " + inArticles.In(lang, u.Articles)
}

// faultsOf returns what is wrong with a row.
func faultsOf(faults []fault, r row, lang i18n.Lang) string {
	var out []string
	for _, f := range faults {
		if f.row == r && !slices.Contains(out, f.why.In(lang)) {
			out = append(out, f.why.In(lang))
		}
	}
	return strings.Join(out, " ")
}

var (
	changesText  = i18n.Text{Ar: "ما سيتغيّر", En: "What changes"}
	noChanges    = i18n.Text{Ar: "لا تغيير بعد.", En: "Nothing yet."}
	keptText     = i18n.Text{Ar: "ما أُنجز تحت إصدار سابق يبقى منجزًا، وتبقى وسومه صحيحة تحت إصدارها.", En: "What was done under an earlier version stays done, and its labels stay valid under their version."}
	unkeptText   = i18n.Text{Ar: "لا يستطيع المتصفح حفظ المسودة: احفظ الإصدار قبل مغادرة الصفحة.", En: "The browser can't keep the draft: save the version before you leave the page."}
	unaskedText  = i18n.Text{Ar: "لا يُعرف الآن كم يُستعمل كل وسم: {why}", En: "How much each label is used is not known now: {why}"}
	behindText   = i18n.Text{Ar: "حفظ غيرك الإصدار {n} بعد أن بدأت من الإصدار {base}. لم يضِع شيء: هذان ما غيّره كلٌّ منكما.", En: "Somebody saved version {n} after you began from version {base}. Nothing is lost: this is what each of you changed."}
	takenText    = i18n.Text{Ar: "حفظ غيرك إصدارًا قبلك، ولم يصل إلى هذا الجهاز بعد. مسودتك محفوظة هنا: أعد المحاولة بعد قليل.", En: "Somebody saved a version before you, and it has not reached this device yet. Your draft is kept here: try again in a moment."}
	mineText     = i18n.Text{Ar: "مسودتك", En: "Your draft"}
	rebaseText   = i18n.Text{Ar: "ضع تعديلاتي فوقه", En: "Put my changes on top"}
	takeTheirs   = i18n.Text{Ar: "خذ الإصدار كما هو", En: "Take the version as it is"}
	targetNumber = i18n.Text{Ar: "الهدف {n}", En: "Target {n}"}
	unnamedText  = i18n.Text{Ar: "بلا اسم", En: "No name yet"}
	listComma    = i18n.Text{Ar: "، ", En: ", "}

	spansUse = i18n.Count{
		ArZero: "غير مستعمل بعد", ArOne: "في موضع واحد", ArTwo: "في موضعين", ArFew: "في {n} مواضع", ArMany: "في {n} موضعًا", ArOther: "في {n} موضع",
		EnOne: "used by 1 span", EnOther: "used by {n} spans",
	}
	stancesUse = i18n.Count{
		ArZero: "غير مستعمل بعد", ArOne: "في موقف واحد", ArTwo: "في موقفين", ArFew: "في {n} مواقف", ArMany: "في {n} موقفًا", ArOther: "في {n} موقف",
		EnOne: "used by 1 stance", EnOther: "used by {n} stances",
	}
	judgementsUse = i18n.Count{
		ArZero: "لا حكم عليه بعد", ArOne: "حكم واحد عليه يبقى موقفًا", ArTwo: "حكمان عليه يبقيان موقفين", ArFew: "{n} أحكام عليه تبقى مواقف", ArMany: "{n} حكمًا عليه تبقى مواقف", ArOther: "{n} حكم عليه تبقى مواقف",
		EnOne: "1 judgement on it stays as a stance", EnOther: "{n} judgements on it stay as stances",
	}
	inArticles = i18n.Count{
		ArZero: "في لا مقال", ArOne: "في مقال واحد", ArTwo: "في مقالين", ArFew: "في {n} مقالات", ArMany: "في {n} مقالًا", ArOther: "في {n} مقال",
		EnOne: "in 1 article", EnOther: "in {n} articles",
	}

	changeTexts = map[scheme.ChangeKind]i18n.Count{
		scheme.LabelsAdded:     {ArZero: "لا وسم جديد", ArOne: "وسم جديد", ArTwo: "وسمان جديدان", ArFew: "{n} وسوم جديدة", ArMany: "{n} وسمًا جديدًا", ArOther: "{n} وسم جديد", EnOne: "1 label added", EnOther: "{n} labels added"},
		scheme.LabelsRetired:   {ArZero: "لا وسم متروك", ArOne: "وسم تُرك", ArTwo: "وسمان تُركا", ArFew: "{n} وسوم تُركت", ArMany: "{n} وسمًا تُرك", ArOther: "{n} وسم تُرك", EnOne: "1 label retired", EnOther: "{n} labels retired"},
		scheme.LabelsRestored:  {ArZero: "لا وسم أُعيد", ArOne: "وسم أُعيد", ArTwo: "وسمان أُعيدا", ArFew: "{n} وسوم أُعيدت", ArMany: "{n} وسمًا أُعيد", ArOther: "{n} وسم أُعيد", EnOne: "1 label brought back", EnOther: "{n} labels brought back"},
		scheme.LabelsRenamed:   {ArZero: "لا وسم تغيّر اسمه", ArOne: "وسم تغيّر اسمه", ArTwo: "وسمان تغيّر اسماهما", ArFew: "{n} وسوم تغيّرت أسماؤها", ArMany: "{n} وسمًا تغيّر اسمه", ArOther: "{n} وسم تغيّر اسمه", EnOne: "1 label renamed", EnOther: "{n} labels renamed"},
		scheme.LabelsRecolored: {ArZero: "لا وسم تغيّر لونه", ArOne: "وسم تغيّر لونه", ArTwo: "وسمان تغيّر لوناهما", ArFew: "{n} وسوم تغيّرت ألوانها", ArMany: "{n} وسمًا تغيّر لونه", ArOther: "{n} وسم تغيّر لونه", EnOne: "1 label in another colour", EnOther: "{n} labels in other colours"},
		scheme.LabelsRekeyed:   {ArZero: "لا وسم تغيّر مفتاحه", ArOne: "وسم تغيّر مفتاحه", ArTwo: "وسمان تغيّر مفتاحاهما", ArFew: "{n} وسوم تغيّرت مفاتيحها", ArMany: "{n} وسمًا تغيّر مفتاحه", ArOther: "{n} وسم تغيّر مفتاحه", EnOne: "1 label on another key", EnOther: "{n} labels on other keys"},
		scheme.LabelsExplained: {ArZero: "لا وسم تغيّر شرحه", ArOne: "وسم تغيّر شرحه", ArTwo: "وسمان تغيّر شرحاهما", ArFew: "{n} وسوم تغيّر شرحها", ArMany: "{n} وسمًا تغيّر شرحه", ArOther: "{n} وسم تغيّر شرحه", EnOne: "1 label explained otherwise", EnOther: "{n} labels explained otherwise"},
		scheme.LabelsReordered: plain("تغيّر ترتيب الوسوم", "Labels in another order"),

		scheme.StancesAdded:     {ArZero: "لا حكم جديد", ArOne: "حكم جديد في السلّم", ArTwo: "حكمان جديدان في السلّم", ArFew: "{n} أحكام جديدة في السلّم", ArMany: "{n} حكمًا جديدًا في السلّم", ArOther: "{n} حكم جديد في السلّم", EnOne: "1 stance label added", EnOther: "{n} stance labels added"},
		scheme.StancesRetired:   {ArZero: "لا حكم متروك", ArOne: "حكم تُرك من السلّم", ArTwo: "حكمان تُركا من السلّم", ArFew: "{n} أحكام تُركت من السلّم", ArMany: "{n} حكمًا تُرك من السلّم", ArOther: "{n} حكم تُرك من السلّم", EnOne: "1 stance label retired", EnOther: "{n} stance labels retired"},
		scheme.StancesRestored:  {ArZero: "لا حكم أُعيد", ArOne: "حكم أُعيد إلى السلّم", ArTwo: "حكمان أُعيدا إلى السلّم", ArFew: "{n} أحكام أُعيدت إلى السلّم", ArMany: "{n} حكمًا أُعيد إلى السلّم", ArOther: "{n} حكم أُعيد إلى السلّم", EnOne: "1 stance label brought back", EnOther: "{n} stance labels brought back"},
		scheme.StancesRenamed:   {ArZero: "لا حكم تغيّر اسمه", ArOne: "حكم تغيّر اسمه", ArTwo: "حكمان تغيّر اسماهما", ArFew: "{n} أحكام تغيّرت أسماؤها", ArMany: "{n} حكمًا تغيّر اسمه", ArOther: "{n} حكم تغيّر اسمه", EnOne: "1 stance label renamed", EnOther: "{n} stance labels renamed"},
		scheme.StancesTurned:    {ArZero: "لا حكم تغيّرت جهته", ArOne: "حكم تغيّرت جهته", ArTwo: "حكمان تغيّرت جهتاهما", ArFew: "{n} أحكام تغيّرت جهاتها", ArMany: "{n} حكمًا تغيّرت جهته", ArOther: "{n} حكم تغيّرت جهته", EnOne: "1 stance label on another side", EnOther: "{n} stance labels on other sides"},
		scheme.StancesExplained: {ArZero: "لا حكم تغيّر شرحه", ArOne: "حكم تغيّر شرحه", ArTwo: "حكمان تغيّر شرحاهما", ArFew: "{n} أحكام تغيّر شرحها", ArMany: "{n} حكمًا تغيّر شرحه", ArOther: "{n} حكم تغيّر شرحه", EnOne: "1 stance label explained otherwise", EnOther: "{n} stance labels explained otherwise"},
		scheme.StancesReordered: plain("تغيّر ترتيب السلّم", "The scale in another order"),

		scheme.TargetsAdded:      {ArZero: "لا هدف جديد", ArOne: "هدف مطلوب جديد", ArTwo: "هدفان مطلوبان جديدان", ArFew: "{n} أهداف مطلوبة جديدة", ArMany: "{n} هدفًا مطلوبًا جديدًا", ArOther: "{n} هدف مطلوب جديد", EnOne: "1 required target added", EnOther: "{n} required targets added"},
		scheme.TargetsRemoved:    {ArZero: "لا هدف حُذف", ArOne: "هدف لم يعد مطلوبًا", ArTwo: "هدفان لم يعودا مطلوبين", ArFew: "{n} أهداف لم تعد مطلوبة", ArMany: "{n} هدفًا لم يعد مطلوبًا", ArOther: "{n} هدف لم يعد مطلوبًا", EnOne: "1 target not required any more", EnOther: "{n} targets not required any more"},
		scheme.TargetsReordered:  plain("تغيّر ترتيب الأهداف المطلوبة", "Required targets in another order"),
		scheme.GuidelinesChanged: plain("تغيّرت الإرشادات", "The guidelines changed"),
		scheme.SuggestionsOn:     plain("تُعرض الاقتراحات", "Suggestions are shown"),
		scheme.SuggestionsOff:    plain("لا تُعرض اقتراحات", "No suggestions are shown"),
	}
)

// plain is a change that is not counted.
func plain(ar, en string) i18n.Count {
	return i18n.Count{ArZero: ar, ArOne: ar, ArTwo: ar, ArFew: ar, ArMany: ar, ArOther: ar, EnOne: en, EnOther: en}
}
