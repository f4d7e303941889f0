package i18n

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// literal is one i18n.Text or i18n.Count in the source.
type literal struct {
	at     string
	fields map[string]string
}

// literals finds them by their field names, so that those in maps and slices,
// whose type is left out, are found too.
func literals(t *testing.T) []literal {
	t.Helper()
	var out []literal
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		files := token.NewFileSet()
		f, err := parser.ParseFile(files, path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			c, ok := n.(*ast.CompositeLit)
			if !ok {
				return true
			}
			l := literal{files.Position(c.Pos()).String(), map[string]string{}}
			isText := false
			if sel, ok := c.Type.(*ast.SelectorExpr); ok {
				pkg, _ := sel.X.(*ast.Ident)
				isText = pkg != nil && pkg.Name == "i18n" && (sel.Sel.Name == "Text" || sel.Sel.Name == "Count")
			}
			for _, e := range c.Elts {
				kv, ok := e.(*ast.KeyValueExpr)
				if !ok {
					if isText {
						t.Errorf("%s: write the names of the fields", l.at)
					}
					return true
				}
				key, _ := kv.Key.(*ast.Ident)
				value, _ := kv.Value.(*ast.BasicLit)
				if key == nil || value == nil || value.Kind != token.STRING {
					return true
				}
				l.fields[key.Name], _ = strconv.Unquote(value.Value)
			}
			_, ar := l.fields["Ar"]
			_, arOne := l.fields["ArOne"]
			if ar || arOne || isText && len(l.fields) > 0 { // the zero Text says nothing, on purpose
				out = append(out, l)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

var (
	textFields  = []string{"Ar", "En"}
	countFields = []string{"ArZero", "ArOne", "ArTwo", "ArFew", "ArMany", "ArOther", "EnOne", "EnOther"}
	placeholder = regexp.MustCompile(`\{\w+\}`)
)

func TestEveryTextIsThereInBothLanguages(t *testing.T) {
	all := literals(t)
	if len(all) < 100 {
		t.Fatalf("found only %d texts: the search is broken", len(all))
	}
	for _, l := range all {
		want := textFields
		if _, one := l.fields["ArOne"]; one {
			want = countFields
		}
		for _, name := range want {
			s := l.fields[name]
			if strings.TrimSpace(s) == "" {
				t.Errorf("%s: %s is empty", l.at, name)
				continue
			}
			if arabic := strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r) }); arabic != strings.HasPrefix(name, "Ar") && lettersOnlyInPlaceholders(s) == false {
				t.Errorf("%s: %s is %q", l.at, name, s)
			}
		}
		if ar, en := names(l.fields["Ar"]), names(l.fields["En"]); !slices.Equal(ar, en) {
			t.Errorf("%s: the Arabic has %v, the English %v", l.at, ar, en)
		}
	}
}

// lettersOnlyInPlaceholders is true of a text that only puts parts together.
func lettersOnlyInPlaceholders(s string) bool {
	return !strings.ContainsFunc(placeholder.ReplaceAllString(s, ""), unicode.IsLetter)
}

func names(s string) []string {
	found := placeholder.FindAllString(s, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func TestArabicCountsByItsOwnPlurals(t *testing.T) {
	c := Count{
		ArZero: "صفر", ArOne: "واحد", ArTwo: "اثنان", ArFew: "{n} قليل", ArMany: "{n} كثيرًا", ArOther: "{n} مئة",
		EnOne: "one", EnOther: "{n} things",
	}
	for n, want := range map[int]string{
		0: "صفر", 1: "واحد", 2: "اثنان", 3: "3 قليل", 10: "10 قليل", 11: "11 كثيرًا", 99: "99 كثيرًا",
		100: "100 مئة", 101: "101 مئة", 102: "102 مئة", 103: "103 قليل", 111: "111 كثيرًا", 1000: "1000 مئة",
	} {
		if got := c.In(Ar, n); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
	if c.In(En, 1) != "one" || c.In(En, 0) != "0 things" {
		t.Errorf("English says %q and %q", c.In(En, 1), c.In(En, 0))
	}
}
