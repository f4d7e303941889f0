package simulation

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"time"

	"hashiya/app/scheme"
	"hashiya/app/sync/memstore"
)

const day = 24 * time.Hour

// acts are what can happen in a step, and how often.
var acts = []struct {
	name   string
	weight int
	do     func(*world)
}{
	{"label", 1000, func(w *world) {
		if tabs := w.anyMachine().opened(); len(tabs) > 0 {
			w.label(pick(w, tabs))
		}
	}},
	{"the user asks to sync", 40, func(w *world) {
		for _, t := range w.anyMachine().opened() {
			t.outbox.Nudge()
		}
	}},
	{"the browser says online or offline", 30, func(w *world) {
		for _, t := range w.anyMachine().opened() {
			t.outbox.SetOnline(w.chance(0.7))
		}
	}},
	{"the list is opened", 25, func(w *world) {
		for _, t := range w.anyMachine().opened() {
			go t.outbox.Articles(context.Background(), project)
		}
	}},
	{"tab opened", 40, func(w *world) { w.openTab(w.anyMachine(), w.rng.IntN(2)) }},
	{"tab closed", 20, func(w *world) { w.shutTab(w.anyMachine(), w.rng.IntN(2)) }},
	{"browser killed and started", 15, func(w *world) {
		m := w.anyMachine()
		w.shutAll(m)
		w.openAll(m)
	}},
	{"app upgraded", 6, func(w *world) {
		for _, m := range w.machines { // the new version starts in tabs opened from now on
			i := w.rng.IntN(2)
			w.shutTab(m, i)
			w.openTab(m, i)
		}
	}},

	{"partition", 30, func(w *world) { w.anyMachine().link.down = true }},
	{"partition ends", 60, func(w *world) { w.anyMachine().link.down = false }},
	{"network gets bad", 30, func(w *world) {
		l := &w.anyMachine().link
		l.bad, l.latest = w.rng.Float64()*0.6, w.between(10*time.Second, 7*day)
	}},
	{"network gets good", 20, func(w *world) { w.anyMachine().link = good }},

	{"device wiped", 5, func(w *world) {
		w.replace(func(p *profile) {
			p.db = memstore.New(p.user, p.newID)
			w.lose(p, nil)
		})
	}},
	{"device copied", 25, func(w *world) {
		m := w.anyMachine()
		for _, t := range m.opened() {
			t.profile.old, t.profile.oldOps = t.profile.db.Copy(), slices.Clone(t.profile.made)
		}
	}},
	{"old copy restored", 12, func(w *world) {
		w.replace(func(p *profile) {
			if p.old != nil {
				w.count("old copies restored", 1)
				p.db = p.old.Copy()
				w.lose(p, p.oldOps)
			}
		})
	}},
	{"copy taken to another device", 15, func(w *world) {
		from := w.anyMachine()
		p := from.profiles[from.owner]
		w.replace(func(to *profile) {
			if to.user == p.user && to != p {
				w.count("copies taken to another device", 1)
				to.db = p.db.Copy()
				w.lose(to, p.made)
			}
		})
	}},
	{"device full", 5, func(w *world) { w.disk(func(d *disk) { d.full = true }) }},
	{"device has room", 70, func(w *world) { w.disk(func(d *disk) { d.full = false }) }},
	{"browser database broken", 8, func(w *world) { w.disk(func(d *disk) { d.broken = true }) }},
	{"browser database mended", 40, func(w *world) { w.disk(func(d *disk) { d.broken = false }) }},
	{"tab will die in mid-write", 10, func(w *world) { w.disk(func(d *disk) { d.dies = true }) }},
	{"clock set", 15, func(w *world) {
		w.anyMachine().skew = time.Duration((w.rng.Float64()*6 - 3) * float64(day))
	}},

	{"login expired", 15, func(w *world) { w.anyMachine().session.end() }},
	{"signed in again", 40, func(w *world) {
		if m := w.anyMachine(); w.host.up && !m.link.down && m.user != "" && m.session.ended {
			w.signIn(m, m.user)
			if tabs := m.opened(); len(tabs) > 0 {
				tabs[0].outbox.Nudge()
			}
		}
	}},
	{"signed out", 6, func(w *world) {
		if m := w.anyMachine(); w.host.up && !m.link.down {
			m.session.end()
			m.user = ""
			w.shutAll(m)
		}
	}},
	{"somebody else signs in", 8, func(w *world) { w.switchUser(w.anyMachine(), pick(w, users)) }},
	{"the owner signs in", 30, func(w *world) {
		if m := w.anyMachine(); m.user != m.owner {
			w.switchUser(m, m.owner)
		}
	}},

	{"server crashes", 6, func(w *world) {
		if w.host.up {
			w.crashed()
		}
	}},
	{"server stops", 3, func(w *world) { w.stopped() }},
	{"server starts", 50, func(w *world) { w.start() }},
	{"server upgraded", 2, func(w *world) {
		w.stopped()
		w.host.engine.refold()
		w.start()
	}},
	{"server disk full", 8, func(w *world) { w.host.full = true }},
	{"server disk has room", 20, func(w *world) { w.host.full = false }},
	{"server clock set", 3, func(w *world) { w.host.skew = time.Duration((w.rng.Float64()*2 - 1) * float64(time.Hour)) }},
	{"scheme changed", 3, func(w *world) { w.nextScheme() }},
	{"night", 20, func(w *world) { w.night(w.between(10*time.Minute, 7*day)) }},
}

