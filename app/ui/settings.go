package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/ui/client"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
)

// settingsScreen is the preferences of this device and what it keeps.
type settingsScreen struct {
	app.Compo

	Client *client.Client

	cancel func()
}

func (s *settingsScreen) OnMount(ctx app.Context) {
	s.cancel = s.Client.Watch(func() { ctx.Dispatch(nil) })
	s.Client.AskStorage()
}

func (s *settingsScreen) OnDismount() {
	if s.cancel != nil {
		s.cancel()
	}
}

func (s *settingsScreen) OnNav(ctx app.Context) {
	ctx.Page().SetTitle("%s", pageTitle(s.Client.Lang(), settingsTitle.In(s.Client.Lang())))
	known(ctx, s.Client)
}

func (s *settingsScreen) Render() app.UI {
	lang := s.Client.Lang()
	return parts.Frame(s.Client, parts.Slots{Main: app.Div().Class("page page-narrow").Body(
		app.Header().Class("page-head").Body(app.H1().Class("page-title").Text(settingsTitle.In(lang))),
		s.renderLook(lang),
		s.renderDevice(lang),
		s.renderAccount(lang),
	)})
}

func (s *settingsScreen) renderLook(lang i18n.Lang) app.UI {
	p := s.Client.Prefs()
	return section(lookText.In(lang),
		setting(langName.In(lang), "", choice(langName.In(lang), string(p.Lang), s.set(func(p *client.Prefs, v string) { p.Lang = i18n.Lang(v) }),
			option{"ar", "العربية"}, option{"en", "English"})),
		setting(themeName.In(lang), themeHint.In(lang), choice(themeName.In(lang), p.Theme, s.set(func(p *client.Prefs, v string) { p.Theme = v }),
			option{"system", parts.ThemeName(lang, "system")}, option{"light", parts.ThemeName(lang, "light")}, option{"dark", parts.ThemeName(lang, "dark")})),
		setting(sizeName.In(lang), sizeHint.In(lang), choice(sizeName.In(lang), p.TextSize, s.set(func(p *client.Prefs, v string) { p.TextSize = v }),
			option{"s", sizeS.In(lang)}, option{"m", sizeM.In(lang)}, option{"l", sizeL.In(lang)}, option{"xl", sizeXL.In(lang)})),
		setting(fontName.In(lang), "", choice(fontName.In(lang), p.ReadingFont, s.set(func(p *client.Prefs, v string) { p.ReadingFont = v }),
			option{"amiri", fontAmiri.In(lang)}, option{"noto", fontNoto.In(lang)})),
		app.P().Class("reading-sample").Lang("ar").Dir("rtl").Text(sample),
	)
}

func (s *settingsScreen) renderDevice(lang i18n.Lang) app.UI {
	state := s.Client.State()
	return section(deviceText.In(lang),
		setting(installName.In(lang), installHint.In(lang),
			parts.Button("install", installName.In(lang), s.install).Disabled(!s.Client.Browser.Installable())),
		setting(keepName.In(lang), s.keepHint(lang), s.keepState(lang)),
		setting(unsentName.In(lang), unsentHint(lang, state.Waiting+state.Refused)+" "+unsentUse.In(lang),
			parts.Button("download", downloadText.In(lang), s.download).ID("download-unsent").Disabled(state.Waiting+state.Refused == 0)),
		app.If(state.Cramped, func() app.UI {
			return setting(crampedName.In(lang), crampedHint.In(lang), app.Span().Class("chip chip-warn").ID("cramped").Text(crampedChip.In(lang)))
		}),
		app.If(state.Skew != 0, func() app.UI {
			return setting(clockName.In(lang), parts.SkewText(lang, state.Skew), app.Span().Class("chip chip-warn").ID("skew").Text(clockChip.In(lang)))
		}),
		setting(versionName.In(lang), "", app.Span().Class("num muted bidi").Dir("ltr").Text(s.Client.Version)),
	)
}

func unsentHint(lang i18n.Lang, n int) string {
	if n == 0 {
		return unsentNone.In(lang)
	}
	return unsentCount.In(lang, n)
}

