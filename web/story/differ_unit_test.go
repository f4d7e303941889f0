package main

import (
	"image"
	"image/color"
	"image/draw"
	"math/rand/v2"
	"testing"
)

var (
	paper = color.RGBA{255, 253, 248, 255}
	ink   = color.RGBA{33, 27, 20, 255}
	blue  = color.RGBA{32, 63, 166, 255}
	green = color.RGBA{22, 120, 57, 255}
)

// line is a line of text in a picture of a page, if blocks are text.
type line struct{ x, y int }

// drawn is a page with lines of something like text, and an underline under the first.
func drawn(under color.Color, lines ...line) *image.RGBA {
	p := image.NewRGBA(image.Rect(0, 0, 1280, 800))
	draw.Draw(p, p.Bounds(), image.NewUniform(paper), image.Point{}, draw.Src)
	fill := func(x, y, w, h int, c color.Color) {
		draw.Draw(p, image.Rect(x, y, x+w, y+h), image.NewUniform(c), image.Point{}, draw.Src)
	}
	for i, l := range lines {
		for stem := range 90 {
			fill(l.x+6*stem, l.y, 2, 4+stem*7%13, ink)
			fill(l.x+6*stem, l.y+12, 5, 2, ink)
		}
		if i == 0 {
			fill(l.x, l.y+18, 40, 2, under)
		}
	}
	return p
}

var original = drawn(blue, line{300, 100}, line{300, 140}, line{300, 180}, line{300, 220})

// anotherBrowser draws every edge otherwise: all inks a shade lighter, edges smeared.
func anotherBrowser(p *image.RGBA) *image.RGBA {
	out := image.NewRGBA(p.Bounds())
	for y := range p.Bounds().Dy() {
		for x := range p.Bounds().Dx() {
			a, b := p.RGBAAt(x, y), p.RGBAAt(min(x+1, p.Bounds().Dx()-1), y)
			mix := func(a, b uint8) uint8 { return uint8((3*int(a) + int(b)) / 4) }
			out.SetRGBA(x, y, color.RGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 255})
		}
	}
	return out
}

func TestNoiseOnEdgesIsNoDifference(t *testing.T) {
	noisy := image.NewRGBA(original.Bounds())
	r := rand.New(rand.NewPCG(1, 2))
	for i := range original.Pix {
		noisy.Pix[i] = uint8(max(0, min(255, int(original.Pix[i])+r.IntN(25)-12)))
	}
	for name, other := range map[string]image.Image{"itself": original, "with noise": noisy, "in few colours": fewColors(original)} {
		if d := exact.differ(original, other); d != nil {
			t.Errorf("the page and the page %s: %s", name, d.why)
		}
	}
	if d := coarse.differ(original, anotherBrowser(original)); d != nil {
		t.Errorf("the page in another browser: %s", d.why)
	}
}

func TestWhatAnEyeSeesIsADifference(t *testing.T) {
	blank := image.NewUniform(paper)
	empty := image.NewRGBA(original.Bounds())
	draw.Draw(empty, empty.Bounds(), blank, image.Point{}, draw.Src)
	for name, other := range map[string]image.Image{
		"shifted by a pixel":       drawn(blue, line{301, 100}, line{301, 140}, line{301, 180}, line{301, 220}),
		"one line lower":           drawn(blue, line{300, 100}, line{300, 141}, line{300, 180}, line{300, 220}),
		"an underline in green":    drawn(green, line{300, 100}, line{300, 140}, line{300, 180}, line{300, 220}),
		"an underline less":        drawn(paper, line{300, 100}, line{300, 140}, line{300, 180}, line{300, 220}),
		"a line less":              drawn(blue, line{300, 100}, line{300, 140}, line{300, 180}),
		"blank":                    empty,
		"of another size":          image.NewRGBA(image.Rect(0, 0, 390, 844)),
		"as another browser draws": anotherBrowser(original),
	} {
		if exact.differ(original, other) == nil {
			t.Errorf("the page %s counts as the same", name)
		}
		// A golden is kept in few colours: the test sees that one.
		if exact.differ(fewColors(original), other) == nil {
			t.Errorf("the page %s counts as the same as the picture kept", name)
		}
	}
}

// However wide the limits are, a page without anything on it is found, for every picture
// that is kept.
func TestABlankPageIsNeverTakenForAStory(t *testing.T) {
	for _, name := range kept(t) {
		golden, err := read(name)
		if err != nil {
			t.Fatal(err)
		}
		blank := image.NewRGBA(golden.Bounds())
		draw.Draw(blank, blank.Bounds(), image.NewUniform(mostly(flat(golden))), image.Point{}, draw.Src)
		if coarse.differ(golden, blank) == nil {
			t.Errorf("%s could be blank in another browser, and nobody would know", name)
		}
	}
}
