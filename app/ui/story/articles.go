package story

import (
	"strings"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/suggest"
	"hashiya/app/sync"
	"hashiya/app/ui/client"
	"hashiya/app/wire"
)

// pathOf returns the address of an article.
func pathOf(a *article.Article) string { return projectPath + "/a/" + a.ID }

// opens puts an article first on the shelf.
func opens(a *article.Article) given {
	return func(w *world) { w.shelf[0].Article = *a }
}

// morning is what the annotator has done in summit so far.
func morning(w *world) {
	w.shelf[0].status = annotation.InProgress
	labelled().known(w)
}

func prefs(p client.Prefs) given { return func(w *world) { w.browser.given = p } }

// onServer is an open article with all its work on the server.
var onServer = []Act{see("#reading-surface .para-text"), see(".mark"), see("#sync.sync-server"), see("#queue .queue-item")}

// bare is the same without any label.
var bare = []Act{see("#reading-surface .para-text"), see("#sync.sync-server"), see("#queue .queue-item"), see(".palette .label-btn")}

func then(first []Act, more ...Act) []Act { return append(append([]Act{}, first...), more...) }

var articles = []Story{
	{Name: "article", About: "Where people spend the day: an article with a morning's work in it.", Path: pathOf(&summit), Given: []given{morning, unassisted}, Acts: onServer, Looks: everywhere},
	{Name: "article/new", About: "Nothing is labelled yet.", Path: pathOf(&summit), Given: []given{unassisted}, Acts: bare, Looks: []Look{plain}},
	{Name: "article/loading", About: "The article is on its way.", Path: pathOf(&summit), Given: []given{nothingCached, slowServer}, Acts: []Act{see(".reading-state .skeleton")}},
	{Name: "article/opening", About: "The device's database is being opened.", Path: pathOf(&summit), Given: []given{slowDisk}, Acts: []Act{see("#sync.sync-busy"), see(".reading-state .skeleton")}},
	{Name: "article/failed", About: "The server has no such article.", Path: projectPath + "/a/0123456789abcdef", Acts: []Act{see(".reading-state .empty"), see("#sync.sync-server")}, Looks: []Look{plain, phoneEnglish}},
	{Name: "article/not-here", About: "Offline, and the article was never opened on this device.", Path: pathOf(&nest), Given: []given{offline}, Acts: []Act{see(".reading-state .empty"), see("#queue .queue-item"), see("#sync.sync-offline")}, Looks: []Look{plain}},
	{Name: "article/english", About: "An article in English in the Arabic interface.", Path: pathOf(&gazette), Given: []given{opens(&gazette), unassisted}, Acts: bare, Looks: []Look{plain}},
	{Name: "article/mixed-directions", About: "Arabic, Latin, Hebrew and digits in one line, with labels in all of them.", Path: pathOf(&mixed), Given: []given{opens(&mixed), unassisted, mixedWork}, Acts: onServer, Looks: []Look{plain, englishDark, phoneLight}},
	{Name: "article/nested-five-deep", About: "Five names within each other: each has its line, and none hides the letters.", Path: pathOf(&nest), Given: []given{opens(&nest), unassisted, nestedWork}, Acts: onServer, Looks: []Look{plain, englishDark}},
	{Name: "article/nested-tags", About: "The same with all the labels' names.", Path: pathOf(&nest), Given: []given{opens(&nest), unassisted, nestedWork, prefs(client.Prefs{ShowTags: true})}, Acts: onServer},
	{Name: "article/tags", About: "The names of all labels stand in the text.", Path: pathOf(&summit), Given: []given{morning, unassisted, prefs(client.Prefs{ShowTags: true})}, Acts: onServer, Looks: []Look{dark}},
	{Name: "article/sixty-labels", About: "A scheme of 60 labels: the palette leaves room for the text.", Path: pathOf(&summit), Given: []given{sixtyLabels, unassisted}, Acts: bare, Looks: []Look{plain, phoneEnglish}},
	{Name: "article/long-labels", About: "Labels with long names, in palette and inspector.", Path: pathOf(&summit), Given: []given{longLabels, morning, unassisted}, Acts: then(then(onServer, selectSpan(3, "s05")...), see(".span-editor")), Looks: []Look{plain, phoneLight}},
	{Name: "article/large-noto", About: "The largest text, in the sans serif.", Path: pathOf(&summit), Given: []given{morning, unassisted, prefs(client.Prefs{TextSize: "xl", ReadingFont: "noto"})}, Acts: onServer, Looks: []Look{plain}},
}

