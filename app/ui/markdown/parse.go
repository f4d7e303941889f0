// Package markdown shows the Markdown of a scheme's guidelines. It knows what
// guidelines need: headings, paragraphs, lists, quotations, rules, strong,
// emphasis, code and links. All else, HTML too, is plain text: nothing that
// somebody wrote becomes an element or an attribute but the address of a link.
// (A full CommonMark parser would add a third of a megabyte to the download.)
package markdown

import "strings"

// Kind is the kind of a block.
type Kind int

const (
	Paragraph Kind = iota
	Heading
	Bullets
	Numbers
	Quote
	Rule
)

// Block is one block of a document.
type Block struct {
	Kind  Kind
	Level int      // of a heading, 1 to 6
	Items []string // the text of each item of a list, else the one text; unparsed inline
}

// Parse reads a document. Every input is a document.
func Parse(s string) []Block {
	var out []Block
	open := false // the last block goes on with the next line
	add := func(b Block) { out, open = append(out, b), true }
	for line := range strings.Lines(s) {
		indented := strings.HasPrefix(line, "  ") || strings.HasPrefix(line, "\t")
		line = strings.TrimSpace(line)
		last := &Block{Kind: Rule}
		if len(out) > 0 && open {
			last = &out[len(out)-1]
		}
		if line == "" {
			open = false
			continue
		}
		if rest, level := heading(line); level > 0 {
			add(Block{Heading, level, []string{rest}})
			open = false
			continue
		}
		if isRule(line) {
			add(Block{Kind: Rule})
			open = false
			continue
		}
		if kind, rest, is := item(line); is {
			if n := len(out); n > 0 && out[n-1].Kind == kind { // a blank line between items is none between lists
				out[n-1].Items = append(out[n-1].Items, rest)
				open = true
			} else {
				add(Block{kind, 0, []string{rest}})
			}
			continue
		}
		if rest, is := strings.CutPrefix(line, ">"); is {
			rest = strings.TrimSpace(rest)
			if last.Kind == Quote {
				last.Items[0] += "\n" + rest
			} else {
				add(Block{Quote, 0, []string{rest}})
			}
			continue
		}
		switch {
		case last.Kind == Paragraph, (last.Kind == Bullets || last.Kind == Numbers) && indented:
			last.Items[len(last.Items)-1] += "\n" + line
		default:
			add(Block{Paragraph, 0, []string{line}})
		}
	}
	return out
}

func heading(line string) (rest string, level int) {
	rest = strings.TrimLeft(line, "#")
	level = len(line) - len(rest)
	if level == 0 || level > 6 || rest != "" && rest[0] != ' ' && rest[0] != '\t' {
		return "", 0
	}
	return strings.TrimSpace(rest), level
}

func isRule(line string) bool {
	return len(line) >= 3 && (strings.Trim(line, "-") == "" || strings.Trim(line, "*") == "" || strings.Trim(line, "_") == "")
}

func item(line string) (Kind, string, bool) {
	for _, mark := range []string{"- ", "* ", "+ ", "• "} {
		if rest, is := strings.CutPrefix(line, mark); is {
			return Bullets, strings.TrimSpace(rest), true
		}
	}
	rest := strings.TrimLeft(line, "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")
	if len(rest) < len(line) && len(rest) > 1 && (rest[0] == '.' || rest[0] == ')') && rest[1] == ' ' {
		return Numbers, strings.TrimSpace(rest[2:]), true
	}
	return 0, "", false
}

// Style is how a piece of a text stands.
type Style int

const (
	Plain Style = iota
	Strong
	Emphasis
	Code
	Link
)

// Piece is a piece of a text in one style.
type Piece struct {
	Style Style
	Text  string
	URL   string // of a link: http, https or mailto
}

// Inline reads the styles within a text. Marks without a partner, and links
// that lead elsewhere than the web, are plain text.
func Inline(s string) []Piece {
	var out []Piece
	plain := 0
	take := func(at, end int, p Piece) {
		if at > plain {
			out = append(out, Piece{Text: s[plain:at]})
		}
		out = append(out, p)
		plain = end
	}
	for i := 0; i < len(s); {
		p, n := piece(s[i:])
		if n == 0 || (s[i] == '_') && i > 0 && wordByte(s[i-1]) {
			i++
			continue
		}
		take(i, i+n, p)
		i += n
	}
	if plain < len(s) {
		out = append(out, Piece{Text: s[plain:]})
	}
	return out
}

// piece reads the styled piece that s begins with; n is 0 where there is none.
func piece(s string) (p Piece, n int) {
	for _, m := range []struct {
		mark  string
		style Style
	}{{"**", Strong}, {"__", Strong}, {"`", Code}, {"*", Emphasis}, {"_", Emphasis}} {
		rest, is := strings.CutPrefix(s, m.mark)
		if !is {
			continue
		}
		end := strings.Index(rest, m.mark)
		if end <= 0 || m.style != Code && (rest[0] == ' ' || rest[end-1] == ' ') {
			return Piece{}, 0
		}
		return Piece{Style: m.style, Text: rest[:end]}, end + 2*len(m.mark)
	}
	if !strings.HasPrefix(s, "[") {
		return Piece{}, 0
	}
	mid := strings.Index(s, "](")
	if mid < 2 || strings.ContainsAny(s[1:mid], "[\n") {
		return Piece{}, 0
	}
	end := strings.IndexAny(s[mid:], ") \n")
	if end < 0 || s[mid+end] != ')' {
		return Piece{}, 0
	}
	url := s[mid+2 : mid+end]
	for _, scheme := range []string{"https://", "http://", "mailto:"} {
		if strings.HasPrefix(strings.ToLower(url), scheme) {
			return Piece{Link, s[1:mid], url}, mid + end + 1
		}
	}
	return Piece{}, 0
}

func wordByte(b byte) bool {
	return b >= 0x80 || b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z'
}
