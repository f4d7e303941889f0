package main

import (
	"cmp"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"maps"
	"slices"
)

// limits say how far two pictures may differ and still count as the same.
//
// A square of block × block pixels differs where the mean of one of its colour channels
// differs by more than level of 255. The pictures differ where the squares that do are
// more than a share of all squares, or of the busy ones: those that differ as much from
// the colour that the first picture has most of.
type limits struct {
	block int
	level int
	share float64
	busy  bool
}

var (
	// exact is for pictures of one browser with the same fonts, which are the same to
	// the pixel but for two things: a golden has few colours (fewColors is off by no
	// more than 16 of 255), and the edge of a letter or a rounded box can come out a
	// shade lighter or darker where the drawing threads split the page otherwise. So a
	// pixel may be off by 32, a step that nobody sees on an edge but that every token of
	// the style sheet exceeds for its neighbours in ink. Beyond that, 40 pixels of a
	// million are let pass: fewer than the dot of a label or the smallest icon has.
	exact = limits{block: 1, level: 32, share: 0.00004}
	// coarse is for pictures of another browser, or one whose system has other Latin
	// fonts: letters are drawn otherwise and lines of Latin may break elsewhere. It looks
	// at squares of 16 pixels, wide as a letter, and lets as many differ as a third of
	// those that something stands in. A blank page, a missing panel, another theme or a
	// mirrored page are still found.
	coarse = limits{block: 16, level: 20, share: 1. / 3, busy: true}
)

// difference is how two pictures differ.
type difference struct {
	why     string
	picture image.Image // what differs is red; nil where the sizes do
}

// differ compares two pictures; nil for the same.
func (l limits) differ(a, b image.Image) *difference {
	if a.Bounds().Size() != b.Bounds().Size() {
		return &difference{why: fmt.Sprintf("the picture was %v and is %v", a.Bounds().Size(), b.Bounds().Size())}
	}
	before, after := flat(a), flat(b)
	size := after.Bounds().Size()
	seen := image.NewRGBA(after.Bounds())
	ground := image.NewRGBA(before.Bounds())
	draw.Draw(ground, ground.Bounds(), image.NewUniform(mostly(before)), image.Point{}, draw.Src)
	count, all := 0, 0
	for y := 0; y < size.Y; y += l.block {
		for x := 0; x < size.X; x += l.block {
			square := image.Rect(x, y, x+l.block, y+l.block).Intersect(after.Bounds())
			if !l.busy || l.off(before, ground, square) {
				all++
			}
			off := l.off(before, after, square)
			if off {
				count++
			}
			paint(seen, after, square, off)
		}
	}
	if most := l.share * float64(all); float64(count) > most {
		return &difference{why: fmt.Sprintf("%d squares of %d px differ, %d may", count, l.block, int(most)), picture: seen}
	}
	return nil
}

func (l limits) off(a, b *image.RGBA, square image.Rectangle) bool {
	var sum [3]int
	for y := square.Min.Y; y < square.Max.Y; y++ {
		at := a.PixOffset(square.Min.X, y)
		for range square.Dx() {
			for c := range 3 {
				sum[c] += int(a.Pix[at+c]) - int(b.Pix[at+c])
			}
			at += 4
		}
	}
	most := l.level * square.Dx() * square.Dy()
	return slices.ContainsFunc(sum[:], func(s int) bool { return s > most || -s > most })
}

// paint shows a square: pale where it is as it was, red where it differs.
func paint(to, from *image.RGBA, square image.Rectangle, off bool) {
	for y := square.Min.Y; y < square.Max.Y; y++ {
		for x := square.Min.X; x < square.Max.X; x++ {
			at := from.PixOffset(x, y)
			grey := uint8((int(from.Pix[at]) + int(from.Pix[at+1]) + int(from.Pix[at+2])) / 3)
			c := color.RGBA{128 + grey/2, 128 + grey/2, 128 + grey/2, 255}
			if off {
				c = color.RGBA{255, grey / 3, grey / 3, 255}
			}
			to.SetRGBA(x, y, c)
		}
	}
}

// flat returns the picture with its upper left corner at 0, 0.
func flat(p image.Image) *image.RGBA {
	if f, is := p.(*image.RGBA); is && f.Bounds().Min == (image.Point{}) {
		return f
	}
	f := image.NewRGBA(image.Rectangle{Max: p.Bounds().Size()})
	draw.Draw(f, f.Bounds(), p, p.Bounds().Min, draw.Src)
	return f
}

// fewColors returns the picture in at most 256 colours: the surfaces, of which it has
// most, exactly, and the shades on the edges of letters as the nearest that is kept. It
// makes a golden a third as large.
func fewColors(p image.Image) image.Image {
	const surfaces, near = 32, 16
	from := flat(p)
	count := map[color.RGBA]int{}
	for i := 0; i < len(from.Pix); i += 4 {
		count[color.RGBA{from.Pix[i], from.Pix[i+1], from.Pix[i+2], 255}]++
	}
	all := slices.SortedFunc(maps.Keys(count), func(a, b color.RGBA) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B))
	})
	var palette color.Palette
	for _, c := range all {
		kept := func(k color.Color) bool { return apart(k.(color.RGBA), c) <= near }
		if len(palette) < surfaces || len(palette) < 256 && !slices.ContainsFunc(palette, kept) {
			palette = append(palette, c)
		}
	}
	index := map[color.RGBA]uint8{}
	for _, c := range all {
		best := 0
		for i, k := range palette {
			if apart(k.(color.RGBA), c) < apart(palette[best].(color.RGBA), c) {
				best = i
			}
		}
		index[c] = uint8(best)
	}
	out := image.NewPaletted(from.Bounds(), palette)
	for i := range out.Pix {
		out.Pix[i] = index[color.RGBA{from.Pix[4*i], from.Pix[4*i+1], from.Pix[4*i+2], 255}]
	}
	return out
}

// apart is how far two colours differ in the channel in which they differ most.
func apart(a, b color.RGBA) int {
	d := func(x, y uint8) int { return max(int(x)-int(y), int(y)-int(x)) }
	return max(d(a.R, b.R), d(a.G, b.G), d(a.B, b.B))
}

// mostly returns the colour that most of a picture has.
func mostly(p *image.RGBA) (most color.RGBA) {
	count := map[color.RGBA]int{}
	for y := 0; y < p.Bounds().Dy(); y += 4 {
		for x := 0; x < p.Bounds().Dx(); x += 4 {
			c := p.RGBAAt(x, y)
			if count[c]++; count[c] > count[most] {
				most = c
			}
		}
	}
	return most
}