func unassisted(w *world) { w.projects[0].Scheme.Unassisted = true }

func mixedWork(w *world) {
	on(&mixed, deviceOld).
		span("x01", "Apple", 0, "ORG", "").span("x02", "«غوغل»", 0, "ORG", "").span("x03", "F-16", 0, "MISC", "").
		span("x04", "Apple Inc.", 0, "ORG", "").span("x05", "iPhone 17 Pro", 0, "MISC", "").span("x06", "إسرائيل (ישראל)", 0, "GPE", "").
		span("x07", "4,599.50 شيكل", 0, "MISC", "").span("x08", "U.S.A.", 0, "GPE", "").span("x09", "«הארץ»", 0, "ORG", "").
		span("x10", "تل أبيب", 0, "GPE", "").span("x11", "14/03/2026", 0, "DATE", "").span("x12", "باكو", 0, "GPE", "").
		span("x13", "רמאללה", 0, "GPE", "").span("x14", "بوتين", 0, "PER", "").span("x15", "14 במרץ 2026", 0, "DATE", "").
		span("x16", "GDP\u200f 3.5%", 0, "MISC", "").behind("x17", "و", "2003", 0, "DATE", "").span("x18", "٢٠٢٦–١٩٩٩", 0, "DATE", "").known(w)
}

func nestedWork(w *world) {
	w.shelf[0].status = annotation.InProgress
	h := on(&nest, deviceOld)
	for i, phrase := range []string{"رئيس لجنة حقوق الإنسان في برلمان جمهورية أذربيجان", "لجنة حقوق الإنسان في برلمان جمهورية أذربيجان", "برلمان جمهورية أذربيجان", "جمهورية أذربيجان", "أذربيجان"} {
		label := []string{"ROLE", "ORG", "ORG", "GPE", "GPE"}[i]
		h.span("a"+string(rune('1'+i)), phrase, 0, label, "").span("b"+string(rune('1'+i)), phrase, 1, label, "")
	}
	h.span("c1", "وزير خارجية دولة الإمارات العربية المتحدة", 0, "ROLE", "").span("c2", "دولة الإمارات العربية المتحدة", 0, "GPE", "").
		span("c3", "البرلمان الأذربيجاني", 0, "ORG", "").span("c4", "الأذربيجاني", 0, "NORP", "").known(w)
}

