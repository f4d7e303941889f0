package parts

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/sync"
	"hashiya/app/ui/i18n"
	"hashiya/app/wire"
)

var (
	momentText = i18n.Text{Ar: "منذ لحظات", En: "a moment ago"}
	minutesAgo = i18n.Count{
		ArZero: "منذ لحظات", ArOne: "منذ دقيقة", ArTwo: "منذ دقيقتين", ArFew: "منذ {n} دقائق", ArMany: "منذ {n} دقيقة", ArOther: "منذ {n} دقيقة",
		EnOne: "a minute ago", EnOther: "{n} minutes ago",
	}
	hoursAgo = i18n.Count{
		ArZero: "منذ لحظات", ArOne: "منذ ساعة", ArTwo: "منذ ساعتين", ArFew: "منذ {n} ساعات", ArMany: "منذ {n} ساعة", ArOther: "منذ {n} ساعة",
		EnOne: "an hour ago", EnOther: "{n} hours ago",
	}
	daysAgo = i18n.Count{
		ArZero: "اليوم", ArOne: "منذ يوم", ArTwo: "منذ يومين", ArFew: "منذ {n} أيام", ArMany: "منذ {n} يومًا", ArOther: "منذ {n} يوم",
		EnOne: "a day ago", EnOther: "{n} days ago",
	}
)

// Ago says how long ago a moment was.
func Ago(l i18n.Lang, now, then time.Time) string {
	switch d := now.Sub(then); {
	case d < time.Minute:
		return momentText.In(l)
	case d < time.Hour:
		return minutesAgo.In(l, int(d/time.Minute))
	case d < 24*time.Hour:
		return hoursAgo.In(l, int(d/time.Hour))
	default:
		return daysAgo.In(l, int(d/(24*time.Hour)))
	}
}

var (
	minutesText = i18n.Count{
		ArZero: "أقل من دقيقة", ArOne: "دقيقة واحدة", ArTwo: "دقيقتان", ArFew: "{n} دقائق", ArMany: "{n} دقيقة", ArOther: "{n} دقيقة",
		EnOne: "1 minute", EnOther: "{n} minutes",
	}
	hoursText = i18n.Count{
		ArZero: "أقل من ساعة", ArOne: "ساعة", ArTwo: "ساعتان", ArFew: "{n} ساعات", ArMany: "{n} ساعة", ArOther: "{n} ساعة",
		EnOne: "1 hour", EnOther: "{n} hours",
	}
	underMinuteText = i18n.Text{Ar: "أقل من دقيقة", En: "under a minute"}
	andText         = i18n.Text{Ar: "{a} و{b}", En: "{a} {b}"}
)

// Duration says a stretch of time in hours and minutes.
func Duration(l i18n.Lang, d time.Duration) string {
	h, m := int(d/time.Hour), int(d%time.Hour/time.Minute)
	switch {
	case h == 0 && m == 0:
		return underMinuteText.In(l)
	case h == 0:
		return minutesText.In(l, m)
	case m == 0:
		return hoursText.In(l, h)
	}
	return andText.With(l, "a", hoursText.In(l, h), "b", minutesText.In(l, m))
}

var bytesText = i18n.Text{Ar: "{n} م.ب", En: "{n} MB"}

// Megabytes says a number of bytes.
func Megabytes(l i18n.Lang, n int64) string {
	return bytesText.With(l, "n", strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64))
}

// Number writes a number with its thousands apart.
func Number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

var statusTexts = map[annotation.Status]i18n.Text{
	annotation.New:        {Ar: "جديد", En: "New"},
	annotation.InProgress: {Ar: "قيد العمل", En: "In progress"},
	annotation.Done:       {Ar: "مكتمل", En: "Done"},
	annotation.Skipped:    {Ar: "متروك", En: "Skipped"},
}

// StatusText names a status.
func StatusText(l i18n.Lang, s annotation.Status) string {
	if t, ok := statusTexts[s]; ok {
		return t.In(l)
	}
	return statusTexts[annotation.New].In(l)
}

