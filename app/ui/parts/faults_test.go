package parts

import (
	"strings"
	"testing"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/ui/i18n"
)

func TestEveryFaultIsSaidInBothLanguages(t *testing.T) {
	params := map[string]string{
		"detail": "x", "author": "سلمى", "project": "caucasus", "article": "a1", "version": "3", "label": "ORG", "start": "5", "end": "9", "length": "7",
	}
	for _, code := range annotation.FaultCodes {
		for _, l := range []i18n.Lang{i18n.Ar, i18n.En} {
			words := FaultText(l, code, params, "the server's words")
			if words == "the server's words" || strings.ContainsAny(words, "{}") {
				t.Errorf("%s in %s: %q", code, l, words)
			}
			if arabic := strings.ContainsAny(words, "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"); arabic != (l == i18n.Ar) && code != annotation.NotAllowed {
				t.Errorf("%s in %s: %q", code, l, words)
			}
		}
	}
	if words := FaultText(i18n.Ar, "of_a_newer_server", nil, "the server's words"); words != "the server's words" {
		t.Errorf("an unknown code says %q", words)
	}
}

func TestAWrongClockIsToldWithItsDirection(t *testing.T) {
	if s := SkewText(i18n.En, 3*time.Hour); !strings.Contains(s, "3 hours ahead") {
		t.Error(s)
	}
	if s := SkewText(i18n.Ar, -48*time.Hour); !strings.Contains(s, "متأخّرة") {
		t.Error(s)
	}
}