var articleStates = []Story{
	{Name: "article/offline", About: "No network: work is kept on the device.", Path: pathOf(&summit), Given: []given{morning, unassisted, offline}, Acts: []Act{see(".mark"), see("#sync.sync-offline"), see(".palette .label-btn")}, Looks: []Look{phoneEnglish, plain}},
	{Name: "article/offline-waiting", About: "No network, and three changes to send.", Path: pathOf(&summit), Given: []given{waiting, unassisted, offline}, Acts: []Act{see(".mark"), see("#sync.sync-offline"), has("#sync .sync-count", "3"), see(".palette .label-btn")}, Looks: []Look{phoneLight, plain}},
	{Name: "article/waiting", About: "The server is there and takes nothing.", Path: pathOf(&summit), Given: []given{waiting, unassisted, busyServer}, Acts: []Act{see(".mark"), see("#sync.sync-waiting")}, Looks: []Look{plain}},
	{Name: "article/refused", About: "The server refused what was done here; the labels are gone from the layer and kept aside.", Path: pathOf(&summit), Given: []given{morning, waiting, unassisted, refusing}, Acts: []Act{see(".mark"), see("#sync.sync-refused")}, Looks: []Look{plain}},
	{Name: "article/full-disk", About: "The device has no room: the last label is only on the screen.", Path: pathOf(&summit), Given: []given{unassisted, func(w *world) { w.wrap = func(s sync.Store) sync.Store { return fullDisk{s} } }},
		Acts: then(bare, press("KeyP"), see(".banner-danger"), see(".mark"), see("#sync.sync-failed")), Looks: []Look{plain, phoneEnglish}},
	{Name: "article/new-version", About: "A new version of the app waits.", Path: pathOf(&summit), Given: []given{morning, unassisted, newVersion}, Acts: then(onServer, see(".banner"))},
	{Name: "article/new-version-held", About: "A new version does not start over work that waits to be sent.", Path: pathOf(&summit), Given: []given{waiting, unassisted, busyServer, newVersion}, Acts: []Act{see(".mark"), see("#sync.sync-waiting"), click("#update"), see(".toast")}, Looks: []Look{plain, phoneEnglish}},
	{Name: "article/conflict", About: "Two devices disagree: the article says so and can't be done.", Path: pathOf(&summit), Given: []given{conflict, unassisted}, Acts: then(onServer, see(".sheet-end .banner-warn"), scroll(".sheet-end"))},
	{Name: "article/conflict-settle", About: "Both versions side by side, to keep one.", Path: pathOf(&summit), Given: []given{conflict, unassisted}, Acts: then(onServer, click(".sheet-end .banner-warn .btn"), see("dialog .versus"))},
	{Name: "article/done", About: "The article is done: what may be changed is locked.", Path: pathOf(&summit), Given: []given{unassisted, func(w *world) {
		w.shelf[0].status = annotation.Done
		labelled().status(annotation.Done, "").known(w)
	}}, Acts: then(then(onServer, selectSpan(3, "s05")...), see(".span-editor"), see(".sheet-end .chip-ok"), scroll(".sheet-end")), Looks: []Look{plain}},
	{Name: "article/skipped", About: "The article was left, for a reason.", Path: pathOf(&summit), Given: []given{unassisted, func(w *world) {
		on(&summit, deviceOld).status(annotation.Skipped, "النصّ مقطوع في الفقرة الأخيرة، والخبر نفسه منشور في Caspian Post").known(w)
	}}, Acts: then(bare, see(".sheet-end .chip-warn"), scroll(".sheet-end"))},
	{Name: "article/flagged", About: "The article has a flag for somebody else to look at.", Path: pathOf(&summit), Given: []given{unassisted, func(w *world) {
		h := labelled()
		h.do(annotation.Change{Subject: "f1", Kind: annotation.PutComment, Comment: &annotation.Comment{Text: "هل «الاتحاد الأوروبي» هنا منظمة أم كيان سياسي؟", Flag: true}}).known(w)
	}}, Acts: then(onServer, see(".sheet-end .banner-warn"), scroll(".sheet-end"))},
}

// conflict is a span that the tablet has relabelled and the laptop moved, and a
// stance that one of them deleted.
func conflict(w *world) {
	w.shelf[0].status = annotation.InProgress
	h := on(&summit, deviceOld).span("s1", "ممر زنغزور", 0, "LOC", "").span("s2", "الاتحاد الأوروبي", 0, "ORG", "")
	h.known(w)
	change := func(device, phrase, label string, minutes int) {
		d := on(&summit, device)
		d.lamport, d.at = h.lamport, ago(time.Duration(minutes)*time.Minute)
		r := place(&summit, phrase, 0)
		d.do(annotation.Change{Subject: "s1", Kind: annotation.PutSpan, Span: &annotation.Span{Start: r.Start, End: r.End, Label: label}}, h.ops[0].ID()).known(w)
	}
	change(deviceHere[:31]+"1", "فتح ممر زنغزور", "EVENT", 14)
	change(deviceThere, "زنغزور", "GPE", 95)
}

