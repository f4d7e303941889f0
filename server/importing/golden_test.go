package importing

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"hashiya/app/article"
)

// The shared article lies beside the repository, not in it.
const shared = "../../../shared/articles"

func TestTheSharedArticleReadsAsItsGoldFileSays(t *testing.T) {
	f, err := os.Open(filepath.Join(shared, "marsad-putin-in-azerbaijan.txt"))
	if err != nil {
		t.Skipf("the shared article is not here: %v", err)
	}
	defer f.Close()
	raw, err := os.ReadFile(filepath.Join(shared, "marsad-putin-in-azerbaijan.gold.json"))
	if err != nil {
		t.Fatal(err)
	}
	var gold struct {
		TextSHA256 string       `json:"text_sha256"`
		Meta       article.Meta `json:"expected_metadata"`
		Regions    []struct {
			article.Region
			AtOrBefore int `json:"starts_at_or_before"`
		} `json:"expected_regions"`
	}
	if err := json.Unmarshal(raw, &gold); err != nil {
		t.Fatal(err)
	}

	a := oneArticle(t, f)

	if a.TextSHA256 != gold.TextSHA256 {
		t.Errorf("text_sha256 = %s, want %s", a.TextSHA256, gold.TextSHA256)
	}
	if !reflect.DeepEqual(a.Meta, gold.Meta) {
		t.Errorf("meta = %+v, want %+v", a.Meta, gold.Meta)
	}
	for _, want := range gold.Regions {
		got := regionsOf(a, want.Kind)
		switch {
		case len(got) != 1:
			t.Errorf("%d regions %s, want 1", len(got), want.Kind)
		case want.AtOrBefore > 0 && got[0].Start > want.AtOrBefore:
			t.Errorf("%s starts at %d, want at or before %d", want.Kind, got[0].Start, want.AtOrBefore)
		case want.AtOrBefore == 0 && got[0] != want.Region:
			t.Errorf("%s is %v, want %v", want.Kind, got[0], want.Region)
		}
	}
	var kinds []string
	for _, r := range a.Regions {
		kinds = append(kinds, string(r.Kind))
	}
	if got := strings.Join(kinds, " "); got != "title body credit read_also tags similar" {
		t.Errorf("regions are %s", got)
	}
	if title := regionsOf(a, article.Title)[0]; title.Start != 102 || title.End != 119 {
		t.Errorf("the title is %v, want the second occurrence [102,119)", title)
	}
}
