package suggest

import (
	"encoding/json"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"hashiya/app/internal/awkward"
)

func observation() *rapid.Generator[Observation] {
	return rapid.Custom(func(t *rapid.T) Observation {
		return Observation{
			Surface: rapid.OneOf(rapid.SampledFrom(awkward.Pieces), rapid.SampledFrom([]string{"باكو", "أذربيجان", "اذربيجان"})).Draw(t, "surface"),
			Label:   rapid.SampledFrom([]string{"GPE", "ORG", "PER", ""}).Draw(t, "label"),
			Entity:  rapid.SampledFrom([]string{"", "أذربيجان", "باكو"}).Draw(t, "entity"),
			Refused: rapid.Bool().Draw(t, "refused"),
		}
	})
}

func marshal(t interface{ Fatal(...any) }, m *Memory) string {
	b, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestTheOrderOfObservationsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOf(observation()).Draw(t, "observations")
		var one, other, parts [2]Memory
		for _, o := range all {
			one[0].Add(o)
		}
		for _, o := range slices.Backward(all) {
			other[0].Add(o)
		}
		cut := rapid.IntRange(0, len(all)).Draw(t, "cut")
		for i, o := range all {
			parts[min(i/max(cut, 1), 1)].Add(o)
		}
		parts[0].Merge(&parts[1])
		if a, b, c := marshal(t, &one[0]), marshal(t, &other[0]), marshal(t, &parts[0]); a != b || a != c {
			t.Fatalf("forward  %s\nbackward %s\nmerged   %s", a, b, c)
		}
	})
}

func TestWhatIsAddedAndRemovedLeavesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		stay, gone := rapid.SliceOf(observation()).Draw(t, "stay"), rapid.SliceOf(observation()).Draw(t, "gone")
		var with, without Memory
		for _, o := range stay {
			with.Add(o)
			without.Add(o)
		}
		for _, o := range gone {
			with.Add(o)
		}
		for _, o := range gone {
			with.Remove(o)
		}
		if a, b := marshal(t, &with), marshal(t, &without); a != b {
			t.Fatalf("got %s, want %s", a, b)
		}
	})
}

func TestAMemoryComesBackFromJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var m, back Memory
		for _, o := range rapid.SliceOf(observation()).Draw(t, "observations") {
			m.Add(o)
		}
		s := marshal(t, &m)
		if err := json.Unmarshal([]byte(s), &back); err != nil {
			t.Fatal(err)
		}
		if again := marshal(t, &back); again != s || back.Len() != m.Len() {
			t.Fatalf("got %s, want %s", again, s)
		}
	})
	var m Memory
	m.Add(Observation{Surface: "أَذربيجان", Label: "GPE", Entity: "أذربيجان"})
	m.Add(Observation{Surface: "اذربيجان", Label: "GPE", Refused: true})
	if got, want := marshal(t, &m), `{"v":1,"forms":{"اذربيجان":{"GPE":[1,1,{"أذربيجان":1}]}}}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestAMemoryThatCanNotBeIsRefused(t *testing.T) {
	for _, s := range []string{
		``, `{}`, `{"v":2,"forms":{}}`, `{"v":1,"forms":{"باكو":{"GPE":[-1,2]}}}`, `{"v":1,"forms":{"باكو":{"GPE":[0,0]}}}`,
		`{"v":1,"forms":{"باكو":{"GPE":null}}}`, `{"v":1,"forms":{"باكو":{"GPE":[1,0,{"باكو":0}]}}}`, `{"v":1,"forms":{"باكو":{"GPE":"1"}}}`,
	} {
		m := Memory{}
		m.Add(Observation{Surface: "باكو", Label: "GPE"})
		if err := json.Unmarshal([]byte(s), &m); err == nil {
			t.Errorf("%s was taken", s)
		}
		if m.Len() != 1 {
			t.Errorf("%s has changed the memory", s)
		}
	}
}
