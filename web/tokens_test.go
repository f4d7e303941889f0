package web

import (
	"fmt"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// color is linear-light sRGB, each component from 0 to 1.
type color [3]float64

// tokens reads the colours of tokens.css, the light theme's and the dark theme's.
func tokens(t *testing.T) (themes [2]map[string]color) {
	t.Helper()
	css, err := os.ReadFile("css/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	themes = [2]map[string]color{{}, {}}
	for _, m := range regexp.MustCompile(`--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);`).FindAllStringSubmatch(string(css), -1) {
		themes[0][m[1]], themes[1][m[1]] = linear(t, m[2]), linear(t, m[3])
	}
	if len(themes[0]) < 30 {
		t.Fatalf("only %d colours found in tokens.css", len(themes[0]))
	}
	return themes
}

func linear(t *testing.T, hex string) (c color) {
	t.Helper()
	for i := range c {
		v, err := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		x := float64(v) / 255
		if x <= 0.04045 {
			c[i] = x / 12.92
		} else {
			c[i] = math.Pow((x+0.055)/1.055, 2.4)
		}
	}
	return c
}

// contrast is the ratio of WCAG 2.2, 1 to 21.
func contrast(a, b color) float64 {
	luminance := func(c color) float64 { return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2] }
	hi, lo := max(luminance(a), luminance(b)), min(luminance(a), luminance(b))
	return (hi + 0.05) / (lo + 0.05)
}

func names(prefix string, n int) (s []string) {
	for i := 1; i <= n; i++ {
		s = append(s, fmt.Sprint(prefix, i))
	}
	return s
}

const slots = 14

var themeNames = [2]string{"light", "dark"}

func TestTextHasTheContrastOfWCAGAA(t *testing.T) {
	surfaces := []string{"desk", "paper", "panel", "raised", "sunken", "hover"}
	pairs := map[string][]string{
		"on-accent": {"accent", "accent-hover"}, "on-danger": {"danger"},
		"ok": {"ok-soft"}, "warn": {"warn-soft"}, "danger": {"danger-soft"}, "accent": {"accent-soft"},
		"ink":   {"accent-soft", "warn-soft", "danger-soft", "selection", "search", "evidence"},
		"ink-3": {"accent-soft"},
	}
	for _, ink := range []string{"ink", "ink-2", "ink-3", "accent", "rubric", "ok", "warn", "danger"} {
		pairs[ink] = append(pairs[ink], surfaces...)
	}
	for _, label := range names("label-", slots) {
		pairs[label] = []string{"paper", "panel", "raised"}
	}
	for i, theme := range tokens(t) {
		for ink, grounds := range pairs {
			for _, ground := range grounds {
				a, ok := theme[ink]
				b, ok2 := theme[ground]
				if !ok || !ok2 {
					t.Fatalf("tokens.css has no --%s or no --%s", ink, ground)
				}
				if r := contrast(a, b); r < 4.5 {
					t.Errorf("%s theme: --%s on --%s has contrast %.2f, want 4.5", themeNames[i], ink, ground, r)
				}
			}
		}
	}
}

func TestEdgesOfControlsAndFocusRingsCanBeSeen(t *testing.T) {
	for i, theme := range tokens(t) {
		for _, edge := range []string{"line-strong", "focus"} {
			for _, ground := range []string{"desk", "paper", "panel", "raised"} {
				if r := contrast(theme[edge], theme[ground]); r < 3 {
					t.Errorf("%s theme: --%s on --%s has contrast %.2f, want 3", themeNames[i], edge, ground, r)
				}
			}
		}
	}
}

// sights are the matrices of Machado, Oliveira and Fernandes, A Physiologically-based
// Model for Simulation of Color Vision Deficiency (IEEE TVCG 15, 2009), severity 1.
var sights = map[string][3][3]float64{
	"usual":        {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopia":   {{.152286, 1.052583, -.204868}, {.114503, .786281, .099216}, {-.003882, -.048116, 1.051998}},
	"deuteranopia": {{.367322, .860646, -.227968}, {.280085, .672501, .047413}, {-.011820, .042940, .968881}},
	"tritanopia":   {{1.255528, -.076749, -.178779}, {-.078411, .930809, .147602}, {.004733, .691367, .303900}},
}

func seen(c color, sight [3][3]float64) (out color) {
	for i, row := range sight {
		out[i] = min(1, max(0, row[0]*c[0]+row[1]*c[1]+row[2]*c[2]))
	}
	return out
}

// oklab is Björn Ottosson's perceptual space (https://bottosson.github.io/posts/oklab/):
// a distance of 0.02 is about the least that can be seen side by side.
func oklab(c color) (lab [3]float64) {
	l := math.Cbrt(.4122214708*c[0] + .5363325363*c[1] + .0514459929*c[2])
	m := math.Cbrt(.2119034982*c[0] + .6806995451*c[1] + .1073969566*c[2])
	s := math.Cbrt(.0883024619*c[0] + .2817188376*c[1] + .6299787005*c[2])
	return [3]float64{
		.2104542553*l + .7936177850*m - .0040720468*s,
		1.9779984951*l - 2.4285922050*m + .4505937099*s,
		.0259040371*l + .7827717662*m - .8086757660*s,
	}
}

func distance(a, b color) float64 {
	x, y := oklab(a), oklab(b)
	return math.Sqrt((x[0]-y[0])*(x[0]-y[0]) + (x[1]-y[1])*(x[1]-y[1]) + (x[2]-y[2])*(x[2]-y[2]))
}

// underlines reads from marks.css how each slot's line is drawn.
func underlines(t *testing.T) map[string]string {
	t.Helper()
	css, err := os.ReadFile("css/marks.css")
	if err != nil {
		t.Fatal(err)
	}
	lines := map[string]string{}
	for _, m := range regexp.MustCompile(`((?:\.label-c\d+(?:, )?)+) \{ (--line-style: [^}]*)\}`).FindAllStringSubmatch(string(css), -1) {
		for _, class := range strings.Split(m[1], ", ") {
			lines[strings.Replace(class, ".label-c", "label-", 1)] = m[2]
		}
	}
	if len(lines) == 0 {
		t.Fatal("no underline styles found in marks.css")
	}
	return lines
}

func TestLabelsThatLookAlikeToSomeReadersDifferInTheirUnderline(t *testing.T) {
	lines := underlines(t)
	for i, theme := range tokens(t) {
		for sight, matrix := range sights {
			for a := 1; a <= slots; a++ {
				for b := a + 1; b <= slots; b++ {
					x, y := fmt.Sprint("label-", a), fmt.Sprint("label-", b)
					if lines[x] != lines[y] {
						continue
					}
					if d := distance(seen(theme[x], matrix), seen(theme[y], matrix)); d < 0.06 {
						t.Errorf("%s theme, %s: --%s and --%s have the same underline and are only %.3f apart, want 0.06", themeNames[i], sight, x, y, d)
					}
				}
			}
		}
	}
}

func TestNoTwoLabelsHaveNearlyOneColour(t *testing.T) {
	for i, theme := range tokens(t) {
		for a := 1; a <= slots; a++ {
			for b := a + 1; b <= slots; b++ {
				x, y := fmt.Sprint("label-", a), fmt.Sprint("label-", b)
				if d := distance(theme[x], theme[y]); d < 0.05 {
					t.Errorf("%s theme: --%s and --%s are only %.3f apart, want 0.05", themeNames[i], x, y, d)
				}
			}
		}
	}
}

// The page is mirrored by its direction alone, so nothing may name a side.
func TestStyleSheetsNameNoSides(t *testing.T) {
	files, err := os.ReadDir("css")
	if err != nil {
		t.Fatal(err)
	}
	comment := regexp.MustCompile(`(?s)/\*.*?\*/`)
	side := regexp.MustCompile(`(?:^|[\s{;])(?:(?:margin|padding|border)-(?:left|right)|left|right|text-align: (?:left|right)|float: (?:left|right))\b\s*:?`)
	for _, f := range files {
		css, err := os.ReadFile("css/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		for n, line := range strings.Split(comment.ReplaceAllString(string(css), ""), "\n") {
			if side.MatchString(line) {
				t.Errorf("%s: %s names a side (line %d without comments)", f.Name(), strings.TrimSpace(line), n+1)
			}
		}
	}
}

// The Content-Security-Policy forbids inline scripts and styles: they would be dropped
// without a word.
func TestTheShellHasNothingInline(t *testing.T) {
	html, err := os.ReadFile("shell.html")
	if err != nil {
		t.Fatal(err)
	}
	for name, pattern := range map[string]string{"an inline script": `<script>`, "a style element": `<style`, "a style attribute": `\sstyle=`, "an event attribute": `\son[a-z]+=`} {
		if regexp.MustCompile(pattern).Match(html) {
			t.Errorf("shell.html has %s", name)
		}
	}
}
