package pathpattern_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hashiya/web/slim/pathpattern"
)

// routes returns the patterns that the app gives to go-app's router.
func routes(t *testing.T) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", "..", "..", "app", "ui", "routes.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var patterns []string
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		if f, ok := call.Fun.(*ast.SelectorExpr); !ok || f.Sel.Name != "RouteWithRegexp" {
			return true
		}
		pattern, err := strconv.Unquote(call.Args[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		patterns = append(patterns, pattern)
		return true
	})
	if len(patterns) == 0 {
		t.Fatal("app/ui/routes.go names no pattern")
	}
	return patterns
}

var pieces = rapid.SampledFrom([]string{"/", "//", "p", "a", "/p/", "/a/", "/p/demo", "/p/demo/a/1", "حاشية", "%2F", "$", "\n", "\xff", "?", ".", " "})

func TestPathsMatchTheRoutesAsWithRegexp(t *testing.T) {
	patterns := append(routes(t), `^/`, `^/p/[^/]+$`, `^/p/[^/]+`, `^[^/]+/x`, `^/[^/]+/[^/]+/`, `^$`, `^`)
	rapid.Check(t, func(t *rapid.T) {
		path := strings.Join(rapid.SliceOfN(pieces, 0, 8).Draw(t, "path"), "")
		for _, p := range patterns {
			if got, want := pathpattern.MustCompile(p).MatchString(path), regexp.MustCompile(p).MatchString(path); got != want {
				t.Errorf("%q matches %q: %v, regexp says %v", p, path, got, want)
			}
		}
	})
}

func TestPatternsItDoesNotKnowAreRefused(t *testing.T) {
	parts := rapid.SampledFrom([]string{"^", "$", "/", "p", "[^/]+", "[^/]*", "x?", `\d`, "(a|b)", "a|b", ".", "{2}"})
	rapid.Check(t, func(t *rapid.T) {
		pattern := strings.Join(rapid.SliceOfN(parts, 0, 6).Draw(t, "pattern"), "")
		path := strings.Join(rapid.SliceOfN(pieces, 0, 8).Draw(t, "path"), "")
		re, err := regexp.Compile(pattern)
		ours, known := compile(pattern)
		if err != nil && known {
			t.Fatalf("%q is no regular expression (%v) and was taken", pattern, err)
		}
		if known && ours.MatchString(path) != re.MatchString(path) {
			t.Fatalf("%q was taken, and says %v of %q", pattern, ours.MatchString(path), path)
		}
	})
	for _, pattern := range []string{"/p", `^/p/\d+$`, "^/p/[^/]+x$", "^/[^/]+[^/]+$", "^/p/.*", "^/a|b"} {
		if _, known := compile(pattern); known {
			t.Errorf("%q was taken", pattern)
		}
	}
}

func compile(pattern string) (r *pathpattern.Regexp, known bool) {
	defer func() { known = recover() == nil }()
	return pathpattern.MustCompile(pattern), true
}
