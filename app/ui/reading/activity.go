package reading

import "time"

// attention is how long one sign of life counts: somebody who reads moves the
// mouse or presses a key at least this often.
const attention = 60 * time.Second

// Activity adds up the time that somebody works on an article: the time within
// 60 seconds after an input, while the page is visible. It never goes back.
// The zero Activity has seen nothing, on a hidden page.
type Activity struct {
	total    time.Duration
	counted  time.Time // up to here
	last     time.Time // input
	visible  bool
	reported int
}

// Input tells of a key, a click, a touch or a scroll.
func (a *Activity) Input(now time.Time) {
	a.count(now)
	if a.last.Before(now) {
		a.last = now
	}
}

// Visible tells that the page is shown or hidden.
func (a *Activity) Visible(now time.Time, visible bool) {
	a.count(now)
	a.visible = visible
}

// Report returns the whole seconds so far, and whether they are more than the
// last Report told. A minute is reported when it is full; final also reports
// less.
func (a *Activity) Report(now time.Time, final bool) (seconds int, more bool) {
	a.count(now)
	seconds = int(a.total / time.Second)
	grown := seconds - a.reported
	if grown >= 60 || final && grown > 0 {
		a.reported = seconds
		return seconds, true
	}
	return seconds, false
}

func (a *Activity) count(now time.Time) {
	until := now
	if end := a.last.Add(attention); end.Before(until) {
		until = end
	}
	if a.visible && !a.last.IsZero() && until.After(a.counted) {
		a.total += until.Sub(a.counted)
	}
	if now.After(a.counted) {
		a.counted = now
	}
}
