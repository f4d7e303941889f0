package main

import "testing"

// make mutate takes minutes and is no part of make test. That every guard still
// stands where its mutation looks for it takes no time.
func TestEveryGuardStandsWhereItsMutationLooksForIt(t *testing.T) {
	names := map[string]bool{}
	for _, m := range mutations {
		if names[m.name] {
			t.Errorf("two mutations are called %q", m.name)
		}
		names[m.name] = true
		if content, err := m.mutated("../.."); err != nil {
			t.Error(err)
		} else if content == "" || m.guard == m.without {
			t.Errorf("%s takes nothing out", m.name)
		}
	}
}
