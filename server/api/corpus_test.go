package api_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/concordance"
	"hashiya/app/wire"
)

// shelf opens a site with the project "news" of such texts, in this order.
func shelf(t *testing.T, texts ...string) *site {
	t.Helper()
	s := open(t)
	op := s.asOperator()
	call[wire.Project](op, "POST", "/api/projects", wire.NewProject{Name: "news"})
	for i, text := range texts {
		if r := op.upload("news", file{fmt.Sprintf("%d.txt", i), text}); r.Added != 1 {
			t.Fatalf("text %d: %+v", i, r)
		}
	}
	return s
}

func (a *agent) search(typed string, after uint64) wire.Hits {
	a.t.Helper()
	return call[wire.Hits](a, "GET", "/api/projects/news/search?"+url.Values{"q": {typed}, "after": {itoa(after)}}.Encode(), nil)
}

func TestSearchFindsTitlesAndTextsHoweverTheyAreSpelled(t *testing.T) {
	s := shelf(t, awkward, "نص بلا شيء", "عنوان عن أَذْرَبَيْـجَان\n\nفي آذربيجان، لأذربيجان وباذربيجان.")
	a := s.add("سمر", wire.Annotator)
	got := a.search("اذربيجان", 0)
	if len(got.Articles) != 2 || got.Looked != 3 || got.Of != 3 || got.Next != 0 {
		t.Fatalf("found %+v", got)
	}
	first, last := got.Articles[0], got.Articles[1]
	if first.Hits != 1 || first.Places[0].Text != "أذربيجان" || !strings.HasSuffix(first.Places[0].Before, "سيعود ل") {
		t.Errorf("the first article: %+v", first)
	}
	if last.Hits != 4 || len(last.Places) != 4 || len(last.InTitle) != 1 || last.Status != annotation.New {
		t.Errorf("the last article: %+v", last)
	}
	if n := len(a.search("ميرود", 0).Articles); n != 1 {
		t.Errorf("the word with ZWNJ is in %d articles", n)
	}
	if n := len(a.search("بوتين أذربيجان", 0).Articles); n != 0 {
		t.Errorf("words that stand apart are found in %d articles", n)
	}
}

func TestSearchComesInPagesThatGoOnWhereTheLastEnded(t *testing.T) {
	var texts []string
	for i := range 45 {
		texts = append(texts, fmt.Sprintf("الخبر %d عن بوتين. %s", i, strings.Repeat("بوتين ", 7)))
	}
	a := shelf(t, texts...).add("سمر", wire.Annotator)
	var seen []string
	after, looked := uint64(0), 0
	for page := 0; ; page++ {
		got := a.search("بوتين", after)
		for _, h := range got.Articles {
			if h.Hits != 8 || len(h.Places) != wire.MaxPlaces {
				t.Errorf("%s has %d hits, %d listed", h.Title, h.Hits, len(h.Places))
			}
			seen = append(seen, strings.Fields(h.Title)[1])
		}
		if looked += got.Looked; got.Next == 0 {
			if page != 2 {
				t.Errorf("the last page is %d", page)
			}
			break
		}
		after = got.Next
	}
	for i, n := range seen {
		if n != fmt.Sprint(i) {
			t.Fatalf("the order is %v", seen)
		}
	}
	if len(seen) != 45 || looked != 45 {
		t.Errorf("%d articles of %d looked at", len(seen), looked)
	}
	if got := a.search("بوتين", 1<<63); len(got.Articles) != 0 || got.Next != 0 {
		t.Errorf("behind the end: %+v", got)
	}
	if got := a.search("بوتين", 1<<64-1); len(got.Articles) != 0 {
		t.Errorf("at the very end: %+v", got)
	}
}

func TestSearchSaysWhatIsWrongWithARequest(t *testing.T) {
	a := shelf(t, awkward).add("سمر", wire.Annotator)
	for _, q := range []string{"", "x", "ـً\u200f", "«»", strings.Repeat("س", concordance.MaxQuery+1), "\xff\xfeab"} {
		a.refuse(http.StatusUnprocessableEntity, "invalid", "GET", "/api/projects/news/search?q="+url.QueryEscape(q), nil)
	}
	a.refuse(http.StatusBadRequest, "position", "GET", "/api/projects/news/search?q=ab&after=x", nil)
	a.refuse(http.StatusNotFound, "unknown", "GET", "/api/projects/nix/search?q=ab", nil)
}

func TestWhoSearchesAllTheTimeMustWait(t *testing.T) {
	s := shelf(t, awkward)
	a, other := s.add("سمر", wire.Annotator), s.add("omar", wire.Annotator)
	limited := false
	for range 500 {
		if resp, _ := a.do("GET", "/api/projects/news/search?q=ab", nil); resp.StatusCode == http.StatusTooManyRequests {
			limited = true
			break
		}
	}
	if !limited {
		t.Error("500 searches at once were answered")
	}
	if resp, body := other.do("GET", "/api/projects/news/search?q=ab", nil); resp.StatusCode != 200 {
		t.Errorf("somebody else: %s %s", resp.Status, body)
	}
}

