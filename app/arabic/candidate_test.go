package arabic

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func demonym(w string) bool {
	return slices.Contains([]string{"الروسي", "الروسية", "الأوكرانية", "أوكرانيين", "الأذرية", "العربية", "العربي", "السوري"}, w)
}

// candidates reads a text whose words stand apart by single spaces or by what is
// written between them in one piece: “ ” / ، .
func candidates(text string) (words []string, found []Candidate) {
	var between []string
	for _, piece := range strings.Fields(text) {
		before, open := " ", strings.TrimLeft(piece, "“")
		if open != piece {
			before = " “"
		}
		for i, w := range strings.Split(strings.TrimRight(open, "”،."), "/") {
			if i > 0 {
				before = "/"
			}
			if len(between) < len(words) {
				between = append(between, before)
			} else if len(words) > 0 {
				between[len(words)-1] += strings.TrimLeft(before, " ")
			}
			words = append(words, w)
		}
		if rest := piece[len(strings.TrimRight(piece, "”،.")):]; rest != "" {
			between = append(between, rest+" ")
		}
	}
	return words, Candidates(Words{
		List: words, Known: NewLexicon(words), Demonym: demonym,
		Between: func(i int) string { return between[i-1] },
	})
}

func TestCandidatesAreWhatTheWordsAroundNamesPointTo(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"وصل الرئيس الروسي فلاديمير بوتين إلى باكو أمس الأحد", "الرئيس الروسي|(الروسي)|فلاديمير بوتين|باكو|أمس الأحد"},
		{"وصل الرئيس بوتين سيلتقي غدا", "الرئيس|بوتين"},
		{"في 6 أغسطس/آب 2018 المقبل", "6 أغسطس آب 2018 المقبل"},
		{"قالت وكالة الأنباء الأذرية الرسمية إن ذلك", "وكالة الأنباء الأذرية الرسمية|(الأذرية)"},
		{"على ضفاف بحر قزوين مع هذا", "بحر قزوين"},
		{"على إقليم قره باغ، وقد", "إقليم قره باغ"},
		{"رحبت اللجنة العربية لأحواض الأنهار، بذلك", "اللجنة العربية لأحواض الأنهار|(العربية)"},
		{"انتقدت جمعية أصدقاء نهر اليرموك، وهي", "جمعية أصدقاء نهر اليرموك|(نهر اليرموك)"},
		{"قال رئيس اللجنة فارس الحمداني في كلمته", "رئيس اللجنة|(اللجنة)|فارس الحمداني"},
		{"أبدى المهندس السوري نزار الكيلاني، تشككه", "المهندس السوري|(السوري)|نزار الكيلاني"},
		{"وقالت رئيستها سلمى العبادي إن ذلك", "سلمى العبادي"},
		{"ويستضيف المؤتمر “كوب 29” في الخريف", "المؤتمر|كوب 29"},
		{"أصدرت الجنائية الدولية حكما", "الجنائية الدولية"},
		{"مع الغرب، بما في ذلك", "الغرب"},
		{"ترحيل أطفال أوكرانيين إلى هناك", "أوكرانيين"},
		{"الرئيس إلهام علييف زار قبر حيدر علييف", "الرئيس|إلهام علييف|حيدر علييف"},
		{"وأعلن الكرملين أن ذلك", "الكرملين"},
		{"وتأخذ أرمينيا على موسكو. زار أرمينيا", "أرمينيا|موسكو|أرمينيا"},
		{"لصد الهجوم العسكري والغاز الطبيعي", ""},
		{"في بيان عن اتفاق على إرسال مراقبين في مواسم الجفاف، من يعلم", "بيان"},
		{"في مؤتمر صحفي، وهو مستشار سابق", ""},
		{"قال إن ذلك كان قبل هذا", ""},
	} {
		words, found := candidates(c.text)
		var got []string
		for _, f := range found {
			one := strings.Join(words[f.First:f.Last], " ")
			if f.Inner {
				one = "(" + one + ")"
			}
			got = append(got, one)
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.text, strings.Join(got, "|"), c.want)
		}
	}
}

func TestCandidatesAscendAndNeverReachOverWhatIsNotJoined(t *testing.T) {
	vocabulary := []string{"الرئيس", "الروسي", "بوتين", "2018", "أغسطس", "6", "في", "وكالة", "الأنباء", "لأذربيجان", "للأنباء", "قال", "بحر", "F-16", "🙂", "مُحَمَّد", "ـ", ""}
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOf(rapid.SampledFrom(vocabulary)).Draw(t, "words")
		between := rapid.SliceOfN(rapid.SampledFrom([]string{" ", "/", ". ", " “", "” ", ""}), len(words), len(words)).Draw(t, "between")
		last, outer := 0, Candidate{}
		for _, c := range Candidates(Words{List: words, Known: NewLexicon(words), Demonym: demonym, Between: func(i int) string { return between[i] }}) {
			if c.Last <= c.First || c.Last > len(words) {
				t.Fatalf("%v", c)
			}
			if c.Inner {
				if c.First <= outer.First || c.Last > outer.Last {
					t.Fatalf("%v is not inside %v", c, outer)
				}
				continue
			}
			if c.First < last {
				t.Fatalf("%v after %d", c, last)
			}
			for i := c.First + 1; i < c.Last; i++ {
				if strings.ContainsAny(between[i], ".“”") || between[i] == "" {
					t.Fatalf("%v reaches over a break", c)
				}
			}
			last, outer = c.Last, c
		}
	})
}
