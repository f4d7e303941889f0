package reading

import (
	"context"
	"slices"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/annotation"
	"hashiya/app/desk"
	"hashiya/app/ui/client"
	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
	"hashiya/app/wire"
)

// showAcross opens the preview of a name's mentions in all articles.
func (s *Screen) showAcross() {
	if !s.client.Me().Role.May(wire.Lead) {
		s.refuse(s.ctx, sayLeadsOnly)
		return
	}
	span, there := s.editor.acrossSpan()
	if !there {
		return
	}
	if _, offered := s.editor.scheme.Label(span.Label); !offered {
		s.refuse(s.ctx, fill(sayUnknownLabel, "label", span.Label))
		return
	}
	if s.across != nil && (s.across.phase == writing || s.across.phase == takingBack) {
		s.openDialog(acrossDialog) // one at a time
		return
	}
	s.across = newAcross(s.editor, s.project, span)
	s.openDialog(acrossDialog)
	s.askAcross()
}

func (v *inspectorView) showAcross(app.Context, app.Event) { v.s.do(v.s.editor.Across()) }

// askAcross asks the server page by page, and shows how far it is.
func (s *Screen) askAcross() {
	a, place, d := s.across, s.client.Workplace(), s.desk
	if place == nil {
		return
	}
	a.phase, a.failure = asking, nil
	asked, stop := context.WithCancel(context.Background())
	a.stop = stop
	q := a.query
	s.ctx.Async(func() {
		project, err := projectOf(asked, place, a.project)
		if err == nil {
			err = d.Flush() // what is on its way counts, too
		}
		places := 0
		for more := err == nil; more && err == nil; {
			var m wire.Mentions
			var layers map[string]annotation.Layer
			if m, err = s.client.Corpus.Mentions(asked, project.ID, q); err == nil {
				layers, err = localLayers(asked, place, &project, m)
			}
			if err != nil {
				break
			}
			for _, art := range m.Articles {
				places += len(art.Mentions)
			}
			q.After = m.Next
			cut := q.After != 0 && places >= maxAcross
			more = q.After != 0 && !cut
			s.ctx.Dispatch(func(app.Context) {
				a.take(m, layers)
				a.cut = cut
				s.changed()
			})
		}
		closed := asked.Err() != nil
		stop()
		s.ctx.Dispatch(func(ctx app.Context) {
			if s.across == a && !closed {
				s.askedAcross(ctx, err)
			}
		})
	})
}

// askedAcross is called once everything was found, or err is why not.
func (s *Screen) askedAcross(ctx app.Context, err error) {
	a := s.across
	a.phase, a.failure = offered, err
	s.changed()
	if err != nil {
		a.phase = unasked
		return
	}
	_, of := a.places()
	parts.Announce(ctx, s.say(fill(sayAcrossFound, "places", counted(countPlaces, of), "articles", counted(countInArticles, len(a.found)))))
	ctx.After(2*calm, func(app.Context) {
		focus("across-close")
		focus("across-accept")
	})
}

// localLayers returns the user's layers of the articles as this device has
// them.
func localLayers(ctx context.Context, place *client.Workplace, project *wire.Project, m wire.Mentions) (map[string]annotation.Layer, error) {
	out := map[string]annotation.Layer{}
	for _, art := range m.Articles {
		ops, err := place.Store.Ops(ctx, project.ID, art.ID)
		if err != nil {
			return nil, err
		}
		var f annotation.Fold
		f.Add(ops...)
		out[art.ID] = heldLayer(&f, project)
	}
	return out, nil
}

func heldLayer(f *annotation.Fold, project *wire.Project) annotation.Layer {
	l := f.Layer()
	l.Hold(project.RequiredUnder(f.Under(annotation.StatusSubject)))
	return l
}

