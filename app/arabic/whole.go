package arabic

import "strings"

// wholeWords are words whose letters CoreStart would take for proclitics and a
// core, and that are not; each group has the rule that it escapes. A word is
// listed when the other reading is the rarer one in news.
var wholeWords = set(
	// و + ال: و belongs to the root و ل د.
	"والدها والدهم والدهما والدهن والدنا والدكم والدته والدتها والدتهم والدتهما والدتهن والدتي والدتك والدتنا والدتان والدتين "+
		"والداه والداها والديه والديها والديهم والديك والدينا والدان",
	// ب + ال: participles of ب ل غ, and loans.
	"بالغين بالغون بالغات بالغتم بالغوا بالغنا بالونات بالونان بالونين",
	// ب ك ف و + ال: names from other languages, in which al is no article.
	"بالتيمور بالفور بالدوين باليرمو بالانغا كالكوتا كالفن كالفين كالغاري والتون والينغ والتز فالنسيا فالنتاين فالنتينا فالنتينو فالنتين فاليتا فالكون فالكونر فالدانو",
	// ل ك ب + hamza on alef: conjunctions with أن, and roots with a hamza.
	"لأنه لأنها لأنهم لأنهما لأنهن لأنني لأنك لأنكم لأننا كأنه كأنها كأنهم كأنهما كأننا كأنني كأنك كأنما بأنه بأنها بأنهم بأنهما بأنهن بأننا بأنني بأنك بأنكم",
	"كأسه كأسها كأسا كأسي كأسين كأسان كآبة فأرة فأرا فأران",
	// a core that stands in the article by itself: men's names and nouns whose
	// tails are words.
	"واحد كريم كمال فيصل وسام وهبة بلال كرامة وليام وجهات وحدات وسائل وحدة لجنة فكرة بنات كتاب وفود وقود",
)

// wholeStems begin such words; what follows is free (an ending, a suffix).
var wholeStems = []string{"باليستي", "بالونة", "كاليفورني", "كاليدوني", "كالينينغراد"}

func set(groups ...string) map[string]bool {
	m := map[string]bool{}
	for _, words := range groups {
		for w := range strings.FieldsSeq(words) {
			m[w] = true
		}
	}
	return m
}

func isWhole(letters []rune) bool {
	word := string(letters)
	if wholeWords[word] {
		return true
	}
	for _, stem := range wholeStems {
		if strings.HasPrefix(word, stem) {
			return true
		}
	}
	return false
}
