package scheme

import "slices"

// Rebase returns what mine changes of base, done to theirs, another change of
// base: what only one of the two changed is as that one has it, and where both
// changed the same thing, mine stands. Labels are compared field by field.
// The version is that of theirs.
func Rebase(base, mine, theirs Scheme) Scheme {
	out := Scheme{
		Version:    theirs.Version,
		Preset:     pick(base.Preset, mine.Preset, theirs.Preset),
		Guidelines: pick(base.Guidelines, mine.Guidelines, theirs.Guidelines),
		Unassisted: pick(base.Unassisted, mine.Unassisted, theirs.Unassisted),
		Targets:    order(base.Targets, mine.Targets, theirs.Targets),
	}
	out.Labels = rebase(base.Labels, mine.Labels, theirs.Labels, func(b, m, t Label) Label {
		return Label{ID: m.ID, Names: pick(b.Names, m.Names, t.Names), Color: pick(b.Color, m.Color, t.Color), Key: pick(b.Key, m.Key, t.Key), Help: pick(b.Help, m.Help, t.Help)}
	})
	out.Stances = rebase(base.Stances, mine.Stances, theirs.Stances, func(b, m, t StanceLabel) StanceLabel {
		return StanceLabel{ID: m.ID, Names: pick(b.Names, m.Names, t.Names), Sign: pick(b.Sign, m.Sign, t.Sign), Help: pick(b.Help, m.Help, t.Help)}
	})
	return Succeed(mine, Succeed(theirs, out))
}

// pick returns theirs where mine is as base was, else mine.
func pick[T comparable](base, mine, theirs T) T {
	if mine == base {
		return theirs
	}
	return mine
}

func rebase[T identified](base, mine, theirs []T, merge func(b, m, t T) T) []T {
	var out []T
	for _, id := range order(idsOf(base), idsOf(mine), idsOf(theirs)) {
		b, m, t := index(base, id), index(mine, id), index(theirs, id)
		switch {
		case m >= 0 && t >= 0 && b >= 0:
			out = append(out, merge(base[b], mine[m], theirs[t]))
		case m >= 0:
			out = append(out, mine[m])
		default:
			out = append(out, theirs[t])
		}
	}
	return out
}

// order returns what is left of base and what either side has added, in the
// order of mine where mine changed it, else of theirs. What mine added comes
// behind what stands in front of it there.
func order(base, mine, theirs []string) []string {
	gone := func(s string) bool {
		return slices.Contains(base, s) && (!slices.Contains(mine, s) || !slices.Contains(theirs, s))
	}
	lead, other := theirs, mine
	if !slices.Equal(common(mine, base), common(base, mine)) {
		lead, other = mine, theirs
	}
	out := slices.DeleteFunc(slices.Clone(lead), gone)
	for i, s := range other {
		if gone(s) || slices.Contains(out, s) {
			continue
		}
		at := 0
		for _, before := range other[:i] {
			at = max(at, slices.Index(out, before)+1)
		}
		out = slices.Insert(out, at, s)
	}
	return out
}