const twin = "التقى علييف الوزير. قال «علييف» لعلييف وعَلِيِيف كعلييف.\n"

func TestALeadSeesWhereANameStandsInAllArticles(t *testing.T) {
	s := shelf(t, twin, "إلهام علييـف عاد.\n", "لا أحد.\n", twin+"وعاد.\n")
	lead := s.add("سلمى", wire.Lead)
	op := s.asOperator()
	list := call[[]wire.ArticleSummary](op, "GET", "/api/projects/news/articles", nil)
	first := call[article.Article](op, "GET", "/api/projects/news/articles/"+list[0].ID, nil)
	last := call[article.Article](op, "GET", "/api/projects/news/articles/"+list[3].ID, nil)

	label := span(&first, "d1", 1, "s1")
	label.Span.Start, label.Span.End = 6, 11
	done := span(&last, "d1", 2, annotation.StatusSubject)
	done.Change = annotation.Change{Subject: annotation.StatusSubject, Kind: annotation.SetStatus, Status: annotation.Done}
	other := s.add("omar", wire.Annotator)
	theirs := span(&first, "d2", 1, "s2")
	theirs.Span.Start, theirs.Span.End = 24, 29
	if got := outcomes(lead.push(label, done)) + " " + outcomes(other.push(theirs)); got != "accepted accepted accepted" {
		t.Fatal(got)
	}

	q := wire.MentionQuery{Name: "علييف", Label: "PER", Entity: "إلهام علييف", Longer: []string{"إلهام علييف"}}
	got := call[wire.Mentions](lead, "POST", "/api/projects/news/mentions", q)
	if len(got.Articles) != 1 || got.Articles[0].ID != first.ID || got.Articles[0].TextSHA256 != first.TextSHA256 || got.Looked != 4 || got.Next != 0 {
		t.Fatalf("found %+v", got)
	}
	var told []string
	for _, m := range got.Articles[0].Mentions {
		told = append(told, m.Proclitic+"|"+m.Text)
	}
	if want := "|علييف ل|علييف و|عَلِيِيف"; strings.Join(told, " ") != want {
		t.Errorf("got %v, want %s", told, want)
	}
	// The done article's places are all counted, the seldom right one too.
	if want := (concordance.LeftOut{Labelled: 1, Longer: 1, Finished: 5}); got.LeftOut != want || got.Hidden != 1 {
		t.Errorf("left out %+v and %d hidden, want %+v and 1", got.LeftOut, got.Hidden, want)
	}
	q.All = true
	if got := call[wire.Mentions](lead, "POST", "/api/projects/news/mentions", q); len(got.Articles[0].Mentions) != 4 || got.Hidden != 0 {
		t.Errorf("with all: %+v", got)
	}

	other.refuse(http.StatusForbidden, "forbidden", "POST", "/api/projects/news/mentions", q)
	for what, bad := range map[string]wire.MentionQuery{
		"no name":   {Label: "PER"},
		"no word":   {Name: "«»", Label: "PER"},
		"no label":  {Name: "علييف"},
		"too long":  {Name: strings.Repeat("س", 501), Label: "PER"},
		"too many":  {Name: "علييف", Label: "PER", Longer: make([]string, 51)},
		"no clitic": {Name: "علييف", Label: "PER", Proclitic: "وووووووووو"},
	} {
		if p := lead.refuse(http.StatusUnprocessableEntity, "invalid", "POST", "/api/projects/news/mentions", bad); p.Detail == "" {
			t.Errorf("%s: no reason", what)
		}
	}
	lead.refuse(http.StatusNotFound, "unknown", "POST", "/api/projects/nix/mentions", q)
}

func TestTheNamesOfAWholeProjectComeInPages(t *testing.T) {
	var texts []string
	for i := range 5 {
		texts = append(texts, fmt.Sprintf("الخبر %d. %s", i, strings.Repeat("قال علييف كلامًا. ", 600)))
	}
	lead := shelf(t, texts...).add("سلمى", wire.Lead)
	q := wire.MentionQuery{Name: "علييف", Label: "PER"}
	articles, looked := 0, 0
	for {
		got := call[wire.Mentions](lead, "POST", "/api/projects/news/mentions", q)
		for _, a := range got.Articles {
			if len(a.Mentions) != wire.MaxMentions || a.More != 100 {
				t.Errorf("%d places of one article, and %d more", len(a.Mentions), a.More)
			}
		}
		articles, looked = articles+len(got.Articles), looked+got.Looked
		if q.After = got.Next; got.Next == 0 {
			break
		}
		if len(got.Articles) != 2 {
			t.Errorf("a page of %d articles", len(got.Articles))
		}
	}
	if articles != 5 || looked != 5 {
		t.Errorf("%d articles, %d looked at", articles, looked)
	}
}
