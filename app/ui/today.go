package ui

import (
	"time"

	"hashiya/app/annotation"
)

// day is what one person did on one day.
type day struct {
	Spans, Stances int // made or changed, and still there at its end
	Done           int // articles
	Active         time.Duration
}

func (d *day) add(other day) {
	d.Spans += other.Spans
	d.Stances += other.Stances
	d.Done += other.Done
	d.Active += other.Active
}

// dayOf sums up the ops of one article that were made between midnight and
// midnight around now, by the times that the devices gave them.
func dayOf(ops []annotation.Op, now time.Time) day {
	start := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	end := start.AddDate(0, 0, 1)
	var until annotation.Fold
	touched := map[string]bool{}
	before := map[string]int{} // active seconds of the sessions that began before
	for _, o := range ops {
		at, err := time.Parse(time.RFC3339, o.Time)
		if err != nil || !at.Before(end) {
			continue
		}
		until.Add(o)
		if !at.Before(start) {
			touched[o.Subject] = true
		} else if o.Kind == annotation.PutWork && o.Work != nil {
			before[o.Subject] = max(before[o.Subject], o.Work.ActiveSeconds)
		}
	}
	var d day
	for id := range touched {
		c, _ := until.Current(id)
		switch c.Kind {
		case annotation.PutSpan:
			d.Spans++
		case annotation.PutStance:
			d.Stances++
		case annotation.SetStatus:
			if c.Status == annotation.Done {
				d.Done = 1
			}
		case annotation.PutWork:
			d.Active += time.Duration(c.Work.ActiveSeconds-before[id]) * time.Second
		}
	}
	return d
}
