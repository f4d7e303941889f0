package view

import "hashiya/app/scheme"

// memo spares a batch from decoding the same account, scheme and article head
// for every op. It holds only what is there and what no later entry changes; a
// kind of record that changes a role would have to drop it here.
type memo map[string]any

// head returns what ops are checked against; false where the project has no
// such article.
func (a *applier) head(project, id string) (h articleHead, there bool, err error) {
	k := sHead.key(project, id)
	if h, ok := a.memo[string(k)].(articleHead); ok {
		return h, true, nil
	}
	if there, err = get(a.r, k, &h); there {
		a.memo[string(k)] = h
	}
	return h, there, err
}

func (a *applier) schemeVersion(project string, version int) (*scheme.Scheme, bool, error) {
	k := string(sScheme.key(project, version))
	if s, ok := a.memo[k].(*scheme.Scheme); ok {
		return s, true, nil
	}
	s, there, err := a.Scheme(project, version)
	if err != nil || !there {
		return nil, false, err
	}
	a.memo[k] = &s
	return &s, true, nil
}
