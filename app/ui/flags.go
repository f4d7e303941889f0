package ui

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"hashiya/app/ui/i18n"
	"hashiya/app/ui/parts"
	"hashiya/app/wire"
)

// setFlags takes in what annotators want somebody to look at.
func (l *articleList) setFlags(all []wire.Flagged) {
	l.flags = map[string][]wire.Flagged{}
	for _, f := range all {
		l.flags[f.Article] = append(l.flags[f.Article], f)
	}
	l.onlyFlagged = l.onlyFlagged && len(all) > 0
	l.find()
}

// loadFlags fetches them, for who may see them. Without a connection the list
// does without.
func (s *projectScreen) loadFlags(ctx app.Context) {
	id, account := s.id, s.Client.Account
	if id == "" || !s.Client.Me().Role.May(wire.Curator) {
		return
	}
	s.flagLoader.load(ctx, func() func() {
		all, err := account.Flagged(ctx, id)
		return func() {
			if s.id == id && err == nil {
				s.list.setFlags(all)
			}
		}
	})
}

// renderFlagFilter leaves only the articles that somebody should look at.
func (s *projectScreen) renderFlagFilter(lang i18n.Lang) app.UI {
	n := len(s.list.flags)
	return app.Button().Type("button").Class("btn").ID("only-flagged").Aria("pressed", strconv.FormatBool(s.list.onlyFlagged)).
		Hidden(n == 0).OnClick(s.filterFlagged).Body(
		parts.Icon("flag"), app.Span().Text(flaggedText.In(lang)), app.Span().Class("num muted").Text(parts.Number(n)),
	)
}

func (s *projectScreen) filterFlagged(app.Context, app.Event) {
	s.list.onlyFlagged = !s.list.onlyFlagged
	s.list.page = 0
	s.list.find()
}

// renderFlags says of an article what somebody should look at, and to its
// annotator why it is not done.
func (l *articleList) renderFlags(lang i18n.Lang, a wire.ArticleSummary) app.UI {
	var lines []app.UI
	own := a.Unjudged
	for _, f := range l.flags[a.ID] {
		icon, says := "flag", flagSays
		switch f.Kind {
		case wire.FlagSkipped:
			icon, says = "skip", skipSays
		case wire.FlagUnjudged:
			icon, says, own = "stance-unclear", unjudgedSays, 0
		}
		why := strings.Join(strings.Split(f.Reason, "\n"), listComma.In(lang))
		lines = append(lines, flagLine(icon, says.With(lang, "name", f.Annotator, "why", why)))
	}
	if own > 0 {
		lines = append(lines, flagLine("stance-unclear", ownUnjudged.In(lang, own)))
	}
	return app.Ul().Class("flag-lines").Hidden(len(lines) == 0).Body(lines...)
}

func flagLine(icon, says string) app.UI {
	return app.Li().Body(parts.Icon(icon), app.Span().Class("bidi").Text(says))
}

var (
	flaggedText  = i18n.Text{Ar: "تحتاج إلى نظر", En: "To look at"}
	flagSays     = i18n.Text{Ar: "راية {name}: {why}", En: "Flag by {name}: {why}"}
	skipSays     = i18n.Text{Ar: "تركه {name}: {why}", En: "Skipped by {name}: {why}"}
	unjudgedSays = i18n.Text{Ar: "قال {name} إنه أُنجز، ولم يُحكم على: {why}", En: "Marked done by {name}, not judged: {why}"}
	ownUnjudged  = i18n.Count{
		ArZero: "حُكم على كل الأهداف", ArOne: "قلت إنه أُنجز، ولم يُحكم على هدف مطلوب", ArTwo: "قلت إنه أُنجز، ولم يُحكم على هدفين مطلوبين", ArFew: "قلت إنه أُنجز، ولم يُحكم على {n} أهداف مطلوبة", ArMany: "قلت إنه أُنجز، ولم يُحكم على {n} هدفًا مطلوبًا", ArOther: "قلت إنه أُنجز، ولم يُحكم على {n} هدف مطلوب",
		EnOne: "You marked it done; 1 required target is not judged", EnOther: "You marked it done; {n} required targets are not judged",
	}
)
