package ordered

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestMapBehavesLikeSortedBuiltinMapAndOldCopiesStayAsTheyWere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.StringMatching(`[a-dع]{1,3}`)
		var m Map
		model := map[string]string{}
		var frozen Map
		frozenModel := map[string]string{}
		for range rapid.IntRange(0, 60).Draw(t, "sets") {
			k, v := key.Draw(t, "key"), rapid.String().Draw(t, "value")
			m = m.Set([]byte(k), []byte(v))
			model[k] = v
			if rapid.Bool().Draw(t, "freeze") {
				frozen, frozenModel = m, maps.Clone(model)
			}
		}
		from := key.Draw(t, "from")
		compare(t, m, model, from)
		compare(t, frozen, frozenModel, from)
	})
}

func compare(t *rapid.T, m Map, model map[string]string, from string) {
	var want, got []string
	for _, k := range slices.Sorted(maps.Keys(model)) {
		if v, ok := m.Get([]byte(k)); !ok || string(v) != model[k] {
			t.Fatalf("Get(%q) = %q, %v; want %q", k, v, ok, model[k])
		}
		if k >= from {
			want = append(want, k+"="+model[k])
		}
	}
	for c := m.From([]byte(from)); c.Valid(); c.Next() {
		got = append(got, string(c.Key())+"="+string(c.Value()))
	}
	if !slices.Equal(got, want) {
		t.Fatalf("from %q: got %q, want %q", from, got, want)
	}
}
