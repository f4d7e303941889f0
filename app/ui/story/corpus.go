package story

import (
	"time"

	"hashiya/app/scheme"
	"hashiya/app/wire"
)

// corpora are the screens that look through all articles of a project.
var corpora = []Story{
	{Name: "search", About: "Where the whole project is searched, before anything is.", Path: projectPath + "/search", Acts: []Act{see("#search-go"), see("#sync.sync-server")}},
	{Name: "search/found", About: "Places by article, whatever marks and alef forms they have.", Path: projectPath + "/search",
		Acts: []Act{see("#sync.sync-server"), write("#search-text", "ارمينيا"), click("#search-go"), see("#found mark")}, Looks: everywhere},
	{Name: "search/nothing", About: "It stands nowhere.", Path: projectPath + "/search", Acts: []Act{see("#sync.sync-server"), write("#search-text", "زلزال"), click("#search-go"), see("#found .empty")}},
	{Name: "search/offline", About: "Without a network, what is on the device is searched, and that is said.", Path: projectPath + "/search", Given: []given{offline},
		Acts: []Act{see("#sync.sync-offline"), write("#search-text", "ارمينيا"), click("#search-go"), see("#found mark")}, Looks: []Look{plain}},
	{Name: "article/across", About: "A name's places in all articles, for a lead to choose from.", Path: pathOf(&summit), Given: []given{leading, morning, unassisted},
		Acts: then(then(onServer, selectSpan(16, "s18")...), press("Shift+KeyJ"), see("#across-accept"), see(".across-article")), Looks: []Look{plain, phoneEnglish}},
}

// schemes are the screen of labels, targets and guidelines.
var schemes = []Story{
	{Name: "scheme", About: "The scheme as an annotator reads it.", Path: projectPath + "/scheme", Given: []given{severalVersions}, Acts: []Act{see("#scheme-labels"), see("#versions li"), see("#sync.sync-server")}, Height: 1700},
	{Name: "scheme/lead", About: "The scheme as a lead edits it.", Path: projectPath + "/scheme", Given: []given{leading, severalVersions},
		Acts: []Act{see("#scheme-labels"), see("#versions li"), see("#sync.sync-server"), has("#label-2 .edit-use", "14")}, Height: 2600, Looks: []Look{plain, phoneEnglish}},
	{Name: "scheme/label", About: "One label's names, key and colour.", Path: projectPath + "/scheme", Given: []given{leading, severalVersions},
		Acts: []Act{see("#scheme-labels"), see("#versions li"), see("#sync.sync-server"), click("#label-1"), see("#label-key")}, Height: 1500, Looks: []Look{plain, englishDark}},
	{Name: "scheme/changed", About: "What a new version would change, and what that means for what is labelled.", Path: projectPath + "/scheme", Given: []given{leading, severalVersions},
		Acts: []Act{see("#scheme-labels"), see("#versions li"), see("#sync.sync-server"), click("#label-2"), click("#row-retire"), see("#scheme-changes"), has("#scheme-changes", "14"), scroll("#scheme-changes")}},
}

func severalVersions(w *world) {
	w.projects[0].Scheme.Version = 3
	w.projects[0].Scheme.Targets = []string{"السياسة الروسية في القوقاز", "ممر زنغزور"}
	w.projects[0].Scheme.Guidelines = "# القاعدة الأولى\n\nالوسم يبدأ حيث يبدأ **لبّ الاسم**: لا تُدخل السوابق.\n\n- «وبأذربيجان» ← أذربيجان\n- «سبتمبر/أيلول 2018» وسم واحد\n"
	now := w.projects[0].Scheme
	before := now
	before.Targets = now.Targets[:1]
	for i, by := range []string{lead, "عبد الرحمن بن يوسف الشرقاوي"} {
		w.server.Versions = append(w.server.Versions, wire.SchemeVersion{
			Version: 3 - i, By: by, Time: ago(time.Duration(i+1) * 26 * time.Hour).Format(time.RFC3339), Changes: scheme.Diff(before, now),
		})
		now, before = before, scheme.Default()
	}
	w.server.Use = wire.SchemeUse{Labels: map[string]wire.Use{"PER": {Count: 31, Articles: 6}, "ORG": {Count: 22, Articles: 5}, "GPE": {Count: 14, Articles: 4}}}
}
