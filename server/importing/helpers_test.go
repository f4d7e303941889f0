package importing

import (
	"io"
	"testing"

	"hashiya/app/article"
)

func oneArticle(t *testing.T, r io.Reader) article.Article {
	t.Helper()
	var out []article.Article
	for res := range Read("file.txt", r, Options{}) {
		if res.Refusal != nil {
			t.Fatalf("refused: %s", res.Refusal.Reason)
		}
		out = append(out, res.Article)
	}
	if len(out) != 1 {
		t.Fatalf("%d articles, want 1", len(out))
	}
	if err := out[0].Validate(); err != nil {
		t.Fatal(err)
	}
	return out[0]
}

func regionsOf(a article.Article, kind article.RegionKind) (out []article.Region) {
	for _, r := range a.Regions {
		if r.Kind == kind {
			out = append(out, r)
		}
	}
	return out
}
