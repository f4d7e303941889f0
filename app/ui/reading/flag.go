package reading

import (
	"strings"

	"hashiya/app/annotation"
	"hashiya/app/ui/i18n"
)

// Flag asks somebody else to look at the article, and says why. Unlike a skip it
// leaves the work where it is.
func (e *Editor) Flag(reason string) Outcome {
	reason = strings.TrimSpace(reason)
	switch {
	case e.full:
		return Outcome{Refused: sayDiskFull}
	case reason == "":
		return Outcome{Refused: sayFlagReason}
	case len([]rune(reason)) > annotation.MaxNote:
		return Outcome{Refused: missShorter}
	}
	return Outcome{
		Changes: []annotation.Change{{Subject: e.newID(), Kind: annotation.PutComment, Comment: &annotation.Comment{Text: reason, Flag: true}}},
		Say:     sayFlagged,
	}
}

// Flags returns the article's flags.
func (e *Editor) Flags() []annotation.NamedComment {
	var out []annotation.NamedComment
	for _, c := range e.layer.Comments {
		if c.Flag {
			out = append(out, c)
		}
	}
	return out
}

// Unflag takes a flag back.
func (e *Editor) Unflag(id string) Outcome {
	if e.full {
		return Outcome{Refused: sayDiskFull}
	}
	for _, c := range e.Flags() {
		if c.ID == id {
			return Outcome{Changes: []annotation.Change{{Subject: id, Kind: annotation.DeleteComment}}, Say: sayUnflagged}
		}
	}
	return Outcome{}
}

var (
	sayFlagReason = i18n.Text{Ar: "اكتب ما ينبغي النظر فيه.", En: "Say what should be looked at."}
	sayFlagged    = i18n.Text{Ar: "رُفعت راية على المقال", En: "Article flagged"}
	sayUnflagged  = i18n.Text{Ar: "أُزيلت الراية", En: "Flag removed"}
)