func (w *world) anyMachine() *machine { return pick(w, w.machines) }

// act lets one thing happen, and then some time go by.
func (w *world) act() {
	all := 0
	for _, a := range acts {
		all += a.weight
	}
	n := w.rng.IntN(all)
	for _, a := range acts {
		if n -= a.weight; n < 0 {
			w.note(w.now, "%s", a.name)
			w.count(a.name, 1)
			a.do(w)
			w.settle()
			break
		}
	}
	w.pass(w.between(time.Millisecond, 2*time.Minute))
}

// replace does something to the database of whoever works at some machine, with
// its tabs shut.
func (w *world) replace(how func(*profile)) {
	m := w.anyMachine()
	if m.user == "" {
		return
	}
	w.shutAll(m)
	how(w.profileOf(m, m.user))
	w.openAll(m)
}

func (w *world) disk(change func(*disk)) {
	if m := w.anyMachine(); m.user != "" {
		w.profileOf(m, m.user).disk.set(change)
	}
}

// switchUser signs somebody in, in one tab. The other tab may not notice, and
// go on with the work of who was there before.
func (w *world) switchUser(m *machine, to string) {
	if !w.host.up || m.link.down {
		return
	}
	w.note(w.now, "%s is now %s's", m.name, to)
	w.signIn(m, to)
	w.openTab(m, 0)
	if w.chance(0.5) {
		w.openTab(m, 1)
	}
}

// nextScheme adds a version of the scheme, as a lead does.
func (w *world) nextScheme() {
	next := w.host.scheme
	next.Version++
	next.Guidelines += " "
	body, err := json.Marshal(next)
	w.must(err, "writing a scheme")
	if !w.host.up {
		return
	}
	q := &request{method: "PUT", path: "/api/projects/" + project + "/scheme", token: w.host.tokens["lead"], body: body}
	a := w.host.serve(q)
	if a.status == 200 {
		w.must(json.Unmarshal(bytes.TrimSpace(a.body), new(scheme.Scheme)), "reading the scheme")
		w.host.scheme = next
	} else if !w.host.full {
		w.fail("the scheme was not taken: %d %s", a.status, a.body)
	}
}

// heal ends all faults, lets everything that is on its way arrive, and lets
// everybody who has a database anywhere sign in there, twice: to send, and to
// receive what the others have sent.
func (w *world) heal() {
	w.note(w.now, "all is well again")
	w.well = true
	w.host.full = false
	w.start()
	for _, m := range w.machines {
		m.link = good
		for _, p := range m.profiles {
			p.disk.set(func(d *disk) { d.full, d.broken, d.dies = false, false, false })
		}
	}
	w.night(8 * day)
	for range 2 {
		for _, u := range users {
			for _, m := range w.machines {
				if m.profiles[u] != nil {
					w.shutAll(m)
					w.signIn(m, u)
					w.openAll(m)
				}
			}
			w.pass(6 * time.Minute)
			w.resting(u)
		}
	}
}
