package story

import (
	"context"
	"strconv"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/scheme"
	"hashiya/app/sync"
	"hashiya/app/ui/client"
	"hashiya/app/wire"
)

func nobody(w *world)        { w.me = wire.Me{} }
func leading(w *world)       { w.me = wire.Me{Name: lead, Role: wire.Lead, HasPassword: true} }
func nothingCached(w *world) { w.cached = false }
func slowServer(w *world)    { w.server.slow = true }
func noArticles(w *world)    { w.shelf = nil }

func offline(w *world) {
	w.browser.GoOnline(false)
	w.server.Down = true
}

func signedOut(w *world) { w.server.signedOut = true }

// brokenDisk is a browser whose database does not open.
func brokenDisk(w *world) {
	w.open = func(context.Context) (sync.Store, error) { return nil, sync.ErrStorage }
}

// slowDisk is a database that is being opened.
func slowDisk(w *world) {
	w.open = func(ctx context.Context) (sync.Store, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}
}

func newVersion(w *world) { w.browser.Update = true }

var people = []wire.Account{
	{Name: lead, Role: wire.Lead}, {Name: "عبد الرحمن بن يوسف الشرقاوي", Role: wire.Curator}, {Name: annotator, Role: wire.Annotator}, {Name: "Maryam K.", Role: wire.Annotator},
}

func team(w *world) { w.server.people = people }

// today is a morning's work in the article that is open.
func today(w *world) {
	w.shelf[0].status = annotation.InProgress
	h := labelled()
	h.do(annotation.Change{Subject: "w1", Kind: annotation.PutWork, Work: &annotation.Work{ActiveSeconds: 5040}})
	h.known(w)
	w.visits = []client.Visit{{Project: project, Article: summit.ID, Title: summit.Meta.Title, At: ago(25 * time.Minute)}}
}

func finished(w *world) {
	for i := range w.shelf {
		w.shelf[i].status = annotation.Done
	}
}

const projectPath = "/p/" + project

var doors = []Story{
	{Name: "login", About: "The way in, for somebody with a password.", Path: "/login", Given: []given{nobody}, Acts: []Act{see("#login-name")}, Looks: []Look{plain, englishDark}},
	{Name: "login/wrong", About: "The password was wrong: what to do now.", Path: "/login", Given: []given{nobody},
		Acts: []Act{write("#login-name", annotator), write("#login-password", "abcdefgh"), click(".btn-primary"), see(".field-error")}, Looks: []Look{english, plain}},
	{Name: "login/left-behind", About: "Somebody's work never reached the server; nobody is signed in.", Path: "/login", Given: []given{nobody, leftBehind}, Acts: []Act{see("#left-behind")}, Looks: []Look{plain, phoneEnglish}},
	{Name: "join/password", About: "A one-time link was taken; a password can be set.", Path: "/join#token", Given: []given{nobody},
		Acts: []Act{see("#join-password")}, Looks: []Look{plain, phoneEnglish}},
	{Name: "join/waiting", About: "The link is being taken.", Path: "/join#token", Given: []given{nobody, slowServer}, Acts: []Act{see(".door-card [role=status], .door-card .skeleton")}},
	{Name: "join/used", About: "The link was used before.", Path: "/join#token", Given: []given{nobody, func(w *world) { w.server.linkIs = "used" }},
		Acts: []Act{see(".field-error")}},
	{Name: "join/incomplete", About: "The address was cut off on the way.", Path: "/join", Given: []given{nobody}, Acts: []Act{see(".door-card .btn-primary")}},
	{Name: "nowhere", About: "An address that leads nowhere.", Path: "/p/" + project + "/nowhere", Acts: []Act{see(".error-code")}},
}

var homes = []Story{
	{Name: "home", About: "The beginning of an afternoon: go on, what comes next, what was done.", Path: "/", Given: []given{today}, Acts: []Act{see("#resume"), see("#ready", "5"), see("#sync.sync-server")}, Looks: everywhere},
	{Name: "home/first-day", About: "Nothing was opened yet.", Path: "/", Acts: []Act{see(".row-link"), see("#sync.sync-server")}},
	{Name: "home/empty", About: "There is no project.", Path: "/", Given: []given{func(w *world) { w.projects, w.shelf = nil, nil }}, Acts: []Act{see(".empty"), see("#sync.sync-server")}},
	{Name: "home/finished", About: "Everything is done.", Path: "/", Given: []given{finished}, Acts: []Act{see(".empty-small"), see("#sync.sync-server")}},
	{Name: "home/loading", About: "A new device: the lists are on their way.", Path: "/", Given: []given{nothingCached, slowServer}, Acts: []Act{see(".skeleton")}},
	{Name: "home/offline-new", About: "A new device without a network: there is nothing to show.", Path: "/", Given: []given{nothingCached, offline}, Acts: []Act{see(".main .empty"), see("#sync.sync-offline")}},
	{Name: "home/broken-disk", About: "The browser's database does not open.", Path: "/", Given: []given{brokenDisk}, Acts: []Act{see(".banner-danger"), see(".main .empty")}},
	{Name: "home/account", About: "The account's menu is open.", Path: "/", Given: []given{today}, Acts: []Act{see("#sync.sync-server"), see("#resume"), click("#account summary"), see(".menu-panel")}, Looks: []Look{phoneLight, plain}},
}

