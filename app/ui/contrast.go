package ui

import (
	"math"
	"strconv"
	"strings"
)

// contrast is the contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative
// luminance), which the browser wrote as "rgb(r, g, b)"; 0 where one is not
// written so.
func contrast(a, b string) float64 {
	la, okA := luminance(a)
	lb, okB := luminance(b)
	if !okA || !okB {
		return 0
	}
	return (max(la, lb) + .05) / (min(la, lb) + .05)
}

func luminance(rgb string) (float64, bool) {
	inside, ok := strings.CutPrefix(rgb, "rgb(")
	parts := strings.Split(strings.TrimSuffix(inside, ")"), ",")
	if !ok || len(parts) != 3 {
		return 0, false
	}
	sum := 0.0
	for i, weight := range []float64{.2126, .7152, .0722} {
		n, err := strconv.Atoi(strings.TrimSpace(parts[i]))
		if err != nil || n < 0 || n > 255 {
			return 0, false
		}
		v := float64(n) / 255
		if v <= .04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+.055)/1.055, 2.4)
		}
		sum += weight * v
	}
	return sum, true
}