var articleWork = []Story{
	{Name: "article/span", About: "A selected label behind a proclitic: its kind, its entity, its ends.", Path: pathOf(&summit), Given: []given{morning, unassisted}, Acts: then(then(onServer, selectSpan(9, "s11")...), see(".span-editor")), Looks: []Look{plain, englishDark, phoneLight}},
	{Name: "article/mentions", About: "After a new label the name's other places are offered, the likely ones checked.", Path: pathOf(&summit), Given: []given{unassisted}, Acts: then(then(bare, pressed("Ctrl+ArrowLeft", 4)...), press("KeyP"), see(".offered-row"), see(".mark.is-suggestion"), see("#sync.sync-server")), Looks: []Look{plain, phoneEnglish}},
	{Name: "article/suggestions", About: "Before the first key: what the project knows, drawn unlike labels.", Path: pathOf(&summit), Given: []given{remembering}, Acts: then(bare, see(".mark.is-suggestion"), press("Quote"), see(".palette-proposed .btn-accept")), Looks: []Look{plain, phoneLight}},
	{Name: "article/entity", About: "Which entity is it?", Path: pathOf(&summit), Given: []given{morning, unassisted}, Acts: then(then(onServer, selectSpan(3, "s05")...), see(".span-editor"), press("KeyJ"), see("dialog #entity-query")), Looks: []Look{plain, phoneEnglish}},
	{Name: "article/stances", About: "The article's stances; one is chosen, and its evidence and both ends light up.", Path: pathOf(&summit), Given: []given{morning, unassisted}, Acts: then(onServer, click("#tab-1"), click(".stance[data-stance=t1]"), see(".stance.is-selected"), see(".mark.is-evidence")), Looks: []Look{plain, englishDark, phoneLight}},
	{Name: "article/stances-none", About: "No stance yet.", Path: pathOf(&summit), Given: []given{unassisted}, Acts: then(bare, click("#tab-1"), see("#inspector-panel .empty"))},
	{Name: "article/stance-form", About: "A stance is being written.", Path: pathOf(&summit), Given: []given{morning, unassisted}, Acts: then(onServer, click("#tab-1"), click(".stance[data-stance=t3]"), see(".stance.is-selected"), click(".stance-item .btn"), see(".stance-form #stance-claim"), see(".mark.is-evidence")), Height: 1250},
	{Name: "article/stance-offered", About: "A new stance over a quotation: holder and mode are offered.", Path: pathOf(&summit), Given: []given{morning, unassisted}, Acts: then(then(onServer, selectSpan(9, "s11")...), see(".span-editor"), press("Ctrl+KeyA"), press("KeyS"), see(".stance-form"), scroll(".para-title")), Looks: []Look{phoneEnglish, plain}},
	{Name: "article/required", About: "The project's required targets: one is judged, two are not.", Path: pathOf(&summit), Given: []given{morning, unassisted, required}, Acts: then(onServer, click("#tab-1"), see(".required"), press("KeyB"), see(".required .is-current, .required [aria-current], .target-head"))},
	{Name: "article/notes", About: "Notes on the article and on labels.", Path: pathOf(&summit), Given: []given{unassisted, func(w *world) {
		labelled().note("c1", "", "الخبر منقول عن وكالة، راجع صيغته الأصلية.").note("c2", "s10", "«زاغولبا» قصر لا بلدة: see the map.").note("c3", "gone", "كان وسمًا مكررًا.").known(w)
	}}, Acts: then(onServer, click("#tab-2"), see("#note-text"), see(".note"))},
	{Name: "article/notes-none", About: "No note yet.", Path: pathOf(&summit), Given: []given{unassisted}, Acts: then(bare, click("#tab-2"), see("#note-text"))},
	{Name: "article/guidelines", About: "The guidelines beside the text.", Path: pathOf(&summit), Given: []given{unassisted, guided}, Acts: then(bare, click("#tab-3"), see("#inspector-panel .prose, #inspector-panel .help")), Height: 1150},
	{Name: "article/search", About: "A search that doesn't care for alef forms and tashkeel.", Path: pathOf(&summit), Given: []given{unassisted}, Acts: then(bare, press("Slash"), see("#article-search:focus"), write("#article-search", "ارمينيا"), see(".mark.is-search")), Looks: []Look{plain}},
	{Name: "article/search-nothing", About: "A search without a hit.", Path: pathOf(&summit), Given: []given{unassisted}, Acts: then(bare, press("Slash"), see("#article-search:focus"), write("#article-search", "زلزال"), see(".search-bar"))},
	{Name: "article/keys", About: "The cheat sheet.", Path: pathOf(&summit), Given: []given{morning, unassisted}, Acts: then(onServer, press("Shift+Slash"), see("dialog .keys")), Looks: []Look{plain, phoneLight}},
	{Name: "article/skip", About: "Why is the article left?", Path: pathOf(&summit), Given: []given{morning, unassisted}, Acts: then(onServer, click(".sheet-end .btn:nth-of-type(2)"), see("#skip-reason"))},
	{Name: "article/flag", About: "What should be looked at?", Path: pathOf(&summit), Given: []given{morning, unassisted}, Acts: then(onServer, click(".sheet-end .btn:nth-of-type(3)"), see("#flag-reason")), Looks: []Look{phoneLight}},
	{Name: "article/phone-details", About: "On a phone the inspector rises from below.", Path: pathOf(&summit), Given: []given{morning, unassisted}, Acts: then(onServer[:3], click("[data-inspector] .topbar-end > .row:last-child .btn-icon:last-child"), see("#inspector .entity")), Looks: []Look{phoneLight}},
	{Name: "article/phone-queue", About: "On a phone the list of articles is a sheet.", Path: pathOf(&summit), Given: []given{morning, unassisted}, Acts: then(onServer[:3], click("[aria-controls=queue]"), see("#queue .queue-item")), Looks: []Look{phoneLight}},
	{Name: "article/no-sides", About: "Both sides are folded away: only the text.", Path: pathOf(&summit), Given: []given{morning, unassisted, prefs(client.Prefs{HideQueue: true})}, Acts: then(onServer[:3], click("[data-inspector] .topbar-end > .row:last-child .btn-icon:last-child")), Looks: []Look{dark}},
}

