// Package awkward holds the text that every test of text must survive, and
// generators of more like it.
package awkward

import "pgregory.net/rapid"

// Text has a proclitic before a name, tashkeel, tatweel, lam-alef, both kinds
// of quotes, Latin and digits, a date with a slash, RLM and LRM, ZWNJ, an emoji
// (two UTF-16 units), a CRLF and an NFD letter.
const Text = "زار «الوفد» لأذربيجان وبأوكرانيا، وقالَ مُحَمَّدٌ إنّ “السـلام” آتٍ.\r\n" +
	"في سبتمبر/أيلول 2018 وقّعت GDP\u200f 3.5% و2003 عقدًا\u200E مع F-16 🙂 ومی\u200cخواهم.\n" +
	"لا إله، الأَردن والا\u0653ن"

// Pieces are what Any is made of.
var Pieces = []string{
	"لأذربيجان", "وعلييف", "أذربيجان", "مُحَمَّد", "السـلام", "لا", "الآن", "الا\u0653ن", "سبتمبر/أيلول", "و2003", "2018",
	"GDP", "F-16", "🙂", "👩\u200d👩\u200d👧", "می\u200cخواهم", "\u200F", "\u200E", "\u061C", "«", "»", "“", "”", "،", ".", "؟", " ", " ", " ", "\n", "\r\n", "\r", "",
	"\u202B", "\u202C", "ـ", "ً", "é", "e\u0301",
}

// Any draws a text of up to 40 awkward pieces.
func Any() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		s := ""
		for _, p := range rapid.SliceOfN(rapid.SampledFrom(Pieces), 0, 40).Draw(t, "pieces") {
			s += p
		}
		return s
	})
}
