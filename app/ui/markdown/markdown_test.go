package markdown

import (
	"fmt"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

func html(s string) string {
	var b strings.Builder
	for _, n := range Render(s) {
		b.WriteString(app.HTMLString(n))
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func TestBlocks(t *testing.T) {
	for _, row := range []struct{ in, want string }{
		{"# الدليل\nفقرة\nتتابع\n\nأخرى", "[{1 1 [الدليل]} {0 0 [فقرة\nتتابع]} {0 0 [أخرى]}]"},
		{"- واحد\n- اثنان\n  تتمة\n\n- ثلاثة", "[{2 0 [واحد اثنان\nتتمة ثلاثة]}]"},
		{"١. أول\n2) ثان", "[{3 0 [أول ثان]}]"},
		{"> قال\r\n> وأضاف", "[{4 0 [قال\nوأضاف]}]"},
		{"قبل\n\n---\nبعد", "[{0 0 [قبل]} {5 0 []} {0 0 [بعد]}]"},
		{"#وسم ليس عنوانًا\n2024 سنة", "[{0 0 [#وسم ليس عنوانًا\n2024 سنة]}]"},
		{"", "[]"},
	} {
		if got := fmt.Sprint(Parse(row.in)); got != row.want {
			t.Errorf("%q\n got %s\nwant %s", row.in, got, row.want)
		}
	}
}

func TestStyles(t *testing.T) {
	for _, row := range []struct{ in, want string }{
		{"**مهم** و*مائل* و`PER`", "[{1 مهم } {0  و } {2 مائل } {0  و } {3 PER }]"},
		{"[هنا](https://example.org/a_b)", "[{4 هنا https://example.org/a_b}]"},
		{"2 * 3 * 4 و snake_case_word", "[{0 2 * 3 * 4 و snake_case_word }]"},
		{"**بلا نهاية", "[{0 **بلا نهاية }]"},
		{"[x](javascript:alert(1))", "[{0 [x](javascript:alert(1)) }]"},
		{"[x]( https://a )", "[{0 [x]( https://a ) }]"},
	} {
		if got := fmt.Sprint(Inline(row.in)); got != row.want {
			t.Errorf("%q\n got %s\nwant %s", row.in, got, row.want)
		}
	}
}

func TestNothingWrittenBecomesAnElement(t *testing.T) {
	for _, evil := range []string{
		`<script>alert(1)</script>`, `<img src=x onerror=alert(1)>`, `- <b onclick=x>`, `[a](javascript:alert(1))`,
		`[a](data:text/html,x)`, `[<img src=x>](https://a.b)`, "# <iframe>", "`<svg onload=x>`", "[a](JAVASCRIPT:x)",
	} {
		out := html(evil)
		for _, bad := range []string{"<script", "<img", "<b ", "<iframe", "<svg", `href="javascript`, `href="data`, `href="JAVASCRIPT`} {
			if strings.Contains(out, bad) {
				t.Errorf("%s became %s", evil, out)
			}
		}
	}
}

func FuzzEveryTextIsShownWhole(f *testing.F) {
	for _, s := range []string{"# أ\n- **ب** ج\n> د", "[a](https://b) `c`", "****", "__ _a_", "1. x\r\ny"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, b := range Parse(s) {
			for _, i := range b.Items {
				n := 0
				for _, p := range Inline(i) {
					n += len(p.Text)
				}
				if n > len(i) {
					t.Errorf("%q shows more than it holds", i)
				}
			}
			if b.Kind == Heading && (b.Level < 1 || b.Level > 6) {
				t.Errorf("level %d", b.Level)
			}
		}
	})
}