// acceptAcross writes the checked places, as one act, to this device; they go
// to the server as every other label does. After an error, again writes the
// rest.
func (s *Screen) acceptAcross() {
	a, place := s.across, s.client.Workplace()
	if a == nil || a.phase != offered || place == nil {
		return
	}
	chosen := a.chosen()
	if len(chosen) == 0 {
		s.refuse(s.ctx, sayNoneChecked)
		return
	}
	byID := map[string]acrossArticle{}
	var targets []desk.Target
	for _, one := range chosen {
		byID[one.ID] = one
		targets = append(targets, desk.Target{Article: one.ID, TextSHA256: one.TextSHA256})
	}
	a.phase, a.failure, a.targets, a.behind = writing, nil, len(targets), 0
	s.changed()
	ctx := s.ctx
	ctx.Async(func() {
		project, err := projectOf(ctx, place, a.project)
		if err == nil {
			labels := map[string]int{}
			err = s.batch(place, &project).Do(context.Background(), a.action, targets, func(t desk.Target, sheet desk.Sheet) []annotation.Change {
				l := heldLayer(sheet.Fold, &project)
				changes, n := a.changes(byID[t.Article], &l, annotation.NewID)
				labels[t.Article] = n
				return changes
			}, func(behind int) {
				n, ids := 0, []string(nil)
				for _, t := range targets[:behind] {
					if labels[t.Article] > 0 {
						n += labels[t.Article]
						ids = append(ids, t.Article)
						labels[t.Article] = 0
					}
				}
				ctx.Dispatch(func(app.Context) {
					a.behind, a.labels, a.wrote = behind, a.labels+n, append(a.wrote, ids...)
					s.changed()
				})
			})
		}
		ctx.Dispatch(func(ctx app.Context) {
			a.phase, a.failure = written, err
			if err != nil {
				a.phase = offered
			}
			s.acrossEnded(ctx, a)
		})
	})
}

// takeBackAcross undoes in every article what acceptAcross wrote.
func (s *Screen) takeBackAcross(a *across) {
	place := s.client.Workplace()
	if place == nil || a.phase != written && a.phase != offered || len(a.wrote) == 0 {
		return
	}
	var targets []desk.Target
	for _, one := range a.found {
		if slices.Contains(a.wrote, one.ID) {
			targets = append(targets, desk.Target{Article: one.ID, TextSHA256: one.TextSHA256})
		}
	}
	a.phase, a.failure, a.targets, a.behind = takingBack, nil, len(targets), 0
	s.changed()
	ctx := s.ctx
	ctx.Async(func() {
		project, err := projectOf(ctx, place, a.project)
		var changes []annotation.Change
		if err == nil {
			changes, err = s.batch(place, &project).TakeBack(context.Background(), a.action, targets, func(behind int) {
				ctx.Dispatch(func(app.Context) {
					a.behind = behind
					s.changed()
				})
			})
		}
		ctx.Dispatch(func(ctx app.Context) {
			for _, c := range changes {
				if c.Kind == annotation.DeleteSpan {
					a.back++
				}
			}
			a.missed = a.labels - a.back
			a.phase, a.failure = takenBack, err
			if err != nil {
				a.phase = written
			}
			s.acrossEnded(ctx, a)
		})
	})
}

func (s *Screen) batch(place *client.Workplace, project *wire.Project) desk.Batch {
	return desk.Batch{Store: place.Ops(), Project: project.ID, Scheme: project.Scheme.Version, Now: s.client.Clock.Now}
}

// acrossEnded tells what became of it: in the dialog, or where that was closed
// meanwhile in a notice.
func (s *Screen) acrossEnded(ctx app.Context, a *across) {
	s.changed()
	if s.across == a && s.dialog == acrossDialog {
		parts.Announce(ctx, s.say(a.told()))
		ctx.After(2*calm, func(app.Context) { focus("across-close") })
		return
	}
	s.tellAcross(ctx, a)
}