var projects = []Story{
	{Name: "project", About: "A project as an annotator sees it.", Path: projectPath, Given: []given{today}, Acts: []Act{see("#scheme"), see("#sync.sync-server")}, Looks: []Look{plain, englishDark, phoneLight}},
	{Name: "project/lead", About: "A project as its lead sees it, with people and switches.", Path: projectPath, Given: []given{leading, team}, Acts: []Act{see("#people .person"), see("#sync.sync-server")}, Height: 1500, Looks: []Look{plain}},
	{Name: "project/loading", About: "The list is on its way.", Path: projectPath, Given: []given{nothingCached, slowServer}, Acts: []Act{see(".skeleton")}},
	{Name: "project/unknown", About: "There is no such project.", Path: "/p/elsewhere", Acts: []Act{see(".main .empty"), see("#sync.sync-server")}},
	{Name: "project/empty", About: "No articles yet, and one who can't add any.", Path: projectPath, Given: []given{noArticles}, Acts: []Act{see(".main .empty"), see("#sync.sync-server")}},
	{Name: "project/empty-lead", About: "No articles yet, and one who can add some.", Path: projectPath, Given: []given{noArticles, leading, team}, Acts: []Act{see(".empty .btn-primary"), see("#people .person"), see("#sync.sync-server")}},
	{Name: "project/nothing-found", About: "Nothing bears this title.", Path: projectPath, Acts: []Act{see("#sync.sync-server"), write("#find", "زلزال"), see(".main .empty")}},
	{Name: "project/sixty-labels", About: "A scheme of 60 labels with long names.", Path: projectPath, Given: []given{sixtyLabels}, Acts: []Act{see("#scheme .scheme-label:nth-child(60)"), see("#sync.sync-server")}, Height: 1500},
	{Name: "project/import", About: "Where files go in.", Path: projectPath, Given: []given{leading, team}, Acts: []Act{see("#sync.sync-server"), click("#import"), see("dialog .drop")}, Looks: []Look{plain, phoneEnglish}},
	{Name: "project/import-busy", About: "A file is on its way.", Path: projectPath, Given: []given{leading, team, slowUpload},
		Acts: []Act{see("#people .person"), see("#sync.sync-server"), click("#import"), choose("#import-files", "news.jsonl", "{}"), see("dialog progress")}},
	{Name: "project/import-refused", About: "Some records were refused, with place and reason.", Path: projectPath, Given: []given{leading, team, refusedUpload},
		Acts: []Act{see("#people .person"), see("#sync.sync-server"), click("#import"), choose("#import-files", "news.jsonl", "{}"), see("#import-report")}, Looks: []Look{plain, phoneLight}},
	{Name: "project/export", About: "Where the dataset comes out.", Path: projectPath, Given: []given{leading, team}, Acts: []Act{see("#people .person"), see("#sync.sync-server"), click("#export"), has("#export-layer option:nth-child(5)", "Maryam"), see("#export-link")}, Looks: []Look{plain}},
	{Name: "project/export-waiting", About: "Some work has not reached the server and will be missing.", Path: projectPath, Given: []given{leading, team, waiting, busyServer},
		Acts: []Act{see("#people .person"), see("#sync.sync-waiting"), click("#export"), see("dialog .field-error"), see("#export-layer")}},
	{Name: "project/link", About: "A one-time link for somebody.", Path: projectPath, Given: []given{leading, team}, Acts: []Act{see("#sync.sync-server"), click("#people .person .btn-icon"), see("#link-url")}, Looks: []Look{englishDark, plain}},
	{Name: "project/signed-out", About: "The session has ended, in the middle of the day.", Path: projectPath, Given: []given{today, waiting, signedOut}, Acts: []Act{see(".banner-warn"), see("#sync.sync-waiting"), see("#scheme")}, Looks: []Look{plain, phoneEnglish}},
}