// remembering is a project that has met some of the names before.
func remembering(w *world) {
	var m suggest.Memory
	for _, o := range []suggest.Observation{
		{Surface: "فلاديمير بوتين", Label: "PER", Entity: "فلاديمير بوتين"}, {Surface: "إلهام علييف", Label: "PER", Entity: "إلهام علييف"},
		{Surface: "شركة سوكار", Label: "ORG", Entity: "سوكار"}, {Surface: "ممر زنغزور", Label: "LOC", Entity: "ممر زنغزور"},
		{Surface: "الاتحاد الأوروبي", Label: "ORG", Entity: "الاتحاد الأوروبي"}, {Surface: "غازبروم", Label: "ORG", Entity: "غازبروم"},
	} {
		for range 4 {
			m.Add(o)
		}
	}
	w.server.memory = wire.Suggestions{Memory: &m}
}

// required has targets that every article is judged on.
func required(w *world) {
	s := &w.projects[0].Scheme
	s.Targets = []string{"السياسة الروسية في القوقاز", "ممر زنغزور", "عضوية أذربيجان في OPEC+"}
	on(&summit, deviceThere).stance(annotation.RequiredSubject(s.Targets[0]), annotation.Stance{
		Holder: annotation.Holder{Outlet: true}, Target: annotation.Target{Claim: s.Targets[0]}, Label: "discuss", Mode: annotation.Narration,
	}).known(w)
}

// guided has guidelines with everything that Markdown has.
func guided(w *world) {
	w.projects[0].Scheme.Guidelines = strings.Join([]string{
		"# دليل مشروع أخبار القوقاز", "اقرأ المقال **كاملًا** قبل أن تضع أول وسم.",
		"## الحدود", "- تبقى *ال* داخل الوسم: `الأذربيجاني`.", "- تُترك السابقة خارجه: **ل**أذربيجان.", "- علامات الاقتباس خارجه.",
		"## الموقف", "1. من يقول؟", "2. عمّن أو عمّا؟", "3. بأي حجة من النص؟",
		"> غير المحكوم عليه ليس محايدًا.", "[المرجع](https://example.com/guide)",
	}, "\n\n")
}