func (s *settingsScreen) keepHint(lang i18n.Lang) string {
	switch st := s.Client.Storage(); {
	case !st.Asked:
		return ""
	case !st.Granted:
		return keepRefused.In(lang)
	case st.Quota > 0:
		return keepGranted.In(lang) + " " + roomText.With(lang, "used", parts.Megabytes(lang, st.Used), "quota", parts.Megabytes(lang, st.Quota))
	default:
		return keepGranted.In(lang)
	}
}

func (s *settingsScreen) keepState(lang i18n.Lang) app.UI {
	switch st := s.Client.Storage(); {
	case !st.Asked:
		return app.Span().Class("chip").Text("…")
	case st.Granted:
		return app.Span().Class("chip chip-ok").ID("storage").Body(parts.Icon("lock"), app.Span().Text(granted.In(lang)))
	default:
		return app.Span().Class("row").Body(
			app.Span().Class("chip chip-warn").ID("storage").Text(refused.In(lang)),
			parts.Button("", askAgain.In(lang), s.askPressed),
		)
	}
}

func (s *settingsScreen) renderAccount(lang i18n.Lang) app.UI {
	me := s.Client.Me()
	return section(accountName.In(lang),
		setting(me.Name, parts.RoleText(lang, me.Role), &parts.SignOut{Client: s.Client, Class: "btn btn-danger"}),
	)
}

func section(title string, settings ...app.UI) app.UI {
	return app.Section().Class("page-section").Body(
		app.H2().Class("page-section-title").Text(title),
		app.Div().Class("card").Body(settings...),
	)
}

func setting(name, hint string, control app.UI) app.UI {
	return app.Div().Class("setting").Body(
		app.Div().Body(
			app.Div().Class("setting-name").Body(app.Span().Class("bidi").Text(name)),
			app.Div().Class("setting-hint").Hidden(hint == "").Text(hint),
		),
		control,
	)
}

type option struct{ value, name string }

// choice is one of a few, as buttons side by side. choose gets the value from
// the button pressed.
func choice(label, value string, choose app.EventHandler, options ...option) app.UI {
	return app.Div().Class("segmented").Role("group").Aria("label", label).Body(
		app.Range(options).Slice(func(i int) app.UI {
			o := options[i]
			return app.Button().Type("button").DataSet("value", o.value).Aria("pressed", strconv.FormatBool(o.value == value)).
				OnClick(choose, app.EventScope(label)).Text(o.name)
		}),
	)
}

func (s *settingsScreen) set(change func(p *client.Prefs, value string)) app.EventHandler {
	return func(ctx app.Context, e app.Event) {
		value := ctx.JSSrc().Get("dataset").Get("value").String()
		s.Client.SetPrefs(func(p *client.Prefs) { change(p, value) })
	}
}

func (s *settingsScreen) install(ctx app.Context, e app.Event)    { s.Client.Browser.Install() }
func (s *settingsScreen) askPressed(ctx app.Context, e app.Event) { s.Client.AskStorage() }
func (s *settingsScreen) download(ctx app.Context, e app.Event)   { parts.DownloadUnsent(ctx, s.Client) }

// sample shows what the reading settings do: joined letters, a ligature,
// tashkeel and digits.
const sample = "قالَ الرئيسُ إنّ «الوفد» وصل إلى باكو، ووجّه شكره لأذربيجان في سبتمبر/أيلول 2018."

