package scheme

import "slices"

// Succeed returns next as the version that follows prev: what prev knows and
// next leaves out is retired, for an id that was once given out never comes to
// mean nothing, nor something else by accident.
func Succeed(prev, next Scheme) Scheme {
	next.Retired = retire(next.Labels, next.Retired, slices.Concat(prev.Labels, prev.Retired))
	next.RetiredStances = retire(next.Stances, next.RetiredStances, slices.Concat(prev.Stances, prev.RetiredStances))
	return next
}

func retire[T identified](offered, retired, before []T) []T {
	retired = slices.Clone(retired)
	for _, b := range before {
		if index(offered, b.id()) < 0 && index(retired, b.id()) < 0 {
			retired = append(retired, b)
		}
	}
	return retired
}

// identified is what has an id that stays the same from version to version.
type identified interface {
	Label | StanceLabel
	id() string
}

func (l Label) id() string       { return l.ID }
func (l StanceLabel) id() string { return l.ID }

func index[T identified](list []T, id string) int {
	return slices.IndexFunc(list, func(l T) bool { return l.id() == id })
}

func idsOf[T identified](list []T) []string {
	out := make([]string, len(list))
	for i, l := range list {
		out[i] = l.id()
	}
	return out
}