var settings = []Story{
	{Name: "settings", About: "Look, device, account.", Path: "/settings", Acts: []Act{see("#storage"), see("#sync.sync-server")}, Height: 1150, Looks: []Look{plain, phoneEnglish}},
	{Name: "settings/no-storage", About: "The browser grants no lasting storage, and work waits.", Path: "/settings", Given: []given{waiting, busyServer, func(w *world) { w.browser.noRoom = true }},
		Acts: []Act{see("#storage.chip-warn"), see("#sync.sync-waiting")}, Height: 1150},
	{Name: "sync/waiting", About: "What stands behind the sync line while work waits.", Path: "/settings", Given: []given{waiting, busyServer}, Acts: []Act{see("#sync.sync-waiting"), click("#sync"), see("dialog .kv"), see("dialog .field-error")}, Looks: []Look{plain}},
	{Name: "sync/refused", About: "What the server refused, and why.", Path: "/settings", Given: []given{waiting, refusing}, Acts: []Act{see("#sync.sync-refused"), click("#sync"), see("dialog .report-bad")}, Looks: []Look{plain, phoneEnglish}},
	{Name: "sync/cautions", About: "The clock is wrong and the storage may be cleared: said, and nothing is held up by it.", Path: "/settings",
		Given: []given{wrongClock, func(w *world) { w.browser.noRoom = true }}, Acts: []Act{see("#sync.sync-server"), see(".banner-warn"), see("#skew"), click("#sync"), see("dialog .banner-inline")}, Looks: []Look{plain, phoneEnglish}},
}

// leftBehind is work of who was here last.
func leftBehind(w *world) {
	w.browser.SaveUser(wire.Me{Name: annotator})
	w.browser.SaveUser(wire.Me{})
	waiting(w)
}

func wrongClock(w *world) { w.server.Now = ago(3 * time.Hour) }

// waiting is work of twelve minutes ago that the server has not answered for.
func waiting(w *world) {
	h := on(&summit, deviceHere)
	h.at = ago(12 * time.Minute)
	h.span("n1", "إلهام علييف", 0, "PER", "").span("n2", "قازان", 0, "GPE", "").span("n3", "الكرملين", 0, "ORG", "").waiting(w)
}

func busyServer(w *world) { w.server.busy = true }

func refusing(w *world) {
	w.server.Fault = *annotation.NewFault(annotation.NoLabel, "", "label", "ORG", "version", 4)
	w.server.Refuse = `label "ORG" is not in scheme version 4`
}

func slowUpload(w *world) { w.server.slowUpload = true }

func refusedUpload(w *world) {
	w.server.report = wire.ImportReport{Added: 118, Already: 3, Layers: 12, Omitted: 41, Refused: []wire.Refusal{
		{File: "قوقاز-آذار.jsonl", Line: 7, Reason: "the text is empty"},
		{File: "قوقاز-آذار.jsonl", Line: 19, Reason: "byte 1042 is no UTF-8: save the file as UTF-8"},
		{File: "scan_2026-03-14_final(2).txt", Reason: "region body [120,4012) does not lie in order within the text's 3977 code points"},
	}}
}

// sixtyLabels is a scheme as somebody makes it who wants to know everything.
func sixtyLabels(w *world) {
	s := &w.projects[0].Scheme
	s.Labels = nil
	names := []scheme.Names{
		{Ar: "شخص", En: "Person"}, {Ar: "منظمة غير حكومية", En: "Non-governmental organisation"}, {Ar: "بلد", En: "Country"}, {Ar: "حي أو ضاحية", En: "Quarter"},
		{Ar: "منشأة عسكرية", En: "Military site"}, {Ar: "قبيلة", En: "Tribe"}, {Ar: "منصب", En: "Post"}, {Ar: "معركة", En: "Battle"}, {Ar: "عيد", En: "Holiday"}, {Ar: "مرض", En: "Disease"},
	}
	for i := range 60 {
		n := names[i%len(names)]
		l := scheme.Label{ID: "L" + strconv.Itoa(i+1), Names: scheme.Names{Ar: n.Ar + " " + strconv.Itoa(i+1), En: n.En + " " + strconv.Itoa(i+1)}, Color: i%scheme.Colors + 1}
		if i < 26 {
			l.Key = "Key" + string(rune('A'+i))
		}
		s.Labels = append(s.Labels, l)
	}
}

// longLabels has names that fit nowhere.
func longLabels(w *world) {
	s := &w.projects[0].Scheme
	for i := range s.Labels {
		s.Labels[i].Names.Ar += " وما في حكمه من الأسماء المركّبة"
		s.Labels[i].Names.En += " and whatever else may count as one of these"
	}
	s.Targets = []string{"تطبيع العلاقات بين أذربيجان وأرمينيا بوساطة الاتحاد الأوروبي لا بوساطة موسكو"}
}

// fullDisk refuses every write.
type fullDisk struct{ sync.Store }

func (fullDisk) Append(context.Context, []annotation.Op) ([]annotation.Op, error) {
	return nil, sync.ErrQuota
}
