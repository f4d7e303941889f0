//go:build !js

package surface

import (
	"fmt"
	"os"
	"testing"

	"hashiya/app/ui/reading"
)

// TestTimeFromKeyToFrame prints how long one more highlight takes from the key that
// asks for it to the frame that shows it. It asserts nothing: run it with
// HASHIYA_BENCH=1 on an idle machine.
func TestTimeFromKeyToFrame(t *testing.T) {
	if os.Getenv("HASHIYA_BENCH") == "" {
		t.Skip("set HASHIYA_BENCH=1 to measure")
	}
	// to frame: from the key until the second animation frame after it begins, which
	// is when the first has been handed to the screen. floor: the same for a key that
	// does nothing. own: the surface's own part, in the call and in the frame.
	const measure = `(async () => {
		const one = surface.prepare(%s), more = surface.prepare(%s), out = {floor: [], frame: [], own: []};
		const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
		for (let i = 0; i < 80; i++) {
			for (const paint of [null, i %% 2 ? one : more]) {
				await sleep(20 + Math.random() * 17);
				let before, own = 0;
				const start = performance.now();
				requestAnimationFrame(() => { before = performance.now(); });
				if (paint) { paint(); own = performance.now() - start; }
				requestAnimationFrame(() => { own += performance.now() - before; });
				await frames(2);
				const all = performance.now() - start;
				if (paint) { out.frame.push(all); out.own.push(own); } else { out.floor.push(all); }
			}
		}
		const at = (list, q) => list.sort((a, b) => a - b)[Math.floor(list.length * q)];
		return Object.values(out).flatMap((list) => [at(list, .5), at(list, .95)]);
	})()`
	fmt.Println("| words | highlights | open ms | first paint ms | to frame p50 / p95 | floor p50 / p95 | own p50 / p95 |")
	fmt.Println("|---|---|---|---|---|---|---|")
	for _, words := range []int{500, 5_000, 50_000} {
		b := openTab(t)
		doc := documentOf(longText(words))
		var opened float64
		b.eval(`(async () => { const t = performance.now(); surface.open("text", `+asJSON(asJSON(doc))+`); await frames(2); return performance.now() - t; })()`, &opened)
		start := doc.Paragraphs[1].Start + 3
		more := reading.Mark{ID: "more", Start: start, End: start + 9, Class: "label-c1"}
		for _, n := range []int{0, 100, 2_000} {
			marks := manyMarks(doc.Text, n)
			var first float64
			b.eval(`(async () => { surface.paint("[]"); await frames(3); const go = surface.prepare(`+asJSON(asJSON(marks))+`), t = performance.now(); go(); await frames(2); return performance.now() - t; })()`, &first)
			var v []float64
			b.eval(fmt.Sprintf(measure, asJSON(asJSON(marks)), asJSON(asJSON(append(marks, more)))), &v)
			fmt.Printf("| %d | %d | %.0f | %.1f | %.1f / %.1f | %.1f / %.1f | %.2f / %.2f |\n", words, n, opened, first, v[2], v[3], v[0], v[1], v[4], v[5])
		}
	}
}
