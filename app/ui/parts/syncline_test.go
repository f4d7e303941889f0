package parts

import (
	"errors"
	"strings"
	"testing"
	"time"

	"hashiya/app/sync"
	"hashiya/app/ui/client"
	"hashiya/app/ui/i18n"
)

var noon = time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)

func TestTheSyncLineSaysTheGravestTruthFirst(t *testing.T) {
	synced := sync.State{Online: true, LastSync: noon}
	with := func(change func(s *client.State)) client.State {
		s := client.State{State: synced}
		change(&s)
		return s
	}
	for _, c := range []struct {
		what   string
		state  client.State
		class  string
		en, ar string
	}{
		{"all is on the server", with(func(s *client.State) {}),
			"sync-server", "Saved on the server", "محفوظ على الخادم"},
		{"the server never answered here", with(func(s *client.State) { s.LastSync = time.Time{} }),
			"sync-device", "Saved on this device", "محفوظ على هذا الجهاز"},
		{"a write is on its way to the disk", with(func(s *client.State) { s.Saving = 1 }),
			"sync-busy", "Saving on this device…", "يُحفظ على هذا الجهاز…"},
		{"on the disk, just now", with(func(s *client.State) { s.Waiting = 1; s.WaitingSince = noon.Add(-time.Second) }),
			"sync-device", "Saved on this device", "محفوظ على هذا الجهاز"},
		{"waiting for long", with(func(s *client.State) { s.Waiting = 3; s.WaitingSince = noon.Add(-5 * time.Minute) }),
			"sync-waiting", "3 changes waiting to be sent · 5 minutes ago", "3 تغييرات بانتظار الإرسال · منذ 5 دقائق"},
		{"waiting after a failure", with(func(s *client.State) { s.Waiting = 2; s.WaitingSince = noon; s.Failure = "500" }),
			"sync-waiting", "2 changes waiting to be sent · a moment ago", "تغييران بانتظار الإرسال · منذ لحظات"},
		{"offline", with(func(s *client.State) { s.Online = false }),
			"sync-offline", "Offline", "دون اتصال"},
		{"offline with work", with(func(s *client.State) { s.Online = false; s.Waiting = 11 }),
			"sync-offline", "Offline · 11 changes saved on this device", "دون اتصال · 11 تغييرًا محفوظًا على الجهاز"},
		{"refused", with(func(s *client.State) { s.Refused = 1; s.Waiting = 5 }),
			"sync-refused", "The server refused 1 change", "رفض الخادم تغييرًا"},
		{"signed out", with(func(s *client.State) { s.SignedOut = true }),
			"sync-offline", "Signed out", "انتهت الجلسة"},
		{"signed out with work", with(func(s *client.State) { s.SignedOut = true; s.Waiting = 2 }),
			"sync-waiting", "Signed out · 2 changes waiting", "انتهت الجلسة · تغييران ينتظران"},
		{"the disk refused, offline too", with(func(s *client.State) { s.Unsaved = sync.ErrQuota; s.Saving = 1; s.Online = false }),
			"sync-failed", "The last change is not saved", "التغيير الأخير غير محفوظ"},
		{"no database", with(func(s *client.State) { s.Trouble = errors.New("blocked"); s.Opening = true }),
			"sync-failed", "Can't save on this device", "لا يمكن الحفظ على هذا الجهاز"},
		{"opening", with(func(s *client.State) { s.Opening = true }),
			"sync-busy", "Opening the database…", "تُفتح قاعدة البيانات…"},
	} {
		en, ar := syncState(c.state, i18n.En, noon), syncState(c.state, i18n.Ar, noon)
		if en.words != c.en || ar.words != c.ar {
			t.Errorf("%s: it says %q and %q, want %q and %q", c.what, en.words, ar.words, c.en, c.ar)
		}
		if !strings.Contains(en.class, c.class) || en.class != ar.class || en.icon == "" {
			t.Errorf("%s: class %q with icon %q, want %s", c.what, en.class, en.icon, c.class)
		}
	}
}

// What is not on the disk is never called saved, whatever else is true.
func TestNothingUnsavedIsEverCalledSaved(t *testing.T) {
	for bits := range 1 << 9 {
		on := func(i int) bool { return bits>>i&1 == 1 }
		s := client.State{State: sync.State{Online: on(0), SignedOut: on(1)}, Opening: on(2)}
		if on(3) {
			s.Waiting, s.WaitingSince = 7, noon
		}
		if on(4) {
			s.Refused = 1
		}
		if on(5) {
			s.LastSync = noon
		}
		if on(6) {
			s.Saving = 1
		}
		if on(7) {
			s.Unsaved = sync.ErrStorage
		}
		if on(8) {
			s.Trouble = sync.ErrStorage
		}
		words := syncState(s, i18n.En, noon).words
		unsaved := s.Saving > 0 || s.Unsaved != nil || s.Trouble != nil
		if unsaved && strings.Contains(words, "Saved") || unsaved && strings.Contains(words, "saved on") {
			t.Errorf("%+v says %q", s, words)
		}
		if strings.Contains(words, "server") && strings.Contains(words, "Saved") && (s.Waiting > 0 || s.Refused > 0 || !s.Online || s.SignedOut) {
			t.Errorf("%+v says %q", s, words)
		}
	}
}

func TestTimeIsToldAsPeopleTellIt(t *testing.T) {
	for d, want := range map[time.Duration]string{
		-time.Minute: "منذ لحظات", 30 * time.Second: "منذ لحظات", time.Minute: "منذ دقيقة", 2 * time.Minute: "منذ دقيقتين",
		45 * time.Minute: "منذ 45 دقيقة", 3 * time.Hour: "منذ 3 ساعات", 50 * time.Hour: "منذ يومين",
	} {
		if got := Ago(i18n.Ar, noon, noon.Add(-d)); got != want {
			t.Errorf("%s ago is %q, want %q", d, got, want)
		}
	}
	if got := Number(1234567); got != "1,234,567" {
		t.Errorf("a number is %q", got)
	}
}

func TestKnownErrorsAreToldInTheLanguage(t *testing.T) {
	if got := ErrorText(i18n.Ar, errors.Join(errors.New("x"), sync.ErrQuota)); !strings.Contains(got, "مساحة") {
		t.Errorf("a full disk is %q", got)
	}
	if got := FailureText(i18n.Ar, sync.State{Failure: sync.ErrOffline.Error() + " (TypeError: Failed to fetch)"}); !strings.Contains(got, "الخادم") {
		t.Errorf("an unreachable server is %q", got)
	}
	if got := ErrorText(i18n.Ar, errors.New("disk 7 burnt")); got != "disk 7 burnt" {
		t.Errorf("an unknown error is %q", got)
	}
}
