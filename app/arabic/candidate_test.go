package arabic

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestCandidatesAreWhatTheWordsAroundNamesPointTo(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"وصل الرئيس الروسي فلاديمير بوتين إلى باكو أمس الأحد", "الرئيس الروسي|فلاديمير بوتين|باكو|أمس الأحد"},
		{"في 6 أغسطس آب 2018 المقبل", "6 أغسطس آب 2018 المقبل"},
		{"قالت وكالة الأنباء الأذرية الرسمية إن ذلك", "وكالة الأنباء الأذرية الرسمية"},
		{"على ضفاف بحر قزوين مع هذا", "ضفاف|بحر قزوين"},
		{"قال إن ذلك كان قبل هذا", ""},
	} {
		words := strings.Fields(c.text)
		var got []string
		for _, r := range Candidates(words, NewLexicon(words), func(int) bool { return true }) {
			got = append(got, strings.Join(words[r[0]:r[1]], " "))
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%s: got %q, want %s", c.text, got, c.want)
		}
	}
}

func TestCandidatesAscendAndNeverReachOverWhatIsNotJoined(t *testing.T) {
	vocabulary := []string{"الرئيس", "الروسي", "بوتين", "2018", "أغسطس", "6", "في", "وكالة", "الأنباء", "لأذربيجان", "F-16", "🙂", "مُحَمَّد", "ـ", ""}
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOf(rapid.SampledFrom(vocabulary)).Draw(t, "words")
		broken := rapid.SliceOfN(rapid.Bool(), len(words), len(words)).Draw(t, "broken")
		last := 0
		for _, r := range Candidates(words, NewLexicon(words), func(i int) bool { return !broken[i] }) {
			if r[0] < last || r[1] <= r[0] || r[1] > len(words) {
				t.Fatalf("%v after %d", r, last)
			}
			last = r[1]
			if slices.Contains(broken[r[0]+1:r[1]], true) {
				t.Fatalf("%v reaches over a break", r)
			}
		}
	})
}
