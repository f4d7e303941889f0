package view

import (
	"testing"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/scheme"
	"hashiya/app/wire"
	"hashiya/server/access"
	"hashiya/server/record"
)

func TestWhatARestoredLogLacksIsWaitedForAndNotRefused(t *testing.T) {
	lost := article.New("نص ضاع مع القرص", "ar", article.Meta{}, nil)
	ofLost := change(span("d1", 1, "s1"), func(o *annotation.Op) { o.Article, o.TextSHA256 = lost.ID, lost.TextSHA256 })
	newer := change(span("d2", 1, "s2"), func(o *annotation.Op) { o.Scheme = 2 })

	h := begun()
	h.add(record.Op("سمر", ofLost))
	if r := h.answer(t, "سمر", ofLost); r.Outcome != wire.Refused {
		t.Errorf("in a log that was never restored: %+v, want refused", r)
	}

	h = begun()
	h.add(record.Restored("log", uint64(len(h.entries)), epoch, epoch))
	for _, o := range []*annotation.Op{ofLost, newer} {
		h.add(record.Op("سمر", o))
		if v := h.verdict(t); v.Code != Lacking || v.Reason == "" {
			t.Errorf("op %s: %+v, want lacking", o.ID(), v)
		}
		h.read(t, func(s Snapshot) {
			if _, there, err := s.Answer("سمر", o); there || err != nil {
				t.Errorf("op %s has an answer for ever (%v)", o.ID(), err)
			}
			if next := must(s.NextSeq(o.Device)); next != 1 {
				t.Errorf("device %s is to send seq %d next", o.Device, next)
			}
		})
	}
	invalid := change(span("d3", 1, "s3"), func(o *annotation.Op) { o.Article, o.Span.End = lost.ID, -1 })
	h.add(record.Op("سمر", invalid))
	if r := h.answer(t, "سمر", invalid); r.Outcome != wire.Refused {
		t.Errorf("an op that never could be: %+v, want refused", r)
	}

	next := scheme.Default()
	next.Version = 2
	h.add(record.Article(access.Operator, "news", lost), record.Scheme(access.Operator, "news", next))
	h.add(record.Op("سمر", ofLost), record.Op("سمر", newer))
	for _, o := range []*annotation.Op{ofLost, newer} {
		if r := h.answer(t, "سمر", o); r.Outcome != wire.Accepted {
			t.Errorf("op %s, when all is back: %+v", o.ID(), r)
		}
	}
}