var (
	settingsTitle = i18n.Text{Ar: "الإعدادات", En: "Settings"}
	lookText      = i18n.Text{Ar: "المظهر والقراءة", En: "Look and reading"}
	langName      = i18n.Text{Ar: "لغة الواجهة", En: "Language of the interface"}
	themeName     = i18n.Text{Ar: "المظهر", En: "Theme"}
	themeHint     = i18n.Text{Ar: "«حسب النظام» يتبع إعداد جهازك.", En: "“System” follows your device."}
	sizeName      = i18n.Text{Ar: "حجم النص المقروء", En: "Size of the text"}
	sizeHint      = i18n.Text{Ar: "نص المقال وحده، لا الأدوات حوله.", En: "Of the article, not of the tools around it."}
	sizeS         = i18n.Text{Ar: "صغير", En: "Small"}
	sizeM         = i18n.Text{Ar: "متوسط", En: "Medium"}
	sizeL         = i18n.Text{Ar: "كبير", En: "Large"}
	sizeXL        = i18n.Text{Ar: "أكبر", En: "Larger"}
	fontName      = i18n.Text{Ar: "خط القراءة", En: "Reading font"}
	fontAmiri     = i18n.Text{Ar: "أميري", En: "Amiri"}
	fontNoto      = i18n.Text{Ar: "نوتو", En: "Noto Sans"}

	deviceText  = i18n.Text{Ar: "هذا الجهاز", En: "This device"}
	installName = i18n.Text{Ar: "تثبيت التطبيق", En: "Install the app"}
	installHint = i18n.Text{Ar: "يفتح حاشية في نافذتها ومن أيقونتها، ودون اتصال أيضًا. يظهر الزر فعّالًا حين يعرضه المتصفّح.", En: "Opens Hashiya from its icon in a window of its own, offline too. Works once the browser offers it."}
	keepName    = i18n.Text{Ar: "تخزين دائم", En: "Lasting storage"}
	keepGranted = i18n.Text{Ar: "لن يمحو المتصفّح عملك من تلقاء نفسه.", En: "The browser will not clear your work by itself."}
	keepRefused = i18n.Text{Ar: "قد يمحو المتصفّح ما لم يُرسَل إن امتلأ القرص. ثبّت التطبيق أو أضفه إلى المفضلة ثم اطلب من جديد.", En: "The browser may clear unsent work when the disk fills up. Install the app or bookmark it, then ask again."}
	roomText    = i18n.Text{Ar: "المستعمل {used} من {quota}.", En: "{used} of {quota} used."}
	granted     = i18n.Text{Ar: "مسموح", En: "Granted"}
	refused     = i18n.Text{Ar: "غير مسموح", En: "Refused"}
	askAgain    = i18n.Text{Ar: "اطلب من جديد", En: "Ask again"}
	unsentName  = i18n.Text{Ar: "العمل الذي لم يُرسَل", En: "Unsent work"}
	unsentUse   = i18n.Text{Ar: "الملف الذي تنزّله يستورده مشرف المشروع كأنه أُرسل.", En: "A project lead can import the file that you download, as if it had been sent."}
	crampedName = i18n.Text{Ar: "المساحة", En: "Room"}
	crampedHint = i18n.Text{Ar: "حُذفت نسخ مقالات يحتفظ بها الخادم كي يبقى مكان لعملك. أفرغ مساحة على القرص ثم أعد فتح حاشية.", En: "Copies of articles that the server has were dropped, to leave room for your work. Free space on the disk, then open Hashiya again."}
	crampedChip = i18n.Text{Ar: "ضيّقة", En: "Short"}
	clockName   = i18n.Text{Ar: "الساعة", En: "Clock"}
	clockChip   = i18n.Text{Ar: "غير مضبوطة", En: "Wrong"}
	versionName = i18n.Text{Ar: "الإصدار", En: "Version"}
	accountName = i18n.Text{Ar: "الحساب", En: "Account"}

	unsentNone  = i18n.Text{Ar: "كل ما على هذا الجهاز وصل إلى الخادم.", En: "Everything on this device has reached the server."}
	unsentCount = i18n.Count{
		ArZero: "كل ما على هذا الجهاز وصل إلى الخادم.", ArOne: "تغيير واحد على هذا الجهاز وحده.", ArTwo: "تغييران على هذا الجهاز وحده.", ArFew: "{n} تغييرات على هذا الجهاز وحده.", ArMany: "{n} تغييرًا على هذا الجهاز وحده.", ArOther: "{n} تغيير على هذا الجهاز وحده.",
		EnOne: "1 change is on this device only.", EnOther: "{n} changes are on this device only.",
	}
)