// tellAcross shows what became of it in a notice that can take it back.
func (s *Screen) tellAcross(ctx app.Context, a *across) {
	t := parts.Toast{Text: s.say(a.told())}
	if a.failure != nil {
		t.Text, t.Kind = t.Text+" "+parts.ErrorText(s.lang(), a.failure), "danger"
	}
	if a.phase == written {
		t.Action = counted(countTakeBack, a.labels).In(s.lang())
		t.Do = func(app.Context) { s.takeBackAcross(a) }
	}
	parts.Say(ctx, t)
}

// closeAcross is called once the dialog was closed. What is being written goes
// on.
func (s *Screen) closeAcross(ctx app.Context) {
	if a := s.across; a != nil {
		a.stop()
		if a.phase == written {
			s.tellAcross(ctx, a)
		}
	}
	s.closeDialog(ctx)
}

// told says what became of the act.
func (a *across) told() i18n.Text {
	switch a.phase {
	case takenBack:
		said := counted(countTakenBack, a.back)
		if a.missed > 0 {
			said = join(said, counted(countMissed, a.missed))
		}
		return said
	case written, takingBack:
		return fill(sayAcrossAdded, "labels", counted(countAdded, a.labels), "articles", counted(countInArticles, len(a.wrote)))
	}
	if a.labels > 0 {
		return join(fill(sayAcrossAdded, "labels", counted(countAdded, a.labels), "articles", counted(countInArticles, len(a.wrote))), sayAcrossHalf)
	}
	return sayAcrossHalf
}

var (
	sayLeadsOnly   = i18n.Text{Ar: "الوسم في كل المقالات لمشرفي المشروع وحدهم.", En: "Only project leads label over all articles."}
	sayAcrossFound = i18n.Text{Ar: "{places} {articles}", En: "{places} {articles}"}
	sayAcrossAdded = i18n.Text{Ar: "{labels} {articles}، وهي محفوظة على هذا الجهاز", En: "{labels} {articles}, saved on this device"}
	sayAcrossHalf  = i18n.Text{Ar: "لم يُكتب الباقي. اضغط «أضف» لكتابته.", En: "The rest was not written. Press “Add” to write it."}

	countInArticles = i18n.Count{
		ArZero: "في لا مقال", ArOne: "في مقال واحد", ArTwo: "في مقالين", ArFew: "في {n} مقالات", ArMany: "في {n} مقالًا", ArOther: "في {n} مقال",
		EnOne: "in 1 article", EnOther: "in {n} articles",
	}
	countTakeBack = i18n.Count{
		ArZero: "تراجع", ArOne: "تراجع عن الوسم", ArTwo: "تراجع عن الوسمين", ArFew: "تراجع عن الوسوم الـ{n} كلها", ArMany: "تراجع عن الـ{n} وسمًا كلها", ArOther: "تراجع عن الـ{n} وسم كلها",
		EnOne: "Take it back", EnOther: "Take back all {n}",
	}
	countTakenBack = i18n.Count{
		ArZero: "لم يبقَ ما يُتراجع عنه", ArOne: "تُراجع عن وسم واحد", ArTwo: "تُراجع عن وسمين", ArFew: "تُراجع عن {n} وسوم", ArMany: "تُراجع عن {n} وسمًا", ArOther: "تُراجع عن {n} وسم",
		EnOne: "1 label taken back", EnOther: "{n} labels taken back",
	}
	countMissed = i18n.Count{
		ArZero: "ولم يبقَ منها شيء", ArOne: "وبقي وسم واحد لأنه تغيّر بعد ذلك", ArTwo: "وبقي وسمان لأنهما تغيّرا بعد ذلك", ArFew: "وبقيت {n} وسوم لأنها تغيّرت بعد ذلك", ArMany: "وبقي {n} وسمًا لأنها تغيّرت بعد ذلك", ArOther: "وبقي {n} وسم لأنها تغيّرت بعد ذلك",
		EnOne: "1 stays, for it was changed since", EnOther: "{n} stay, for they were changed since",
	}
)
