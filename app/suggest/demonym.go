package suggest

import (
	"iter"
	"strings"
	"sync"
	"unicode/utf8"

	"hashiya/app/arabic"
)

// Demonym reports whether an Arabic word says that somebody or something is from
// a territory of the gazetteer, or from one of the parts of the world, peoples
// and states that news name so (الروسي, أوكرانيين, العربية): its stem is the
// territory's. It does not tell روسي from a family's name of the same letters.
func Demonym(word string) bool {
	letters := strings.TrimPrefix(string(arabic.NewKey(word, arabic.Folded).Runes), "ال")
	for _, ending := range []string{"يين", "يون", "يات", "يه", "ية", "يا", "ي"} {
		if stem, is := strings.CutSuffix(letters, ending); is && utf8.RuneCountInString(stem) >= 3 {
			return stems()[stem]
		}
	}
	return false
}

// stems are what is left of the names of territories without the article and the
// endings that a demonym doesn't keep.
var stems = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, name := range append(strings.Fields(otherOrigins), single(Territories("ar"))...) {
		letters := strings.TrimPrefix(string(arabic.NewKey(name, arabic.Folded).Runes), "ال")
		for _, ending := range []string{"يا", "ة", "ه", "ا"} {
			if stem, is := strings.CutSuffix(letters, ending); is {
				letters = stem
				break
			}
		}
		out[letters] = true
	}
	return out
})

// single returns the names of one word.
func single(names iter.Seq2[string, string]) (out []string) {
	for name := range names {
		if !strings.ContainsRune(name, ' ') {
			out = append(out, name)
		}
	}
	return out
}

// otherOrigins are stems that are no territory's name, or not its short one.
const otherOrigins = "أوروب عرب أفريق إفريق آسيو أمريك أميرك أذر أرمن كرد سوفيات سوفيت بريطان إنجليز فلسطين إمارات سعود تشيك كور شيشان بوسن خليج لاتين كونغول مغارب هولند اسكتلند مقدون عثمان"