var errorTexts = []struct {
	err error
	i18n.Text
}{
	{sync.ErrOffline, i18n.Text{Ar: "لا يمكن الوصول إلى الخادم الآن.", En: "The server can't be reached right now."}},
	{sync.ErrSignedOut, i18n.Text{Ar: "انتهت الجلسة: سجّل الدخول من جديد.", En: "Your session has ended: sign in again."}},
	{sync.ErrNotCached, i18n.Text{Ar: "لا نسخة من هذا على الجهاز بعد: افتحه مرة وأنت متصل.", En: "This is not on this device yet: open it once while online."}},
	{sync.ErrQuota, i18n.Text{Ar: "لا مساحة على هذا الجهاز لعمل جديد: أفرغ مساحة ثم أعد المحاولة.", En: "This device has no room left for new work: free some space and try again."}},
	{sync.ErrStorage, i18n.Text{Ar: "تعذّر العمل مع قاعدة بيانات المتصفّح: أعد تحميل الصفحة.", En: "This browser's database failed: reload the page."}},
}

var problemTexts = map[string]i18n.Text{
	"unauthorized":   {Ar: "سجّل الدخول أولًا.", En: "Sign in first."},
	"wrong_password": {Ar: "الاسم أو كلمة المرور غير صحيحة. ومن لا كلمة مرور له يدخل برابط يُستعمل مرة واحدة.", En: "The name or the password is wrong. Without a password, sign in by a one-time link."},
	"forbidden":      {Ar: "حسابك لا يسمح بهذا.", En: "Your account may not do this."},
	"rate":           {Ar: "محاولات كثيرة: انتظر دقيقة ثم أعد المحاولة.", En: "Too many attempts: wait a minute and try again."},
	"password":       {Ar: "لا تصلح كلمة المرور هذه: اختر واحدة من 8 أحرف على الأقل.", En: "This password can't be used: choose one of at least 8 characters."},
	"unknown":        {Ar: "لا يعرف الخادم هذا: ربما لم يُكتب العنوان أو الرابط كاملًا، أو لم يعد موجودًا.", En: "The server does not know this: the address or link may be incomplete, or it is not there any more."},
	"used":           {Ar: "استُعمل هذا الرابط من قبل. اطلب رابطًا جديدًا.", En: "This link was used before. Ask for a new one."},
	"expired":        {Ar: "انتهت صلاحية هذا الرابط. اطلب رابطًا جديدًا.", En: "This link has expired. Ask for a new one."},
	"taken":          {Ar: "الاسم مستعمل: اختر غيره.", En: "The name is in use: choose another one."},
	"too_large":      {Ar: "الملف أكبر مما يقبله الخادم.", En: "The file is larger than the server takes."},
	"newer_client":   {Ar: "هذا التطبيق أحدث من الخادم. ينتظر عملك على هذا الجهاز حتى يُحدَّث الخادم: أخبر من يديره.", En: "This app is newer than the server. Your work waits on this device until the server is updated: tell whoever runs it."},
	"lacking":        {Ar: "أُعيد الخادم إلى نسخة احتياطية لا تعرف هذا المقال أو هذا الدليل. ينتظر عملك على هذا الجهاز حتى يعيدهما مشرف المشروع.", En: "The server went back to a backup that lacks this article or scheme. Your work waits on this device until the project lead brings it back."},
	"gap":            {Ar: "ينقص الخادم تغييرات سابقة، ويعيد هذا الجهاز إرسالها.", En: "The server lacks earlier changes; this device sends them again."},
	"connections":    {Ar: "نوافذ مفتوحة كثيرة: أغلق بعضها.", En: "Too many open windows: close some."},
	"disk_reserve":   {Ar: "قرص الخادم يكاد يمتلئ، فلا يقبل عملًا جديدًا الآن. أخبر من يدير الخادم.", En: "The server's disk is nearly full, so it takes no new work now. Tell whoever runs the server."},
}

// FailureText says the failure of a sync.State in the language. What stands
// behind a known error's words is for developers.
func FailureText(l i18n.Lang, s sync.State) string {
	if t, known := problemTexts[s.FailureCode]; known && !s.SignedOut {
		return t.In(l)
	}
	failure := s.Failure
	for _, t := range errorTexts {
		if strings.HasPrefix(failure, t.err.Error()) {
			return t.In(l)
		}
	}
	return failure
}

// ErrorText says an error to people. What the app doesn't know it says in the
// error's own words.
func ErrorText(l i18n.Lang, err error) string {
	if err == nil {
		return ""
	}
	var p *wire.Problem
	if errors.As(err, &p) {
		if t, ok := problemTexts[p.Code]; ok {
			return t.In(l)
		}
		return p.Error()
	}
	for _, t := range errorTexts {
		if errors.Is(err, t.err) {
			return t.In(l)
		}
	}
	return err.Error()
}
