package arabic

import (
	"fmt"
	"strings"
	"testing"

	"hashiya/app/internal/awkward"
)

// fiveThousandWords is a long article: names that come back, and enough other
// words that its vocabulary is that of a text.
func fiveThousandWords() string {
	var b strings.Builder
	for i := 0; i < 5000; i += 10 {
		fmt.Fprintf(&b, "وقال الرئيس الروسي كلمة%d لأذربيجان في باكو وبأوكرانيا، رقم%d للكرملين وعلييف ٢٠٢٤.\n", i%700, i)
		if i%500 == 0 {
			b.WriteString(awkward.Text)
		}
	}
	return b.String()
}

func BenchmarkFinder(b *testing.B) {
	text := fiveThousandWords()
	for b.Loop() {
		NewFinder(text)
	}
}

func BenchmarkMentions(b *testing.B) {
	f := NewFinder(fiveThousandWords())
	var taken [][2]int
	for i := range 2000 {
		taken = append(taken, [2]int{i * 15, i*15 + 5})
	}
	for b.Loop() {
		f.Mentions("أذربيجان", "ل", taken)
	}
}

func BenchmarkLexicon(b *testing.B) {
	words := strings.Fields(fiveThousandWords())
	for b.Loop() {
		NewLexicon(words)
	}
}
