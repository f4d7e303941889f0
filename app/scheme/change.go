package scheme

import "slices"

// Change is one way in which a version differs from another.
type Change struct {
	Kind ChangeKind `json:"kind"`
	IDs  []string   `json:"ids,omitempty"` // of the labels, or the required targets themselves
}

// ChangeKind is a stable word for programs.
type ChangeKind string

const (
	LabelsAdded     ChangeKind = "labels_added"
	LabelsRetired   ChangeKind = "labels_retired"
	LabelsRestored  ChangeKind = "labels_restored"
	LabelsRenamed   ChangeKind = "labels_renamed"
	LabelsRecolored ChangeKind = "labels_recolored"
	LabelsRekeyed   ChangeKind = "labels_rekeyed"
	LabelsExplained ChangeKind = "labels_explained" // with other words than before
	LabelsReordered ChangeKind = "labels_reordered"

	StancesAdded     ChangeKind = "stances_added"
	StancesRetired   ChangeKind = "stances_retired"
	StancesRestored  ChangeKind = "stances_restored"
	StancesRenamed   ChangeKind = "stances_renamed"
	StancesTurned    ChangeKind = "stances_turned" // to another side
	StancesExplained ChangeKind = "stances_explained"
	StancesReordered ChangeKind = "stances_reordered"

	TargetsAdded      ChangeKind = "targets_added"
	TargetsRemoved    ChangeKind = "targets_removed"
	TargetsReordered  ChangeKind = "targets_reordered"
	GuidelinesChanged ChangeKind = "guidelines_changed"
	SuggestionsOn     ChangeKind = "suggestions_on"
	SuggestionsOff    ChangeKind = "suggestions_off"
)

// Diff returns what to does otherwise than from, in a fixed order; nothing
// where they say the same.
func Diff(from, to Scheme) []Change {
	var d diff
	d.add(LabelsAdded, missing(idsOf(to.Labels), idsOf(slices.Concat(from.Labels, from.Retired))))
	d.add(LabelsRetired, missing(idsOf(from.Labels), idsOf(to.Labels)))
	d.add(LabelsRestored, missing(common(idsOf(to.Labels), idsOf(from.Retired)), idsOf(from.Labels)))
	each(&d, LabelsRenamed, from.Labels, to.Labels, func(a, b Label) bool { return a.Names != b.Names })
	each(&d, LabelsRecolored, from.Labels, to.Labels, func(a, b Label) bool { return a.Color != b.Color })
	each(&d, LabelsRekeyed, from.Labels, to.Labels, func(a, b Label) bool { return a.Key != b.Key })
	each(&d, LabelsExplained, from.Labels, to.Labels, func(a, b Label) bool { return a.Help != b.Help })
	d.reordered(LabelsReordered, idsOf(from.Labels), idsOf(to.Labels))

	d.add(StancesAdded, missing(idsOf(to.Stances), idsOf(slices.Concat(from.Stances, from.RetiredStances))))
	d.add(StancesRetired, missing(idsOf(from.Stances), idsOf(to.Stances)))
	d.add(StancesRestored, missing(common(idsOf(to.Stances), idsOf(from.RetiredStances)), idsOf(from.Stances)))
	each(&d, StancesRenamed, from.Stances, to.Stances, func(a, b StanceLabel) bool { return a.Names != b.Names })
	each(&d, StancesTurned, from.Stances, to.Stances, func(a, b StanceLabel) bool { return a.Sign != b.Sign })
	each(&d, StancesExplained, from.Stances, to.Stances, func(a, b StanceLabel) bool { return a.Help != b.Help })
	d.reordered(StancesReordered, idsOf(from.Stances), idsOf(to.Stances))

	d.add(TargetsAdded, missing(to.Targets, from.Targets))
	d.add(TargetsRemoved, missing(from.Targets, to.Targets))
	d.reordered(TargetsReordered, from.Targets, to.Targets)
	if from.Guidelines != to.Guidelines {
		d = append(d, Change{Kind: GuidelinesChanged})
	}
	switch {
	case from.Unassisted && !to.Unassisted:
		d = append(d, Change{Kind: SuggestionsOn})
	case !from.Unassisted && to.Unassisted:
		d = append(d, Change{Kind: SuggestionsOff})
	}
	return d
}

type diff []Change

func (d *diff) add(k ChangeKind, ids []string) {
	if len(ids) > 0 {
		*d = append(*d, Change{k, ids})
	}
}

func (d *diff) reordered(k ChangeKind, from, to []string) {
	if !slices.Equal(common(from, to), common(to, from)) {
		*d = append(*d, Change{Kind: k})
	}
}

func each[T identified](d *diff, k ChangeKind, from, to []T, differs func(a, b T) bool) {
	var ids []string
	for _, b := range to {
		if i := index(from, b.id()); i >= 0 && differs(from[i], b) {
			ids = append(ids, b.id())
		}
	}
	d.add(k, ids)
}

// missing returns what of list is not in other, in order.
func missing(list, other []string) (out []string) {
	for _, s := range list {
		if !slices.Contains(other, s) {
			out = append(out, s)
		}
	}
	return out
}

// common returns what of list is in other too, in the order of list.
func common(list, other []string) (out []string) {
	for _, s := range list {
		if slices.Contains(other, s) {
			out = append(out, s)
		}
	}
	return out
}
