package reading

import (
	"strings"

	"hashiya/app/annotation"
)

// Done marks the article done. It is refused while devices disagree about
// something in it, while a stance is being written, and until each required
// target is judged.
func (e *Editor) Done() Outcome {
	switch {
	case e.full:
		return Outcome{Refused: sayDiskFull}
	case e.layer.Status == annotation.Done:
		return Outcome{Say: sayDone}
	case len(e.layer.Conflicts) > 0:
		return Outcome{Refused: sayDoneConflict}
	case e.draft != nil && e.draft.Dirty():
		return Outcome{Refused: sayDraftOpen, Request: OpenStance}
	}
	if o, missing := e.requiredMissing(); missing {
		return o
	}
	return setStatus(annotation.Done, "", Outcome{Say: sayDone})
}

// Reopen opens a done or skipped article again.
func (e *Editor) Reopen() Outcome {
	if e.locked() == none || e.full {
		return Outcome{Refused: e.locked()}
	}
	return setStatus(annotation.InProgress, "", Outcome{Say: sayReopened})
}

// Skip leaves the article to others, and says why.
func (e *Editor) Skip(reason string) Outcome {
	reason = strings.TrimSpace(reason)
	switch {
	case e.full:
		return Outcome{Refused: sayDiskFull}
	case reason == "":
		return Outcome{Refused: saySkipReason}
	case len([]rune(reason)) > annotation.MaxNote:
		return Outcome{Refused: missShorter}
	case e.draft != nil && e.draft.Dirty():
		return Outcome{Refused: sayDraftOpen, Request: OpenStance}
	}
	return setStatus(annotation.Skipped, reason, Outcome{Say: saySkipped})
}

func setStatus(s annotation.Status, reason string, o Outcome) Outcome {
	o.Changes = []annotation.Change{{Subject: annotation.StatusSubject, Kind: annotation.SetStatus, Status: s, Reason: reason}}
	return o
}

// Keep settles a conflict: the version that the op made becomes the only one.
// The desk has it replace all the others.
func (e *Editor) Keep(subject string, version annotation.OpID) Outcome {
	if e.full {
		return Outcome{Refused: sayDiskFull}
	}
	for _, c := range e.layer.Conflicts {
		for i := range c.Versions {
			if v := &c.Versions[i]; c.Subject == subject && v.ID() == version {
				return Outcome{Changes: []annotation.Change{v.Change}, Say: sayKept}
			}
		}
	}
	return Outcome{}
}

// Note writes a note on a subject of the layer, on the article for "".
func (e *Editor) Note(on, text string) Outcome {
	text = strings.TrimSpace(text)
	switch {
	case e.full:
		return Outcome{Refused: sayDiskFull}
	case text == "":
		return Outcome{Refused: sayNoNote}
	case len([]rune(text)) > annotation.MaxNote:
		return Outcome{Refused: missShorter}
	}
	return Outcome{
		Changes: []annotation.Change{{Subject: e.newID(), Kind: annotation.PutComment, Comment: &annotation.Comment{On: on, Text: text}}},
		Say:     sayNoted,
	}
}

// DeleteNote removes a note.
func (e *Editor) DeleteNote(id string) Outcome {
	if e.full {
		return Outcome{Refused: sayDiskFull}
	}
	return Outcome{Changes: []annotation.Change{{Subject: id, Kind: annotation.DeleteComment}}, Say: sayNoteDeleted}
}

// TakenBack says what undo or redo did, selects the span it brought back, and
// shows where. It is called with the new layer shown.
func (e *Editor) TakenBack(changes []annotation.Change, say Outcome) Outcome {
	for _, c := range changes {
		switch {
		case c.Kind == annotation.PutSpan:
			o := e.Select(c.Subject)
			say.Reveal = o.Reveal
			return say
		case c.Kind == annotation.PutStance:
			if s, there := e.stanceByID(c.Subject); there && len(s.Evidence) > 0 {
				e.stance = c.Subject
				say.Reveal = s.Evidence[0]
				return say
			}
		}
	}
	return say
}
